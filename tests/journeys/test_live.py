"""Two people with a page open at once: what one posts comes to stand on the other's, and nothing is lost."""

from __future__ import annotations

import os
import re
from collections.abc import AsyncIterator
from datetime import date
from uuid import UUID

import pytest
from playwright.async_api import Page, expect
from redis.asyncio import Redis

from backend.accounts.sign_out_device import sign_out_others
from backend.dossier.lifecycle import open_dossier
from backend.dossier.publish import publish
from backend.dossier.tables import Correction
from backend.foundation import clock, hint
from backend.foundation.database import execute, fetch_value
from backend.legal_calendar.keep import keep_calendars
from backend.organisations.entrust import entrust, withdraw_trust
from tests.cast import Cast, Member, person_of
from tests.journeys.conftest import Phone, assert_accessible
from tests.journeys.site import Site
from tests.journeys.steps import empty, powered, sick_since

SHOTS = os.environ.get("SHOTS", "")
LONG = "Daarna spraken we over het werk en over de uren.\n" * 12
SPY = """
window.badges = [];
navigator.setAppBadge = (count) => { window.badges.push(count); return Promise.resolve(); };
navigator.clearAppBadge = () => { window.badges.push(0); return Promise.resolve(); };
const Source = window.EventSource;
window.streams = [];
window.EventSource = class extends Source {
  constructor(address) {
    super(address);
    window.streams.push(this);
    for (const name of ["here", "changed"]) this.addEventListener(name, () => (this.heard = name));
  }
};
"""
REST = 8_000
"""Milliseconds that a page is open before it follows by itself (pwa/modules/live.js)."""
FOLLOWS = "() => window.streams?.some((one) => one.readyState === EventSource.OPEN && one.heard)"
RESTLESS = """
const later = window.setTimeout;
window.setTimeout = (then, after, ...more) => (after === 8_000 ? 0 : later(then, after, ...more));
"""
MAIN = """() => {
  const main = document.getElementById("main").cloneNode(true);
  for (const one of main.querySelectorAll("[data-htmx-powered]")) one.removeAttribute("data-htmx-powered");
  for (const one of [main, ...main.querySelectorAll("*")]) {
    if (!one.className) one.removeAttribute("class");
  }
  return main.innerHTML.replace(/>\\s+</g, "><").trim();
}"""


@pytest.fixture
async def dossier(on_site: Site, cast_template: Cast) -> UUID:
    """Anna is sick since the second; her manager wrote one long note."""
    await empty("entry", "dossier", "dossier_seen", "document", "action", "draft", "spell")
    assert cast_template.anna.employment
    found = await open_dossier(cast_template.anna.employment, date(2026, 11, 2), now=clock.now())
    await post(found, "Kennismaking", LONG)
    return found


async def post(dossier: UUID, title: str, body: str = "Kort.", audience: str = "shared") -> None:
    """Stands there, without a hint: this process has no Redis."""
    await publish(
        dossier, "note", now=clock.now(), author_name="Bram Bos", author_role="manager", title=title,
        body=body, audience=audience,
    )  # fmt: skip


async def looks(phone: Phone, member: Member, path: str, **how: object) -> Page:
    """The page is open and follows the dossier, at once: somebody just came back to it."""
    page = await phone(signed_in_as=member, **how)
    await follows(page, path)
    return page


async def follows(page: Page, path: str) -> None:
    await page.add_init_script(SPY)
    await page.goto(path)
    await comes_back(page)


async def comes_back(page: Page) -> None:
    await page.wait_for_function("() => window.htmx")
    await page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    await page.wait_for_function(FOLLOWS)


async def writes(page: Page, dossier: UUID, title: str, audience: str = "") -> None:
    """Posts a note by the form."""
    await page.goto(f"/dossiers/{dossier}/new/note")
    await page.get_by_label("Verslag van het gesprek").check()
    await page.get_by_label("Titel").fill(title)
    await page.get_by_label("Tekst").fill("We belden even.")
    if audience:
        await page.locator(f"input[name=audience][value={audience}]").check()
    await page.get_by_role("button", name="Zet in het dossier").click()
    await expect(page.get_by_role("heading", name=title)).to_be_visible()


