"""A manager with a phone in the hand, and an employee with another: who phones in sick, and what follows."""

from __future__ import annotations

import asyncio
import re

import pytest
from playwright.async_api import Page, Route, expect

from backend.dossier.publish import publish
from backend.dossier.tables import Action
from backend.foundation import clock
from backend.foundation.database import fetch_value
from tests.cast import Cast
from tests.journeys.conftest import Phone, assert_accessible
from tests.journeys.site import Site
from tests.journeys.steps import clear_reports, confirms, heading, sick_since, today


async def read(page: Page, path: str, words: str) -> None:
    """The page says so, and is for everyone."""
    await page.goto(path)
    await expect(page.get_by_role("main")).to_contain_text(words)
    await assert_accessible(page)


async def report_for_anna(bram: Page, *, javascript: bool) -> None:
    """From the team to the outcome, with a phone number."""
    await bram.goto("/team")
    await bram.get_by_role("link", name="Anna Aalbers", exact=True).click()
    await bram.get_by_role("link", name="Ziek melden").click()
    await expect(bram.get_by_role("heading", level=1)).to_have_text("Anna Aalbers ziek melden")
    await bram.get_by_text("Nog een paar vragen").click()
    await bram.get_by_label("Telefoonnummer").fill("06 87654321")
    await assert_accessible(bram) if javascript else None
    await bram.get_by_role("button", name="Controleer je melding").click()
    await expect(bram.get_by_role("main")).to_contain_text("06 87654321")
    await assert_accessible(bram) if javascript else None
    await bram.get_by_role("button", name="Ziek melden").click()
    await expect(bram.get_by_role("main")).to_contain_text("Je hebt Anna ziek gemeld")


async def an_action_for_bram(cast: Cast) -> None:
    """Carla asks him to call, by yesterday."""
    dossier = await fetch_value("SELECT id FROM dossier WHERE employment = $1", cast.anna.employment)
    entry = await publish(
        dossier, "action", now=clock.now(), author_name="Carla Claes", author_role="case_manager",
        title="Bel Anna even",
    )  # fmt: skip
    await Action.insert(Action(entry=entry, assignee_role="manager", due_on=today(-1)))


async def test_a_name_typed_before_the_script_came_is_sought(
    phone: Phone, on_site: Site, cast_template: Cast
) -> None:
    bram = await phone(signed_in_as=cast_template.bram, service_workers="block")
    asked, typed = asyncio.Event(), asyncio.Event()

    async def late(route: Route) -> None:
        asked.set()
        await typed.wait()
        await route.continue_()

    await bram.route("**/htmx-*.js", late)
    await bram.goto("/team?q=daan")
    await asked.wait()
    await bram.get_by_label("Zoek op naam").fill("aalb")
    typed.set()
    await expect(bram.get_by_role("link", name="Anna Aalbers", exact=True)).to_be_visible()


async def test_who_phones_in_sick(phone: Phone, on_site: Site, cast_template: Cast) -> None:
    cast = cast_template
    await clear_reports()
    bram = await phone(signed_in_as=cast.bram)
    anna = await phone(signed_in_as=cast.anna)
    await report_for_anna(bram, javascript=True)
    await on_site.next_message(cast.anna.email, about="Bram Bos heeft je ziek gemeld")
    await read(anna, "/", "Je bent ziek gemeld sinds")
    await expect(anna.locator(".entry.report")).to_contain_text("Bram Bos, leidinggevende")

    await bram.goto("/team?q=daan")
    await bram.get_by_label("Zoek op naam").fill("aalb")
    await expect(bram.get_by_role("status")).to_contain_text("1 persoon gevonden met “aalb”")
    call = bram.get_by_role("link", name="Bel Anna Aalbers")
    assert await call.get_attribute("href") == "tel:+31687654321"
    await assert_accessible(bram)

    await anna.goto("/absence/hours")
    await anna.get_by_label("Hoeveel uur per week?").fill("12")
    await anna.get_by_role("button", name="Voorstel versturen").click()
    await heading(anna, "Je voorstel is verstuurd")
    await an_action_for_bram(cast)
    await read(bram, "/to-do", "12 uur per week")
    await bram.get_by_role("button", name="Deze uren afspreken").click()
    await expect(bram.get_by_role("main")).to_contain_text("Afgesproken")
    mail = await on_site.next_message(cast.anna.email, about="afgesproken")
    assert "Bram Bos heeft bevestigd" in mail["text"]
    await read(bram, "/to-do", "Te laat")
    await bram.get_by_role("button", name="Gedaan").click()
    await expect(bram.get_by_role("main")).to_contain_text("Afgerond: Bel Anna even")
    await read(anna, "/", "Gedaan: Bel Anna even")
    await expect(anna.get_by_role("main")).to_contain_text("Uren afgesproken")

    await bram.goto(f"/team/{cast.anna.employment}")
    await bram.get_by_role("link", name=re.compile("loopt nog")).click()
    await expect(bram.get_by_role("heading", level=1)).to_have_text("Verzuimdossier van Anna Aalbers")
    await anna.goto("/account/access-log")
    await confirms(anna)
    await heading(anna, "Wie heeft mijn dossier bekeken")
    await read(anna, "/account/access-log", "Bram Bos, leidinggevende")

    await bram.goto(f"/team/{cast.anna.employment}")
    await bram.get_by_role("link", name="Hersteld melden").click()
    await heading(bram, "Anna Aalbers hersteld melden")
    await assert_accessible(bram)
    await bram.get_by_role("button", name="Hersteld melden").click()
    await expect(bram.get_by_role("main")).to_contain_text("Je hebt Anna hersteld gemeld")
    await read(anna, "/", "Ziek melden")
    await read(bram, "/team", "Deze week teruggekomen")


