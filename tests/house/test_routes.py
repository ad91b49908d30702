"""Closed by default; a GET writes nothing; what is for development stays there."""

from __future__ import annotations

import dataclasses

import asyncpg
import pytest
from litestar import Litestar
from litestar.handlers import HTTPRouteHandler

from backend.app import create_app
from backend.foundation.database import close_pool, open_pool
from backend.settings import Settings
from backend.web.assets import asset
from backend.web.guards import LEVELS
from tests.cast import Cast
from tests.conftest import Client

OPEN = {
    "/static/{name:path}",
    "/sw.js",
    "/manifest.webmanifest",
    "/favicon.ico",
    "/health/live",
    "/health/ready",
    "/metrics",
    "/offline",
    "/language",
    "/sign-in",
    "/sign-out",
    "/forgot-password",
    "/reset-password/{token:str}",
    "/password-strength",
    "/invitations/{token:str}",
}
DEVELOPMENT = {"/dev/inbox", "/dev/inbox.json", "/dev/people.json", "/dev/components"}


def handlers(app: Litestar) -> list[tuple[str, HTTPRouteHandler]]:
    """Every route with its handler."""
    return [
        (route.path_format if not route.path_parameters else route.path, handler)
        for route in app.routes
        for handler in getattr(route, "route_handlers", [])
        if handler.handler_name not in ("options_handler",) and "OPTIONS" not in handler.http_methods
    ]


def addresses(app: Litestar, method: str) -> list[str]:
    """The declared addresses of one method."""
    return sorted({path for path, handler in handlers(app) if method in handler.http_methods})


def test_every_route_is_closed_unless_it_is_listed(app: Litestar) -> None:
    opened = {path for path, handler in handlers(app) if handler.opt.get("needs") == "nothing"}
    assert opened == OPEN | DEVELOPMENT


def test_every_need_is_a_known_one(app: Litestar) -> None:
    for path, handler in handlers(app):
        assert handler.opt.get("needs", "full") in LEVELS, path


def test_development_routes_do_not_exist_in_production(settings: Settings) -> None:
    strict = dataclasses.replace(
        settings, env="production", public_url="https://mijn.example", sms_provider="", smtp_url="smtps://x"
    )
    paths = {path for path, _handler in handlers(create_app(strict))}
    assert not {path for path in paths if path.startswith("/dev")}


async def test_a_stranger_is_sent_to_sign_in(app: Litestar, client_of: Client) -> None:
    stranger = await client_of(None)
    for path in addresses(app, "GET"):
        if path in OPEN | DEVELOPMENT or "{" in path:
            continue
        answer = await stranger.get(path)
        assert answer.status_code == 303, path
        assert answer.headers["location"].startswith("/sign-in"), path


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
async def test_another_site_changes_nothing(
    app: Litestar, client_of: Client, database: Cast, site: str
) -> None:
    anna = await client_of(database.anna)
    for path in addresses(app, "POST"):
        answer = await anna.post(path, headers={"Sec-Fetch-Site": site})
        assert answer.status_code in (403, 404), path


async def test_a_form_without_any_origin_is_refused(client_of: Client) -> None:
    stranger = await client_of(None)
    del stranger.headers["Sec-Fetch-Site"]
    assert (await stranger.post("/sign-in", data={})).status_code == 403
    answer = await stranger.post("/sign-in", data={}, headers={"Origin": "http://localhost"})
    assert answer.status_code != 403
    answer = await stranger.post("/sign-in", data={}, headers={"Origin": "http://elsewhere.example"})
    assert answer.status_code == 403


async def test_a_get_writes_nothing(
    app: Litestar, client_of: Client, database: Cast, settings: Settings
) -> None:
    """Every page is asked for on a database that refuses to be written to."""
    clients = [
        await client_of(None),
        await client_of(database.anna, level="password"),
        await client_of(database.anna, confirmed=True),
    ]
    connection = await asyncpg.connect(settings.database_url)
    await connection.execute("ALTER DATABASE test SET default_transaction_read_only = on")
    await connection.close()
    await close_pool()
    await open_pool(settings.database_url)
    for path in addresses(app, "GET"):
        for client in clients:
            address = path.replace("{token:str}", "x").replace("{name:path}", "sw.js")
            for name in ("id", "spell", "dossier", "entry", "factor", "employment", "proposal"):
                address = address.replace("{" + name + ":uuid}", str(database.anna.employment))
            assert "{" not in address, address
            answer = await client.get(address)
            assert answer.status_code < 500, f"{path} answered {answer.status_code}"


async def test_every_answer_carries_the_headers(app: Litestar, client_of: Client, database: Cast) -> None:
    anna = await client_of(database.anna)
    for path in [*addresses(app, "GET"), "/nowhere"]:
        answer = await anna.get(path)
        policy = answer.headers["content-security-policy"]
        assert policy.startswith("default-src 'none'"), path
        assert "unsafe" not in policy, path
        assert answer.headers["x-content-type-options"] == "nosniff", path
        if not path.startswith(("/static", "/sw.js", "/manifest", "/favicon", "/offline")):
            assert answer.headers["cache-control"] == "no-store", path


async def test_what_is_no_document_carries_only_what_concerns_it(client_of: Client, database: Cast) -> None:
    anna = await client_of(database.anna)
    for source in ("app.css", "app.js", "reading.woff2"):
        answer = await anna.get(asset(source))
        assert answer.status_code == 200
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["cross-origin-resource-policy"] == "same-origin"
        assert "content-security-policy" not in answer.headers
    for address in (asset("icon.svg"), "/static/assets/none.js", "/sw.js"):
        assert "content-security-policy" in (await anna.get(address)).headers, address


async def test_https_gets_strict_transport_and_a_host_cookie(settings: Settings) -> None:
    from backend.web.cookies import session_cookie
    from backend.web.headers import security_headers

    strict = dataclasses.replace(settings, env="production", public_url="https://mijn.example")
    assert b"strict-transport-security" in dict(security_headers(strict))
    cookie = session_cookie(strict, "x", remember=False)
    assert cookie.key.startswith("__Host-")
    assert cookie.secure
    assert cookie.httponly
    assert cookie.domain is None
    assert cookie.path == "/"
