"""Proving that an invitation is yours, through its page."""

from __future__ import annotations

import asyncio
import base64
import random
import re
from datetime import timedelta
from uuid import UUID

import httpx
import pytest

from backend.accounts.sessions import load_session
from backend.foundation import clock
from backend.foundation.database import execute, fetch_one, fetch_value
from backend.foundation.tokens import new_token
from backend.invitations.invite import invite
from backend.invitations.withdraw import withdraw
from tests.cast import Cast
from tests.conftest import Client

RIGHT = {"email": "gijs@voorbeeld.example", "birth_date": "1-2-1990"}
WRONG = RIGHT | {"birth_date": "2-1-1990"}


async def invited(cast: Cast, token: str = "") -> tuple[str, UUID]:
    """A fresh invitation for Gijs: its link and id."""
    assert cast.gijs.employment
    token = token or new_token()
    return f"/invitations/{token}", await invite(cast.gijs.employment, now=clock.now(), token=token)


def heading(answer: httpx.Response) -> str:
    found = re.search(r"<h1>(.*?)</h1>", answer.text, re.S)
    assert found, answer.text
    return found[1]


async def test_opening_the_link_changes_nothing(client_of: Client, database: Cast) -> None:
    link, id = await invited(database)
    stranger = await client_of(None)
    before = await fetch_one("SELECT * FROM invitation WHERE id = $1", id)
    for _ in range(7):
        answer = await stranger.get(link)
        assert answer.status_code == 200
        assert heading(answer) == "Account registreren"
        assert "session" not in answer.cookies
    assert await fetch_one("SELECT * FROM invitation WHERE id = $1", id) == before


async def test_the_right_answers_lead_to_a_password(client_of: Client, database: Cast) -> None:
    link, id = await invited(database)
    stranger = await client_of(None)
    answer = await stranger.post(link, data=RIGHT)
    assert (answer.status_code, answer.headers["location"]) == (303, "/register")
    session = await load_session(answer.cookies["session"], now=clock.now())
    assert session
    assert (session.level, session.account, session.invitation) == ("invited", None, id)
    assert heading(await stranger.get("/register")) == "Kies een wachtwoord"


@pytest.mark.parametrize(
    "email", ["gijs@voorbeeld.example", "GIJS@Voorbeeld.Example", "  Gijs@voorbeeld.example "]
)
@pytest.mark.parametrize(
    "birth_date", ["1-2-1990", "01-02-1990", "01021990", "1990-02-01", "1/2/1990", "1.2.1990", " 1 2 1990 "]
)
async def test_case_spaces_and_notation_do_not_matter(
    client_of: Client, database: Cast, email: str, birth_date: str
) -> None:
    link, _id = await invited(database)
    answer = await (await client_of(None)).post(link, data={"email": email, "birth_date": birth_date})
    assert answer.status_code == 303


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("email", "", "Vul je e-mailadres in."),
        ("email", "gijs", "Schrijf het hele e-mailadres"),
        ("birth_date", "", "Vul je geboortedatum in."),
        ("birth_date", "1-2-90", "Schrijf het jaar met vier cijfers"),
        ("birth_date", "31-2-1990", "Deze datum bestaat niet"),
        ("birth_date", "gisteren", "Schrijf de datum als dag-maand-jaar"),
    ],
)
async def test_what_cannot_be_read_is_no_try_and_stays_as_typed(
    client_of: Client, database: Cast, field: str, value: str, said: str
) -> None:
    link, _id = await invited(database)
    answer = await (await client_of(None)).post(link, data=RIGHT | {field: value})
    assert answer.status_code == 422
    assert said in answer.text
    assert f'id="{field}-error"' in answer.text
    for typed in (RIGHT | {field: value}).values():
        assert f'value="{typed}"' in answer.text
    assert await fetch_value("SELECT wrong_tries FROM invitation") == 0


async def test_a_wrong_answer_does_not_say_which_one_is_wrong(client_of: Client, database: Cast) -> None:
    link, _id = await invited(database)
    stranger = await client_of(None)
    first = await stranger.post(link, data=WRONG)
    second = await stranger.post(link, data=RIGHT | {"email": "anna@voorbeeld.example"})
    assert first.status_code == second.status_code == 422
    assert "nog 4 keer" in first.text
    assert "nog 3 keer" in second.text
    assert (await stranger.post(link, data=RIGHT)).status_code == 303
    assert await fetch_value("SELECT wrong_tries FROM invitation") == 2


