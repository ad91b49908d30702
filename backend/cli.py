"""The `beterschap` command, for whoever runs the service."""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import io
import os
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any
from uuid import UUID

from redis.asyncio import Redis

from backend.foundation import clock, encryption
from backend.foundation.database import close_pool, execute, fetch_value, open_pool, transaction
from backend.foundation.languages import translate
from backend.foundation.refusal import Refused
from backend.gateways import files
from backend.outbox.wake import wake
from backend.settings import Settings, SettingsError, load

ONE_AT_A_TIME = 7_365_114_210
"""The advisory lock under which tables or demo are made."""


async def migrate() -> None:
    """Brings the tables up to date, all or nothing; nothing to do is fine, and so is a second one at once.

    The pool must be open."""
    os.environ.setdefault("PICCOLO_CONF", "backend.piccolo_conf")
    from piccolo.apps.migrations.commands.forwards import run_forwards

    said = io.StringIO()
    async with transaction():
        await execute("SELECT pg_advisory_xact_lock($1)", ONE_AT_A_TIME)
        with contextlib.redirect_stdout(said):
            outcome = await run_forwards("beterschap")
        if not outcome.success:
            raise SystemExit(said.getvalue() or outcome.message)


async def demo(settings: Settings) -> None:
    """Loads the demo people, when this is a development machine and the database holds nobody."""
    if not settings.development:
        print("The demo is for development only; nothing was loaded.")
        return
    from backend.demo.load import load as load_demo

    async with transaction():
        await execute("SELECT pg_advisory_xact_lock($1)", ONE_AT_A_TIME)
        if await fetch_value("SELECT EXISTS (SELECT FROM provider) OR EXISTS (SELECT FROM account)"):
            return
        await load_demo(clock.now(), files.files())


async def set_up(path: str) -> None:
    """Makes the provider, employers and people of a TOML file that are not there yet; nobody is mailed."""
    from backend.organisations.begin_file import Unreadable
    from backend.organisations.set_up import set_up as write

    try:
        made = await write(await asyncio.to_thread(Path(path).read_text, "utf-8"))
    except (OSError, UnicodeDecodeError, Unreadable) as error:
        raise SystemExit(f"{path} cannot be read: {error}") from error
    print(", ".join(f"{number} {table}" for table, number in made.items()) or "Everybody was there already.")


async def invite(email: str) -> None:
    """Invites everyone without access who has this e-mail address, and says of whom else why not: who left
    one job may have another. The worker sends the mail."""
    from backend.invitations.invite import invite as send_invitation
    from backend.invitations.waiting import waiting_for_access

    found = await waiting_for_access(email)
    if not found:
        raise SystemExit("Nobody with that e-mail address is waiting for access.")
    refusals = []
    for employment in found:
        try:
            await send_invitation(employment, now=clock.now())
        except Refused as refused:
            refusals.append(refused)
    if len(refusals) == len(found):
        raise _no(refusals[-1])
    for why in refusals:
        print(f"Skipped: {_no(why)}")
    print(f"{len(found) - len(refusals)} invited.")


async def invite_everybody(employer: str) -> None:
    """Invites everybody in service of this employer who was not yet, and says of the others why not."""
    from backend.invitations.invite_everybody import invite_everybody as invite_all

    try:
        done, skipped = await invite_all(employer, now=clock.now())
    except Refused as refused:
        raise _no(refused) from refused
    for name, why in skipped:
        print(f"{name}: {translate(why, 'en')}")
    print(f"{done} invited, {len(skipped)} skipped.")


async def withdraw(email: str) -> None:
    """Takes back every open invitation that was sent to this e-mail address; its link says so at once."""
    from backend.invitations.waiting import invited
    from backend.invitations.withdraw import withdraw as take_back

    found = await invited(email, now=clock.now())
    if not found:
        raise SystemExit("No invitation to that e-mail address is open.")
    for invitation in found:
        try:
            await take_back(invitation, now=clock.now())
        except Refused as refused:
            raise _no(refused) from refused
    print(f"{len(found)} withdrawn.")


def _no(refused: Refused) -> SystemExit:
    """A verb's refusal in the language of these commands."""
    return SystemExit(translate(refused.message, "en"))


async def give_access(email: str) -> None:
    """Gives who has a role under this e-mail address an account; the worker mails how to get in."""
    from backend.organisations.give_access import give_access as give

    try:
        given = await give(email, now=clock.now())
    except Refused as refused:
        raise _no(refused) from refused
    if not given:
        raise SystemExit("Nobody with a role and that e-mail address is waiting for an account.")
    print(f"{given} role{'s' if given > 1 else ''} given access.")


