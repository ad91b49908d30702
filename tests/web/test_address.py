"""Whose address limits count: the caller's, which nobody can choose."""

from __future__ import annotations

from ipaddress import ip_network

import pytest
from litestar.datastructures import State
from litestar.testing import RequestFactory

from backend.settings import Settings
from backend.web.request import address_of

PROXIES = "10.0.0.0/8"


@pytest.mark.parametrize(
    ("peer", "lines", "address"),
    [
        ("203.0.113.9", ["198.51.100.1"], "203.0.113.9"),
        ("10.0.0.1", [], "10.0.0.1"),
        ("10.0.0.1", ["198.51.100.1, 203.0.113.9"], "203.0.113.9"),
        ("10.0.0.1", ["198.51.100.1, 203.0.113.9, 10.0.0.2"], "203.0.113.9"),
        ("10.0.0.1", ["198.51.100.1", "203.0.113.9"], "203.0.113.9"),
        ("10.0.0.1", ["198.51.100.1", "203.0.113.9, 10.0.0.2"], "203.0.113.9"),
        ("10.0.0.1", ["nonsense, ,"], "nonsense"),
    ],
)
def test_only_what_our_own_proxies_added_is_believed(
    settings: Settings, peer: str, lines: list[str], address: str
) -> None:
    request = RequestFactory().get("/sign-in")
    request.scope["client"] = (peer, 1)
    request.scope["headers"] = [(b"x-forwarded-for", line.encode()) for line in lines]
    object.__setattr__(settings, "trusted_proxies", (ip_network(PROXIES),))
    request.app.state = State({"settings": settings})
    assert address_of(request) == address
