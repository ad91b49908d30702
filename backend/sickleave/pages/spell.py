"""How a spell stands, and taking its report back."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from litestar import Request, Response, get, post
from litestar.params import FromPath

from backend.access.person import Person
from backend.foundation.languages import gettext as _
from backend.foundation.refusal import Refused
from backend.sickleave import shown
from backend.sickleave.forms import ButtonForm
from backend.sickleave.often import judge_withdrawals
from backend.sickleave.queries import spell_of
from backend.sickleave.rules import judge_withdrawal
from backend.sickleave.situation import situation_of
from backend.sickleave.telling import told
from backend.sickleave.withdraw_report import withdraw_report
from backend.web.given import Asker, Now
from backend.web.page import page
from backend.web.sending import send_once

Asked = Request[Any, Any, Any]


@get("/absence/{spell:uuid}")
async def show_spell(request: Asked, person: Asker, now: Now, spell: FromPath[UUID]) -> Response[Any]:
    """How a spell stands: reported, recovered or taken back; what happens next, and whom to call."""
    found = await spell_of(person, spell)
    situation = await situation_of(person, found.employment, now=now)
    return page(
        request, "sickleave/spell.html", spell=found, rows=shown.optional_answers(found.answers),
        told=shown.told_words(person, situation), anybody_told=bool(told(person, situation)),
        **shown.around(person, situation),
    )  # fmt: skip


@get("/absence/{spell:uuid}/withdrawal")
async def show_withdrawal(request: Asked, person: Asker, now: Now, spell: FromPath[UUID]) -> Response[Any]:
    """Asks whether the report was a mistake, while it may still be taken back."""
    return await withdrawal_page(request, person, spell, ButtonForm(), now)


async def withdrawal_page(
    request: Asked, person: Person, spell: UUID, form: ButtonForm, now: datetime, status: int = 200
) -> Response[Any]:
    """The question, or why it is too late for it."""
    found = await spell_of(person, spell)
    situation = await situation_of(person, found.employment, now=now)
    refusal = None
    try:
        judge_withdrawal(situation, spell)
        await judge_withdrawals(person, situation, now=now)
    except Refused as refused:
        refusal = _(refused.message, **refused.params)
    return page(
        request, "sickleave/withdrawal.html", status, form=form, spell=found, refusal=refusal,
        **shown.around(person, situation),
    )  # fmt: skip


@post("/absence/{spell:uuid}/withdrawal")
async def send_withdrawal(request: Asked, person: Asker, now: Now, spell: FromPath[UUID]) -> Response[Any]:
    """Takes the report back."""
    form = ButtonForm(await request.form())

    async def send() -> str:
        return await withdraw_report(person, spell, form.request_key.data, now=now)

    async def again() -> Response[Any]:
        return await withdrawal_page(request, person, spell, form, now, 422)

    return await send_once(request, person, form, send, again, _("Je ziekmelding is teruggenomen."))


routes = [show_spell, show_withdrawal, send_withdrawal]
