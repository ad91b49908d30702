"""MessageBird's protocol, spoken with a local server."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import pytest

from backend.foundation.tokens import new_id
from backend.gateways.failures import Permanent, Temporary
from backend.gateways.sms import MessageBird, NoSms, OutgoingSms

SMS = OutgoingSms(new_id(), "+31612345678", "123456 is je code", datetime(2026, 11, 16, tzinfo=UTC))


@dataclass
class Bird:
    """Answers every request with `status` and keeps what was asked."""

    url: str = ""
    status: str = "201 Created"
    asked: list[tuple[str, dict[str, str], dict[str, Any]]] = field(default_factory=list)

    async def answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).decode().split("\r\n")
        headers = {
            name.lower(): value for name, _, value in (line.partition(": ") for line in head[1:] if line)
        }
        body = json.loads(await reader.readexactly(int(headers["content-length"])))
        self.asked.append((head[0], headers, body))
        writer.write(f"HTTP/1.1 {self.status}\r\nContent-Length: 2\r\n\r\n{{}}".encode())
        writer.close()


@asynccontextmanager
async def bird(status: str = "201 Created") -> AsyncIterator[Bird]:
    found = Bird(status=status)
    server = await asyncio.start_server(found.answer, "127.0.0.1", 0)
    found.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    async with server:
        yield found


async def test_an_sms_is_handed_over_with_our_reference() -> None:
    async with bird() as server:
        await MessageBird("k3y", "Beterschap", server.url).send(SMS)
    ((line, headers, body),) = server.asked
    assert line == "POST /messages HTTP/1.1"
    assert headers["authorization"] == "AccessKey k3y"
    assert body == {
        "originator": "Beterschap", "recipients": ["31612345678"], "body": "123456 is je code",
        "reference": str(SMS.id),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        ("422 Unprocessable", Permanent),
        ("401 Unauthorized", Temporary),
        ("402 No balance", Temporary),
        ("429 Too many", Temporary),
        ("500 Oops", Temporary),
    ],
)
async def test_a_refusal_is_for_good_or_for_now(status: str, kind: type[Exception]) -> None:
    async with bird(status) as server:
        with pytest.raises(kind) as refusal:
            await MessageBird("k3y", "Beterschap", server.url).send(SMS)
    assert str(refusal.value) == f"messagebird {status[:3]}"


async def test_a_provider_that_is_away_is_for_now() -> None:
    async with bird() as server:
        pass
    with pytest.raises(Temporary):
        await MessageBird("k3y", "Beterschap", server.url).send(SMS)


async def test_without_a_provider_a_promised_sms_is_given_up() -> None:
    with pytest.raises(Permanent):
        await NoSms().send(SMS)


def test_number_and_code_show_in_no_representation() -> None:
    assert "612345678" not in repr(SMS)
    assert "123456" not in repr(SMS)
