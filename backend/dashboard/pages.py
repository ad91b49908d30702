"""The first page: what to press, whom to call, what waits, and the running dossier."""

from __future__ import annotations

from typing import Any

from litestar import Request, Response, get

from backend.access.roles import Role
from backend.access.scopes import helps
from backend.dashboard.status import may_report, status_words
from backend.dossier.stretch import stretch
from backend.sickleave.shown import contacts
from backend.sickleave.situation import situation_of
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
    )  # fmt: skip


routes = [show_dashboard]
