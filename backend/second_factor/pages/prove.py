"""Proving a factor at sign-in."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from litestar import MediaType, Request, Response, get, post
from litestar.params import FromQuery

from backend.accounts.sessions import Session
from backend.foundation.languages import gettext as _
from backend.foundation.refusal import Refused
from backend.outbox.wake import wake
from backend.second_factor.authenticator import prove_authenticator
from backend.second_factor.forms import AppCodeForm, KeyForm, RecoveryCodeForm, SmsCodeForm
from backend.second_factor.kinds import LABELS, SIGNS, Kind
from backend.second_factor.pages.going_on import again, can_sms, go_on, proving, site_of
from backend.second_factor.queries import Standing
from backend.second_factor.recovery_code import use_recovery_code
from backend.second_factor.security_key import prove_security_key, request_options
from backend.second_factor.send_code import last_code, send_to_factor
from backend.second_factor.sms import prove_sms
from backend.web.given import Now, OwnSession
from backend.web.guards import safe_path, then_query
from backend.web.page import page, redirect

HtmlRequest = Request[Any, Any, Any]
PATHS = {
    Kind.SECURITY_KEY: "/sign-in/factor/security-key",
    Kind.AUTHENTICATOR: "/sign-in/factor/authenticator",
    Kind.SMS: "/sign-in/factor/sms",
}
TEMPLATES = {
    Kind.SECURITY_KEY: "second_factor/prove_security_key.html",
    Kind.AUTHENTICATOR: "second_factor/prove_authenticator.html",
    Kind.SMS: "second_factor/prove_sms.html",
}
PROVE = {Kind.AUTHENTICATOR: prove_authenticator, Kind.SMS: prove_sms}
FORMS: dict[Kind, type[Any]] = {
    Kind.SECURITY_KEY: KeyForm,
    Kind.AUTHENTICATOR: AppCodeForm,
    Kind.SMS: SmsCodeForm,
}


@get(["/sign-in/factor", *PATHS.values()], needs="password")
async def ask(
    request: HtmlRequest, session: OwnSession, now: Now, then: FromQuery[str] = ""
) -> Response[str]:
    """The kind used last, or the one that was chosen."""
    chosen = next((kind for kind, path in PATHS.items() if path == request.scope["path"]), None)
    standing = await proving(request, session, chosen)
    kind = chosen or standing.kinds[0]
    context = await _context(session, standing, kind, now, then)
    return page(request, TEMPLATES[kind], form=FORMS[kind](), **context)


@post([PATHS[kind] for kind in PROVE], needs="password")
async def send_code(
    request: HtmlRequest, session: OwnSession, now: Now, then: FromQuery[str] = ""
) -> Response[Any]:
    """The code that the app shows, or that came by SMS."""
    kind = next(kind for kind in PROVE if PATHS[kind] == request.scope["path"])
    standing = await proving(request, session, kind)
    form, no = FORMS[kind](await request.form()), None
    if form.validate():
        prove, code = PROVE[kind], form.code.data
        try:
            step = await prove(session, code, sms=can_sms(request), now=now, then=safe_path(then))
            return go_on(request, session, step)
        except Refused as refused:
            no = refused
    return again(request, TEMPLATES[kind], form, no, await _context(session, standing, kind, now, then))


@post("/sign-in/factor/sms/codes", needs="password")
async def ask_sms_code(
    request: HtmlRequest, session: OwnSession, now: Now, then: FromQuery[str] = ""
) -> Response[Any]:
    """Sends a code to the phone that was chosen, or to the one used last."""
    standing = await proving(request, session, Kind.SMS)
    try:
        await send_to_factor(session, _factor(await request.form()), sms=can_sms(request), now=now)
    except Refused as no:
        context = await _context(session, standing, Kind.SMS, now, then)
        return again(request, TEMPLATES[Kind.SMS], SmsCodeForm(), no, {**context, "at_once": False})
    await wake(request.app.state.redis)
    return redirect(PATHS[Kind.SMS] + then_query(then))


@post("/sign-in/factor/security-key/options", needs="password")
async def make_options(request: HtmlRequest, session: OwnSession) -> Response[str]:
    """What the browser needs to use a key."""
    await proving(request, session, Kind.SECURITY_KEY)
    options = await request_options(session, site_of(request), sms=can_sms(request))
    return Response(options, status_code=200, media_type=MediaType.JSON)


@post(PATHS[Kind.SECURITY_KEY], needs="password")
async def send_key(
    request: HtmlRequest, session: OwnSession, now: Now, then: FromQuery[str] = ""
) -> Response[Any]:
    """What the key answered."""
    standing = await proving(request, session, Kind.SECURITY_KEY)
    form = KeyForm(await request.form())
    try:
        step = await prove_security_key(
            session, site_of(request), form.credential.data or "",
            sms=can_sms(request), now=now, then=safe_path(then),
        )  # fmt: skip
    except Refused as no:
        context = await _context(session, standing, Kind.SECURITY_KEY, now, then)
        return again(request, TEMPLATES[Kind.SECURITY_KEY], form, no, context)
    return go_on(request, session, step)


@get("/sign-in/recovery-code", needs="password")
async def ask_recovery_code(
    request: HtmlRequest, session: OwnSession, then: FromQuery[str] = ""
) -> Response[str]:
    """For who lost the factor."""
    await proving(request, session)
    form = RecoveryCodeForm()
    return page(request, "second_factor/prove_recovery_code.html", form=form, query=then_query(then))


@post("/sign-in/recovery-code", needs="password")
async def send_recovery_code(
    request: HtmlRequest, session: OwnSession, now: Now, then: FromQuery[str] = ""
) -> Response[Any]:
    """Lets in once, by way of a new code."""
    await proving(request, session)
    form, no = RecoveryCodeForm(await request.form()), None
    if form.validate():
        try:
            step = await use_recovery_code(
                session, form.code.data, sms=can_sms(request), now=now, then=safe_path(then)
            )
            await wake(request.app.state.redis)
            return go_on(request, session, step)
        except Refused as refused:
            no = refused
    return again(request, "second_factor/prove_recovery_code.html", form, no, {"query": then_query(then)})


async def _context(
    session: Session, standing: Standing, kind: Kind, now: datetime, then: str
) -> dict[str, Any]:
    query = then_query(then)
    others = [
        (_(LABELS[other]), SIGNS[other], PATHS[other] + query) for other in standing.kinds if other != kind
    ]
    context: dict[str, Any] = {"query": query, "others": others}
    if kind == Kind.SMS:
        phones = standing.of(Kind.SMS)
        sent = await last_code(session, new=False, now=now)
        to = next((own.phone for own in phones if sent and own.id == sent.factor), None)
        context |= {
            "phones": phones, "sent_to": to, "sent_factor": sent.factor if sent else None,
            "wait": sent.wait(now) if sent else 0, "at_once": to is None and len(phones) == 1,
        }  # fmt: skip
    return context


def _factor(form: Any) -> UUID | None:
    try:
        return UUID(str(form.get("factor")))
    except ValueError:
        return None


routes = [
    ask, send_code, ask_sms_code, make_options, send_key, ask_recovery_code,
    send_recovery_code,
]  # fmt: skip
