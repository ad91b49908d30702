"""Reporting oneself recovered."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from litestar import Request, Response, get, post
from litestar.params import FromPath

from backend.access.person import Person
from backend.foundation.languages import gettext as _
from backend.foundation.refusal import Refused
from backend.sickleave import shown
from backend.sickleave.forms import ButtonForm, RecoveryForm
from backend.sickleave.often import judge_recovery_withdrawals
from backend.sickleave.queries import spell_of
from backend.sickleave.report_recovery import report_recovery
from backend.sickleave.rules import judge_recovery_withdrawal
from backend.sickleave.situation import Situation, situation_of
from backend.sickleave.withdraw_recovery import withdraw_recovery
from backend.web.given import Asker, Now
from backend.web.page import page, redirect
from backend.web.sending import send_once

Asked = Request[Any, Any, Any]


def recovery_page(
    request: Asked, person: Person, situation: Situation, form: RecoveryForm, status: int = 200
) -> Response[str]:
    """The form for the day of full work."""
    latest = situation.today + timedelta(days=situation.days_ahead)
    return page(
        request, "sickleave/return.html", status, form=form, latest=latest, **shown.around(person, situation)
    )


@get("/absence/return")
async def show_return(request: Asked, person: Asker, now: Now) -> Response[Any]:
    """The form, with today filled in; nothing to report for who is not sick."""
    situation = await situation_of(person, now=now)
    if not situation.sick:
        return redirect("/")
    form = RecoveryForm(employment=situation.job.id, recovered_on=situation.today)
    return recovery_page(request, person, situation, form)


@post("/absence/return")
async def send_return(request: Asked, person: Asker, now: Now) -> Response[Any]:
    """Ends the spell."""
    form = RecoveryForm(await request.form())

    async def send() -> str:
        return await report_recovery(
            person, form.employment.data, form.recovered_on.data, form.request_key.data, now=now
        )

    async def again() -> Response[Any]:
        situation = await situation_of(person, form.employment.data, now=now)
        return recovery_page(request, person, situation, form, 422)

    return await send_once(request, person, form, send, again, _("Je bent hersteld gemeld."))


@get("/absence/{spell:uuid}/recovery-withdrawal")
async def show_recovery_withdrawal(
    request: Asked, person: Asker, now: Now, spell: FromPath[UUID]
) -> Response[Any]:
    """Asks whether the recovery is to be taken back, while it may be."""
    return await _withdrawal_page(request, person, spell, ButtonForm(), now)


async def _withdrawal_page(
    request: Asked, person: Person, spell: UUID, form: ButtonForm, now: datetime, status: int = 200
) -> Response[Any]:
    found = await spell_of(person, spell)
    situation = await situation_of(person, found.employment, now=now)
    refusal = None
    try:
        judge_recovery_withdrawal(situation, spell)
        await judge_recovery_withdrawals(situation, now=now)
    except Refused as refused:
        refusal = _(refused.message, **refused.params)
    return page(
        request, "sickleave/recovery_withdrawal.html", status, form=form, spell=found, refusal=refusal,
        **shown.around(person, situation),
    )  # fmt: skip


@post("/absence/{spell:uuid}/recovery-withdrawal")
async def send_recovery_withdrawal(
    request: Asked, person: Asker, now: Now, spell: FromPath[UUID]
) -> Response[Any]:
    """Takes it back."""
    form = ButtonForm(await request.form())

    async def send() -> str:
        return await withdraw_recovery(person, spell, form.request_key.data, now=now)

    async def again() -> Response[Any]:
        return await _withdrawal_page(request, person, spell, form, now, 422)

    return await send_once(request, person, form, send, again, _("Je hersteldmelding is teruggenomen."))


routes = [show_return, send_return, show_recovery_withdrawal, send_recovery_withdrawal]
