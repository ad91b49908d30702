"""Mijn team: who is away, who came back, who is in; and one person of it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from litestar import Request, Response, get
from litestar.params import FromPath, FromQuery
from litestar.types import ASGIApp

from backend.access.person import Person
from backend.access.roles import Role
from backend.access.scopes import helps
from backend.foundation import clock
from backend.foundation.refusal import NotFound
from backend.live.concern import places_of
from backend.live.pages import list_stream
from backend.live.queries import word_of
from backend.sickleave.forms import ButtonForm
from backend.sickleave.shown import optional_answers
from backend.sickleave.situation import situation_for
from backend.team import shown
from backend.team.look_at import look_at
from backend.team.member import may_withdraw, member
from backend.team.queries import team
from backend.web.given import Asker, Now
from backend.web.htmx import page_or_part
from backend.web.page import page, redirect

Asked = Request[Any, Any, Any]
LONGEST = 80


@get("/team")
async def show_team(
    request: Asked, person: Asker, now: Now, q: FromQuery[str] = "", page: FromQuery[str] = "1"
) -> Response[Any]:
    """The whole team, or who has the name that is searched for; the list alone for htmx, while one types."""
    if not helps(person, Role.MANAGER):
        raise NotFound
    named = q.strip()[:LONGEST]
    found = await team(person, now=now, named=named, page=number(page))
    if found.page > 1 and not found.mates:
        return redirect("/team")
    return page_or_part(
        request, "team/team.html", "team/_people.html", team=found, named=named,
        cards={mate.id: shown.card(mate) for mate in found.mates},
        guides=[shown.guide(one) for one in found.guides], since=word_of(found),
    )  # fmt: skip


@get("/live/team", is_activity=False, head=False)
async def follow_team(
    request: Asked,
    person: Asker,
    q: FromQuery[str] = "",
    page: FromQuery[str] = "1",
    since: FromQuery[str] = "",
) -> ASGIApp:
    """Says that this page of the team changed. 404 for who has none."""

    async def state(who: Person) -> str:
        if not helps(who, Role.MANAGER):
            raise NotFound
        return word_of(await team(who, now=clock.now(), named=q.strip()[:LONGEST], page=number(page)))

    if not helps(person, Role.MANAGER):
        raise NotFound
    return list_stream(request, person, state, since, places_of(person, Role.MANAGER))


def number(text: str) -> int:
    """A page's number; whatever is none is the first."""
    return (
        min(int(text), 10_000)
        if text.isascii() and text.isdecimal() and 0 < len(text) < 6 and int(text)
        else 1
    )


@get("/team/{employment:uuid}", head=False)
async def show_member(request: Asked, person: Asker, now: Now, employment: FromPath[UUID]) -> Response[Any]:
    """How things stand with one person, whom to call, and what may be reported for them."""
    situation = await situation_for(person, employment, now=now)
    found = await member(person, situation)
    await look_at(person, situation, found, now=now)
    return page(
        request, "team/member.html", situation=situation, member=found, name=situation.name,
        away=situation.away, stands=shown.member_status(situation), today=situation.today,
        done=shown.done_words(situation, found), rows=optional_answers(found.answers, shown.LABELS),
        contacts=shown.contacts(situation, found, person.account_id), form=ButtonForm(),
        dossiers=found.dossiers, is_manager=helps(person, Role.MANAGER),
        may_withdraw=may_withdraw(situation, found),
    )  # fmt: skip


routes = [show_team, follow_team, show_member]
