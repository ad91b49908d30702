"""Reporting for an employee who phones in: sick, recovered, and a report of sickness that was a mistake."""

from __future__ import annotations

from decimal import Decimal
from typing import Any
from uuid import UUID

from litestar import Request, Response, get, post
from litestar.params import FromPath

from backend.foundation.languages import gettext as _
from backend.foundation.refusal import NotFound
from backend.sickleave.forms import ButtonForm
from backend.sickleave.pages.checking import checked, judge_rest, opens
from backend.sickleave.queries import reported_for
from backend.sickleave.report_recovery import report_recovery
from backend.sickleave.report_sick import report_sick
from backend.sickleave.rules import earliest_day, latest_recovery
from backend.sickleave.shown import answers, composite_words, kept
from backend.sickleave.situation import Situation, situation_for
from backend.sickleave.withdraw_report import withdraw_report
from backend.team import shown
from backend.team.forms import RecoveryForForm, ReportForForm
from backend.team.member import may_withdraw, member
from backend.web.given import Asker, Now
from backend.web.page import page, redirect
from backend.web.sending import send_once

Asked = Request[Any, Any, Any]


def around(situation: Situation) -> dict[str, Any]:
    """What every page here shows around its form."""
    return {
        "situation": situation,
        "today": situation.today,
        "name": situation.name,
        "seen_by": shown.seen_by(situation),
    }


def report_page(
    request: Asked, situation: Situation, form: ReportForForm, status: int = 200, at: str = ""
) -> Response[str]:
    """The form; `at` is the answer that the person wants to change."""
    return page(
        request, "team/report.html", status, form=form, opened=opens(form, situation, at),
        earliest=earliest_day(situation), **around(situation),
    )  # fmt: skip


@get("/team/{employment:uuid}/report")
async def show_report(request: Asked, person: Asker, now: Now, employment: FromPath[UUID]) -> Response[Any]:
    """The form, with today and no hours; who is away already, or left, is shown as they stand."""
    situation = await situation_for(person, employment, now=now)
    if situation.away or situation.left:
        return redirect(f"/team/{employment}")
    form = ReportForForm(employment=employment, first_sick_day=situation.today, worked_hours=Decimal(0))
    return report_page(request, situation, form)


@post("/team/{employment:uuid}/report/check", status_code=200)
async def check_report(request: Asked, person: Asker, now: Now, employment: FromPath[UUID]) -> Response[Any]:
    """Everything once more before it is sent. Stores nothing."""
    situation = await situation_for(person, employment, now=now)
    form = await _given(request, employment)
    report = await checked(form, situation)
    if report is None:
        return report_page(request, situation, form, 422)
    return page(
        request, "team/check.html", form=form, address=f"/team/{employment}/report", kept=kept(report),
        rows=answers(report, situation.today, shown.LABELS),
        composite=composite_words(situation, report.first_sick_day), **around(situation),
    )  # fmt: skip


@post("/team/{employment:uuid}/report/change", status_code=200)
async def change_report(request: Asked, person: Asker, now: Now, employment: FromPath[UUID]) -> Response[Any]:
    """Back from the check to the form, with every answer as it was. Stores nothing."""
    situation = await situation_for(person, employment, now=now)
    at = str((await request.form()).get("at", ""))
    return report_page(request, situation, await _given(request, employment), at=at)


@post("/team/{employment:uuid}/report")
async def send_report(request: Asked, person: Asker, now: Now, employment: FromPath[UUID]) -> Response[Any]:
    """Stores the report."""
    situation = await situation_for(person, employment, now=now)
    form = await _given(request, employment)

    async def send() -> str:
        return await report_sick(person, form.report(), form.request_key.data, now=now, for_another=True)

    async def again() -> Response[Any]:
        await judge_rest(form, situation)
        return report_page(request, situation, form, 422)

    done = _("%(name)s is ziek gemeld.", name=situation.first_name)
    return await send_once(request, person, form, send, again, done)


def recovery_page(
    request: Asked, situation: Situation, form: RecoveryForForm, status: int = 200
) -> Response[str]:
    """The form for the day of full work."""
    latest = latest_recovery(situation)
    return page(request, "team/recovery.html", status, form=form, latest=latest, **around(situation))


@get("/team/{employment:uuid}/recovery")
async def show_recovery(request: Asked, person: Asker, now: Now, employment: FromPath[UUID]) -> Response[Any]:
    """The form, with today; nothing to report for who is not sick."""
    situation = await situation_for(person, employment, now=now)
    if not situation.sick:
        return redirect(f"/team/{employment}")
    form = RecoveryForForm(recovered_on=situation.today)
    return recovery_page(request, situation, form)


@post("/team/{employment:uuid}/recovery")
async def send_recovery(request: Asked, person: Asker, now: Now, employment: FromPath[UUID]) -> Response[Any]:
    """Ends the spell."""
    situation = await situation_for(person, employment, now=now)
    form = RecoveryForForm(await request.form())

    async def send() -> str:
        key, day = form.request_key.data, form.recovered_on.data
        return await report_recovery(person, employment, day, key, now=now, for_another=True)

    async def again() -> Response[Any]:
        return recovery_page(request, situation, form, 422)

    done = _("%(name)s is hersteld gemeld.", name=situation.first_name)
    return await send_once(request, person, form, send, again, done)


def withdrawal_page(
    request: Asked, situation: Situation, spell: UUID, form: ButtonForm, status: int = 200
) -> Response[str]:
    """Asks whether the report was a mistake."""
    return page(request, "team/withdraw_report.html", status, form=form, spell=spell, **around(situation))


@get("/team/{employment:uuid}/withdrawal")
async def show_withdrawal(
    request: Asked, person: Asker, now: Now, employment: FromPath[UUID]
) -> Response[Any]:
    """The question, on the day that the person reported it themself."""
    situation = await situation_for(person, employment, now=now)
    if situation.last is None or not may_withdraw(situation, await member(person, situation)):
        return redirect(f"/team/{employment}")
    return withdrawal_page(request, situation, situation.last.id, ButtonForm())


@post("/team/{employment:uuid}/withdrawal")
async def send_withdrawal(
    request: Asked, person: Asker, now: Now, employment: FromPath[UUID]
) -> Response[Any]:
    """Takes the report back."""
    situation = await situation_for(person, employment, now=now)
    given = await request.form()
    form, spell = ButtonForm(given), _spell(str(given.get("spell", "")))
    if await reported_for(person, spell) != employment:
        raise NotFound

    async def send() -> str:
        return await withdraw_report(person, spell, form.request_key.data, now=now, for_another=True)

    async def again() -> Response[Any]:
        return withdrawal_page(request, situation, spell, form, 422)

    done = _("De ziekmelding van %(name)s is teruggenomen.", name=situation.first_name)
    return await send_once(request, person, form, send, again, done)


def _spell(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError as error:
        raise NotFound from error


async def _given(request: Asked, employment: UUID) -> ReportForForm:
    """What was filled in, about the person whom the address names."""
    return ReportForForm(await request.form(), employment=employment)


routes = [show_report, check_report, change_report, send_report, show_recovery, send_recovery]
routes += [show_withdrawal, send_withdrawal]
