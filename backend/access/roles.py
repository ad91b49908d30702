"""The roles people have around an employee."""

from __future__ import annotations

from enum import StrEnum

from backend.foundation.clock import HOME_ZONE
from backend.foundation.languages import N_
from backend.foundation.languages import gettext as _


class Role(StrEnum):
    """In code the English word; on screen the Dutch one."""

    EMPLOYEE = "employee"
    MANAGER = "manager"
    CASE_MANAGER = "case_manager"
    COMPANY_DOCTOR = "company_doctor"
    ADMINISTRATOR = "administrator"
    SECOND_CONTACT = "second_contact"
    CONTACT = "contact"


LABELS = {
    Role.EMPLOYEE: N_("medewerker"),
    Role.MANAGER: N_("leidinggevende"),
    Role.CASE_MANAGER: N_("casemanager"),
    Role.COMPANY_DOCTOR: N_("bedrijfsarts"),
    Role.ADMINISTRATOR: N_("beheerder"),
    Role.SECOND_CONTACT: N_("tweede contactpersoon"),
    Role.CONTACT: N_("contactpersoon"),
}


def role_words(role: str) -> str:
    """A role on screen, in the reader's language; nothing for the product itself, which has none."""
    return _(LABELS[Role(role)]) if role in LABELS else ""


def still_held(moment: str) -> str:
    """SQL: whether role `r` is held at that moment. It ends at midnight there where the employer is, or at
    home for a provider's: elsewhere that day begins hours later."""
    zone = f"coalesce((SELECT z.time_zone FROM employer z WHERE z.id = r.employer), '{HOME_ZONE}')"
    return f"(r.ended_on IS NULL OR r.ended_on > ({moment} AT TIME ZONE {zone})::date)"


HELD_NOW = still_held("CURRENT_TIMESTAMP")
"""SQL: whether role `r` is held at this moment."""
