"""What is encrypted in this room, and under which names."""

from __future__ import annotations

from backend.foundation.encryption import keyring

FACTOR = "factor.secret"
PHONE = "sms_code.phone"


def seal_factor(secret: str) -> bytes:
    """A phone number (E.164) or a TOTP secret (base32), as `factor.secret` keeps it."""
    return keyring().encrypt(secret, FACTOR)


def open_factor(stored: bytes) -> str:
    """The phone number or TOTP secret of a stored factor."""
    return keyring().decrypt(stored, FACTOR)


def seal_phone(number: str) -> bytes:
    """The number a code goes to, as `sms_code.phone` keeps it."""
    return keyring().encrypt(number, PHONE)


def open_phone(stored: bytes) -> str:
    """The number a code went to."""
    return keyring().decrypt(stored, PHONE)
