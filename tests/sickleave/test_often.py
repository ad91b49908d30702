"""How often in a day: hours proposed, and reports taken back. A report itself always counts."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from decimal import Decimal

import pytest

from backend.foundation.clock import now as real_now
from backend.foundation.database import execute, fetch_value
from backend.foundation.refusal import Refused
from backend.foundation.tokens import new_id
from backend.sickleave.propose_hours import Proposal, propose_hours
from backend.sickleave.report_recovery import report_recovery
from backend.sickleave.terms import PROPOSALS_A_DAY, RECOVERIES_ON_A_DAY, WITHDRAWALS_A_DAY
from backend.sickleave.withdraw_report import withdraw_report
from tests.cast import NOW, Cast, person_of
from tests.conftest import Client
from tests.sickleave.steps import TODAY, counts, falls_sick, recovers


def hours(cast: Cast) -> Proposal:
    assert cast.anna.employment
    return Proposal(cast.anna.employment, TODAY, Decimal(8), "")


async def test_hours_may_be_proposed_so_many_times_a_day(database: Cast) -> None:
    await falls_sick(database.anna)
    anna, proposal = await person_of(database.anna), hours(database)
    for _time in range(PROPOSALS_A_DAY):
        await propose_hours(anna, proposal, new_id(), now=NOW)
    before = await counts()
    with pytest.raises(Refused) as refused:
        await propose_hours(anna, proposal, new_id(), now=NOW)
    assert refused.value.params == {"most": PROPOSALS_A_DAY} and await counts() == before
    later = NOW + timedelta(days=1, seconds=1)
    await propose_hours(anna, proposal, new_id(), now=later)


async def test_nor_more_of_them_at_once(database: Cast) -> None:
    await falls_sick(database.anna)
    anna, proposal = await person_of(database.anna), hours(database)
    found = await asyncio.gather(
        *(propose_hours(anna, proposal, new_id(), now=NOW) for _time in range(PROPOSALS_A_DAY + 4)),
        return_exceptions=True,
    )
    assert sum(isinstance(one, Refused) for one in found) == 4
    assert await fetch_value("SELECT count(*) FROM partial_recovery") == PROPOSALS_A_DAY


async def test_a_report_is_taken_back_so_many_times_a_day_and_can_always_be_made(
    database: Cast, client_of: Client
) -> None:
    now = real_now()
    anna, day = await person_of(database.anna, now=now), now.date()
    for _time in range(WITHDRAWALS_A_DAY):
        spell = await falls_sick(database.anna, day, now=now)
        await withdraw_report(anna, spell, new_id(), now=now)
    spell = await falls_sick(database.anna, day, now=now)
    with pytest.raises(Refused):
        await withdraw_report(anna, spell, new_id(), now=now)
    assert await fetch_value("SELECT withdrawn_at FROM spell WHERE id = $1", spell) is None
    page = await client_of(database.anna)
    asked = (await page.get(f"/absence/{spell}/withdrawal")).text
    assert "Je hebt vandaag al 3 keer een ziekmelding teruggenomen" in asked
    sent = await page.post(f"/absence/{spell}/withdrawal", data={"request_key": str(new_id())})
    assert sent.status_code == 422 and "Bel je leidinggevende" in sent.text


async def test_the_employee_and_who_reports_for_them_each_have_their_own(database: Cast) -> None:
    now = real_now()
    people = {name: database.everyone()[name] for name in ("anna", "bram", "carla")}
    day = now.date()
    for name, member in people.items():
        person, for_another = await person_of(member, now=now), name != "anna"
        for _time in range(WITHDRAWALS_A_DAY):
            spell = await falls_sick(database.anna, day, now=now)
            await execute("UPDATE spell SET reported_by = $2 WHERE id = $1", spell, member.account)
            await withdraw_report(person, spell, new_id(), now=now, for_another=for_another)
        spell = await falls_sick(database.anna, day, now=now)
        await execute("UPDATE spell SET reported_by = $2 WHERE id = $1", spell, member.account)
        with pytest.raises(Refused, match="keer een ziekmelding teruggenomen"):
            await withdraw_report(person, spell, new_id(), now=now, for_another=for_another)
        await execute("UPDATE spell SET withdrawn_at = $2 WHERE id = $1", spell, now)


async def test_one_persons_limit_is_not_anothers(database: Cast) -> None:
    anna = await person_of(database.anna)
    for _time in range(WITHDRAWALS_A_DAY):
        await withdraw_report(anna, await falls_sick(database.anna), new_id(), now=NOW)
    daan = await person_of(database.daan)
    await withdraw_report(daan, await falls_sick(database.daan), new_id(), now=NOW)


async def test_recovery_on_one_day_has_an_end_and_a_report_never_has(
    database: Cast, client_of: Client
) -> None:
    for _time in range(RECOVERIES_ON_A_DAY):
        await falls_sick(database.anna)
        await recovers(database.anna, TODAY)
    await falls_sick(database.anna)
    before = await counts()
    with pytest.raises(Refused, match="Kies een latere dag") as refused:
        await recovers(database.anna, TODAY)
    assert refused.value.field == "recovered_on" and await counts() == before
    assert database.anna.employment
    with pytest.raises(Refused, match="is voor deze dag al"):
        bram, anna = await person_of(database.bram), database.anna.employment
        await report_recovery(bram, anna, TODAY, new_id(), now=NOW, for_another=True)
    await recovers(database.anna, TODAY + timedelta(days=1))
    await falls_sick(database.anna, TODAY + timedelta(days=1), now=NOW + timedelta(days=1))


async def test_where_no_later_day_is_allowed_nobody_stays_sick(database: Cast) -> None:
    await execute("UPDATE employer_settings SET days_ahead = 0 WHERE employer = $1", database.bakery)
    for _time in range(RECOVERIES_ON_A_DAY + 2):
        await falls_sick(database.anna)
        await recovers(database.anna, TODAY)


async def test_recoveries_of_another_day_or_person_do_not_count(database: Cast) -> None:
    for day in range(RECOVERIES_ON_A_DAY + 2):
        then = NOW + timedelta(days=day)
        await falls_sick(database.anna, then.date(), now=then)
        await recovers(database.anna, then.date(), now=then)
    await falls_sick(database.daan)
    await recovers(database.daan, TODAY)
