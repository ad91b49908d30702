"""Signing in and out, the language, and how strong a password is."""

from __future__ import annotations

from typing import Any

from litestar import Request, Response, get, post
from litestar.params import FromQuery

from backend.accounts.change_language import change_language
from backend.accounts.forms import LanguageForm, NewPasswordForm, SignInForm
from backend.accounts.password_strength import password_strength
from backend.accounts.queries import guessable_about
from backend.accounts.sign_in import sign_in
from backend.accounts.sign_out import sign_out
from backend.foundation.languages import LANGUAGES
from backend.foundation.languages import gettext as _
from backend.foundation.refusal import Refused
from backend.limits.passwords import KNOWN_DEVICE_COOKIE
from backend.limits.rules import STRENGTH_CHECKS, address_key
from backend.limits.take import take
from backend.web.cookies import language_cookie, no_session_cookie, session_cookie
from backend.web.given import Now
from backend.web.guards import safe_path, then_query
from backend.web.page import beside_field, page, redirect, too_often
from backend.web.request import address_of, agent_of, session_of, settings_of

HtmlRequest = Request[Any, Any, Any]


@get("/sign-in", needs="nothing")
async def show_sign_in(
    request: HtmlRequest, then: FromQuery[str] = "", said: FromQuery[str] = ""
) -> Response[Any]:
    """User name and password; whoever is in already goes on."""
    session = session_of(request)
    if session is not None and session.level == "full":
        return redirect(safe_path(then))
    return _sign_in_page(request, SignInForm(), then, said=said)


@post("/sign-in", needs="nothing")
async def send_sign_in(request: HtmlRequest, now: Now, then: FromQuery[str] = "") -> Response[Any]:
    """Half-way in; the second factor comes next."""
    form, before = SignInForm(await request.form()), session_of(request)
    if not form.validate():
        return _sign_in_page(request, form, then, 422)
    try:
        token = await sign_in(
            form.username.data, form.password.data, now=now, address=address_of(request),
            agent=agent_of(request), device=request.cookies.get(KNOWN_DEVICE_COOKIE),
            remember=form.remember.data, before=before,
        )  # fmt: skip
    except Refused as no:
        beside_field(form, no)
        return too_often(_sign_in_page(request, form, then, 422), no)
    cookie = session_cookie(settings_of(request), token, remember=form.remember.data)
    return redirect("/sign-in/factor" + then_query(then), [cookie])


def _sign_in_page(
    request: HtmlRequest, form: SignInForm, then: str, status: int = 200, said: str = ""
) -> Response[str]:
    session = session_of(request)
    return page(
        request, "accounts/sign_in.html", status, form=form, query=then_query(then), said=said,
        invited=session is not None and session.invitation is not None,
    )  # fmt: skip


@post("/sign-out", needs="nothing")
async def send_sign_out(request: HtmlRequest, now: Now) -> Response[None]:
    """Ends the session and takes the cookie away; the browser forgets what it cached."""
    session = session_of(request)
    if session is not None:
        await sign_out(session, now=now)
    answer = redirect("/sign-in?said=signed-out", [no_session_cookie(settings_of(request))])
    answer.headers["Clear-Site-Data"] = '"cache"'
    return answer


@post("/language", needs="nothing")
async def send_language(request: HtmlRequest, now: Now) -> Response[None]:
    """From any page, back to that page; kept with the account when there is one, else on this device."""
    data = await request.form()
    form, session = LanguageForm(data), session_of(request)
    back = data.get("back")
    path = safe_path(back if isinstance(back, str) else None)
    if not form.validate() or form.language.data not in LANGUAGES:
        return redirect(path)
    if session is not None and session.account is not None:
        await change_language(session.account, form.language.data, now=now)
    return redirect(path, [language_cookie(settings_of(request), form.language.data)])


@post("/password-strength", needs="nothing", status_code=200)
async def send_password_strength(request: HtmlRequest, now: Now) -> Response[Any]:
    """The strength meter's words, while somebody types. Nothing is kept."""
    if not await take(address_key("strength", address_of(request)), *STRENGTH_CHECKS, now=now):
        return page(
            request,
            "accounts/_strength.html",
            score=0,
            words=_("Wacht even, we kunnen het nu niet bekijken."),
        )
    form, session = NewPasswordForm(await request.form()), session_of(request)
    form.validate()
    if form.password.process_errors:
        return page(request, "accounts/_strength.html", score=0, words=form.password.errors[0])
    about = await guessable_about(session) if session else []
    found = await password_strength(form.password.data, about)
    return page(request, "accounts/_strength.html", score=found.score, words=found.hint)


routes = [
    show_sign_in,
    send_sign_in,
    send_sign_out,
    send_language,
    send_password_strength,
]
