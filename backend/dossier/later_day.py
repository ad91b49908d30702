"""To which day something may be put off."""

from __future__ import annotations

from datetime import date, timedelta

from backend.foundation.languages import N_
from backend.foundation.refusal import Refused
from backend.foundation.words import day_words

FURTHEST = timedelta(days=365)
"""Nothing is put off for longer at once: what lies further ahead is looked at again first."""


def judge_later(due_on: date, today: date, later: date | None, field: str) -> date:
    """The new day: after the one it was due on (today, once that is past), and within a year of it. What is
    put off does not come sooner. Raises Refused."""
    since = max(due_on, today)
    if later is None or later <= since:
        if since == today:
            raise Refused(N_("Kies een dag na vandaag."), field)
        raise Refused(
            N_("Uitstellen maakt het later. Kies een dag na %(day)s."), field, day=day_words(since, today)
        )
    if later > since + FURTHEST:
        latest = day_words(since + FURTHEST, today)
        raise Refused(N_("Zo ver vooruit kan niet. Kies uiterlijk %(day)s."), field, day=latest)
    return later
