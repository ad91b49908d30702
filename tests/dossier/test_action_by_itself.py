"""The page of one action says what the timeline says of it: how it stands, by when and who does it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from backend.dossier.lifecycle import open_dossier
from backend.dossier.publish import publish
from backend.dossier.tables import Action
from backend.foundation import clock
from backend.foundation.database import execute
from backend.foundation.words import day_words
from tests.cast import NOW, Cast
from tests.conftest import Client

TODAY = clock.day_in("Europe/Amsterdam", clock.now())
PEOPLE = ("anna", "bram", "carla")


async def asked(cast: Cast, days: int, *, audience: str = "shared") -> str:
    """The address of an action for Anna's manager, so many days from today."""
    assert cast.anna.employment
    dossier = await open_dossier(cast.anna.employment, TODAY, now=NOW)
    entry = await publish(
        dossier, "action", now=NOW, author_name="Carla Claes", author_role="case_manager", title="Bellen",
        audience=audience,
    )  # fmt: skip
    await Action.insert(
        Action(
            entry=entry, assignee=cast.bram_as_manager, assignee_role="manager",
            due_on=TODAY + timedelta(days=days),
        )
    )  # fmt: skip
    return f"/dossiers/{dossier}/actions/{entry}"


@pytest.mark.parametrize(("days", "stands"), [(1, "<b>Open</b>"), (0, "<b>Open</b>"), (-1, "Te laat</b>")])
async def test_it_says_by_when_and_who_does_it(
    database: Cast, client_of: Client, days: int, stands: str
) -> None:
    address = await asked(database, days)
    day, entry = day_words(TODAY + timedelta(days=days), TODAY), address.rsplit("/", 1)[1]
    for name in PEOPLE:
        read = (await (await client_of(database.everyone()[name])).get(address)).text
        who = "jou" if name == "bram" else "Bram Bos, leidinggevende"
        assert f"{stands}<br>\nUiterlijk {day}&nbsp;· voor {who}</p>" in read, name
        assert (f'href="/actions/{entry}">Zeg hoe het ging' in read) is (name == "bram"), name
    own = (await (await client_of(database.bram)).get(f"/actions/{entry}")).text
    assert f"Uiterlijk {day}&nbsp;· voor jou" in own
    assert ("Te laat</b>" in own) is (days < 0)


@pytest.mark.parametrize(
    ("change", "stands"),
    [
        ("done_at = now()", f"Gedaan op {day_words(TODAY, TODAY)}</b>"),
        ("cancelled_at = now()", "<b>Vervallen</b>"),
        ("cancelled_at = now(), withdrawn_by = $1", "<b>Ingetrokken</b>"),
    ],
)
async def test_what_is_over_is_not_late(database: Cast, client_of: Client, change: str, stands: str) -> None:
    address = await asked(database, -1)
    given = [database.bram.account] if "$1" in change else []
    await execute(f"UPDATE action SET {change}", *given)
    for name in PEOPLE:
        read = (await (await client_of(database.everyone()[name])).get(address)).text
        assert stands in read and "Te laat" not in read and "Zeg hoe het ging" not in read, name


async def test_what_is_medical_stays_hidden_from_the_employers_side(
    database: Cast, client_of: Client
) -> None:
    address = await asked(database, 1, audience="medical")
    for name in ("bram", "carla", "hanna", "ada"):
        assert (await (await client_of(database.everyone()[name])).get(address)).status_code == 404, name
    assert "<b>Open</b><br>\nUiterlijk" in (await (await client_of(database.anna)).get(address)).text
