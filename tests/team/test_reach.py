"""Whom one may call, who left, and what no card knows."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest

from backend.foundation.clock import day_in
from backend.foundation.clock import now as real_now
from backend.foundation.database import execute
from backend.foundation.encryption import keyring
from backend.foundation.phones import dialled
from backend.foundation.refusal import Refused
from backend.foundation.tokens import new_id
from backend.sickleave.answers import SickReport
from backend.sickleave.propose_hours import Proposal, propose_hours
from backend.sickleave.report_sick import report_sick
from tests.cast import Cast, person_of
from tests.conftest import Client
from tests.sickleave.steps import falls_sick

ANNAS, BRAMS, CARLAS = "+31611111111", "+31612345678", "+31381234567"
NOBODYS: set[str] = set()
SEES = {
    "anna": {BRAMS, CARLAS}, "bram": {ANNAS, CARLAS}, "carla": {ANNAS, BRAMS},
    "daan": {BRAMS, CARLAS}, "hanna": NOBODYS, "wim": NOBODYS, "dirk": NOBODYS, "ada": NOBODYS,
    "karin": NOBODYS, "lars": NOBODYS, "lena": NOBODYS,
}  # fmt: skip
"""Whose numbers each may call anywhere: those of one's manager and case manager, and, while somebody is away,
of the people whom one manages or guides. Bram is an employee too; nobody calls oneself."""


def today() -> date:
    return day_in("Europe/Amsterdam", real_now())


@pytest.mark.parametrize("who", SEES)
async def test_a_number_is_for_who_may_call_it(database: Cast, client_of: Client, who: str) -> None:
    spell = await falls_sick(database.anna, today(), now=real_now(), phone=ANNAS)
    client = await client_of(database.everyone()[who])
    pages = [
        "/", "/team", "/team?q=anna", "/to-do", "/caseload", "/dossiers", "/absence/report",
        f"/team/{database.anna.employment}", f"/team/{database.anna.employment}/report",
        f"/team/{database.anna.employment}/recovery", f"/absence/{spell}",
    ]  # fmt: skip
    answers = [await client.get(page, follow_redirects=True) for page in pages]
    assert {answer.status_code for answer in answers} <= {200, 404}
    read = "".join([answer.text for answer in answers])
    seen = {number for number in (ANNAS, BRAMS, CARLAS) if f"tel:{number}" in read}
    assert seen == SEES[who]
    digits = read.replace(" ", "")
    assert ("0611111111" in digits or "+31611111111" in digits) == (who in ("anna", "bram", "carla"))


async def test_a_number_that_is_not_there_is_said_not_to_be(database: Cast, client_of: Client) -> None:
    await falls_sick(database.anna, today(), now=real_now())
    await execute("UPDATE role_holder SET phone = NULL WHERE id = $1", database.carla)
    bram, anna = await client_of(database.bram), await client_of(database.anna)
    for page in ("/team", f"/team/{database.anna.employment}"):
        text = (await bram.get(page)).text
        assert "tel:" not in text and text.count("Geen telefoonnummer bekend") == 2, page
    assert "Geen telefoonnummer bekend" in (await anna.get("/")).text


@pytest.mark.parametrize(
    ("kept", "address"),
    [("038 123 45 67", "tel:+31381234567"), ("0032 478 12 34 56", "tel:+32478123456"), ("x12", None)],
)
async def test_an_address_to_call_is_always_international(
    database: Cast, client_of: Client, kept: str, address: str | None
) -> None:
    sealed = keyring().encrypt(kept, "role_holder.phone")
    await execute("UPDATE role_holder SET phone = $2 WHERE id = $1", database.bram_as_manager, sealed)
    page = (await (await client_of(database.anna)).get("/")).text
    assert (f'href="{address}"' in page) if address else kept not in page
    assert dialled(kept) == (address.removeprefix("tel:") if address else None)


async def test_what_somebody_expects_is_only_what_they_said_for_this_absence(
    database: Cast, client_of: Client
) -> None:
    bram = await client_of(database.bram)
    await falls_sick(database.anna, today(), now=real_now(), expected_duration="twee dagen")
    await falls_sick(database.daan, today(), now=real_now())
    page = (await bram.get("/team")).text
    assert page.count("Denkt zelf:") == 1 and "Denkt zelf: twee dagen" in page
    await execute("UPDATE spell SET withdrawn_at = now() WHERE expected_duration IS NOT NULL")
    await falls_sick(database.anna, today(), now=real_now())
    assert (
        "twee dagen"
        not in (await bram.get("/team")).text + (await bram.get(f"/team/{database.anna.employment}")).text
    )


async def test_who_left_while_sick_is_in_the_team_no_more(database: Cast, client_of: Client) -> None:
    await falls_sick(database.anna, today(), now=real_now(), phone=ANNAS)
    person = await person_of(database.anna, now=real_now())
    assert database.anna.employment
    await propose_hours(
        person, Proposal(database.anna.employment, today(), Decimal(8), ""), new_id(), now=real_now()
    )  # fmt: skip
    await execute("UPDATE employment SET left_on = $2 WHERE id = $1", database.anna.employment, today())
    bram, anna = await client_of(database.bram), await client_of(database.anna)
    assert "Anna" not in (await bram.get("/team")).text + (await bram.get("/to-do")).text
    one = (await bram.get(f"/team/{database.anna.employment}")).text
    assert "Uit dienst sinds" in one and "/report" not in one
    own = (await anna.get("/")).text
    assert "/absence/hours" not in own and "Hersteld melden" in own, "the dossier can still be closed"
    with pytest.raises(Refused):
        proposal = Proposal(database.anna.employment, today(), Decimal(8), "")
        await propose_hours(person, proposal, new_id(), now=real_now())


async def test_nobody_reports_who_left(database: Cast, client_of: Client) -> None:
    yesterday = today() - timedelta(days=1)
    await execute("UPDATE employment SET left_on = $2 WHERE id = $1", database.daan.employment, yesterday)
    bram, address = await client_of(database.bram), f"/team/{database.daan.employment}"
    assert (await bram.get(f"{address}/report")).headers["location"] == address
    given = {"request_key": str(new_id()), "first_sick_day": yesterday.isoformat(), "worked_hours": "0"}
    for path in ("report", "report/check"):
        answer = await bram.post(f"{address}/{path}", data=given)
        assert answer.status_code == 422 and "Daan is hier niet meer in dienst." in answer.text
    assert database.daan.employment
    with pytest.raises(Refused, match="niet meer in dienst"):
        report = SickReport(database.daan.employment, yesterday, Decimal(0))
        await report_sick(await person_of(database.daan), report, new_id(), now=real_now())
