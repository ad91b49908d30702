"""The first page: what to press, whom to call, what waits, and the running dossier."""

from __future__ import annotations

from typing import Any

from litestar import Request, Response, get
from litestar.params import FromQuery
from litestar.types import ASGIApp

from backend.access.person import Person
from backend.access.roles import Role
from backend.access.scopes import helps
from backend.dashboard.status import may_report, status_words
from backend.dossier.stretch import stretch
from backend.foundation import clock
from backend.live.pages import list_stream
from backend.live.queries import word_of
from backend.sickleave.shown import contacts
from backend.sickleave.situation import Situation, situation_of
from backend.web.given import Asker, Now
from backend.web.page import page, redirect


@get("/")
async def show_dashboard(request: Request[Any, Any, Any], person: Asker, now: Now) -> Response[Any]:
    """Two statements beside the session's own: how the job stands with what waits
    for the person, and the first stretch of its dossier."""
    if person.employment is None and helps(person):
        return redirect("/team" if helps(person, Role.MANAGER) else "/caseload")
    if person.employment is None and helps(person, Role.ADMINISTRATOR):
        return redirect("/protocol")
    if person.employment is None:
        return page(request, "dashboard/no_job.html")
    situation = await situation_of(person, now=now, ask_waiting=True)
    running = None
    if situation.show_dossier and situation.last and situation.away:
        running = await stretch(person, situation.last.dossier, now=now)
    return page(
        request, "dashboard/dashboard.html", situation=situation, stretch=running,
        contacts=contacts(person, situation), status_words=status_words(situation),
        may_report=may_report(situation), helps=helps(person),
        since="" if running else _word(situation),
    )  # fmt: skip


@get("/live/dashboard", is_activity=False, head=False)
async def follow_dashboard(
    request: Request[Any, Any, Any], person: Asker, since: FromQuery[str] = ""
) -> ASGIApp:
    """Says that it stands otherwise with the person's work, where no timeline does: somebody reported for
    them. 404 for who has no job."""

    async def state(who: Person) -> str:
        return _word(await situation_of(who, now=clock.now(), ask_waiting=True))

    await state(person)
    return list_stream(request, person, state, since, {job.id for job in person.employments})


def _word(situation: Situation) -> str:
    """What of it others change."""
    return word_of(situation.last, situation.left, situation.waiting)


routes = [show_dashboard, follow_dashboard]
