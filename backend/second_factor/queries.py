"""Where an account stands: which factors it has, which it may have, and whether a recovery code is kept."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from backend.access.roles import HELD_NOW
from backend.accounts.sessions import Session
from backend.foundation.database import fetch, fetch_one
from backend.second_factor.kinds import LABELS, PASSKEY, SECURITY_KEY, Kind
from backend.second_factor.phone import masked
from backend.second_factor.sealed import open_factor


@dataclass(frozen=True, slots=True)
class OwnFactor:
    """One proven factor of the account."""

    id: UUID
    kind: Kind
    name: str
    sealed: bytes | None = field(repr=False)
    credential_id: bytes | None
    public_key: bytes | None
    passkey: bool
    created_at: datetime
    used_at: datetime | None

    @property
    def secret(self) -> str:
        """The phone number or the TOTP secret."""
        if self.sealed is None:
            raise ValueError(f"a {self.kind} keeps no secret")
        return open_factor(self.sealed)

    @property
    def phone(self) -> str:
        """The number with its middle hidden; empty for what is no phone."""
        return masked(self.secret) if self.kind == Kind.SMS else ""

    @property
    def label(self) -> str:
        """What it is called, as a marked sentence."""
        if self.kind == Kind.SECURITY_KEY:
            return PASSKEY if self.passkey else SECURITY_KEY
        return LABELS[self.kind]

    @property
    def detail(self) -> str:
        """What tells it from another of its kind: the phone's last digits, or where a key was made."""
        return self.phone or self.name


@dataclass(frozen=True, slots=True)
class Standing:
    """`factors` last used first; `allowed` strongest first."""

    factors: tuple[OwnFactor, ...]
    allowed: tuple[Kind, ...]
    has_recovery_code: bool

    @property
    def must_add(self) -> bool:
        """None yet, or the employer no longer allows any of those there are."""
        return not any(factor.kind in self.allowed for factor in self.factors)

    @property
    def usable(self) -> tuple[OwnFactor, ...]:
        """What may prove the person now. When nothing is allowed any more, what there is still does, so that
        a stricter employer locks nobody out; adding an allowed one then comes first."""
        if self.must_add:
            return self.factors
        return tuple(factor for factor in self.factors if factor.kind in self.allowed)

    @property
    def kinds(self) -> tuple[Kind, ...]:
        """The kinds that may prove the person now, last used first."""
        return tuple(dict.fromkeys(factor.kind for factor in self.usable))

    def of(self, kind: Kind) -> tuple[OwnFactor, ...]:
        """The usable factors of one kind."""
        return tuple(factor for factor in self.usable if factor.kind == kind)


async def factors_of(account: UUID) -> tuple[OwnFactor, ...]:
    """Last used first."""
    rows = await fetch(
        "SELECT id, kind, name, secret, credential_id, public_key, passkey, created_at, used_at FROM factor"
        " WHERE account = $1 ORDER BY coalesce(used_at, created_at) DESC, id",
        account,
    )
    return tuple(
        OwnFactor(
            row["id"], Kind(row["kind"]), row["name"], row["secret"], row["credential_id"], row["public_key"],
            row["passkey"], row["created_at"], row["used_at"],
        )
        for row in rows
    )  # fmt: skip


async def owner_of(session: Session) -> tuple[str, str]:
    """User name and name, for the person's own app or key to show."""
    row = await fetch_one(
        "SELECT username, first_name, last_name FROM account WHERE id = $1", session.account
    )
    if row is None:
        raise ValueError("a session without an account has no owner")
    return row["username"], f"{row['first_name']} {row['last_name']}"


RULES = f"""
SELECT EXISTS (SELECT FROM recovery_code
               WHERE account = $1 AND used_at IS NULL AND replaced_at IS NULL) AS has_code,
       ARRAY(SELECT array_to_string(s.allowed_factors, ',') FROM employer_settings s WHERE s.employer IN (
           SELECT employer FROM employment WHERE account = $1
           UNION SELECT r.employer FROM role_holder r WHERE r.account = $1 AND {HELD_NOW}
           UNION SELECT e.employer FROM invitation i JOIN employment e ON e.id = i.employment WHERE i.id = $2
       )) AS rules
"""
"""The invitation in hand counts too: its employer's dossier opens next."""


async def standing_of(session: Session, *, sms: bool) -> Standing:
    """Where the account of this session stands; `sms` says whether this installation can send any."""
    row = await fetch_one(RULES, session.account, session.invitation)
    if session.account is None or row is None:
        raise ValueError("a session without an account has no factors")
    rules = [rule.split(",") for rule in row["rules"]]
    return Standing(await factors_of(session.account), allowed(rules, sms=sms), row["has_code"])


def allowed(rules: Iterable[Iterable[str]], *, sms: bool) -> tuple[Kind, ...]:
    """What every employer of the person allows, because one account opens all their dossiers.

    SMS is only ever offered beside something stronger, so when nothing else is left the
    authenticator app always is: it costs nothing and needs no reception.
    """
    kinds = set(Kind)
    for rule in rules:
        kinds &= set(rule)
    if kinds <= {Kind.SMS}:
        kinds.add(Kind.AUTHENTICATOR)
    if not sms:
        kinds.discard(Kind.SMS)
    return tuple(kind for kind in Kind if kind in kinds)
