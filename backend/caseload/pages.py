"""The desk of a case manager or company doctor: the list, and the chosen dossier beside it."""

from __future__ import annotations

from typing import Any

from litestar import Request, Response, get
from litestar.params import FromQuery
from litestar.types import ASGIApp

from backend.access.person import Person
from backend.access.roles import role_words
from backend.access.scopes import helps
from backend.caseload import queries
from backend.caseload.asked import ROLES
from backend.caseload.view import BANDS, DUES, SORTS, STATES, View, band_words
from backend.foundation import clock
from backend.foundation.languages import gettext as _
from backend.foundation.refusal import NotFound
from backend.live.concern import places_of
from backend.live.pages import list_stream
from backend.live.queries import word_of
from backend.web.given import Asker, Now
from backend.web.htmx import asked_by_htmx, page_or_part
from backend.web.page import page

TICK = 3.0
"""Seconds between looks while something changes all the time: a caseload hears of thousands of dossiers."""


@get("/caseload")
async def show_caseload(request: Request[Any, Any, Any], person: Asker, now: Now) -> Response[str]:
    """The page; for htmx the list alone, or what comes after it. An answer to a choice says which address
    the page then has."""
    if not helps(person, *ROLES):
        raise NotFound
    view = View.read(request.query_params)
    found = await queries.caseload(person, view, now=now)
    around: dict[str, Any] = {
        "view": view,
        "caseload": found,
        "role_words": role_words,
        "since": word_of(found),
    }
    if asked_by_htmx(request) and view.after:
        return page(request, "caseload/_lines.html", **around)
    if not asked_by_htmx(request):
        around["employers"] = await queries.employers(person)
        around["bands"] = [(name, band_words(*weeks)) for name, weeks in BANDS.items()]
        around["choices"] = {
            "states": _worded(STATES),
            "dues": _worded(DUES),
            "sorts": _worded(SORTS | {"due": view.usual_order}),
        }
    answer = page_or_part(request, "caseload/caseload.html", "caseload/_list.html", **around)
    if asked_by_htmx(request):
        answer.headers["HX-Push-Url"] = view.address()
    return answer


@get("/live/caseload", is_activity=False, head=False)
async def follow_caseload(
    request: Request[Any, Any, Any], person: Asker, since: FromQuery[str] = ""
) -> ASGIApp:
    """Says that the lines of this view changed. 404 for who has no caseload."""
    view = View.read(request.query_params)

    async def state(who: Person) -> str:
        if not helps(who, *ROLES):
            raise NotFound
        return word_of(await queries.caseload(who, view, now=clock.now()))

    if not helps(person, *ROLES):
        raise NotFound
    return list_stream(request, person, state, since, places_of(person, *ROLES), TICK)


def _worded(choices: dict[str, str]) -> list[tuple[str, str]]:
    return [(value, _(words)) for value, words in choices.items()]


routes = [show_caseload, follow_caseload]
