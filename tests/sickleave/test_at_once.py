"""Two who say something about the same absence at the same moment: one after the other, whoever was first."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest

from backend.foundation.database import execute, fetch_value
from backend.foundation.refusal import Refused
from backend.foundation.tokens import new_id
from backend.sickleave.confirm_hours import confirm_hours
from backend.sickleave.propose_hours import Proposal
from backend.sickleave.record_hours import record_hours
from backend.sickleave.withdraw_recovery import withdraw_recovery
from tests.caseload.test_lines import holds
from tests.cast import NOW, Cast, person_of
from tests.meanwhile import meanwhile
from tests.sickleave.steps import TODAY, falls_sick, recovers
from tests.team.test_hours import proposes

DAY = timedelta(days=1)
OPEN = "SELECT count(*) FROM spell WHERE recovered_on IS NULL AND withdrawn_at IS NULL"
JOB = "UPDATE employment SET case_manager = NULL WHERE id = $1"


async def test_a_relapse_while_the_job_changes(database: Cast) -> None:
    await falls_sick(database.anna, TODAY - DAY)
    await recovers(database.anna, TODAY)
    taken = execute("SELECT FROM employment WHERE id = $1 FOR NO KEY UPDATE", database.anna.employment)
    async with meanwhile(taken, falls_sick(database.anna)):
        await execute(JOB, database.anna.employment)
    assert await fetch_value(OPEN) == 1
    assert await holds() == 1


async def test_a_relapse_while_the_recovery_is_taken_back(database: Cast) -> None:
    id = await falls_sick(database.anna, TODAY - DAY)
    await recovers(database.anna, TODAY)
    anna = await person_of(database.anna)
    with pytest.raises(ExceptionGroup) as refused:
        async with meanwhile(falls_sick(database.anna), withdraw_recovery(anna, id, new_id(), now=NOW)):
            pass
    assert refused.group_contains(Refused)
    assert await fetch_value(OPEN) == 1
    assert await holds() == 2


async def test_a_recovery_is_taken_back_while_a_relapse_comes(database: Cast) -> None:
    id = await falls_sick(database.anna, TODAY - DAY)
    await recovers(database.anna, TODAY)
    back = withdraw_recovery(await person_of(database.anna), id, new_id(), now=NOW)
    with pytest.raises(ExceptionGroup) as refused:
        async with meanwhile(back, falls_sick(database.anna)):
            pass
    assert refused.group_contains(Refused)
    assert await fetch_value(OPEN) == 1


@pytest.mark.parametrize("first", ["agreed", "recorded"])
async def test_hours_are_agreed_while_others_are_written_down(database: Cast, first: str) -> None:
    await falls_sick(database.anna)
    proposal, bram = await proposes(database.anna, 12), await person_of(database.bram)
    carla = await person_of(database.helpers["carla"])
    assert database.anna.employment
    same = Proposal(database.anna.employment, TODAY, Decimal(12), "")
    agreed = confirm_hours(bram, proposal, new_id(), now=NOW)
    recorded = record_hours(carla, same, new_id(), instead_of=proposal, now=NOW)
    both = (agreed, recorded) if first == "agreed" else (recorded, agreed)
    with pytest.raises(ExceptionGroup) as refused:
        async with meanwhile(*both):
            pass
    assert refused.group_contains(Refused)
    assert await fetch_value("SELECT count(*) FROM partial_recovery WHERE confirmed_at IS NOT NULL") == 1
