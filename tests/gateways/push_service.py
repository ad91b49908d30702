"""A real push service on loopback: it checks who sends and keeps what it gets, which its browsers open."""

from __future__ import annotations

import asyncio
import base64
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import http_ece
from cryptography.hazmat.primitives.asymmetric.ec import (
    SECP256R1,
    EllipticCurvePrivateKey,
    generate_private_key,
)
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from py_vapid import Vapid02


def coded(raw: bytes) -> str:
    """base64url without padding."""
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def decoded(text: str) -> bytes:
    """The bytes of base64url without padding."""
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


@dataclass
class Browser:
    """What a browser makes when it subscribes."""

    endpoint: str
    key: EllipticCurvePrivateKey = field(default_factory=lambda: generate_private_key(SECP256R1()))
    secret: bytes = b"sixteen bytes ok"

    @property
    def p256dh(self) -> str:
        return coded(self.key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint))

    @property
    def auth(self) -> str:
        return coded(self.secret)

    def form(self) -> dict[str, str]:
        """What the page posts."""
        return {"endpoint": self.endpoint, "p256dh": self.p256dh, "auth": self.auth}

    def opens(self, body: bytes) -> dict[str, Any]:
        """The message, as this browser alone reads it."""
        plain = http_ece.decrypt(body, private_key=self.key, auth_secret=self.secret, version="aes128gcm")
        found: dict[str, Any] = json.loads(plain)
        return found


@dataclass
class Got:
    """One request, with the claims of its VAPID token."""

    path: str
    headers: dict[str, str]
    claims: dict[str, Any]
    body: bytes


@dataclass
class PushService:
    """`answers` are given one by one, before it says 201 again."""

    url: str = ""
    answers: list[str] = field(default_factory=list)
    got: list[Got] = field(default_factory=list)
    silent: set[str] = field(default_factory=set)
    """Paths that get no answer until it closes."""
    closing: asyncio.Event = field(default_factory=asyncio.Event)

    def browser(self, name: str = "one") -> Browser:
        """A browser that subscribed here."""
        return Browser(f"{self.url}/push/{name}")

    async def answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        lines = (await reader.readuntil(b"\r\n\r\n")).decode().split("\r\n")
        headers = {n.lower(): v for n, _, v in (line.partition(": ") for line in lines[1:] if line)}
        body = await reader.readexactly(int(headers["content-length"]))
        path = lines[0].split(" ")[1]
        self.got.append(Got(path, headers, claims_of(headers["authorization"], self.url), body))
        if path in self.silent:
            await self.closing.wait()
        said = self.answers.pop(0) if self.answers else "201 Created"
        status, _, more = said.partition("\n")
        writer.write(f"HTTP/1.1 {status}\r\nContent-Length: 0\r\nConnection: close\r\n{more}\r\n".encode())
        writer.close()


def claims_of(authorization: str, audience: str) -> dict[str, Any]:
    """What the sender says of itself, once the signature holds and it is meant for us (RFC 8292)."""
    assert Vapid02.verify(authorization), "the signature holds"
    token = dict(part.split("=", 1) for part in authorization.removeprefix("vapid ").split(","))["t"]
    claims: dict[str, Any] = json.loads(decoded(token.split(".")[1]))
    assert claims["aud"] == audience
    return claims


@asynccontextmanager
async def push_service() -> AsyncIterator[PushService]:
    """Open for as long as the block runs."""
    found = PushService()
    server = await asyncio.start_server(found.answer, "127.0.0.1", 0)
    found.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    try:
        yield found
    finally:
        found.closing.set()
        server.close()
