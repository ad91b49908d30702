"""Answering the hours that an employee proposed: agreed, or to be talked over first; and what came of the
talk."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from litestar import Request, Response, get, post
from litestar.params import FromPath

from backend.access.person import Person
from backend.foundation.languages import gettext as _
from backend.foundation.refusal import Refused
from backend.sickleave.answer_hours import judge_answer, proposal_of
from backend.sickleave.confirm_hours import confirm_hours
from backend.sickleave.forms import ButtonForm
from backend.sickleave.pages.checking import judge_rest_of_hours
from backend.sickleave.record_hours import record_hours
from backend.sickleave.refuse_hours import refuse_hours
from backend.sickleave.situation import Situation, situation_for
from backend.sickleave.terms import PROPOSED_AHEAD
from backend.team.hours_forms import RecordHoursForm, RefuseHoursForm
from backend.team.look_at import look_at
from backend.team.member import member
from backend.web.errors import answer
from backend.web.given import Asker, Now
from backend.web.page import page, redirect
from backend.web.sending import send_once

Asked = Request[Any, Any, Any]


@post("/team/hours/{proposal:uuid}/confirmation")
async def send_confirmation(
    request: Asked, person: Asker, now: Now, proposal: FromPath[UUID]
) -> Response[Any]:
    """Agrees with the hours."""
    await proposal_of(person, proposal, now=now)
    form = ButtonForm(await request.form())

    async def send() -> str:
        return await confirm_hours(person, proposal, form.request_key.data, now=now)

    async def again() -> Response[Any]:
        errors = [*form.form_errors, *form.request_key.errors]
        return answer(request, 422, _(str(errors[0])))

    return await send_once(request, person, form, send, again, _("De uren zijn afgesproken."))


def refusal_page(request: Asked, proposal: Any, form: RefuseHoursForm, status: int = 200) -> Response[str]:
    """The proposal, and a word that may go with not agreeing."""
    return page(request, "team/refusal.html", status, proposal=proposal, form=form)


@get("/team/hours/{proposal:uuid}/refusal")
async def show_refusal(request: Asked, person: Asker, now: Now, proposal: FromPath[UUID]) -> Response[Any]:
    """The form, while the proposal waits for an answer."""
    found = await proposal_of(person, proposal, now=now)
    try:
        judge_answer(found)
    except Refused:
        return redirect(f"/team/{found['employment']}")
    return refusal_page(request, found, RefuseHoursForm())


@post("/team/hours/{proposal:uuid}/refusal")
async def send_refusal(request: Asked, person: Asker, now: Now, proposal: FromPath[UUID]) -> Response[Any]:
    """Closes the proposal; the employee is told and may make another."""
    found = await proposal_of(person, proposal, now=now)
    form = RefuseHoursForm(await request.form())

    async def send() -> str:
        return await refuse_hours(person, proposal, form.word.data or "", form.request_key.data, now=now)

    async def again() -> Response[Any]:
        return refusal_page(request, found, form, 422)

    done = _("%(name)s krijgt bericht dat jullie de uren eerst doorspreken.", name=found["first_name"])
    return await send_once(request, person, form, send, again, done)


async def agreed_page(
    request: Asked,
    person: Person,
    situation: Situation,
    form: RecordHoursForm,
    now: datetime,
    status: int = 200,
) -> Response[str]:
    """The form for hours that were agreed by talking, below what stands now."""
    found = await member(person, situation)
    await look_at(person, situation, found, now=now)
    now_stands = found.proposal
    form.instead_of.data = now_stands.id if now_stands else None
    return page(
        request, "team/agreed_hours.html", status, form=form, proposal=now_stands, situation=situation,
        name=situation.name, today=situation.today, latest=situation.today + PROPOSED_AHEAD,
    )  # fmt: skip


@get("/team/{employment:uuid}/hours", head=False)
async def show_agreed(request: Asked, person: Asker, now: Now, employment: FromPath[UUID]) -> Response[Any]:
    """The form, with today; no hours for who is not sick, or works here no more."""
    situation = await situation_for(person, employment, now=now)
    if not situation.sick or situation.left:
        return redirect(f"/team/{employment}")
    return await agreed_page(request, person, situation, RecordHoursForm(starts_on=situation.today), now)


@post("/team/{employment:uuid}/hours")
async def send_agreed(request: Asked, person: Asker, now: Now, employment: FromPath[UUID]) -> Response[Any]:
    """They stand from now on; the employee is told."""
    situation = await situation_for(person, employment, now=now)
    form = RecordHoursForm(await request.form())

    async def send() -> str:
        hours, key = form.hours(employment), form.request_key.data
        return await record_hours(person, hours, key, instead_of=form.instead_of.data, now=now)

    async def again() -> Response[Any]:
        await judge_rest_of_hours(form, situation)
        return await agreed_page(request, person, situation, form, now, 422)

    return await send_once(request, person, form, send, again, _("De uren zijn afgesproken."))


routes = [send_confirmation, show_refusal, send_refusal, show_agreed, send_agreed]
