"""The floor beneath the product: the same server doing the same reads and writes with bare asyncpg, one
template a page, the same compression, and nothing else of the product."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Awaitable, Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import asyncpg
import brotli  # type: ignore[import-untyped]
import jinja2
from redis.asyncio import Redis
from uuid_utils.compat import uuid7

from tests.bench import statements as sql

PAGE = 20
pages = jinja2.Environment(
    loader=jinja2.FileSystemLoader(Path(__file__).parent / "pages"),
    autoescape=True,
    undefined=jinja2.StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
    auto_reload=False,
)
WITHOUT_OUR_TRIGGERS = {"session_replication_role": "replica"}
"""What the product's triggers keep for long lists is its own housekeeping, which no report asks for: the
floor writes without. The checks of foreign keys, which this would silence too, were made to work always."""
Headers = list[tuple[bytes, bytes]]
Page = Callable[[dict[str, Any], Callable[[], Awaitable[bytes]]], Awaitable[tuple[int, Headers, bytes]]]


class Floor:
    """A bare ASGI application with four routes."""

    def __init__(self) -> None:
        self.routes: dict[tuple[str, str], Page] = {
            ("GET", "/sign-in"): self.sign_in,
            ("GET", "/"): self.dashboard,
            ("GET", "/dossiers"): self.dossiers,
            ("POST", "/absence/report"): self.report,
        }

    async def __call__(self, scope: dict[str, Any], receive: Any, send: Any) -> None:
        if scope["type"] == "lifespan":
            await self.live(receive, send)
            return
        route = self.routes.get((scope["method"], scope["path"]))
        status, headers, body = 404, list[tuple[bytes, bytes]](), b""
        if route is not None:
            status, headers, body = await route(scope, lambda: _body(receive))
        headers += [(b"content-length", b"%d" % len(body)), (b"cache-control", b"no-store")]
        await send({"type": "http.response.start", "status": status, "headers": headers})
        await send({"type": "http.response.body", "body": body})

    async def live(self, receive: Any, send: Any) -> None:
        await receive()
        self.pool = await asyncpg.create_pool(
            os.environ["DATABASE_URL"],
            min_size=0,
            max_size=10,
            reset=_keep_as_is,
            timeout=5,
            command_timeout=20,
            server_settings=WITHOUT_OUR_TRIGGERS,
        )
        self.redis = Redis.from_url(os.environ["REDIS_URL"])
        await send({"type": "lifespan.startup.complete"})
        await receive()
        await self.redis.aclose()
        await self.pool.close()
        await send({"type": "lifespan.shutdown.complete"})

    async def sign_in(self, scope: dict[str, Any], body: Any) -> tuple[int, Headers, bytes]:
        return _html("sign_in.html")

    async def dashboard(self, scope: dict[str, Any], body: Any) -> tuple[int, Headers, bytes]:
        now = datetime.now(UTC)
        person = await self._person(scope, now)
        stands = await self.pool.fetchrow(sql.TO_SHOW, person["job"], person["account"], now.date())
        entries = await self.pool.fetch(
            sql.TIMELINE,
            stands["dossier"],
            sql.LAST,
            sql.HIGHEST,
            PAGE + 1,
            person["account"],
            [person["job"]],
        )
        return _html(
            "dashboard.html", stands=stands, entries=entries[:PAGE], before=entries[PAGE]["id"], now=now
        )

    async def dossiers(self, scope: dict[str, Any], body: Any) -> tuple[int, Headers, bytes]:
        person = await self._person(scope, datetime.now(UTC))
        return _html("dossiers.html", dossiers=await self.pool.fetch(sql.DOSSIERS, [person["job"]]))

    async def report(self, scope: dict[str, Any], body: Any) -> tuple[int, Headers, bytes]:
        now = datetime.now(UTC)
        form = {name: values[0] for name, values in parse_qs((await body()).decode()).items()}
        person = await self._person(scope, now)
        account, job, dossier, spell = person["account"], person["job"], uuid7(), uuid7()
        day = date.fromisoformat(form["first_sick_day"])
        hours = Decimal(form["worked_hours"].replace(",", "."))
        where = f"/absence/{spell}"
        facts = json.dumps({"first_sick_day": str(day), "worked_hours": str(hours), "composite": False})
        digest = hashlib.sha256(json.dumps(sorted(form.items())).encode()).digest()
        async with self.pool.acquire() as line, line.transaction():
            await line.fetchval(sql.ANSWERED, form["request_key"], account, digest, where, now)
            stands = await line.fetchrow(sql.TO_REPORT, job, account, now.date())
            await line.execute(sql.DOSSIER, dossier, job, day, now)
            await line.execute(sql.SPELL, spell, job, dossier, day, hours, now, account, *[None] * 7)
            author = ("Femke de Vries", "employee")
            await line.execute(
                sql.ENTRY, uuid7(), dossier, "report", now, account, *author, "shared", "", "", facts
            )
            subjects = [spell, dossier]
            await line.execute(sql.AUDIT, [uuid7(), uuid7()], sql.EVENTS, subjects, now, account, job)
            about = {"spell": str(spell)}
            told = [about, *(about | {"role_holder": str(stands[who])} for who in sql.HELPERS)]
            await line.execute(
                sql.MESSAGES, [uuid7() for _ in range(3)], sql.NOTICES,
                ["mail"] * 3, [json.dumps(one) for one in told], [None] * 3, [None] * 3, now,
            )  # fmt: skip
        await self.redis.publish("outbox:wake", b"")
        return 303, [(b"location", where.encode())], b""

    async def _person(self, scope: dict[str, Any], now: datetime) -> Any:
        cookie = next(value for name, value in scope["headers"] if name == b"cookie")
        secret = cookie.partition(b"session=")[2].partition(b";")[0]
        row = await self.pool.fetchrow(sql.SESSION, hashlib.sha256(secret).digest(), now, now)
        return {"account": row["account"], "job": json.loads(row["jobs"])[0][0]}


async def _keep_as_is(connection: asyncpg.Connection) -> None:
    """The product's pool skips the reset round trip, so the floor's does."""


async def _body(receive: Any) -> bytes:
    found: bytes = b""
    while True:
        message = await receive()
        found += message.get("body", b"")
        if not message.get("more_body"):
            return found


def _html(template: str, **context: Any) -> tuple[int, Headers, bytes]:
    text = pages.get_template(template).render(context)
    body: bytes = brotli.compress(text.encode(), quality=4)
    return 200, [(b"content-type", b"text/html; charset=utf-8"), (b"content-encoding", b"br")], body


app = Floor()
