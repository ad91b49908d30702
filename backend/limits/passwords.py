"""Whether a password may be tried: guessing is stopped, and nobody can lock out somebody else.

Three budgets, each of 5 minutes. An address has 10 wrong passwords, over all people. A person has 10 over
all devices that never signed in as that person, of which one address can use 5: whoever guesses from one
place leaves room for the right password from elsewhere. A device that did sign in before carries proof of it
(OWASP's "device cookie") and has 10 of its own, so that guessing from many places cannot keep the person out
either.
"""

from __future__ import annotations

import base64
import hmac
import os
from dataclasses import dataclass
from datetime import datetime, timedelta

from backend.foundation.encryption import keyring
from backend.limits.rules import PASSWORDS, PASSWORDS_HERE, REFUSALS, REFUSALS_HERE, address_key, person_key
from backend.limits.take import Limit, forget, give_back, take

KNOWN_DEVICE_COOKIE = "device"
KNOWN_DEVICE_SECONDS = 180 * 86400
LONGEST_WAIT = timedelta(seconds=max(limit.seconds for limit in PASSWORDS + PASSWORDS_HERE))
"""After which any budget has room again. Said to whoever is refused: how long it takes exactly would tell a
stranger what others tried."""


@dataclass(frozen=True, slots=True)
class PasswordTry:
    """A counted try. `right()` gives the count back, so that only wrong passwords use up a budget."""

    keys: tuple[str, ...]
    now: datetime

    async def right(self) -> None:
        for key in self.keys:
            await give_back(key, now=self.now)


async def try_password(
    username: str, address: str, *, device: str | None, now: datetime
) -> PasswordTry | None:
    """Counts one try of a password, known user name or not; None when it must be refused without hashing.

    `device` is what the browser sent as KNOWN_DEVICE_COOKIE.
    """
    known = _device_id(device, username)
    person, there = person_key("password", username), address_key("password", address)
    budgets: list[tuple[str, tuple[Limit, ...]]] = [(there, PASSWORDS)]
    if known:
        budgets = [(f"password:device:{known}", PASSWORDS), *budgets]
    else:  # the narrowest first: what it refuses uses up nothing that others share
        budgets = [(f"{person}:{there}", PASSWORDS_HERE), *budgets, (person, PASSWORDS)]
    for key, limits in budgets:
        if not await take(key, *limits, now=now):
            return None
    return PasswordTry(tuple(key for key, _limits in budgets), now)


async def is_news(username: str, address: str, *, now: datetime) -> bool:
    """Whether a try that was refused unheard is to be written down: one of a row of them says it all."""
    here = f"{person_key('refused', username)}:{address_key('refused', address)}"
    return await take(here, *REFUSALS_HERE, now=now) and await take(
        address_key("refused", address), *REFUSALS, now=now
    )


async def forgive(username: str, address: str) -> None:
    """Forgets the wrong passwords of somebody who just chose a new one with a mailed link, so that they need
    not wait; what the address tried for others stays counted."""
    person = person_key("password", username)
    await forget(f"{person}:{address_key('password', address)}")
    await forget(person)


def known_device(username: str) -> str:
    """The cookie for a device that just signed in fully under this user name."""
    nonce = os.urandom(16)
    return base64.urlsafe_b64encode(nonce + _proof(nonce, username)).decode()


def _device_id(cookie: str | None, username: str) -> str | None:
    """The device's name when the cookie is ours for this user name, else None."""
    try:
        data = base64.urlsafe_b64decode((cookie or "").encode())
    except ValueError:
        return None
    nonce, proof = data[:16], data[16:]
    return nonce.hex() if len(nonce) == 16 and hmac.compare_digest(proof, _proof(nonce, username)) else None


def _proof(nonce: bytes, username: str) -> bytes:
    person = username.strip().casefold().encode(errors="replace")
    return keyring().keyed_hash(b"known device", nonce + person)
