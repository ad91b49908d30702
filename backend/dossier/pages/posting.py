"""Writing in another's dossier: an empty sheet, its draft, and what is published of it."""

from __future__ import annotations

from functools import partial
from typing import Any
from uuid import UUID

from litestar import Request, Response, get, post
from litestar.params import FromPath, FromQuery

from backend.dossier import own_writing
from backend.dossier.desk import Desk
from backend.dossier.forms import ActionForm
from backend.dossier.post_action import judge_due
from backend.dossier.readers import reading
from backend.dossier.save_draft import drop_draft, save_draft
from backend.dossier.sheets import DRAFTED, NAMED, POSTED_AT, Sheet
from backend.foundation.languages import gettext as _
from backend.foundation.words import time_words
from backend.web.errors import wants_json
from backend.web.given import Asker, Now
from backend.web.guards import safe_path
from backend.web.page import judge_fields, page, redirect
from backend.web.sending import send_once

Asked = Request[Any, Any, Any]


def word(request: Asked, place: int = -1) -> str:
    """Which sheet it is about: a word of the address, counted from its end."""
    return request.url.path.split("/")[place]


def kept_as(name: str) -> str:
    """What a draft is stored under."""
    return name.replace("-", "_")


def list_of(back: str) -> str:
    """The caseload as it stood beside the sheet, to go back to; empty for anything else."""
    return back if back.startswith("/caseload?") and safe_path(back) == back else ""


def shown(
    request: Asked, sheet: Sheet, place: Desk, form: Any, draft: Any, back: str, status: int = 200
) -> Response[str]:
    """The page on which it is written."""
    return page(
        request, sheet.template, status, what=sheet, form=form, desk=place, draft=draft, back=list_of(back),
        **reading(place),
    )  # fmt: skip


@get([f"/dossiers/{{dossier:uuid}}/new/{name}" for name in NAMED])
async def show_new(
    request: Asked, person: Asker, now: Now, dossier: FromPath[UUID], back: FromQuery[str] = ""
) -> Response[Any]:
    """An empty sheet, or the draft."""
    name = word(request)
    sheet = NAMED[name]
    place = await sheet.desk(person, dossier, now)
    kept = await own_writing.draft(person, dossier, kept_as(name))
    return shown(request, sheet, place, await sheet.fitted(person, place, **kept), kept, back)


@post([f"/dossiers/{{dossier:uuid}}/{posted_at}" for posted_at in POSTED_AT])
async def send_new(request: Asked, person: Asker, now: Now, dossier: FromPath[UUID]) -> Response[Any]:
    """Publishes it."""
    sheet = POSTED_AT[word(request)]
    place = await sheet.desk(person, dossier, now)
    given = await request.form()
    form, back = await sheet.fitted(person, place, given), str(given.get("back", ""))

    async def send() -> str:
        location = await sheet.post(person, dossier, form, now)
        return list_of(back) or location

    async def again() -> Response[Any]:
        if isinstance(form, ActionForm):
            await judge_fields(form, due_on=partial(judge_due, place.today))
        return shown(request, sheet, place, form, {}, back, 422)

    return await send_once(request, person, form, send, again, _(sheet.done))


def draft_kept(request: Asked, place: Desk, kept: bool, sheet_at: str, now: Now) -> Response[Any]:
    """In words for a script, back to the sheet without one."""
    if not wants_json(request):
        return redirect(sheet_at)
    saved = _("Concept bewaard om %(time)s. Alleen jij ziet het.", time=time_words(now, place.time_zone))
    return Response({"message": saved if kept else ""}, status_code=200)


@post([f"/dossiers/{{dossier:uuid}}/drafts/{name}" for name in DRAFTED])
async def send_draft(request: Asked, person: Asker, now: Now, dossier: FromPath[UUID]) -> Response[Any]:
    """Keeps what was typed so far."""
    name = word(request)
    asking = DRAFTED[name]
    place = await asking.desk(person, dossier, now)
    form = await asking.fitted(person, place, await request.form())
    words, key = form.words(), form.request_key.data
    kept = await save_draft(person, dossier, kept_as(name), words, key, now=now)
    return draft_kept(request, place, kept, f"/dossiers/{dossier}/new/{name}", now)


@post([f"/dossiers/{{dossier:uuid}}/drafts/{name}/removal" for name in DRAFTED])
async def send_draft_removal(
    request: Asked, person: Asker, now: Now, dossier: FromPath[UUID]
) -> Response[Any]:
    """Throws the draft away."""
    await drop_draft(person, dossier, kept_as(word(request, -2)), now=now)
    return redirect(f"/dossiers/{dossier}")


routes = [show_new, send_new, send_draft, send_draft_removal]
