"""A sick report from all sides at once: employee, manager, case manager and doctor, each with a phone.

What one writes is read by exactly who may read it, and whoever should know is told.
"""

from __future__ import annotations

import re
from collections.abc import AsyncIterator

import pytest
from playwright.async_api import expect

from backend.embedded import Servers
from backend.foundation import clock, encryption
from backend.foundation.database import fetch_value
from backend.organisations.entrust import entrust, withdraw_trust
from tests.cast import PASSWORD, Cast, person_of
from tests.conftest import SECRET, TEMPLATE
from tests.gateways.push_service import PushService, push_service
from tests.journeys.around import Around, action, advice, document, gather, note
from tests.journeys.conftest import Phone
from tests.journeys.site import Site, running_site
from tests.journeys.steps import clear_reports, empty, heading, today
from tests.servers import copy_database

ALL = "anna bram carla dirk"
MEDICAL = "anna dirk"
EXAMINED, MEASURED = "Onderzocht op het spreekuur.", "Bloeddruk gemeten."
PHONE = "tel:+31687654321"
BRAM, CARLA = "Bram Bos, leidinggevende", "Carla Claes, casemanager"


@pytest.fixture(scope="module")
async def service() -> AsyncIterator[PushService]:
    """Where pushes go."""
    async with push_service() as found:
        yield found


@pytest.fixture(scope="module")
async def site(
    service: PushService, servers: Servers, cast_template: Cast, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Site]:
    """The product, pushing to that service for real."""
    database_url = await copy_database(servers, TEMPLATE, "site_three_people")
    encryption.use((SECRET.encode(),))
    folder = tmp_path_factory.mktemp("files")
    async with running_site(servers, database_url, folder, PUSH_SERVICE=service.url) as running:
        yield running


@pytest.fixture
async def around(phone: Phone, on_site: Site, cast_template: Cast, service: PushService) -> Around:
    """Nobody is sick yet."""
    await clear_reports()
    await empty("medical_delegation", "draft")
    return await gather(phone, on_site, cast_template, service)


async def reports(around: Around) -> None:
    """Anna reports sick; her manager and case manager are told, and have her number."""
    anna = around.reading["anna"]
    await anna.goto("/absence/report")
    await anna.get_by_text("Nog een paar vragen").click()
    await anna.get_by_label("Telefoonnummer waarop je nu bereikbaar bent").fill("06 87654321")
    await anna.get_by_role("button", name="Controleer je melding").click()
    await anna.get_by_role("button", name="Ziek melden").click()
    await heading(anna, "Je bent ziek gemeld")
    for name in ("bram", "carla"):
        await around.is_told(name, "heeft zich ziek gemeld")
    await around.is_told("anna", "Je melding is binnen", push=False)
    around.dossier = f"/dossiers/{await fetch_value('SELECT id FROM dossier')}"
    for page in around.reading.values():
        await page.goto(around.dossier)
    await around.is_read("Ziek gemeld", by=ALL)


async def is_called(around: Around) -> None:
    """One tap for manager and case manager, and for her to call them; no number for anybody else."""
    bram, job = around.reading["bram"], around.cast.anna.employment
    await bram.goto("/team")
    away = bram.get_by_role("listitem").filter(has_text="Anna Aalbers")
    await expect(away.get_by_role("link", name=re.compile("^Bel Anna"))).to_have_attribute("href", PHONE)
    await expect(bram.get_by_role("link", name=re.compile("^Bel Carla"))).to_have_attribute(
        "href", "tel:+31381234567"
    )
    carla = around.reading["carla"]
    await carla.goto(f"/team/{job}")
    await expect(carla.get_by_role("link", name=re.compile("^Bel Anna"))).to_have_attribute("href", PHONE)
    anna = around.reading["anna"]
    await anna.goto("/")
    for name, number in (("Bram", "tel:+31612345678"), ("Carla", "tel:+31381234567")):
        await expect(anna.get_by_role("link", name=re.compile(f"^Bel {name}"))).to_have_attribute(
            "href", number
        )
    for page in (*around.strangers.values(), around.reading["dirk"]):
        assert (await page.request.get(f"/team/{job}")).status == 404
    assert "Aalbers" not in await (await around.strangers["hanna"].request.get("/team?q=Anna")).text()
    for page in (anna, bram, carla):
        await page.goto(around.dossier)


