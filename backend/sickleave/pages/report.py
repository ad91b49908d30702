"""Reporting oneself sick: the form, the check, and sending."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from litestar import Request, Response, get, post

from backend.access.person import Person
from backend.foundation.languages import gettext as _
from backend.sickleave import shown
from backend.sickleave.forms import SickReportForm, filled_in, whole
from backend.sickleave.pages.checking import checked, judge_rest, opens
from backend.sickleave.report_sick import report_sick
from backend.sickleave.rules import earliest_day
from backend.sickleave.situation import Situation, situation_of
from backend.web.given import Asker, Now
from backend.web.page import page, redirect
from backend.web.sending import send_once

Asked = Request[Any, Any, Any]


def report_page(
    request: Asked,
    person: Person,
    situation: Situation,
    form: SickReportForm,
    status: int = 200,
    at: str = "",
) -> Response[str]:
    """The form; `at` is the answer that the person wants to change."""
    return page(
        request, "sickleave/report.html", status, form=form, opened=opens(form, situation, at),
        earliest=earliest_day(situation), **shown.around(person, situation),
    )  # fmt: skip


@get("/absence/report")
async def show_report(request: Asked, person: Asker, now: Now) -> Response[Any]:
    """The form, with today and no hours filled in; who is sick already sees how they are reported."""
    situation = await situation_of(person, now=now)
    last = situation.last
    if last and situation.away:
        return redirect(f"/absence/{last.id}")
    form = SickReportForm(
        employment=situation.job.id, first_sick_day=situation.today, worked_hours=Decimal(0)
    )  # fmt: skip
    return report_page(request, person, situation, form)


@post("/absence/report/check", status_code=200)
async def check_report(request: Asked, person: Asker, now: Now) -> Response[Any]:
    """Everything once more before it is sent. Stores nothing."""
    form = SickReportForm(await request.form())
    situation = await situation_of(person, form.employment.data, now=now)
    report = await checked(form, situation)
    if report is None:
        return report_page(request, person, situation, form, 422)
    return page(
        request, "sickleave/check.html", form=form, address="/absence/report", kept=shown.kept(report),
        rows=shown.answers(report, situation.today),
        composite=shown.composite_words(situation, report.first_sick_day), **shown.around(person, situation),
    )  # fmt: skip


@post("/absence/report/change", status_code=200)
async def change_report(request: Asked, person: Asker, now: Now) -> Response[Any]:
    """Back from the check to the form, with every answer as it was. Stores nothing."""
    given = await request.form()
    form = SickReportForm(given)
    situation = await situation_of(person, form.employment.data, now=now)
    return report_page(request, person, situation, form, at=str(given.get("at", "")))


@post("/absence/report")
async def send_report(request: Asked, person: Asker, now: Now) -> Response[Any]:
    """Stores the report."""
    given = await request.form()
    form = filled_in(given)

    async def send() -> str:
        return await report_sick(person, form.report(), form.request_key.data, now=now)

    async def again() -> Response[Any]:
        situation = await situation_of(person, form.employment.data, now=now)
        await judge_rest(form, situation)
        return report_page(request, person, situation, whole(form, given), 422)

    return await send_once(request, person, form, send, again, _("Je bent ziek gemeld."))


routes = [show_report, check_report, change_report, send_report]
