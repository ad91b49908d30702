"""The cookie that says who is here, the one that remembers a language before that, and the one that a device
keeps by which somebody came in before."""

from __future__ import annotations

from litestar.datastructures import Cookie

from backend.accounts.sessions import REMEMBERED
from backend.limits.passwords import KNOWN_DEVICE_COOKIE, KNOWN_DEVICE_SECONDS, known_device
from backend.settings import Settings


def session_cookie_name(settings: Settings) -> str:
    """`__Host-` ties the cookie to this very host and to https, so that nobody can plant one."""
    return "__Host-session" if settings.https else "session"


def session_cookie(settings: Settings, token: str, *, remember: bool) -> Cookie:
    """The cookie of a session; without `remember` the browser forgets it when it closes."""
    seconds = int(REMEMBERED.total_seconds()) if remember else None
    return _cookie(settings, session_cookie_name(settings), token, seconds)


def no_session_cookie(settings: Settings) -> Cookie:
    """Takes the session's cookie away."""
    return _cookie(settings, session_cookie_name(settings), "", 0)


def language_cookie(settings: Settings, language: str) -> Cookie:
    """The language chosen on this device before signing in."""
    return _cookie(settings, "language", language, 31_536_000)


def device_cookie(settings: Settings, username: str) -> Cookie:
    """That somebody just signed in fully on this device, under this user name."""
    return _cookie(settings, KNOWN_DEVICE_COOKIE, known_device(username), KNOWN_DEVICE_SECONDS)


def _cookie(settings: Settings, key: str, value: str, seconds: int | None) -> Cookie:
    return Cookie(
        key=key, value=value, path="/", httponly=True, samesite="lax", secure=settings.https, max_age=seconds
    )
