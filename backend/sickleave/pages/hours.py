"""Hours to work again: proposing them, and what became of the proposal."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from litestar import Request, Response, get, post
from litestar.params import FromPath

from backend.access.person import Person
from backend.foundation.languages import gettext as _
from backend.sickleave import shown
from backend.sickleave.forms import HoursForm
from backend.sickleave.pages.checking import judge_rest_of_hours
from backend.sickleave.propose_hours import propose_hours
from backend.sickleave.queries import earlier_proposal, latest_proposal, spell_of
from backend.sickleave.situation import Situation, situation_of
from backend.sickleave.terms import PROPOSED_AHEAD
from backend.web.given import Asker, Now
from backend.web.page import page, redirect
from backend.web.sending import send_once

Asked = Request[Any, Any, Any]


async def hours_page(
    request: Asked, person: Person, situation: Situation, form: HoursForm, status: int = 200
) -> Response[str]:
    """The form for hours worked again, and what became of those that were proposed before."""
    before = await earlier_proposal(person, situation.last.id) if situation.last else None
    return page(
        request, "sickleave/hours.html", status, form=form, latest=situation.today + PROPOSED_AHEAD,
        before=before, **shown.around(person, situation),
    )  # fmt: skip


@get("/absence/hours")
async def show_hours(request: Asked, person: Asker, now: Now) -> Response[Any]:
    """The form, for who is sick and whose employer lets it be proposed here."""
    situation = await situation_of(person, now=now)
    if not situation.may_propose_hours:
        return redirect("/")
    form = HoursForm(employment=situation.job.id, starts_on=situation.today)
    return await hours_page(request, person, situation, form)


@post("/absence/hours")
async def send_hours(request: Asked, person: Asker, now: Now) -> Response[Any]:
    """Stores the proposal."""
    form = HoursForm(await request.form())

    async def send() -> str:
        return await propose_hours(person, form.proposal(), form.request_key.data, now=now)

    async def again() -> Response[Any]:
        situation = await situation_of(person, form.employment.data, now=now)
        await judge_rest_of_hours(form, situation)
        return await hours_page(request, person, situation, form, 422)

    return await send_once(request, person, form, send, again, _("Je voorstel is verstuurd."))


@get("/absence/{spell:uuid}/hours")
async def show_proposal(request: Asked, person: Asker, now: Now, spell: FromPath[UUID]) -> Response[Any]:
    """What was proposed last, and what happens with it."""
    proposal = await latest_proposal(person, spell)
    situation = await situation_of(person, (await spell_of(person, spell)).employment, now=now)
    return page(
        request, "sickleave/proposal.html", proposal=proposal,
        told=shown.told_words(person, situation), **shown.around(person, situation),
    )  # fmt: skip


routes = [show_hours, send_hours, show_proposal]
