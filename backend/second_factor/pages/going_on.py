"""What the pages of this room share: who may stand where, and how one goes on from there."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from litestar import Request, Response

from backend.accounts.sessions import Session
from backend.foundation.languages import gettext as _
from backend.foundation.refusal import Refused
from backend.limits.too_often import TooOften
from backend.second_factor.add_factor import may_add
from backend.second_factor.after_proof import NextStep
from backend.second_factor.kinds import Kind
from backend.second_factor.queries import Standing, standing_of
from backend.second_factor.recovery_code import shown_code
from backend.second_factor.security_key import Site
from backend.web.cookies import device_cookie, session_cookie
from backend.web.guards import GoFirst, then
from backend.web.page import beside_field, page, redirect, too_often
from backend.web.request import settings_of

RECOVERY_CODE = "/second-factor/recovery-code"


def can_sms(request: Request[Any, Any, Any]) -> bool:
    """Whether this installation can send SMS at all."""
    return settings_of(request).sms_provider != ""


def site_of(request: Request[Any, Any, Any]) -> Site:
    """The site that security keys are for."""
    return Site(settings_of(request).public_url)


async def setting_up(
    request: Request[Any, Any, Any], session: Session, now: datetime, kind: Kind | None = None
) -> Standing:
    """Lets on who may add a factor (of this kind), and sends everyone else where they must go first."""
    standing = await standing_of(session, sms=can_sms(request))
    if session.level != "full" and shown_code(session):
        raise GoFirst(RECOVERY_CODE)
    if not may_add(session, standing, now=now):
        if session.level != "full":
            raise GoFirst("/sign-in/factor")
        raise GoFirst("/confirm" + (then(request) or "?then=/account/factors"))
    if kind is not None and kind not in standing.allowed:
        raise GoFirst("/second-factor/choose")
    return standing


async def proving(request: Request[Any, Any, Any], session: Session, kind: Kind | None = None) -> Standing:
    """Lets on who still has to prove a factor, and has one of this kind."""
    if session.level == "full":
        raise GoFirst("/")
    if shown_code(session):
        raise GoFirst(RECOVERY_CODE)
    standing = await standing_of(session, sms=can_sms(request))
    if not standing.factors or session.pending.get("proven"):
        raise GoFirst("/second-factor")
    if kind is not None and not standing.of(kind):
        raise GoFirst("/sign-in/factor")
    return standing


def go_on(request: Request[Any, Any, Any], session: Session, step: NextStep) -> Response[None]:
    """To the next step, with the session's new secret; once fully in, this device is a known one."""
    settings, cookies = settings_of(request), []
    if step.token:
        cookies.append(session_cookie(settings, step.token, remember=session.remember))
    if step.username:
        cookies.append(device_cookie(settings, step.username))
    return redirect(step.path, cookies)


def again(
    request: Request[Any, Any, Any], template: str, form: Any, no: Refused | None, context: Mapping[str, Any]
) -> Response[str]:
    """The same page with what is wrong: 422, or 429 when it was tried too often."""
    if isinstance(no, TooOften):
        wait_first = _(no.message, **no.params)
        return too_often(page(request, template, 429, form=form, wait_first=wait_first, **context), no)
    if no is not None:
        beside_field(form, no)
    return page(request, template, 422, form=form, **context)