async def said(page: Page, words: str) -> None:
    """Waits until what came in is said: then all of it stands where it stays."""
    await expect(page.get_by_role("status").filter(has_text=words)).to_have_count(1)


async def shot(page: Page, name: str) -> None:
    if SHOTS:
        await page.screenshot(path=f"{SHOTS}/{name}.png", full_page=True)


async def test_a_note_comes_to_stand_on_the_employees_open_page(
    phone: Phone, cast_template: Cast, dossier: UUID
) -> None:
    anna = await looks(phone, cast_template.anna, f"/dossiers/{dossier}")
    carla = await phone(signed_in_as=cast_template.helpers["carla"])
    await expect(anna.locator(".entry")).to_have_count(1)
    await anna.get_by_role("link", name="Lees notitie").click()
    await expect(anna.locator(".entry .text.written")).to_be_visible()
    await expect(anna.locator("h4:focus")).to_have_count(1)
    await anna.evaluate("document.activeElement.id = 'where-i-was'")
    loaded = await anna.evaluate("performance.timeOrigin")

    await writes(carla, dossier, "Afspraken")
    new = anna.locator(".entry").filter(has_text="Afspraken")
    await expect(new).to_be_visible()
    await expect(new.locator(".new")).to_have_text("nieuw")
    await said(anna, "Er is iets nieuws bijgekomen.")
    assert await anna.evaluate("performance.timeOrigin") == loaded, "without a reload"
    await expect(anna.locator(".entry .text.written")).to_be_visible()
    assert await anna.evaluate("document.activeElement.tagName") == "H4", "focus stays in the note being read"
    await assert_accessible(anna)
    await shot(anna, "live-390")

    await anna.reload()
    await expect(anna.locator(".entry")).to_have_count(2)


async def test_what_comes_in_is_what_a_reload_shows(phone: Phone, cast_template: Cast, dossier: UUID) -> None:
    carla = await phone(signed_in_as=cast_template.helpers["carla"])
    await empty("dossier")
    await sick_since(cast_template.anna)
    await keep_calendars(now=clock.now())  # lest the worker adds the steps of the law meanwhile
    for path in ("/", None):
        found = await carla.context.request.get("/caseload")
        id = re.search(r'data-desk="([0-9a-f-]{36})"', await found.text())
        assert id
        here = path or f"/dossiers/{id[1]}"
        anna = await phone(signed_in_as=cast_template.anna)
        # Reading says so two seconds later; a reload would differ by it.
        await anna.route("**/seen", lambda route: route.fulfill(status=204))
        await follows(anna, here)
        await writes(carla, UUID(id[1]), f"Voor {here}")
        await expect(anna.get_by_role("heading", name=f"Voor {here}")).to_be_visible()
        await anna.wait_for_function("() => !document.querySelector('.htmx-added, .htmx-swapping')")
        live = await anna.evaluate(MAIN)
        await anna.reload()
        assert await anna.evaluate(MAIN) == live


async def test_a_managers_page_is_not_told_of_what_is_medical(
    phone: Phone, cast_template: Cast, dossier: UUID
) -> None:
    bram = await looks(phone, cast_template.bram, f"/dossiers/{dossier}")
    anna = await looks(phone, cast_template.anna, f"/dossiers/{dossier}")
    dirk = await phone(signed_in_as=cast_template.helpers["dirk"])
    await writes(dirk, dossier, "Spreekuur", "medical")
    await expect(anna.get_by_role("heading", name="Spreekuur")).to_be_visible()
    await writes(dirk, dossier, "Terugkoppeling", "shared")
    await expect(bram.get_by_role("heading", name="Terugkoppeling")).to_be_visible()
    await expect(bram.get_by_role("heading", name="Spreekuur")).to_have_count(0)
    await expect(bram.locator(".entry")).to_have_count(2)


