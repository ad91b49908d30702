"""What the floor asks of PostgreSQL: the reads and writes of the product, each written by hand here."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import UUID

LAST = datetime(9999, 1, 1, tzinfo=UTC)
HIGHEST = UUID(int=2**128 - 1)
HELPERS = ("manager", "case_manager")
EVENTS = ("sick_report:made", "dossier:opened")
NOTICES = ("sick_report_confirmed", "sick_report_told", "sick_report_told")

SESSION = """
SELECT s.id, s.account, s.seen_at, a.first_name, a.last_name, a.language,
       (SELECT json_agg(json_build_array(e.id, e.employer, o.name, e.job, o.time_zone, e.left_on))
        FROM employment e JOIN employer o ON o.id = e.employer WHERE e.account = a.id) AS jobs,
       (SELECT json_agg(json_build_array(r.id, r.role, r.employer, r.provider))
        FROM role_holder r WHERE r.account = a.id AND r.ended_on IS NULL) AS positions
FROM session s JOIN account a ON a.id = s.account
WHERE s.token_hash = $1 AND s.ended_at IS NULL AND s.expires_at > $2 AND a.blocked_at IS NULL
  AND (s.remember OR s.seen_at > $3)
"""

SITUATION = """
SELECT {waiting}e.employer, o.name AS employer_name, e.job, o.time_zone, o.provider, e.first_name,
       e.last_name, e.account, e.started_on, e.left_on, s.*,
       l.id AS spell, l.dossier, l.first_sick_day, l.reported_at, l.recovered_on, l.recovery_reported_at,
       m.id AS manager, m.name AS manager_name, m.email AS manager_email, m.phone AS manager_phone,
       c.id AS case_manager, c.name AS case_manager_name, c.email AS case_manager_email,
       c.phone AS case_manager_phone
FROM employment e
JOIN employer o ON o.id = e.employer
JOIN employer_settings s ON s.employer = e.employer
LEFT JOIN role_holder m ON m.id = e.manager AND (m.ended_on IS NULL OR m.ended_on > $3)
LEFT JOIN role_holder c ON c.id = e.case_manager AND (c.ended_on IS NULL OR c.ended_on > $3)
LEFT JOIN LATERAL (
    SELECT id, dossier, first_sick_day, reported_at, recovered_on, recovery_reported_at FROM spell
    WHERE employment = e.id AND withdrawn_at IS NULL ORDER BY recovered_on DESC NULLS FIRST LIMIT 1
) l ON true
WHERE e.id = $1 AND e.account = $2
"""

WAITING = """
(SELECT json_agg(json_build_array(w.entry, w.title, w.facts, w.due_on)) FROM (
    SELECT a.entry, t.title, t.facts, a.due_on
    FROM employment j JOIN dossier g ON g.employment = j.id JOIN entry t ON t.dossier = g.id
    JOIN action a ON a.entry = t.id
    WHERE j.account = $2 AND t.kind = 'action' AND a.assignee_role = 'employee'
        AND a.done_at IS NULL AND a.cancelled_at IS NULL
    ORDER BY a.due_on, a.entry LIMIT 3) w) AS waiting,
"""
TO_REPORT, TO_SHOW = SITUATION.format(waiting=""), SITUATION.format(waiting=WAITING)
"""How a job stands, for who reports sick and for the dashboard, which also says what waits for them."""

TIMELINE = """
SELECT e.id, e.kind, e.published_at, e.author, e.author_name, e.author_role, e.audience, e.title, e.facts,
       left(e.body, 400) AS body, e.corrected_at, f.filename, f.content_type, f.size, a.due_on, a.done_at,
       a.cancelled_at, a.withdrawn_by, a.term, a.assignee_role, r.name AS assignee_name, s.seen_at,
       o.time_zone,
       (SELECT count(*) FROM entry u JOIN dossier w ON w.id = u.dossier
        LEFT JOIN dossier_seen n ON n.account = $5 AND n.dossier = w.id
        WHERE w.employment = ANY($6::uuid[]) AND w.closed_on IS NULL AND u.author IS DISTINCT FROM $5
            AND greatest(u.published_at, u.corrected_at) > coalesce(n.seen_at, '-infinity')) AS unread,
       (SELECT md5((max(x.published_at), count(*), count(y.done_at), count(y.cancelled_at),
            sum(y.due_on - DATE '2000-01-01'), count(x.corrected_at), (
                SELECT (count(*), count(z.action), count(z.done_at), count(z.closed_at),
                sum(z.due_on - DATE '2000-01-01'))::text FROM calendar_step z WHERE z.dossier = $1))::text)
        FROM entry x LEFT JOIN action y ON y.entry = x.id WHERE x.dossier = $1) AS state
FROM entry e
JOIN dossier d ON d.id = e.dossier
JOIN employment m ON m.id = d.employment
JOIN employer o ON o.id = m.employer
LEFT JOIN document f ON f.entry = e.id
LEFT JOIN action a ON a.entry = e.id
LEFT JOIN role_holder r ON r.id = a.assignee
LEFT JOIN dossier_seen s ON s.account = $5 AND s.dossier = e.dossier
WHERE e.dossier = $1 AND (e.published_at, e.id) < ($2, $3) AND d.employment = ANY($6::uuid[])
ORDER BY e.published_at DESC, e.id DESC LIMIT $4
"""

DOSSIERS = """
SELECT d.id, d.opened_on, d.closed_on, o.name, o.time_zone
FROM dossier d JOIN employment m ON m.id = d.employment JOIN employer o ON o.id = m.employer
WHERE d.employment = ANY($1::uuid[]) ORDER BY d.closed_on IS NULL DESC, d.opened_on DESC
"""

ANSWERED = """
INSERT INTO answered_request (key, account, body_hash, location, answered_at) VALUES ($1, $2, $3, $4, $5)
ON CONFLICT (key) DO NOTHING RETURNING true
"""
DOSSIER = "INSERT INTO dossier (id, employment, opened_on, opened_at) VALUES ($1, $2, $3, $4)"
SPELL = """
INSERT INTO spell (id, employment, dossier, first_sick_day, worked_hours, reported_at, reported_by, phone,
    nursing_address, expected_duration, work_handover, safety_net, work_accident, third_party_accident)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
"""
ENTRY = """
INSERT INTO entry (id, dossier, kind, published_at, author, author_name, author_role, audience, title, body,
    facts)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
"""
AUDIT = """
INSERT INTO audit_event (id, at, event, account, employment, subject, details)
SELECT id, $4, event, $5, $6, subject, '{}' FROM unnest($1::uuid[], $2::varchar[], $3::uuid[])
    AS happened (id, event, subject)
"""
MESSAGES = """
INSERT INTO message (id, notice, channel, subject, secret, expires_at, created_at, due_at)
SELECT *, $7::timestamptz, $7::timestamptz FROM unnest(
    $1::uuid[], $2::varchar[], $3::varchar[], $4::jsonb[], $5::bytea[], $6::timestamptz[])
"""