async def is_written_to(around: Around) -> None:
    """A note by the manager, a letter by the case manager."""
    anna = around.reading["anna"]
    await note(around, "bram", "We belden over het rooster.", kind="Telefoongesprek")
    await around.is_read("We belden over het rooster.", BRAM, by=ALL)
    message = await around.is_told("anna")
    shown = {"title": "Beterschap", "body": "Er staat iets nieuws voor je klaar", "opens": around.dossier}
    assert await around.pushed["anna"].shows(message) == [shown]
    await document(around, "carla", "Uitnodiging.pdf", "Kom je dinsdag langs?")
    await around.is_read("Kom je dinsdag langs?", "Uitnodiging.pdf", CARLA, by=ALL)
    await around.is_told("anna")
    async with anna.expect_download() as started:
        await anna.get_by_role("link", name=re.compile("Download")).click()
    assert (await started.value).suggested_filename == "Uitnodiging.pdf"
    letter = await fetch_value("SELECT id FROM entry WHERE kind = 'document'")
    for page in around.strangers.values():
        assert (await page.request.get(f"/documents/{letter}")).status == 404


async def is_acted_on(around: Around) -> None:
    """The case manager asks the manager for something, who does it."""
    bram = around.reading["bram"]
    await action(around, "carla", "Maak samen een rooster", "Bram Bos", today(7))
    await around.is_read("Maak samen een rooster", by=ALL)
    await around.is_told("anna")
    await bram.goto("/to-do")
    await bram.get_by_role("button", name=re.compile("Gedaan.*rooster")).click()
    await expect(bram.get_by_role("status")).to_contain_text("Afgerond: Maak samen een rooster")
    await bram.goto(around.dossier)
    await around.is_read("Gedaan: Maak samen een rooster", by=ALL)
    await around.stays()


async def is_seen_by_the_doctor(around: Around) -> None:
    """What is medical stays with her and the doctor, until he entrusts it to the case manager."""
    cast, dirk = around.cast, around.reading["dirk"]
    await note(around, "dirk", EXAMINED, audience="Alleen de medische kant")
    await around.is_read(EXAMINED, by=MEDICAL)
    await around.is_told("anna")
    await advice(around, "Advies", "Zittend werk", percentage="50")
    await around.is_read("Zittend werk", "50%", by=ALL)
    await around.is_told("anna")
    await advice(around, "Probleemanalyse", "Licht werk", medical=MEASURED)
    await around.is_read("Licht werk", by=ALL)
    await around.is_read(MEASURED, by=MEDICAL)
    await around.is_told("anna")
    await around.stays()
    await expect(dirk.get_by_role("link", name="Probleemanalyse", exact=True)).to_have_count(0)
    now = clock.now()
    doctor = await person_of(cast.helpers["dirk"], now=now)
    await entrust(doctor, cast.carla, cast.bakery, now=now)
    carla = around.reading["carla"]
    await carla.reload()
    for words in (EXAMINED, MEASURED):
        await expect(carla.get_by_role("main")).to_contain_text(words)
    await withdraw_trust(doctor, cast.carla, cast.bakery, now=now)
    await around.stays()


async def works_again(around: Around) -> None:
    """Some hours, agreed by the manager; then all of them, and the dossier closes."""
    anna, bram = around.reading["anna"], around.reading["bram"]
    await anna.goto("/absence/hours")
    await anna.get_by_label("Hoeveel uur per week?").fill("12,5")
    await anna.get_by_role("button", name="Voorstel versturen").click()
    await heading(anna, "Je voorstel is verstuurd")
    await around.is_told("bram", "wil weer voor een deel werken")
    await bram.goto("/to-do")
    await bram.get_by_role("button", name="Deze uren afspreken").click()
    await expect(bram.get_by_role("main")).to_contain_text("Afgesproken")
    await around.is_told("anna", "heeft bevestigd")
    for page in (anna, bram):
        await page.goto(around.dossier)
    await around.is_read("Uren afgesproken", by=ALL)
    await anna.goto("/absence/return")
    await anna.get_by_role("button", name="Hersteld melden").click()
    await heading(anna, "Je bent hersteld gemeld")
    for name in ("bram", "carla"):
        await around.is_told(name, "heeft zich hersteld gemeld")
    await anna.goto(around.dossier)
    await around.is_read("Hersteld gemeld", "gesloten", by=ALL)
    await around.stays()


@pytest.mark.timeout(2400)
async def test_from_report_to_recovery_with_everybody_around(around: Around) -> None:
    await reports(around)
    await is_called(around)
    await is_written_to(around)
    await is_acted_on(around)
    await is_seen_by_the_doctor(around)
    await works_again(around)
    anna = around.reading["anna"]
    await anna.goto("/account/access-log")
    await anna.get_by_label("Wachtwoord", exact=True).fill(PASSWORD)
    await anna.get_by_role("button", name="Verder").click()
    await heading(anna, "Wie heeft mijn dossier bekeken")
    for who in (BRAM, CARLA, "Dirk Dirks, bedrijfsarts"):
        await expect(anna.get_by_role("main")).to_contain_text(who)
    for stranger in ("Daan", "Hanna", "Lars"):
        await expect(anna.get_by_role("main")).not_to_contain_text(stranger)
