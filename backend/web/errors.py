"""Every way a request can fail, as a page a tired person understands."""

from __future__ import annotations

from typing import Any

import asyncpg
import structlog
from litestar import MediaType, Request, Response
from litestar.exceptions import HTTPException, NotFoundException

from backend.foundation.languages import N_
from backend.foundation.languages import gettext as _
from backend.foundation.refusal import NotFound, Refused
from backend.web.guards import GoFirst, NoHead
from backend.web.page import page, redirect

log = structlog.get_logger("web")

WORDS = {
    400: (
        N_("Dat begrepen we niet"),
        N_("Er ging iets mis met het versturen. Ga terug en probeer het nog een keer."),
    ),
    403: (
        N_("Dit is niet gedaan"),
        N_("We weten niet zeker of jij dit vroeg. Open de pagina opnieuw en probeer het nog een keer."),
    ),
    404: (N_("Deze pagina is er niet"), N_("De pagina bestaat niet, of is niet voor jou.")),
    405: (N_("Dat begrepen we niet"), N_("Ga terug en probeer het nog een keer.")),
    409: (
        N_("Dit is al verstuurd"),
        N_("Je hebt dit formulier al eerder verstuurd, met andere antwoorden. Kijk eerst wat er nu staat."),
    ),
    413: (
        N_("Dit is te groot"),
        N_("Wat je verstuurde is te groot. Probeer het met een kleiner bestand of een kortere tekst."),
    ),
    422: (N_("Dit kan niet"), N_("Kijk je antwoorden na en probeer het nog een keer.")),
    429: (
        N_("Even wachten"),
        N_("Dit is te vaak geprobeerd. Wacht een paar minuten en probeer het dan opnieuw."),
    ),
    500: (
        N_("Er ging bij ons iets mis"),
        N_("Het ligt niet aan jou. Probeer het straks nog een keer. Is het dringend? Bel je leidinggevende."),
    ),
    503: (
        N_("We zijn zo terug"),
        N_(
            "Het portaal is even niet bereikbaar. Probeer het over een minuut opnieuw. "
            "Is het dringend? Bel je leidinggevende."
        ),
    ),
}

AWAY = (
    OSError,
    asyncpg.PostgresConnectionError,
    asyncpg.InterfaceError,
    asyncpg.InternalClientError,  # asyncpg's word for a connection that was cut but not yet closed
    asyncpg.CannotConnectNowError,
    asyncpg.TooManyConnectionsError,
    asyncpg.AdminShutdownError,
    asyncpg.CrashShutdownError,
    TimeoutError,
)

ENDED = (asyncpg.DeadlockDetectedError, asyncpg.SerializationError)


def wants_json(request: Request[Any, Any, Any]) -> bool:
    """Whether a script of ours asked (a report kept offline), rather than a person's browser."""
    return "application/json" in request.headers.get("accept", "")


def answer(request: Request[Any, Any, Any], status: int, text: str | None = None) -> Response[Any]:
    """The designed page of a failure, or its words as JSON."""
    heading, usual = WORDS.get(status, WORDS[500 if status >= 500 else 400])
    text = text or _(usual)
    if wants_json(request):
        return Response({"message": text}, status_code=status)
    action = None if status == 503 else {"url": "/", "label": _("Naar het begin")}
    return page(request, "errors/error.html", status, heading=_(heading), text=text, action=action)


def go_first(request: Request[Any, Any, Any], error: GoFirst) -> Response[Any]:
    """Another page comes first: by redirect, by htmx's own header, or as 401 for a script."""
    if wants_json(request):
        return Response({"message": _("Log eerst in."), "location": error.path}, status_code=401)
    if request.headers.get("hx-request"):
        return Response(None, status_code=200, media_type=MediaType.TEXT, headers={"HX-Redirect": error.path})
    return Response(None, status_code=303, media_type=MediaType.TEXT, headers={"Location": error.path})


def refused(request: Request[Any, Any, Any], error: Refused) -> Response[Any]:
    """A rule said no where no form could show it."""
    return answer(request, 422, _(error.message, **error.params))


def not_found(request: Request[Any, Any, Any], error: Exception) -> Response[Any]:
    """Not there, or not yours."""
    return answer(request, 404)


def http_error(request: Request[Any, Any, Any], error: HTTPException) -> Response[Any]:
    """What the framework refused; bad addresses are simply not there. Who goes back to where a form was
    refused reads an address that only takes forms: its page is the address without the last word."""
    only_forms = error.status_code == 405 and request.method == "GET" and not request.scope.get("is_head")
    if only_forms and not wants_json(request):
        return redirect(request.url.path.rpartition("/")[0] or "/")
    status = 404 if error.status_code == 400 and request.method == "GET" else error.status_code
    found = answer(request, status)
    if allowed := (error.headers or {}).get("allow"):  # RFC 9110, 15.5.6; the front door answers HEAD itself
        found.headers["Allow"] = allowed.replace("GET", "GET, HEAD")
    return found


def no_head(request: Request[Any, Any, Any], error: Exception) -> Response[Any]:
    """Nothing that is asked for by its headers alone."""
    found = answer(request, 405)
    found.headers["Allow"] = "GET, OPTIONS"
    return found


def away(request: Request[Any, Any, Any], error: Exception) -> Response[Any]:
    """The database cannot be reached; nothing was promised."""
    log.error("away", kind=type(error).__name__)
    return answer(request, 503)


def ended(request: Request[Any, Any, Any], error: Exception) -> Response[Any]:
    """PostgreSQL ended one of several who waited for each other: nothing of it was kept, and another try may
    do. Logged with its place, since an order in which all take what they change would have spared it."""
    log.error("ended", kind=type(error).__name__, exc_info=error)
    return answer(request, 503)


def broken(request: Request[Any, Any, Any], error: Exception) -> Response[Any]:
    """Our own mistake: logged with its place, shown without it."""
    log.error("broken", kind=type(error).__name__, exc_info=error)
    return answer(request, 500)


handlers: dict[Any, Any] = {
    GoFirst: go_first,
    NoHead: no_head,
    Refused: refused,
    NotFound: not_found,
    NotFoundException: not_found,
    HTTPException: http_error,
    Exception: broken,
    **dict.fromkeys(AWAY, away),
    **dict.fromkeys(ENDED, ended),
}
