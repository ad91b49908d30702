"""Writing in another's dossier: notes and their corrections, actions, and what only the doctor writes."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from litestar import Request, Response, get, post

from backend.access.person import Person
from backend.access.roles import role_words
from backend.dossier import own_writing
from backend.dossier.correct_note import correct_note
from backend.dossier.desk import Desk, around, desk
from backend.dossier.forms import ActionForm, AdviceForm, AnalysisForm, CorrectionForm, NoteForm
from backend.dossier.post_action import NewAction, post_action
from backend.dossier.post_advice import post_advice
from backend.dossier.post_note import post_note
from backend.dossier.post_problem_analysis import post_problem_analysis
from backend.dossier.readers import readers
from backend.dossier.save_draft import drop_draft, save_draft
from backend.foundation.languages import gettext as _
from backend.foundation.words import time_words
from backend.web.htmx import asked_by_htmx
from backend.web.page import page, redirect
from backend.web.sending import send_once

Asked = Request[Any, Any, Any]
FORMS: dict[str, Any] = {"note": NoteForm, "advice": AdviceForm, "problem-analysis": AnalysisForm}
"""What may be a draft, by the last word of its address."""


def sheet(
    request: Asked, template: str, place: Desk, form: Any, status: int = 200, **more: Any
) -> Response[str]:
    """The page on which one thing is written."""
    return page(
        request, template, status, form=form, desk=place,
        readers=readers(place), medical_readers=readers(place, medical=True), **more,
    )  # fmt: skip


async def note_form(place: Desk, *given: Any, **data: Any) -> NoteForm:
    """Who reads it is asked of the medical side only."""
    form = NoteForm(*given, **data)
    if not place.medical:
        form.only_shared()
    return form


@get("/dossiers/{dossier:uuid}/new/note")
async def show_new_note(request: Asked, person: Person, now: datetime, dossier: UUID) -> Response[Any]:
    """An empty sheet, or the draft."""
    place = await desk(person, dossier, now=now)
    kept = await own_writing.draft(person, dossier, "note")
    form = await note_form(place, **kept)
    return sheet(request, "dossier/new_note.html", place, form, draft=kept)


@post("/dossiers/{dossier:uuid}/notes")
async def send_note(request: Asked, person: Person, now: datetime, dossier: UUID) -> Response[Any]:
    """Publishes a note."""
    place = await desk(person, dossier, now=now)
    form = await note_form(place, await request.form())

    async def send() -> str:
        return await post_note(person, dossier, form.note(), form.request_key.data, now=now)

    async def again() -> Response[Any]:
        return sheet(request, "dossier/new_note.html", place, form, 422, draft={})

    return await send_once(request, person, form, send, again, _("Je notitie staat in het dossier."))


@post([f"/dossiers/{{dossier:uuid}}/drafts/{kind}" for kind in FORMS])
async def send_draft(request: Asked, person: Person, now: datetime, dossier: UUID) -> Response[Any]:
    """Keeps what was typed so far: as a line of words for htmx, back to the sheet without script."""
    kind = request.url.path.rsplit("/", 1)[-1]
    place = await desk(person, dossier, now=now)
    form = FORMS[kind](await request.form())
    if kind == "note" and not place.medical:
        form.only_shared()
    words, key = form.words(), form.request_key.data
    kept = await save_draft(person, dossier, kind.replace("-", "_"), words, key, now=now)
    if asked_by_htmx(request):
        return page(request, "dossier/_draft.html", time=time_words(now, place.time_zone) if kept else "")
    return redirect(f"/dossiers/{dossier}/new/{kind}")


@post([f"/dossiers/{{dossier:uuid}}/drafts/{kind}/removal" for kind in FORMS])
async def send_draft_removal(request: Asked, person: Person, now: datetime, dossier: UUID) -> Response[Any]:
    """Throws the draft away."""
    kind = request.url.path.rsplit("/", 2)[-2]
    await drop_draft(person, dossier, kind.replace("-", "_"), now=now)
    return redirect(f"/dossiers/{dossier}")


@get("/dossiers/{dossier:uuid}/notes/{entry:uuid}/correction")
async def show_correction(
    request: Asked, person: Person, now: datetime, dossier: UUID, entry: UUID
) -> Response[Any]:
    """The note as it reads now, to be mended by who wrote it."""
    place = await desk(person, dossier, now=now)
    note = await own_writing.own_note(person, dossier, entry)
    return sheet(
        request, "dossier/new_correction.html", place, CorrectionForm(**note), entry=entry, note=note
    )


@post("/dossiers/{dossier:uuid}/notes/{entry:uuid}/correction")
async def send_correction(
    request: Asked, person: Person, now: datetime, dossier: UUID, entry: UUID
) -> Response[Any]:
    """Publishes the mended note."""
    place = await desk(person, dossier, now=now)
    note = await own_writing.own_note(person, dossier, entry)
    form = CorrectionForm(await request.form())

    async def send() -> str:
        title, body, key = form.title.data or "", form.body.data, form.request_key.data
        return await correct_note(person, dossier, entry, title, body, key, now=now)

    async def again() -> Response[Any]:
        return sheet(request, "dossier/new_correction.html", place, form, 422, entry=entry, note=note)

    return await send_once(request, person, form, send, again, _("Je notitie is aangepast."))


async def action_form(person: Person, place: Desk, *given: Any) -> ActionForm:
    """With everybody around the employee to choose from."""
    form = ActionForm(*given)
    form.assignee.choices = [
        ("employee", place.employee_name),
        *((str(one.id), f"{one.name}, {role_words(one.role)}") for one in await around(person, place)),
    ]
    return form


@get("/dossiers/{dossier:uuid}/new/action")
async def show_new_action(request: Asked, person: Person, now: datetime, dossier: UUID) -> Response[Any]:
    """An empty sheet."""
    place = await desk(person, dossier, now=now)
    return sheet(request, "dossier/new_action.html", place, await action_form(person, place))


@post("/dossiers/{dossier:uuid}/actions")
async def send_action(request: Asked, person: Person, now: datetime, dossier: UUID) -> Response[Any]:
    """Publishes an action."""
    place = await desk(person, dossier, now=now)
    form = await action_form(person, place, await request.form())

    async def send() -> str:
        action = NewAction(form.what.data, form.explanation.data or "", form.assigned(), form.due_on.data)
        return await post_action(person, dossier, action, form.request_key.data, now=now)

    async def again() -> Response[Any]:
        return sheet(request, "dossier/new_action.html", place, form, 422)

    return await send_once(request, person, form, send, again, _("De actie staat in het dossier."))


async def doctors_desk(person: Person, dossier: UUID, now: datetime) -> Desk:
    """Raises NotFound for anybody but the company doctor."""
    place = await desk(person, dossier, now=now)
    place.need_doctor()
    return place


@get("/dossiers/{dossier:uuid}/new/advice")
async def show_new_advice(request: Asked, person: Person, now: datetime, dossier: UUID) -> Response[Any]:
    """An empty sheet, or the draft."""
    place = await doctors_desk(person, dossier, now)
    kept = await own_writing.draft(person, dossier, "advice")
    return sheet(request, "dossier/new_advice.html", place, AdviceForm(**kept), draft=kept)


@post("/dossiers/{dossier:uuid}/advice")
async def send_advice(request: Asked, person: Person, now: datetime, dossier: UUID) -> Response[Any]:
    """Publishes an advice."""
    place = await doctors_desk(person, dossier, now)
    form = AdviceForm(await request.form())

    async def send() -> str:
        return await post_advice(person, dossier, form.advice(), form.request_key.data, now=now)

    async def again() -> Response[Any]:
        return sheet(request, "dossier/new_advice.html", place, form, 422, draft={})

    return await send_once(request, person, form, send, again, _("Je advies staat in het dossier."))


@get("/dossiers/{dossier:uuid}/new/problem-analysis")
async def show_new_analysis(request: Asked, person: Person, now: datetime, dossier: UUID) -> Response[Any]:
    """An empty sheet, or the draft."""
    place = await doctors_desk(person, dossier, now)
    kept = await own_writing.draft(person, dossier, "problem_analysis")
    return sheet(request, "dossier/new_problem_analysis.html", place, AnalysisForm(**kept), draft=kept)


@post("/dossiers/{dossier:uuid}/problem-analysis")
async def send_analysis(request: Asked, person: Person, now: datetime, dossier: UUID) -> Response[Any]:
    """Publishes the problem analysis, in its two parts."""
    place = await doctors_desk(person, dossier, now)
    form = AnalysisForm(await request.form())

    async def send() -> str:
        key, medical = form.request_key.data, form.medical.data or ""
        return await post_problem_analysis(person, dossier, form.advice(), medical, key, now=now)

    async def again() -> Response[Any]:
        return sheet(request, "dossier/new_problem_analysis.html", place, form, 422, draft={})

    return await send_once(request, person, form, send, again, _("De probleemanalyse staat in het dossier."))


routes = [
    show_new_note, send_note, send_draft, send_draft_removal, show_correction, send_correction,
    show_new_action, send_action, show_new_advice, send_advice, show_new_analysis, send_analysis,
]  # fmt: skip
