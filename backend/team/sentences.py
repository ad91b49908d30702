"""The statement for one page of a team: `$1` how many, `$2` after how many, `$3` the moment, `$4` who asks.

Who is away or came back this week is found through the spells that are open or ended of late: few, however
large the team. The others stand by name, which an index gives in order; it is read from its end when the
page is past the middle. Only the people of the page are looked up whole.
"""

from __future__ import annotations

MINE = """
SELECT m.id, t.today, lower(m.last_name) AS last_key, lower(m.first_name) AS first_key
FROM employment m JOIN day t ON t.employer = m.employer
WHERE (m.left_on IS NULL OR m.left_on > t.today) AND (m.started_on IS NULL OR m.started_on <= t.today)
    AND m.account IS DISTINCT FROM $4 AND {scope} {named}
"""
"""Who is in service and in the team, with the day at their employer."""

STIRRED = """
SELECT m.*, p.id AS spell, CASE WHEN p.until > m.today THEN 'away' ELSE 'back' END AS place
FROM (
    SELECT s.*, coalesce(s.recovered_on, 'infinity') AS until FROM spell s
    WHERE s.withdrawn_at IS NULL AND coalesce(s.recovered_on, 'infinity')
        >= date_trunc('week', $3::timestamptz - interval '1 day')::date
) p
JOIN mine m ON m.id = p.employment
WHERE p.until >= date_trunc('week', m.today)::date AND (p.recovered_on IS NULL OR NOT EXISTS (
    SELECT FROM spell l WHERE l.employment = p.employment AND l.withdrawn_at IS NULL
        AND (l.first_sick_day, l.id) > (p.first_sick_day, p.id)))
"""
"""Whose last spell is open, or ended this week or is yet to end: until when it lasts decides where they are.
An open one is the last, since nobody falls sick twice. The day at the employer is at most one before or after
that of Greenwich."""

PRESENT = "SELECT m.*, NULL::uuid, 'in' FROM mine m WHERE m.id NOT IN (SELECT r.id FROM stirred r)"

PAGE = f"""
SELECT * FROM (
    SELECT * FROM stirred r ORDER BY r.place, r.last_key, r.first_key, r.id LIMIT $1 OFFSET $2) r
UNION ALL
(SELECT * FROM ({PRESENT} ORDER BY m.last_key, m.first_key, m.id
    LIMIT (SELECT CASE WHEN b.past THEN 0 ELSE b.most END FROM bound b)
    OFFSET (SELECT b.before FROM bound b)) f)
UNION ALL
(SELECT * FROM ({PRESENT} ORDER BY m.last_key DESC, m.first_key DESC, m.id DESC
    LIMIT (SELECT CASE WHEN b.past THEN b.most ELSE 0 END FROM bound b)
    OFFSET (SELECT greatest(b.present - b.before - b.most, 0) FROM bound b)) f)
"""
"""Of these parts one or two have people: who stirred, and the others from the start or from the end."""

# `OFFSET 0` makes PostgreSQL look up each person by itself: it expects more of them than a page holds.
TEAM = f"""
WITH day AS MATERIALIZED (
    SELECT o.id AS employer, ($3::timestamptz AT TIME ZONE o.time_zone)::date AS today FROM employer o),
mine AS {{materialized}} ({MINE}),
stirred AS MATERIALIZED ({STIRRED}),
counted AS (
    SELECT count(*) AS stirred, count(*) FILTER (WHERE r.place = 'away') AS away,
           (SELECT count(*) FROM mine) AS everyone FROM stirred r),
bound AS MATERIALIZED (
    SELECT x.*, x.before > x.present / 2 AS past,
           greatest(least($1 - least($1, greatest(x.stirred - $2, 0)), x.present - x.before), 0) AS most
    FROM (SELECT c.*, c.everyone - c.stirred AS present, greatest($2 - c.stirred, 0) AS before
          FROM counted c) x),
page AS ({PAGE})
SELECT m.id, m.first_name, m.last_name, m.job, coalesce(a.email, m.email) AS email,
       s.first_sick_day, s.recovered_on, s.expected_duration, s.phone, s.dossier, g.today, g.place,
       b.away, b.stirred - b.away AS back, b.everyone
FROM page g
CROSS JOIN LATERAL (SELECT * FROM employment m WHERE m.id = g.id OFFSET 0) m
LEFT JOIN account a ON a.id = m.account
LEFT JOIN LATERAL (SELECT * FROM spell s WHERE s.id = g.spell OFFSET 0) s ON true
CROSS JOIN bound b
ORDER BY g.place = 'in', g.place, g.last_key, g.first_key, g.id
"""
