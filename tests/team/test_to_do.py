"""Wat moet ik doen: one's own open actions, done, put off or not needed, for the employee to read."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import product
from uuid import UUID

import pytest

from backend.dossier.cancel_action import cancel_action
from backend.dossier.complete_action import complete_action
from backend.dossier.lifecycle import open_dossier
from backend.dossier.own_actions import own_action, own_actions
from backend.dossier.postpone_action import postpone_action
from backend.dossier.publish import publish
from backend.dossier.tables import Action
from backend.foundation.clock import day_in
from backend.foundation.clock import now as real_now
from backend.foundation.database import execute, fetch, fetch_one
from backend.foundation.refusal import NotFound, Refused
from backend.foundation.tokens import new_id
from tests.cast import NOW, Cast, Member, person_of
from tests.conftest import Client
from tests.sickleave.steps import events
from tests.to_mend import to_mend

TODAY = NOW.date()


async def action(
    member: Member,
    role: str,
    due: date,
    *,
    audience: str = "shared",
    title: str = "Bellen",
    assignee: UUID | None = None,
) -> UUID:
    """An action in a dossier of its own."""
    assert member.employment
    dossier = await open_dossier(member.employment, TODAY, now=NOW)
    entry = await publish(
        dossier, "action", now=NOW, author_name="Carla Claes", author_role="case_manager", title=title,
        audience=audience,
    )  # fmt: skip
    await Action.insert(Action(entry=entry, assignee=assignee, assignee_role=role, due_on=due))
    return entry


async def of(cast: Cast, who: str) -> list[UUID]:
    """What is somebody's to do, in order."""
    return [one.id for one in (await own_actions(await person_of(cast.everyone()[who]), now=NOW))[0]]


async def test_late_ones_first_over_all_dossiers(database: Cast) -> None:
    soon = await action(database.anna, "manager", TODAY + timedelta(days=3))
    late = await action(database.daan, "manager", TODAY - timedelta(days=3))
    today = await action(database.fien, "manager", TODAY)
    assert await of(database, "bram") == [late, today, soon]


async def test_an_action_is_of_who_has_its_role_towards_the_employee(database: Cast) -> None:
    manager = await action(database.anna, "manager", TODAY, assignee=database.hanna_as_manager)
    guide = await action(database.anna, "case_manager", TODAY)
    doctor = await action(database.anna, "company_doctor", TODAY, audience="medical")
    own = await action(database.anna, "employee", TODAY)
    school = await action(database.eva, "manager", TODAY)
    other = await action(database.kees, "case_manager", TODAY)
    assert await of(database, "bram") == [manager], "given to the former manager, hers no longer"
    assert await of(database, "hanna") == []
    assert await of(database, "carla") == [guide]
    assert await of(database, "dirk") == [doctor]
    assert await of(database, "anna") == [own]
    assert await of(database, "wim") == [school]
    assert await of(database, "lars") == [other]
    assert await of(database, "ada") == await of(database, "daan") == await of(database, "lena") == []


async def test_a_medical_action_is_not_for_who_may_not_read_it(database: Cast) -> None:
    await action(database.anna, "manager", TODAY, audience="medical")
    assert await of(database, "bram") == []


async def test_done_with_one_button(database: Cast, client_of: Client) -> None:
    entry = await action(database.anna, "manager", day_in("Europe/Amsterdam", real_now()))
    bram = await client_of(database.bram)
    page = (await bram.get("/to-do")).text
    assert "Bellen" in page and "Dossier van Anna Aalbers" in page and f"/actions/{entry}/done" in page
    key = {"request_key": str(new_id())}
    for _twice in range(2):
        answer = await bram.post(f"/actions/{entry}/done", data=key)
        assert answer.headers["location"] == f"/to-do?changed={entry}"
    page = (await bram.get(answer.headers["location"])).text
    assert "Afgerond: Bellen" in page and f"/actions/{entry}/done" not in page
    assert await events() == ["action:done"]
    anna = await client_of(database.anna)
    dossier = (await fetch_one("SELECT dossier FROM entry WHERE id = $1", entry) or {})["dossier"]
    read = (await anna.get(f"/dossiers/{dossier}")).text
    assert "Gedaan: Bellen" in read and "Bram Bos, leidinggevende" in read and "Gedaan op" in read


async def test_done_with_a_word(database: Cast) -> None:
    entry, bram = await action(database.anna, "manager", TODAY), await person_of(database.bram)
    await complete_action(bram, entry, "We spreken elkaar vrijdag.", new_id(), now=NOW)
    row = await fetch_one("SELECT * FROM action WHERE entry = $1", entry)
    assert row and (row["word"], row["done_by"], row["done_at"]) == (
        "We spreken elkaar vrijdag.", database.bram.account, NOW,
    )  # fmt: skip
    change = await fetch_one("SELECT * FROM entry WHERE kind = 'change'")
    assert change and change["body"] == "We spreken elkaar vrijdag." and change["author_role"] == "manager"


async def test_put_off_with_a_reason_and_the_first_day_stays_known(database: Cast) -> None:
    entry, bram = await action(database.anna, "manager", TODAY), await person_of(database.bram)
    for days in (2, 4):
        await postpone_action(bram, entry, TODAY + timedelta(days=days), "Vakantie.", new_id(), now=NOW)
    row = await fetch_one("SELECT * FROM action WHERE entry = $1", entry)
    assert row and (row["due_on"], row["postponed_from"], row["reason"]) == (
        TODAY + timedelta(days=4), TODAY, "Vakantie.",
    )  # fmt: skip
    assert (await own_action(bram, entry, now=NOW)).is_open
    assert await events() == ["action:postponed"] * 2


