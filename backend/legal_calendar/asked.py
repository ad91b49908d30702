"""Whether a step is still asked of anybody, as the database says at this very moment.

The worker lays a calendar out anew within a minute after a recovery or a report that was taken back. A mail
may leave within that minute, or wait in the outbox for longer; so whoever is about to tell asks here as well.
"""

from __future__ import annotations

ASKED = """
s.done_at IS NULL AND s.closed_at IS NULL AND a.done_at IS NULL AND a.cancelled_at IS NULL
AND CASE WHEN s.spell IS NULL THEN d.closed_on IS NULL ELSE p.ended_on IS NULL AND EXISTS (
    SELECT FROM spell x WHERE x.id = s.spell AND x.withdrawn_at IS NULL
        AND (x.recovered_on IS NULL OR p.at_report IS NOT NULL)) END
"""
"""A condition over a step `s` of dossier `d`, with its action `a` and its own step `p` where there are. Of an
employer's own steps only the talk about frequent absence outlives the absence (protocol.py)."""
