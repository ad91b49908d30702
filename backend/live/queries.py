"""How a dossier stands for one person, and how a list does."""

from __future__ import annotations

import hashlib
from uuid import UUID

from backend.access import scopes
from backend.access.person import Person
from backend.foundation.database import fetch_value
from backend.foundation.refusal import NotFound

STATE = """
SELECT coalesce((extract(epoch FROM n.newest) * 1000000)::bigint, 0) || '.' || left(encode(sha256(convert_to((
    n.newest, d.closed_on, n.entries, n.done, n.dropped, n.due, n.corrected, c.steps, c.standing, c.settled,
    c.closed, c.due)::text, 'UTF8')), 'hex'), 16)
FROM dossier d
CROSS JOIN LATERAL (
    SELECT max(e.published_at) AS newest, count(*) AS entries, count(a.done_at) AS done,
           count(a.cancelled_at) AS dropped, sum(a.due_on - DATE '2000-01-01') AS due,
           sum((SELECT count(*) FROM correction k WHERE k.entry = e.id)) AS corrected
    FROM entry e LEFT JOIN action a ON a.entry = e.id WHERE e.dossier = d.id AND {entries}
) n
CROSS JOIN LATERAL (
    SELECT count(*) AS steps, count(s.action) AS standing, count(s.done_at) AS settled,
           count(s.closed_at) AS closed, sum(s.due_on - DATE '2000-01-01') AS due
    FROM calendar_step s WHERE s.dossier = d.id
) c
WHERE d.id = $1 AND {dossiers}
"""
"""Every change that the person may see moves one of these, and no other change does. Reading moves none. `$1`
is the dossier; both conditions share their arguments."""


async def state_of(person: Person, dossier_id: UUID) -> str:
    """A word that changes whenever what the person may see of the dossier changes, and only then: the moment
    of its newest entry in microseconds since 1970, a point, and a hash. One statement.

    What is medical is not in the word of who may not see it, so that no sign of it ever goes their way.
    Raises NotFound when the dossier is not the person's to see.
    """
    dossiers, entries = scopes.dossiers(person, after=1), scopes.entries(person, after=1)
    sql = STATE.format(dossiers=dossiers.sql, entries=entries.sql)
    word: str | None = await fetch_value(sql, dossier_id, *dossiers.args)
    if word is None:
        raise NotFound
    return word


def word_of(*shown: object) -> str:
    """The same for a list, from what the page shows of it: dataclasses, and lists of them. What is not on the
    page is not in the word."""
    return f"0.{_hash(shown)}"


def _hash(whole: tuple[object, ...]) -> str:
    return hashlib.sha256(repr(whole).encode()).hexdigest()[:16]


def is_news(known: str, state: str) -> bool:
    """Whether a page that knew as much has something to fetch. A page on which nothing stood yet knows a
    moment alone (0); one that knows nothing was just loaded too."""
    if not known or known == state:
        return False
    moment, _point, told = known.partition(".")
    newest = state.partition(".")[0]
    if not moment.isascii() or not moment.isdecimal() or len(moment) > 16:
        return True
    return bool(told) or int(newest) > int(moment)
