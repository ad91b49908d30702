"""Where a dossier stands in its calendar, as the template shows it.

Nobody with a fever should be met by "week 1 of 104" and what the law asks in two years. So as long as no step
has opened, the employee sees only that there is more to know if it lasts.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from backend.access.person import Person
from backend.access.roles import Role
from backend.foundation.languages import gettext as _
from backend.foundation.languages import ngettext
from backend.foundation.words import day_words
from backend.legal_calendar.chain import week_of
from backend.legal_calendar.line import ShownStep, line_of
from backend.legal_calendar.queries import DossierCalendar, Step, today_of
from backend.legal_calendar.terms import BY_NAME, WEEKS

SETTLED = ("done", "dropped")


@dataclass(frozen=True, slots=True)
class Mark:
    """A step on the line of weeks."""

    week: int
    state: str


@dataclass(frozen=True, slots=True)
class Picture:
    """Where a dossier stands. `now` is what is late, what can be done, and what comes next; `coming` is what
    comes after that; `past` what was done or not needed."""

    week: int | None
    """None when it does not run, or is not counted in the law's weeks."""
    weeks: int
    gentle: bool
    note: str
    """What is otherwise than with most: another country's law, employment that ends."""
    summary: str
    """How many were done, are late, and can be done, in words."""
    marks: list[Mark]
    now: list[ShownStep]
    coming: list[ShownStep]
    past: list[ShownStep]
    late: int


def picture(person: Person, calendar: DossierCalendar, *, now: datetime) -> Picture | None:
    """None when there is nothing to show: a short absence that is over leaves no trace here."""
    today, role = today_of(calendar, now), calendar.whose.seen_by(person)
    steps = [step for step in calendar.steps if not calendar.closed or step.shown or step.settled]
    note = _note(calendar, today)
    if calendar.closed and not any(step.shown for step in steps):
        return None
    if not steps and not (calendar.dutch and calendar.chain) and (role == Role.EMPLOYEE or not note):
        return None
    lines = [line_of(calendar, step, today, person) for step in steps]
    counted = calendar.dutch and not calendar.closed and not calendar.is_over(today)
    coming = _without_repeats(steps, lines)
    return Picture(
        week=min(week_of(calendar.chain, today), WEEKS) or None if counted else None,
        weeks=WEEKS,
        gentle=role == Role.EMPLOYEE and not note and not any(_has_come(step) for step in steps),
        note=note,
        summary=_summary(lines),
        marks=_marks(calendar, steps, lines) if counted else [],
        now=[line for line in lines if line.state in ("late", "open")] + coming[:1],
        coming=coming[1:],
        past=_past(steps, lines),
        late=sum(line.state == "late" for line in lines),
    )


def _note(calendar: DossierCalendar, today: date) -> str:
    if calendar.closed:
        return ""
    if calendar.left_on is not None:
        day = day_words(calendar.left_on, today)
        over = calendar.is_over(today)
        said = _("Uit dienst sinds %(day)s.", day=day) if over else _("Uit dienst vanaf %(day)s.", day=day)
        if calendar.dutch:
            rest = _("Wie ziek uit dienst gaat, valt onder de Ziektewet: UWV begeleidt verder.")
        else:
            rest = _("Vanaf die dag stoppen de stappen van de werkgever.")
        return f"{said} {rest}"
    if not calendar.dutch:
        return _(
            "Hier staan alleen de eigen stappen van de werkgever. De Nederlandse regels"
            " (Wet verbetering poortwachter) gelden niet bij deze werkgever."
        )
    return ""


def _summary(lines: Sequence[ShownStep]) -> str:
    """`9 gedaan, 1 te laat, 2 nu te doen`; what is not there is not said."""
    count = {state: sum(line.state == state for line in lines) for state in ("done", "late", "open")}
    said = {
        "done": ngettext("%(number)d stap gedaan", "%(number)d stappen gedaan", count["done"]),
        "late": _("%(number)d te laat", number=count["late"]),
        "open": _("%(number)d nu te doen", number=count["open"]),
    }
    return ", ".join(words for state, words in said.items() if count[state])


def _marks(calendar: DossierCalendar, steps: Sequence[Step], lines: Sequence[ShownStep]) -> list[Mark]:
    """What comes first, so that what is late is drawn over the rest."""
    order = ("coming", "dropped", "done", "open", "late")
    marks = [
        Mark(min(max(week_of(calendar.chain, step.due_on), 1), WEEKS), line.state)
        for step, line in zip(steps, lines, strict=True)
    ]
    return sorted(set(marks), key=lambda mark: (order.index(mark.state), mark.week))


def _has_come(step: Step) -> bool:
    """Whether it is a step of the law or of practice that people have to do with by now."""
    term = BY_NAME.get(step.term)
    return term is not None and not term.by_report and (step.shown or step.settled)


def _without_repeats(steps: Sequence[Step], lines: Sequence[ShownStep]) -> list[ShownStep]:
    """What is still to come, but of what comes back every six weeks only the next one."""
    found, seen = [], set()
    for step, line in zip(steps, lines, strict=True):
        if line.state == "coming" and not (step.turn and step.term in seen):
            seen.add(step.term)
            found.append(line)
    return found


def _past(steps: Sequence[Step], lines: Sequence[ShownStep]) -> list[ShownStep]:
    """What is settled, the newest first. What comes back stands there once, with how often it was done
    before; what was not needed keeps its line: it has a reason."""
    found: dict[object, ShownStep] = {}
    for step, line in zip(steps, lines, strict=True):
        if line.state not in SETTLED:
            continue
        key: object = step.term if step.turn and line.state == "done" else step.id
        before = found.pop(key, None)
        found[key] = replace(line, again=before.again + 1) if before else line
    return list(found.values())[::-1]
