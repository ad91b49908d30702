"""A list (team, to-do, caseload) stands open while somebody else changes what it shows."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from decimal import Decimal
from time import monotonic
from typing import Any

import pytest
from playwright.async_api import Page, Request, expect
from redis.asyncio import Redis

from backend.dossier.publish import publish
from backend.dossier.tables import Action
from backend.foundation import clock, hint
from backend.foundation.database import execute, fetch_value
from backend.foundation.tokens import new_id
from backend.legal_calendar.keep import keep_calendars
from backend.live.follow import LIST_GAP
from backend.sickleave.answers import SickReport
from backend.sickleave.report_recovery import report_recovery
from backend.sickleave.report_sick import report_sick
from tests.caseload.many import make_many
from tests.cast import Cast, Member, person_of
from tests.journeys.conftest import Phone, assert_accessible
from tests.journeys.site import Site
from tests.journeys.steps import clear_reports, sick_since, today
from tests.journeys.test_live import A_WHILE, comes_back, looks, said, shot

COUNTS = """() => {
  window.lines = [];
  for (const one of streams) one.addEventListener("changed", () => lines.push(one.url));
}"""
SAID = "De lijst is bijgewerkt."
ALMOST_STILL = 1_900
"""Milliseconds between two letters of somebody who is still typing (STILL in pwa/modules/live_list.js)."""


@pytest.fixture(autouse=True)
async def nobody_is_sick(on_site: Site) -> AsyncIterator[None]:
    """What this process changes is hinted at, as by another web server."""
    await clear_reports()
    redis = Redis.from_url(on_site.environment["REDIS_URL"])
    hint.use(redis)
    yield
    hint.use(None)
    await redis.aclose()
    await clear_reports()
    await execute("DELETE FROM employment WHERE first_name = 'Collega'")


async def colleagues(cast: Cast, count: int) -> list[Member]:
    """Others in Bram's team, who have no account."""
    found = []
    for number in range(count):
        id = new_id()
        await execute(
            "INSERT INTO employment (id, employer, first_name, last_name, personnel_number, job, started_on,"
            " manager, case_manager) VALUES ($1, $2, 'Collega', $3, $3, 'bakker', '2020-01-01', $4, $5)",
            id, cast.bakery, f"Nummer {number:02}", cast.bram_as_manager, cast.carla,
        )  # fmt: skip
        found.append(Member(f"Collega Nummer {number:02}", "", cast.anna.birth_date, None, id, cast.bakery))
    return found


async def phones_in(cast: Cast, who: Member) -> None:
    """Bram reports them sick from elsewhere."""
    assert who.employment
    report = SickReport(who.employment, first_sick_day=today(), worked_hours=Decimal(0))
    bram = await person_of(cast.bram, now=clock.now())
    await report_sick(bram, report, new_id(), now=clock.now(), for_another=True)


async def is_back(cast: Cast, who: Member) -> None:
    """Bram reports them recovered from elsewhere."""
    assert who.employment
    bram, now = await person_of(cast.bram, now=clock.now()), clock.now()
    await report_recovery(bram, who.employment, today(), new_id(), now=now, for_another=True)


@asynccontextmanager
async def asked(page: Page) -> AsyncIterator[list[str]]:
    """What the page fetches for a list meanwhile, streams aside."""
    found: list[str] = []

    def note(request: Request) -> None:
        if request.resource_type in ("fetch", "xhr") and "by-itself" in str(request.headers):
            found.append(request.url)

    page.on("request", note)
    yield found
    page.remove_listener("request", note)


async def settled(page: Page) -> None:
    """Whatever hints there were have come to nothing or to a renewed list: another change came through."""
    await page.wait_for_function("() => !document.querySelector('.htmx-added, .htmx-swapping')")


async def test_who_reports_sick_comes_to_stand_on_the_managers_open_page(
    phone: Phone, cast_template: Cast
) -> None:
    cast = cast_template
    bram = await looks(phone, cast.bram, "/team")
    anna = await phone(signed_in_as=cast.anna)
    loaded = await bram.evaluate("performance.timeOrigin")
    link = bram.get_by_role("link", name="Daan Dekker").first
    await link.focus()

    await anna.goto("/absence/report")
    await anna.get_by_role("button", name="Controleer je melding").click()
    await anna.get_by_role("button", name="Ziek melden").click()
    away = bram.locator("#people-away")
    await expect(away).to_contain_text("Anna Aalbers")
    await expect(bram.locator("#people-in")).not_to_contain_text("Anna Aalbers")
    await said(bram, SAID)
    await expect(link).to_be_focused()
    await assert_accessible(bram)
    await shot(bram, "team-live-390")

    await anna.get_by_role("link", name="Was het een vergissing?").click()
    await anna.get_by_role("button", name="Ziekmelding terugnemen").click()
    await expect(away).to_have_count(0)
    await expect(bram.locator("#people-in")).to_contain_text("Anna Aalbers")
    await sick_since(cast.anna, 3)
    await expect(away).to_contain_text("Anna Aalbers")
    await anna.goto("/absence/return")
    await anna.get_by_role("button", name="Hersteld melden").click()
    await expect(bram.locator("#people-back")).to_contain_text("Anna Aalbers")
    assert await bram.evaluate("performance.timeOrigin") == loaded, "without a reload"


