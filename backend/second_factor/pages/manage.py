"""The factors of one's account: which there are, one more, one fewer."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from litestar import Request, Response, get, post
from litestar.params import FromPath, FromQuery

from backend.accounts.sessions import Session
from backend.foundation.clock import HOME_ZONE
from backend.foundation.refusal import NotFound, Refused
from backend.outbox.wake import wake
from backend.second_factor.forms import RemovalForm
from backend.second_factor.kinds import SIGNS
from backend.second_factor.pages.going_on import again, can_sms
from backend.second_factor.queries import OwnFactor, standing_of
from backend.second_factor.remove_factor import is_last, remove_factor
from backend.web.given import Now, OwnSession
from backend.web.page import page, redirect

HtmlRequest = Request[Any, Any, Any]
LIST = "/account/factors"


@get(LIST, needs="confirmed")
async def show_factors(
    request: HtmlRequest, session: OwnSession, now: Now, said: FromQuery[str] = ""
) -> Response[str]:
    """All of them, last used first."""
    standing = await standing_of(session, sms=can_sms(request))
    return page(
        request, "second_factor/factors.html", factors=standing.factors, allowed=standing.allowed,
        removable={own.id for own in standing.factors if not is_last(standing, own.id)},
        signs=SIGNS, said=said, now=now, zone=HOME_ZONE,
    )  # fmt: skip


@get("/account/factors/{factor:uuid}/removal", needs="confirmed")
async def ask_removal(request: HtmlRequest, session: OwnSession, factor: FromPath[UUID]) -> Response[str]:
    """Whether it is meant."""
    context = await _context(request, session, factor)
    form = RemovalForm(sign_out_others=True)
    return page(request, "second_factor/removal.html", form=form, **context)


@post("/account/factors/{factor:uuid}/removal", needs="confirmed")
async def send_removal(
    request: HtmlRequest, session: OwnSession, now: Now, factor: FromPath[UUID]
) -> Response[Any]:
    """Takes it away."""
    form = RemovalForm(await request.form())
    others = form.sign_out_others.data
    try:
        await remove_factor(session, factor, sign_out_others=others, sms=can_sms(request), now=now)
    except Refused as no:
        context = await _context(request, session, factor)
        return again(request, "second_factor/removal.html", form, no, context)
    await wake(request.app.state.redis)
    return redirect(LIST + "?said=removed")


async def _context(request: HtmlRequest, session: Session, factor: UUID) -> dict[str, Any]:
    standing = await standing_of(session, sms=can_sms(request))
    own: OwnFactor | None = next((own for own in standing.factors if own.id == factor), None)
    if own is None:
        raise NotFound
    return {"factor": own, "last": is_last(standing, factor)}


routes = [show_factors, ask_removal, send_removal]
