"""The statements for one page of a team: `$1` the moment, `$2` who asks.

Until when somebody is absent is remembered with their job (Employment.absent_until), and says where they are.
Those who are away come first, then who came back this week, then the others, each by name: three runs, and an
index holds everybody in that order with all that is asked. A run is read from its nearest end, as far as the
page goes, and only the people of the page are looked up whole.
"""

from __future__ import annotations

from datetime import date, timedelta

TODAY = "(SELECT ($1::timestamptz AT TIME ZONE o.time_zone)::date FROM employer o WHERE o.id = m.employer)"
"""The day at the employer: asked only where the first and the last day that it is anywhere do not tell."""
MINE = """
m.account IS DISTINCT FROM $2 AND {scope}
AND (m.left_on IS NULL OR m.left_on > {last} OR m.left_on > {today})
AND (m.started_on IS NULL OR m.started_on <= {first} OR m.started_on <= {today})
"""
"""Who is in service and in the team."""
PLACES = {
    "away": """m.absent_until IS NOT NULL AND m.absent_until > {first}
        AND (m.absent_until > {last} OR m.absent_until > {today})""",
    "back": """m.absent_until IS NOT NULL AND m.absent_until BETWEEN {monday} AND {last}
        AND (m.absent_until >= {last_monday} OR m.absent_until >= {week})
        AND (m.absent_until <= {first} OR m.absent_until <= {today})""",
    "in": """m.absent_until IS NULL OR (m.absent_until < {last_monday}
        AND (m.absent_until < {monday} OR m.absent_until < {week}))""",
}
"""Where somebody is. What is not known is no answer to PostgreSQL, so that it would ask on for the day."""

COUNTS = """
SELECT count(*) AS everyone, count(*) FILTER (WHERE {away}) AS away, count(*) FILTER (WHERE {back}) AS back
FROM employment m WHERE {mine}
"""
RUN = """
(SELECT r.* FROM (
    SELECT m.id, m.name_key, '{place}' AS place FROM employment m WHERE {mine} AND {at}
    ORDER BY m.name_key {way}, m.id {way} LIMIT {page} OFFSET {before}::int) r LIMIT {most}::int)
"""
NAMED = """
WITH found AS MATERIALIZED (
    SELECT m.id, m.name_key, CASE WHEN {away} THEN 0 WHEN {back} THEN 1 ELSE 2 END AS run
    FROM employment m WHERE {mine} AND m.name_key LIKE ALL({words}::text[])),
counted AS MATERIALIZED (
    SELECT count(*) AS everyone, count(*) FILTER (WHERE r.run = 0) AS away,
        count(*) FILTER (WHERE r.run = 1) AS back FROM found r)
SELECT r.id, r.name_key, (ARRAY['away', 'back', 'in'])[r.run + 1] AS place, c.*
FROM (SELECT * FROM found r ORDER BY r.run, r.name_key, r.id LIMIT {page} OFFSET {before}::int) r
CROSS JOIN counted c
"""
"""A search reads every name of the team, once."""

PEOPLE = """
WITH page AS MATERIALIZED ({page})
SELECT m.id, m.first_name, m.last_name, m.job, coalesce(a.email, m.email) AS email, t.today,
       s.first_sick_day, s.recovered_on, s.expected_duration, s.phone, s.dossier, h.id IS NOT NULL AS asks,
       c.id AS guide, c.name AS guide_name, c.email AS guide_email, c.phone AS guide_phone, g.*
FROM page g
JOIN employment m ON m.id = g.id
JOIN employer o ON o.id = m.employer
CROSS JOIN LATERAL (SELECT ($1::timestamptz AT TIME ZONE o.time_zone)::date AS today) t
LEFT JOIN account a ON a.id = m.account
LEFT JOIN LATERAL (
    SELECT * FROM spell p WHERE p.employment = m.id AND p.withdrawn_at IS NULL AND g.place <> 'in'
    ORDER BY p.first_sick_day DESC, p.id DESC LIMIT 1
) s ON true
LEFT JOIN LATERAL (
    SELECT id, confirmed_at, refused_at FROM partial_recovery WHERE spell = s.id AND s.recovered_on IS NULL
    ORDER BY proposed_at DESC, id DESC LIMIT 1
) h ON h.confirmed_at IS NULL AND h.refused_at IS NULL
LEFT JOIN role_holder c ON c.id = m.case_manager AND g.place = 'away'
    AND (c.ended_on IS NULL OR c.ended_on > t.today)
WHERE {scope}
ORDER BY g.place = 'in', g.place, g.name_key, g.id
"""
"""With the case managers of who is away, and whether the hours that they proposed last wait for an answer."""


def conditions(scope: str, first: date, last: date) -> dict[str, str]:
    """What every statement is made of. The days are written out rather than given, so that PostgreSQL makes
    its plan once a day and keeps it."""
    known = {
        "first": _day(first), "last": _day(last), "monday": _day(_monday(first)),
        "last_monday": _day(_monday(last)), "today": TODAY, "week": f"date_trunc('week', {TODAY})::date",
    }  # fmt: skip
    places = {place: f"({condition.format(**known)})" for place, condition in PLACES.items()}
    return {"mine": MINE.format(scope=scope, **known), "scope": scope, **places}


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _day(day: date) -> str:
    return f"'{day}'::date"
