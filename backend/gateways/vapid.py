"""The key with which we sign pushes, so that a push service knows who sends (VAPID, RFC 8292)."""

from __future__ import annotations

import base64
from functools import cache

from cryptography.hazmat.primitives.asymmetric.ec import (
    SECP256R1,
    EllipticCurvePrivateKey,
    derive_private_key,
)
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat


def private_key(raw: bytes) -> EllipticCurvePrivateKey:
    """The key that the 32 bytes of VAPID_KEY are. Raises ValueError for bytes that are none."""
    return derive_private_key(int.from_bytes(raw, "big"), SECP256R1())


@cache
def public_key(raw: bytes) -> str:
    """What a browser subscribes with, in base64url; empty when this installation sends no pushes."""
    if not raw:
        return ""
    point = private_key(raw).public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    return base64.urlsafe_b64encode(point).rstrip(b"=").decode()
