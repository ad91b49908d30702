"""Thousands of dossiers at once, in SQL: at two employers, in every week, a third with something late."""

from __future__ import annotations

from uuid import UUID

from backend.foundation.database import execute, transaction
from tests.cast import Cast

FACTS = '{"title": "Probleemanalyse", "text": "", "term": "problem_analysis"}'

STATEMENTS = f"""
CREATE TABLE made AS SELECT n, uuidv7() AS employment, uuidv7() AS dossier, uuidv7() AS spell,
    uuidv7() AS action, (SELECT id FROM account WHERE username = 'anna@voorbeeld.example') AS reporter,
    ($1::date - (n * 37 % 700)) AS first_day, $7 AS closed
    FROM generate_series(1, $2::int) n;
INSERT INTO employment (id, employer, first_name, last_name, email, personnel_number, job, started_on,
        manager, case_manager)
    SELECT employment, (CASE WHEN n % 2 = 0 THEN $3 ELSE $4 END)::uuid, 'Voornaam' || n,
        'Naam' || n * 7 % 997, NULL, n::text, 'werk', '2020-01-01', NULL, $5::uuid FROM made;
INSERT INTO dossier (id, employment, opened_on, opened_at, closed_on)
    SELECT dossier, employment, first_day, first_day, CASE WHEN closed THEN first_day + 20 END FROM made;
INSERT INTO spell (id, employment, dossier, first_sick_day, worked_hours, reported_at, reported_by,
        recovered_on)
    SELECT spell, employment, dossier, first_day, 0, first_day, reporter,
        CASE WHEN closed THEN first_day + 20 END FROM made;
INSERT INTO entry (id, dossier, kind, published_at, author_name, author_role, title, facts)
    SELECT uuidv7(), dossier, CASE k WHEN 1 THEN 'report' ELSE 'note' END,
        first_day + k * interval '1 day', 'Iemand', 'manager', 'Bericht', '{{}}'
    FROM made, generate_series(1, 12) k;
INSERT INTO entry (id, dossier, kind, published_at, author_name, author_role, title, facts)
    SELECT action, dossier, 'action', first_day, 'Beterschap', '', '', '{FACTS}' FROM made;
INSERT INTO action (entry, assignee_role, due_on, term, done_at)
    SELECT action, 'company_doctor', $1::date + (n * 13 % 90) - 30, 'problem_analysis',
        CASE WHEN n % 4 = 0 OR closed THEN first_day + interval '1 day' END FROM made;
INSERT INTO calendar_step (id, dossier, term, turn, opens_on, due_on, closed_at)
    SELECT uuidv7(), dossier, 'plan_evaluation', k, first_day + 42 * k, first_day + 42 * k + 56,
        CASE WHEN closed THEN first_day + interval '20 days' END FROM made, generate_series(1, 12) k
    WHERE first_day + 42 * k + 56 > $1::date;
INSERT INTO dossier_seen (id, account, dossier, seen_at)
    SELECT uuidv7(), $6::uuid, dossier, $1::date FROM made WHERE n % 5 > 0;
DROP TABLE made;
"""


CLOSED = "n % 9 = 0"
"""Whose dossier is closed, when nothing else is said."""


async def make_many(
    cast: Cast, count: int, today: object, *, closed: str = CLOSED, case_manager: UUID | None = None
) -> None:
    """So many dossiers, Carla's or another's, some of them closed."""
    given = {
        "$1": f"'{today}'", "$2": str(count), "$3": f"'{cast.bakery}'", "$4": f"'{cast.school}'",
        "$5": f"'{case_manager or cast.carla}'", "$6": f"'{cast.helpers['carla'].account}'",
        "$7": closed,
    }  # fmt: skip
    script = STATEMENTS
    for name, value in given.items():
        script = script.replace(name, value)
    async with transaction():
        # Without triggers while it lasts: what they would keep is worked out once, at the end.
        await execute("SET LOCAL session_replication_role = replica")
        for statement in script.split(";\n"):
            if statement.strip():
                await execute(statement)
        await execute("SET LOCAL session_replication_role = origin")
        await execute("ANALYZE")
        await execute(REMEMBERED)
    await execute("ANALYZE")


REMEMBERED = """
WITH named AS (UPDATE employment SET name_key = '' WHERE name_key = '' RETURNING id),
     absent AS (SELECT keep_absent_until(array_agg(id)) FROM named)
SELECT keep_desk_lines(ARRAY(SELECT d.id FROM dossier d WHERE NOT EXISTS (
    SELECT FROM desk_line l WHERE l.dossier = d.id))) FROM absent
"""
"""What PostgreSQL remembers of people and dossiers that came without its knowing."""
