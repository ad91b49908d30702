"""The outbox in Prometheus's words, read from the database when the figures are asked for: the worker that
sends and the web server that answers /metrics are different processes."""

from __future__ import annotations

import math
from datetime import datetime

from prometheus_client import Gauge

from backend.outbox.queries import state

WAITING = Gauge("beterschap_outbox_waiting", "Messages not sent yet.")
DEAD = Gauge("beterschap_outbox_dead", "Messages given up; somebody must look.")
LATE = Gauge("beterschap_outbox_late_seconds", "How long the oldest message that is due has been waiting.")


async def refresh(*, now: datetime) -> None:
    """Call before the figures are written out. They are not a number while the database is away."""
    try:
        found = await state()
    except Exception:
        for gauge in (WAITING, DEAD, LATE):
            gauge.set(math.nan)
        return
    WAITING.set(found.waiting)
    DEAD.set(found.dead)
    late = (now - found.oldest_due_at).total_seconds() if found.oldest_due_at else 0.0
    LATE.set(max(late, 0.0))
