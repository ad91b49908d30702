"""What long lists are found and ordered by, remembered where an index can hold it.

PostgreSQL keeps it all itself, by triggers, so that no verb can forget to. Of a job: the name as it is sought,
and until when somebody is absent. Of a dossier: a line on each desk where it lies, that of its case manager
and that of the provider's company doctors, with what that desk may know (see backend/caseload/tables.py).
`desk_lines_afresh` says what a line holds; whatever changes, the lines of those dossiers are worked out by it
again. The dossier is locked first, so that two changes at once do not overwrite each other's outcome.
"""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from backend.foundation.database import execute

ID = "2026-11-22T03:20:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "what long lists are found by"

JOBS = (
    r"""
    CREATE FUNCTION folded(name text) RETURNS text IMMUTABLE PARALLEL SAFE LANGUAGE sql AS $$
    SELECT CASE WHEN octet_length(name) = char_length(name) THEN lower(name)
        ELSE regexp_replace(normalize(lower(name), NFD), '[\u0300-\u036f]', '', 'g') END $$
    """,
    """
    ALTER TABLE employment ADD COLUMN name_key text COLLATE "C" NOT NULL DEFAULT '',
        ADD COLUMN absent_until date
    """,
    """
    CREATE FUNCTION keep_name_key() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
        NEW.name_key := folded(NEW.last_name || ' ' || NEW.first_name);
        RETURN NEW;
    END $$
    """,
    """
    CREATE TRIGGER employment_name_key BEFORE INSERT OR UPDATE OF first_name, last_name, name_key ON employment
    FOR EACH ROW EXECUTE FUNCTION keep_name_key()
    """,
    """
    CREATE FUNCTION keep_absent_until(employments uuid[]) RETURNS void LANGUAGE plpgsql
    SET plan_cache_mode = force_generic_plan AS $$ BEGIN
        PERFORM FROM employment m WHERE m.id = ANY(employments) ORDER BY m.id FOR NO KEY UPDATE;
        UPDATE employment m SET absent_until = u.until FROM (
            SELECT e.id, (SELECT max(coalesce(p.recovered_on, '9999-01-01')) FROM spell p
                          WHERE p.employment = e.id AND p.withdrawn_at IS NULL) AS until
            FROM (SELECT DISTINCT id FROM unnest(employments) e(id)) e) u
        WHERE m.id = u.id AND m.absent_until IS DISTINCT FROM u.until;
    END $$
    """,
)
"""The name folded as backend/foundation/names.py does it, and the last day of the last absence."""

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

