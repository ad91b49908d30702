"""Reporting sick, taking that back, hours worked again, and full recovery."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from litestar import Request, Response, get, post

from backend.access.person import Person
from backend.foundation.languages import gettext as _
from backend.foundation.refusal import Refused
from backend.sickleave import shown
from backend.sickleave.forms import HoursForm, RecoveryForm, SickReportForm, WithdrawalForm, filled_in, whole
from backend.sickleave.propose_hours import propose_hours
from backend.sickleave.queries import latest_proposal, spell_of
from backend.sickleave.report_recovery import report_recovery
from backend.sickleave.report_sick import report_sick
from backend.sickleave.rules import joins, judge_report, judge_withdrawal
from backend.sickleave.situation import Situation, situation_of
from backend.sickleave.terms import PROPOSED_AHEAD
from backend.sickleave.withdraw_report import withdraw_report
from backend.web.page import beside_field, page, redirect
from backend.web.sending import send_once

Asked = Request[Any, Any, Any]


def around(person: Person, situation: Situation) -> dict[str, Any]:
    """What every page of this room shows around its form."""
    return {
        "situation": situation,
        "today": situation.today,
        "contacts": shown.contacts(person, situation),
        "seen_by": shown.seen_by(situation),
    }


def report_page(
    request: Asked,
    person: Person,
    situation: Situation,
    form: SickReportForm,
    status: int = 200,
    at: str = "",
) -> Response[str]:
    """The form; `at` is the answer that the person wants to change."""
    form.keep_only(situation.asked)
    opened = at in situation.asked or any(form[name].data or form[name].errors for name in situation.asked)
    return page(
        request, "sickleave/report.html", status, form=form, opened=opened,
        earliest=shown.earliest_day(situation), **around(person, situation),
    )  # fmt: skip


@get("/absence/report")
async def show_report(request: Asked, person: Person, now: datetime) -> Response[Any]:
    """The form, with today and no hours filled in; who is sick already sees how they are reported."""
    situation = await situation_of(person, now=now)
    last = situation.last
    if last and (last.recovered_on is None or last.recovered_on > situation.today):
        return redirect(f"/absence/{last.id}")
    form = SickReportForm(
        employment=situation.job.id, first_sick_day=situation.today, worked_hours=Decimal(0)
    )  # fmt: skip
    return report_page(request, person, situation, form)


@post("/absence/report/check", status_code=200)
async def check_report(request: Asked, person: Person, now: datetime) -> Response[Any]:
    """Everything once more before it is sent. Stores nothing."""
    form = SickReportForm(await request.form())
    situation = await situation_of(person, form.employment.data, now=now)
    if form.validate():
        report = form.report().only(situation.asked)
        try:
            judge_report(situation, report.first_sick_day, report.worked_hours)
        except Refused as refused:
            beside_field(form, refused)
        else:
            return page(
                request, "sickleave/check.html", form=form, kept=shown.kept(report),
                rows=shown.answers(report, situation.today),
                composite=joins(situation.last, report.first_sick_day), **around(person, situation),
            )  # fmt: skip
    return report_page(request, person, situation, form, 422)


@post("/absence/report/change", status_code=200)
async def change_report(request: Asked, person: Person, now: datetime) -> Response[Any]:
    """Back from the check to the form, with every answer as it was. Stores nothing."""
    given = await request.form()
    form = SickReportForm(given)
    situation = await situation_of(person, form.employment.data, now=now)
    return report_page(request, person, situation, form, at=str(given.get("at", "")))


@post("/absence/report")
async def send_report(request: Asked, person: Person, now: datetime) -> Response[Any]:
    """Stores the report."""
    given = await request.form()
    form = filled_in(given)

    async def send() -> str:
        return await report_sick(person, form.report(), form.request_key.data, now=now)

    async def again() -> Response[Any]:
        situation = await situation_of(person, form.employment.data, now=now)
        return report_page(request, person, situation, whole(form, given), 422)

    return await send_once(request, person, form, send, again, _("Je bent ziek gemeld."))


@get("/absence/{spell:uuid}")
async def show_spell(request: Asked, person: Person, now: datetime, spell: UUID) -> Response[Any]:
    """How a spell stands: reported, recovered or taken back; what happens next, and whom to call."""
    found = await spell_of(person, spell)
    situation = await situation_of(person, found.employment, now=now)
    return page(
        request, "sickleave/spell.html", spell=found, rows=shown.optional_answers(found.answers),
        told=shown.told_words(person, situation), **around(person, situation),
    )  # fmt: skip


@get("/absence/{spell:uuid}/withdrawal")
async def show_withdrawal(request: Asked, person: Person, now: datetime, spell: UUID) -> Response[Any]:
    """Asks whether the report was a mistake, while it may still be taken back."""
    return await withdrawal_page(request, person, spell, WithdrawalForm(), now)


async def withdrawal_page(
    request: Asked, person: Person, spell: UUID, form: WithdrawalForm, now: datetime, status: int = 200
) -> Response[Any]:
    """The question, or why it is too late for it."""
    found = await spell_of(person, spell)
    situation = await situation_of(person, found.employment, now=now)
    refusal = None
    try:
        judge_withdrawal(situation, spell)
    except Refused as refused:
        refusal = _(refused.message, **refused.params)
    return page(
        request, "sickleave/withdrawal.html", status, form=form, spell=found, refusal=refusal,
        **around(person, situation),
    )  # fmt: skip


@post("/absence/{spell:uuid}/withdrawal")
async def send_withdrawal(request: Asked, person: Person, now: datetime, spell: UUID) -> Response[Any]:
    """Takes the report back."""
    form = WithdrawalForm(await request.form())

    async def send() -> str:
        return await withdraw_report(person, spell, form.request_key.data, now=now)

    async def again() -> Response[Any]:
        return await withdrawal_page(request, person, spell, form, now, 422)

    return await send_once(request, person, form, send, again, _("Je ziekmelding is teruggenomen."))


def recovery_page(
    request: Asked, person: Person, situation: Situation, form: RecoveryForm, status: int = 200
) -> Response[str]:
    """The form for the day of full work."""
    latest = situation.today + timedelta(days=situation.days_ahead)
    return page(
        request, "sickleave/return.html", status, form=form, latest=latest, **around(person, situation)
    )


@get("/absence/return")
async def show_return(request: Asked, person: Person, now: datetime) -> Response[Any]:
    """The form, with today filled in; nothing to report for who is not sick."""
    situation = await situation_of(person, now=now)
    if not situation.sick:
        return redirect("/")
    form = RecoveryForm(employment=situation.job.id, recovered_on=situation.today)
    return recovery_page(request, person, situation, form)


@post("/absence/return")
async def send_return(request: Asked, person: Person, now: datetime) -> Response[Any]:
    """Ends the spell."""
    form = RecoveryForm(await request.form())

    async def send() -> str:
        return await report_recovery(
            person, form.employment.data, form.recovered_on.data, form.request_key.data, now=now
        )

    async def again() -> Response[Any]:
        situation = await situation_of(person, form.employment.data, now=now)
        return recovery_page(request, person, situation, form, 422)

    return await send_once(request, person, form, send, again, _("Je bent beter gemeld."))


def hours_page(
    request: Asked, person: Person, situation: Situation, form: HoursForm, status: int = 200
) -> Response[str]:
    """The form for hours worked again."""
    return page(
        request, "sickleave/hours.html", status, form=form, latest=situation.today + PROPOSED_AHEAD,
        **around(person, situation),
    )  # fmt: skip


@get("/absence/hours")
async def show_hours(request: Asked, person: Person, now: datetime) -> Response[Any]:
    """The form, for who is sick and whose employer lets it be proposed here."""
    situation = await situation_of(person, now=now)
    if not situation.sick or not situation.allow_partial_recovery:
        return redirect("/")
    form = HoursForm(employment=situation.job.id, starts_on=situation.today)
    return hours_page(request, person, situation, form)


@post("/absence/hours")
async def send_hours(request: Asked, person: Person, now: datetime) -> Response[Any]:
    """Stores the proposal."""
    form = HoursForm(await request.form())

    async def send() -> str:
        return await propose_hours(person, form.proposal(), form.request_key.data, now=now)

    async def again() -> Response[Any]:
        situation = await situation_of(person, form.employment.data, now=now)
        return hours_page(request, person, situation, form, 422)

    return await send_once(request, person, form, send, again, _("Je voorstel is verstuurd."))


@get("/absence/{spell:uuid}/hours")
async def show_proposal(request: Asked, person: Person, now: datetime, spell: UUID) -> Response[Any]:
    """What was proposed last, and what happens with it."""
    proposal = await latest_proposal(person, spell)
    situation = await situation_of(person, (await spell_of(person, spell)).employment, now=now)
    return page(
        request, "sickleave/proposal.html", proposal=proposal,
        told=shown.told_words(person, situation), **around(person, situation),
    )  # fmt: skip


routes = [
    show_report, check_report, change_report, send_report, show_spell, show_withdrawal, send_withdrawal,
    show_return, send_return, show_hours, send_hours, show_proposal,
]  # fmt: skip
