"""The largest files, made here: what a scanner, a telephone and Word make of 25 MB."""

from __future__ import annotations

import random

from backend.uploads.kinds import LARGEST
from tests.uploads.samples import XMP, exif, office, pdf, picture, saved, stream

ROOM = 100_000
"""Bytes for what stands around the content."""
TRIED = 800
"""Pixels each way of a first picture, to learn how many bytes a pixel takes."""


def papers() -> dict[str, tuple[str, bytes]]:
    """By kind: a name and the content, each as near to the largest that is taken as makes no difference."""
    photo = _photo(LARGEST - ROOM)
    return {
        "PDF": ("scan.pdf", pdf(stream(_noise(LARGEST - ROOM), b"/Subtype /Image", packed=False))),
        "JPEG": ("foto.jpg", photo),
        "docx": ("plan.docx", office("docx", {"word/media/image1.jpeg": _photo(LARGEST - 2 * ROOM)})),
    }


def _noise(size: int) -> bytes:
    return random.Random(1).randbytes(size)


def _photo(size: int) -> bytes:
    """As a telephone writes it, with the place in it."""
    how = {"quality": 95, "exif": exif(), "xmp": XMP}
    each = len(saved(picture(TRIED, TRIED), "JPEG", **how)) / TRIED**2
    side = int((size / each) ** 0.5)
    while len(found := saved(picture(side, side), "JPEG", **how)) > size:
        side = int(side * 0.995)
    return found
