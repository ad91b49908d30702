"""A forgotten password: asking for a link, and choosing a new one with it."""

from __future__ import annotations

from typing import Any

from litestar import Request, Response, Router, get, post
from litestar.params import FromPath

from backend.accounts.ask_reset import ask_reset
from backend.accounts.forms import FirstPasswordForm, ForgotPasswordForm, NewPasswordForm
from backend.accounts.password_strength import refuse_weak
from backend.accounts.prove_birth_date import DeadLink
from backend.accounts.reset_password import about_of, open_reset, reset_password
from backend.accounts.strength_page import asks_strength, strength_of
from backend.foundation.refusal import Refused
from backend.limits.rules import LINK_OPENINGS, address_key
from backend.limits.take import take
from backend.outbox.wake import wake
from backend.web.cookies import no_session_cookie
from backend.web.given import Now
from backend.web.page import beside_field, judge_fields, page, redirect, too_often
from backend.web.request import address_of, settings_of

HtmlRequest = Request[Any, Any, Any]


@get("/forgot-password", needs="nothing")
async def show_forgot_password(request: HtmlRequest) -> Response[str]:
    """Which account?"""
    return page(request, "accounts/forgot_password.html", form=ForgotPasswordForm(), sent=False)


@post("/forgot-password", needs="nothing", status_code=200)
async def send_forgot_password(request: HtmlRequest, now: Now) -> Response[str]:
    """The same answer for everybody: if we know you, there is a mail."""
    form = ForgotPasswordForm(await request.form())
    if not form.validate():
        return page(request, "accounts/forgot_password.html", 422, form=form, sent=False)
    await ask_reset(form.username.data, address=address_of(request), now=now)
    await wake(request.app.state.redis)
    return page(request, "accounts/forgot_password.html", form=form, sent=True)


@get("/reset-password/{token:str}", needs="nothing")
async def show_reset_password(request: HtmlRequest, now: Now, token: FromPath[str]) -> Response[str]:
    """A page with a button: mail scanners open links too."""
    link = await open_reset(token, now=now)
    return _choose(request, link, _form(link))


@post("/reset-password/{token:str}", needs="nothing", status_code=200)
async def send_reset_password(request: HtmlRequest, now: Now, token: FromPath[str]) -> Response[Any]:
    """Every device is signed out, this one too; signing in still asks the second factor."""
    if not await take(address_key("link", address_of(request)), *LINK_OPENINGS, now=now):
        raise DeadLink
    link = await open_reset(token, now=now)
    data = await request.form()
    form = _form(link, data)
    if asks_strength(data):
        return _choose(request, link, form, strength=await strength_of(form, about_of(link)))
    if not form.validate():
        await judge_fields(form, password=lambda password: refuse_weak(password, about_of(link)))
        return _choose(request, link, form, 422)
    born = form.birth_date.data if "birth_date" in form else None
    try:
        await reset_password(token, form.password.data, born, now=now, address=address_of(request))
    except Refused as no:
        beside_field(form, no)
        return too_often(_choose(request, link, form, 422), no)
    await wake(request.app.state.redis)
    return redirect("/sign-in?said=new-password", [no_session_cookie(settings_of(request))])


def _form(link: Any, data: Any = None) -> NewPasswordForm:
    return FirstPasswordForm(data) if link["proof_asked"] else NewPasswordForm(data)


def _choose(
    request: HtmlRequest, link: Any, form: NewPasswordForm, status: int = 200, strength: Any = None
) -> Response[str]:
    context = {"form": form, "strength": strength, "enrolled": link["enrolled"]}
    return page(request, "accounts/reset_password.html", status, **context)


def dead_link(request: HtmlRequest, error: DeadLink) -> Response[str]:
    """Unknown, used or too old: one answer."""
    return page(request, "accounts/dead_link.html", 404)


routes = [
    show_forgot_password,
    send_forgot_password,
    Router(
        "/",
        route_handlers=[show_reset_password, send_reset_password],
        exception_handlers={DeadLink: dead_link},
    ),
]