async def test_five_wrong_tries_kill_the_link_for_good(client_of: Client, database: Cast) -> None:
    link, _id = await invited(database)
    stranger = await client_of(None)
    for _ in range(4):
        assert (await stranger.post(link, data=WRONG)).status_code == 422
    answer = await stranger.post(link, data=WRONG)
    assert answer.status_code == 410
    assert heading(answer) == "Deze link werkt niet meer"
    assert "Bakkerij De Korenaar" in answer.text
    assert (await stranger.post(link, data=RIGHT)).status_code == 410
    assert (await stranger.get(link)).status_code == 410
    assert await fetch_value("SELECT count(*) FROM audit_event WHERE event = 'invitation:died'") == 1


async def test_wrong_tries_at_once_are_all_counted(client_of: Client, database: Cast) -> None:
    link, _id = await invited(database)
    stranger = await client_of(None)
    answers = await asyncio.gather(*(stranger.post(link, data=WRONG) for _ in range(20)))
    assert sorted(answer.status_code for answer in answers).count(422) == 4
    assert await fetch_value("SELECT wrong_tries FROM invitation") == 5
    assert (await stranger.post(link, data=RIGHT)).status_code == 410


async def test_inviting_again_while_somebody_answers_holds_nobody_up(
    client_of: Client, database: Cast
) -> None:
    links = [(await invited(database))[0]]
    stranger = await client_of(None)
    for _ in range(8):
        await execute("DELETE FROM attempts")
        answering = asyncio.gather(*(stranger.post(links[-1], data=RIGHT) for _ in range(3)))
        links.append((await invited(database))[0])
        assert {answer.status_code for answer in await answering} <= {303, 410}
    assert (await stranger.post(links[-1], data=RIGHT)).status_code == 303


async def test_one_address_cannot_try_many_invitations(client_of: Client, database: Cast) -> None:
    stranger = await client_of(None)
    statuses = []
    for _ in range(7):
        link, _id = await invited(database)
        statuses += [(await stranger.post(link, data=WRONG)).status_code for _ in range(4)]
    assert statuses == [422] * 20 + [429] * 8


async def ended(cast: Cast, how: str) -> str:
    link, id = await invited(cast)
    match how:
        case "expired":
            await execute("UPDATE invitation SET expires_at = $1", clock.now() - timedelta(minutes=1))
        case "used":
            await execute("UPDATE invitation SET used_at = $1", clock.now())
        case "withdrawn":
            await withdraw(id, now=clock.now())
        case "replaced":
            await invited(cast)
    return link


@pytest.mark.parametrize(
    ("how", "said"),
    [
        ("expired", "Deze uitnodiging is verlopen"),
        ("used", "Deze uitnodiging is al gebruikt"),
        ("withdrawn", "Deze uitnodiging is ingetrokken"),
        ("replaced", "Er is een nieuwere uitnodiging"),
    ],
)
async def test_an_ended_link_says_what_happened_and_whom_to_ask(
    client_of: Client, database: Cast, how: str, said: str
) -> None:
    link = await ended(database, how)
    stranger = await client_of(None)
    for answer in (await stranger.get(link), await stranger.post(link, data=RIGHT)):
        assert answer.status_code == 410
        assert heading(answer) == said
        assert "Bakkerij De Korenaar" in answer.text
        assert "session" not in answer.cookies
        assert "gijs" not in answer.text.lower()


async def test_a_thousand_flipped_bits_get_one_answer(client_of: Client, database: Cast) -> None:
    token = new_token()
    await invited(database, token)
    stranger = await client_of(None)
    chance = random.Random(1)
    raw = base64.urlsafe_b64decode(token + "=")
    bodies = set()
    for number in range(1000):
        bit = chance.randrange(len(raw) * 8)
        flipped = bytearray(raw)
        flipped[bit // 8] ^= 1 << (bit % 8)
        wrong = base64.urlsafe_b64encode(flipped).decode().rstrip("=")
        ask = stranger.get if number % 2 else stranger.post
        answer = await ask(f"/invitations/{wrong}")
        assert answer.status_code == 404
        bodies.add(answer.text.replace(wrong, "").replace(f"{len(wrong)}", ""))
    assert len(bodies) == 1


async def test_a_planted_session_is_replaced(client_of: Client, database: Cast) -> None:
    link, _id = await invited(database)
    stranger = await client_of(None)
    stranger.cookies.set("session", "planted-by-somebody-else")
    answer = await stranger.post(link, data=RIGHT)
    assert answer.cookies["session"] != "planted-by-somebody-else"
    assert await load_session("planted-by-somebody-else", now=clock.now()) is None


async def test_the_page_says_the_same_in_english(client_of: Client, database: Cast) -> None:
    link, _id = await invited(database)
    stranger = await client_of(None)
    answer = await stranger.get(link, headers={"Accept-Language": "en"})
    assert heading(answer) == "Register account"
