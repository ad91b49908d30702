"""What the owner of an account is told: a link to choose a new password, and every change that matters."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from functools import partial
from uuid import UUID

from backend.accounts.ask_reset import send_links
from backend.accounts.prove_birth_date import PROOF_ASKED
from backend.foundation.database import fetch_one
from backend.foundation.languages import N_
from backend.foundation.tokens import token_hash
from backend.outbox.letters import Mail
from backend.outbox.registry import notice

LINK = f"""
SELECT a.email, a.username, a.first_name, a.language, r.expires_at, {PROOF_ASKED} AS proof_asked
FROM password_reset r JOIN account a ON a.id = r.account WHERE r.token_hash = $1 AND r.used_at IS NULL
"""
CHANGED = N_("Er is iets veranderd aan je account")


@notice("password_reset_asked")
async def password_reset_asked(subject: Mapping[str, str], secret: str | None) -> None:
    """Tells nobody itself: `secret` is what was typed, and each account behind it gets a mail of its own.
    `subject`: asked, and at, when that was."""
    await send_links(secret or "", UUID(subject["asked"]), now=datetime.fromisoformat(subject["at"]))


@notice("password_reset")
async def password_reset(subject: Mapping[str, str], secret: str | None) -> Mail | None:
    """For who asked for it."""
    return await link_mail(secret, N_("Kies een nieuw wachtwoord"), "password_reset")


async def link_mail(secret: str | None, subject_line: str, template: str) -> Mail | None:
    """The mail with a link to choose a password; `secret` is the link's token. Nobody is told once it was
    used."""
    row = await fetch_one(LINK, token_hash(secret or ""))
    if row is None:
        return None
    return Mail(row["email"], subject_line, template, {**row, "token": secret}, row["language"])


async def _changed(what: str, subject: Mapping[str, str], secret: str | None) -> Mail | None:
    row = await fetch_one(
        "SELECT email, first_name, language FROM account WHERE id = $1", UUID(subject["account"])
    )
    if row is None:
        return None
    context = {"first_name": row["first_name"], "what": what}
    return Mail(row["email"], CHANGED, "account_changed", context, row["language"])


def tell_of_changes(said: Mapping[str, str]) -> None:
    """Registers notices by what each says, a marked sentence, to the owner of the account. `subject`:
    account."""
    for name, what in said.items():
        notice(name)(partial(_changed, what))


tell_of_changes(
    {
        "password_changed": N_("Het wachtwoord van je account is veranderd."),
        "username_changed": N_("De gebruikersnaam van je account is veranderd."),
    }
)
