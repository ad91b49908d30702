"""What PostgreSQL remembers of a dossier for each desk is, after every change, what working it out gives."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from backend.dossier.cancel_action import cancel_action
from backend.dossier.complete_action import complete_action
from backend.dossier.lifecycle import open_dossier
from backend.dossier.mark_seen import mark_seen
from backend.dossier.postpone_action import postpone_action
from backend.dossier.publish import publish
from backend.foundation.database import execute, fetch, fetch_value, together, transaction
from backend.foundation.names import folded
from backend.foundation.tokens import new_id
from backend.legal_calendar.keep import keep_calendars
from backend.legal_calendar.terms import MILESTONES
from backend.organisations.entrust import entrust, withdraw_trust
from backend.sickleave.withdraw_report import withdraw_report
from tests.caseload.many import make_many
from tests.caseload.test_pages import TODAY, to_do
from tests.cast import NOW, Cast, person_of
from tests.sickleave.steps import falls_sick, recovers

DESKS = """
SELECT d.id AS dossier, k.*, m.id AS employment, m.employer, m.first_name, m.last_name,
       d.closed_on IS NULL AS is_open
FROM dossier d JOIN employment m ON m.id = d.employment JOIN employer o ON o.id = m.employer
CROSS JOIN LATERAL (
    SELECT m.case_manager AS desk, EXISTS (SELECT FROM medical_delegation t
        WHERE t.role_holder = m.case_manager AND t.employer = m.employer) AS medical
    WHERE m.case_manager IS NOT NULL
    UNION ALL SELECT o.provider, true) k
"""
DUE = """
SELECT least(
    (SELECT min(a.due_on) FROM entry e JOIN action a ON a.entry = e.id
     WHERE e.dossier = $1 AND a.done_at IS NULL AND a.cancelled_at IS NULL
        AND (e.audience = 'shared' OR $2)),
    (SELECT min(s.due_on) FROM calendar_step s
     WHERE s.dossier = $1 AND s.action IS NULL AND s.done_at IS NULL AND s.closed_at IS NULL
        AND s.term <> ALL($3)))
"""
DAYS = """
SELECT coalesce(sum(greatest(
    least(coalesce(p.recovered_on, $2::date + 1), $2::date + 1) - p.first_sick_day, 0)), 0)::int
FROM spell p WHERE p.dossier = $1 AND p.withdrawn_at IS NULL
"""
NEW = """
SELECT EXISTS (SELECT FROM entry e
    WHERE e.dossier = $1 AND e.author IS DISTINCT FROM $3 AND (e.audience = 'shared' OR $2)
        AND greatest(e.published_at, e.corrected_at) > coalesce((
            SELECT n.seen_at FROM dossier_seen n WHERE n.account = $3 AND n.dossier = $1), '-infinity'))
