"""The code by SMS, and word of every change to the extra check."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from backend.accounts.notices import link_mail, tell_of_changes
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


tell_of_changes(
    {
        "recovery_code_used": N_("Er is ingelogd met je herstelcode. Die code werkt nu niet meer."),
        "recovery_code_made": N_("Er is een nieuwe herstelcode gemaakt. De oude werkt niet meer."),
        "factor_added": N_("Er is een extra controle bij het inloggen bijgekomen."),
        "factor_removed": N_("Er is een extra controle bij het inloggen weggehaald."),
        "factors_reset": N_(
            "Je extra controle en je herstelcode zijn gewist en je bent overal uitgelogd. Je krijgt nog een"
            " mail met een link. Kies daarmee een nieuw wachtwoord; bij het inloggen stel je een nieuwe extra"
            " controle in."
        ),
    }
)


@notice("begin_again")
async def begin_again(subject: Mapping[str, str], secret: str | None) -> Mail | None:
    """`secret` is the token of a link to choose a new password, after everything was wiped."""
    return await link_mail(secret, N_("Begin opnieuw met je account"), "begin_again")
