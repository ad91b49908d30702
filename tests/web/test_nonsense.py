"""Every form's address, with nonsense in every field: the answer may be no, but never a failure of ours."""

from __future__ import annotations

import re
from base64 import urlsafe_b64encode
from urllib.parse import quote

import pytest
from litestar import Litestar

from backend.foundation.tokens import new_id
from tests.cast import Cast
from tests.conftest import Client
from tests.posting.conftest import Dossiers, dossiers
from tests.second_factor.steps import PHONE, give, give_app, give_recovery_code

__all__ = ["dossiers"]
FIELDS = [
    "username", "password", "remember", "language", "back", "email", "birth_date", "first_sick_day",
    "worked_hours", "employment", "request_key", "phone", "nursing_address", "expected_duration",
    "work_handover", "safety_net", "work_accident", "third_party_accident", "at", "recovered_on",
    "starts_on", "hours_a_week", "explanation", "method", "code", "credential", "kept", "factor", "check",
    "until", "owner", "sign_out_others",
]  # fmt: skip
NONSENSE = [
    "", "\x00", "\ud800", "9" * 400, "2026-02-29", "9999-12-31", "0001-01-01", str(new_id()), "NaN",
    "\u202e<script>%s{{7*7}}", "a\u0301\u0323" * 40, " " * 3000 + "x",
]  # fmt: skip
WRITTEN = [
    "kind", "title", "body", "audience", "what", "assignee", "due_on", "can", "cannot", "expected_duration",
    "adaptations", "percentage", "medical", "word", "reason", "back", "endpoint", "p256dh", "auth", "people",
]  # fmt: skip
ASKED = ["q", "page", "after", "dossier", "since", "changed", "said", "back", "before", "way", "done"]
PLACES = [
    urlsafe_b64encode(bytes(16) + key).decode() for key in (b"\x00", b"a\x00", b"\xff", b"-9" * 9, b"9" * 99)
]
"""In a list, as an address holds them."""
FORM = "application/x-www-form-urlencoded"


def addresses(app: Litestar) -> list[str]:
    """Where forms go, but for the way out, with identifiers of nothing in them."""
    found = [route.path_format for route in app.routes if "POST" in getattr(route, "methods", ())]
    filled = [re.sub(r"\{[^}]*uuid\}", str(new_id()), path) for path in found if path != "/sign-out"]
    return [re.sub(r"\{[^}]*\}", "nothing", path) for path in filled]


@pytest.mark.parametrize("level", [None, "password", "full"])
async def test_nonsense_is_refused_in_words(
    app: Litestar, database: Cast, client_of: Client, level: str | None
) -> None:
    await give_app(database.anna)
    await give(database.anna, "sms", PHONE)
    await give_recovery_code(database.anna)
    how = {"level": level} if level != "full" else {"confirmed": True}
    client = await (client_of(database.anna, **how) if level else client_of(None))
    failed = []
    for path in addresses(app):
        for sign in NONSENSE:
            typed = quote(sign, errors="surrogatepass")
            body = "&".join(f"{field}={typed}" for field in FIELDS)
            answer = await client.post(path, content=body, headers={"Content-Type": FORM})
            if answer.status_code >= 500:
                failed.append((path, sign[:20], answer.status_code))
        answer = await client.post(path, files=dict.fromkeys(FIELDS, ("a.txt", b"a")))
        if answer.status_code >= 500:
            failed.append((path, "a file", answer.status_code))
    assert failed == []


@pytest.mark.parametrize("who", ["bram", "dirk"])
async def test_nonsense_about_a_dossier_that_is_there(
    app: Litestar, database: Cast, dossiers: Dossiers, client_of: Client, who: str
) -> None:
    client, failed = await client_of(database.everyone()[who]), []
    timeline = f"/dossiers/{dossiers.anna}/entries"
    for route in app.routes:
        path = re.sub(r"\{dossier:uuid\}", str(dossiers.anna), route.path_format)
        path = re.sub(r"\{[^}]*\}", str(new_id()), path)
        methods, asked = getattr(route, "methods", ()), []
        if "POST" in methods and ("/dossiers/" in path or "/telling" in path):
            for sign in NONSENSE:
                typed = quote(sign, errors="surrogatepass")
                body = "&".join([f"request_key={new_id()}", *(f"{field}={typed}" for field in WRITTEN)])
                answer = await client.post(path, content=body, headers={"Content-Type": FORM})
                failed += [(path, sign[:20], answer.status_code)] if answer.status_code >= 500 else []
        if "GET" in methods and path in ("/team", "/to-do", "/caseload", "/live", timeline):
            asked = [(field, sign) for field in ASKED for sign in NONSENSE[1:4]]
            asked += [("after", place) for place in PLACES]
        for field, sign in asked:
            answer = await client.get(f"{path}?sort=name&{field}={quote(sign, errors='surrogatepass')}")
            failed += [(path, field, sign[:20], answer.status_code)] if answer.status_code >= 500 else []
    assert failed == []
