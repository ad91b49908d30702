"""Lays a dossier's calendar out, and again whenever its spells changed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from backend.dossier.publish import publish
from backend.foundation.clock import day_in
from backend.foundation.database import execute, fetch, fetch_one, transaction
from backend.foundation.hint import changed
from backend.foundation.tokens import new_id
from backend.legal_calendar.chain import chain_of
from backend.legal_calendar.changed import CHANGED, LAID_OUT_FOR, RECENT
from backend.legal_calendar.open_steps import PRODUCT
from backend.legal_calendar.plan import Planned, plan
from backend.legal_calendar.protocol import Report, Rule, protocol
from backend.legal_calendar.service import Service

EMPLOYER = """
SELECT FROM employer WHERE id = (
    SELECT m.employer FROM dossier d JOIN employment m ON m.id = d.employment WHERE d.id = $1) FOR SHARE
"""
"""Who sets what the employer asks waits, and finds every calendar that was laid out without it."""

DOSSIER = f"""
SELECT d.id, d.employment, d.opened_at, d.closed_on, o.id AS employer, o.time_zone, o.country, m.left_on,
       s.reminder_days_before,
       {LAID_OUT_FOR} AS laid_out_for,
       ARRAY(SELECT t.term FROM switched_off_term t WHERE t.employer = o.id) AS switched_off
FROM dossier d JOIN employment m ON m.id = d.employment JOIN employer o ON o.id = m.employer
JOIN employer_settings s ON s.employer = o.id
WHERE d.id = $2 FOR NO KEY UPDATE OF d
"""

SPELLS = """
SELECT id, dossier, first_sick_day, recovered_on, reported_at FROM spell
WHERE employment = $1 AND withdrawn_at IS NULL ORDER BY first_sick_day, id
"""

STEPS = """
SELECT s.id, s.term, s.turn, s.spell, s.protocol_step, s.opens_on, s.due_on, s.done_at, s.action,
       a.due_on AS action_due, a.postponed_from,
       a.done_at IS NOT NULL OR a.cancelled_at IS NOT NULL AS settled
FROM calendar_step s LEFT JOIN action a ON a.entry = s.action
WHERE s.dossier = $1 AND s.closed_at IS NULL ORDER BY s.id
"""
"""In the order in which reminders are marked (remind.py), so that neither waits for the other in a circle."""

INSERT = """
INSERT INTO calendar_step (id, dossier, term, turn, opens_on, due_on, done_at, spell, protocol_step)
SELECT t.id, $1, t.term, t.turn, t.opens_on, t.due_on, CASE WHEN t.by_report THEN $2::timestamptz END,
       t.spell, t.protocol_step
FROM unnest($3::uuid[], $4::varchar[], $5::smallint[], $6::date[], $7::date[], $8::boolean[], $9::uuid[],
            $10::uuid[])
     AS t (id, term, turn, opens_on, due_on, by_report, spell, protocol_step)
"""

LEFT = "Uit dienst"
"""The reason that is kept with a step that ends with the employment."""

SAID = """
SELECT id FROM entry WHERE dossier = $1 AND kind = 'change' AND facts ->> 'what' = 'left_service'
    AND facts ->> 'left_on' = $2
"""

MARK = """
INSERT INTO calendar (dossier, laid_out_for, is_open, laid_out_at) VALUES ($1, $2, $3, $4)
ON CONFLICT (dossier) DO UPDATE SET laid_out_for = excluded.laid_out_for, is_open = excluded.is_open,
    laid_out_at = excluded.laid_out_at