async def test_the_apps_badge_counts_what_is_unread(phone: Phone, cast_template: Cast, dossier: UUID) -> None:
    anna = await looks(phone, cast_template.anna, f"/dossiers/{dossier}")
    assert (await anna.evaluate("window.badges"))[0] == 1
    await anna.wait_for_function("() => window.badges.at(-1) === 0")
    carla = await phone(signed_in_as=cast_template.helpers["carla"])
    await writes(carla, dossier, "Afspraken")
    await anna.wait_for_function("() => window.badges.includes(1, 2)")
    await anna.wait_for_function("() => window.badges.at(-1) === 0")
    bram = await looks(phone, cast_template.bram, f"/dossiers/{dossier}")
    assert await bram.evaluate("window.badges") == [], "another's dossier is not on one's own icon"

    await post(dossier, "Nog iets")
    await anna.goto("/account")
    await anna.evaluate("""() => {
      const clear = navigator.clearAppBadge;
      navigator.clearAppBadge = () => { sessionStorage.cleared = "yes"; return clear(); };
    }""")
    await anna.get_by_role("button", name="Uitloggen").click()
    await anna.wait_for_url("**/sign-in**")
    assert await anna.evaluate("sessionStorage.cleared") == "yes"


async def test_a_page_that_is_not_looked_at_catches_up_when_it_is(
    phone: Phone, cast_template: Cast, dossier: UUID
) -> None:
    anna = await phone(signed_in_as=cast_template.anna)
    await anna.add_init_script(SPY)
    await anna.clock.install()
    await anna.goto(f"/dossiers/{dossier}")
    await anna.wait_for_function("() => window.htmx")
    await anna.clock.fast_forward(REST)
    await anna.wait_for_function(FOLLOWS)  # by itself, once it was open for a while
    seen = """(state) => {
      Object.defineProperty(document, "visibilityState", {value: state, configurable: true});
      document.dispatchEvent(new Event("visibilitychange"));
    }"""
    await anna.evaluate(seen, "hidden")
    assert await anna.evaluate("window.streams.every((one) => one.readyState === EventSource.CLOSED)")
    await post(dossier, "Ondertussen")
    await anna.evaluate(seen, "visible")
    await expect(anna.get_by_role("heading", name="Ondertussen")).to_be_visible()


async def test_what_was_fetched_further_down_stays(phone: Phone, cast_template: Cast, dossier: UUID) -> None:
    for number in range(30):
        await post(dossier, f"Notitie {number}")
    anna = await looks(phone, cast_template.anna, f"/dossiers/{dossier}")
    await anna.get_by_role("link", name="Toon wat ervoor kwam").click()
    await expect(anna.locator(".entry")).to_have_count(31)
    last = anna.locator(".entry h4").filter(has_text=re.compile(r"^Notitie 0\b"))
    await last.scroll_into_view_if_needed()
    before = await last.bounding_box()
    carla = await phone(signed_in_as=cast_template.helpers["carla"])
    await writes(carla, dossier, "Bovenaan")
    await expect(anna.locator(".entry")).to_have_count(32)
    await said(anna, "Er is iets nieuws bijgekomen.")
    ids = await anna.locator(".entry").evaluate_all("all => all.map(({id}) => id)")
    assert len(set(ids)) == 32
    after = await last.bounding_box()
    assert before and after and abs(before["y"] - after["y"]) < 2, "nothing moves under the reader"


async def test_what_is_corrected_before_the_page_follows_is_shown_though_it_was_opened(
    phone: Phone, cast_template: Cast, dossier: UUID
) -> None:
    anna = await phone(signed_in_as=cast_template.anna)
    await anna.add_init_script(SPY)
    await anna.goto(f"/dossiers/{dossier}")
    await anna.wait_for_function("() => window.badges.at(-1) === 0")  # all was read, and that is said
    await powered(anna)
    await anna.get_by_role("link", name="Lees notitie").click()
    await expect(anna.locator(".entry .text.written")).to_be_visible()
    await Correction.insert(
        Correction(
            entry=await fetch_value("SELECT id FROM entry"), title="Kennismaking", body=LONG,
            corrected_at=clock.now(), corrected_by=cast_template.bram.account,
        )
    )  # fmt: skip
    await execute("UPDATE entry SET body = 'Een uur.' || body, corrected_at = $1", clock.now())
    await comes_back(anna)
    await expect(anna.locator(".entry").filter(has_text="Een uur.")).to_be_visible()
    await expect(anna.locator(".entry .new")).to_have_text("nieuw")
    await expect(anna.locator(".entry")).to_contain_text("aangepast op")


