"""The kinds of second factor, and what a person is told about each."""

from __future__ import annotations

from enum import StrEnum

from backend.foundation.languages import N_


class Kind(StrEnum):
    """Strongest first (NIST SP 800-63B-4: only the first withstands a false site; SMS is restricted)."""

    SECURITY_KEY = "security_key"
    AUTHENTICATOR = "authenticator"
    SMS = "sms"


LABELS = {
    Kind.SECURITY_KEY: N_("Beveiligingssleutel of passkey"),
    Kind.AUTHENTICATOR: N_("Authenticator-app"),
    Kind.SMS: N_("SMS"),
}
SECURITY_KEY, PASSKEY = N_("Beveiligingssleutel"), N_("Passkey")
"""What one of the first kind turns out to be: apart from a device, or part of one."""
NOTES = {
    Kind.SECURITY_KEY: N_(
        "Je vingerafdruk, gezicht of pincode op dit apparaat, of een USB-sleutel."
        " Dit is het veiligst, ook tegen nepsites."
    ),
    Kind.AUTHENTICATOR: N_(
        "Een gratis app op je telefoon die steeds een nieuwe code toont. Heel veilig, en werkt zonder bereik."
    ),
    Kind.SMS: N_(
        "Een mobiel nummer waarop je een code krijgt. Minder veilig: een sms kan onderschept worden."
    ),
}
SIGNS = {Kind.SECURITY_KEY: "key", Kind.AUTHENTICATOR: "device", Kind.SMS: "message"}
"""The icon beside each."""
