"""The statements of the caseload, in pieces: `$1` the moment, `$2` who asks, `$3` how many, `$4` the steps of
the calendar that come by themselves. In each piece `d` is a dossier of the list."""

DUE = """
least(
    (SELECT min(a.due_on) FROM entry e JOIN action a ON a.entry = e.id
     WHERE e.dossier = d.id AND e.kind = 'action' AND a.done_at IS NULL AND a.cancelled_at IS NULL
        AND (e.audience = 'shared' OR d.medical)),
    (SELECT min(s.due_on) FROM calendar_step s
     WHERE s.dossier = d.id AND s.action IS NULL AND s.done_at IS NULL AND s.closed_at IS NULL
        AND s.term <> ALL($4)))
"""
"""By when the first thing still to do must be done: an action, or a step that is on no timeline yet."""

DAYS = """
(SELECT coalesce(sum(greatest(
     least(coalesce(p.recovered_on, d.today + 1), d.today + 1) - p.first_sick_day, 0)), 0)
 FROM spell p WHERE p.dossier = d.id AND p.withdrawn_at IS NULL)::int
"""
"""Sick days up to today: recovered days in between do not count (BW 7:629(10))."""

SEEN = """
coalesce((SELECT n.seen_at FROM dossier_seen n WHERE n.account = $2 AND n.dossier = d.id), '-infinity')
"""

ANOTHERS = """
SELECT FROM entry e
WHERE e.dossier = d.id AND e.author IS DISTINCT FROM $2 AND (e.audience = 'shared' OR d.medical)
"""

IS_NEW = f"""
(EXISTS ({ANOTHERS} AND e.published_at > {SEEN}) OR EXISTS ({ANOTHERS} AND e.corrected_at > {SEEN}))
"""

SOON = """
WITH bound AS MATERIALIZED (
    SELECT b.day, x.edge, b.day = '9999-01-01' AND x.edge IS NULL AS whole
    FROM (SELECT least(
        (SELECT a.due_on FROM action a WHERE a.done_at IS NULL AND a.cancelled_at IS NULL
            AND a.due_on >= {start} ORDER BY a.due_on OFFSET {reach} LIMIT 1),
        (SELECT s.due_on FROM calendar_step s WHERE s.action IS NULL AND s.done_at IS NULL
            AND s.closed_at IS NULL AND s.due_on >= {start} ORDER BY s.due_on OFFSET {reach} LIMIT 1),
        '9999-01-01') AS day) b
    LEFT JOIN LATERAL (
        SELECT o.id AS edge FROM dossier o WHERE o.closed_on IS NULL AND o.id > {first}
        ORDER BY o.id OFFSET {reach} LIMIT 1) x ON b.day = '9999-01-01'),
soon AS (
    SELECT e.dossier FROM action a JOIN entry e ON e.id = a.entry
    WHERE a.done_at IS NULL AND a.cancelled_at IS NULL AND a.due_on >= {start}
        AND a.due_on < (SELECT b.day FROM bound b)
    UNION
    SELECT s.dossier FROM calendar_step s
    WHERE s.action IS NULL AND s.done_at IS NULL AND s.closed_at IS NULL AND s.due_on >= {start}
        AND s.due_on < (SELECT b.day FROM bound b)
    UNION
    (SELECT o.id FROM dossier o
     WHERE o.closed_on IS NULL AND o.id > {first} AND (SELECT b.day FROM bound b) = '9999-01-01'
     ORDER BY o.id LIMIT {reach})),
"""
"""Goes before: the dossiers, whosever, in which something is due on one of the first days that count. Up to
`bound` their order is the list's own, so that a page out of thousands costs what a short list does. When
there are no more such days, the first of all open dossiers, up to `edge`: among them are those without any
action, which come last. `whole`: there is nothing beyond."""

OLDEST = """
WITH bound AS MATERIALIZED (
    SELECT b.day, b.day = '9999-01-01' AS whole FROM (SELECT coalesce(
        (SELECT o.opened_on FROM dossier o WHERE o.closed_on IS NULL AND o.opened_on >= {start}
         ORDER BY o.opened_on OFFSET {reach} LIMIT 1),
        '9999-01-01') AS day) b),
soon AS (
    SELECT o.id AS dossier FROM dossier o
    WHERE o.closed_on IS NULL AND o.opened_on < (SELECT b.day FROM bound b)),
"""
"""The same for the longest sick: the open dossiers that began first. Nobody is sick for more days than have
passed since their dossier began, so that one that began at `bound` or later has no more days than that."""

FOUND = """
SELECT d.*{columns} FROM (
    SELECT d.id, d.closed_on, m.first_name, m.last_name, o.name AS employer_name, t.today,
           {medical} AS medical, lower(m.last_name || ' ' || m.first_name) AS name_key
    FROM employment m
    JOIN employer o ON o.id = m.employer
    JOIN dossier d ON d.employment = m.id
    CROSS JOIN LATERAL (SELECT ($1::timestamptz AT TIME ZONE o.time_zone)::date AS today) t
    WHERE m.account IS DISTINCT FROM $2 AND {scope} AND {among}
) d
WHERE {fresh}
"""
"""Everything that is chosen from, with what it is ordered and filtered by."""

NEXT = """
SELECT * FROM (
    (SELECT e.id, a.due_on AS next_on, a.term, NULL AS own_title, e.title, e.facts,
            a.assignee_role AS next_role
     FROM entry e JOIN action a ON a.entry = e.id
     WHERE e.dossier = d.id AND e.kind = 'action' AND a.done_at IS NULL AND a.cancelled_at IS NULL
        AND (e.audience = 'shared' OR d.medical)
     ORDER BY a.due_on, e.id LIMIT 1)
    UNION ALL
    (SELECT s.id, s.due_on, s.term, q.title, '', '{}'::jsonb, q.assignee_role
     FROM calendar_step s LEFT JOIN protocol_step q ON q.id = s.protocol_step
     WHERE s.dossier = d.id AND s.action IS NULL AND s.done_at IS NULL AND s.closed_at IS NULL
        AND s.term <> ALL($4)
     ORDER BY s.due_on, s.id LIMIT 1)
) c ORDER BY c.next_on, c.id LIMIT 1
"""

LINES = f"""
{{before}} found AS {{materialized}} ({{found}}),
page AS (
    SELECT f.*, {{key}} AS key, {{count}} AS count, {{whole}} AS whole
    FROM found f WHERE {{wanted}}
    ORDER BY key, f.id LIMIT $3
)
SELECT d.id, d.closed_on, d.first_name, d.last_name, d.employer_name, d.today, d.key, d.count, d.whole,
       n.next_on, n.term, n.own_title, n.title, n.facts, n.next_role, w.expected_duration, w.recovered_on,
       {DAYS} AS days, {IS_NEW} AS is_new
FROM page d
LEFT JOIN LATERAL ({NEXT.replace("{}", "{{}}")}) n ON true
LEFT JOIN LATERAL (
    SELECT p.expected_duration, p.recovered_on FROM spell p
    WHERE p.dossier = d.id AND p.withdrawn_at IS NULL ORDER BY p.first_sick_day DESC LIMIT 1
) w ON true
ORDER BY d.key, d.id
"""

EMPLOYERS = """
SELECT o.id, o.name FROM employer o WHERE o.id IN (SELECT m.employer FROM employment m WHERE {scope})
ORDER BY lower(o.name), o.id
"""
