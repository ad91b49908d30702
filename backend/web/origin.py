"""Refuses changes that another site's page asks for.

No token: browsers themselves say where a request comes from (Fetch Metadata; OWASP's CSRF cheat sheet names
it as a full defence), so plain forms, htmx and the service worker pass alike, and pages carry no secret.
"""

from __future__ import annotations

from collections.abc import Mapping

from backend.settings import Settings

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})


def is_ours(method: str, headers: Mapping[str, str], settings: Settings) -> bool:
    """Whether the request may change something: it is safe by itself, or our own page sent it."""
    if method in SAFE_METHODS:
        return True
    site = headers.get("sec-fetch-site")
    if site is not None:
        return site in ("same-origin", "none")
    origin = headers.get("origin")
    if origin is None:
        return False
    if origin == settings.public_url:
        return True
    return settings.development and origin.partition("://")[2] == headers.get("host")
