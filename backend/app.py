"""The Litestar application: routes, guards, headers, start and stop."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime
from typing import Any

from litestar import Litestar, Request
from litestar.config.compression import CompressionConfig
from litestar.datastructures import State
from litestar.di import Provide
from litestar.middleware import DefineMiddleware
from redis.asyncio import Redis

from backend.access.person import Person
from backend.accounts import pages as accounts
from backend.accounts.sessions import Session
from backend.caseload import pages as caseload
from backend.dashboard import pages as dashboard
from backend.demo import pages as demo
from backend.dossier import pages as dossier
from backend.foundation import clock, encryption, hint
from backend.foundation.database import close_pool, open_pool
from backend.foundation.logs import set_up_logs
from backend.gateways import files, virus_scan
from backend.invitations import pages as invitations
from backend.legal_calendar import pages as legal_calendar
from backend.live import pages as live
from backend.live.concern import place_hints
from backend.live.hear import hear
from backend.live.hub import Hub
from backend.organisations import pages as organisations
from backend.second_factor import pages as second_factor
from backend.settings import Settings, SettingsError, load
from backend.sickleave import pages as sickleave
from backend.team import pages as team
from backend.telling import pages as telling
from backend.web import assets, dev_components, dev_inbox, errors, health, offline
from backend.web.form_body import FormRequest
from backend.web.front import Caller, Front
from backend.web.given import Now, OwnSession
from backend.web.guards import GoFirst
from backend.web.request import session_of
from backend.web.stopping import told_to_stop

ROUTES: list[Any] = [
    *assets.routes,
    *health.routes,
    *offline.routes,
    *accounts.routes,
    *invitations.routes,
    *second_factor.routes,
    *dashboard.routes,
    *sickleave.routes,
    *dossier.routes,
    *legal_calendar.routes,
    *live.routes,
    *team.routes,
    *organisations.routes,
    *caseload.routes,
    *telling.routes,
]
DEVELOPMENT_ROUTES: list[Any] = [
    *dev_components.routes,
    *dev_inbox.routes,
    *demo.routes,
]
"""In production these do not exist."""
STATEMENT_SECONDS = 8
"""A page asks for milliseconds; a database that takes so long hangs, and the person is told."""
HINTS_AT_ONCE = 10
"""Most conversations with Redis: a frozen one would hold a descriptor for every answer. Who finds all of them
taken gives no hint, which is no loss while ten others are given."""


def now() -> datetime:
    """This moment; a dependency, so that tests can state it."""
    return clock.now()


def session(request: Request[Any, Any, Any], now: Now) -> Session:
    """The session at hand, at whatever level the route needs.

    It takes `now`, and `person` takes it, so that each waits for the one before: what could be resolved at
    the same time, Litestar gives a task each.
    """
    found = session_of(request)
    if found is None:
        raise GoFirst("/sign-in")
    return found


def person(session: OwnSession) -> Person:
    """Who asks, fully signed in."""
    if session.person is None:
        raise GoFirst("/sign-in")
    return session.person


def create_app(settings: Settings | None = None) -> Litestar:
    """The whole application, from the environment unless told otherwise; a setting that is missing or too
    weak ends the process with one line."""
    try:
        settings = settings or load()
    except SettingsError as error:
        raise SystemExit(f"Beterschap did not start: {error}") from None
    set_up_logs(settings.log_level)
    encryption.use(settings.secret_keys)
    files.use(settings.files_url)
    virus_scan.use(settings.clamd_url)
    hub = Hub()

    @asynccontextmanager
    async def lifespan(app: Litestar) -> AsyncIterator[None]:
        await open_pool(settings.database_url, patience=STATEMENT_SECONDS)
        app.state.redis = Redis.from_url(
            settings.redis_url,
            socket_timeout=1,
            socket_connect_timeout=1,
            max_connections=HINTS_AT_ONCE,
        )
        hint.use(app.state.redis)
        listening = [
            asyncio.create_task(hear(settings.redis_url, hub.hear)),
            asyncio.create_task(place_hints(hub)),
        ]
        try:
            with told_to_stop(hub.close):
                yield
        finally:
            hub.close()
            for task in listening:
                task.cancel()
            await asyncio.wait(listening)
            hint.use(None)
            await app.state.redis.aclose()
            await close_pool()

    app = Litestar(
        request_class=FormRequest,
        route_handlers=ROUTES + (DEVELOPMENT_ROUTES if settings.development else []),
        middleware=[DefineMiddleware(Caller, settings=settings)],
        dependencies={
            "now": Provide(now, sync_to_thread=False),
            "person": Provide(person, sync_to_thread=False),
            "session": Provide(session, sync_to_thread=False),
        },
        exception_handlers=errors.handlers,
        compression_config=CompressionConfig(
            backend="brotli",
            brotli_quality=4,
            brotli_mode="generic",
            brotli_lgwin=16,
            brotli_gzip_fallback=True,
            exclude=["/static", "/documents", "/sw.js", "^/live(/|$)"],
        ),
        lifespan=[lifespan],
        state=State({"settings": settings, "live": hub}),
        request_max_body_size=1_000_000,
        openapi_config=None,
        logging_config=None,
    )
    app.asgi_handler = Front(app.asgi_handler, settings)
    return app
