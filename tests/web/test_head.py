"""HEAD is how monitors, proxies and mail scanners look at a page without wanting it."""

from __future__ import annotations

from typing import Any

import pytest

from backend.dossier.publish import publish
from backend.foundation.database import fetch_value
from backend.foundation.tokens import new_id
from tests.cast import NOW, Cast
from tests.conftest import Client
from tests.sickleave.steps import falls_sick


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


async def test_head_is_no_view_no_download_and_no_stream(database: Cast, client_of: Client) -> None:
    dossier = await fetch_value("SELECT dossier FROM spell WHERE id = $1", await falls_sick(database.anna))
    by: dict[str, Any] = {"author_name": "Anna", "author_role": "employee", "title": "x"}
    note, document = [await publish(dossier, kind, now=NOW, **by) for kind in ("note", "document")]
    bram = await client_of(database.bram)
    lists = (f"/live/{name}?since=0.x" for name in ("team", "to-do", "caseload"))
    logged = (f"/dossiers/{dossier}", f"/dossiers/{dossier}/entries", f"/dossiers/{dossier}/notes/{note}",
              f"/documents/{document}")  # fmt: skip
    for path in (f"/live?dossier={dossier}", *lists, *logged):
        head = await bram.head(path)
        assert (head.status_code, head.headers["allow"], head.content) == (405, "GET, OPTIONS", b""), path
    assert not len(bram._transport.app.state.live)  # type: ignore[attr-defined]
    assert await fetch_value("SELECT count(*) FROM access_log_line") == 0
    assert await fetch_value("SELECT count(*) FROM audit_event WHERE event = 'document:downloaded'") == 0
    assert (await bram.get(logged[0])).status_code == 200
    assert await fetch_value("SELECT count(*) FROM access_log_line") == 1


async def test_head_says_nothing_to_who_is_not_signed_in(client_of: Client, cast_template: Cast) -> None:
    client = await client_of(None)
    for path in ("/live", "/live/team", f"/documents/{new_id()}"):
        assert (await client.head(path)).status_code == 303


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
