"""What journeys do again and again: sign in, fall sick, look at what is stored."""

from __future__ import annotations

import re
from datetime import date, timedelta
from uuid import UUID

import pyotp
from asyncpg import LockNotAvailableError
from playwright.async_api import Page, expect

from backend.foundation import clock
from backend.foundation.clock import HOME_ZONE, day_in
from backend.foundation.database import execute, fetch_value, transaction
from tests.cast import PASSWORD, Member
from tests.second_factor.steps import give_app, give_recovery_code
from tests.sickleave.steps import falls_sick, recovers

HOME = re.compile(r"^http://localhost:\d+/$")
CAME = """(part) => performance.getEntriesByType("resource").map(({name}) => name)
  .find((name) => name.includes(`/assets/${part}-`))"""


def today(days: int = 0) -> date:
    """The day it is for the person, or so many days from then."""
    return day_in(HOME_ZONE, clock.now()) + timedelta(days=days)


async def fresh_app(member: Member) -> str:
    """The person has one authenticator app, whose code was not used yet, and a recovery code."""
    await execute("DELETE FROM factor WHERE account = $1", member.account)
    await execute("DELETE FROM recovery_code WHERE account = $1", member.account)
    await give_recovery_code(member)
    return await give_app(member)


async def password(page: Page, member: Member, typed: str = PASSWORD, *, remember: bool = False) -> None:
    """Fills in the sign-in page that is open, and sends it."""
    await page.get_by_label("Gebruikersnaam").fill(member.email)
    await page.get_by_label("Wachtwoord", exact=True).fill(typed)
    if remember:
        await page.get_by_label("Aangemeld blijven").check()
    await page.get_by_role("button", name="Inloggen").click()


async def code(page: Page, secret: str) -> None:
    """Fills in what the app shows now, and sends it."""
    await page.get_by_label("Code uit de app").fill(pyotp.TOTP(secret).now())
    await page.get_by_role("button", name="Inloggen").click()


async def sign_in(page: Page, member: Member) -> None:
    """From the sign-in page to the dashboard, with a fresh app."""
    secret = await fresh_app(member)
    if "/sign-in" not in page.url:
        await page.goto("/sign-in")
    await password(page, member)
    await code(page, secret)


async def expire(member: Member) -> None:
    """Every session of the person is over."""
    await execute("UPDATE session SET expires_at = now() WHERE account = $1", member.account)


async def heading(page: Page, words: str) -> None:
    """Waits for the page with that heading, and for its script: sent before that, a form is only a form."""
    await expect(page.get_by_role("heading", level=1)).to_have_text(words)
    await page.wait_for_load_state("load")


async def powered(page: Page) -> None:
    """Waits for htmx, which comes last of all and begins in a task of its own; until then links are links."""
    await page.wait_for_function("() => document.querySelector('[data-htmx-powered]')")


async def writable(page: Page) -> None:
    """Waits for the script for writing to have come and run, which it does after the page."""
    await part_came(page, "sheets")


async def part_came(page: Page, part: str) -> None:
    """Waits for a part of the script that comes after the page, and for what it does at once."""
    came = await page.wait_for_function(CAME, arg=part)
    await page.evaluate("(address) => import(address).then(() => true)", await came.json_value())


async def confirms(page: Page, typed: str = PASSWORD) -> None:
    """Gives the password once more."""
    await heading(page, "Ben jij het?")
    await page.get_by_label("Wachtwoord", exact=True).fill(typed)
    await page.get_by_role("button", name="Verder").click()


async def empty(*tables: str) -> None:
    """Nothing is stored there, nor in what points there.

    The worker or a page that was just left may be at work in some of them: rather than hold the others from
    it, this lets go and tries again.
    """
    while True:
        try:
            async with transaction():
                await execute("SET LOCAL lock_timeout = '300ms'")
                await execute(f"TRUNCATE {', '.join(tables)} CASCADE")
                # No trigger hears of a table that is emptied.
                await execute(
                    "UPDATE employment e SET absent_until = NULL WHERE absent_until IS NOT NULL"
                    " AND NOT EXISTS (SELECT FROM spell s WHERE s.employment = e.id)"
                )
            return
        except LockNotAvailableError:
            continue


async def clear_reports() -> None:
    """Nobody was ever sick."""
    await empty("spell", "dossier", "entry", "answered_request", "message", "attempts")


async def spells(member: Member) -> int:
    """How many reports are stored, taken back or not."""
    found: int = await fetch_value("SELECT count(*) FROM spell WHERE employment = $1", member.employment)
    return found


async def sick_since(member: Member, days_ago: int = 0) -> UUID:
    """The person reported sick, so many days ago, on that day."""
    return await falls_sick(member, today(-days_ago), now=clock.now() - timedelta(days=days_ago))


async def was_sick(member: Member, *, until_days_ago: int) -> None:
    """The person was sick for three days and recovered so many days ago."""
    await sick_since(member, until_days_ago + 3)
    await recovers(member, today(-until_days_ago), now=clock.now() - timedelta(days=until_days_ago))


async def check(page: Page, day: object = None, hours: str | None = None) -> None:
    """Fills in the report and asks for the check."""
    if day is not None:
        await page.get_by_label("Eerste ziektedag").fill(str(day))
    if hours is not None:
        await page.get_by_label("Gewerkte uren op deze dag").fill(hours)
    await page.get_by_role("button", name="Controleer je melding").click()
