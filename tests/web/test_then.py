"""Where one goes on after signing in, confirming or choosing a language: never to another site."""

from __future__ import annotations

from urllib.parse import quote

import pytest

from tests.cast import PASSWORD, Cast
from tests.conftest import Client

ELSEWHERE = [
    "https://elsewhere.example", "//elsewhere.example", "/\\elsewhere.example", "/\t/elsewhere.example",
    "/\r/elsewhere.example", "/\n/elsewhere.example", "/\x00/elsewhere.example", "/a\r\nSet-Cookie: b=c",
    "/\u20ac", "javascript:alert(1)", " //elsewhere.example",
]  # fmt: skip
"""Browsers take tabs and line ends out of an address before they follow it."""


@pytest.mark.parametrize("then", ELSEWHERE)
async def test_nobody_is_sent_to_another_site(client_of: Client, cast_template: Cast, then: str) -> None:
    anna = await client_of(cast_template.anna)
    assert (await anna.get(f"/sign-in?then={quote(then, safe='')}")).headers["location"] == "/"
    answer = await anna.post("/language", data={"language": "nl", "back": then})
    assert answer.headers["location"] == "/"


async def test_a_page_of_ours_comes_back(client_of: Client, cast_template: Cast) -> None:
    anna = await client_of(cast_template.anna)
    path = "/account/access-log?before=3&x=%C3%A9"
    answer = await anna.get(f"/sign-in?then={quote(path, safe='')}")
    assert (answer.headers["location"], answer.content) == (path, b"")


async def test_a_stranger_is_led_on_without_a_body(client_of: Client, cast_template: Cast) -> None:
    answer = await (await client_of(None)).get("/dossiers")
    assert (answer.status_code, answer.content) == (303, b"")


async def test_the_second_of_two_taps_lands_where_the_first_did(
    client_of: Client, cast_template: Cast
) -> None:
    anna, path = await client_of(cast_template.anna), "/account/password"
    old = anna.cookies["session"]
    assert (await anna.post(f"/confirm?then={path}", data={"password": PASSWORD})).headers["location"] == path
    newer = anna.cookies["session"]
    anna.cookies.set("session", old, domain="localhost.local")
    again = await anna.post(f"/confirm?then={path}", data={"password": PASSWORD})
    assert again.headers["location"] == f"/sign-in?then={path}"
    assert (await anna.get(again.headers["location"])).status_code == 200, (
        "the old secret alone opens nothing"
    )
    anna.cookies.set("session", newer, domain="localhost.local")
    assert (await anna.get(again.headers["location"])).headers["location"] == path


@pytest.mark.parametrize("then", ELSEWHERE)
async def test_a_form_that_comes_too_late_leads_to_no_other_site(client_of: Client, then: str) -> None:
    answer = await (await client_of(None)).post(f"/confirm?then={quote(then, safe='')}")
    assert answer.headers["location"] == "/sign-in"
