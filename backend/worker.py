"""The worker: sends what was promised, and throws away what is past its time. `python -m backend.worker`."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Sequence
from contextlib import suppress
from importlib import import_module
from typing import Any
from urllib.parse import urlsplit

import structlog
from arq.connections import RedisSettings
from arq.cron import CronJob, cron
from arq.worker import Worker
from redis.asyncio import Redis
from redis.exceptions import RedisError

from backend import housekeeping
from backend.foundation import clock, encryption, hint
from backend.foundation.database import close_pool, open_pool
from backend.foundation.logs import set_up_logs
from backend.gateways import files
from backend.gateways.inbox import Inbox, InboxMail, InboxPush, InboxSms
from backend.gateways.mail import MailGateway, SmtpMail
from backend.gateways.push import NoPush, PushGateway
from backend.gateways.sms import MessageBird, NoSms, SmsGateway
from backend.gateways.web_push import WebPush
from backend.legal_calendar import keep as legal_calendar
from backend.outbox.deliver import Gateways
from backend.outbox.postman import Lane, hear_hints
from backend.settings import Settings, SettingsError, load
from backend.uploads.sweep import sweep_orphans

ROOMS_THAT_TELL = (
    "accounts", "dossier", "invitations", "legal_calendar", "organisations", "second_factor", "sickleave",
    "telling",
)  # fmt: skip
LANES = ("mail", "sms", *["push"] * 4)
"""No mail keeps a code waiting. One mail at a time: a kill between the mail server's acceptance and our mark
repeats that mail and no other. More workers send more at once. Pushes go several at once, so that one push
service that is silent holds up no other: a repeated push takes the place of the first on the phone."""
LAST_WORDS = 12.0
"""Seconds that the message at hand gets to be finished when we must stop."""

log = structlog.get_logger("worker")


async def keep_house(ctx: dict[str, Any]) -> None:
    """Hourly: forget what is past its time."""
    now = clock.now()
    log.info("kept house", **await housekeeping.keep_house(now=now), orphans=await sweep_orphans(now=now))


async def keep_calendars(ctx: dict[str, Any]) -> None:
    """Every minute: what follows by law from who reported and who recovered."""
    done = await legal_calendar.keep_calendars(now=clock.now())
    if any(done.values()):
        log.info("kept calendars", **done)


CRON: Sequence[CronJob] = (
    cron(keep_house, minute=17, timeout=30, keep_result=0, max_tries=1),
    cron(keep_calendars, second=7, timeout=30, keep_result=0, max_tries=1),
)


def gateways(settings: Settings, redis: Redis) -> Gateways:
    """Where messages leave the house; of each channel its own, with what it remembers."""
    mail: MailGateway | None = None
    if settings.smtp_url:
        host = urlsplit(settings.public_url).hostname or "localhost"
        mail = SmtpMail(settings.smtp_url, settings.mail_from, host)
    sms: SmsGateway = NoSms()
    if settings.sms_provider == "messagebird":
        sms = MessageBird(settings.sms_key, settings.sms_sender)
    if settings.development:
        inbox = Inbox(redis)
        mail = InboxMail(inbox, mail)
        if settings.sms_provider == "inbox":
            sms = InboxSms(inbox)
    if mail is None:
        raise RuntimeError("SMTP_URL is needed")
    return Gateways(mail, sms, push_gateway(settings, redis), settings.public_url)


def push_gateway(settings: Settings, redis: Redis) -> PushGateway:
    """The browsers' push services; in development the inbox, and they only when asked for."""
    if not settings.vapid_key:
        return NoPush()
    real = WebPush(settings.vapid_key, settings.mail_from, settings.push_service)
    if not settings.development:
        return real
    return InboxPush(Inbox(redis), settings.public_url, None if settings.push_service == "inbox" else real)


def learn_notices() -> None:
    """Every room registers how it words its messages."""
    for room in ROOMS_THAT_TELL:
        import_module(f"backend.{room}.notices")


async def run_jobs(redis_url: str) -> None:
    """arq's jobs, until cancelled; a Redis that is away is tried again."""
    redis = RedisSettings.from_dsn(redis_url)
    redis.conn_retries = 0
    while True:
        jobs = Worker(
            cron_jobs=CRON,
            redis_settings=redis,
            handle_signals=False,
            poll_delay=5,
            job_timeout=30,
            keep_result=0,
            log_results=False,
        )
        try:
            await jobs.async_run()
        except (RedisError, OSError):
            log.debug("no jobs: Redis is away")
        finally:
            with suppress(RedisError, OSError, asyncio.CancelledError):
                await jobs.close()
        await asyncio.sleep(5)


async def serve(settings: Settings, stop: asyncio.Event) -> None:
    """Works until `stop` is set, then finishes the messages at hand."""
    redis: Redis = Redis.from_url(settings.redis_url, socket_connect_timeout=2)
    hint.use(redis)
    own = {channel: gateways(settings, redis) for channel in LANES}
    lanes = [Lane(channel, own[channel]) for channel in LANES]

    def hurry() -> None:
        for lane in lanes:
            lane.hurry()

    try:
        async with asyncio.TaskGroup() as tasks:
            sending = [tasks.create_task(lane.run()) for lane in lanes]
            others = [
                tasks.create_task(hear_hints(redis, hurry)),
                tasks.create_task(run_jobs(settings.redis_url)),
            ]
            await stop.wait()
            for lane in lanes:
                lane.stop()
            await asyncio.wait(sending, timeout=LAST_WORDS)
            for task in (*sending, *others):
                task.cancel()
    finally:
        await redis.aclose()


async def main() -> None:
    """From the environment; ends with an error when a part of it breaks, to be started again."""
    try:
        settings = load()
    except SettingsError as error:
        raise SystemExit(f"Beterschap did not start: {error}") from None
    set_up_logs(settings.log_level)
    encryption.use(settings.secret_keys)
    files.use(settings.files_url)
    learn_notices()
    stop = asyncio.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(name, stop.set)
    await open_pool(settings.database_url, largest=len(LANES) + 2)
    log.info("worker started")
    try:
        await serve(settings, stop)
    finally:
        await close_pool()
    log.info("worker stopped")


if __name__ == "__main__":
    asyncio.run(main())
