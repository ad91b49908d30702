"""A calendar that is laid out while something changes follows that, and waits for nobody in a circle."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest

from backend.foundation.database import execute, fetch, fetch_value
from backend.foundation.refusal import Refused
from backend.foundation.tokens import new_id
from backend.legal_calendar.change_step import Change, change_step
from backend.legal_calendar.lay_out import lay_out
from backend.legal_calendar.set_protocol import OwnStep, add_step, end_step, remind_before, switch_term
from tests.cast import Cast, person_of
from tests.legal_calendar.steps import kept, morning, planned, recovered_on, sick_on
from tests.meanwhile import Doing, meanwhile

MONDAY = date(2026, 1, 5)
NOW = morning(MONDAY)
OWN = OwnStep("Bellen", "manager", 1, None)


async def sets(cast: Cast, how: str) -> None:
    """The administrator changes what the bakery asks."""
    ada = await person_of(cast.helpers["ada"], now=NOW)
    if how == "a step":
        await add_step(ada, cast.bakery, OWN, now=NOW)
    elif how == "a term":
        await switch_term(ada, cast.bakery, "second_track", off=True, now=NOW)
    else:
        await remind_before(ada, cast.bakery, 9, now=NOW)


@pytest.mark.parametrize("known", [False, True])
@pytest.mark.parametrize("first", ["laid out", "set"])
@pytest.mark.parametrize("how", ["a step", "a term", "days"])
async def test_what_an_employer_asks_is_set_meanwhile(
    database: Cast, first: str, how: str, known: bool
) -> None:
    dossier = await sick_on(database.anna, MONDAY)
    if known:
        await kept(MONDAY)
        await execute("UPDATE calendar SET laid_out_for = 'else'")
    laid_out, set_ = lay_out(dossier, now=NOW), sets(database, how)
    async with meanwhile(*((laid_out, set_) if first == "laid out" else (set_, laid_out))):
        pass
    if first == "laid out":
        assert await fetch_value("SELECT laid_out_for FROM calendar") == "", "the worker comes by once more"
    await kept(MONDAY)
    as_it_is = await planned(dossier)
    await lay_out(dossier, now=NOW)
    assert await planned(dossier) == as_it_is
    assert how != "a step" or any(day == date(2026, 1, 6) for day in as_it_is.values())


async def test_a_step_ends_after_whatever_else_is_set(database: Cast) -> None:
    await sets(database, "a step")
    step, ada = await fetch_value("SELECT id FROM protocol_step"), await person_of(database.helpers["ada"])
    taken = execute("SELECT FROM employer WHERE id = $1 FOR NO KEY UPDATE", database.bakery)
    async with meanwhile(taken, end_step(ada, step, now=NOW)):
        await execute("SELECT FROM protocol_step WHERE id = $1 FOR UPDATE", step)
    assert await fetch_value("SELECT ended_on FROM protocol_step") == MONDAY


async def test_steps_are_taken_in_the_same_order_by_all(database: Cast) -> None:
    dossier = await sick_on(database.anna, MONDAY)
    await kept(MONDAY)
    ids = [row["id"] for row in await fetch("SELECT id FROM calendar_step WHERE done_at IS NULL ORDER BY id")]
    for id in ids[-2::-1]:  # as they lie, the last comes first
        await execute("UPDATE calendar_step SET action = NULL WHERE id = $1", id)
    await execute("VACUUM FULL calendar_step")
    await recovered_on(database.anna, MONDAY)
    locks = "SELECT FROM calendar_step WHERE id = $1 FOR KEY SHARE"
    async with meanwhile(execute(locks, ids[0]), lay_out(dossier, now=NOW)):
        for id in ids[1:]:
            await execute(locks, id)
    assert await fetch_value("SELECT count(*) FROM calendar_step WHERE action IS NULL") < len(ids)


async def test_a_step_is_put_off_twice(database: Cast) -> None:
    dossier = await sick_on(database.anna, MONDAY)
    await kept(date(2026, 2, 16))
    step: UUID = await fetch_value("SELECT id FROM calendar_step WHERE term = 'action_plan'")

    async def puts_off(day: int) -> None:
        bram, change = await person_of(database.bram), Change("postponed", "Vakantie.", date(2026, 3, day))
        await change_step(bram, dossier, step, change, new_id(), now=morning(date(2026, 2, 16)))

    both: tuple[Doing, Doing] = puts_off(20), puts_off(10)
    with pytest.raises(ExceptionGroup) as refused:
        async with meanwhile(*both):
            pass
    assert refused.group_contains(Refused)
    assert await fetch_value("SELECT max(due_on) FROM action WHERE term = 'action_plan'") == date(2026, 3, 20)
