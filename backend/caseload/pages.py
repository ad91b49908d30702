"""The desk of a case manager or company doctor: the list, and the chosen dossier beside it."""

from __future__ import annotations

from typing import Any

from litestar import Request, Response, get

from backend.access.roles import role_words
from backend.access.scopes import helps
from backend.caseload import queries
from backend.caseload.asked import ROLES
from backend.caseload.view import BANDS, DUES, SORTS, STATES, View, band_words
from backend.foundation.languages import gettext as _
from backend.foundation.refusal import NotFound
from backend.web.given import Asker, Now
from backend.web.htmx import asked_by_htmx, page_or_part
from backend.web.page import page


@get("/caseload")
async def show_caseload(request: Request[Any, Any, Any], person: Asker, now: Now) -> Response[str]:
    """The page; for htmx the list alone, or what comes after it. An answer to a choice says which address
    the page then has."""
    if not helps(person, *ROLES):
        raise NotFound
    view = View.read(request.query_params)
    around: dict[str, Any] = {
        "view": view,
        "caseload": await queries.caseload(person, view, now=now),
        "role_words": role_words,
    }
    if asked_by_htmx(request) and view.after:
        return page(request, "caseload/_lines.html", **around)
    if not asked_by_htmx(request):
        around["employers"] = await queries.employers(person)
        around["bands"] = [(name, band_words(*weeks)) for name, weeks in BANDS.items()]
        around["choices"] = {
            "states": _worded(STATES),
            "dues": _worded(DUES),
            "sorts": _worded(SORTS),
        }
    answer = page_or_part(request, "caseload/caseload.html", "caseload/_list.html", **around)
    if asked_by_htmx(request):
        answer.headers["HX-Push-Url"] = view.address()
    return answer


def _worded(choices: dict[str, str]) -> list[tuple[str, str]]:
    return [(value, _(words)) for value, words in choices.items()]


routes = [show_caseload]
