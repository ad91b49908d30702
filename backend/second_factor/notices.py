"""What a person is told: the code itself, and every change to how they sign in."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from backend.accounts.notices import account_changed
from backend.foundation.database import fetch_one
from backend.foundation.languages import N_
from backend.outbox.letters import Mail, Sms
from backend.outbox.registry import notice
from backend.second_factor.sealed import open_factor, open_phone


@notice("sms_code")
async def sms_code(subject: Mapping[str, str], secret: str | None) -> Sms | None:
    """`subject`: sms_code; `secret` is the code. Nobody is told once it was used or its phone removed."""
    row = await fetch_one(
        "SELECT a.language, c.phone, f.secret FROM sms_code c JOIN account a ON a.id = c.account"
        " LEFT JOIN factor f ON f.id = c.factor WHERE c.id = $1 AND c.used_at IS NULL",
        UUID(subject["sms_code"]),
    )
    if row is None:
        return None
    number = open_phone(row["phone"]) if row["phone"] else open_factor(row["secret"])
    text = N_("%(code)s is je code voor Beterschap. Geef hem aan niemand door.")
    return Sms(number, text, {"code": secret}, row["language"])


@notice("factor_added")
async def factor_added(subject: Mapping[str, str], secret: str | None) -> Mail | None:
    """`subject`: account."""
    return await account_changed(subject, N_("Er is een extra controle bij inloggen toegevoegd."))


@notice("factor_removed")
async def factor_removed(subject: Mapping[str, str], secret: str | None) -> Mail | None:
    """`subject`: account."""
    return await account_changed(subject, N_("Er is een extra controle bij inloggen weggehaald."))


@notice("recovery_code_used")
async def recovery_code_used(subject: Mapping[str, str], secret: str | None) -> Mail | None:
    """`subject`: account."""
    return await account_changed(subject, N_("Er is ingelogd met de herstelcode van je account."))
