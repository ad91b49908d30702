"""For whoever runs it: is it alive, is it ready, how is it doing?"""

from __future__ import annotations

from typing import Any

from litestar import MediaType, Request, Response, get
from litestar.exceptions import NotFoundException
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

from backend.foundation import clock
from backend.foundation.database import fetch_value
from backend.foundation.tokens import same
from backend.outbox import measures as outbox
from backend.web.request import settings_of


@get("/health/live", needs="nothing", session=False)
async def live() -> dict[str, str]:
    """The process answers."""
    return {"status": "ok"}


@get("/health/ready", needs="nothing", session=False)
async def ready() -> Response[dict[str, str]]:
    """The database answers too; Redis may be away, since it holds no promise."""
    try:
        await fetch_value("SELECT 1")
    except Exception:
        return Response({"status": "no database"}, status_code=503)
    return Response({"status": "ok"})


@get("/metrics", needs="nothing", session=False)
async def metrics(request: Request[Any, Any, Any]) -> Response[bytes]:
    """Prometheus's figures, for who holds METRICS_TOKEN."""
    token = settings_of(request).metrics_token
    if not token or not same(request.headers.get("authorization", "").encode(), f"Bearer {token}".encode()):
        raise NotFoundException
    await outbox.refresh(now=clock.now())
    return Response(
        generate_latest(), media_type=MediaType.TEXT, headers={"Content-Type": CONTENT_TYPE_LATEST}
    )


routes = [live, ready, metrics]
