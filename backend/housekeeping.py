"""What is past its time is thrown away; every room says what and when."""

from __future__ import annotations

from datetime import datetime

from backend.accounts.forget_old import forget_old_sessions
from backend.idempotency.forget_old import forget_old_answers
from backend.limits.forget_old import forget_old_attempts
from backend.outbox.forget_old import forget_old_messages
from backend.second_factor.forget_old import forget_old_codes


async def keep_house(*, now: datetime) -> dict[str, int]:
    """How many of each were thrown away. Codes go before the sessions they belong to."""
    return {
        "codes": await forget_old_codes(now=now),
        "sessions": await forget_old_sessions(now=now),
        "answers": await forget_old_answers(now=now),
        "attempts": await forget_old_attempts(now=now),
        "messages": await forget_old_messages(now=now),
    }
