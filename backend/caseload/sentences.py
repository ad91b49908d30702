"""The statements of the caseload, in pieces: `$1` the moment, `$2` who asks. `l` is a line of one desk (see
tables.py).

What does not differ from one to the next is written out rather than given, so that PostgreSQL makes its plan
once and keeps it.
"""

from __future__ import annotations

from backend.legal_calendar.terms import MILESTONES

TODAY = "(SELECT ($1::timestamptz AT TIME ZONE o.time_zone)::date FROM employer o WHERE o.id = l.employer)"
"""The day at the employer."""

IS_NEW = "l.unread AND (SELECT $2::uuid) <> ALL(l.read_by)"
"""Whether somebody else put something there since the person last looked."""

BRANCH = """
(SELECT l.dossier, {key} AS key, l.counts_from, l.until, {is_new} AS is_new
 FROM desk_line l WHERE l.desk = {desk} AND {wanted} ORDER BY {order}, l.dossier LIMIT {most})
"""
"""The first ones of a desk in one order, which an index gives."""

NEXT = f"""
SELECT * FROM (
    (SELECT e.id, a.due_on AS next_on, a.term, NULL AS own_title, e.title, e.facts,
            a.assignee_role AS next_role
     FROM entry e JOIN action a ON a.entry = e.id
     WHERE e.dossier = d.id AND e.kind = 'action' AND a.done_at IS NULL AND a.cancelled_at IS NULL
        AND (e.audience = 'shared' OR {{medical}})
     ORDER BY a.due_on, e.id LIMIT 1)
    UNION ALL
    (SELECT s.id, s.due_on, s.term, q.title, '', '{{{{}}}}'::jsonb, q.assignee_role
     FROM calendar_step s LEFT JOIN protocol_step q ON q.id = s.protocol_step
     WHERE s.dossier = d.id AND s.action IS NULL AND s.done_at IS NULL AND s.closed_at IS NULL
        AND s.term <> ALL('{{{{{",".join(MILESTONES)}}}}}')
     ORDER BY s.due_on, s.id LIMIT 1)
) c ORDER BY c.next_on, c.id LIMIT 1
"""

LINES = f"""
WITH page AS MATERIALIZED (
    SELECT * FROM ({{branches}}) l ORDER BY l.key, l.dossier LIMIT {{most}}
)
SELECT d.id, d.closed_on, m.first_name, m.last_name, o.name AS employer_name, t.today, l.key, l.is_new,
       greatest(least(t.today + 1, l.until) - l.counts_from, 0) AS days,
       n.next_on, n.term, n.own_title, n.title, n.facts, n.next_role, w.expected_duration, w.recovered_on
FROM page l
JOIN dossier d ON d.id = l.dossier
JOIN employment m ON m.id = d.employment
JOIN employer o ON o.id = m.employer
CROSS JOIN LATERAL (SELECT ($1::timestamptz AT TIME ZONE o.time_zone)::date AS today) t
LEFT JOIN LATERAL ({NEXT}) n ON true
LEFT JOIN LATERAL (
    SELECT p.expected_duration, p.recovered_on FROM spell p
    WHERE p.dossier = d.id AND p.withdrawn_at IS NULL ORDER BY p.first_sick_day DESC LIMIT 1
) w ON true
WHERE m.account IS DISTINCT FROM $2 AND coalesce({{scope}}, false)
ORDER BY l.key, d.id
"""
"""Of the lines that are shown, and of no others, everything else is looked up, and judged. Judged within
`coalesce`, as PostgreSQL would else guess from who asks how few are theirs, and plan anew for each."""

EMPLOYERS = """
WITH RECURSIVE found AS (
    SELECT k.desk, n.* FROM unnest((SELECT $1::uuid[])) k(desk) CROSS JOIN LATERAL (
        SELECT l.employer, l.employment FROM desk_line l WHERE l.desk = k.desk ORDER BY l.employer LIMIT 1) n
    UNION ALL
    SELECT f.desk, n.* FROM found f CROSS JOIN LATERAL (
        SELECT l.employer, l.employment FROM desk_line l
        WHERE l.desk = f.desk AND l.employer > f.employer ORDER BY l.employer LIMIT 1) n
)
SELECT o.id, o.name FROM found f
CROSS JOIN LATERAL (SELECT m.employer FROM employment m WHERE m.id = f.employment AND {scope} LIMIT 1) j
JOIN employer o ON o.id = j.employer
GROUP BY o.id ORDER BY lower(o.name), o.id
"""
"""From one employer of a desk (`$1`) to the next, however many people there are; each is judged by one of its
people."""
