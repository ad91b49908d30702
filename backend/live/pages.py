"""The stream that a page keeps open while it is looked at: of a timeline here, of a list in the room that has
the list."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Collection
from typing import Any
from uuid import UUID

from litestar import Request, get
from litestar.exceptions import ServiceUnavailableException
from litestar.params import FromQuery
from litestar.types import ASGIApp

from backend.access.person import Person
from backend.accounts.sessions import load_session
from backend.foundation import clock
from backend.foundation.refusal import NotFound
from backend.live.follow import LIST_BEAT, LIST_GAP, LIST_TICK, follow
from backend.live.hub import Full, Hub
from backend.live.queries import state_of
from backend.web.cookies import session_cookie_name
from backend.web.event_stream import EventStream
from backend.web.given import Asker
from backend.web.request import settings_of

AnyRequest = Request[Any, Any, Any]
State = Callable[[Person], Awaitable[str]]
"""How what a page shows stands for this person (queries.py). Raises NotFound when it is not theirs to see."""


@get("/live", is_activity=False, head=False)
async def show_changes(
    request: AnyRequest, person: Asker, dossier: FromQuery[str] = "", since: FromQuery[str] = ""
) -> ASGIApp:
    """Says that something changed in a dossier, and no more: the page fetches it as always. `since`: what the
    page shows (queries.py). 404 for a dossier that is not the person's to see, 503 when there is no room."""
    try:
        id = UUID(dossier)
    except ValueError as error:
        raise NotFound from error
    await state_of(person, id)
    return _stream(request, person, lambda who: state_of(who, id), since, {id})


def list_stream(
    request: AnyRequest,
    person: Person,
    state: State,
    since: str,
    whose: Collection[UUID],
    tick: float = LIST_TICK,
) -> ASGIApp:
    """Says that a list changed. `since`: what the page shows, without which there is nothing to follow (404).
    `whose`: the roles, providers or jobs of the person that bring dossiers into it."""
    if not since:
        raise NotFound
    pace = {"beat": LIST_BEAT, "gap": LIST_GAP, "tick": tick}
    return _stream(request, person, state, since, set(), whose, **pace)


def _stream(
    request: AnyRequest,
    person: Person,
    state: State,
    since: str,
    about: set[UUID],
    whose: Collection[UUID] = (),
    **pace: Any,
) -> ASGIApp:
    token = request.cookies.get(session_cookie_name(settings_of(request)), "")

    async def look() -> str | None:
        """Judged anew each time: by the cookie as it was, so that whatever ends its session ends this too."""
        session = await load_session(token, now=clock.now())
        if session is None or session.person is None:
            return None
        try:
            return await state(session.person)
        except NotFound:
            return None

    hub: Hub = request.app.state.live
    judged_by = {person.session_id, *(one.id for one in person.positions)}
    try:
        stream = hub.join(person.account_id, about | judged_by, whose)
    except Full as error:
        raise ServiceUnavailableException from error
    return EventStream(follow(stream, look, since, **pace), lambda: hub.leave(stream))


routes = [show_changes]
