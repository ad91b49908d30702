"""HEAD is how monitors, proxies and mail scanners look at a page without wanting it."""

from __future__ import annotations

import pytest

from tests.cast import Cast
from tests.conftest import Client


@pytest.mark.parametrize(
    "path", ["/sign-in", "/health/live", "/dossiers", "/nowhere", "/sw.js", "/absence/report"]
)
async def test_head_answers_what_get_answers_without_the_body(
    client_of: Client, cast_template: Cast, path: str
) -> None:
    for who in (None, cast_template.anna):
        client = await client_of(who)
        whole, head = await client.get(path), await client.head(path)
        assert head.status_code == whole.status_code
        assert head.headers.keys() == whole.headers.keys()
        assert head.content == b""


async def test_head_opens_nothing_that_only_takes_forms(client_of: Client, cast_template: Cast) -> None:
    anna = await client_of(cast_template.anna)
    assert (await anna.head("/sign-out")).status_code == 405
    assert (await anna.get("/account")).status_code == 200


async def test_a_method_that_is_not_allowed_says_which_are(client_of: Client, cast_template: Cast) -> None:
    for who in (None, cast_template.anna):
        client = await client_of(who)
        for path, allowed in (("/sign-out", {"POST", "OPTIONS"}), ("/dossiers", {"GET", "HEAD", "OPTIONS"})):
            answer = await client.request("DELETE", path)
            assert answer.status_code == 405
            assert set(answer.headers["allow"].split(", ")) == allowed


async def test_options_tell_the_methods_and_nothing_else(client_of: Client, cast_template: Cast) -> None:
    for who in (None, cast_template.anna):
        client = await client_of(who)
        for path in ("/sign-in", "/dossiers", "/sign-out"):
            answer = await client.options(path)
            assert (answer.status_code, answer.content) == (204, b"")
            assert "OPTIONS" in answer.headers["allow"]
        assert (await client.options("/nowhere")).status_code == 404
