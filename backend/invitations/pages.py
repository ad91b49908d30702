"""From the invitation's link to an account, or to a second job under the account one has."""

from __future__ import annotations

from functools import partial
from typing import Any

from litestar import Request, Response, Router, get, post
from litestar.params import FromPath

from backend.accounts.change_username import judge_username
from backend.accounts.queries import guessable_about
from backend.accounts.strength_page import asks_strength, strength_of
from backend.foundation import languages
from backend.foundation.refusal import Refused
from backend.invitations.accept import accept
from backend.invitations.forms import AcceptForm, RegisterForm
from backend.invitations.link import link, must_be_same_person, put_aside
from backend.invitations.queries import start
from backend.invitations.register import held_by, judge_password, register
from backend.invitations.state import EndedLink, UnknownLink, by_token, must_be_open
from backend.web.cookies import session_cookie
from backend.web.given import Asker, Now, OwnSession
from backend.web.page import beside_field, judge_fields, page, redirect, too_often
from backend.web.request import address_of, agent_of, session_of, settings_of

HtmlRequest = Request[Any, Any, Any]


@get("/invitations/{token:str}", needs="nothing")
async def show_invitation(request: HtmlRequest, now: Now, token: FromPath[str]) -> Response[str]:
    """Account registreren. Opening the link changes nothing: mail scanners do so too."""
    invitation = await by_token(token, now=now)
    must_be_open(invitation)
    return page(request, "invitations/accept.html", form=AcceptForm(), invitation=invitation)


@post("/invitations/{token:str}", needs="nothing", status_code=200)
async def send_invitation(request: HtmlRequest, now: Now, token: FromPath[str]) -> Response[Any]:
    """On to choosing a password, or, for who is signed in, to linking."""
    form, before = AcceptForm(await request.form()), session_of(request)
    invitation = await by_token(token, now=now)
    must_be_open(invitation)
    if not form.validate():
        return page(request, "invitations/accept.html", 422, form=form, invitation=invitation)
    try:
        secret = await accept(
            token, form.email.data, form.birth_date.data, now=now, address=address_of(request),
            agent=agent_of(request), before=before,
        )  # fmt: skip
    except Refused as no:
        beside_field(form, no)
        wrong = page(request, "invitations/accept.html", 422, form=form, invitation=invitation)
        return too_often(wrong, no)
    if secret is None:
        return redirect("/register/link")
    return redirect("/register", [session_cookie(settings_of(request), secret, remember=False)])


@get("/register", needs="invited")
async def show_register(request: HtmlRequest, session: OwnSession, now: Now) -> Response[Any]:
    """A user name and a password."""
    if session.level != "invited":
        return redirect("/register/link" if session.invitation else "/")
    begin = await start(session, now=now)
    must_be_open(begin.invitation)
    form = RegisterForm(username=begin.username)
    return page(request, "invitations/register.html", form=form, begin=begin, strength=None)


@post("/register", needs="invited", status_code=200)
async def send_register(request: HtmlRequest, session: OwnSession, now: Now) -> Response[Any]:
    """The account is there; the second factor is next."""
    data = await request.form()
    form = RegisterForm(data)
    strength = None
    if asks_strength(data):
        strength = await strength_of(form, await guessable_about(session))
    elif form.validate():
        try:
            secret = await register(
                session, form.username.data, form.password.data, now=now, language=languages.language.get()
            )
            return redirect("/second-factor", [session_cookie(settings_of(request), secret, remember=False)])
        except Refused as no:
            beside_field(form, no)
    begin = await start(session, now=now)
    if strength is None:
        judge = partial(judge_password, begin.invitation, form.username.data or "")
        await judge_fields(form, username=judge_username, password=judge)
    return page(
        request,
        "invitations/register.html",
        200 if strength else 422,
        form=form,
        begin=begin,
        strength=strength,
    )


@get("/register/link")
async def show_link(request: HtmlRequest, person: Asker, session: OwnSession, now: Now) -> Response[Any]:
    """A second job under the account at hand: yes or no."""
    if session.invitation is None:
        return redirect("/")
    invitation = await held_by(session, now=now)
    must_be_open(invitation)
    try:
        await must_be_same_person(person, invitation.id)
    except Refused as no:
        return page(request, "invitations/link.html", invitation=invitation, refusal=no.message)
    return page(request, "invitations/link.html", invitation=invitation, refusal=None)


@post("/register/link", status_code=200)
async def send_link(request: HtmlRequest, person: Asker, session: OwnSession, now: Now) -> Response[Any]:
    """Joined; the pages turn to the new job."""
    try:
        await link(person, session, now=now)
    except Refused as no:
        invitation = await held_by(session, now=now)
        return page(request, "invitations/link.html", 422, invitation=invitation, refusal=no.message)
    return redirect("/")


@post("/register/link/later")
async def send_later(person: Asker, session: OwnSession) -> Response[None]:
    """Not now; the link in the mail still works."""
    await put_aside(session)
    return redirect("/")


def unknown(request: HtmlRequest, error: UnknownLink) -> Response[str]:
    """One answer for every link that never was."""
    return page(request, "invitations/unknown.html", 404)


def ended(request: HtmlRequest, error: EndedLink) -> Response[str]:
    """What happened to it, and whom to ask."""
    return page(
        request, "invitations/ended.html", 410, invitation=error.invitation, state=str(error.invitation.state)
    )


routes = [
    Router(
        "/",
        route_handlers=[
            show_invitation, send_invitation, show_register, send_register, show_link, send_link, send_later,
        ],
        exception_handlers={UnknownLink: unknown, EndedLink: ended},
    )
]  # fmt: skip
