"""What the owner of an account is told: a link to choose a new password, and every change that matters."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from backend.foundation.database import fetch_one
from backend.foundation.languages import N_
from backend.foundation.tokens import token_hash
from backend.outbox.letters import Mail
from backend.outbox.registry import notice

CHANGED = N_("Er is iets veranderd aan je account")


@notice("password_reset")
async def password_reset(subject: Mapping[str, str], secret: str | None) -> Mail | None:
    """`secret` is the link's token; nobody is told once the link was used."""
    row = await fetch_one(
        "SELECT a.email, a.username, a.first_name, a.language, r.expires_at FROM password_reset r"
        " JOIN account a ON a.id = r.account WHERE r.token_hash = $1 AND r.used_at IS NULL",
        token_hash(secret or ""),
    )
    if row is None:
        return None
    context = {**row, "token": secret}
    return Mail(row["email"], N_("Kies een nieuw wachtwoord"), "password_reset", context, row["language"])


@notice("password_changed")
async def password_changed(subject: Mapping[str, str], secret: str | None) -> Mail | None:
    """`subject`: account."""
    return await account_changed(subject, N_("Het wachtwoord van je account is veranderd."))


@notice("username_changed")
async def username_changed(subject: Mapping[str, str], secret: str | None) -> Mail | None:
    """`subject`: account."""
    return await account_changed(subject, N_("De gebruikersnaam van je account is veranderd."))


async def account_changed(subject: Mapping[str, str], what: str) -> Mail | None:
    """Tells the owner of subject's account that `what`, a marked sentence, happened."""
    row = await fetch_one(
        "SELECT email, first_name, language FROM account WHERE id = $1", UUID(subject["account"])
    )
    if row is None:
        return None
    context = {"first_name": row["first_name"], "what": what}
    return Mail(row["email"], CHANGED, "account_changed", context, row["language"])
