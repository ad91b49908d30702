"""Chance, in one place: identifiers, link tokens, codes, and the hash under which secrets are kept."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from uuid import UUID

from uuid_utils.compat import uuid7

ALPHABET = "ABCDEFGHJKMNPQRSTVWXYZ23456789"
"""Letters and digits that cannot be mistaken for one another when read aloud or copied by hand."""


def new_id() -> UUID:
    """An identifier that sorts by time, so that indexes grow at one end."""
    return uuid7()


def new_token() -> str:
    """A link or session secret of 256 random bits."""
    return secrets.token_urlsafe(32)


def token_hash(token: str) -> bytes:
    """What is stored in place of a token of full entropy."""
    return hashlib.sha256(token.encode()).digest()


def new_digits(length: int = 6) -> str:
    """A code for an SMS."""
    return "".join(secrets.choice("0123456789") for _ in range(length))


def new_recovery_code() -> str:
    """Twenty characters (98 bits) in four groups of five; NIST SP 800-63B-4 asks at least 64 bits."""
    return "-".join("".join(secrets.choice(ALPHABET) for _ in range(5)) for _ in range(4))


def same(one: bytes, other: bytes) -> bool:
    """Compares in constant time."""
    return hmac.compare_digest(one, other)