@pytest.mark.parametrize("javascript", [True, False])
async def test_hours_are_talked_over_first(
    phone: Phone, on_site: Site, cast_template: Cast, javascript: bool
) -> None:
    cast = cast_template
    await clear_reports()
    await sick_since(cast.anna)
    anna = await phone(signed_in_as=cast.anna, javascript=javascript)
    bram = await phone(signed_in_as=cast.bram, javascript=javascript)
    await anna.goto("/absence/hours")
    await anna.get_by_label("Hoeveel uur per week?").fill("20")
    await anna.get_by_role("button", name="Voorstel versturen").click()
    await heading(anna, "Je voorstel is verstuurd")

    await bram.goto("/to-do")
    await bram.get_by_role("link", name="Niet akkoord, eerst doorspreken").click()
    await expect(bram.get_by_role("main")).to_contain_text("Schrijf niets over de ziekte en geen percentage.")
    await assert_accessible(bram) if javascript else None
    await bram.get_by_label("Wil je er iets bij zeggen?").fill("Ik bel je morgen om tien uur.")
    await bram.get_by_role("button", name="Niet akkoord, eerst doorspreken").click()
    await expect(bram.get_by_role("main")).to_contain_text("Eerst samen doorspreken")
    await assert_accessible(bram) if javascript else None

    mail = await on_site.next_message(cast.anna.email, about="doorspreken")
    assert "Bram Bos" in mail["text"] and "morgen om tien" not in mail["text"]
    await anna.goto("/")
    await expect(anna.get_by_role("main")).to_contain_text("Ik bel je morgen om tien uur.")
    await anna.get_by_role("link", name="Ik werk weer voor een deel").click()
    await anna.get_by_label("Hoeveel uur per week?").fill("8")
    await anna.get_by_role("button", name="Voorstel versturen").click()
    await heading(anna, "Je voorstel is verstuurd")
    await bram.goto("/to-do")
    await expect(bram.get_by_role("main")).to_contain_text("8 uur per week")


@pytest.mark.parametrize("way", ["postpone", "cancel"])
async def test_without_script(phone: Phone, on_site: Site, cast_template: Cast, way: str) -> None:
    await clear_reports()
    bram = await phone(signed_in_as=cast_template.bram, javascript=False)
    await report_for_anna(bram, javascript=False)
    await an_action_for_bram(cast_template)
    await bram.goto("/to-do")
    if way == "postpone":
        await bram.get_by_role("link", name="Uitstellen").click()
        await bram.get_by_label("Nieuwe datum").fill(today(3).isoformat())
        await bram.get_by_role("button", name="Uitstellen").click()
        await expect(bram.get_by_role("alert")).to_contain_text("Schrijf waarom dit later wordt.")
        await bram.get_by_label("Waarom wordt het later?").fill("Morgen is er meer tijd.")
        await bram.get_by_role("button", name="Uitstellen").click()
        await expect(bram.get_by_role("main")).to_contain_text("Nu uiterlijk")
    else:
        await bram.get_by_role("link", name="Niet nodig").click()
        await bram.get_by_label("Waarom is het niet nodig?").fill("We spraken elkaar al.")
        await bram.get_by_role("button", name="Niet nodig").click()
        await expect(bram.get_by_role("main")).to_contain_text("Afgerond: Bel Anna even")
    await bram.goto("/team?q=Anna")
    await expect(bram.get_by_role("main")).to_contain_text("Nu afwezig")
