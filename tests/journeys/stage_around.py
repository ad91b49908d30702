"""The stage for the people around: somebody away for seven weeks, with all that is written and to be done."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from backend.access.person import Person
from backend.dossier.advice import Advice
from backend.dossier.complete_action import complete_action
from backend.dossier.correct import Reading, correct
from backend.dossier.post_action import NewAction, post_action
from backend.dossier.post_advice import post_advice
from backend.dossier.post_note import Note, post_note
from backend.dossier.post_problem_analysis import post_problem_analysis
from backend.dossier.publish import publish
from backend.dossier.save_draft import Words, save_draft
from backend.foundation import clock
from backend.foundation.database import execute, fetch_value
from backend.foundation.tokens import new_id
from backend.legal_calendar.change_step import Change, change_step
from backend.legal_calendar.keep import keep_calendars
from backend.legal_calendar.set_protocol import OwnStep, add_step
from backend.sickleave.answers import SickReport
from backend.sickleave.propose_hours import Proposal, propose_hours
from backend.sickleave.report_sick import report_sick
from tests.caseload.many import make_many
from tests.cast import Cast, Member, person_of
from tests.dossier.conftest import store
from tests.journeys.steps import sick_since, today

ADVICE = Advice("Zittend werk, vier uur per dag.", "Tillen.", "Ongeveer zes weken.", "Een stoel.", 50)


async def people_around(cast: Cast, fresh: UUID) -> dict[str, Any]:
    """Fills the stage; answers what stands in the scenes' paths."""
    now = clock.now()
    await execute("DELETE FROM employment WHERE first_name LIKE 'Voornaam%'")
    await make_many(cast, 40, now.date())
    await execute("UPDATE role_holder SET ended_on = '2020-01-01' WHERE name = 'Lena Loos'")
    spell = await sick_since(cast.ilse, 51)
    long: UUID = await fetch_value("SELECT dossier FROM spell WHERE id = $1", spell)
    await keep_calendars(now=now)
    people = {name: await person_of(one, now=now) for name, one in cast.everyone().items()}
    await add_step(people["ada"], cast.bakery, OwnStep("Bel op de eerste dag", "manager", 0, None), now=now)
    await _written(cast, people, long, now)
    places = await _on_the_way(cast, people, fresh, now)
    await propose_hours(
        people["ilse"],
        Proposal(_job(cast.ilse), today(), Decimal("12.5"), "Drie ochtenden, aan de kassa."),
        new_id(), now=now,
    )  # fmt: skip
    gijs = SickReport(_job(cast.gijs), today(), Decimal(0))
    await report_sick(people["bram"], gijs, new_id(), now=now, for_another=True)
    step = "SELECT id FROM calendar_step WHERE dossier = $1 AND term = 'action_plan'"
    dropped = await fetch_value(step.replace("action_plan", "second_track"), long)
    why = Change("cancelled", "Ilse komt terug in haar eigen werk.")
    await change_step(people["carla"], long, dropped, why, new_id(), now=now)
    jobs = {name: _job(member) for name, member in cast.members().items()}
    hours = await fetch_value("SELECT id FROM partial_recovery WHERE spell = $1", spell)
    own = {
        "long": long,
        "spell": spell,
        "hours": hours,
        "step": await fetch_value(step, long),
        "dropped": dropped,
    }
    return jobs | places | own


async def _written(cast: Cast, people: dict[str, Person], long: UUID, now: datetime) -> None:
    """So much that it goes on on another page, the doctor's part on top."""
    carla, began = people["carla"], now - timedelta(days=50)
    for day in range(45):
        await publish(
            long, "note", now=began + timedelta(days=day), author=carla, author_role="case_manager",
            title=f"Gesprek {day}", body="Gebeld over het rooster.", facts={"note_kind": "other"},
        )  # fmt: skip
    dirk = people["dirk"]
    await post_problem_analysis(dirk, long, ADVICE, "Onderzocht op het spreekuur.", new_id(), now=now)
    await post_advice(dirk, long, ADVICE, new_id(), now=now)
    lines = "We spreken af:\n\n- vier uur per dag\n- geen zwaar werk"
    await post_note(carla, long, Note("agreement", "", lines), new_id(), now=now)


async def _on_the_way(cast: Cast, people: dict[str, Person], fresh: UUID, now: datetime) -> dict[str, Any]:
    """In the fresh dossier: a corrected note, a draft, an action to do and one that is done."""
    bram = people["bram"]
    at = await post_note(bram, fresh, Note("conversation_report", "", "Vier uur."), new_id(), now=now)
    note = UUID(at.split("#entry-")[1])
    await correct(bram, fresh, note, "note", Reading("Bijgepraat", "Drie uur."), new_id(), now=now)
    words = Words("Begin", "Nog niet af", fields={"kind": "other"})
    await save_draft(people["carla"], fresh, "note", words, new_id(), now=now)
    found = {}
    for name in ("action", "done"):
        action = NewAction("Bel over het rooster", "Maak samen een rooster.", cast.bram_as_manager, today(2))
        await post_action(bram, fresh, action, new_id(), now=now)
        newest = "SELECT id FROM entry WHERE dossier = $1 AND kind = 'action' ORDER BY id DESC LIMIT 1"
        found[name] = await fetch_value(newest, fresh)
    to = Reading("Bel over het nieuwe rooster", "Maak samen een rooster.")
    await correct(bram, fresh, found["action"], "action", to, new_id(), now=now)
    await complete_action(bram, found["done"], "Gebeld.", new_id(), now=now)
    return found | {"note": note} | await _corrected(people, fresh, now)


async def _corrected(people: dict[str, Person], fresh: UUID, now: datetime) -> dict[str, UUID]:
    """An advice with another percentage than first, and a document whose text was changed."""
    bram, dirk = people["bram"], people["dirk"]
    at = await post_advice(dirk, fresh, ADVICE, new_id(), now=now)
    advice = UUID(at.split("#entry-")[1])
    less = Reading("", "", replace(ADVICE, percentage=40).facts())
    await correct(dirk, fresh, advice, "advice", less, new_id(), now=now)
    document = await publish(
        fresh, "document", now=now, author=bram, author_role="manager", title="Rooster", body="Bekijk dit."
    )
    await store(b"inhoud", "rooster.txt", document, "text/plain")
    to = Reading("Rooster voor november", "Bekijk dit voor vrijdag.")
    await correct(bram, fresh, document, "document", to, new_id(), now=now)
    return {"advice": advice, "document": document}


def _job(member: Member) -> UUID:
    assert member.employment
    return member.employment