async def test_who_is_reported_sick_by_another_sees_it_on_the_open_dashboard(
    phone: Phone, cast_template: Cast
) -> None:
    anna = await looks(phone, cast_template.anna, "/")
    await expect(anna.get_by_role("link", name="Ziek melden", exact=True)).to_be_visible()
    loaded = await anna.evaluate("performance.timeOrigin")
    await phones_in(cast_template, cast_template.anna)
    await expect(anna.get_by_role("link", name="Hersteld melden", exact=True)).to_be_visible()
    await expect(anna.locator(".timeline")).to_contain_text("Bram Bos, leidinggevende")
    await expect(anna.locator("[data-live]")).to_have_count(1)
    await shot(anna, "dashboard-live-390")

    await is_back(cast_template, cast_template.anna)
    await expect(anna.get_by_role("link", name="Ziek melden", exact=True)).to_be_visible()
    await expect(anna.locator(".timeline")).to_have_count(0)
    await phones_in(cast_template, cast_template.anna)
    await expect(anna.locator(".timeline")).to_contain_text("Bram Bos, leidinggevende")
    await assert_accessible(anna)
    assert await anna.evaluate("performance.timeOrigin") == loaded, "without a reload"


async def test_fifty_reports_at_once_are_few_requests(phone: Phone, cast_template: Cast) -> None:
    many = await colleagues(cast_template, 50)
    bram = await looks(phone, cast_template.bram, "/team")
    began = monotonic()
    async with asked(bram) as requests:
        await asyncio.gather(*(phones_in(cast_template, who) for who in many))
        await expect(bram.locator("#people-away h2 small")).to_have_text("50")
        await settled(bram)
    # Where storing fifty takes long, they are not at once.
    assert 1 <= len(requests) <= 4 + (monotonic() - began) // LIST_GAP, requests


async def test_where_one_reads_stays_in_place(phone: Phone, cast_template: Cast) -> None:
    many = await colleagues(cast_template, 30)
    bram = await looks(phone, cast_template.bram, "/team")
    read = bram.get_by_role("link", name="Collega Nummer 20", exact=True)
    await read.focus()
    await read.scroll_into_view_if_needed()
    await bram.evaluate("scrollBy(0, 40)")
    before = await read.bounding_box()
    await phones_in(cast_template, many[3])
    await expect(bram.locator("#people-away")).to_contain_text("Collega Nummer 03")
    await said(bram, SAID)
    after = await read.bounding_box()
    assert before and after and abs(before["y"] - after["y"]) < 2, "nothing moves under the reader"
    await expect(read).to_be_focused()
    await phones_in(cast_template, many[20])
    await expect(bram.locator("#people-away")).to_contain_text("Collega Nummer 20")
    await expect(read).to_be_focused()


async def test_nothing_is_renewed_while_a_search_is_typed(phone: Phone, cast_template: Cast) -> None:
    many = await colleagues(cast_template, 10)
    bram = await looks(phone, cast_template.bram, "/team")
    search = bram.get_by_label("Zoek op naam")
    await bram.evaluate(COUNTS)
    await bram.clock.install()
    await bram.clock.pause_at(clock.now() + timedelta(minutes=1))
    async with asked(bram) as requests:
        await search.press_sequentially("num")
        await phones_in(cast_template, many[1])
        await bram.wait_for_function("() => lines.length")
        for letter in "mer 0":
            await bram.clock.run_for(ALMOST_STILL)
            assert requests == []
            await search.press_sequentially(letter)
    await bram.clock.resume()
    await expect(search).to_have_value("nummer 0")
    await expect(search).to_be_focused()
    await expect(bram.locator("#people-away")).to_contain_text("Collega Nummer 01")
    await phones_in(cast_template, many[2])
    await expect(bram.locator("#people-away")).to_contain_text("Collega Nummer 02")
    await expect(bram.locator("#people")).not_to_contain_text("Anna")
    await expect(search).to_have_value("nummer 0")
    await expect(search).to_be_focused()