A_WHILE = 60_000
"""Milliseconds until a page tries again for certain: each try waits longer than the one before."""


async def test_without_the_stream_all_is_as_before(
    phone: Phone, on_site: Site, cast_template: Cast, dossier: UUID
) -> None:
    anna = await looks(phone, cast_template.anna, f"/dossiers/{dossier}")
    await anna.wait_for_function("() => window.badges.at(-1) === 0")  # all was read, and that is said
    # What it reads later it says to nobody: the page without script must still find it unread.
    await anna.route("**/seen", lambda route: route.fulfill(status=204))
    await anna.clock.install()
    on_site.stop_web()
    await anna.wait_for_function("() => window.streams.every((one) => one.readyState === EventSource.CLOSED)")
    await expect(anna.get_by_role("alert")).to_have_count(0)
    await expect(anna.locator(".entry")).to_have_count(1)
    await post(dossier, "Terwijl hij weg was")
    await on_site.start_web()
    await anna.clock.fast_forward(A_WHILE)
    came = anna.get_by_role("heading", name="Terwijl hij weg was")
    await expect(came).to_be_visible(timeout=60_000)

    plain = await phone(signed_in_as=cast_template.anna, javascript=False)
    await plain.goto(f"/dossiers/{dossier}")
    await expect(plain.locator(".entry")).to_have_count(2)
    await expect(plain.get_by_role("button", name="Ik heb alles gelezen")).to_be_visible()


async def test_a_dossier_beside_the_list_is_live_too(
    phone: Phone, cast_template: Cast, dossier: UUID
) -> None:
    carla = await phone(signed_in_as=cast_template.helpers["carla"], width=1280, height=900)
    await carla.add_init_script(SPY)
    await carla.goto(f"/caseload?dossier={dossier}")
    await expect(carla.locator("#desk .entry")).to_have_count(1)
    await comes_back(carla)
    await carla.get_by_label("Zoek op naam").fill("Aal")
    bram = await phone(signed_in_as=cast_template.bram)
    await writes(bram, dossier, "Vanaf de vloer")
    await expect(carla.locator("#desk").get_by_role("heading", name="Vanaf de vloer")).to_be_visible()
    await expect(carla.get_by_label("Zoek op naam")).to_have_value("Aal")
    await expect(carla.get_by_label("Zoek op naam")).to_be_focused()
    await shot(carla, "desk-1280")


@pytest.fixture
async def hints(on_site: Site) -> AsyncIterator[None]:
    """What this process changes is hinted at, as by another web server."""
    redis = Redis.from_url(on_site.environment["REDIS_URL"])
    hint.use(redis)
    yield
    hint.use(None)
    await redis.aclose()


AT_ONCE = 16_000
"""Milliseconds before the next beat, which would tell of it too (BEAT in backend/live/follow.py)."""


