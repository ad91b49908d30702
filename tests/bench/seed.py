"""Fills a database in SQL: readers with an open dossier of fifty entries, and employees who may report sick.

Entries are written as time would have: the first of every dossier, then the second of every dossier, and so
on. So the entries of one dossier lie far apart in the table, as they do after a year of use.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

import asyncpg

from backend.foundation.encryption import keyring
from tests.bench.sentences import SENTENCES, TITLES
from tests.caseload.many import REMEMBERED

READERS = 20
"""Employees 0 to 19: sick now, in a dossier of ENTRIES, with OLDER closed ones behind it."""
ENTRIES = 50
OLDER = 3

PEOPLE = """
CREATE TEMP TABLE person AS SELECT n, n / 1000 AS employer, uuidv7() AS account, uuidv7() AS dossier,
    uuidv7() AS spell, ('01900000-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid AS employment,
    now() - CASE WHEN n < {readers} THEN interval '150 days' ELSE interval '400 days' END AS sick_since
    FROM generate_series(0, {people} - 1) n;
CREATE TEMP TABLE work AS SELECT n, uuidv7() AS employer, uuidv7() AS manager, uuidv7() AS case_manager
    FROM generate_series(0, {people} / 1000) n;
CREATE TEMP TABLE sentence AS
    SELECT n - 1 AS n, words FROM unnest(ARRAY[{sentences}]) WITH ORDINALITY s(words, n);
INSERT INTO account (id, username, email, first_name, last_name, password_hash, created_at)
    SELECT account, 'bench' || n || '@voorbeeld.example', 'bench' || n || '@voorbeeld.example',
    'Femke', 'de Vries', '-', now() FROM person;
INSERT INTO provider (id, name) VALUES ('00000000-0000-7000-8000-000000000000', 'Arbodienst De Brug');
INSERT INTO employer (id, provider, name)
    SELECT employer, '00000000-0000-7000-8000-000000000000', 'Bakkerij ' || n FROM work;
INSERT INTO employer_settings (employer) SELECT employer FROM work;
INSERT INTO role_holder (id, employer, role, name, email, phone)
    SELECT manager, employer, 'manager', 'Bram Bos', 'bram@voorbeeld.example', '\\x{phone}' FROM work;
INSERT INTO role_holder (id, provider, role, name, email, phone)
    SELECT case_manager, '00000000-0000-7000-8000-000000000000', 'case_manager', 'Carla Claes',
    'carla@voorbeeld.example', '\\x{phone}' FROM work;
INSERT INTO employment (id, account, employer, first_name, last_name, birth_date, email, personnel_number,
    job, started_on, manager, case_manager)
    SELECT p.employment, p.account, w.employer, 'Femke', 'de Vries', '1990-02-01',
    'bench' || p.n || '@voorbeeld.example', p.n, 'bakker', '2020-01-01', w.manager, w.case_manager
    FROM person p JOIN work w ON w.n = p.employer;
INSERT INTO session (id, token_hash, account, level, remember, agent, created_at, seen_at, expires_at)
    SELECT uuidv7(), sha256(('bench-' || n)::bytea), account, 'full', true, 'Chrome, Android', now(),
    now() + interval '3 hours', now() + interval '30 days' FROM person WHERE n < {signed_in};
INSERT INTO dossier (id, employment, opened_on, opened_at, closed_on)
    SELECT dossier, employment, sick_since::date, sick_since,
    CASE WHEN n >= {readers} THEN sick_since::date + 200 END FROM person;
INSERT INTO spell (id, employment, dossier, first_sick_day, reported_at, reported_by, recovered_on)
    SELECT spell, employment, dossier, sick_since::date, sick_since, account,
    CASE WHEN n >= {readers} THEN sick_since::date + 200 END FROM person;
INSERT INTO dossier (id, employment, opened_on, opened_at, closed_on)
    SELECT uuidv7(), employment, sick_since::date - 300 * k, sick_since - 300 * k * interval '1 day',
    sick_since::date - 300 * k + 20 FROM person, generate_series(1, {older}) k WHERE n < {readers};
INSERT INTO dossier_seen (id, account, dossier, seen_at)
    SELECT uuidv7(), account, dossier, now() - interval '10 days' FROM person WHERE n < {readers};
"""
"""Sessions were seen in the future, so that no measured request has to note that its device was seen."""

ENTRY = """
INSERT INTO entry (id, dossier, kind, published_at, author_name, author_role, title, body, facts)
    SELECT uuidv7(), p.dossier, '{kind}',
        p.sick_since + {j} * interval '70 hours 13 minutes' + p.n * interval '1 second',
        {author}, '{title}',
        CASE WHEN '{kind}' IN ('report', 'change') THEN ''
            ELSE concat_ws(' ', a.words, b.words, c.words, d.words) END,
        '{facts}'
    FROM person p
    JOIN sentence a ON a.n = (p.n * 5 + {j} * 3) % {count}
    JOIN sentence b ON b.n = (p.n * 7 + {j} * 5 + 4) % {count}
    LEFT JOIN sentence c ON c.n = (p.n * 3 + {j} * 11 + 9) % {count} AND {j} % 2 = 0
    LEFT JOIN sentence d ON d.n = (p.n * 2 + {j} * 7 + 20) % {count} AND {j} % 4 = 0
    WHERE p.n < {readers} OR {j} <= {entries} ORDER BY p.n
"""
DOCUMENT = """
INSERT INTO document (entry, filename, content_type, size, stored_as, key)
    SELECT id, 'advies-bedrijfsarts.pdf', 'application/pdf', 184320, 'bench/none', '\\x00'
    FROM entry WHERE kind = 'document'
"""
ACTION = """
INSERT INTO action (entry, assignee, assignee_role, due_on, done_at)
    SELECT e.id, m.manager, 'manager', e.published_at::date + 14,
    CASE WHEN e.published_at < now() - interval '20 days' THEN e.published_at + interval '9 days' END
    FROM entry e JOIN dossier d ON d.id = e.dossier JOIN employment m ON m.id = d.employment
    WHERE e.kind = 'action'
"""
KEYS_ALWAYS = """
DO $$ DECLARE one record; BEGIN
    FOR one IN SELECT tgrelid::regclass AS place, tgname AS name FROM pg_trigger WHERE tgisinternal LOOP
        EXECUTE format('ALTER TABLE %s ENABLE ALWAYS TRIGGER %I', one.place, one.name);
    END LOOP;
END $$
"""
"""Foreign keys hold for the floor too, which does without the product's triggers (see floor.py)."""
KINDS = {0: "document", 3: "action", 6: "change"}
WRITTEN = {
    "report": "",
    "document": "Advies van de bedrijfsarts",
    "action": "Bellen hoe het gaat",
    "change": "Plan van aanpak bijgewerkt",
}


@dataclass(frozen=True, slots=True)
class Filled:
    """What a database holds."""

    people: int
    entries: int
    seconds: float
    size: int
    """Bytes on disk, indexes included."""


def employment_of(person: int) -> UUID:
    """The id of that employee's job."""
    return UUID(f"01900000-0000-7000-8000-{person:012x}")


def session_of(person: int) -> str:
    """The secret of that employee's session."""
    return f"bench-{person}"


async def fill(url: str, *, people: int, signed_in: int, entries: int, say: Callable[[str], None]) -> Filled:
    """Fills a migrated, empty database; everyone who is no reader has one closed dossier of `entries`."""
    begun = time.monotonic()
    connection = await asyncpg.connect(url)
    try:
        # Foreign keys hold by construction; checking five million of them would take minutes.
        await connection.execute("SET session_replication_role = replica; SET synchronous_commit = off;")
        await connection.execute("SET maintenance_work_mem = '512MB'; SET work_mem = '128MB'")
        sentences = ", ".join(f"'{words}'" for words in SENTENCES)
        phone = keyring().encrypt("+31612345678", "role_holder.phone").hex()
        await connection.execute(
            PEOPLE.format(
                people=people,
                readers=READERS,
                signed_in=signed_in,
                older=OLDER,
                phone=phone,
                sentences=sentences,
            )
        )
        indexes = await connection.fetch(
            "SELECT indexname, indexdef FROM pg_indexes WHERE tablename = 'entry' AND indexname NOT IN"
            " (SELECT conname FROM pg_constraint)"
        )
        for index in indexes:
            await connection.execute(f"DROP INDEX {index['indexname']}")
        for j in range(1, ENTRIES + 1):
            await connection.execute(_entry(j, entries))
            if people > 10_000 and j % 10 == 0:
                say(f"  {j * people:,} entries …")
        for index in indexes:
            await connection.execute(index["indexdef"])
        await connection.execute(DOCUMENT)
        await connection.execute(ACTION)
        await connection.execute("SET session_replication_role = origin")
        await connection.execute("ANALYZE")
        await connection.execute(REMEMBERED)
        await connection.execute(KEYS_ALWAYS)
        await connection.execute("VACUUM (ANALYZE)")
        await connection.execute("CHECKPOINT")
        count = await connection.fetchval("SELECT count(*) FROM entry")
        size = await connection.fetchval("SELECT pg_database_size(current_database())")
    finally:
        await connection.close()
    return Filled(people, count, time.monotonic() - begun, size)


def _entry(j: int, entries: int) -> str:
    kind = "report" if j == 1 else KINDS.get(j % 10, "note")
    return ENTRY.format(
        j=j,
        kind=kind,
        title=WRITTEN.get(kind, TITLES[j % len(TITLES)]),
        author="'Femke de Vries', 'employee'" if j == 1 else "'Carla Claes', 'case_manager'",
        facts='{"first_sick_day": "2026-06-24", "worked_hours": "2.5"}' if j == 1 else "{}",
        count=len(SENTENCES),
        readers=READERS,
        entries=entries,
    )
