"""A real SMTP server on loopback that keeps what it accepts and refuses what it is told to."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Any, cast

from aiosmtpd.smtp import SMTP, AuthResult, Envelope


@dataclass
class PostOffice:
    """`recipient_answers` and `content_answers` are given one by one, before it says 250 again."""

    host: str = "127.0.0.1"
    port: int = 0
    accepted: list[EmailMessage] = field(default_factory=list)
    recipients: list[list[str]] = field(default_factory=list)
    recipient_answers: list[str] = field(default_factory=list)
    content_answers: list[str] = field(default_factory=list)
    after_accepting: asyncio.Event | None = None
    """When set, the server accepts, sets it, and then answers no more."""
    may_answer: asyncio.Event | None = None
    """When set, the server accepts, and says so only once this event has come."""
    connections: int = 0

    @property
    def url(self) -> str:
        return f"smtp://{self.host}:{self.port}"

    async def handle_RCPT(self, *args: Any) -> str:  # noqa: N802
        _server, _session, envelope, address, _options = args
        if self.recipient_answers:
            return self.recipient_answers.pop(0)
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Envelope) -> str:  # noqa: N802
        if self.content_answers:
            return self.content_answers.pop(0)
        content = cast(bytes, envelope.content)
        self.accepted.append(message_from_bytes(content, policy=default))
        self.recipients.append([str(address) for address in envelope.rcpt_tos])
        if self.after_accepting:
            self.after_accepting.set()
            await asyncio.Event().wait()
        if self.may_answer:
            await self.may_answer.wait()
        return "250 OK"


@asynccontextmanager
async def post_office(host: str = "127.0.0.1", **options: Any) -> AsyncIterator[PostOffice]:
    """Open for as long as the block runs; options go to aiosmtpd."""
    office = PostOffice(host)
    loop = asyncio.get_running_loop()

    def connected() -> SMTP:
        office.connections += 1
        return SMTP(office, enable_SMTPUTF8=True, loop=loop, **options)

    server = await loop.create_server(connected, host, 0)
    office.port = server.sockets[0].getsockname()[1]
    try:
        yield office
    finally:
        server.close()


def accepts(user: str, password: str) -> dict[str, Any]:
    """Options for an office that asks who sends."""

    def authenticate(server: Any, session: Any, envelope: Any, mechanism: str, data: Any) -> AuthResult:
        right = (data.login, data.password) == (user.encode(), password.encode())
        return AuthResult(success=right, handled=False)

    return {"auth_required": True, "auth_require_tls": False, "authenticator": authenticate}
