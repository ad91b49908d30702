"""The strength meter for whoever has no script: a second button shows the same form with the outcome."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from backend.accounts.password_strength import Strength, password_strength


def asks_strength(data: Any) -> bool:
    """Whether the quiet button was pressed."""
    return "check" in data


async def strength_of(form: Any, about: Sequence[str]) -> Strength:
    """The outcome for what was typed, which is never sent back."""
    typed = "" if form.password.process_errors else form.password.data
    return await password_strength(typed or "", about)
