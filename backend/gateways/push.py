"""A push on its way out, and what takes one. The web server reads this without the libraries that send it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol
from uuid import UUID

from backend.gateways.failures import Permanent


@dataclass(frozen=True, slots=True)
class OutgoingPush:
    """A worded push to one browser. `opens` is a path of ours; a later one of the same `topic` takes the
    place of one that was not shown yet. `to` is the reader's e-mail address, for the development inbox."""

    id: UUID
    endpoint: str = field(repr=False)
    p256dh: str = field(repr=False)
    auth: str = field(repr=False)
    to: str = field(repr=False)
    title: str
    body: str
    opens: str
    topic: str
    created_at: datetime


class PushGateway(Protocol):
    """Something that takes pushes. Raises Gone, Temporary or Permanent."""

    async def send(self, push: OutgoingPush) -> None: ...


class NoPush:
    """This installation has no VAPID_KEY: nobody can choose a push, and what was promised before is
    given up."""

    async def send(self, push: OutgoingPush) -> None:
        raise Permanent("no VAPID key")
