"""A file as a browser may have it: to keep, never to run within our site."""

from __future__ import annotations

from urllib.parse import quote

from litestar.response import Stream

from backend.dossier.documents import TYPES
from backend.dossier.download import Download

SANDBOX = "sandbox; default-src 'none'; frame-ancestors 'none'"


def attachment(found: Download) -> Stream:
    """Always an attachment, with the type we stored for it and in a sandbox of its own."""
    known = found.content_type if found.content_type in TYPES else "application/octet-stream"
    return Stream(
        found.pieces,
        media_type=known,  # to a text Litestar adds that it is UTF-8
        headers={
            "Content-Disposition": disposition(found.filename),
            "Content-Length": str(found.size),
            "Content-Security-Policy": SANDBOX,
        },
    )


def disposition(filename: str) -> str:
    """The name for old clients in ASCII and for all others as it is (RFC 6266, RFC 5987)."""
    plain = "".join(sign if " " <= sign <= "~" and sign not in '"\\/%' else "_" for sign in filename)
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(filename, safe='')}"
