"""What the pages need to know of a request: where it comes from, and whose it is."""

from __future__ import annotations

import ipaddress
from typing import Any, cast

from litestar.connection import ASGIConnection

from backend.accounts.sessions import Session
from backend.settings import Settings


def settings_of(connection: ASGIConnection[Any, Any, Any, Any]) -> Settings:
    """The settings of this application."""
    return cast(Settings, connection.app.state.settings)


def session_of(connection: ASGIConnection[Any, Any, Any, Any]) -> Session | None:
    """The session that the front door loaded, or None."""
    return cast("Session | None", connection.scope.get("state", {}).get("session"))


def address_of(connection: ASGIConnection[Any, Any, Any, Any]) -> str:
    """The caller: the peer, or, behind trusted proxies, the last hop that they did not add themselves."""
    peer = connection.client.host if connection.client else ""
    trusted = settings_of(connection).trusted_proxies
    added = ",".join(connection.headers.getall("x-forwarded-for", []))  # some proxies add a line of their own
    hops = [hop.strip() for hop in added.split(",") if hop.strip()]
    while hops and _within(peer, trusted):
        peer = hops.pop()
    return peer


def _within(address: str, networks: tuple[Any, ...]) -> bool:
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return False
    return any(found in network for network in networks)


BROWSERS = (
    ("Edg", "Edge"),
    ("Firefox", "Firefox"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
SYSTEMS = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS", "Mac"),
    ("CrOS", "Chromebook"),
    ("Linux", "Linux"),
)


def agent_of(connection: ASGIConnection[Any, Any, Any, Any]) -> str:
    """A readable name of browser and system, such as "Chrome, Android"."""
    agent = connection.headers.get("user-agent", "")
    names = [next((name for sign, name in known if sign in agent), "") for known in (BROWSERS, SYSTEMS)]
    return ", ".join(name for name in names if name) or "?"
