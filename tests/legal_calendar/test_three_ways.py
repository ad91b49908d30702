"""The same three ways deal with what is to do, whether the law asks it or a person; a step of the law has a
page of its own, which opens with the way that was chosen."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest

from backend.dossier.publish import publish
from backend.dossier.tables import Action
from tests.cast import Cast
from tests.conftest import Client
from tests.legal_calendar.steps import actions, kept, morning, sick_on
from tests.legal_calendar.test_change_step import DAY, MONDAY, step_of

OPEN = r'<details class="fold" open>\s*<summary>([^<]+)</summary>'


@pytest.fixture
async def plan(database: Cast) -> tuple[UUID, UUID]:
    """The dossier, and the action of the action plan: Bram's by the law."""
    dossier = await sick_on(database.anna, MONDAY)
    await kept(DAY)
    return dossier, (await actions(dossier))[1]["entry"]


def ways(page: str, entry: Any) -> list[str]:
    """What one can press in its card."""
    card = page.split(f'id="action-{entry}"')[1].split("</li>")[0]
    buttons = re.findall(r"<button[^>]*>([^<]+)<", card)
    return buttons + re.findall(rf'<a href="/actions/{entry}[^"]*">([^<]+)<span', card)


async def test_the_list_offers_the_same_three_for_both(
    client_of: Client, database: Cast, plan: tuple[UUID, UUID]
) -> None:
    dossier, step = plan
    asked = await publish(
        dossier,
        "action",
        now=morning(DAY),
        author_name="Carla Claes",
        author_role="case_manager",
        title="Bel",
    )
    await Action.insert(Action(entry=asked, assignee=None, assignee_role="manager", due_on=DAY))
    page = (await (await client_of(database.bram)).get("/to-do")).text
    for entry in (step, asked):
        assert ways(page, entry) == ["Gedaan", "Uitstellen", "Niet nodig"]


async def test_the_page_of_a_step_opens_with_the_way_that_was_chosen(
    client_of: Client, database: Cast, plan: tuple[UUID, UUID]
) -> None:
    dossier, entry = plan
    bram = await client_of(database.bram)
    here = f"/dossiers/{dossier}/steps/{await step_of(dossier, 'action_plan')}"
    for way, opened in (("postpone", "Uitstellen"), ("cancel", "Niet nodig")):
        answer = await bram.get(f"/actions/{entry}?way={way}")
        assert answer.headers["location"] == f"{here}?way={way}"
        assert re.findall(OPEN, (await bram.get(answer.headers["location"])).text) == [opened]
    for way in ("", "done", "reopened", "x&y"):
        answer = await bram.get(f"/actions/{entry}", params={"way": way})
        assert answer.headers["location"] == here, "what means nothing goes no further"
        assert not re.findall(OPEN, (await bram.get(here, params={"way": way})).text), way


async def test_the_employee_is_not_offered_what_the_law_does_not_leave_to_them(
    client_of: Client, database: Cast
) -> None:
    dossier = await sick_on(database.anna, MONDAY)
    await kept(date(2026, 1, 5) + timedelta(weeks=91))
    own = [one["entry"] for one in await actions(dossier) if one["assignee_role"] == "employee"]
    anna = await client_of(database.anna)
    page = (await anna.get("/to-do")).text
    assert own and all(ways(page, entry) == ["Gedaan", "Zeg hoe het ging"] for entry in own)
    step = await anna.get(f"/actions/{own[0]}?way=postpone", follow_redirects=True)
    assert step.status_code == 200 and not re.findall(OPEN, step.text)
