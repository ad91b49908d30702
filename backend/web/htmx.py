"""Where one address answers a whole page, or the part of it that htmx swaps in: decided here alone."""

from __future__ import annotations

from typing import Any

from litestar import Request, Response

from backend.web.page import page


def asked_by_htmx(request: Request[Any, Any, Any]) -> bool:
    """Whether htmx asks, rather than a person following a link or sending a form."""
    return request.headers.get("hx-request") == "true"


def page_or_part(request: Request[Any, Any, Any], whole: str, part: str, **context: Any) -> Response[str]:
    """The part for htmx, the page for everybody else; `Vary` tells caches that the two differ."""
    answer = page(request, part if asked_by_htmx(request) else whole, **context)
    answer.headers["Vary"] = "HX-Request"
    return answer
