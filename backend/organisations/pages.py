"""Where a company doctor says which case managers see the medical part."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from litestar import Request, Response, get, post
from litestar.params import FromPath

from backend.foundation.refusal import NotFound
from backend.organisations.entrust import entrust, withdraw_trust
from backend.organisations.entrusted import pairs, served
from backend.outbox.wake import wake
from backend.web.given import Asker, Now
from backend.web.page import page, redirect

PATH = "/account/entrusted"


@get(PATH, needs="confirmed")
async def show_entrusted(request: Request[Any, Any, Any], person: Asker, now: Now) -> Response[Any]:
    """Per employer, who guides people there and who of them sees the medical part."""
    if not served(person):
        raise NotFound
    return page(request, "organisations/entrusted.html", pairs=await pairs(person, now=now), now=now)


@post(PATH + "/{case_manager:uuid}/{employer:uuid}", needs="confirmed")
async def send_entrusted(
    request: Request[Any, Any, Any],
    person: Asker,
    now: Now,
    case_manager: FromPath[UUID],
    employer: FromPath[UUID],
) -> Response[Any]:
    """Entrusts it."""
    await entrust(person, case_manager, employer, now=now)
    await wake(request.app.state.redis)
    return redirect(PATH)


@post(PATH + "/{case_manager:uuid}/{employer:uuid}/withdrawal", needs="confirmed")
async def send_withdrawal(
    request: Request[Any, Any, Any],
    person: Asker,
    now: Now,
    case_manager: FromPath[UUID],
    employer: FromPath[UUID],
) -> Response[Any]:
    """Takes it back, at once."""
    await withdraw_trust(person, case_manager, employer, now=now)
    await wake(request.app.state.redis)
    return redirect(PATH)


routes = [show_entrusted, send_entrusted, send_withdrawal]
