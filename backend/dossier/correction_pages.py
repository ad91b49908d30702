"""The writer of a note mends it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from litestar import Request, Response, get, post
from litestar.params import FromPath

from backend.dossier import own_writing
from backend.dossier.correct_note import correct_note
from backend.dossier.count_writing import count_writing
from backend.dossier.desk import Desk, desk
from backend.dossier.forms import CorrectionForm
from backend.dossier.posting_pages import draft_kept
from backend.dossier.readers import reading
from backend.dossier.save_draft import drop_draft, save_draft
from backend.foundation.languages import gettext as _
from backend.web.given import Asker, Now
from backend.web.page import page, redirect
from backend.web.sending import send_once

Asked = Request[Any, Any, Any]
PATH = "/dossiers/{dossier:uuid}/notes/{entry:uuid}/correction"


def sheet(
    request: Asked, place: Desk, form: CorrectionForm, entry: UUID, note: Any, draft: Any, status: int = 200
) -> Response[Any]:
    """The page on which it is mended."""
    return page(
        request, "dossier/new_correction.html", status, form=form, desk=place, entry=entry, note=note,
        draft=draft, back="", **reading(place),
    )  # fmt: skip


@get(PATH)
async def show_correction(
    request: Asked, person: Asker, now: Now, dossier: FromPath[UUID], entry: FromPath[UUID]
) -> Response[Any]:
    """The note as it reads now, or as it was being mended, by who wrote it."""
    place = await desk(person, dossier, now=now)
    note = await own_writing.own_note(person, dossier, entry)
    kept = await own_writing.draft(person, dossier, "correction")
    kept = kept if kept.get("entry") == str(entry) else {}
    return sheet(request, place, CorrectionForm(**(kept or note)), entry, note, kept)


@post(PATH)
async def send_correction(
    request: Asked, person: Asker, now: Now, dossier: FromPath[UUID], entry: FromPath[UUID]
) -> Response[Any]:
    """Publishes the mended note."""
    place = await desk(person, dossier, now=now)
    note = await own_writing.own_note(person, dossier, entry)
    form = CorrectionForm(await request.form())

    async def send() -> str:
        await count_writing(person, dossier, now=now)
        title, body, key = form.title.data or "", form.body.data, form.request_key.data
        return await correct_note(person, dossier, entry, title, body, key, now=now)

    async def again() -> Response[Any]:
        return sheet(request, place, form, entry, note, {}, 422)

    return await send_once(request, person, form, send, again, _("Je notitie is aangepast."))


@post(PATH + "/draft")
async def send_correction_draft(
    request: Asked, person: Asker, now: Now, dossier: FromPath[UUID], entry: FromPath[UUID]
) -> Response[Any]:
    """Keeps what was typed so far: of one note in a dossier, the last."""
    place = await desk(person, dossier, now=now)
    note = await own_writing.own_note(person, dossier, entry)
    form = CorrectionForm(await request.form())
    words, key = form.words(entry, note["audience"]), form.request_key.data
    kept = await save_draft(person, dossier, "correction", words, key, now=now)
    return draft_kept(request, place, kept, f"/dossiers/{dossier}/notes/{entry}/correction", now)


@post(PATH + "/draft/removal")
async def send_correction_removal(
    person: Asker, now: Now, dossier: FromPath[UUID], entry: FromPath[UUID]
) -> Response[Any]:
    """Throws the draft away."""
    await drop_draft(person, dossier, "correction", now=now)
    return redirect(f"/dossiers/{dossier}/notes/{entry}")


routes = [show_correction, send_correction, send_correction_draft, send_correction_removal]
