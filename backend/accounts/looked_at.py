"""Wie heeft mijn dossier bekeken, in plain words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from backend.access.person import Person
from backend.access.roles import LABELS, Role
from backend.audit.queries import Look, access_log
from backend.foundation.clock import day_in
from backend.foundation.languages import N_
from backend.foundation.languages import gettext as _
from backend.foundation.words import day_words

A_PAGE = 25
WHAT = {
    "dossier": N_("Bekeek je dossier"),
    "step": N_("Bekeek een actie of een stap in je dossier"),
    "note": N_("Las een notitie"),
    "words": N_("Las de tekst bij een document"),
    "document": N_("Opende een document"),
    "absence": N_("Bekeek je ziekmelding en hoe je te bereiken bent"),
    "periods": N_("Bekeek wanneer je ziek was"),
}
BY_TITLE = {
    "note": N_("Las de notitie “%(title)s”"),
    "words": N_("Las de tekst bij het document “%(title)s”"),
    "document": N_("Opende het document “%(title)s”"),
}
BY_KIND = {
    "note": N_("Las de notitie van %(day)s"),
    "advice": N_("Las het advies van de bedrijfsarts van %(day)s"),
    "problem_analysis": N_("Las de probleemanalyse van %(day)s"),
}
"""What carries no title of somebody's own goes by its day."""


@dataclass(frozen=True, slots=True)
class LookedAt:
    """One line: who, in what role, did what and when; where, for who has several jobs."""

    id: int
    what: str
    name: str
    role: str
    at: datetime
    time_zone: str
    employer_name: str | None


async def looked_at(person: Person, before: str, now: datetime) -> tuple[list[LookedAt], int | None]:
    """A page of lines, newest first, and the id to ask older ones with (None: these were the last).
    `before` is such an id; anything else begins at the top."""
    jobs = {job.id: job for job in person.employments}
    cursor = int(before) if before.isascii() and before.isdigit() and len(before) < 19 else None
    found = await access_log(list(jobs), cursor, A_PAGE + 1)
    lines = [
        LookedAt(
            id=look.id,
            what=_what(look, jobs[look.employment].time_zone, now),
            name=look.viewer_name,
            role=_(LABELS[Role(look.viewer_role)]) if look.viewer_role in set(Role) else look.viewer_role,
            at=look.at,
            time_zone=jobs[look.employment].time_zone,
            employer_name=jobs[look.employment].employer_name if len(jobs) > 1 else None,
        )
        for look in found[:A_PAGE]
    ]
    return lines, lines[-1].id if len(found) > A_PAGE else None


def _what(look: Look, zone_name: str, now: datetime) -> str:
    """What was looked at, by its name, and whether that was medical."""
    said = _thing(look, zone_name, now)
    if not look.medical:
        return said
    if look.what == "dossier":
        return _("%(what)s, ook het medische deel", what=said)
    return _("%(what)s, uit het medische deel", what=said)


def _thing(look: Look, zone_name: str, now: datetime) -> str:
    if look.title and look.what in BY_TITLE:
        return _(BY_TITLE[look.what], title=look.title)
    if look.what == "note" and look.kind in BY_KIND and look.published_at:
        day = day_words(day_in(zone_name, look.published_at), day_in(zone_name, now))
        return _(BY_KIND[look.kind], day=day)
    return _(WHAT.get(look.what, WHAT["dossier"]))
