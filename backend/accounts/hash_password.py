"""Passwords are kept as argon2id, with the parameters that OWASP advises (19 MiB, 2 passes, 1 lane).

A hash takes some 20 ms and 19 MiB, so it runs in a thread, a few at a time: the others wait their turn
instead of filling the memory.
"""

from __future__ import annotations

from functools import cache

from anyio import CapacityLimiter, to_thread
from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

HASHER = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)
AT_ONCE = 4
NOBODYS = "$argon2id$v=19$m=19456,t=2,p=1$9vQoOiJ7aI9VPT+/S3fNag$rgUzOGicF+sT0Ulmn6zYAsCY+ALC9UyzDwhiZgXrEbE"
"""Of 32 random bytes that were thrown away: what an unknown user name is compared with."""


@cache
def _room() -> CapacityLimiter:
    return CapacityLimiter(AT_ONCE)


async def hash_password(password: str) -> str:
    """What is stored in place of the password."""
    return await to_thread.run_sync(HASHER.hash, _bytes(password), limiter=_room())


async def verify_password(stored: str | None, password: str) -> bool:
    """Whether it is the right one. Without an account (`None`) as much work is done, and it is never right,
    so that the time tells nothing."""
    right = await to_thread.run_sync(_verify, stored or NOBODYS, _bytes(password), limiter=_room())
    return right and stored is not None


def is_outdated(stored: str) -> bool:
    """Whether the hash was made with other parameters than today's."""
    return HASHER.check_needs_rehash(stored)


def _verify(stored: str, password: bytes) -> bool:
    try:
        return HASHER.verify(stored, password)
    except (VerificationError, InvalidHashError):
        return False


def _bytes(password: str) -> bytes:
    return password.encode(errors="surrogatepass")