async def reset_factors(name: str) -> None:
    """Takes everything away that lets one person in, and lets the worker mail them how to begin again."""
    from backend.second_factor.reset_factors import reset_factors as reset

    found = await reset(name, now=clock.now())
    if not found:
        raise SystemExit("Nobody has an account with that e-mail address or user name.")
    if found > 1:
        raise SystemExit(f"{found} people share that e-mail address. Give the user name.")
    print("Their extra check is gone, they are signed out everywhere, and a mail tells them how to go on.")


async def rotate_keys() -> None:
    """Seals everything anew with the first key of SECRET_KEY; afterwards the other keys may go."""
    from backend.rotate_keys import rotate_keys as rotate

    outcomes = await rotate(now=clock.now())
    for field, outcome in outcomes.items():
        unreadable = f", {outcome.unreadable} that no key opens" if outcome.unreadable else ""
        print(f"{field}: {outcome.done} sealed anew{unreadable}")
    if any(outcome.unreadable for outcome in outcomes.values()):
        raise SystemExit("Keep the old keys until somebody has looked at what could not be opened.")


async def dead_messages(again: UUID | None = None) -> None:
    """Lists what was given up, latest first; `again` is one that gets all its tries once more."""
    from backend.outbox import claim, queries

    if again and not await claim.revive(again, now=clock.now()):
        raise SystemExit("No message with that number was given up.")
    for one in await queries.dead_messages():
        print(f"{one.id}  {one.dead_at:%Y-%m-%d %H:%M}  {one.notice} by {one.channel}: {one.why}")


def main(words: list[str] | None = None) -> int:
    """Runs one command; returns what the shell wants to know."""
    given = parser().parse_args(words)
    if given.command == "messages":
        from backend.messages import update

        for language, waiting in update().items():
            print(f"{language}: {waiting} without a translation")
        return 0
    try:
        settings = load()
    except SettingsError as error:
        print(f"beterschap: {error}", file=sys.stderr)
        return 1
    commands: dict[str, Callable[[], Awaitable[Any]]] = {
        "migrate": migrate,
        "demo": lambda: demo(settings),
        "set-up": lambda: set_up(given.file),
        "invite": lambda: invite(given.email) if given.employer is None else invite_everybody(given.employer),
        "withdraw": lambda: withdraw(given.email),
        "give-access": lambda: give_access(given.email),
        "reset-factors": lambda: reset_factors(given.name),
        "rotate-keys": rotate_keys,
        "dead-messages": lambda: dead_messages(given.again),
    }
    asyncio.run(_connected(settings, commands[given.command]))
    return 0


async def _connected(settings: Settings, command: Callable[[], Awaitable[Any]]) -> None:
    encryption.use(settings.secret_keys)
    files.use(settings.files_url)
    await open_pool(settings.database_url)
    try:
        await command()
        await _hint(settings.redis_url)
    finally:
        await close_pool()


async def _hint(redis_url: str) -> None:
    """The worker need not wait for its next look."""
    redis: Redis = Redis.from_url(redis_url, socket_connect_timeout=1)
    try:
        await wake(redis)
    finally:
        await redis.aclose()


def parser() -> argparse.ArgumentParser:
    """What may be typed."""
    found = argparse.ArgumentParser(
        prog="beterschap", description="Look after an installation of Beterschap."
    )
    commands = found.add_subparsers(dest="command", required=True)
    commands.add_parser("migrate", help="bring the tables up to date")
    commands.add_parser("demo", help="load the demo people into an empty database (development)")
    commands.add_parser("set-up", help="make who stands in a TOML file").add_argument("file")
    invited = commands.add_parser("invite", help="invite a person, or everybody of an employer")
    whom = invited.add_mutually_exclusive_group(required=True)
    whom.add_argument("email", nargs="?")
    whom.add_argument("--employer", help="the name of one employer")
    commands.add_parser("withdraw", help="take an invitation back").add_argument("email")
    commands.add_parser("give-access", help="give who has a role an account").add_argument("email")
    lost = commands.add_parser("reset-factors", help="let in again who lost extra check and recovery code")
    lost.add_argument("name", help="the person's e-mail address, or the user name")
    commands.add_parser("rotate-keys", help="seal everything with the newest key")
    dead = commands.add_parser("dead-messages", help="list the messages that were given up")
    dead.add_argument("--again", type=UUID, metavar="NUMBER", help="try this one once more")
    commands.add_parser("messages", help="collect the texts to translate (development)")
    return found


if __name__ == "__main__":
    sys.exit(main())
