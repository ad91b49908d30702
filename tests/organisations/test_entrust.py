"""The company doctor decides which case managers see the medical part, per employer, on record."""

from __future__ import annotations

import json
from uuid import UUID

import pytest

from backend.dossier.lifecycle import open_dossier
from backend.dossier.publish import publish
from backend.dossier.queries import timeline
from backend.foundation.database import execute, fetch, fetch_value
from backend.foundation.refusal import NotFound
from backend.foundation.tokens import new_id
from backend.organisations.entrust import entrust, withdraw_trust
from backend.organisations.notices import entrusted_changed
from backend.outbox import render
from tests.cast import NOW, Cast, person_of
from tests.conftest import Client
from tests.outbox.test_notices import HEALTH
from tests.sickleave.steps import events


async def medical_note(cast: Cast, name: str = "anna") -> UUID:
    """A dossier with a medical note in it."""
    employment = cast.members()[name].employment
    assert employment
    dossier = await open_dossier(employment, NOW.date(), now=NOW)
    await publish(dossier, "note", now=NOW, author_name="Dirk", audience="medical", title="Spreekuur")
    return dossier


async def seen(cast: Cast, dossier: UUID) -> int:
    """How many entries Carla sees in it."""
    return len(await timeline(await person_of(cast.helpers["carla"]), dossier, now=NOW))


async def test_it_holds_at_once_at_that_employer_alone_and_until_it_is_taken_back(database: Cast) -> None:
    dirk = await person_of(database.helpers["dirk"])
    anna, eva = await medical_note(database), await medical_note(database, "eva")
    assert await seen(database, anna) == 0
    for _twice in range(2):
        await entrust(dirk, database.carla, database.bakery, now=NOW)
    assert (await seen(database, anna), await seen(database, eva)) == (1, 0)
    for _twice in range(2):
        await withdraw_trust(dirk, database.carla, database.bakery, now=NOW)
    assert await seen(database, anna) == 0
    assert await events() == ["medical:entrusted", "medical:withdrawn"]
    rows = await fetch("SELECT * FROM audit_event ORDER BY id")
    assert {row["account"] for row in rows} == {dirk.account_id}
    assert {row["subject"] for row in rows} == {database.carla}


@pytest.mark.parametrize("who", ["lena", "carla", "bram", "hanna", "ada", "anna", "lars"])
async def test_only_the_doctor_of_the_provider_decides(database: Cast, client_of: Client, who: str) -> None:
    member = database.everyone()[who]
    for verb in (entrust, withdraw_trust):
        with pytest.raises(NotFound):
            await verb(await person_of(member), database.carla, database.bakery, now=NOW)
    client = await client_of(member, confirmed=True)
    address = f"/account/entrusted/{database.carla}/{database.bakery}"
    assert (await client.post(address)).status_code == 404
    assert (await client.get("/account/entrusted")).status_code == (200 if who == "lena" else 404)
    assert not await fetch_value("SELECT count(*) FROM medical_delegation")


async def test_not_to_who_is_no_case_manager_and_not_at_anothers_employer(database: Cast) -> None:
    dirk = await person_of(database.helpers["dirk"])
    for holder, employer in (
        (database.bram_as_manager, database.bakery),
        (database.dirk_as_doctor, database.bakery),
        (database.carla, database.garage),
    ):
        with pytest.raises(NotFound):
            await entrust(dirk, holder, employer, now=NOW)


async def test_the_page_shows_who_sees_what_and_asks_for_the_password_first(
    database: Cast, client_of: Client
) -> None:
    asked = await (await client_of(database.helpers["dirk"])).get("/account/entrusted")
    assert asked.headers["location"].startswith("/confirm")
    dirk = await client_of(database.helpers["dirk"], confirmed=True)
    page = (await dirk.get("/account/entrusted")).text
    assert page.count("Carla Claes</b>") == 2 and "Lars" not in page and "Garage" not in page
    assert page.index("Bakkerij De Korenaar</h2>") < page.index("Basisschool De Linde</h2>")
    address = f"/account/entrusted/{database.carla}/{database.school}"
    assert address in page
    assert (await dirk.post(address)).headers["location"] == "/account/entrusted"
    page = (await dirk.get("/account/entrusted")).text
    assert "Ziet het medische deel sinds" in page and f"{address}/withdrawal" in page
    assert "/account/entrusted" in (await dirk.get("/account")).text
    assert "/account/entrusted" not in (await (await client_of(database.anna)).get("/account")).text


async def test_the_case_manager_is_told_each_time_it_changes(database: Cast) -> None:
    dirk = await person_of(database.helpers["dirk"])
    for _twice in range(2):
        await entrust(dirk, database.carla, database.bakery, now=NOW)
    await withdraw_trust(dirk, database.carla, database.bakery, now=NOW)
    rows = await fetch("SELECT notice, channel, subject FROM message")
    about = {"role_holder": str(database.carla), "employer": str(database.bakery)}
    assert [(row["notice"], row["channel"]) for row in rows] == [("entrusted_changed", "mail")] * 2
    assert all(json.loads(row["subject"]) == about for row in rows)


@pytest.mark.parametrize("language", ["nl", "en"])
async def test_the_mail_says_where_and_nothing_of_health(database: Cast, language: str) -> None:
    await execute("UPDATE role_holder SET language = $1", language)
    about = {"role_holder": str(database.carla), "employer": str(database.bakery)}
    letter = await entrusted_changed(about, None)
    assert letter
    mail = render.mail(letter, new_id(), NOW, "https://mijn.example.nl")
    assert mail.to == "carla@arborust.example"
    assert mail.subject == {
        "nl": "Er staat iets nieuws voor je klaar", "en": "Something new is ready for you"
    }[language]  # fmt: skip
    assert " Carla,\n" in mail.text
    assert "Bakkerij De Korenaar" in mail.text and "https://mijn.example.nl/caseload" in mail.text
    assert not HEALTH.search(mail.text.replace("Beterschap", ""))
    await execute("UPDATE role_holder SET ended_on = '2020-11-01' WHERE id = $1", database.carla)
    assert await entrusted_changed(about, None) is None
