"""Two who change the same lines at the same moment wait for each other, and neither is turned away."""

from __future__ import annotations

import pytest

from backend.dossier.publish import publish
from backend.foundation.database import execute, fetch_value
from tests.caseload.test_lines import holds
from tests.cast import NOW, Cast
from tests.meanwhile import meanwhile
from tests.sickleave.steps import falls_sick

CHANGES = {
    "a job": "UPDATE employment SET case_manager = NULL WHERE first_name = 'Anna'",
    "an employer": "UPDATE employer SET provider = (SELECT provider FROM employer WHERE name LIKE 'Garage%')",
    "a role": "UPDATE role_holder SET account = NULL WHERE role = 'case_manager'",
    "a trust": "INSERT INTO medical_delegation (id, role_holder, employer, since, by_account)"
    " SELECT gen_random_uuid(), case_manager, employer, now(), account FROM employment"
    " WHERE first_name = 'Anna'",
}


@pytest.mark.parametrize("change", CHANGES)
async def test_a_posting_while_the_desks_change(database: Cast, change: str) -> None:
    await falls_sick(database.anna)
    dossier = await fetch_value("SELECT id FROM dossier WHERE employment = $1", database.anna.employment)
    lines = await holds()
    taken = execute("SELECT FROM dossier WHERE id = $1 FOR NO KEY UPDATE", dossier)
    async with meanwhile(taken, execute(CHANGES[change])):
        await publish(dossier, "note", now=NOW, author_name="x", title="x")
    assert await holds() == lines - (change == "a job")
    assert await fetch_value("SELECT count(*) FROM entry WHERE title = 'x'") == 1


@pytest.mark.parametrize("change", sorted(CHANGES.keys() - {"a job"}))
async def test_a_dossier_that_opens_while_the_desks_change(database: Cast, change: str) -> None:
    await falls_sick(database.eva)
    async with meanwhile(falls_sick(database.anna), execute(CHANGES[change])):
        pass
    assert await holds() == 4
