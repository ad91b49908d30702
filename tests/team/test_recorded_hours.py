"""Hours that were agreed by talking, written down for the employee to read and to answer."""

from __future__ import annotations

import json
from datetime import date, timedelta
from decimal import Decimal
from itertools import product
from typing import Any
from uuid import UUID

import pytest

from backend.foundation.clock import day_in
from backend.foundation.clock import now as real_now
from backend.foundation.database import execute, fetch_one, fetch_value
from backend.foundation.refusal import NotFound, Refused
from backend.foundation.tokens import new_id
from backend.sickleave.answers import SickReport
from backend.sickleave.confirm_hours import confirm_hours
from backend.sickleave.propose_hours import Proposal
from backend.sickleave.record_hours import record_hours
from backend.sickleave.refuse_hours import refuse_hours
from backend.sickleave.report_sick import report_sick
from backend.sickleave.terms import RECORDINGS_A_DAY
from tests.access.test_table import PLACES
from tests.cast import NOW, Cast, Member, person_of
from tests.conftest import Client
from tests.sickleave.steps import counts, events, falls_sick, promised, recovers
from tests.team.test_hours import proposes
from tests.to_mend import to_mend

TODAY = NOW.date()
LATEST = "SELECT id FROM partial_recovery ORDER BY proposed_at DESC, id DESC LIMIT 1"


async def records(
    cast: Cast, member: Member, hours: str = "10", *, who: str = "bram", day: date = TODAY, **more: Any
) -> str:
    """Bram, or somebody else, writes agreed hours down, having seen the latest."""
    assert member.employment
    person = await person_of(cast.everyone()[who])
    agreed = Proposal(member.employment, day, Decimal(hours), "De ochtenden.")
    given = {"instead_of": await fetch_value(LATEST)} | more
    return await record_hours(person, agreed, new_id(), now=NOW, **given)


async def facts() -> dict[str, Any]:
    """What the timeline keeps of the last change."""
    found = await fetch_value("SELECT facts FROM entry WHERE kind = 'change' ORDER BY id DESC LIMIT 1")
    kept: dict[str, Any] = json.loads(found)
    return kept


@pytest.mark.parametrize("who", ["bram", "anna"])
async def test_an_impossible_day_and_impossible_hours_are_both_told(
    database: Cast, client_of: Client, who: str
) -> None:
    now = real_now()
    await falls_sick(database.anna, day_in("Europe/Amsterdam", now), now=now)
    client, own = await client_of(database.everyone()[who]), str(database.anna.employment)
    address = {"bram": f"/team/{own}/hours", "anna": "/absence/hours"}[who]
    key = {"request_key": str(new_id()), "employment": own}
    for day, hours in product(("2020-01-01", "2099-01-01", "31-02-2026", ""), ("0", "61", "")):
        answer = await client.post(address, data=key | {"starts_on": day, "hours_a_week": hours})
        assert to_mend(answer) == ["starts_on", "hours_a_week"]
        assert f'value="{day}"' in answer.text and f'value="{hours}"' in answer.text
    assert not await fetch_value("SELECT count(*) FROM partial_recovery")


@pytest.mark.parametrize("who", ["bram", "anna"])
async def test_who_is_not_sick_any_more_is_not_asked_to_mend_the_hours(
    database: Cast, client_of: Client, who: str
) -> None:
    client, own = await client_of(database.everyone()[who]), str(database.anna.employment)
    address = {"bram": f"/team/{own}/hours", "anna": "/absence/hours"}[who]
    given = {"request_key": str(new_id()), "employment": own, "hours_a_week": "0"}
    for day, too_long in product((str(real_now().date()), "2020-01-01", "31-02-2026", ""), ("", "x" * 1001)):
        said = {"starts_on": day, "explanation": too_long, "word": too_long}
        answer = await client.post(address, data=given | said)
        assert to_mend(answer) == [] and "nu niet ziek gemeld" in answer.text
        assert too_long in answer.text, "what was typed is still there"


