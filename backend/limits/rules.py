"""How often what may be tried (OWASP ASVS 6.3). The keys are made here too, so that two places
cannot count the same thing under two names."""

from __future__ import annotations

import hashlib
import ipaddress
from uuid import UUID

from backend.limits.take import Limit

MINUTE, HOUR, DAY = 60, 3600, 86400

PASSWORDS = (Limit(10, 5 * MINUTE),)
"""Per address, per person among unknown devices, and per known device."""
PASSWORDS_HERE = (Limit(5, 5 * MINUTE),)
"""Per person from one address: half of the person's budget, so that one attacker cannot spend all of it."""
REFUSALS_HERE = (Limit(1, 5 * MINUTE),)
"""Per person from one address: refusals unheard that are written down. The others are the same news."""
REFUSALS = (Limit(10, 5 * MINUTE),)
"""Per address: the same over all persons, so that no stranger fills the audit by trying names."""
CODES = (Limit(5, 5 * MINUTE), Limit(20, HOUR), Limit(50, DAY))
"""Codes of a second factor and recovery codes together, per account."""
SMS_SENDS = (Limit(5, HOUR), Limit(15, DAY))
"""Per account and per phone."""
SMS_PAUSE = (Limit(1, MINUTE),)
"""The same, until the code came back: who signs in again right after that waits for nothing."""
RESET_MAILS = (Limit(3, HOUR), Limit(10, DAY))
"""Per person; a refused one is answered like any other."""
RESET_ASKS = (Limit(20, HOUR),)
"""Per address."""
INVITATION_TRIES = (Limit(20, 5 * MINUTE), Limit(100, HOUR))
"""Per address, over all invitations; one invitation itself dies after five wrong tries."""
BIRTH_DATES = (Limit(5, DAY),)
"""Per account, over all its links to choose a password: a new link gives no new tries."""
LINK_OPENINGS = (Limit(60, 5 * MINUTE),)
"""Per address: pages behind a mailed link, so that links cannot be guessed at speed."""
STRENGTH_CHECKS = (Limit(120, MINUTE),)
"""Per address: the strength meter costs processor time."""
CONFIRMS = PASSWORDS
"""Per account: the password asked again before something sensitive."""
USERNAME_CHANGES = (Limit(10, DAY),)
"""Per account: a refused name tells that somebody has it, so one cannot ask for many."""
UPLOADS = (Limit(60, 5 * MINUTE), Limit(300, HOUR), Limit(1000, DAY))
"""Forms with files, per account: judging a file costs processor time and keeping it costs room."""


WRITINGS_HERE = (Limit(60, DAY),)
"""Notes, documents, actions, advice and corrections of one account in one dossier: of each, people are told,
and nobody reads so many. Far above what a day of work asks (our own choice)."""
WRITINGS = (Limit(500, DAY),)
"""The same over all dossiers: a case manager with a day full of them stays well below."""


def writing_keys(account: UUID, dossier: UUID) -> tuple[str, str]:
    """Under which what somebody writes counts: in that dossier, and in all."""
    return f"writing:{account}:{dossier}", f"writing:{account}"


def code_key(account: UUID) -> str:
    """Under which tries of codes count."""
    return f"code:{account}"


def birth_date_key(account: UUID) -> str:
    """Under which birth dates count that were typed to choose a password."""
    return f"birth_date:{account}"


def assertion_key(account: UUID) -> str:
    """Under which answers of security keys count: apart, so that wrong codes never shut out the real key."""
    return f"assertion:{account}"


def sms_keys(account: UUID, phone: str) -> tuple[str, str]:
    """Under which sent codes count; take both."""
    return f"sms:account:{account}", f"sms:phone:{_digest(phone)}"


def sms_pause_keys(account: UUID, phone: str) -> tuple[str, str]:
    """Under which the code that is still to come back counts; take both."""
    return f"sms_pause:account:{account}", f"sms_pause:phone:{_digest(phone)}"


def confirm_key(account: UUID) -> str:
    """Under which confirmations with the password count."""
    return f"confirm:{account}"


def username_key(account: UUID) -> str:
    """Under which changes of one's own user name count."""
    return f"username:{account}"


def upload_key(account: UUID) -> str:
    """Under which forms with files count."""
    return f"upload:{account}"


def person_key(purpose: str, username: str) -> str:
    """A key for a typed user name, whether or not it exists; the name itself is not kept."""
    return f"{purpose}:person:{_digest(username.strip().casefold())}"


def address_key(purpose: str, address: str) -> str:
    """A key for a network address; of IPv6 the first 64 bits, which is what one household is given."""
    return f"{purpose}:address:{network_of(address)}"


def network_of(address: str) -> str:
    """The address itself, or the /64 around an IPv6 address."""
    try:
        found = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return _digest(address)
    if isinstance(found, ipaddress.IPv6Address):
        if found.ipv4_mapped:
            return str(found.ipv4_mapped)
        return str(ipaddress.ip_network((int(found), 64), strict=False))
    return str(found)


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode(errors="replace")).hexdigest()[:32]
