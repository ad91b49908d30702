"""Saying how a step of the calendar went."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial
from typing import Any
from uuid import UUID

from litestar import Request, Response, get, post
from litestar.params import FromPath, FromQuery

from backend.access.person import Person
from backend.access.roles import Role
from backend.dossier.look import look
from backend.foundation.languages import gettext as _
from backend.legal_calendar.change_step import (
    change_step,
    end_of,
    judge_day,
    judge_open,
    judge_reason,
    step_to_change,
)
from backend.legal_calendar.forms import WAYS, StepForm
from backend.legal_calendar.line import line_of, may_change
from backend.legal_calendar.queries import today_of
from backend.web.given import Asker, Now
from backend.web.page import judge_fields, page, redirect
from backend.web.sending import send_once

Asked = Request[Any, Any, Any]


@get("/dossiers/{dossier:uuid}/steps/{id:uuid}", head=False)
async def show_step(
    request: Asked,
    person: Asker,
    now: Now,
    dossier: FromPath[UUID],
    id: FromPath[UUID],
    way: FromQuery[str] = "",
) -> Response[Any]:
    """The step and the three things one can say, or that it is needed after all; once it is said, the dossier
    says it."""
    calendar, step = await step_to_change(person, dossier, id)
    if not may_change(calendar, step, person):
        return redirect(f"/dossiers/{dossier}")
    await look(person, calendar.whose, "step", id, now=now)
    return await _step_page(request, person, dossier, id, StepForm(how=WAYS.get(way)), now)


@post("/dossiers/{dossier:uuid}/steps/{id:uuid}")
async def send_step(
    request: Asked, person: Asker, now: Now, dossier: FromPath[UUID], id: FromPath[UUID]
) -> Response[Any]:
    """Writes what was said."""
    calendar, step = await step_to_change(person, dossier, id)
    form = StepForm(await request.form())

    async def send() -> str:
        return await change_step(person, dossier, id, form.change(), form.request_key.data, now=now)

    async def again() -> Response[Any]:
        if form.how.data != "reopened":
            await judge_fields(form, partial(judge_open, step))
        if form.how.data == "postponed":
            said, today = form.change(), today_of(calendar, now)
            await judge_fields(
                form,
                later_on=lambda _day: judge_day(said, step, calendar, today),
                later_reason=lambda _words: judge_reason(said),
            )
        return await _step_page(request, person, dossier, id, form, now, 422)

    return await send_once(request, person, form, send, again, _("Het staat in het dossier."))


async def _step_page(
    request: Asked, person: Person, dossier: UUID, id: UUID, form: StepForm, now: datetime, status: int = 200
) -> Response[str]:
    calendar, step = await step_to_change(person, dossier, id)
    role, today = calendar.whose.seen_by(person), today_of(calendar, now)
    return page(
        request, "legal_calendar/step.html", status, form=form, step=line_of(calendar, step, today, person),
        dossier_id=dossier, employee_name=calendar.employee_name, may_depart=role != Role.EMPLOYEE,
        end=end_of(calendar),
        later=max(step.due_on, today) + timedelta(days=1),
    )  # fmt: skip


routes = [show_step, send_step]
