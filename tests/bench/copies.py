"""The floor beneath files: an encrypted copy on the same disk by the same library, and its way back."""

from __future__ import annotations

import os
import time
from pathlib import Path
from statistics import median

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from backend.gateways.sealed_stream import CHUNK, TAG

TIMES = 3


def rates(content: bytes, folder: Path) -> tuple[float, float]:
    """MB a second, in and out: read, sealed and on disk; read and opened again."""
    plain, sealed = folder / "plain", folder / "sealed"
    plain.write_bytes(content)
    cipher = AESGCM(AESGCM.generate_key(256))
    took_in, took_out = [], []
    for _time in range(TIMES):
        begun = time.perf_counter()
        _copy(cipher, plain, sealed)
        took_in.append(time.perf_counter() - begun)
        begun = time.perf_counter()
        _open(cipher, sealed)
        took_out.append(time.perf_counter() - begun)
    plain.unlink()
    sealed.unlink()
    size = len(content) / 1e6
    return size / median(took_in), size / median(took_out)


def _copy(cipher: AESGCM, plain: Path, sealed: Path) -> None:
    with plain.open("rb", buffering=0) as source, sealed.open("wb", buffering=0) as target:
        number = 0
        while piece := source.read(CHUNK):
            target.write(cipher.encrypt(number.to_bytes(12, "big"), piece, None))
            number += 1
        os.fsync(target.fileno())


def _open(cipher: AESGCM, sealed: Path) -> None:
    with sealed.open("rb", buffering=0) as source:
        number = 0
        while piece := source.read(CHUNK + TAG):
            cipher.decrypt(number.to_bytes(12, "big"), piece, None)
            number += 1
