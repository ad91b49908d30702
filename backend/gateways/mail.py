"""E-mail over SMTP."""

from __future__ import annotations

import ssl
from dataclasses import dataclass, field
from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP as SMTP_POLICY
from email.utils import format_datetime
from typing import Protocol
from urllib.parse import unquote, urlsplit
from uuid import UUID

import aiosmtplib

from backend.gateways.failures import Permanent, Temporary

SECONDS = 10
"""For each step of the conversation; the worker limits the whole."""
OURSELVES = ("localhost", "127.0.0.1", "::1")


@dataclass(frozen=True, slots=True)
class OutgoingMail:
    """A worded mail. `id` makes the Message-ID, so that a repeat is recognised as one."""

    id: UUID
    to: str = field(repr=False)
    subject: str
    text: str = field(repr=False)
    html: str = field(repr=False)
    created_at: datetime


class MailGateway(Protocol):
    """Something that takes mail. Raises Temporary or Permanent."""

    async def send(self, mail: OutgoingMail) -> None: ...

    async def rest(self) -> None:
        """Nothing to send for now: close what is open."""


def as_message(mail: OutgoingMail, sender: str, host: str) -> EmailMessage:
    """The mail on the wire; the same bytes for headers at each repeat (RFC 5322, RFC 3834)."""
    message = EmailMessage(policy=SMTP_POLICY)
    message["From"] = sender
    message["To"] = mail.to
    message["Subject"] = mail.subject
    message["Date"] = format_datetime(mail.created_at)
    message["Message-ID"] = f"<{mail.id}@{host}>"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(mail.text)
    message.add_alternative(mail.html, subtype="html")
    return message


class SmtpMail:
    """One SMTP server, one conversation at a time, kept open while there is more to send.

    `smtps://` is encrypted from the start, `smtp+starttls://` must become so, and so must `smtp://` with a
    password to another machine; otherwise `smtp://` becomes so where the server offers it.
    """

    def __init__(self, url: str, sender: str, host: str) -> None:
        parts = urlsplit(url)
        self._sender, self._host = sender, host
        self._user, self._password = unquote(parts.username or ""), unquote(parts.password or "")
        self._server = parts.hostname or "localhost"
        self._implicit = parts.scheme == "smtps"
        self._start_tls: bool | None = None
        if self._implicit:
            self._start_tls = False
        elif parts.scheme == "smtp+starttls" or (self._password and self._server not in OURSELVES):
            self._start_tls = True
        self._port = parts.port or {"smtps": 465, "smtp+starttls": 587}.get(parts.scheme, 25)
        self._client: aiosmtplib.SMTP | None = None

    async def send(self, mail: OutgoingMail) -> None:
        """Returns once the server has accepted the mail."""
        try:
            message = as_message(mail, self._sender, self._host)
        except ValueError as error:
            raise Permanent("malformed address or subject") from error
        client = await self._connected()
        try:
            await client.send_message(message)
        except aiosmtplib.SMTPRecipientsRefused as error:
            await self._reset(client)
            code = error.recipients[0].code
            raise (Permanent if code >= 500 else Temporary)(f"smtp {code} recipient") from error
        except aiosmtplib.SMTPDataError as error:
            await self._reset(client)
            raise (Permanent if error.code >= 500 else Temporary)(f"smtp {error.code} content") from error
        except ValueError as error:
            raise Permanent("malformed address") from error
        except (aiosmtplib.SMTPException, OSError) as error:
            self._drop()
            raise Temporary(_kind(error)) from error
        except BaseException:
            self._drop()
            raise

    async def rest(self) -> None:
        """Says goodbye to the server."""
        client, self._client = self._client, None
        if client is not None and client.is_connected:
            try:
                await client.quit(timeout=2)
            except (aiosmtplib.SMTPException, OSError):
                client.close()

    async def _connected(self) -> aiosmtplib.SMTP:
        if self._client is not None and self._client.is_connected:
            return self._client
        client = aiosmtplib.SMTP(
            hostname=self._server,
            port=self._port,
            timeout=SECONDS,
            use_tls=self._implicit,
            start_tls=self._start_tls,
            tls_context=ssl.create_default_context(),
            username=self._user or None,
            password=self._password or None,
            local_hostname=self._host,
        )
        try:
            await client.connect()
        except (aiosmtplib.SMTPException, OSError) as error:
            client.close()
            raise Temporary(_kind(error)) from error
        except BaseException:
            client.close()
            raise
        self._client = client
        return client

    async def _reset(self, client: aiosmtplib.SMTP) -> None:
        """A refused mail must not leave half an envelope for the next."""
        try:
            await client.rset()
        except (aiosmtplib.SMTPException, OSError):
            self._drop()

    def _drop(self) -> None:
        if self._client is not None:
            self._client.close()
            self._client = None


def _kind(error: Exception) -> str:
    """Refusals of our sign-in or sender are a mistake in the settings, which somebody will mend."""
    if isinstance(error, aiosmtplib.SMTPResponseException):
        return f"smtp {error.code} {type(error).__name__}"
    return type(error).__name__
