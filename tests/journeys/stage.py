"""The stage for every page and state: what is stored before the curtain, and who comes in how."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

from playwright.async_api import Page

from backend.dossier.publish import publish
from backend.dossier.tables import Action
from backend.foundation import clock, languages
from backend.foundation.database import execute, fetch_value
from backend.foundation.tokens import new_id, new_token, token_hash
from backend.gateways import files
from backend.invitations.invite import invite
from backend.organisations.tables import Employment
from backend.web.errors import WORDS
from backend.web.templating import environments
from tests.cast import Cast, Member, person_of, session_of
from tests.dossier.conftest import store
from tests.journeys.scene import SEND
from tests.journeys.scenes import ENDED
from tests.journeys.site import Site
from tests.journeys.stage_around import people_around
from tests.journeys.steps import clear_reports, sick_since, was_sick
from tests.second_factor.steps import give, give_recovery_code

MEES = "mees@voorbeeld.example"


async def set_the_stage(site: Site, cast: Cast, language: str) -> dict[str, Any]:
    """Everybody reads that language. Answers what stands in the paths of scenes."""
    await clear_reports()
    for table in ("factor", "recovery_code", "invitation", "sms_code", "protocol_step"):
        await execute(f"TRUNCATE {table} CASCADE")
    await execute("UPDATE account SET language = $1", language)
    files.use(site.environment["FILES_URL"])
    fresh = await fill_dossier(cast, cast.anna)
    await was_sick(cast.eva, until_days_ago=5)
    await give(cast.anna, "authenticator", "A" * 32)
    await give(cast.anna, "security_key", name="Sleutel")
    await give(cast.ilse, "authenticator", "A" * 32)
    await give(cast.ilse, "security_key", name="Sleutel")
    await give(cast.ilse, "sms", "+31612345678")
    await give_recovery_code(cast.ilse)
    await invited(cast, "second", cast.bram)
    for how in ("open", *ENDED):
        await invited(cast, how)
    around = await people_around(cast, fresh)
    spell = await fetch_value("SELECT id FROM spell WHERE dossier = $1", fresh)
    return around | {"fresh": fresh, "own_spell": spell, "reset": await reset_link(cast.daan)}


def roles(cast: Cast) -> dict[str, Member | None]:
    """Who stands for whom."""
    return {
        "nobody": None, "invited": None, "half": cast.kees, "proving": cast.ilse, "well": cast.daan,
        "linking": cast.bram, "two": cast.fien, "sick": cast.anna, "recovered": cast.eva,
        "manager": cast.bram, "long": cast.ilse, "hanna": cast.helpers["hanna"],
        "leader": cast.helpers["wim"], "quiet": cast.helpers["karin"], "guide": cast.helpers["carla"],
        "idle": cast.helpers["lars"], "doctor": cast.helpers["dirk"], "administrator": cast.helpers["ada"],
        "nowhere": cast.helpers["lena"],
    }  # fmt: skip


async def reset_link(member: Member) -> str:
    """What a link to choose a new password ends with."""
    now, token = clock.now(), new_token()
    await execute("DELETE FROM password_reset")
    await execute(
        "INSERT INTO password_reset (id, account, token_hash, created_at, expires_at)"
        " VALUES ($1, $2, $3, $4, $5)",
        new_id(), member.account, token_hash(token), now, now + timedelta(hours=1),
    )  # fmt: skip
    return token


async def fill_dossier(cast: Cast, who: Member) -> UUID:
    """Sick since today, with one entry of every kind; the dossier."""
    spell = await sick_since(who)
    found: UUID = await fetch_value("SELECT dossier FROM spell WHERE id = $1", spell)
    now, bram = clock.now(), {"author_name": "Bram Bos", "author_role": "manager"}
    long = "Daarna spraken we over het werk en over de uren. " * 12
    await publish(found, "note", now=now, title="Verslag van het gesprek", body=long, **bram)
    letter = await publish(found, "document", now=now, title="Uitnodiging", body="Tot dan.", **bram)
    await store(b"%PDF-1.7", "Uitnodiging voor het spreekuur van de bedrijfsarts.pdf", letter)
    for days in (7, -7):
        action = await publish(found, "action", now=now, title="Bellen over je uren", **bram)
        row = Action(
            entry=action, assignee=cast.bram_as_manager, assignee_role="manager",
            due_on=(now + timedelta(days=days)).date(),
        )  # fmt: skip
        await Action.insert(row)
    await publish(found, "change", now=now, title="Uren bevestigd", **bram)
    hours = {"starts_on": now.date(), "hours_a_week": "12"}
    await publish(found, "partial_recovery", now=now, author=await person_of(who, now=now), facts=hours)
    return found


async def invited(cast: Cast, how: str, who: Member | None = None) -> None:
    """An invitation for Mees, or somebody's second job, whose token says how it stands."""
    id, who = new_id(), who or Member("Mees Mulder", MEES, cast.gijs.birth_date, None, None, None)
    first, last = who.name.split()
    await Employment.insert(
        Employment(
            id=id, employer=cast.school, first_name=first, last_name=last, birth_date=who.birth_date,
            email=who.email, personnel_number="12", job="conciërge",
        )
    )  # fmt: skip
    await invite(id, now=clock.now(), token=how)
    change = {
        "used": "used_at = now()", "withdrawn": "withdrawn_at = now()", "replaced": "replaced_at = now()",
        "expired": "expires_at = now() - interval '1 day'", "too_many_tries": "wrong_tries = 5",
    }  # fmt: skip
    if how in change:
        await execute(f"UPDATE invitation SET {change[how]} WHERE employment = $1", id)


async def enter(page: Page, site: Site, who: str, member: Member | None) -> None:
    """Gives the browser the session that this one has."""
    if member is not None:
        how = (
            {"level": "password"} if who in ("half", "proving") else {"confirmed": who in ("sick", "doctor")}
        )
        secret = await session_of(member, now=clock.now(), **how)
        await page.context.add_cookies([{"name": "session", "value": secret, "url": site.url}])
    links = {"invited": ("open", MEES), "linking": ("second", member.email if member else "")}
    if who in links:
        token, email = links[who]
        await page.goto(f"/invitations/{token}")
        await page.locator("#email").fill(email)
        await page.locator("#birth_date").fill("1-2-1990")
        async with page.expect_navigation():
            await page.locator(SEND).click()


def error_page(status: int, language: str) -> str:
    """The page of a failure that no test can provoke at will."""
    languages.language.set(language)
    heading, text = WORDS[status]
    template = environments[language].get_template("errors/error.html")
    return template.render(
        person=None, language=language, path="/", development=True, owner_tag="", status=status,
        heading=languages.gettext(heading), text=languages.gettext(text),
        action={"url": "/", "label": languages.gettext("Naar het begin")},
    )  # fmt: skip