async def test_what_is_medical_renews_no_list_of_the_employers_side(
    phone: Phone, cast_template: Cast
) -> None:
    cast = cast_template
    spell = await sick_since(cast.anna)
    dossier = await fetch_value("SELECT dossier FROM spell WHERE id = $1", spell)
    await keep_calendars(now=clock.now())  # lest the worker adds the steps of the law meanwhile
    pages = [
        await looks(phone, cast.bram, "/team"),
        await looks(phone, cast.bram, "/to-do"),
        await looks(phone, cast.helpers["carla"], "/caseload"),
    ]
    dirk = await looks(phone, cast.helpers["dirk"], "/caseload")
    for page in (*pages, dirk):
        await page.evaluate(COUNTS)
    by: dict[str, Any] = {"author_name": "Iemand", "author_role": "case_manager"}
    for kind in ("note", "action"):
        entry = await publish(dossier, kind, now=clock.now(), audience="medical", title="Alleen hier", **by)
        if kind == "action":
            doctor = Action(entry=entry, assignee_role="company_doctor", due_on=today(-1))
            await Action.insert(doctor)
            hint.changed(dossier)
    await expect(dirk.locator(f"#case-{dossier}")).to_contain_text("Alleen hier")
    assert await dirk.evaluate("lines.length") >= 1
    for page in pages:
        assert await page.evaluate("lines.length") == 0
        await expect(page.get_by_role("main")).not_to_contain_text("Alleen hier")
    await publish(dossier, "note", now=clock.now(), title="Voor allen", **by)
    await expect(pages[2].locator(f"#case-{dossier} .new")).to_have_count(1)


async def test_an_action_comes_and_goes_on_the_open_to_do_page(phone: Phone, cast_template: Cast) -> None:
    cast = cast_template
    dossier = await fetch_value("SELECT dossier FROM spell WHERE id = $1", await sick_since(cast.anna))
    bram = await looks(phone, cast.bram, "/to-do")
    await expect(bram.get_by_text("Je hoeft nu niets te doen.")).to_be_visible()
    carla = await phone(signed_in_as=cast.helpers["carla"])
    await carla.goto(f"/dossiers/{dossier}/new/action")
    await carla.get_by_label("Wat gaat er gebeuren?").fill("Bel Anna even")
    await carla.get_by_label(re.compile("Bram Bos")).check()
    await carla.get_by_label("Uiterlijk op").fill(str(today(3)))
    await carla.get_by_role("button", name="Zet in het dossier").click()
    action = bram.get_by_role("link", name="Bel Anna even", exact=True)
    await expect(action).to_be_visible()
    key = await bram.locator("input[name=request_key]").input_value()
    await action.focus()
    await shot(bram, "to-do-live-390")

    anna = await phone(signed_in_as=cast.anna)
    await anna.goto("/absence/hours")
    await anna.get_by_label("Hoeveel uur per week?").fill("12")
    await anna.get_by_role("button", name="Voorstel versturen").click()
    await expect(bram.get_by_text("12 uur per week")).to_be_visible()
    await expect(action).to_be_focused()
    keys = await bram.locator("input[name=request_key]").evaluate_all("all => all.map((one) => one.value)")
    assert key in keys, "a form that was there keeps its key"
    other = await phone(signed_in_as=cast.bram)
    await other.goto("/to-do")
    await other.get_by_role("button", name="Gedaan").click()
    await expect(other.get_by_role("main")).to_contain_text("Afgerond")
    await expect(action).to_have_count(0)
    await expect(bram.locator("body :focus")).to_have_count(1)  # it is not lost


async def test_the_caseload_renews_itself_and_keeps_what_stands_open(
    phone: Phone, cast_template: Cast
) -> None:
    cast = cast_template
    await make_many(cast, 60, today())
    carla = await looks(phone, cast.helpers["carla"], "/caseload?sort=name", width=1280, height=900)
    await carla.get_by_role("link", name="Toon meer").click()
    await expect(carla.locator("a.case")).to_have_count(50)
    chosen = carla.locator("a.case").nth(30)
    await chosen.click()
    await expect(carla.locator("#desk .entry").first).to_be_visible()
    await comes_back(carla)
    await carla.wait_for_function(
        "() => streams.filter((one) => one.readyState === 1 && one.heard).length === 2"
    )
    id = await chosen.get_attribute("id")
    assert id
    before = await carla.locator(f"#{id}").bounding_box()
    await sick_since(cast.anna)
    await expect(carla.locator("a.case").first).to_contain_text("Anna Aalbers")
    ids = await carla.locator("a.case").evaluate_all("all => all.map((one) => one.id)")
    assert len(ids) == len(set(ids)) == 51
    await expect(carla.locator("a.case[aria-current]")).to_have_id(id)
    await said(carla, SAID)
    after = await carla.locator(f"#{id}").bounding_box()
    assert before and after and abs(before["y"] - after["y"]) < 2
    await expect(carla.locator("#caseload-count")).to_contain_text("dossiers")
    await expect(carla.locator("#desk .entry").first).to_be_visible()
    await shot(carla, "caseload-live-1280")


async def test_without_the_stream_the_list_stays_as_it_was(
    phone: Phone, on_site: Site, cast_template: Cast
) -> None:
    bram = await looks(phone, cast_template.bram, "/team")
    await bram.clock.install()
    on_site.stop_web()
    await bram.wait_for_function("() => streams.every((one) => one.readyState === EventSource.CLOSED)")
    await expect(bram.get_by_role("alert")).to_have_count(0)
    await expect(bram.locator("#people-in")).to_contain_text("Anna Aalbers")
    await sick_since(cast_template.anna)
    await on_site.start_web()
    await bram.clock.fast_forward(A_WHILE)
    await expect(bram.locator("#people-away")).to_contain_text("Anna Aalbers", timeout=60_000)
