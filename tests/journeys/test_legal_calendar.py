"""Where a dossier stands, on a phone: the manager says how a step went, the employee reads it."""

from __future__ import annotations

from uuid import UUID

import pytest
from playwright.async_api import expect

from backend.foundation import clock
from backend.foundation.database import execute, fetch_value
from tests.cast import Cast
from tests.journeys.conftest import Phone, assert_accessible
from tests.journeys.site import Site
from tests.journeys.steps import empty, today
from tests.legal_calendar.steps import kept
from tests.sickleave.steps import falls_sick


@pytest.fixture
async def dossier(on_site: Site, cast_template: Cast) -> UUID:
    """Anna has been sick for 51 days: the analysis is late, the plan is open."""
    await empty("entry", "dossier", "dossier_seen", "document", "action", "spell")
    spell = await falls_sick(cast_template.anna, today(), now=clock.now())
    await execute(
        "UPDATE spell SET first_sick_day = first_sick_day - 50,"
        " reported_at = reported_at - interval '50 days'"
    )
    await execute("UPDATE dossier SET opened_on = opened_on - 50, opened_at = opened_at - interval '50 days'")
    found: UUID = await fetch_value("SELECT dossier FROM spell WHERE id = $1", spell)
    await kept(today())
    return found


@pytest.mark.parametrize("javascript", [True, False])
@pytest.mark.parametrize("width", [320, 1280])
async def test_a_manager_says_how_it_went_and_the_employee_reads_it(
    phone: Phone, cast_template: Cast, dossier: UUID, javascript: bool, width: int
) -> None:
    page = await phone(signed_in_as=cast_template.bram, javascript=javascript, width=width)
    await page.goto(f"/dossiers/{dossier}")
    await expect(page.get_by_role("heading", name="Week 8 van 104")).to_be_visible()
    now = page.locator(".calendar > ol > li")
    await expect(now).to_contain_text(["Probleemanalyse", "Plan van aanpak", "Evaluatie"])
    await expect(now.first).to_contain_text("Te laat")
    await expect(page.get_by_text("1 stap gedaan, 1 te laat, 1 nu te doen.")).to_be_visible()
    await expect(page.get_by_text("Wet: Regeling procesgang, artikel 4")).to_be_visible()
    await page.get_by_text("Wat daarna komt").click()
    await expect(page.get_by_role("heading", name="Eerstejaarsevaluatie")).to_be_visible()
    if javascript:
        await assert_accessible(page)
    await now.nth(1).get_by_role("link", name="Zeg hoe het ging").click()
    await page.get_by_text("Niet nodig").first.click()
    await page.locator("form", has=page.locator("[value=cancelled]")).get_by_role("button").click()
    await expect(page.locator("#not_needed_reason-error")).to_contain_text("Schrijf de reden erbij")
    if javascript:
        await assert_accessible(page)
    await page.get_by_label("Waarom is het niet nodig?").fill("Volgende week weer aan het werk")
    await page.locator("form", has=page.locator("[value=cancelled]")).get_by_role("button").click()
    await expect(page.locator(".calendar > ol > li")).to_have_count(2)

    reader = await phone(signed_in_as=cast_template.anna, javascript=javascript, width=width)
    await reader.goto(f"/dossiers/{dossier}")
    entry = reader.locator(".entry.change").first
    await expect(entry).to_contain_text("Niet nodig: Plan van aanpak")
    await expect(entry).to_contain_text("Volgende week weer aan het werk")
    await reader.get_by_text("Tot nu toe").click()
    await expect(reader.get_by_text("Reden: Volgende week weer aan het werk")).to_be_visible()


async def test_an_administrator_adds_a_step_without_script(
    phone: Phone, on_site: Site, cast_template: Cast
) -> None:
    page = await phone(signed_in_as=cast_template.helpers["ada"], javascript=False)
    await page.goto("/protocol")
    await page.get_by_text("Stap toevoegen").first.click()
    await page.get_by_label("Wat moet er gebeuren?").fill("Bellen op de eerste dag")
    await page.get_by_label("De leidinggevende").check()
    await page.get_by_label("Bij elke ziekmelding").check()
    await page.get_by_label("Binnen hoeveel dagen na de melding?").fill("0")
    await page.get_by_role("button", name="Stap toevoegen").click()
    await expect(page.locator(".row", has_text="Bellen op de eerste dag")).to_contain_text("op de dag zelf")
    await page.get_by_role("button", name="Weghalen").click()
    await expect(page.get_by_text("Er zijn nog geen eigen stappen.")).to_be_visible()
