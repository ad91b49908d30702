"""Taking back what was said by mistake: that one is sick, or that one is recovered."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from litestar import Request, Response, get, post
from litestar.params import FromPath

from backend.access.person import Person
from backend.foundation.languages import N_
from backend.foundation.languages import gettext as _
from backend.foundation.refusal import Refused
from backend.sickleave import shown
from backend.sickleave.forms import ButtonForm
from backend.sickleave.often import judge_recovery_withdrawals, judge_withdrawals
from backend.sickleave.queries import spell_of
from backend.sickleave.rules import judge_recovery_withdrawal, judge_withdrawal
from backend.sickleave.situation import Situation, situation_of
from backend.sickleave.withdraw_recovery import withdraw_recovery
from backend.sickleave.withdraw_report import withdraw_report
from backend.web.given import Asker, Now
from backend.web.page import page
from backend.web.sending import send_once

Asked = Request[Any, Any, Any]


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """One of the two: whether it still may, the verb, and what is said once it is done."""

    judge: Callable[[Person, Situation, UUID, datetime], Awaitable[None]]
    withdraw: Callable[..., Awaitable[str]]
    done: str


async def _judge_report(person: Person, situation: Situation, spell: UUID, now: datetime) -> None:
    judge_withdrawal(situation, spell)
    await judge_withdrawals(person, situation, now=now)


async def _judge_recovery(person: Person, situation: Situation, spell: UUID, now: datetime) -> None:
    judge_recovery_withdrawal(situation, spell)
    await judge_recovery_withdrawals(situation, now=now)


RECOVERY = "recovery-withdrawal"
WITHDRAWALS = {
    "withdrawal": Withdrawal(_judge_report, withdraw_report, N_("Je ziekmelding is teruggenomen.")),
    RECOVERY: Withdrawal(_judge_recovery, withdraw_recovery, N_("Je hersteldmelding is teruggenomen.")),
}
"""By the last word of the address."""
PATHS = [f"/absence/{{spell:uuid}}/{word}" for word in WITHDRAWALS]


def named(request: Asked) -> str:
    """Which of the two it is about."""
    return request.url.path.rpartition("/")[2]


async def withdrawal_page(
    request: Asked, person: Person, spell: UUID, form: ButtonForm, now: datetime, status: int = 200
) -> Response[Any]:
    """The question, or why it is too late for it."""
    found, word = await spell_of(person, spell), named(request)
    situation = await situation_of(person, found.employment, now=now)
    refusal = None
    try:
        await WITHDRAWALS[word].judge(person, situation, spell, now)
    except Refused as refused:
        refusal = _(refused.message, **refused.params)
    return page(
        request, "sickleave/withdrawal.html", status, form=form, spell=found, refusal=refusal,
        of_recovery=word == RECOVERY, **shown.around(person, situation),
    )  # fmt: skip


@get(PATHS)
async def show_withdrawal(request: Asked, person: Asker, now: Now, spell: FromPath[UUID]) -> Response[Any]:
    """Asks whether it was a mistake, while it may still be taken back."""
    return await withdrawal_page(request, person, spell, ButtonForm(), now)


@post(PATHS)
async def send_withdrawal(request: Asked, person: Asker, now: Now, spell: FromPath[UUID]) -> Response[Any]:
    """Takes it back."""
    form, what = ButtonForm(await request.form()), WITHDRAWALS[named(request)]

    async def send() -> str:
        return await what.withdraw(person, spell, form.request_key.data, now=now)

    async def again() -> Response[Any]:
        return await withdrawal_page(request, person, spell, form, now, 422)

    return await send_once(request, person, form, send, again, _(what.done))


routes = [show_withdrawal, send_withdrawal]
