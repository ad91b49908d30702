"""What the operator may know of each request: which route, how it ended, how long it took. Never the address
itself, which can hold a token, and never a person."""

from __future__ import annotations

from functools import cache

import structlog
from litestar.types import Scope
from prometheus_client import Counter, Histogram

REQUESTS = Counter("beterschap_requests", "Answered requests.", ["route", "method", "status"])
SECONDS = Histogram(
    "beterschap_request_seconds",
    "Time to answer, in seconds.",
    ["route"],
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5),
)
log = structlog.get_logger("web")


def route_of(scope: Scope) -> str:
    """The route as it was declared, such as `/invitations/{token}`."""
    return str(scope.get("path_template") or "unmatched")


@cache
def _measured(route: str, method: str, status: int) -> tuple[Counter, Histogram]:
    return REQUESTS.labels(route, method, status), SECONDS.labels(route)


def measure(scope: Scope, status: int, seconds: float) -> None:
    """Counts and logs one answered request."""
    route, method = route_of(scope), str(scope.get("method", ""))
    counted, timed = _measured(route, method, status)
    counted.inc()
    timed.observe(seconds)
    if not route.startswith(("/health", "/static")):
        log.info("request", route=route, method=method, status=status, ms=round(seconds * 1000, 1))
