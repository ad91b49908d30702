"""Setting up a factor: mandatory before anything personal opens, and the same way later to add another."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from litestar import MediaType, Request, Response, get, post
from markupsafe import Markup

from backend.accounts.sessions import Session
from backend.foundation.languages import gettext as _
from backend.foundation.phones import phone_words
from backend.foundation.refusal import Refused
from backend.outbox.wake import wake
from backend.second_factor.authenticator import add_authenticator, begin_authenticator, otpauth, qr_code
from backend.second_factor.forms import AppCodeForm, ChooseForm, KeyForm, PhoneForm, SmsCodeForm
from backend.second_factor.kinds import NOTES, SIGNS, Kind
from backend.second_factor.pages.going_on import again, can_sms, go_on, setting_up, site_of
from backend.second_factor.queries import owner_of
from backend.second_factor.security_key import add_security_key, creation_options
from backend.second_factor.send_code import last_code, send_again, send_to_new_phone
from backend.second_factor.sms import add_phone
from backend.web.given import Now, OwnSession
from backend.web.guards import GoFirst
from backend.web.page import page, redirect
from backend.web.request import agent_of

HtmlRequest = Request[Any, Any, Any]
PATHS = {
    Kind.SECURITY_KEY: "/second-factor/security-key",
    Kind.AUTHENTICATOR: "/second-factor/authenticator",
    Kind.SMS: "/second-factor/sms",
}


@get("/second-factor", needs="password")
async def start(request: HtmlRequest, session: OwnSession, now: Now) -> Response[Any]:
    """What it is and why."""
    standing = await setting_up(request, session, now)
    if session.level == "full":
        return redirect("/second-factor/choose")
    return page(request, "second_factor/start.html", stricter=bool(standing.factors))


@get("/second-factor/choose", needs="password")
async def choose(request: HtmlRequest, session: OwnSession, now: Now) -> Response[str]:
    """Which kind."""
    standing = await setting_up(request, session, now)
    form = ChooseForm().offer(standing.allowed)
    return page(request, "second_factor/choose.html", form=form, **_choice(session))


@post("/second-factor/choose", needs="password")
async def send_choice(request: HtmlRequest, session: OwnSession, now: Now) -> Response[Any]:
    """On to that kind."""
    standing = await setting_up(request, session, now)
    form = ChooseForm(await request.form()).offer(standing.allowed)
    if not form.validate():
        return again(request, "second_factor/choose.html", form, None, _choice(session))
    kind = Kind(form.method.data)
    if kind == Kind.AUTHENTICATOR:
        await begin_authenticator(session)
    return redirect(PATHS[kind])


def _choice(session: Session) -> dict[str, Any]:
    notes = {str(kind): _(note) for kind, note in NOTES.items()}
    signs = {str(kind): sign for kind, sign in SIGNS.items()}
    return {"notes": notes, "signs": signs, "adding": session.level == "full"}


@get("/second-factor/sms", needs="password")
async def ask_phone(request: HtmlRequest, session: OwnSession, now: Now) -> Response[str]:
    """Which number."""
    await setting_up(request, session, now, Kind.SMS)
    return page(request, "second_factor/phone.html", form=PhoneForm(), **_first(session))


@post("/second-factor/sms", needs="password")
async def send_phone(request: HtmlRequest, session: OwnSession, now: Now) -> Response[Any]:
    """Sends a code to it."""
    await setting_up(request, session, now, Kind.SMS)
    form = PhoneForm(await request.form())
    if not form.validate():
        return again(request, "second_factor/phone.html", form, None, _first(session))
    try:
        await send_to_new_phone(session, form.phone.data, sms=can_sms(request), now=now)
    except Refused as no:
        return again(request, "second_factor/phone.html", form, no, _first(session))
    await wake(request.app.state.redis)
    return redirect("/second-factor/sms/code")


@get("/second-factor/sms/code", needs="password")
async def ask_sms_code(request: HtmlRequest, session: OwnSession, now: Now) -> Response[str]:
    """The code that came."""
    await setting_up(request, session, now, Kind.SMS)
    return page(request, "second_factor/phone_code.html", form=SmsCodeForm(), **await _phone(session, now))


@post("/second-factor/sms/code", needs="password")
async def send_sms_code(request: HtmlRequest, session: OwnSession, now: Now) -> Response[Any]:
    """Adds the phone."""
    await setting_up(request, session, now, Kind.SMS)
    form, no = SmsCodeForm(await request.form()), None
    if form.validate():
        try:
            return go_on(
                request, session, await add_phone(session, form.code.data, sms=can_sms(request), now=now)
            )
        except Refused as refused:
            no = refused
    return again(request, "second_factor/phone_code.html", form, no, await _phone(session, now))


@post("/second-factor/sms/codes", needs="password")
async def send_code_again(request: HtmlRequest, session: OwnSession, now: Now) -> Response[Any]:
    """Another code to the same number."""
    await setting_up(request, session, now, Kind.SMS)
    try:
        await send_again(session, sms=can_sms(request), now=now)
    except Refused as no:
        context = await _phone(session, now)
        return again(request, "second_factor/phone_code.html", SmsCodeForm(), no, context)
    await wake(request.app.state.redis)
    return redirect("/second-factor/sms/code")


async def _phone(session: Session, now: datetime) -> dict[str, Any]:
    sent = await last_code(session, new=True, now=now)
    if sent is None:
        raise GoFirst("/second-factor/sms")
    return {"number": phone_words(sent.phone), "wait": sent.wait(now), **_first(session)}


@get("/second-factor/authenticator", needs="password")
async def show_secret(request: HtmlRequest, session: OwnSession, now: Now) -> Response[str]:
    """The secret for the app, and a field for its first code."""
    await setting_up(request, session, now, Kind.AUTHENTICATOR)
    context = await _app(session)
    return page(request, "second_factor/authenticator.html", form=AppCodeForm(), **context)


@post("/second-factor/authenticator", needs="password")
async def send_app_code(request: HtmlRequest, session: OwnSession, now: Now) -> Response[Any]:
    """Adds the app."""
    await setting_up(request, session, now, Kind.AUTHENTICATOR)
    form, no = AppCodeForm(await request.form()), None
    if form.validate():
        try:
            step = await add_authenticator(session, form.code.data, sms=can_sms(request), now=now)
            return go_on(request, session, step)
        except Refused as refused:
            no = refused
    return again(request, "second_factor/authenticator.html", form, no, await _app(session))


async def _app(session: Session) -> dict[str, Any]:
    secret = session.pending.get("totp")
    if secret is None:
        raise GoFirst("/second-factor/choose")
    username, _name = await owner_of(session)
    address = otpauth(secret, username)
    groups = " ".join(secret[place : place + 4] for place in range(0, len(secret), 4))
    # Markup of ours alone: the library draws the address as a path of coordinates.
    return {"address": address, "secret": groups, "qr": Markup(qr_code(address)), **_first(session)}  # noqa: S704


@get("/second-factor/security-key", needs="password")
async def ask_key(request: HtmlRequest, session: OwnSession, now: Now) -> Response[str]:
    """Which key; the browser asks."""
    await setting_up(request, session, now, Kind.SECURITY_KEY)
    return page(request, "second_factor/security_key.html", form=KeyForm(), **_first(session))


@post("/second-factor/security-key/options", needs="password")
async def make_options(request: HtmlRequest, session: OwnSession, now: Now) -> Response[str]:
    """What the browser needs to make a key."""
    await setting_up(request, session, now, Kind.SECURITY_KEY)
    username, name = await owner_of(session)
    options = await creation_options(session, site_of(request), username, name, sms=can_sms(request))
    return Response(options, status_code=200, media_type=MediaType.JSON)


@post("/second-factor/security-key", needs="password")
async def send_key(request: HtmlRequest, session: OwnSession, now: Now) -> Response[Any]:
    """Adds the key."""
    await setting_up(request, session, now, Kind.SECURITY_KEY)
    form = KeyForm(await request.form())
    try:
        step = await add_security_key(
            session, site_of(request), form.credential.data or "",
            name=agent_of(request).strip("?"), sms=can_sms(request), now=now,
        )  # fmt: skip
    except Refused as no:
        return again(request, "second_factor/security_key.html", form, no, _first(session))
    return go_on(request, session, step)


def _first(session: Session) -> dict[str, Any]:
    """Whether this adds to what there is, or is a step of the first setting up."""
    return {"adding": session.level == "full"}


routes = [
    start, choose, send_choice, ask_phone, send_phone, ask_sms_code, send_sms_code, send_code_again,
    show_secret, send_app_code, ask_key, make_options, send_key,
]  # fmt: skip
