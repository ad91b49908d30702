"""SMS through MessageBird's REST interface."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol
from uuid import UUID

import httpx

from backend.gateways.failures import Permanent, Temporary

MESSAGEBIRD = "https://rest.messagebird.com"
SECONDS = 10


@dataclass(frozen=True, slots=True)
class OutgoingSms:
    """A worded SMS to a number in international form (E.164)."""

    id: UUID
    to: str = field(repr=False)
    text: str = field(repr=False)
    created_at: datetime


class SmsGateway(Protocol):
    """Something that takes SMS. Raises Temporary or Permanent."""

    async def send(self, sms: OutgoingSms) -> None: ...


class NoSms:
    """SMS_PROVIDER is empty: nobody can choose SMS, and what was promised before is given up."""

    async def send(self, sms: OutgoingSms) -> None:
        raise Permanent("no SMS provider")


class MessageBird:
    """`reference` carries our message's id, so that a repeat can be recognised in MessageBird's reports;
    their interface itself does not refuse a repeat."""

    def __init__(self, key: str, sender: str, url: str = MESSAGEBIRD) -> None:
        self._key, self._sender, self._url = key, sender, url

    async def send(self, sms: OutgoingSms) -> None:
        """Returns once MessageBird has accepted the message."""
        body = {
            "originator": self._sender,
            "recipients": [sms.to.removeprefix("+")],
            "body": sms.text,
            "reference": str(sms.id),
        }
        headers = {"Authorization": f"AccessKey {self._key}", "Accept": "application/json"}
        try:
            async with httpx.AsyncClient(timeout=SECONDS) as client:
                answer = await client.post(f"{self._url}/messages", json=body, headers=headers)
        except httpx.HTTPError as error:
            raise Temporary(type(error).__name__) from error
        if answer.status_code in (400, 422):
            raise Permanent(f"messagebird {answer.status_code}")
        if answer.status_code not in (200, 201):
            raise Temporary(f"messagebird {answer.status_code}")