async def test_who_is_entrusted_with_the_medical_part_sees_it_at_once_and_no_longer_when_it_is_withdrawn(
    phone: Phone, cast_template: Cast, dossier: UUID, hints: None
) -> None:
    cast = cast_template
    await execute("DELETE FROM medical_delegation")
    await post(dossier, "Spreekuur, het oudste", audience="medical")
    for number in range(30):
        await post(dossier, f"Notitie {number}")
    await post(dossier, "Spreekuur, het nieuwste", audience="medical")
    carla = await looks(phone, cast.helpers["carla"], f"/dossiers/{dossier}")
    await carla.get_by_role("link", name="Toon wat ervoor kwam").click()
    await expect(carla.get_by_role("heading", name=re.compile("^Notitie 0"))).to_be_visible()
    medical = carla.get_by_role("heading", name=re.compile("^Spreekuur"))
    await expect(medical).to_have_count(0)
    dirk = await person_of(cast.helpers["dirk"], now=clock.now())
    await entrust(dirk, cast.carla, cast.bakery, now=clock.now())
    await expect(medical).to_have_count(1, timeout=AT_ONCE)
    await carla.get_by_role("link", name="Toon wat ervoor kwam").click()
    await expect(medical).to_have_count(2)
    await withdraw_trust(dirk, cast.carla, cast.bakery, now=clock.now())
    await expect(medical).to_have_count(0, timeout=AT_ONCE)
    await expect(carla.locator(".entry")).to_have_count(20)
    await expect(carla.get_by_role("link", name="Toon wat ervoor kwam")).to_be_visible()


async def test_a_page_just_loaded_lets_go_of_what_is_medical_of_another_and_no_other_is_followed_yet(
    phone: Phone, cast_template: Cast, dossier: UUID, hints: None
) -> None:
    """The moment of rest after which every page is followed never comes here."""
    cast = cast_template
    await execute("DELETE FROM medical_delegation")
    await post(dossier, "Spreekuur", audience="medical")
    dirk = await person_of(cast.helpers["dirk"], now=clock.now())
    await entrust(dirk, cast.carla, cast.bakery, now=clock.now())
    carla = await phone(signed_in_as=cast.helpers["carla"])
    await carla.add_init_script(SPY + RESTLESS)
    await carla.goto(f"/dossiers/{dossier}")
    medical = carla.get_by_role("heading", name=re.compile("^Spreekuur"))
    await expect(medical).to_have_count(1)
    await carla.wait_for_function(FOLLOWS)
    await withdraw_trust(dirk, cast.carla, cast.bakery, now=clock.now())
    await expect(medical).to_have_count(0)
    for name in ("anna", "bram"):
        page = await phone(signed_in_as=cast.everyone()[name])
        await page.add_init_script(SPY + RESTLESS)
        await page.goto(f"/dossiers/{dossier}")
        await page.wait_for_function("() => window.htmx")
        assert await page.evaluate("streams.length") == 0, "its own, or nothing medical"


async def test_a_stream_ends_at_once_with_the_session(
    phone: Phone, cast_template: Cast, dossier: UUID, hints: None
) -> None:
    anna = await looks(phone, cast_template.anna, f"/dossiers/{dossier}")
    await sign_out_others(await person_of(cast_template.anna, now=clock.now()), now=clock.now())
    over = "() => streams.every((one) => one.readyState === EventSource.CLOSED)"
    await anna.wait_for_function(over, timeout=AT_ONCE)


async def test_what_somebody_else_has_written_once_for_all_is_offered_no_more(
    phone: Phone, cast_template: Cast, dossier: UUID
) -> None:
    dirk = cast_template.helpers["dirk"]
    page = await looks(phone, dirk, f"/dossiers/{dossier}")
    link = page.locator("[data-composer]").get_by_role("link", name="Probleemanalyse")
    await expect(link).to_be_visible()
    other = await phone(signed_in_as=dirk)
    await other.goto(f"/dossiers/{dossier}/new/problem-analysis")
    await writes_analysis(other)
    await expect(page.locator(".entry.problem_analysis").first).to_be_visible()
    await expect(link).to_have_count(0)
    await expect(page.locator("[data-composer]").get_by_role("link", name="Advies")).to_be_visible()


async def writes_analysis(page: Page) -> None:
    """Fills in the least that is asked, and posts it."""
    for label in ("Wat kan wel?", "Wat kan nu niet?", "Hoe lang duurt dit naar verwachting?", "Medisch deel"):
        await page.get_by_label(label).fill("Dat bespraken we.")
    await page.get_by_role("button", name="Zet in het dossier").click()
    await expect(page.locator(".entry.problem_analysis").first).to_be_visible()
