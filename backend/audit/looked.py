"""Who looked at what of somebody else, for the employee to read (NEN 7513)."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Literal
from uuid import UUID

from backend.foundation.database import execute

What = Literal["dossier", "step", "note", "words", "document", "absence", "periods"]
"""A dossier's timeline; one step of its calendar, or an action by itself; a note, advice or analysis by
itself; what goes along with a document, and its file; what was said at a sick report; and when
somebody was away."""

ONE_VISIT = timedelta(minutes=15)
"""Reloading and scrolling within one visit is one look, as long as nothing came that was not to be seen
before. Every viewer, thing and quarter of an hour stays visible, and the employee's list stays short enough
to be read."""

LOOKED = """
INSERT INTO access_log_line (at, employment, viewer, viewer_name, viewer_role, what, subject, medical, extent)
SELECT $1, $2, $3, $4, $5, $6, $7, $9, $10 WHERE NOT EXISTS (
    SELECT FROM (
        SELECT medical, extent FROM access_log_line
        WHERE employment = $2 AND at > $8 AND viewer = $3 AND viewer_role = $5::varchar
            AND what = $6::varchar AND subject = $7
        ORDER BY at DESC, id DESC LIMIT 1
    ) last WHERE last.medical = $9 AND last.extent = $10
)
"""


async def looked(
    *,
    employment: UUID,
    employee: UUID | None,
    viewer: UUID,
    viewer_name: str,
    viewer_role: str,
    what: What,
    subject: UUID,
    now: datetime,
    medical: bool = False,
    extent: int = 0,
) -> None:
    """Remembers that `viewer` (an account) opened `subject`; nothing when the viewer is the employee's own
    account, or looked at just as much less than ONE_VISIT ago.

    `medical`: whether something medical was there to be seen. `extent`: a number that grows with everything
    that others put there for this viewer to see. It is a count and no moment: what is written first may be
    there last.
    """
    if viewer == employee:
        return
    await execute(
        LOOKED, now, employment, viewer, viewer_name, viewer_role, what, subject, now - ONE_VISIT, medical,
        extent,
    )  # fmt: skip
