"""Encrypts fields at rest with keys that can be rotated.

A stored value is one byte of version, eight bytes naming the key, twelve bytes of nonce, then AES-256-GCM.
The name of the field is bound to it, so that a value cannot be moved to another column.
"""

from __future__ import annotations

import hashlib
import hmac
import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

VERSION = b"\x01"


class CannotDecrypt(Exception):
    """No key of ours opens this value, or it was tampered with."""


class Keyring:
    """The secrets of SECRET_KEY: the first encrypts, all of them decrypt."""

    def __init__(self, secrets: tuple[bytes, ...]) -> None:
        if not secrets:
            raise ValueError("at least one secret is needed")
        self._ciphers: dict[bytes, AESGCM] = {}
        for secret in secrets:
            name = hashlib.sha256(b"beterschap key name" + secret).digest()[:8]
            self._ciphers.setdefault(name, AESGCM(derive(secret, b"field encryption")))
        self._first = next(iter(self._ciphers))
        self._secret = secrets[0]

    def encrypt(self, plain: str | bytes, field: str) -> bytes:
        """Seals a value for the named field."""
        nonce = os.urandom(12)
        data = plain.encode() if isinstance(plain, str) else plain
        sealed = self._ciphers[self._first].encrypt(nonce, data, field.encode())
        return VERSION + self._first + nonce + sealed

    def decrypt_bytes(self, stored: bytes, field: str) -> bytes:
        """Opens a value of the named field; raises CannotDecrypt."""
        cipher = self._ciphers.get(bytes(stored[1:9]))
        if stored[:1] != VERSION or cipher is None:
            raise CannotDecrypt(field)
        try:
            return cipher.decrypt(bytes(stored[9:21]), bytes(stored[21:]), field.encode())
        except InvalidTag as error:
            raise CannotDecrypt(field) from error

    def decrypt(self, stored: bytes, field: str) -> str:
        """Opens a text value of the named field; raises CannotDecrypt."""
        return self.decrypt_bytes(stored, field).decode()

    def is_current(self, stored: bytes) -> bool:
        """Whether the value is sealed with the newest key; the others wait for `rotate-keys`."""
        return bytes(stored[1:9]) == self._first

    def tag(self, purpose: bytes, value: bytes) -> str:
        """A name for a value that only we can make, 128 bits in hexadecimal."""
        return self.keyed_hash(purpose, value)[:16].hex()

    def keyed_hash(self, purpose: bytes, value: bytes) -> bytes:
        """A hash that cannot be guessed without our secret, for short codes."""
        return hmac.digest(derive(self._secret, purpose), value, "sha256")


def derive(secret: bytes, purpose: bytes) -> bytes:
    """One key per purpose from one secret (HKDF-SHA256, RFC 5869)."""
    return HKDF(algorithm=hashes.SHA256(), length=32, salt=None, info=b"beterschap " + purpose).derive(secret)


_keyring: Keyring | None = None


def use(secrets: tuple[bytes, ...]) -> None:
    """Sets the keys of this process, once, at the start."""
    global _keyring
    _keyring = Keyring(secrets)


def keyring() -> Keyring:
    """The keys of this process."""
    if _keyring is None:
        raise RuntimeError("no keys yet: call encryption.use() at the start")
    return _keyring
