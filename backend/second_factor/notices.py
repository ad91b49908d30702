"""The code by SMS, and word of every change to the extra check."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from backend.accounts.notices import account_changed, link_mail
from backend.foundation.database import fetch_one
from backend.foundation.languages import N_
from backend.outbox.letters import Mail, Sms
from backend.outbox.registry import notice
from backend.second_factor.sealed import open_phone


@notice("sms_code")
async def sms_code(subject: Mapping[str, str], secret: str | None) -> Sms | None:
    """`subject`: code, the SmsCode; `secret` is the code itself. Nobody is told once it was used."""
    row = await fetch_one(
        "SELECT c.phone, a.language FROM sms_code c JOIN account a ON a.id = c.account"
        " WHERE c.id = $1 AND c.used_at IS NULL",
        UUID(subject["code"]),
    )
    if row is None:
        return None
    text = N_("%(code)s is je code voor Beterschap. Hij werkt 10 minuten. Geef hem aan niemand.")
    return Sms(open_phone(row["phone"]), text, {"code": secret}, row["language"], fills_in=secret or "")


@notice("recovery_code_used")
async def recovery_code_used(subject: Mapping[str, str], secret: str | None) -> Mail | None:
    """`subject`: account."""
    return await account_changed(
        subject, N_("Er is ingelogd met je herstelcode. Die code werkt nu niet meer.")
    )


@notice("recovery_code_made")
async def recovery_code_made(subject: Mapping[str, str], secret: str | None) -> Mail | None:
    """`subject`: account."""
    return await account_changed(
        subject, N_("Er is een nieuwe herstelcode gemaakt. De oude werkt niet meer.")
    )


@notice("factor_added")
async def factor_added(subject: Mapping[str, str], secret: str | None) -> Mail | None:
    """`subject`: account."""
    return await account_changed(subject, N_("Er is een extra controle bij het inloggen bijgekomen."))


@notice("factor_removed")
async def factor_removed(subject: Mapping[str, str], secret: str | None) -> Mail | None:
    """`subject`: account."""
    return await account_changed(subject, N_("Er is een extra controle bij het inloggen weggehaald."))


@notice("factors_reset")
async def factors_reset(subject: Mapping[str, str], secret: str | None) -> Mail | None:
    """`subject`: account."""
    return await account_changed(
        subject,
        N_(
            "Je extra controle en je herstelcode zijn gewist en je bent overal uitgelogd. Je krijgt nog een"
            " mail met een link. Kies daarmee een nieuw wachtwoord; bij het inloggen stel je een nieuwe extra"
            " controle in."
        ),
    )


@notice("begin_again")
async def begin_again(subject: Mapping[str, str], secret: str | None) -> Mail | None:
    """`secret` is the token of a link to choose a new password, after everything was wiped."""
    return await link_mail(secret, N_("Begin opnieuw met je account"), "begin_again")
