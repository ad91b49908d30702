"""Forms that no browser of ours sends: answered in words, never with a failure of ours."""

from __future__ import annotations

import pytest

from tests.conftest import Client

MULTIPART = "multipart/form-data; boundary=b"


def part(head: bytes, body: bytes) -> bytes:
    named = b'--b\r\nContent-Disposition: form-data; name="username"'
    return named + head + b"\r\n\r\n" + body + b"\r\n--b--\r\n"


@pytest.mark.parametrize(
    ("content_type", "body"),
    [
        (MULTIPART, part(b"", b"\xff\xfe\x00")),
        (MULTIPART, part(b"\r\nContent-Type: text/plain; charset=nonsense", b"a")),
        (MULTIPART, part(b"\r\nContent-Type: text/plain; charset=utf-8x", b"a")),
        (MULTIPART, part(b"\r\nContent-Type: text/plain; charset=punycode", b"a-" + b"a" * 900_000)),
        (MULTIPART, part(b'\r\nContent-Type: text/plain;\r\n Charset = "punycode"', b"a-" + b"a" * 900_000)),
        (MULTIPART, b"--b\r\nContent-Disp"),
        ("multipart/form-data", b"x"),
        ("application/x-www-form-urlencoded", b"username=a&" * 201),
    ],
)
async def test_a_form_that_cannot_be_read_says_so(client_of: Client, content_type: str, body: bytes) -> None:
    stranger = await client_of(None)
    for path in ("/sign-in", "/language", "/password-strength"):
        answer = await stranger.post(path, content=body, headers={"Content-Type": content_type})
        assert answer.status_code == 400
        assert "Dat begrepen we niet" in answer.text


async def test_a_form_in_parts_is_read_like_any_other(client_of: Client) -> None:
    stranger = await client_of(None)
    body = part(b"\r\nContent-Type: text/plain; charset=UTF-8", "zoë".encode())
    answer = await stranger.post("/sign-in", content=body, headers={"Content-Type": MULTIPART})
    assert answer.status_code == 422
    assert "zoë" in answer.text


async def test_an_odd_origin_is_not_ours(client_of: Client) -> None:
    stranger = await client_of(None)
    del stranger.headers["Sec-Fetch-Site"]
    for origin in ("http://[", "null", "", "http://elsewhere.example"):
        assert (await stranger.post("/sign-in", data={}, headers={"Origin": origin})).status_code == 403
    assert (await stranger.post("/sign-in", headers={"Origin": "http://localhost"})).status_code == 422