LINES = (
    """
    CREATE TABLE desk_line (
        dossier uuid NOT NULL REFERENCES dossier ON DELETE CASCADE,
        desk uuid NOT NULL,
        employment uuid NOT NULL,
        employer uuid NOT NULL,
        name_key text COLLATE "C" NOT NULL,
        is_open boolean NOT NULL,
        next_on date NOT NULL,
        counts_from date NOT NULL,
        until date NOT NULL,
        read_by uuid[],
        unread boolean NOT NULL,
        PRIMARY KEY (dossier, desk)
    )
    """,
    f"""
    CREATE FUNCTION desk_lines_afresh(which uuid) RETURNS SETOF desk_line STABLE LANGUAGE sql AS $$
    SELECT d.id, k.desk, m.id, m.employer, m.name_key, d.closed_on IS NULL,
        coalesce(least(
            (SELECT min(a.due_on) FROM entry e JOIN action a ON a.entry = e.id
             WHERE e.dossier = d.id AND e.kind = 'action' AND a.done_at IS NULL AND a.cancelled_at IS NULL
                AND (e.audience = 'shared' OR k.medical)),
            (SELECT min(s.due_on) FROM calendar_step s
             WHERE s.dossier = d.id AND s.action IS NULL AND s.done_at IS NULL AND s.closed_at IS NULL
                AND s.term <> 'end_of_wage_duty')), '9999-01-01'),
        coalesce(w.counts_from, d.opened_on), coalesce(w.until, d.opened_on), r.read_by,
        r.read_by IS NOT NULL AND coalesce(k.reader <> ALL(r.read_by), true)
    FROM dossier d
    JOIN employment m ON m.id = d.employment
    JOIN employer o ON o.id = m.employer
    CROSS JOIN LATERAL (
        SELECT c.id AS desk, c.account AS reader, EXISTS (
            SELECT FROM medical_delegation t WHERE t.role_holder = c.id AND t.employer = m.employer) AS medical
        FROM role_holder c WHERE c.id = m.case_manager
        UNION ALL
        SELECT o.provider, NULL, true
    ) k
    LEFT JOIN LATERAL (
        {ABSENCE}
    ) w ON true
    LEFT JOIN LATERAL (
        {READ}
    ) r ON true
    WHERE d.id = which $$
    """,
    """
    CREATE FUNCTION keep_desk_lines(dossiers uuid[]) RETURNS void LANGUAGE plpgsql
    SET plan_cache_mode = force_generic_plan SET enable_seqscan = off AS $$
    DECLARE one uuid;
    BEGIN
        FOR one IN SELECT DISTINCT u.id FROM unnest(dossiers) u(id) ORDER BY u.id LOOP
            PERFORM FROM dossier d WHERE d.id = one FOR NO KEY UPDATE;
            INSERT INTO desk_line AS l SELECT * FROM desk_lines_afresh(one)
            ON CONFLICT (dossier, desk) DO UPDATE SET
                employment = excluded.employment, employer = excluded.employer, name_key = excluded.name_key,
                is_open = excluded.is_open, next_on = excluded.next_on, counts_from = excluded.counts_from,
                until = excluded.until, read_by = excluded.read_by, unread = excluded.unread
            WHERE l IS DISTINCT FROM excluded;
        END LOOP;
    END $$
    """,
    """
    CREATE FUNCTION move_desk_lines(dossiers uuid[]) RETURNS void LANGUAGE plpgsql AS $$ BEGIN
        DELETE FROM desk_line l WHERE l.dossier = ANY(dossiers);
        PERFORM keep_desk_lines(dossiers);
    END $$
    """,
    "CREATE INDEX dossier_seen_dossier ON dossier_seen (dossier)",
    "CREATE INDEX desk_line_due ON desk_line (desk, is_open, next_on, dossier)",
    "CREATE INDEX desk_line_unread ON desk_line (desk, is_open, next_on, dossier) WHERE unread",
    "CREATE INDEX desk_line_lasting ON desk_line (desk, is_open, counts_from, dossier)",
    """
    CREATE INDEX desk_line_over ON desk_line (desk, is_open, (counts_from - until), dossier)
    WHERE until < '9999-01-01'
    """,
    "CREATE INDEX desk_line_name ON desk_line (desk, is_open, name_key, dossier)",
    "CREATE INDEX desk_line_employer ON desk_line (desk, employer)",
)

