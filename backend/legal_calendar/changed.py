"""Which calendars are not as they should be: what was reported, who left, and the terms say otherwise."""

from __future__ import annotations

from datetime import timedelta

from backend.legal_calendar.terms import AS_OF

RECENT = timedelta(days=7)
"""How long after a report the worker still finds an absence that was over before it came by."""

LEFT_OF_LATE = timedelta(days=60)
"""How long after somebody left the worker still finds a talk that stayed open: a last day is often registered
afterwards."""

LAID_OUT_FOR = f"""
concat_ws(' ', '{AS_OF}', o.country, m.left_on,
    CASE WHEN m.left_on <= ($1::timestamptz AT TIME ZONE o.time_zone)::date THEN 'left' END,
    (SELECT string_agg(p.first_sick_day || '/' || coalesce(p.recovered_on::text, ''), ' '
         ORDER BY p.first_sick_day, p.id)
     FROM spell p WHERE p.dossier = d.id AND p.withdrawn_at IS NULL))
"""
"""What dossier `d` of employment `m` at employer `o` is laid out for, in words, at the moment $1. Compared as
it is rather than by when it changed: a report that is committed late is not missed."""

OF = """
FROM dossier d JOIN employment m ON m.id = d.employment JOIN employer o ON o.id = m.employer
LEFT JOIN calendar c ON c.dossier = d.id
"""
CHANGED = f"""
SELECT d.id {OF} WHERE d.closed_on IS NULL AND c.laid_out_for IS DISTINCT FROM {LAID_OUT_FOR}
UNION
SELECT d.id FROM calendar c JOIN dossier d ON d.id = c.dossier WHERE c.is_open AND d.closed_on IS NOT NULL
UNION
SELECT d.id {OF} WHERE d.closed_on IS NOT NULL
    AND d.id IN (SELECT x.dossier FROM spell x WHERE x.reported_at > $1 - $2::interval)
    AND c.laid_out_for IS DISTINCT FROM {LAID_OUT_FOR}
UNION
SELECT d.id {OF}
JOIN calendar_step s ON s.dossier = d.id AND s.protocol_step IS NOT NULL AND s.closed_at IS NULL
LEFT JOIN action a ON a.entry = s.action
WHERE d.closed_on IS NOT NULL AND a.done_at IS NULL AND a.cancelled_at IS NULL
    AND m.left_on > ($1 - interval '{LEFT_OF_LATE.days} days')::date
    AND m.left_on <= ($1::timestamptz AT TIME ZONE o.time_zone)::date
    AND c.laid_out_for IS DISTINCT FROM {LAID_OUT_FOR}
LIMIT $3
"""
"""Open dossiers, those that closed since, and those that opened and closed before the worker came by: a third
report in twelve months asks for a talk, also when it was over within the minute. And the talk of who left in
health: the dossier was closed long before."""