"""
READERS = """
SELECT r.id, r.account, coalesce(r.provider, r.id) AS provider FROM role_holder r WHERE r.account IS NOT NULL
"""
NEVER = date(9999, 1, 1)
SPELL = """
INSERT INTO spell (id, employment, dossier, first_sick_day, worked_hours, reported_at, reported_by)
VALUES ($1, $2, $3, $4, 0, $5, $6)
"""


async def holds(since: date = TODAY) -> int:
    """Checks every line against what there is; answers how many there are."""
    lines = {(row["dossier"], row["desk"]): row for row in await fetch("SELECT * FROM desk_line")}
    readers = await fetch(READERS)
    desks = await fetch(DESKS)
    assert set(lines) == {(row["dossier"], row["desk"]) for row in desks}
    for row in desks:
        await _line_holds(row, lines[row["dossier"], row["desk"]], readers, since)
    await _jobs_hold()
    return len(lines)


async def _line_holds(row: Any, line: Any, readers: list[Any], since: date) -> None:
    dossier, medical = row["dossier"], row["medical"]
    for same in ("employment", "employer", "is_open"):
        assert line[same] == row[same], same
    assert line["name_key"] == folded(f"{row['last_name']} {row['first_name']}")
    due = await fetch_value(DUE, dossier, medical, MILESTONES)
    assert line["next_on"] == (due or NEVER)
    for later in (0, 1, 2, 3, 5, 9, 40, 400):
        day = since + timedelta(days=later)
        days = max((min(day + timedelta(days=1), line["until"]) - line["counts_from"]).days, 0)
        assert days == await fetch_value(DAYS, dossier, day), day
    for reader in readers:
        if row["desk"] not in (reader["id"], reader["provider"]):
            continue
        new = await fetch_value(NEW, dossier, medical, reader["account"])
        assert (line["unread"] and reader["account"] not in line["read_by"]) == new
        if row["desk"] == reader["id"]:
            assert line["unread"] == new


async def _jobs_hold() -> None:
    for row in await fetch("SELECT id, first_name, last_name, name_key, absent_until FROM employment"):
        assert row["name_key"] == folded(f"{row['last_name']} {row['first_name']}")
        until = await fetch_value(
            "SELECT max(coalesce(recovered_on, $2::date)) FROM spell"
            " WHERE employment = $1 AND withdrawn_at IS NULL", row["id"], NEVER,
        )  # fmt: skip
        assert row["absent_until"] == until


async def test_absence_from_report_to_relapse(database: Cast) -> None:
    begun = TODAY - timedelta(days=60)
    at = NOW - timedelta(days=60)
    mistake = await falls_sick(database.daan, begun, now=at)
    await withdraw_report(await person_of(database.daan), mistake, new_id(), now=at)
    assert await holds(begun) == 2
    await falls_sick(database.anna, begun, now=at)
    assert await holds(begun) == 4
    await recovers(database.anna, begun + timedelta(days=23), now=at + timedelta(days=20))
    await holds(begun + timedelta(days=20))
    relapse = begun + timedelta(days=40)
    await falls_sick(database.anna, relapse, now=at + timedelta(days=40))
    assert await fetch_value("SELECT count(DISTINCT dossier) FROM spell WHERE employment = $1",
                             database.anna.employment) == 1  # fmt: skip
    await holds(relapse)
    spell = await fetch_value("SELECT id FROM spell WHERE first_sick_day = $1", relapse)
    await withdraw_report(await person_of(database.anna), spell, new_id(), now=at + timedelta(days=40))
    await holds(relapse)
    await falls_sick(database.anna, TODAY, now=NOW)
    await recovers(database.anna, TODAY + timedelta(days=4), now=NOW)
    await holds()


async def test_a_dossier_that_opens_bit_by_bit_holds_all_along(database: Cast) -> None:
    for begun in (TODAY, TODAY - timedelta(days=9)):
        member = database.anna if begun == TODAY else database.daan
        assert member.employment
        async with transaction():
            dossier = await open_dossier(member.employment, begun, now=NOW)
            await holds(begun)
            await execute(SPELL, new_id(), member.employment, dossier, begun, NOW, member.account)
            await holds(begun)
            await publish(dossier, "report", now=NOW, author=await person_of(member))
            await holds(begun)
        await execute("DELETE FROM spell WHERE dossier = $1", dossier)
        await holds(begun)


@pytest.mark.parametrize("written", ["", "anna", "anna medical", "anna bram", "anna bram medical", "nobody"])
async def test_a_dossier_that_opens_at_once_holds(database: Cast, written: str) -> None:
    """`written`: by whom something stands in it from the beginning; the last for the medical side alone."""
    members = {"anna": database.anna, "bram": database.bram}
    authors = [word for word in written.split() if word != "medical"]
    people = {name: await person_of(member) for name, member in members.items()}
    assert database.anna.employment
    async with together():
        dossier = await open_dossier(database.anna.employment, TODAY, now=NOW)
        for name in authors:
            last = "medical" in written and name == authors[-1]
            audience = "medical" if last else "shared"
            await publish(
                dossier, "note", now=NOW, author=people.get(name), author_name="x", audience=audience
            )
    assert await holds() == 2


async def test_what_is_posted_twice_by_the_same_changes_no_line(database: Cast) -> None:
    await falls_sick(database.anna)
    dossier = await fetch_value("SELECT id FROM dossier WHERE employment = $1", database.anna.employment)
    before = await fetch("SELECT ctid, xmin, * FROM desk_line ORDER BY desk")
    await publish(dossier, "note", now=NOW, author=await person_of(database.anna), title="x")
    assert await fetch("SELECT ctid, xmin, * FROM desk_line ORDER BY desk") == before
    await holds()


async def test_what_is_to_be_done(database: Cast) -> None:
    await falls_sick(database.anna)
    await falls_sick(database.eva, TODAY - timedelta(days=3))
    dossier = await fetch_value("SELECT id FROM dossier WHERE employment = $1", database.anna.employment)
    bram = await person_of(database.bram)
    first = [await to_do(dossier, TODAY + timedelta(days=many)) for many in (1, 2, 3, 4)]
    await to_do(dossier, TODAY - timedelta(days=1), audience="medical")
    await holds()
    await execute("UPDATE action SET assignee = $1", database.bram_as_manager)
    await complete_action(bram, first[0], "", new_id(), now=NOW)
    await holds()
    await postpone_action(bram, first[1], TODAY + timedelta(days=9), "Vakantie", new_id(), now=NOW)
    await holds()
    await cancel_action(bram, first[2], "Niet meer nodig", new_id(), now=NOW)
    await holds()
    await execute("UPDATE entry SET audience = 'medical' WHERE id = $1", first[3])
    await holds()


async def test_the_calendar_opens_moves_and_closes(database: Cast) -> None:
    at = NOW - timedelta(days=80)
    await falls_sick(database.anna, at.date(), now=at)
    for days in (0, 30, 50):
        await keep_calendars(now=at + timedelta(days=days))
        await holds(at.date())
    assert await fetch_value("SELECT count(*) FROM calendar_step WHERE action IS NOT NULL")
    await recovers(database.anna, at.date() + timedelta(days=51), now=at + timedelta(days=51))
    await keep_calendars(now=at + timedelta(days=51))
    await holds(at.date())
    await falls_sick(database.anna, at.date() + timedelta(days=60), now=at + timedelta(days=60))
    await keep_calendars(now=at + timedelta(days=61))
    await holds(at.date() + timedelta(days=60))


async def test_who_read_what(database: Cast) -> None:
    await falls_sick(database.anna)
    await falls_sick(database.eva)
    dossier = await fetch_value("SELECT id FROM dossier WHERE employment = $1", database.anna.employment)
    people = {name: await person_of(database.helpers[name]) for name in ("carla", "dirk")}
    for minute, (who, audience) in enumerate(
        [("carla", "shared"), ("dirk", "medical"), ("dirk", "shared"), ("carla", "shared"), ("", "medical")]
    ):
        moment = NOW + timedelta(minutes=minute)
        await publish(dossier, "note", now=moment, author=people.get(who), title="x", audience=audience)
        await holds()
        for reader in people.values():
            await mark_seen(reader, dossier, until=moment - timedelta(seconds=30))
            await holds()
        await mark_seen(people["dirk"], dossier, until=moment)
        await holds()
    await execute("UPDATE entry SET corrected_at = $1 WHERE author = $2", NOW + timedelta(hours=1),
                  database.helpers["carla"].account)  # fmt: skip
    await holds()
    late = NOW - timedelta(days=1)
    await publish(dossier, "note", now=late, author_name="x", title="Kwam later binnen dan gelezen is")
    await holds()


async def test_trust_given_and_withdrawn(database: Cast) -> None:
    await falls_sick(database.anna)
    await falls_sick(database.eva)
    dossier = await fetch_value("SELECT id FROM dossier WHERE employment = $1", database.anna.employment)
    await to_do(dossier, TODAY - timedelta(days=5), audience="medical")
    await mark_seen(await person_of(database.helpers["carla"]), dossier, until=NOW - timedelta(minutes=1))
    dirk = await person_of(database.helpers["dirk"])

    async def next_on() -> date:
        line = "SELECT next_on FROM desk_line WHERE desk = $1 AND dossier = $2"
        found = await fetch_value(line, database.carla, dossier)
        assert isinstance(found, date)
        return found

    assert await next_on() == NEVER
    await entrust(dirk, database.carla, database.bakery, now=NOW)
    assert await holds() == 4 and await next_on() == TODAY - timedelta(days=5)
    await execute("UPDATE medical_delegation SET employer = $1", database.school)
    await holds()
    await execute("UPDATE medical_delegation SET employer = $1", database.bakery)
    await withdraw_trust(dirk, database.carla, database.bakery, now=NOW)
    assert await holds() == 4 and await next_on() == NEVER


async def test_who_helps_and_who_serves(database: Cast) -> None:
    await falls_sick(database.anna)
    await falls_sick(database.ilse)
    await mark_seen(await person_of(database.helpers["carla"]), await fetch_value(
        "SELECT id FROM dossier WHERE employment = $1", database.anna.employment), until=NOW)  # fmt: skip
    lars = await fetch_value("SELECT case_manager FROM employment WHERE id = $1",
                             database.members()["kees"].employment)  # fmt: skip
    for change, value in (
        ("UPDATE employment SET case_manager = $1 WHERE first_name = 'Anna'", lars),
        ("UPDATE employment SET case_manager = $1 WHERE first_name = 'Ilse'", None),
        ("UPDATE employment SET last_name = $1 WHERE first_name = 'Ilse'", "Ĳßenbrandt-Çelik"),
        ("UPDATE employment SET manager = $1", database.wim),
        ("UPDATE employment SET employer = $1 WHERE first_name = 'Anna'", database.school),
        ("UPDATE employment SET case_manager = $1", database.carla),
        ("UPDATE role_holder SET account = $1 WHERE role = 'case_manager'", database.bram.account),
        ("UPDATE role_holder SET account = $1 WHERE role = 'case_manager'", None),
        ("UPDATE employer SET provider = (SELECT provider FROM employer WHERE id = $1)", database.garage),
    ):
        await execute(change, value)
        await holds()


async def test_what_is_rolled_back_changes_nothing(database: Cast) -> None:
    await falls_sick(database.anna)
    with pytest.raises(ZeroDivisionError):
        async with transaction():
            await falls_sick(database.eva)
            await execute("UPDATE dossier SET closed_on = $1", TODAY)
            raise ZeroDivisionError
    assert await holds() == 2


async def test_thousands_at_once_and_what_was_there_before(database: Cast) -> None:
    await make_many(database, 40, TODAY)
    assert await holds() == 80
    before = await fetch("SELECT * FROM desk_line ORDER BY dossier, desk")
    await execute("DELETE FROM calendar_step")
    await holds()
    await execute("DELETE FROM desk_line")
    await execute("SELECT keep_desk_lines(ARRAY(SELECT id FROM dossier))")
    assert len(before) == await holds()
