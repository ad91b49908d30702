"""The one cookie that says who is here, and the one that remembers a language before that."""

from __future__ import annotations

from litestar.datastructures import Cookie

from backend.accounts.sessions import REMEMBERED
from backend.settings import Settings


def session_cookie_name(settings: Settings) -> str:
    """`__Host-` ties the cookie to this very host and to https, so that nobody can plant one."""
    return "__Host-session" if settings.public_url.startswith("https:") else "session"


def session_cookie(settings: Settings, token: str, *, remember: bool) -> Cookie:
    """The cookie of a session; without `remember` the browser forgets it when it closes."""
    return Cookie(
        key=session_cookie_name(settings),
        value=token,
        path="/",
        httponly=True,
        samesite="lax",
        secure=settings.public_url.startswith("https:"),
        max_age=int(REMEMBERED.total_seconds()) if remember else None,
    )


def no_session_cookie(settings: Settings) -> Cookie:
    """Takes the session's cookie away."""
    return Cookie(
        key=session_cookie_name(settings),
        value="",
        path="/",
        httponly=True,
        samesite="lax",
        max_age=0,
        secure=settings.public_url.startswith("https:"),
    )


def language_cookie(settings: Settings, language: str) -> Cookie:
    """The language chosen on this device before signing in."""
    return Cookie(
        key="language",
        value=language,
        path="/",
        httponly=True,
        samesite="lax",
        max_age=31_536_000,
        secure=settings.public_url.startswith("https:"),
    )
