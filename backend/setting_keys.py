"""A key as it is written in a setting, and whether it can be random."""

from __future__ import annotations

import base64
import binascii

KEY_BYTES = 32
"""Fewer are too few."""


def decoded(text: str) -> bytes | None:
    """The bytes that a key in hex or base64 (either alphabet) stands for."""
    try:
        return bytes.fromhex(text)
    except ValueError:
        pass
    try:
        plain = text.replace("-", "+").replace("_", "/")
        return base64.b64decode(plain + "=" * (-len(plain) % 4), validate=True)
    except (binascii.Error, ValueError):
        return None


def is_weak(key: bytes) -> bool:
    """Too short, or too few different bytes to be random: 32 random bytes hold about 30 different ones."""
    return len(key) < KEY_BYTES or len(set(key)) < KEY_BYTES // 2
