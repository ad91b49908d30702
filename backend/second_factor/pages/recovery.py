"""The recovery code on the screen: after setting up, after it was used, and when one wants another."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from litestar import Request, Response, get, post

from backend.accounts.sessions import Session
from backend.foundation.refusal import Refused
from backend.outbox.wake import wake
from backend.second_factor.forms import PutAwayForm
from backend.second_factor.pages.going_on import RECOVERY_CODE, again, go_on
from backend.second_factor.recovery_code import begin_recovery_code, put_away, shown_code
from backend.web.given import Now, OwnSession
from backend.web.guards import GoFirst
from backend.web.page import page, redirect

HtmlRequest = Request[Any, Any, Any]


@get(RECOVERY_CODE, needs="password")
async def show_code(request: HtmlRequest, session: OwnSession, now: Now) -> Response[str]:
    """The code, as long as it has not been put away: reload and back lose nothing."""
    shown = _shown(session)
    _may_look(session, now)
    return page(request, "second_factor/recovery_code.html", form=PutAwayForm(), **shown)


@post(RECOVERY_CODE, needs="password")
async def finish(request: HtmlRequest, session: OwnSession, now: Now) -> Response[Any]:
    """It was put away: on to the dashboard, or back to the account."""
    shown = _shown(session)
    form = PutAwayForm(await request.form())
    if not form.validate():
        _may_look(session, now)
        return again(request, "second_factor/recovery_code.html", form, None, shown)
    try:
        step = await put_away(session, now=now)
    except Refused as no:
        _may_look(session, now)
        return again(request, "second_factor/recovery_code.html", form, no, shown)
    await wake(request.app.state.redis)
    return go_on(request, session, step)


def _shown(session: Session) -> dict[str, Any]:
    code, full = shown_code(session), session.level == "full"
    if code is None:
        raise GoFirst("/account/recovery-code" if full else "/sign-in/factor")
    return {"code": code, "adding": full, "after_use": session.pending.get("proven") == "recovery_code"}


def _may_look(session: Session, now: datetime) -> None:
    """Inside, a code that was left on the screen opens no longer than the page that made it; putting away
    what was written down stays possible."""
    if session.level == "full" and not session.confirmed(now):
        raise GoFirst("/account/recovery-code")


@get("/account/recovery-code", needs="confirmed")
async def explain(request: HtmlRequest) -> Response[str]:
    """What a new one means for the old one."""
    return page(request, "second_factor/new_recovery_code.html")


@post("/account/recovery-code", needs="confirmed")
async def make_another(request: HtmlRequest, session: OwnSession) -> Response[None]:
    """Makes one and shows it."""
    await begin_recovery_code(session)
    return redirect(RECOVERY_CODE)


routes = [show_code, finish, explain, make_another]
