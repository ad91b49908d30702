"""Writes the accounts of who is registered, each with an authenticator app and a recovery code put away."""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta

from backend.accounts.hash_password import hash_password
from backend.accounts.tables import Account
from backend.demo.people import (
    ENGLISH,
    PASSPHRASE,
    account_id,
    account_names,
    email_of,
    named_id,
    totp_secret,
)
from backend.foundation.tokens import ALPHABET
from backend.second_factor.recovery_code import code_hash
from backend.second_factor.sealed import seal_factor
from backend.second_factor.tables import Factor, RecoveryCode


async def write_accounts(now: datetime) -> None:
    """Everybody in the demo who can sign in."""
    made = now - timedelta(days=400)
    names = account_names()
    await Account.insert(*[await _account(name, made) for name in names])
    await Factor.insert(*(_factor(name, made) for name in names))
    await RecoveryCode.insert(*(_recovery_code(name, made) for name in names))


async def _account(name: str, made: datetime) -> Account:
    first, last = name.split(" ", 1)
    return Account(
        id=account_id(name),
        username=email_of(name),
        email=email_of(name),
        first_name=first,
        last_name=last,
        password_hash=await hash_password(PASSPHRASE),
        language="en" if name in ENGLISH else "nl",
        created_at=made,
        password_changed_at=made,
    )


def _factor(name: str, made: datetime) -> Factor:
    return Factor(
        id=named_id("factor", name),
        account=account_id(name),
        kind="authenticator",
        name="",
        secret=seal_factor(totp_secret(name)),
        created_at=made,
    )


def recovery_code(name: str) -> str:
    """The recovery code of a demo person: the same in every demo, so that it can be tried."""
    signs = [ALPHABET[byte % len(ALPHABET)] for byte in hashlib.sha256(f"demo code {name}".encode()).digest()]
    return "-".join("".join(signs[at : at + 5]) for at in range(0, 20, 5))


def _recovery_code(name: str, made: datetime) -> RecoveryCode:
    return RecoveryCode(
        id=named_id("recovery_code", name),
        account=account_id(name),
        code_hash=code_hash(recovery_code(name)),
        created_at=made,
    )