@pytest.mark.parametrize(
    ("days", "reason", "field"),
    [
        (0, "Vakantie.", "due_on"),
        (-1, "Vakantie.", "due_on"),
        (366, "Vakantie.", "due_on"),
        (2, "", "reason"),
    ],
)
async def test_put_off_needs_a_later_day_and_a_reason(
    database: Cast, days: int, reason: str, field: str
) -> None:
    entry, bram = await action(database.anna, "manager", TODAY), await person_of(database.bram)
    with pytest.raises(Refused) as refused:
        await postpone_action(bram, entry, TODAY + timedelta(days=days), reason, new_id(), now=NOW)
    assert refused.value.field == field
    assert not await events() and not await fetch("SELECT FROM entry WHERE kind = 'change'")


async def test_a_missing_reason_and_an_impossible_day_are_both_told(
    database: Cast, client_of: Client
) -> None:
    entry = await action(database.anna, "manager", day_in("Europe/Amsterdam", real_now()))
    bram, key = await client_of(database.bram), {"request_key": str(new_id())}
    for day in ("2020-01-01", "2099-01-01", "31-02-2026", ""):
        answer = await bram.post(f"/actions/{entry}/postponement", data=key | {"due_on": day})
        assert to_mend(answer) == ["due_on", "why-later"]
        assert f'value="{day}"' in answer.text, "what was typed is still there"
    assert not await events()


async def test_of_an_action_that_is_done_nothing_is_to_be_mended(database: Cast, client_of: Client) -> None:
    entry = await action(database.anna, "manager", day_in("Europe/Amsterdam", real_now()))
    bram, key = await client_of(database.bram), {"request_key": str(new_id())}
    assert (await bram.post(f"/actions/{entry}/done", data=key)).status_code == 303
    for way, day, reason in product(
        ("postponement", "cancellation", "done"), ("2020-01-01", ""), ("", "x", "x" * 1001)
    ):
        given = {"request_key": str(new_id()), "due_on": day, "reason": reason, "word": reason}
        answer = await bram.post(f"/actions/{entry}/{way}", data=given)
        assert to_mend(answer) == [] and "Deze actie is al afgerond." in answer.text
        assert reason in answer.text, "what was typed is still there"


async def test_not_needed_with_a_reason(database: Cast, client_of: Client) -> None:
    entry = await action(database.anna, "manager", day_in("Europe/Amsterdam", real_now()))
    bram = await client_of(database.bram)
    key = {"request_key": str(new_id())}
    empty = await bram.post(f"/actions/{entry}/cancellation", data=key)
    assert empty.status_code == 422 and "Schrijf waarom dit niet nodig is." in empty.text
    await bram.post(f"/actions/{entry}/cancellation", data=key | {"reason": "Anna is er weer."})
    row = await fetch_one("SELECT * FROM action WHERE entry = $1", entry)
    assert row and row["cancelled_at"] and row["reason"] == "Anna is er weer." and row["done_at"] is None
    assert await events() == ["action:cancelled"]


async def test_what_is_dealt_with_stays_so(database: Cast) -> None:
    entry, bram = await action(database.anna, "manager", TODAY), await person_of(database.bram)
    await cancel_action(bram, entry, "Niet meer.", new_id(), now=NOW)
    later = TODAY + timedelta(days=2)
    with pytest.raises(Refused):
        await complete_action(bram, entry, "", new_id(), now=NOW)
    with pytest.raises(Refused):
        await postpone_action(bram, entry, later, "Later.", new_id(), now=NOW)
    assert await events() == ["action:cancelled"]


@pytest.mark.parametrize("who", ["anna", "daan", "hanna", "carla", "dirk", "ada", "wim", "karin"])
async def test_another_does_not_deal_with_it(database: Cast, client_of: Client, who: str) -> None:
    entry = await action(database.anna, "manager", TODAY)
    client = await client_of(database.everyone()[who])
    assert (await client.get(f"/actions/{entry}")).status_code == 404
    for way in ("done", "postponement", "cancellation"):
        data = {"request_key": str(new_id()), "reason": "x", "due_on": "2027-01-01"}
        assert (await client.post(f"/actions/{entry}/{way}", data=data)).status_code == 404
    with pytest.raises(NotFound):
        await own_action(await person_of(database.everyone()[who]), entry, now=NOW)
    assert "Bellen" not in (await client.get(f"/to-do?changed={entry}")).text


async def test_what_is_said_about_a_medical_action_stays_medical(database: Cast) -> None:
    entry = await action(database.anna, "company_doctor", TODAY, audience="medical")
    await complete_action(await person_of(database.helpers["dirk"]), entry, "Gezien.", new_id(), now=NOW)
    change = await fetch_one("SELECT audience FROM entry WHERE kind = 'change'")
    assert change and change["audience"] == "medical"


async def test_nothing_to_do_says_so(database: Cast, client_of: Client) -> None:
    assert "Je hoeft nu niets te doen." in (await (await client_of(database.bram)).get("/to-do")).text


async def test_many_are_a_page_at_a_time(database: Cast, client_of: Client) -> None:
    for _number in range(51):
        await action(database.anna, "manager", TODAY)
    bram = await client_of(database.bram)
    assert (await bram.get("/to-do")).text.count(">Bellen</a></h3>") == 50
    assert (await bram.get("/to-do?page=2")).text.count(">Bellen</a></h3>") == 1
    await execute("UPDATE action SET done_at = $1", NOW)
    assert "Bellen" not in (await bram.get("/to-do")).text
