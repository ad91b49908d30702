"""What of the caseload somebody looks at, and in which order: all of it stands in the address of the page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from backend.foundation.languages import N_
from backend.foundation.languages import gettext as _
from backend.legal_calendar.terms import BY_NAME

PATH = "/caseload"
LONGEST = 80
"""Characters of a name to search for."""

STATES = {"open": N_("Lopend"), "closed": N_("Gesloten"), "all": N_("Allemaal")}
SORTS = {"due": N_("Volgende actie"), "week": N_("Langst ziek"), "name": N_("Naam")}
DUES = {"7": N_("Binnen 7 dagen"), "28": N_("Binnen 4 weken"), "none": N_("Geen actie gepland")}
"""By when the next action is due, in days from today."""
LATEST = N_("Laatst gesloten")
"""The usual order of what is closed (View.is_history)."""

ENDS = [
    BY_NAME[term].by_week
    for term in ("problem_analysis", "uwv_week_42_notice", "first_year_evaluation", "final_evaluation")
]
"""The weeks of the law after which a case manager's work is of another kind."""
BANDS: dict[str, tuple[int, int | None]] = {
    f"{first}-{last or ''}": (first, last)
    for first, last in zip([1, *(end + 1 for end in ENDS)], [*ENDS, None], strict=True)
}
"""Weeks of absence, from and up to; the last band has no end."""


@dataclass(frozen=True, slots=True)
class View:
    """Every choice, each with its default."""

    q: str = ""
    employer: UUID | None = None
    state: str = "open"
    week: str = ""
    due: str = ""
    late: bool = False
    new: bool = False
    sort: str = "due"
    dossier: UUID | None = None
    """The one that stands open beside the list."""
    after: str = ""
    """Where the page goes on (see paging.py); none at the beginning."""

    @classmethod
    def read(cls, asked: Mapping[str, Any]) -> View:
        """From an address. What means nothing there is as if it were not there."""
        return cls(
            q=" ".join(_text(asked, "q").split())[:LONGEST],
            employer=_id(asked, "employer"),
            state=_one_of(STATES, asked, "state", "open"),
            week=_one_of(BANDS, asked, "week", ""),
            due=_one_of(DUES, asked, "due", ""),
            late=bool(_text(asked, "late")),
            new=bool(_text(asked, "new")),
            sort=_one_of(SORTS, asked, "sort", "due"),
            dossier=_id(asked, "dossier"),
            after=_text(asked, "after"),
        )

    def address(self, **changes: Any) -> str:
        """The address of this view, without what is as usual; with changes, that of another."""
        view = replace(self, **changes)
        said = {
            one.name: "1" if value is True else str(value)
            for one in fields(view)
            if (value := getattr(view, one.name)) != one.default
        }
        return f"{PATH}?{urlencode(said)}" if said else PATH

    @property
    def is_history(self) -> bool:
        """Whether it is of closed dossiers whatever there is to do in them: the latest first, unless another
        order is asked for."""
        return self.state == "closed" and not (self.due or self.late)

    @property
    def usual_order(self) -> str:
        """What the order is that nobody chose."""
        return LATEST if self.is_history else SORTS["due"]

    @property
    def chosen(self) -> int:
        """How many filters narrow the list, the search and the order not counted."""
        given = [self.employer, self.week, self.due, self.late, self.new, self.state != "open"]
        return sum(bool(one) for one in given)

    @property
    def is_narrowed(self) -> bool:
        """Whether there may be more than this view shows."""
        return bool(self.q or self.chosen)


def band_words(first: int, last: int | None) -> str:
    """`Week 7 t/m 42`."""
    if last is None:
        return _("Vanaf week %(first)s", first=first)
    return _("Week %(first)s t/m %(last)s", first=first, last=last)


def _text(asked: Mapping[str, Any], name: str) -> str:
    return str(asked.get(name) or "").replace("\x00", "")


def _one_of(known: Mapping[str, Any], asked: Mapping[str, Any], name: str, usual: str) -> str:
    given = _text(asked, name)
    return given if given in known else usual


def _id(asked: Mapping[str, Any], name: str) -> UUID | None:
    try:
        return UUID(_text(asked, name))
    except ValueError:
        return None
