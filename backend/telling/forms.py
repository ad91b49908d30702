"""What came in. Ticks and a browser's own words: nothing here that a person could type wrongly."""

from __future__ import annotations

from typing import Protocol

from backend.outbox.kinds import Kind
from backend.telling.subscription import Subscription


class Form(Protocol):
    """A form's values by name."""

    def getall(self, name: str, default: list[object]) -> list[object]: ...


def ticked_in(form: Form) -> dict[Kind, list[str]]:
    """Which ways were ticked for each kind: `people=mail&people=push`."""
    return {kind: [way for way in form.getall(kind, []) if isinstance(way, str)] for kind in Kind}


def subscription_in(form: Form) -> Subscription:
    """What the browser made; empty where it left something out, which no judge lets pass."""
    return Subscription(_one(form, "endpoint"), _one(form, "p256dh"), _one(form, "auth"))


def _one(form: Form, name: str) -> str:
    found = form.getall(name, [])
    return found[0] if len(found) == 1 and isinstance(found[0], str) else ""
