"""Hoe wil je bericht krijgen: the ways for each kind of news, and the devices that get a push."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from litestar import MediaType, Request, Response, get, post
from litestar.params import FromPath, FromQuery

from backend.access.person import Person
from backend.foundation.languages import gettext as _
from backend.foundation.refusal import Refused
from backend.settings import Settings
from backend.telling import queries
from backend.telling.choices import Offered
from backend.telling.choose import choose
from backend.telling.forms import subscription_in, ticked_in
from backend.telling.turn_off import turn_off
from backend.telling.turn_on import turn_on
from backend.web.given import Asker, Now
from backend.web.page import page, redirect
from backend.web.request import settings_of

HtmlRequest = Request[Any, Any, Any]
PATH = "/account/telling"


async def _offered(person: Person, settings: Settings) -> tuple[Offered, str]:
    """The ways there are, and the number that an SMS would go to."""
    phone = await queries.phone_of(person) if settings.sms_provider else ""
    return Offered(push=bool(settings.vapid_key), sms=bool(phone)), phone


@get(PATH)
async def show_telling(
    request: HtmlRequest, person: Asker, now: Now, said: FromQuery[str] = ""
) -> Response[str]:
    """What the person chose, or what holds without."""
    offered, phone = await _offered(person, settings_of(request))
    return page(
        request, "telling/telling.html", choices=await queries.choices_of(person), offered=offered,
        phone=phone, can_sms=settings_of(request).sms_provider != "", said=said,
        devices=await queries.devices_of(person, now=now) if offered.push else [],
    )  # fmt: skip


@post(PATH)
async def send_telling(request: HtmlRequest, person: Asker, now: Now) -> Response[None]:
    """From the next news on."""
    offered, _phone = await _offered(person, settings_of(request))
    await choose(person, ticked_in(await request.form()), offered, now=now)
    return redirect(PATH + "?said=chosen")


@post(PATH + "/devices", status_code=200)
async def send_device(request: HtmlRequest, person: Asker, now: Now) -> Response[str]:
    """The script of this browser hands over where its pushes go; a refusal comes back in words."""
    subscription = subscription_in(await request.form())
    try:
        await turn_on(person, subscription, now=now, own=settings_of(request).push_service)
    except Refused as no:
        return Response(_(no.message), status_code=422, media_type=MediaType.TEXT)
    return Response("", media_type=MediaType.TEXT)


@post(PATH + "/devices/{subscription:uuid}/removal")
async def send_removal(person: Asker, now: Now, subscription: FromPath[UUID]) -> Response[None]:
    """No more pushes there."""
    await turn_off(person, subscription, now=now)
    return redirect(PATH + "?said=off")


routes = [show_telling, send_telling, send_device, send_removal]
