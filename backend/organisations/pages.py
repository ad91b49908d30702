"""Where a company doctor says which case managers see the medical part."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from litestar import Request, Response, get, post

from backend.access.person import Person
from backend.foundation.refusal import NotFound
from backend.organisations.entrust import entrust, withdraw_trust
from backend.organisations.entrusted import pairs, served
from backend.outbox.wake import wake
from backend.web.page import page, redirect

PATH = "/account/entrusted"


@get(PATH, needs="confirmed")
async def show_entrusted(request: Request[Any, Any, Any], person: Person, now: datetime) -> Response[Any]:
    """Per employer, who guides people there and who of them sees the medical part."""
    if not served(person):
        raise NotFound
    return page(request, "organisations/entrusted.html", pairs=await pairs(person, now=now), now=now)


@post(PATH + "/{case_manager:uuid}/{employer:uuid}", needs="confirmed")
async def send_entrusted(
    request: Request[Any, Any, Any], person: Person, now: datetime, case_manager: UUID, employer: UUID
) -> Response[Any]:
    """Entrusts it."""
    await entrust(person, case_manager, employer, now=now)
    await wake(request.app.state.redis)
    return redirect(PATH)


@post(PATH + "/{case_manager:uuid}/{employer:uuid}/withdrawal", needs="confirmed")
async def send_withdrawal(
    request: Request[Any, Any, Any], person: Person, now: datetime, case_manager: UUID, employer: UUID
) -> Response[Any]:
    """Takes it back, at once."""
    await withdraw_trust(person, case_manager, employer, now=now)
    await wake(request.app.state.redis)
    return redirect(PATH)


routes = [show_entrusted, send_entrusted, send_withdrawal]
