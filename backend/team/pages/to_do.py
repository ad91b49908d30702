"""Wat moet ik doen: one's own open actions over all dossiers, and hours that wait for a yes."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from functools import partial
from typing import Any
from uuid import UUID

from litestar import Request, Response, get, post
from litestar.params import FromPath, FromQuery
from litestar.types import ASGIApp

from backend.access.person import Person
from backend.dossier.action_change import judge_open
from backend.dossier.cancel_action import cancel_action
from backend.dossier.complete_action import complete_action
from backend.dossier.later_day import judge_later
from backend.dossier.own_actions import OwnAction, own_action, own_actions
from backend.dossier.postpone_action import postpone_action
from backend.foundation import clock
from backend.foundation.languages import gettext as _
from backend.foundation.refusal import NotFound
from backend.legal_calendar.change_step import Change, change_step
from backend.legal_calendar.forms import WAYS
from backend.legal_calendar.queries import step_of_action
from backend.live.concern import places_of
from backend.live.pages import list_stream
from backend.live.queries import word_of
from backend.sickleave.forms import ButtonForm
from backend.team.forms import CancelForm, DoneForm, PostponeForm
from backend.team.member import Proposal, open_proposals
from backend.team.pages.team import number
from backend.web.given import Asker, Now
from backend.web.page import judge_fields, page, redirect
from backend.web.sending import send_once

Asked = Request[Any, Any, Any]
Verb = Callable[[], Awaitable[str]]


@get("/to-do")
async def show_to_do(request: Asked, person: Asker, now: Now, changed: FromQuery[str] = "") -> Response[Any]:
    """What is open, late ones first. `changed` names the action that was just dealt with."""
    at = number(request.query_params.get("page", "1"))
    actions, more, proposals = await _to_do(person, at, now)
    return page(
        request, "team/to_do.html", actions=actions, more=more, page=at, proposals=proposals,
        changed=await _changed(person, changed, now), form=ButtonForm,
        since=word_of(actions, more, proposals),
    )  # fmt: skip


async def _to_do(person: Person, at: int, now: datetime) -> tuple[list[OwnAction], bool, list[Proposal]]:
    """A page of it: actions, whether there are more, and before them the hours that wait."""
    actions, more = await own_actions(person, now=now, page=at)
    return actions, more, await open_proposals(person, now=now) if at == 1 else []


@get("/live/to-do", is_activity=False, head=False)
async def follow_to_do(
    request: Asked, person: Asker, page: FromQuery[str] = "1", since: FromQuery[str] = ""
) -> ASGIApp:
    """Says that this page of it changed."""

    async def state(who: Person) -> str:
        return word_of(*await _to_do(who, number(page), clock.now()))

    return list_stream(request, person, state, since, places_of(person))


async def _changed(person: Person, named: str, now: datetime) -> OwnAction | None:
    try:
        return await own_action(person, UUID(named), now=now)
    except (ValueError, NotFound):
        return None


def action_page(request: Asked, action: OwnAction, status: int = 200, **forms: Any) -> Response[Any]:
    """One action with the three ways to deal with it; a form with errors is the one that stands open."""
    usual = {"done": DoneForm(), "postpone": PostponeForm(), "cancel": CancelForm()}
    opened = next(iter(forms), request.query_params.get("way", ""))
    return page(
        request, "team/action.html", status, action=action, opened=opened,
        later=max(action.due_on, action.today) + timedelta(days=1), **usual | forms,
    )  # fmt: skip


@get("/actions/{entry:uuid}")
async def show_action(request: Asked, person: Asker, now: Now, entry: FromPath[UUID]) -> Response[Any]:
    """One action: a word with it, put it off, or not needed. A step of the law has its own page."""
    action = await own_action(person, entry, now=now)
    if action.is_open and (step := await _step(person, action)):
        way = request.query_params.get("way", "")
        return redirect(f"/dossiers/{action.dossier}/steps/{step}{f'?way={way}' if way in WAYS else ''}")
    return action_page(request, action) if action.is_open else redirect(f"/to-do?changed={entry}")


async def _step(person: Person, action: OwnAction) -> UUID | None:
    return await step_of_action(person, action.id) if action.term is not None else None


async def _deal(
    request: Asked, person: Person, entry: UUID, now: datetime, verb: Verb, words: str, **forms: Any
) -> Response[Any]:
    """Deals with the action as the one form of `forms` says; a refusal shows the page with that form open."""
    action = await own_action(person, entry, now=now)

    (form,) = forms.values()

    async def again() -> Response[Any]:
        await judge_fields(form, partial(judge_open, action))
        if isinstance(form, PostponeForm):
            await judge_fields(
                form, due_on=lambda day: judge_later(action.due_on, action.today, day, "due_on")
            )
        return action_page(request, action, 422, **forms)

    return await send_once(request, person, form, verb, again, words)


@post("/actions/{entry:uuid}/done")
async def send_done(request: Asked, person: Asker, now: Now, entry: FromPath[UUID]) -> Response[Any]:
    """It is done."""
    form = DoneForm(await request.form())
    action = await own_action(person, entry, now=now)
    step = await _step(person, action)

    async def send() -> str:
        word, key = form.word.data or "", form.request_key.data
        if step is None:
            return await complete_action(person, entry, word, key, now=now)
        done, back = Change("done", word), f"/to-do?changed={entry}"
        return await change_step(person, action.dossier, step, done, key, now=now, back=back)

    return await _deal(request, person, entry, now, send, _("Gedaan."), done=form)


@post("/actions/{entry:uuid}/postponement")
async def send_postponement(request: Asked, person: Asker, now: Now, entry: FromPath[UUID]) -> Response[Any]:
    """It gets a later day."""
    form = PostponeForm(await request.form())

    async def send() -> str:
        day, reason = form.due_on.data, form.reason.data or ""
        return await postpone_action(person, entry, day, reason, form.request_key.data, now=now)

    return await _deal(request, person, entry, now, send, _("Uitgesteld."), postpone=form)


@post("/actions/{entry:uuid}/cancellation")
async def send_cancellation(request: Asked, person: Asker, now: Now, entry: FromPath[UUID]) -> Response[Any]:
    """It is not needed."""
    form = CancelForm(await request.form())

    async def send() -> str:
        return await cancel_action(person, entry, form.reason.data or "", form.request_key.data, now=now)

    return await _deal(request, person, entry, now, send, _("Niet nodig."), cancel=form)


routes = [show_to_do, follow_to_do, show_action, send_done, send_postponement, send_cancellation]
