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
