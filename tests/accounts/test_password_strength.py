"""Which passwords are refused, and what the meter says."""

from __future__ import annotations

import pytest

from backend.accounts.hash_password import NOBODYS, hash_password, is_outdated, verify_password
from backend.accounts.password_strength import password_strength
from tests.cast import Cast
from tests.conftest import Client

ABOUT = ["vera@voorbeeld.example", "Vera", "van den Berg"]


@pytest.mark.parametrize(
    "password",
    ["", "kort", "elf tekens!", "aaaaaaaaaaaa", "123456789012", "qwertyuiop12", "Wachtwoord2026",
     "Welkom-Welkom-26", "password1234", "ik ben Vera zelf", "vera@voorbeeld.example"],
)  # fmt: skip
async def test_what_is_easily_guessed_is_refused(password: str) -> None:
    found = await password_strength(password, ABOUT)
    assert found.refusal
    assert found.score < 2


@pytest.mark.parametrize(
    "password",
    [
        "mijn hond loopt door het park",
        "correct horse battery staple",
        "839204857263",
        "tR0ub4dor&3xyz",
        "ööööö ñ 漢字 ☂ é",
    ],
)
async def test_length_and_surprise_are_enough(password: str) -> None:
    found = await password_strength(password, ABOUT)
    assert found.refusal is None
    assert found.score >= 2


async def test_a_hash_knows_its_password_and_nobody_has_one() -> None:
    stored = await hash_password("een wachtwoord")
    assert await verify_password(stored, "een wachtwoord")
    assert not await verify_password(stored, "een wachtwoord ")
    assert not await verify_password(None, "nobody has this password")
    assert not is_outdated(NOBODYS)
    assert not await verify_password("not a hash", "x")


async def test_the_meter_answers_a_fragment(client_of: Client, database: Cast) -> None:
    stranger = await client_of(None)
    answer = await stranger.post("/password-strength", data={"password": "kort"})
    assert answer.status_code == 200
    assert 'data-score="0"' in answer.text or 'data-score="1"' in answer.text
    assert "Nog minstens 8 tekens" in answer.text
    assert "<html" not in answer.text
    strong = await stranger.post("/password-strength", data={"password": "mijn hond loopt door het park"})
    assert 'data-score="4"' in strong.text
    assert "park" not in strong.text


async def test_the_meter_knows_whose_password_it_is(client_of: Client, database: Cast) -> None:
    anna = await client_of(database.anna)
    answer = await anna.post("/password-strength", data={"password": "aalbers in het bos"})
    assert "Gebruik je naam" in answer.text


async def test_the_meter_is_limited(client_of: Client, database: Cast) -> None:
    stranger = await client_of(None)
    for _ in range(120):
        await stranger.post("/password-strength", data={"password": "x"})
    answer = await stranger.post("/password-strength", data={"password": "mijn hond loopt door het park"})
    assert "Wacht even" in answer.text


async def test_the_longest_and_the_oddest_are_weighed_quickly(client_of: Client, database: Cast) -> None:
    stranger = await client_of(None)
    for odd in ("x" * 5000, "@4$3" * 32, "\x00" * 20):
        assert (await stranger.post("/password-strength", data={"password": odd})).status_code == 200
