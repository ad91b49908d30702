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
from backend.dossier.forms import ActionForm, AudienceForm, DocumentForm, NoteForm
from backend.dossier.post_action import NewAction, post_action
from backend.dossier.post_advice import post_advice
from backend.dossier.post_note import post_note
from backend.dossier.post_problem_analysis import post_problem_analysis
from backend.foundation.fields import Form
from backend.foundation.languages import N_

Verb = Callable[[Person, UUID, Any, datetime], Awaitable[str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Asking:
    """What one kind of writing asks, and of whom."""

    form: Callable[..., Form]
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet(Asking):
    """What becomes of it. `name` is the last word of the address where it starts, `posted_at` of the one that
    takes it."""

    name: str
    posted_at: str
    template: str
    post: Verb
    """From a valid form to where the entry stands."""
    done: str


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


SHEETS = (
    Sheet(
        name="note", posted_at="notes", template="dossier/new_note.html", form=NoteForm, post=_note,
        done=N_("Je notitie staat in het dossier."),
    ),
    Sheet(
        name="action", posted_at="actions", template="dossier/new_action.html", form=ActionForm, post=_action,
        done=N_("De actie staat in het dossier."),
    ),
    Sheet(
        name="advice", posted_at="advice", template="dossier/new_advice.html", form=AdviceForm, post=_advice,
        done=N_("Je advies staat in het dossier."), for_doctor=True,
    ),
    Sheet(
        name="problem-analysis", posted_at="problem-analysis", form=AnalysisForm, post=_analysis,
        template="dossier/new_problem_analysis.html",
        done=N_("De probleemanalyse staat in het dossier."), for_doctor=True,
    ),
)  # fmt: skip
"""Documents come with files (pages/uploading.py)."""
NAMED = {sheet.name: sheet for sheet in SHEETS}
POSTED_AT = {sheet.posted_at: sheet for sheet in SHEETS}
DRAFTED: dict[str, Asking] = {**NAMED, "document": Asking(form=DocumentForm)}
"""What is kept while one types; of a document what goes along with the files."""