async def test_other_hours_stand_and_the_timeline_says_from_which_to_which(
    database: Cast, client_of: Client
) -> None:
    now = real_now()
    today = day_in("Europe/Amsterdam", now)
    spell = await falls_sick(database.anna, today, now=now)
    proposal = await proposes(database.anna, 12, now=now)
    bram, anna = await client_of(database.bram), await client_of(database.anna)
    address = f"/team/{database.anna.employment}/hours"
    for page in ("/to-do", f"/team/{database.anna.employment}"):
        assert f'href="{address}"' in (await bram.get(page)).text
    form = (await bram.get(address)).text
    assert "Andere uren afgesproken" in form and "12 uur per week" in form and str(proposal) in form
    key = {"request_key": str(new_id()), "instead_of": str(proposal), "starts_on": today.isoformat(),
           "hours_a_week": "7,5", "word": "Twee ochtenden."}  # fmt: skip
    for _twice in range(2):
        answer = await bram.post(address, data=key)
        assert answer.headers["location"] == f"/team/{database.anna.employment}"
    row = await fetch_one("SELECT * FROM partial_recovery WHERE recorded")
    assert row and row["confirmed_by"] == row["proposed_by"] == database.bram.account
    assert await fetch_value("SELECT count(*) FROM partial_recovery") == 2
    assert (await events())[-1] == "partial_recovery:recorded"
    told = [subject for notice, subject in await promised() if notice == "hours_recorded"]
    assert told == [{"spell": str(spell), "partial_recovery": str(row["id"])}]
    assert "Uren om af te spreken" not in (await bram.get("/to-do")).text, "the proposal waits no more"
    assert "Afgesproken in een gesprek" in (await bram.get(f"/team/{database.anna.employment}")).text
    read = (await anna.get("/")).text
    assert "Andere uren afgesproken" in read and "7,5 uur per week" in read and "Twee ochtenden." in read
    assert "Voorgesteld was 12 uur per week." in read and "Bram Bos, leidinggevende" in read
    own = (await anna.get(f"/absence/{spell}/hours")).text
    assert "Bram Bos schreef op wat jullie samen hebben besproken." in own
    assert 'href="/absence/hours"' in own
    assert "Bram Bos schreef op wat jullie hebben afgesproken" in (await anna.get("/absence/hours")).text


async def test_hours_can_be_agreed_before_anything_was_proposed(database: Cast, client_of: Client) -> None:
    assert database.gijs.employment
    report = SickReport(database.gijs.employment, TODAY, Decimal(0))
    await report_sick(await person_of(database.bram), report, new_id(), now=NOW, for_another=True)
    assert await records(database, database.gijs) == f"/team/{database.gijs.employment}"
    kept = await facts()
    assert kept["what"] == "hours_recorded" and "agreed" not in kept and "proposed" not in kept
    assert "hours_recorded" in [notice for notice, _ in await promised()], "mailed without an account too"


async def test_what_stood_and_what_was_proposed_since_are_both_kept(database: Cast) -> None:
    await falls_sick(database.anna)
    bram = await person_of(database.bram)
    await confirm_hours(bram, await proposes(database.anna, 12), new_id(), now=NOW)
    await records(database, database.anna, "10")
    assert Decimal((await facts())["agreed"]) == 12 and "proposed" not in await facts()
    await refuse_hours(bram, await proposes(database.anna, 20), "", new_id(), now=NOW)
    await records(database, database.anna, "16")
    kept = await facts()
    assert (Decimal(kept["agreed"]), Decimal(kept["proposed"])) == (10, 20)


async def test_the_employee_answers_by_proposing_anew(database: Cast) -> None:
    await falls_sick(database.anna)
    await records(database, database.anna)
    bram = await person_of(database.bram)
    await confirm_hours(bram, await proposes(database.anna, 8), new_id(), now=NOW)
    last = await fetch_one("SELECT * FROM partial_recovery ORDER BY proposed_at DESC, id DESC LIMIT 1")
    assert last and last["hours_a_week"] == 8 and not last["recorded"]


async def test_what_came_in_meanwhile_is_not_passed_over(database: Cast, client_of: Client) -> None:
    await falls_sick(database.anna, day_in("Europe/Amsterdam", real_now()), now=real_now())
    bram = await client_of(database.bram)
    address = f"/team/{database.anna.employment}/hours"
    proposal = await proposes(database.anna, 9, now=real_now())
    today = day_in("Europe/Amsterdam", real_now()).isoformat()
    key = {"request_key": str(new_id()), "instead_of": "", "starts_on": today, "hours_a_week": "7,5"}
    answer = await bram.post(address, data=key)
    assert answer.status_code == 422 and "Kijk eerst wat er nu staat" in answer.text
    assert "9 uur per week" in answer.text and 'value="7,5"' in answer.text
    assert f'value="{proposal}"' in answer.text, "what stands now has been seen now"
    assert (await bram.post(address, data=key | {"instead_of": str(proposal)})).status_code == 303


