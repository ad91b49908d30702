"""What is another's is not there: every address of a dossier, asked for by everyone whose it is not."""

from __future__ import annotations

import pytest

from backend.dossier.lifecycle import open_dossier
from backend.dossier.queries import dossier, dossiers, note, timeline
from backend.dossier.tables import DossierSeen
from backend.foundation.database import execute
from backend.foundation.refusal import NotFound
from tests.cast import NOW, Cast, person_of
from tests.conftest import Client
from tests.dossier.conftest import Filled
from tests.dossier.conftest import filled as filled

OTHERS = ("daan", "eva", "fien", "ilse", "kees", "wim", "hanna", "ada", "karin", "lars", "lena")
"""A colleague, somebody at the other employer, somebody with a job at both, one at another branch and one
whom another provider serves; the managers of those, the administrator, and the other provider's people."""


@pytest.mark.parametrize("name", OTHERS)
async def test_another_persons_addresses_are_not_there(
    database: Cast, filled: Filled, client_of: Client, name: str
) -> None:
    other = await client_of(database.everyone()[name])
    dossier_url = f"/dossiers/{filled.id}"
    cursor = f"1999999999999999.{filled.entries['report'].hex}"
    addresses = [
        dossier_url,
        f"{dossier_url}/entries?before={cursor}",
        *(f"{dossier_url}/notes/{entry}" for entry in filled.entries.values()),
        *(f"/documents/{entry}" for entry in filled.entries.values()),
    ]
    nobodys = await other.get("/dossiers/01a00000-0000-7000-8000-000000000000")
    for address in addresses:
        for headers in ({}, {"HX-Request": "true"}):
            answer = await other.get(address, headers=headers)
            assert answer.status_code == 404, address
            assert answer.text.replace(address.partition("?")[0], "") == nobodys.text.replace(
                "/dossiers/01a00000-0000-7000-8000-000000000000", ""
            ), "the same words as for what does not exist"
    assert (await other.post(f"{dossier_url}/seen", data={"until": "1"})).status_code == 404
    assert not await DossierSeen.count()
    assert str(filled.id) not in (await other.get("/dossiers")).text


async def test_an_entry_is_not_found_through_ones_own_dossier(
    database: Cast, filled: Filled, client_of: Client
) -> None:
    assert database.eva.employment
    own = await open_dossier(database.eva.employment, NOW.date(), now=NOW)
    eva = await client_of(database.eva)
    assert (await eva.get(f"/dossiers/{own}")).status_code == 200
    answer = await eva.get(f"/dossiers/{own}/notes/{filled.entries['long']}")
    assert answer.status_code == 404


async def test_queries_hold_the_scope_themselves(database: Cast, filled: Filled) -> None:
    eva = await person_of(database.eva)
    assert await timeline(eva, filled.id, now=NOW) == []
    assert await dossiers(eva) == []
    with pytest.raises(NotFound):
        await dossier(eva, filled.id)
    with pytest.raises(NotFound):
        await note(eva, filled.id, filled.entries["long"], now=NOW)


async def test_two_jobs_are_one_persons_dossiers(database: Cast) -> None:
    assert database.fien.employment
    jobs = (database.fien.employment, database.fien_at_school)
    made = {await open_dossier(job, NOW.date(), now=NOW) for job in jobs}
    assert {one.id for one in await dossiers(await person_of(database.fien))} == made


async def test_a_job_that_went_to_another_account_takes_its_dossiers_along(
    database: Cast, filled: Filled
) -> None:
    await execute("UPDATE employment SET account = NULL WHERE id = $1", database.anna.employment)
    assert await timeline(await person_of(database.anna), filled.id, now=NOW) == []
