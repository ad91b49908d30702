"""Hours that an employee proposes: agreed once, or to be talked over first."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal
from uuid import UUID

import pytest

from backend.foundation.clock import day_in
from backend.foundation.clock import now as real_now
from backend.foundation.database import execute, fetch_one, fetch_value
from backend.foundation.refusal import NotFound, Refused
from backend.foundation.tokens import new_id
from backend.sickleave.confirm_hours import confirm_hours
from backend.sickleave.propose_hours import Proposal, propose_hours
from backend.sickleave.refuse_hours import refuse_hours
from backend.team.queries import team
from tests.cast import NOW, Cast, Member, person_of
from tests.conftest import Client
from tests.sickleave.steps import events, falls_sick, promised, recovers

TODAY = NOW.date()
WORD = "Ik bel je morgen om 10 uur."


async def proposes(member: Member, hours: int = 12, *, now: datetime = NOW) -> UUID:
    """A proposal of hours, from that day."""
    assert member.employment
    proposal = Proposal(member.employment, day_in("Europe/Amsterdam", now), Decimal(hours), "Ochtenden.")
    await propose_hours(await person_of(member, now=now), proposal, new_id(), now=now)
    found: UUID = await fetch_value(
        "SELECT id FROM partial_recovery ORDER BY proposed_at DESC, id DESC LIMIT 1"
    )
    return found


async def answers(cast: Cast, who: str, proposal: UUID) -> None:
    """Tries both answers, of which the first may close the way for the second."""
    person = await person_of(cast.everyone()[who])
    with pytest.raises(NotFound):
        await confirm_hours(person, proposal, new_id(), now=NOW)
    with pytest.raises(NotFound):
        await refuse_hours(person, proposal, WORD, new_id(), now=NOW)


async def asking(cast: Cast, who: str = "bram", named: str = "") -> set[str]:
    """Whose hours wait for an answer, as somebody's team says it."""
    found = await team(await person_of(cast.everyone()[who]), now=NOW, named=named)
    return {mate.first_name for mate in found.mates if mate.asks_hours}


async def test_the_team_says_whose_hours_wait_and_leads_to_the_answer(
    database: Cast, client_of: Client
) -> None:
    for member in (database.anna, database.daan):
        await falls_sick(member)
    assert await asking(database) == set()
    proposal = await proposes(database.anna)
    assert await asking(database) == await asking(database, named="aalb") == {"Anna"}
    bram, answer = await client_of(database.bram), f"/team/{database.anna.employment}#hours"
    page = (await bram.get("/team")).text
    assert page.count("Uren om af te spreken") == page.count(f'href="{answer}"') == 1
    there = (await bram.get(answer)).text
    assert there.index('id="hours"') < there.index(f"/team/hours/{proposal}/confirmation")
    await refuse_hours(await person_of(database.bram), proposal, WORD, new_id(), now=NOW)
    assert await asking(database) == set()
    await proposes(database.anna, 16, now=NOW + timedelta(minutes=1))
    assert await asking(database) == {"Anna"}, "the latest counts"
    await recovers(database.anna, TODAY + timedelta(days=1))
    assert await asking(database) == set(), "who comes back has nothing to agree on"


async def test_hours_are_agreed_once_and_the_employee_is_told(database: Cast, client_of: Client) -> None:
    await falls_sick(database.anna)
    proposal = await proposes(database.anna)
    bram = await client_of(database.bram)
    for page in ("/to-do", f"/team/{database.anna.employment}"):
        asked = (await bram.get(page)).text
        assert f"/team/hours/{proposal}/confirmation" in asked
    assert "Anna wil weer voor een deel werken" in asked
    key = {"request_key": str(new_id())}
    for _twice in range(2):
        answer = await bram.post(f"/team/hours/{proposal}/confirmation", data=key)
        assert answer.headers["location"] == f"/team/{database.anna.employment}"
    row = await fetch_one("SELECT * FROM partial_recovery")
    assert row and row["confirmed_by"] == database.bram.account and row["refused_at"] is None
    assert await fetch_value("SELECT count(*) FROM entry WHERE kind = 'change'") == 1
    assert "hours_agreed" in [notice for notice, _subject in await promised()]
    agreed = (await bram.get(f"/team/{database.anna.employment}")).text
    assert "Afgesproken" in agreed and "<h2>Uren van Anna</h2>" in agreed
    anna = (await (await client_of(database.anna)).get("/")).text
    assert "Uren afgesproken" in anna and "12 uur per week" in anna
    for way in ("confirmation", "refusal"):
        other = await bram.post(f"/team/hours/{proposal}/{way}", data={"request_key": str(new_id())})
        assert other.status_code == 422 and "al afgesproken" in other.text


