"""The sheets on which somebody writes in another's dossier: what each asks, who may, and what it becomes."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from backend.access.person import Person
from backend.access.roles import role_words
from backend.dossier.advice_forms import AdviceForm, AnalysisForm
from backend.dossier.desk import Desk, around, desk
from backend.dossier.forms import ActionForm, AudienceForm, NoteForm
from backend.dossier.post_action import NewAction, post_action
from backend.dossier.post_advice import post_advice
from backend.dossier.post_note import post_note
from backend.dossier.post_problem_analysis import post_problem_analysis
from backend.foundation.fields import Form
from backend.foundation.languages import N_

Verb = Callable[[Person, UUID, Any, datetime], Awaitable[str]]


@dataclass(frozen=True, slots=True)
class Sheet:
    """One kind of writing. `posted_at` is the last word of the address that takes it."""

    posted_at: str
    template: str
    form: Callable[..., Form]
    post: Verb
    """From a valid form to where the entry stands."""
    done: str
    for_doctor: bool = False

    async def desk(self, person: Person, dossier: UUID, now: datetime) -> Desk:
        """Raises NotFound for who may not write this here."""
        place = await desk(person, dossier, now=now)
        if self.for_doctor:
            place.need_doctor()
        return place

    async def fitted(self, person: Person, place: Desk, *given: Any, **data: Any) -> Any:
        """The form as this person gets it here."""
        form = self.form(*given, **data)
        if isinstance(form, AudienceForm):
            form.ask_only(medical=place.medical)
        if isinstance(form, ActionForm):
            form.assignee.choices = await _doers(person, place)
        return form


async def _doers(person: Person, place: Desk) -> list[tuple[str, str]]:
    """Everybody around the employee, to whom an action can be given."""
    others = [(str(one.id), f"{one.name}, {role_words(one.role)}") for one in await around(person, place)]
    return [("employee", place.employee_name), *others]


async def _note(person: Person, dossier: UUID, form: NoteForm, now: datetime) -> str:
    return await post_note(person, dossier, form.note(), form.request_key.data, now=now)


async def _action(person: Person, dossier: UUID, form: ActionForm, now: datetime) -> str:
    action = NewAction(form.what.data, form.explanation.data or "", form.assigned(), form.due_on.data)
    return await post_action(person, dossier, action, form.request_key.data, now=now)


async def _advice(person: Person, dossier: UUID, form: AdviceForm, now: datetime) -> str:
    return await post_advice(person, dossier, form.advice(), form.request_key.data, now=now)


async def _analysis(person: Person, dossier: UUID, form: AnalysisForm, now: datetime) -> str:
    medical, key = form.medical.data or "", form.request_key.data
    return await post_problem_analysis(person, dossier, form.advice(), medical, key, now=now)


SHEETS = {
    "note": Sheet(
        "notes", "dossier/new_note.html", NoteForm, _note, N_("Je notitie staat in het dossier.")
    ),
    "action": Sheet(
        "actions", "dossier/new_action.html", ActionForm, _action, N_("De actie staat in het dossier.")
    ),
    "advice": Sheet(
        "advice", "dossier/new_advice.html", AdviceForm, _advice, N_("Je advies staat in het dossier."),
        for_doctor=True,
    ),
    "problem-analysis": Sheet(
        "problem-analysis", "dossier/new_problem_analysis.html", AnalysisForm, _analysis,
        N_("De probleemanalyse staat in het dossier."), for_doctor=True,
    ),
}  # fmt: skip
"""By the last word of the address where one starts."""
POSTED_AT = {sheet.posted_at: sheet for sheet in SHEETS.values()}
DRAFTED = ("note", "advice", "problem-analysis")
"""Long enough to hurt when lost, and so kept while one types."""
