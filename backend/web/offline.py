"""The page for when there is no connection: it knows nobody, and is the only page a phone may keep."""

from __future__ import annotations

from typing import Any

from litestar import Request, Response, get

from backend.web.page import page


@get("/offline", needs="nothing", session=False, sync_to_thread=False)
def offline(request: Request[Any, Any, Any]) -> Response[str]:
    """In the language of the browser; the service worker keeps a copy."""
    answer = page(request, "offline.html")
    answer.headers.update({"Cache-Control": "no-cache", "Vary": "Accept-Language, Cookie"})
    return answer


routes = [offline]
