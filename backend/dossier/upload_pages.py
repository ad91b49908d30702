"""Documents come in: as a plain form, or file by file with a bar that shows how far they are."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from litestar import Request, Response, get, post
from litestar.exceptions import HTTPException, InternalServerException

from backend.access.person import Person
from backend.dossier.desk import Desk, desk
from backend.dossier.forms import DocumentForm
from backend.dossier.post_document import post_document
from backend.dossier.readers import readers
from backend.foundation.languages import gettext as _
from backend.uploads.keep import Kept, drop, keep
from backend.uploads.kinds import ACCEPT, LARGEST
from backend.uploads.receive import FILES, WHOLE, Incoming, Malformed, Received, receive
from backend.uploads.refusals import refusal_words
from backend.uploads.unfit import Unfit
from backend.web.errors import wants_json
from backend.web.page import page
from backend.web.sending import send_once

Asked = Request[Any, Any, Any]


def sheet(
    request: Asked, place: Desk, form: DocumentForm, status: int = 200, problems: list[str] | None = None
) -> Response[Any]:
    """The page on which files are chosen; a browser cannot choose them again by itself."""
    if status != 200 and wants_json(request):
        said = problems or [_(str(error)) for field in form for error in field.errors] or form.form_errors
        return Response({"message": said[0], "problems": said}, status_code=status)
    return page(
        request, "dossier/new_document.html", status, form=form, desk=place, problems=problems or [],
        readers=readers(place), medical_readers=readers(place, medical=True), accept=ACCEPT, largest=LARGEST,
        most=FILES,
    )  # fmt: skip


def document_form(place: Desk, *given: Any) -> DocumentForm:
    """Who reads it is asked of the medical side only."""
    form = DocumentForm(*given)
    if not place.medical:
        form.only_shared()
    return form


@get("/dossiers/{dossier:uuid}/new/document")
async def show_new_document(request: Asked, person: Person, now: datetime, dossier: UUID) -> Response[Any]:
    """An empty sheet."""
    place = await desk(person, dossier, now=now)
    return sheet(request, place, document_form(place))


@post("/dossiers/{dossier:uuid}/documents", request_max_body_size=WHOLE)
async def send_documents(request: Asked, person: Person, now: datetime, dossier: UUID) -> Response[Any]:
    """Takes the files in, judges each, and publishes them together or not at all."""
    place = await desk(person, dossier, now=now)
    with await _received(request) as received:
        form = document_form(place, received)
        problems = _count(received)
        if problems or not form.validate():
            return sheet(request, place, form, 422, problems)
        kept, problems = await _kept(received.files)
        if problems:
            return sheet(request, place, form, 422, problems)

    async def send() -> str:
        return await post_document(person, dossier, kept, form.letter(), form.request_key.data, now=now)

    async def again() -> Response[Any]:
        return sheet(request, place, form, 422)

    return await send_once(request, person, form, send, again, _("Je document staat in het dossier."))


async def _received(request: Asked) -> Received:
    try:
        return await receive(request.stream(), request.headers.get("content-type", ""))
    except Malformed as error:
        raise HTTPException(status_code=400) from error
    except InternalServerException as error:  # Litestar's word for somebody who hung up
        raise HTTPException(status_code=400) from error


def _count(received: Received) -> list[str]:
    if not received.files:
        return [_("Kies eerst een of meer bestanden.")]
    if len(received.files) > FILES:
        return [_("Kies hooguit %(most)s bestanden tegelijk.", most=FILES)]
    return []


async def _kept(files: list[Incoming]) -> tuple[list[Kept], list[str]]:
    """All of them, or none and why."""
    kept: list[Kept] = []
    problems: list[str] = []
    try:
        for file in files:
            try:
                kept.append(await keep(file))
            except Unfit as unfit:
                problems.append(refusal_words(unfit.why, file.name))
    except BaseException:
        problems.append("")
        raise
    finally:
        if problems:
            for one in kept:
                await drop(one)
    return kept, problems


routes = [show_new_document, send_documents]
