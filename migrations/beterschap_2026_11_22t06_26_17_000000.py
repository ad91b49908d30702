"""What long lists remember of a report, written once. A dossier, its spell and its first entry come in one
statement, after which the triggers of each look: the dossier's own makes the lines of all that is there by then,
and those of the others change only what is different."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from backend.foundation.database import execute

ID = "2026-11-22T06:26:17:000000"
VERSION = "1.38.0"
DESCRIPTION = "lines of a report written once"

ABSENCE = """
SELECT CASE WHEN bool_or(p.recovered_on IS NULL) THEN max(p.first_sick_day)
           ELSE max(p.recovered_on) END
       - coalesce(sum(p.recovered_on - p.first_sick_day), 0)::int AS counts_from,
    max(coalesce(p.recovered_on, '9999-01-01')) AS until
FROM spell p WHERE p.dossier = d.id AND p.withdrawn_at IS NULL
"""
"""From what day the sick days of a dossier `d` count, and until when."""
READ = """
SELECT ARRAY(
    SELECT a.account FROM (
        SELECT n.account, n.seen_at FROM dossier_seen n WHERE n.dossier = d.id
        UNION ALL
        SELECT DISTINCT e.author, '-infinity'::timestamptz FROM entry e
        WHERE e.dossier = d.id AND e.author IS NOT NULL AND NOT EXISTS (
            SELECT FROM dossier_seen n WHERE n.dossier = d.id AND n.account = e.author)
    ) a
    WHERE NOT EXISTS (
        SELECT FROM entry e WHERE e.dossier = d.id AND (e.audience = 'shared' OR k.medical)
            AND e.author IS DISTINCT FROM a.account
            AND greatest(e.published_at, e.corrected_at) > a.seen_at)
    ORDER BY a.account) AS read_by
WHERE EXISTS (SELECT FROM entry e WHERE e.dossier = d.id AND (e.audience = 'shared' OR k.medical))
"""
"""Who has read all of a dossier `d` that a desk `k` may know."""

WRITTEN = """
SELECT CASE count(DISTINCT coalesce(e.author, d.id)) WHEN 0 THEN NULL
        WHEN 1 THEN array_remove(array_agg(DISTINCT e.author), NULL) ELSE '{}' END AS read_by
FROM entry e WHERE e.dossier = d.id AND (e.audience = 'shared' OR k.medical)
"""
"""The same of one that is just being opened, and that nobody saw yet: who wrote all there is, alone."""

LOCKED = """
    PERFORM FROM dossier d WHERE d.id IN (SELECT c.dossier FROM changed c)
        AND EXISTS (SELECT FROM desk_line l WHERE l.dossier = d.id) ORDER BY d.id FOR NO KEY UPDATE;
    IF NOT FOUND THEN
        RETURN NULL;
    END IF;
"""
"""A dossier without lines is one that this very statement opens: its lines are still to be made."""
ABSENT = f"""
    {LOCKED}
    UPDATE desk_line l SET counts_from = n.counts_from, until = n.until
    FROM (SELECT d.id, coalesce(w.counts_from, d.opened_on) AS counts_from,
              coalesce(w.until, d.opened_on) AS until
          FROM dossier d LEFT JOIN LATERAL ({ABSENCE}) w ON true
          WHERE d.id IN (SELECT c.dossier FROM changed c)) n
    WHERE l.dossier = n.id AND (l.counts_from, l.until) IS DISTINCT FROM (n.counts_from, n.until);
"""

HEARD = {
    "a_dossier_opened": f"""
        PERFORM FROM employment m WHERE m.id IN (SELECT c.employment FROM changed c) ORDER BY m.id
            FOR NO KEY UPDATE;
        INSERT INTO desk_line
        SELECT d.id, k.desk, m.id, m.employer, m.name_key, d.closed_on IS NULL, '9999-01-01',
            coalesce(w.counts_from, d.opened_on), coalesce(w.until, d.opened_on), r.read_by,
            r.read_by IS NOT NULL AND coalesce(k.reader <> ALL(r.read_by), true)
        FROM changed d JOIN employment m ON m.id = d.employment JOIN employer o ON o.id = m.employer
        LEFT JOIN role_holder h ON h.id = m.case_manager
        CROSS JOIN LATERAL (VALUES
            (h.id, h.account, EXISTS (
                SELECT FROM medical_delegation t WHERE t.role_holder = h.id AND t.employer = m.employer)),
            (o.provider, NULL, true)) k(desk, reader, medical)
        CROSS JOIN LATERAL ({ABSENCE}) w
        CROSS JOIN LATERAL ({WRITTEN}) r
        WHERE k.desk IS NOT NULL ON CONFLICT DO NOTHING;
    """,
    "somebody_fell_sick": f"""
        UPDATE employment m SET absent_until = greatest(m.absent_until, u.until) FROM (
            SELECT c.employment, max(coalesce(c.recovered_on, '9999-01-01')) AS until FROM changed c
            WHERE c.withdrawn_at IS NULL GROUP BY c.employment) u
        WHERE m.id = u.employment;
        {ABSENT}
    """,
    "somebody_was_absent": f"""
        PERFORM keep_absent_until(ARRAY(SELECT c.employment FROM changed c));
        {ABSENT}
    """,
    "something_was_posted": f"""
        {LOCKED}
        UPDATE desk_line l SET read_by = n.read_by, unread = n.unread
        FROM (SELECT d.id, d.desk, r.read_by,
                  r.read_by IS NOT NULL AND coalesce(k.reader <> ALL(r.read_by), true) AS unread
              FROM (SELECT i.dossier AS id, i.desk, i.employer FROM desk_line i
                    WHERE i.dossier IN (SELECT c.dossier FROM changed c)) d
              LEFT JOIN LATERAL (
                  SELECT c.account AS reader, EXISTS (
                      SELECT FROM medical_delegation t WHERE t.role_holder = c.id AND t.employer = d.employer
                  ) AS medical FROM role_holder c WHERE c.id = d.desk
                  UNION ALL
                  SELECT NULL, true FROM employer o WHERE o.id = d.employer AND o.provider = d.desk) k ON true
              LEFT JOIN LATERAL ({READ}) r ON true) n
        WHERE l.dossier = n.id AND l.desk = n.desk
            AND (l.read_by, l.unread) IS DISTINCT FROM (n.read_by, n.unread);
    """,
}


async def forwards() -> MigrationManager:
    """Other bodies for three functions that are there, and one more for who falls sick."""
    manager = MigrationManager(migration_id=ID, app_name="beterschap", description=DESCRIPTION)

    async def change() -> None:
        for name, body in HEARD.items():
            await execute(
                f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql"
                " SET enable_seqscan = off SET plan_cache_mode = force_generic_plan"
                f" AS $$ BEGIN {body} RETURN NULL; END $$"
            )
        await execute(
            "CREATE OR REPLACE TRIGGER spell_desk_lines_insert AFTER INSERT ON spell"
            " REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION somebody_fell_sick()"
        )

    manager.add_raw(change)
    return manager
