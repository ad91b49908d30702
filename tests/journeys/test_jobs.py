"""Reporting with two jobs, recovering, and what each employer decides of it."""

from __future__ import annotations

import re

import pytest
from playwright.async_api import expect

from backend.foundation.database import execute, fetch_value
from tests.cast import Cast
from tests.journeys.conftest import Phone
from tests.journeys.site import Site
from tests.journeys.steps import check, clear_reports, heading, sick_since, today

SCRIPT = pytest.mark.parametrize("javascript", [True, False], ids=["script", "no script"])


@pytest.fixture(autouse=True)
async def nobody_sick(on_site: Site) -> None:
    """Every journey begins with everybody well."""
    await clear_reports()


@SCRIPT
async def test_two_jobs_are_two_reports(phone: Phone, cast_template: Cast, javascript: bool) -> None:
    fien = cast_template.fien
    page = await phone(signed_in_as=fien, javascript=javascript)
    for employer, helper in (("Basisschool De Linde", "Wim Wit"), ("Bakkerij De Korenaar", "Bram Bos")):
        await page.goto("/")
        await page.locator(".switch summary").click()
        async with page.expect_navigation():  # who comes first in the list may be chosen already
            await page.locator(".switch").get_by_role("button", name=employer).click()
        await expect(page.locator(".switch summary")).to_contain_text(employer)
        await expect(page.get_by_role("link", name=re.compile(f"^Bel {helper}"))).to_be_visible()
        await page.get_by_role("link", name="Ziek melden").click()
        await expect(page.get_by_text(f"Bij {employer}.")).to_be_visible()
        await check(page)
        await page.get_by_role("button", name="Ziek melden").click()
        await heading(page, "Je bent ziek gemeld")
    rows = await fetch_value("SELECT array_agg(employment) FROM spell")
    assert set(rows) == {fien.employment, cast_template.fien_at_school}


@SCRIPT
async def test_recovery_has_its_own_limits(phone: Phone, cast_template: Cast, javascript: bool) -> None:
    anna = cast_template.anna
    await sick_since(anna, 2)
    page = await phone(signed_in_as=anna, javascript=javascript)
    await page.goto("/absence/return")
    day = page.get_by_label("Datum waarop je het werk volledig hebt hervat")
    for typed, told in ((today(-3), "Kies die dag of een dag erna"), (today(8), "Kies uiterlijk")):
        await day.fill(str(typed))
        await page.get_by_role("button", name="Hersteld melden").click()
        await expect(page.locator("#recovered_on-error")).to_contain_text(told)
        await expect(day).to_have_value(str(typed))
    await day.fill(str(today(7)))
    await page.get_by_role("button", name="Hersteld melden").click()
    await heading(page, "Je bent hersteld gemeld")
    await expect(page.locator("main")).to_contain_text("Toch nog niet beter op die dag?")


async def test_an_employer_decides_what_is_asked(phone: Phone, cast_template: Cast) -> None:
    await execute(
        "UPDATE employer_settings SET ask_phone = false, ask_nursing_address = false,"
        " ask_expected_duration = false, ask_work_handover = false, ask_safety_net = false,"
        " ask_work_accident = false, ask_third_party_accident = false, days_back = 2,"
        " show_case_manager = false"
        " WHERE employer = $1",
        cast_template.school,
    )
    page = await phone(signed_in_as=cast_template.eva)
    await page.goto("/")
    await expect(page.locator(".contact")).to_have_count(1)
    await page.goto("/absence/report")
    await expect(page.get_by_text("Nog een paar vragen")).to_have_count(0)
    await check(page, today(-3))
    await expect(page.locator("#first_sick_day-error")).to_contain_text("Werd je eerder ziek?")
