"""A small world to try everything in: two employers, their people, and what happened to them."""

from __future__ import annotations

from datetime import datetime

from backend.demo.accounts import write_accounts
from backend.demo.calendars import write_calendars
from backend.demo.dossiers import Telling
from backend.demo.organisations import ZONES, write_organisations
from backend.demo.people import WORKERS
from backend.demo.stories import STORIES
from backend.foundation.clock import HOME_ZONE, day_in
from backend.gateways.files import FileStore
from backend.invitations.invite import invite


async def load(now: datetime, files: FileStore) -> None:
    """Fills an empty database, in the caller's transaction. The same day gives the same world, but for the
    invitations' secrets, whose mails wait for the worker."""
    await write_accounts(now)
    await write_organisations(day_in(HOME_ZONE, now))
    for number, story in enumerate(STORIES):
        await Telling(story, number, now, ZONES[story.employer]).write(files)
    await write_calendars(now)
    for worker in WORKERS:
        if worker.invited and not worker.registered:
            await invite(worker.id, now=now)
