"""The stream that a page with a timeline keeps open while it is looked at."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from litestar import Request, get
from litestar.exceptions import ServiceUnavailableException
from litestar.params import FromQuery
from litestar.types import ASGIApp

from backend.accounts.sessions import load_session
from backend.foundation import clock
from backend.foundation.refusal import NotFound
from backend.live.follow import follow
from backend.live.hub import Full, Hub
from backend.live.queries import state_of
from backend.web.cookies import session_cookie_name
from backend.web.event_stream import EventStream
from backend.web.given import Asker
from backend.web.request import settings_of


@get("/live", is_activity=False)
async def show_changes(
    request: Request[Any, Any, Any], person: Asker, dossier: FromQuery[str] = "", since: FromQuery[str] = ""
) -> ASGIApp:
    """Says that something changed in a dossier, and no more: the page fetches it as always. `since`: what the
    page shows (queries.py). 404 for a dossier that is not the person's to see, 503 when there is no room."""
    try:
        id = UUID(dossier)
    except ValueError as error:
        raise NotFound from error
    await state_of(person, id)
    token = request.cookies.get(session_cookie_name(settings_of(request)), "")

    async def look() -> str | None:
        """Judged anew each time: by the cookie as it was, so that whatever ends its session ends this too."""
        session = await load_session(token, now=clock.now())
        if session is None or session.person is None:
            return None
        try:
            return await state_of(session.person, id)
        except NotFound:
            return None

    hub: Hub = request.app.state.live
    try:
        stream = hub.join(person.account_id, id)
    except Full as error:
        raise ServiceUnavailableException from error
    return EventStream(follow(stream, look, since), lambda: hub.leave(stream))


routes = [show_changes]
