"""The writer of a note, a document's text or an advice mends it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from uuid import UUID

from litestar import Request, Response, get, post
from litestar.params import FromPath

from backend.dossier import own_writing
from backend.dossier.correct import correct, own_entry
from backend.dossier.corrections import CORRECTIONS, Correction
from backend.dossier.desk import Desk, desk
from backend.dossier.forms import MEDICAL, warn
from backend.dossier.pages.posting import draft_kept
from backend.dossier.readers import reading
from backend.dossier.save_draft import Words, drop_draft, save_draft
from backend.dossier.shown import read_at
from backend.foundation.languages import gettext as _
from backend.web.given import Asker, Now
from backend.web.page import page, redirect
from backend.web.sending import send_once

Asked = Request[Any, Any, Any]
PATHS = [f"/dossiers/{{dossier:uuid}}/{word}/{{entry:uuid}}/correction" for word in CORRECTIONS]


def named(request: Asked) -> tuple[Correction, str]:
    """What is corrected, by the word of the address, and where."""
    path = request.url.path.partition("/correction")[0]
    return CORRECTIONS[path.split("/")[3]], f"{path}/correction"


def sheet(request: Asked, place: Desk, form: Any, row: Any, draft: Any, status: int = 200) -> Response[Any]:
    """The page on which it is mended."""
    what, address = named(request)
    if row["audience"] == "medical":
        warn(form, MEDICAL)
    return page(
        request, "dossier/new_correction.html", status, form=form, desk=place, what=what, address=address,
        audience=row["audience"], draft=draft, back="", **reading(place),
    )  # fmt: skip


@get(PATHS)
async def show_correction(
    request: Asked, person: Asker, now: Now, dossier: FromPath[UUID], entry: FromPath[UUID]
) -> Response[Any]:
    """The entry as it reads now, or as it was being mended, by who wrote it."""
    what, _address = named(request)
    place = await desk(person, dossier, now=now)
    row = await own_entry(person, dossier, entry, what.kind)
    kept = await own_writing.draft(person, dossier, "correction")
    kept = kept if kept.get("entry") == str(entry) else {}
    return sheet(request, place, what.form(**(kept or what.read(row))), row, kept)


@post(PATHS)
async def send_correction(
    request: Asked, person: Asker, now: Now, dossier: FromPath[UUID], entry: FromPath[UUID]
) -> Response[Any]:
    """Publishes what was mended."""
    what, _address = named(request)
    place = await desk(person, dossier, now=now)
    row = await own_entry(person, dossier, entry, what.kind)
    form: Any = what.form(await request.form())

    async def send() -> str:
        to, key = what.reading(form), form.request_key.data
        return await correct(person, dossier, entry, what.kind, to, key, now=now)

    async def again() -> Response[Any]:
        return sheet(request, place, form, row, {}, 422)

    return await send_once(request, person, form, send, again, _(what.done))


@post([f"{path}/draft" for path in PATHS])
async def send_correction_draft(
    request: Asked, person: Asker, now: Now, dossier: FromPath[UUID], entry: FromPath[UUID]
) -> Response[Any]:
    """Keeps what was typed so far: of one entry in a dossier, the last."""
    what, address = named(request)
    place = await desk(person, dossier, now=now)
    row = await own_entry(person, dossier, entry, what.kind)
    form: Any = what.form(await request.form())
    words: Words = form.words()
    words = replace(words, audience=row["audience"], fields={**words.fields, "entry": str(entry)})
    kept = await save_draft(person, dossier, "correction", words, form.request_key.data, now=now)
    return draft_kept(request, place, kept, address, now)


@post([f"{path}/draft/removal" for path in PATHS])
async def send_correction_removal(
    request: Asked, person: Asker, now: Now, dossier: FromPath[UUID], entry: FromPath[UUID]
) -> Response[Any]:
    """Throws the draft away."""
    what, _address = named(request)
    await drop_draft(person, dossier, "correction", now=now)
    return redirect(read_at(dossier, entry, what.kind))


routes = [show_correction, send_correction, send_correction_draft, send_correction_removal]