# Each of these hears of one kind of change. Those of a whole statement see its rows as `changed`.
HEARD = {
    "a_dossier_opened": """
        PERFORM FROM employment m WHERE m.id IN (SELECT c.employment FROM changed c) ORDER BY m.id
            FOR NO KEY UPDATE;
        INSERT INTO desk_line
        SELECT c.id, k.desk, m.id, m.employer, m.name_key, c.closed_on IS NULL, '9999-01-01', c.opened_on,
            c.opened_on, NULL, false
        FROM changed c JOIN employment m ON m.id = c.employment JOIN employer o ON o.id = m.employer
        CROSS JOIN LATERAL (VALUES (m.case_manager), (o.provider)) k(desk) WHERE k.desk IS NOT NULL;
    """,
    "a_dossier_closed": "PERFORM keep_desk_lines(ARRAY[NEW.id]);",
    "somebody_was_absent": f"""
        PERFORM keep_absent_until(ARRAY(SELECT c.employment FROM changed c));
        PERFORM FROM dossier d WHERE d.id IN (SELECT c.dossier FROM changed c) ORDER BY d.id FOR NO KEY UPDATE;
        UPDATE desk_line l SET counts_from = coalesce(w.counts_from, d.opened_on),
            until = coalesce(w.until, d.opened_on)
        FROM dossier d LEFT JOIN LATERAL ({ABSENCE}) w ON true
        WHERE l.dossier = d.id AND d.id IN (SELECT c.dossier FROM changed c);
    """,
    "something_was_posted": f"""
        PERFORM FROM dossier d WHERE d.id IN (SELECT c.dossier FROM changed c) ORDER BY d.id FOR NO KEY UPDATE;
        UPDATE desk_line l SET read_by = r.read_by,
            unread = r.read_by IS NOT NULL AND coalesce(k.reader <> ALL(r.read_by), true)
        FROM (SELECT i.dossier AS id, i.desk, i.employer FROM desk_line i
              WHERE i.dossier IN (SELECT c.dossier FROM changed c)) d
        LEFT JOIN LATERAL (
            SELECT c.account AS reader, EXISTS (
                SELECT FROM medical_delegation t WHERE t.role_holder = c.id AND t.employer = d.employer
            ) AS medical FROM role_holder c WHERE c.id = d.desk
            UNION ALL
            SELECT NULL, true FROM employer o WHERE o.id = d.employer AND o.provider = d.desk) k ON true
        LEFT JOIN LATERAL ({READ}) r ON true
        WHERE l.dossier = d.id AND l.desk = d.desk;
    """,
    "a_dossier_changed": "PERFORM keep_desk_lines(ARRAY(SELECT c.dossier FROM changed c));",
    "an_action_changed": """
        PERFORM keep_desk_lines(ARRAY(
            SELECT e.dossier FROM changed c JOIN entry e ON e.id = c.entry));
    """,
    "a_job_changed": """
        PERFORM move_desk_lines(ARRAY(SELECT d.id FROM dossier d WHERE d.employment = NEW.id));
    """,
    "an_employer_changed": """
        LOCK TABLE desk_line IN SHARE ROW EXCLUSIVE MODE;
        PERFORM move_desk_lines(ARRAY(SELECT d.id FROM dossier d JOIN employment m ON m.id = d.employment
                                      WHERE m.employer = NEW.id));
    """,
    "a_role_changed": """
        LOCK TABLE desk_line IN SHARE ROW EXCLUSIVE MODE;
        PERFORM keep_desk_lines(ARRAY(SELECT l.dossier FROM desk_line l WHERE l.desk = NEW.id));
    """,
    "a_trust_changed": """
        LOCK TABLE desk_line IN SHARE ROW EXCLUSIVE MODE;
        PERFORM keep_desk_lines(ARRAY(
            SELECT l.dossier FROM desk_line l
            WHERE (l.desk, l.employer) IN ((OLD.role_holder, OLD.employer), (NEW.role_holder, NEW.employer))));
    """,
}
ROWS = {
    "dossier": ("UPDATE OF closed_on", "a_dossier_closed", "OLD.closed_on IS DISTINCT FROM NEW.closed_on"),
    "employment": (
        "UPDATE OF employer, case_manager, first_name, last_name",
        "a_job_changed",
        "(OLD.employer, OLD.case_manager, OLD.name_key) IS DISTINCT FROM (NEW.employer, NEW.case_manager, NEW.name_key)",
    ),
    "employer": ("UPDATE OF provider", "an_employer_changed", "OLD.provider <> NEW.provider"),
    "role_holder": ("UPDATE OF account", "a_role_changed", "OLD.account IS DISTINCT FROM NEW.account"),
    "medical_delegation": ("INSERT OR UPDATE OR DELETE", "a_trust_changed", "true"),
}
WHOLE = {
    "spell": "somebody_was_absent",
    "entry": "a_dossier_changed",
    "calendar_step": "a_dossier_changed",
    "dossier_seen": "something_was_posted",
    "action": "an_action_changed",
}


def hearing() -> list[str]:
    """The triggers with their functions."""
    found = [
        f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql SET enable_seqscan = off SET plan_cache_mode = force_generic_plan"
        f" AS $$ BEGIN {body} RETURN NULL; END $$"
        for name, body in HEARD.items()
    ]
    for table, (event, name, when) in ROWS.items():
        found.append(
            f"CREATE TRIGGER {table}_desk_lines AFTER {event} ON {table} FOR EACH ROW"
            f" WHEN ({when}) EXECUTE FUNCTION {name}()"
        )
    events = [("dossier", "insert", "a_dossier_opened"), ("entry", "insert", "something_was_posted")]
    events += [
        (table, event, name)
        for table, name in WHOLE.items()
        for event in ("insert", "update", "delete")
        if (table, event) != ("entry", "insert")
    ]
    for table, event, name in events:
        version = "OLD" if event == "delete" else "NEW"
        found.append(
            f"CREATE TRIGGER {table}_desk_lines_{event} AFTER {event} ON {table}"
            f" REFERENCING {version} TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION {name}()"
        )
    return found


BACKWARDS_FILLED = (
    "UPDATE employment SET name_key = ''",
    "SELECT keep_absent_until(ARRAY(SELECT DISTINCT employment FROM spell))",
    "SELECT keep_desk_lines(ARRAY(SELECT id FROM dossier))",
    "DROP INDEX employment_team",
    """
    CREATE INDEX employment_team ON employment (manager, name_key, id)
    INCLUDE (absent_until, left_on, started_on, employer, account)
    """,
)


async def forwards() -> MigrationManager:
    """Columns, a table, its triggers, and what they would have kept of what is there already."""
    manager = MigrationManager(migration_id=ID, app_name="beterschap", description=DESCRIPTION)

    async def add() -> None:
        for statement in (*JOBS, *LINES, *hearing(), *BACKWARDS_FILLED):
            await execute(statement)

    manager.add_raw(add)
    return manager