async def test_not_agreeing_closes_the_proposal_and_the_word_is_for_the_employee(
    database: Cast, client_of: Client
) -> None:
    spell = await falls_sick(database.anna, day_in("Europe/Amsterdam", real_now()), now=real_now())
    proposal = await proposes(database.anna, now=real_now())
    bram, anna = await client_of(database.bram), await client_of(database.anna)
    address = f"/team/hours/{proposal}/refusal"
    assert address in (await bram.get("/to-do")).text
    form = (await bram.get(address)).text
    assert "Schrijf niets over de ziekte en geen percentage." in form and "12 uur per week" in form
    key = {"request_key": str(new_id()), "word": WORD}
    for _twice in range(2):
        answer = await bram.post(address, data=key)
        assert answer.headers["location"] == f"/team/{database.anna.employment}"
    row = await fetch_one("SELECT * FROM partial_recovery")
    assert row and (row["refused_by"], row["refusal"], row["confirmed_at"]) == (
        database.bram.account, WORD, None,
    )  # fmt: skip
    assert (await events())[-1] == "partial_recovery:refused"
    assert [notice for notice, _subject in await promised()].count("hours_refused") == 1
    entry = await fetch_one("SELECT author_role, audience, body FROM entry WHERE kind = 'change'")
    assert entry and tuple(entry) == ("manager", "shared", WORD)
    assert address not in (await bram.get("/to-do")).text
    assert (await bram.get(address)).headers["location"] == f"/team/{database.anna.employment}"
    assert WORD in (await bram.get(f"/team/{database.anna.employment}")).text
    read = (await anna.get("/")).text
    assert "Uren: eerst samen doorspreken" in read and WORD in read
    again = (await anna.get(f"/absence/{spell}/hours")).text
    assert "Bram Bos wil dit eerst met je doorspreken" in again and 'href="/absence/hours"' in again


async def test_after_no_the_employee_proposes_again_and_that_one_is_agreed(database: Cast) -> None:
    await falls_sick(database.anna)
    bram, first = await person_of(database.bram), await proposes(database.anna)
    await refuse_hours(bram, first, "", new_id(), now=NOW)
    with pytest.raises(Refused):
        await confirm_hours(bram, first, new_id(), now=NOW)
    second = await proposes(database.anna, 8)
    await confirm_hours(bram, second, new_id(), now=NOW)
    assert await fetch_value("SELECT confirmed_at FROM partial_recovery WHERE id = $1", second) == NOW
    assert await fetch_value("SELECT refusal FROM partial_recovery WHERE id = $1", first) is None


async def test_a_word_that_is_too_long_stays_to_be_shortened(database: Cast, client_of: Client) -> None:
    await falls_sick(database.anna)
    proposal, bram = await proposes(database.anna), await client_of(database.bram)
    data = {"request_key": str(new_id()), "word": "bellen " * 200}
    answer = await bram.post(f"/team/hours/{proposal}/refusal", data=data)
    assert answer.status_code == 422 and "Maak dit korter" in answer.text and "bellen bellen" in answer.text
    assert await fetch_value("SELECT refused_at FROM partial_recovery") is None


async def test_only_the_last_proposal_of_a_running_spell_stands(database: Cast) -> None:
    await falls_sick(database.anna)
    first, second = await proposes(database.anna), await proposes(database.anna, 16)
    bram = await person_of(database.bram)
    with pytest.raises(Refused):
        await confirm_hours(bram, first, new_id(), now=NOW)
    with pytest.raises(Refused):
        await refuse_hours(bram, first, WORD, new_id(), now=NOW)
    await recovers(database.anna, TODAY)
    with pytest.raises(Refused):
        await confirm_hours(bram, second, new_id(), now=NOW)
    with pytest.raises(Refused):
        await refuse_hours(bram, second, WORD, new_id(), now=NOW)


@pytest.mark.parametrize("who", ["anna", "daan", "hanna", "wim", "dirk", "ada", "karin"])
async def test_hours_are_not_answered_by_another(database: Cast, client_of: Client, who: str) -> None:
    await falls_sick(database.anna)
    proposal = await proposes(database.anna)
    await answers(database, who, proposal)
    client = await client_of(database.everyone()[who])
    assert (await client.get(f"/team/hours/{proposal}/refusal")).status_code == 404
    answer = await client.post(f"/team/hours/{proposal}/refusal", data={"request_key": str(new_id())})
    assert answer.status_code == 404


async def test_who_is_their_own_manager_answers_nothing(database: Cast) -> None:
    await falls_sick(database.bram)
    await answers(database, "bram", await proposes(database.bram))


async def test_a_refusal_in_the_database_is_never_a_yes_too(database: Cast) -> None:
    await falls_sick(database.anna)
    await proposes(database.anna)
    with pytest.raises(Exception, match="partial_recovery_answered_once"):
        await execute("UPDATE partial_recovery SET confirmed_at = now(), refused_at = now()")