@pytest.mark.parametrize(
    ("hours", "day", "why"),
    [
        ("0", TODAY, "meer dan 0"),
        ("60.25", TODAY, "meer dan 0"),
        ("7.1", TODAY, "kwartieren"),
        ("10", TODAY - timedelta(days=1), "is ziek gemeld sinds"),
        ("10", TODAY + timedelta(days=43), "Zo ver vooruit"),
    ],
)
async def test_the_rules_of_the_employees_own_form_hold(
    database: Cast, hours: str, day: date, why: str
) -> None:
    await falls_sick(database.anna)
    before = await counts()
    with pytest.raises(Refused, match=why):
        await records(database, database.anna, hours, day=day)
    assert await counts() == before


async def test_no_hours_for_who_recovered_or_left_or_twice_the_same(
    database: Cast, client_of: Client
) -> None:
    await falls_sick(database.anna)
    await records(database, database.anna)
    with pytest.raises(Refused, match="al zo afgesproken"):
        await records(database, database.anna)
    await recovers(database.anna, TODAY)
    with pytest.raises(Refused, match="nu niet ziek gemeld"):
        await records(database, database.anna, "8")
    await falls_sick(database.daan)
    await execute("UPDATE employment SET left_on = $2 WHERE id = $1", database.daan.employment, TODAY)
    with pytest.raises(Refused, match="niet meer in dienst"):
        await records(database, database.daan)
    bram = await client_of(database.bram)
    for member in (database.anna, database.daan):
        address = f"/team/{member.employment}"
        assert (await bram.get(f"{address}/hours")).headers["location"] == address
        assert f"{address}/hours" not in (await bram.get(address)).text


async def test_an_employer_that_wants_no_proposals_may_still_agree(database: Cast) -> None:
    await execute("UPDATE employer_settings SET allow_partial_recovery = false")
    await falls_sick(database.anna)
    with pytest.raises(Refused):
        await proposes(database.anna)
    await records(database, database.anna)
    assert await fetch_value("SELECT count(*) FROM partial_recovery WHERE recorded") == 1


async def test_so_many_times_a_day_and_apart_from_what_the_employee_proposes(database: Cast) -> None:
    await falls_sick(database.anna)
    for hours in range(RECORDINGS_A_DAY):
        await records(database, database.anna, str(hours + 1))
    with pytest.raises(Refused, match="vandaag al"):
        await records(database, database.anna, "20")
    await proposes(database.anna)


@pytest.mark.parametrize("who", ["anna", "daan", "hanna", "wim", "dirk", "ada", "karin", "lars", "lena"])
async def test_hours_are_not_recorded_by_another(database: Cast, client_of: Client, who: str) -> None:
    await falls_sick(database.anna)
    with pytest.raises(NotFound):
        await records(database, database.anna, who=who)
    client = await client_of(database.everyone()[who])
    address = f"/team/{database.anna.employment}/hours"
    assert (await client.get(address)).status_code == 404
    key = {"request_key": str(new_id()), "starts_on": TODAY.isoformat(), "hours_a_week": "8"}
    assert (await client.post(address, data=key)).status_code == 404


async def test_a_case_manager_may_and_who_is_their_own_manager_may_not(database: Cast) -> None:
    await falls_sick(database.anna)
    await records(database, database.anna, who="carla")
    role = "SELECT author_role FROM entry WHERE kind = 'change' AND author = $1"
    assert await fetch_value(role, database.helpers["carla"].account) == "case_manager"
    await falls_sick(database.bram)
    with pytest.raises(NotFound):
        await records(database, database.bram, instead_of=None)


async def test_recorded_hours_in_the_database_are_agreed_ones(database: Cast) -> None:
    await falls_sick(database.anna)
    proposal: UUID = await proposes(database.anna)
    with pytest.raises(Exception, match="partial_recovery_recorded_is_agreed"):
        await execute("UPDATE partial_recovery SET recorded = true WHERE id = $1", proposal)


HELPED = {
    "bram": {"anna"}, "hanna": {"ilse"}, "wim": {"eva"}, "carla": {"anna", "ilse", "eva"},
    "karin": {"kees"}, "lars": {"kees"},
}  # fmt: skip
"""Who may write hours down for whom; of the four who are sick, each at another place."""


async def test_everybody_at_every_place(database: Cast, client_of: Client) -> None:
    for place in PLACES:
        await falls_sick(database.members()[place])
    for who, member in database.everyone().items():
        client = await client_of(member)
        for place in PLACES:
            address = f"/team/{database.members()[place].employment}/hours"
            seen = 200 if place in HELPED.get(who, set()) else 404
            assert (await client.get(address)).status_code == seen, (who, place)