"""


async def lay_out_changed(*, now: datetime, limit: int = 200) -> int:
    """Lays out every calendar that is not as its spells are; answers how many. A dossier a transaction, so
    that stopping half-way loses nothing."""
    rows = await fetch(CHANGED, now, RECENT, limit)
    for row in rows:
        await lay_out(row["id"], now=now)
    return len(rows)


async def lay_out(dossier: UUID, *, now: datetime) -> None:
    """Makes the steps of one dossier those that its spells ask for.

    What was done, put off or found not needed stays so. A recovery closes what is open; a relapse plans it
    anew, moved on by the recovered days. The end of employment closes it too, and the timeline says so.
    """
    async with transaction():
        await execute(EMPLOYER, dossier)
        about = await fetch_one(DOSSIER, now, dossier)
        if about is None:
            return
        service = Service(about["left_on"], day_in(about["time_zone"], now))
        wanted = {step.key: step for step in await _wanted(about, service)}
        for row in await fetch(STEPS, dossier):
            step = wanted.pop((row["term"], row["turn"], row["spell"], row["protocol_step"]), None)
            if step is None:
                await _drop(row, now, LEFT if service.is_over else None)
            else:
                await _move(row, step)
        await _add(dossier, list(wanted.values()), about["opened_at"])
        if service.is_over and about["closed_on"] is None:
            await _say_over(about, now)
        await execute(MARK, dossier, about["laid_out_for"], about["closed_on"] is None, now)
        changed(dossier)


async def _wanted(about: Any, service: Service) -> list[Planned]:
    spells = await fetch(SPELLS, about["employment"])
    rules = await fetch(
        "SELECT id, days_after, at_report, since FROM protocol_step WHERE employer = $1 AND ended_on IS NULL",
        about["employer"],
    )
    zone = about["time_zone"]
    reports = [
        Report(s["id"], s["dossier"], s["first_sick_day"], s["recovered_on"], day_in(zone, s["reported_at"]))
        for s in spells
    ]
    own = service.within(protocol(about["id"], reports, (Rule(**rule) for rule in rules)))
    if about["country"] != "NL":
        return own
    chain = chain_of((one.first_sick_day, one.recovered_on) for one in reports if one.dossier == about["id"])
    legal = service.within(plan(chain, about["switched_off"], about["reminder_days_before"]))
    return legal + service.farewell(chain) + own


async def _say_over(about: Any, now: datetime) -> None:
    """Once for each day that somebody was said to leave on."""
    facts = {"what": "left_service", "left_on": about["left_on"], "dutch": about["country"] == "NL"}
    if not await fetch_one(SAID, about["id"], str(about["left_on"])):
        await publish(
            about["id"], "change", now=now, author_name="Beterschap", author_role=PRODUCT, facts=facts
        )


async def _drop(row: Any, now: datetime, reason: str | None) -> None:
    """A step that is asked no more. Nobody saw it: it goes. It stands on the timeline, open: it is closed."""
    if row["settled"] or row["done_at"] is not None:
        return
    if row["action"] is None:
        await execute("DELETE FROM calendar_step WHERE id = $1", row["id"])
        return
    await execute(
        "UPDATE action SET cancelled_at = $2, reason = $3"
        " WHERE entry = $1 AND done_at IS NULL AND cancelled_at IS NULL",
        row["action"], now, reason,
    )  # fmt: skip
    await execute("UPDATE calendar_step SET closed_at = $2 WHERE id = $1", row["id"], now)


async def _move(row: Any, step: Planned) -> None:
    """A step whose day moved. A day that somebody gave it, with a reason, stands."""
    if (row["opens_on"], row["due_on"]) != (step.opens_on, step.due_on):
        await execute(
            "UPDATE calendar_step SET opens_on = $2, due_on = $3 WHERE id = $1",
            row["id"], step.opens_on, step.due_on,
        )  # fmt: skip
    if row["action"] is None or row["settled"] or row["postponed_from"] is not None:
        return
    if row["action_due"] != step.due_on:
        await execute("UPDATE action SET due_on = $2 WHERE entry = $1", row["action"], step.due_on)


async def _add(dossier: UUID, steps: Sequence[Planned], reported_at: datetime) -> None:
    if not steps:
        return
    await execute(
        INSERT, dossier, reported_at, [new_id() for _step in steps], [step.term for step in steps],
        [step.turn for step in steps], [step.opens_on for step in steps], [step.due_on for step in steps],
        [step.by_report for step in steps], [step.spell for step in steps],
        [step.protocol_step for step in steps],
    )  # fmt: skip
