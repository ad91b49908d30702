"""Mijn account: what a person sees and changes about their own way in."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from litestar import Request, Response, get, post
from litestar.params import FromPath, FromQuery

from backend.accounts import looked_at, queries
from backend.accounts.change_language import change_language
from backend.accounts.change_password import change_password
from backend.accounts.change_username import change_username
from backend.accounts.choose_employment import choose_employment
from backend.accounts.confirm import confirm
from backend.accounts.forms import ConfirmForm, LanguageForm, NewPasswordForm, UsernameForm
from backend.accounts.sign_out_device import sign_out_device, sign_out_others
from backend.accounts.strength_page import asks_strength, strength_of
from backend.foundation.clock import HOME_ZONE
from backend.foundation.refusal import Refused
from backend.outbox.wake import wake
from backend.web.cookies import language_cookie, session_cookie
from backend.web.given import Asker, Now, OwnSession
from backend.web.guards import safe_path
from backend.web.page import beside_field, page, redirect, too_often
from backend.web.request import settings_of

HtmlRequest = Request[Any, Any, Any]


@get("/account")
async def show_account(request: HtmlRequest, person: Asker, said: FromQuery[str] = "") -> Response[str]:
    """The overview: everything one tap away."""
    return page(request, "accounts/account.html", said=said)


@get("/confirm")
async def show_confirm(
    request: HtmlRequest, person: Asker, then: FromQuery[str] = "/account"
) -> Response[str]:
    """Asks the password again, before something sensitive."""
    return page(request, "accounts/confirm.html", form=ConfirmForm(), then=safe_path(then))


@post("/confirm", status_code=200)
async def send_confirm(
    request: HtmlRequest, person: Asker, session: OwnSession, now: Now, then: FromQuery[str] = "/account"
) -> Response[Any]:
    """Back to what was asked for, for ten minutes."""
    form, path = ConfirmForm(await request.form()), safe_path(then)
    if not form.validate():
        return page(request, "accounts/confirm.html", 422, form=form, then=path)
    try:
        token = await confirm(person, form.password.data, now=now)
    except Refused as no:
        no.field = "password"
        beside_field(form, no)
        return too_often(page(request, "accounts/confirm.html", 422, form=form, then=path), no)
    return redirect(path, [session_cookie(settings_of(request), token, remember=session.remember)])


@get("/account/password", needs="confirmed")
async def show_password(request: HtmlRequest, person: Asker) -> Response[str]:
    """A new password."""
    return page(request, "accounts/password.html", form=NewPasswordForm(), strength=None)


@post("/account/password", needs="confirmed", status_code=200)
async def send_password(request: HtmlRequest, person: Asker, session: OwnSession, now: Now) -> Response[Any]:
    """Other devices are signed out, and the person is mailed."""
    data = await request.form()
    form = NewPasswordForm(data)
    if asks_strength(data):
        strength = await strength_of(form, await queries.guessable_about(session))
        return page(request, "accounts/password.html", form=form, strength=strength)
    if not form.validate():
        return page(request, "accounts/password.html", 422, form=form, strength=None)
    try:
        token = await change_password(person, form.password.data, now=now)
    except Refused as no:
        beside_field(form, no)
        return page(request, "accounts/password.html", 422, form=form, strength=None)
    await wake(request.app.state.redis)
    cookie = session_cookie(settings_of(request), token, remember=session.remember)
    return redirect("/account?said=password", [cookie])


@get("/account/username", needs="confirmed")
async def show_username(request: HtmlRequest, person: Asker) -> Response[str]:
    """Another user name."""
    return page(request, "accounts/username.html", form=UsernameForm(username=person.username))


@post("/account/username", needs="confirmed", status_code=200)
async def send_username(request: HtmlRequest, person: Asker, now: Now) -> Response[Any]:
    """Unique, and the person is mailed."""
    form = UsernameForm(await request.form())
    if not form.validate():
        return page(request, "accounts/username.html", 422, form=form)
    try:
        await change_username(person, form.username.data, now=now)
    except Refused as no:
        beside_field(form, no)
        return page(request, "accounts/username.html", 422, form=form)
    await wake(request.app.state.redis)
    return redirect("/account?said=username")


@get("/account/devices", needs="confirmed")
async def show_devices(
    request: HtmlRequest, person: Asker, now: Now, said: FromQuery[str] = ""
) -> Response[str]:
    """Where the person is signed in."""
    found = await queries.devices(person, now=now)
    zone = person.employment.time_zone if person.employment else HOME_ZONE
    return page(request, "accounts/devices.html", devices=found, now=now, zone=zone, said=said)


@post("/account/devices/{device:uuid}/sign-out", needs="confirmed")
async def send_sign_out_device(person: Asker, now: Now, device: FromPath[UUID]) -> Response[None]:
    """That device is out at its next request."""
    await sign_out_device(person, device, now=now)
    return redirect("/account/devices?said=one")


@post("/account/devices/sign-out", needs="confirmed")
async def send_sign_out_others(person: Asker, now: Now) -> Response[None]:
    """Everywhere but here."""
    await sign_out_others(person, now=now)
    return redirect("/account/devices?said=others")


@get("/account/language")
async def show_language(request: HtmlRequest, person: Asker) -> Response[str]:
    """Dutch or English."""
    return page(request, "accounts/language.html", form=LanguageForm(language=person.language))


@post("/account/language", status_code=200)
async def send_language(request: HtmlRequest, person: Asker, now: Now) -> Response[Any]:
    """On every device, and in mails."""
    form = LanguageForm(await request.form())
    if not form.validate():
        return page(request, "accounts/language.html", 422, form=form)
    await change_language(person.account_id, form.language.data, now=now)
    return redirect("/account?said=language", [language_cookie(settings_of(request), form.language.data)])


@get("/account/access-log", needs="confirmed")
async def show_access_log(
    request: HtmlRequest, person: Asker, now: Now, before: FromQuery[str] = ""
) -> Response[str]:
    """Wie heeft mijn dossier bekeken: who, in what role, when, and what."""
    looks, older = await looked_at.looked_at(person, before, now)
    return page(request, "accounts/access_log.html", looks=looks, older=older, now=now, first=not before)


@post("/employments/{employment:uuid}/choose")
async def send_choose(person: Asker, employment: FromPath[UUID]) -> Response[None]:
    """The pages turn to another of one's jobs."""
    await choose_employment(person, employment)
    return redirect("/")


routes = [
    show_account, show_confirm, send_confirm, show_password, send_password, show_username, send_username,
    show_devices, send_sign_out_device, send_sign_out_others, show_language, send_language, show_access_log,
    send_choose,
]  # fmt: skip
