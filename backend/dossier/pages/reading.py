"""The dossiers a person may read, their timelines, notes and documents."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from litestar import Request, Response, get, post
from litestar.params import FromPath, FromQuery
from litestar.response import Stream

from backend.access.person import Person
from backend.access.roles import Role
from backend.access.scopes import HELPERS
from backend.audit.looked import What
from backend.dossier import own_writing, queries
from backend.dossier.download import download
from backend.dossier.look import look
from backend.dossier.mark_seen import mark_seen
from backend.dossier.pages.attachment import attachment
from backend.dossier.stretch import moment_of, read, stretch
from backend.foundation.clock import day_in, zone
from backend.foundation.refusal import NotFound
from backend.foundation.words import day_heading
from backend.legal_calendar.queries import calendar_of
from backend.legal_calendar.shown import picture
from backend.web.given import Asker, Now
from backend.web.htmx import asked_by_htmx, page_or_part
from backend.web.page import page, redirect

HtmlRequest = Request[Any, Any, Any]


@get("/dossiers")
async def list_dossiers(request: HtmlRequest, person: Asker, now: Now) -> Response[str]:
    """Running and closed dossiers, in order of time."""
    found = await queries.dossiers(person)
    return page(
        request, "dossier/list.html",
        running=[one for one in found if one.closed_on is None],
        closed=[one for one in found if one.closed_on is not None],
        today={one.time_zone: day_in(one.time_zone, now) for one in found},
    )  # fmt: skip


@get("/dossiers/{dossier:uuid}", head=False)
async def show_dossier(
    request: HtmlRequest, person: Asker, now: Now, dossier: FromPath[UUID]
) -> Response[str]:
    """One dossier, from its newest entry on."""
    found = await queries.dossier(person, dossier)
    await look(
        person, found.whose, "dossier", dossier, now=now, medical=found.holds_medical, extent=found.extent
    )
    role = found.whose.seen_by(person)
    writes = role if role in HELPERS else None
    return page(
        request, "dossier/dossier.html", dossier=found, own=found.whose.is_of(person), older=False,
        stretch=await stretch(person, dossier, now=now), today=day_in(found.time_zone, now), last_day=None,
        calendar=picture(person, await calendar_of(person, dossier), now=now), writes=writes,
        drafts=await own_writing.draft_kinds(person, dossier) if writes else frozenset(),
        analysed=writes == Role.COMPANY_DOCTOR and await own_writing.is_analysed(person, dossier),
    )  # fmt: skip


@get("/dossiers/{dossier:uuid}/entries", head=False)
async def show_older(
    request: HtmlRequest, person: Asker, now: Now, dossier: FromPath[UUID], before: FromQuery[str] = ""
) -> Response[str]:
    """What came before an entry: the next stretch for htmx, a page of it without script."""
    found = await queries.dossier(person, dossier)
    cursor, today = read(before), day_in(found.time_zone, now)
    await look(
        person, found.whose, "dossier", dossier, now=now, medical=found.holds_medical, extent=found.extent
    )
    return page_or_part(
        request, "dossier/dossier.html", "dossier/_older.html", dossier=found, older=True, today=today,
        writes=None, drafts=frozenset(), analysed=False,
        own=found.whose.is_of(person),
        stretch=await stretch(person, dossier, now=now, before=cursor),
        last_day=day_heading(cursor[0].astimezone(zone(found.time_zone)).date(), today),
    )  # fmt: skip


@get("/dossiers/{dossier:uuid}/notes/{entry:uuid}", head=False)
async def show_note(
    request: HtmlRequest, person: Asker, now: Now, dossier: FromPath[UUID], entry: FromPath[UUID]
) -> Response[str]:
    """A whole note: in its place on the timeline for htmx, a page without script."""
    found = await queries.note(person, dossier, entry, now=now)
    context = await by_itself(person, found, "note", now)
    return page_or_part(
        request, "dossier/note.html", "dossier/_note.html", dossier_id=dossier, now=now, **context
    )


@get("/dossiers/{dossier:uuid}/documents/{entry:uuid}", head=False)
async def show_document(
    request: HtmlRequest, person: Asker, now: Now, dossier: FromPath[UUID], entry: FromPath[UUID]
) -> Response[str]:
    """What goes along with a document, and what stood there before; the file itself is a download."""
    found = await queries.document(person, dossier, entry, now=now)
    context = await by_itself(person, found, "words", now)
    return page(request, "dossier/note.html", dossier_id=dossier, now=now, **context)


@get("/dossiers/{dossier:uuid}/actions/{entry:uuid}", head=False)
async def show_action(
    request: HtmlRequest, person: Asker, now: Now, dossier: FromPath[UUID], entry: FromPath[UUID]
) -> Response[str]:
    """What an action asks, and what it asked before; dealing with it has its own page."""
    found = await queries.action(person, dossier, entry, now=now)
    context = await by_itself(person, found, "step", now)
    return page(request, "dossier/note.html", dossier_id=dossier, now=now, **context)


async def by_itself(person: Person, found: dict[str, Any], what: What, now: datetime) -> dict[str, Any]:
    """One entry with how it read before, and whether the person may correct it. The look is recorded."""
    await look(person, found["whose"], what, found["id"], now=now, **found["much"])
    earlier = await own_writing.earlier(person, found["id"]) if found["corrected"] else []
    mine = found["whose"].seen_by(person) in HELPERS and bool(found["change_url"])
    return {"entry": found, "earlier": earlier, "mine": mine}


@post("/dossiers/{dossier:uuid}/seen")
async def send_seen(request: HtmlRequest, person: Asker, now: Now, dossier: FromPath[UUID]) -> Response[None]:
    """What stands on the page has been seen. Answers htmx how much is left, for the app's icon."""
    try:
        until = moment_of(str((await request.form()).get("until", "")))
    except ValueError as error:
        raise NotFound from error
    await mark_seen(person, dossier, until=min(until, now))
    if asked_by_htmx(request):
        return Response(None, status_code=204, headers={"Badge": str(await queries.unread(person))})
    return redirect(f"/dossiers/{dossier}")


@get("/documents/{entry:uuid}", head=False)
async def send_document(person: Asker, now: Now, entry: FromPath[UUID]) -> Stream:
    """A document, decrypted on its way out."""
    return attachment(await download(person, entry, now=now))


routes = [
    list_dossiers, show_dossier, show_older, show_note, show_document, show_action, send_seen, send_document,
]  # fmt: skip
