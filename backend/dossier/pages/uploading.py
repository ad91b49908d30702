"""Documents come in: as a plain form, or file by file with a bar that shows how far they are."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from litestar import Request, Response, get, post
from litestar.exceptions import HTTPException, InternalServerException
from litestar.params import FromPath, FromQuery

from backend.access.person import Person
from backend.dossier import own_writing
from backend.dossier.desk import Desk, desk
from backend.dossier.forms import DocumentForm
from backend.dossier.pages.posting import list_of
from backend.dossier.post_document import post_document
from backend.dossier.readers import reading
from backend.dossier.sheets import DRAFTED
from backend.foundation.languages import N_, ngettext
from backend.foundation.languages import gettext as _
from backend.limits.rules import UPLOADS, upload_key
from backend.limits.too_often import TooOften, take_or_refuse
from backend.uploads.keep import Kept, drop, keep
from backend.uploads.kinds import ACCEPT, LARGEST
from backend.uploads.receive import FILES, WHOLE, Incoming, Malformed, Received, receive
from backend.uploads.refusals import refusal_words
from backend.uploads.unfit import Unfit
from backend.web.errors import wants_json
from backend.web.given import Asker, Now
from backend.web.page import page, too_often
from backend.web.sending import send_once

Asked = Request[Any, Any, Any]
ASKING = DRAFTED["document"]
Wrong = dict[int | None, str]
"""What is wrong, by the number of the file, or None for what concerns them all."""
TOO_MANY = N_(
    "Je hebt in korte tijd veel bestanden verstuurd. Deze zijn niet bewaard. Verstuur ze %(when)s opnieuw."
)


def sheet(
    request: Asked,
    place: Desk,
    form: DocumentForm,
    back: str,
    status: int = 200,
    wrong: Wrong | None = None,
    draft: Any = None,
) -> Response[Any]:
    """The page on which files are chosen; a browser cannot choose them again by itself. For a script: what is
    wrong, in `files` with which of them, counted from 0 (None: with all), in `fields` beside which field."""
    wrong = wrong or {}
    if status != 200 and wants_json(request):
        beside = [(field.id, _(str(error))) for field in form for error in field.errors]
        said = [*wrong.values(), *(words for _field, words in beside)] or form.form_errors
        places = {"files": [*wrong, *(None for _ in beside)],
                  "fields": [*(None for _ in wrong), *(at for at, _words in beside)]}  # fmt: skip
        return Response({"message": said[0], "problems": said, **places}, status_code=status)
    return page(
        request, "dossier/new_document.html", status, form=form, desk=place, problems=list(wrong.values()),
        accept=ACCEPT, largest=LARGEST, most=FILES, back=list_of(back), draft=draft, **reading(place),
    )  # fmt: skip


@get("/dossiers/{dossier:uuid}/new/document")
async def show_new_document(
    request: Asked, person: Asker, now: Now, dossier: FromPath[UUID], back: FromQuery[str] = ""
) -> Response[Any]:
    """An empty sheet, or the draft of what goes along; files are chosen anew."""
    place = await ASKING.desk(person, dossier, now)
    kept = await own_writing.draft(person, dossier, "document")
    return sheet(request, place, await ASKING.fitted(person, place, **kept), back, draft=kept)


@post("/dossiers/{dossier:uuid}/documents", request_max_body_size=WHOLE)
async def send_documents(request: Asked, person: Asker, now: Now, dossier: FromPath[UUID]) -> Response[Any]:
    """Takes the files in, judges each, and publishes them together or not at all."""
    place = await desk(person, dossier, now=now)
    no = await _upload(person, now)
    with await _received(request) as received:
        form, back = await ASKING.fitted(person, place, received), (received.getlist("back") or [""])[0]
        if no is not None:
            said: Wrong = {None: _(no.message, **no.params)}
            return too_often(sheet(request, place, form, back, 429, said), no)
        valid, wrong = form.validate(), _count(received)
        kept: list[Kept] = []
        if not wrong:
            kept, wrong = await _kept(received.files, valid=valid)
        if wrong or not valid:
            return sheet(request, place, form, back, 422, wrong)

    async def send() -> str:
        key = form.request_key.data
        location = await post_document(person, dossier, kept, form.letter(), key, now=now)
        return list_of(back) or location

    async def again() -> Response[Any]:
        return sheet(request, place, form, back, 422)

    done = ngettext("Je document staat in het dossier.", "Je documenten staan in het dossier.", len(kept))
    return await send_once(request, person, form, send, again, done)


async def _upload(person: Person, now: datetime) -> TooOften | None:
    """Counts the form before it is read; whether it came too soon."""
    try:
        await take_or_refuse(upload_key(person.account_id), *UPLOADS, now=now, message=TOO_MANY)
    except TooOften as no:
        return no
    return None


async def _received(request: Asked) -> Received:
    try:
        return await receive(request.stream(), request.headers.get("content-type", ""))
    except Malformed as error:
        raise HTTPException(status_code=400) from error
    except InternalServerException as error:  # Litestar's word for somebody who hung up
        raise HTTPException(status_code=400) from error


def _count(received: Received) -> Wrong:
    if not received.files:
        return {None: _("Kies eerst een of meer bestanden.")}
    if len(received.files) > FILES:
        return {None: _("Kies hooguit %(most)s bestanden tegelijk.", most=FILES)}
    return {}


async def _kept(files: list[Incoming], *, valid: bool) -> tuple[list[Kept], Wrong]:
    """All of them, or none and why; none either when what goes along is not valid."""
    kept: list[Kept] = []
    wrong: Wrong = {}
    whole = False
    try:
        for number, file in enumerate(files):
            try:
                kept.append(await keep(file))
            except Unfit as unfit:
                wrong[number] = refusal_words(unfit.why, file.name)
        whole = valid and not wrong
    finally:
        if not whole:
            for one in kept:
                await drop(one)
    return kept, wrong


routes = [show_new_document, send_documents]
