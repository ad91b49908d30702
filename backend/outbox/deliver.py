"""Keeps one promise: claim, word, send, mark."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

import structlog

from backend.gateways.failures import Gone, Permanent, Temporary
from backend.gateways.mail import MailGateway
from backend.gateways.push import PushGateway
from backend.gateways.sms import SmsGateway
from backend.outbox import render
from backend.outbox.claim import MOST_ATTEMPTS, Claimed, claim, mark_dead, mark_done, put_back
from backend.outbox.letters import Letter, Mail, Push
from backend.outbox.registry import letter_of

SEND_SECONDS = 20
MARK_WAITS = (0.2, 0.5, 1.0, 2.0, 4.0, 8.0)
"""Seconds between tries to mark what was sent, within the lease: a database that restarts just then need not
cost the reader a second copy."""

log = structlog.get_logger("outbox")


class Outcome(StrEnum):
    """How one message went."""

    SENT = "sent"
    NOBODY = "nobody"
    EXPIRED = "expired"
    AGAIN = "again"
    DEAD = "dead"


@dataclass(frozen=True, slots=True)
class Gateways:
    """Where messages leave the house."""

    mail: MailGateway
    sms: SmsGateway
    push: PushGateway
    public_url: str


async def deliver_one(channel: str, gateways: Gateways, clock: Callable[[], datetime]) -> Outcome | None:
    """One waiting message of the channel, or None when none waits. Raises only when the database is away."""
    message = await claim(channel, now=clock())
    if message is None:
        return None
    if message.expires_at is not None and message.expires_at <= clock():
        await mark_done(message.id, now=clock(), why="expired")
        outcome, why = Outcome.EXPIRED, None
    else:
        outcome, why = await _try(message, gateways, clock)
    log.info(
        "message",
        id=str(message.id),
        notice=message.notice,
        outcome=str(outcome),
        why=why,
        attempt=message.attempts,
    )
    return outcome


async def _try(
    message: Claimed, gateways: Gateways, clock: Callable[[], datetime]
) -> tuple[Outcome, str | None]:
    try:
        letter = await letter_of(message.channel, message.notice, message.subject, message.opened_secret())
        if letter is None:
            await mark_done(message.id, now=clock(), why="nobody to tell")
            return Outcome.NOBODY, None
        async with asyncio.timeout(SEND_SECONDS):
            await _send(letter, message, gateways)
    except Gone as failure:
        await mark_done(message.id, now=clock(), why=failure.kind)
        return Outcome.NOBODY, failure.kind
    except Permanent as failure:
        await mark_dead(message, failure.kind, now=clock())
        return Outcome.DEAD, failure.kind
    except Exception as error:
        why = error.kind if isinstance(error, Temporary) else type(error).__name__
        if not isinstance(error, Temporary | TimeoutError):
            log.exception("notice failed", id=str(message.id), notice=message.notice)
        if message.attempts >= MOST_ATTEMPTS:
            await mark_dead(message, why, now=clock())
            return Outcome.DEAD, why
        await put_back(message, why, now=clock(), at_least=getattr(error, "wait", None))
        return Outcome.AGAIN, why
    await _surely(lambda: mark_done(message.id, now=clock()))
    return Outcome.SENT, None


async def _send(letter: Letter, message: Claimed, gateways: Gateways) -> None:
    if isinstance(letter, Mail):
        await gateways.mail.send(render.mail(letter, message.id, message.created_at, gateways.public_url))
    elif isinstance(letter, Push):
        await _push(letter, message, gateways)
    else:
        await gateways.sms.send(render.sms(letter, message.id, message.created_at, gateways.public_url))


async def _push(letter: Push, message: Claimed, gateways: Gateways) -> None:
    try:
        await gateways.push.send(render.push(letter, message.id, message.created_at))
    except Gone:
        await letter.forget()
        raise


async def _surely(mark: Callable[[], Awaitable[None]]) -> None:
    for wait in MARK_WAITS:
        try:
            return await mark()
        except Exception:
            log.warning("not marked yet", exc_info=True)
            await asyncio.sleep(wait)
    return await mark()
