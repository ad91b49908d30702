"""Reporting oneself recovered."""

from __future__ import annotations

from typing import Any

from litestar import Request, Response, get, post

from backend.access.person import Person
from backend.foundation.languages import gettext as _
from backend.sickleave import shown
from backend.sickleave.forms import RecoveryForm
from backend.sickleave.report_recovery import report_recovery
from backend.sickleave.rules import latest_recovery
from backend.sickleave.situation import Situation, situation_of
from backend.web.given import Asker, Now
from backend.web.page import page, redirect
from backend.web.sending import send_once

Asked = Request[Any, Any, Any]


def recovery_page(
    request: Asked, person: Person, situation: Situation, form: RecoveryForm, status: int = 200
) -> Response[str]:
    """The form for the day of full work."""
    return page(
        request, "sickleave/return.html", status, form=form, latest=latest_recovery(situation),
        **shown.around(person, situation),
    )  # fmt: skip


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


routes = [show_return, send_return]
