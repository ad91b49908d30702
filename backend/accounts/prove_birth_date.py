"""Who has no extra check yet proves more than a mailbox before choosing a password: proofing as at enrolment
(OWASP ASVS 5.0, 6.4.4)."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from backend.accounts.sign_in import TOO_OFTEN
from backend.audit.events import Event
from backend.audit.record import record
from backend.foundation.database import execute, fetch, fetch_value
from backend.foundation.languages import ngettext
from backend.foundation.refusal import Refused
from backend.limits.rules import BIRTH_DATES, birth_date_key
from backend.limits.take import give_back
from backend.limits.too_often import take_or_refuse

MOST_TRIES = 5
"""Wrong answers that kill a link, as with an invitation."""

PROOF_ASKED = """(NOT EXISTS (SELECT FROM factor WHERE account = a.id)
    AND EXISTS (SELECT FROM employment WHERE account = a.id AND birth_date IS NOT NULL))"""
"""Of `account a`: no extra check would be asked after the password, and we know a birth date. Who has a
role only has none; for them the mailbox is what was proven at the first visit too."""

COUNT = """
UPDATE password_reset SET wrong_tries = wrong_tries + 1 WHERE id = $1 AND wrong_tries < $2
RETURNING wrong_tries
"""


class DeadLink(Exception):
    """Unknown, used, too old, or tried too often: one answer for all."""


async def prove_birth_date(link: UUID, account: UUID, birth_date: date | None, *, now: datetime) -> None:
    """Judges the birth date typed with a link; counted first, and outside any transaction. Raises Refused
    when it is another one, DeadLink when that was the last try."""
    key = birth_date_key(account)
    await take_or_refuse(key, *BIRTH_DATES, now=now, message=TOO_OFTEN, field="birth_date")
    tries = await fetch_value(COUNT, link, MOST_TRIES)
    if tries is None:
        raise DeadLink
    if await _matches(account, birth_date):
        await execute("UPDATE password_reset SET wrong_tries = wrong_tries - 1 WHERE id = $1", link)
        await give_back(key, now=now)
        return
    await record(Event.BIRTH_DATE_WRONG, now=now, account=account, subject=link)
    if tries >= MOST_TRIES:
        raise DeadLink
    raise Refused(_wrong(MOST_TRIES - tries), "birth_date")


async def _matches(account: UUID, birth_date: date | None) -> bool:
    known = await fetch(
        "SELECT birth_date FROM employment WHERE account = $1 AND birth_date IS NOT NULL", account
    )
    return birth_date in {row["birth_date"] for row in known}


def _wrong(left: int) -> str:
    return ngettext(
        "Deze geboortedatum klopt niet. Je kunt het nog %(number)s keer proberen.",
        "Deze geboortedatum klopt niet. Je kunt het nog %(number)s keer proberen.",
        left,
    )
