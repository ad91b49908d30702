"""An account with a proven invitation, and a second job under an account that was there."""

from __future__ import annotations

import asyncio
from datetime import date
from itertools import product
from typing import Any

import httpx

from backend.accounts.sessions import load_session
from backend.foundation import clock
from backend.foundation.database import execute, fetch, fetch_one, fetch_value
from backend.foundation.tokens import new_id
from backend.invitations.invite import invite
from backend.organisations.tables import Employment
from tests.cast import PASSWORD, Cast, Member
from tests.conftest import Client
from tests.to_mend import to_mend

RIGHT = {"email": "gijs@voorbeeld.example", "birth_date": "1-2-1990"}
GOOD = {"username": "gijs@voorbeeld.example", "password": "vier losse woorden achter elkaar"}


async def proven(client_of: Client, cast: Cast) -> httpx.AsyncClient:
    """Somebody who proved Gijs' invitation."""
    assert cast.gijs.employment
    await invite(cast.gijs.employment, now=clock.now(), token="link")
    client: httpx.AsyncClient = await client_of(None)
    assert (await client.post("/invitations/link", data=RIGHT)).status_code == 303
    return client


async def second_job(cast: Cast, member: Member, **other: Any) -> None:
    """An invitation (token `link`) for this person's new job at the school."""
    id = new_id()
    row: dict[str, Any] = {
        "first_name": member.name.split()[0],
        "last_name": member.name.split()[1],
        "birth_date": member.birth_date,
        "email": member.email,
    }
    await Employment.insert(
        Employment(id=id, employer=cast.school, personnel_number="2", job="juf", **(row | other))
    )  # fmt: skip
    await invite(id, now=clock.now(), token="link")


async def test_it_makes_the_account_and_asks_the_second_factor(client_of: Client, database: Cast) -> None:
    client = await proven(client_of, database)
    before = client.cookies["session"]
    answer = await client.post("/register", data=GOOD)
    assert (answer.status_code, answer.headers["location"]) == (303, "/second-factor")
    assert await load_session(before, now=clock.now()) is None
    session = await load_session(answer.cookies["session"], now=clock.now())
    assert session
    assert (session.level, session.invitation) == ("password", None)
    account = await fetch_one("SELECT * FROM account WHERE id = $1", session.account)
    assert account
    assert (account["username"], account["email"]) == (GOOD["username"], RIGHT["email"])
    assert account["password_hash"].startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    job = await fetch_one("SELECT account FROM employment WHERE id = $1", database.gijs.employment)
    assert job
    assert job["account"] == session.account
    events = {row["event"] for row in await fetch("SELECT event FROM audit_event")}
    assert {"account:made", "invitation:used", "invitation:proven"} <= events
    assert (await client_of(None)) is not client
    assert (await (await client_of(None)).get("/invitations/link")).status_code == 410


async def test_the_same_form_twice_at_once_makes_one_account_and_lets_both_in(
    client_of: Client, database: Cast
) -> None:
    client = await proven(client_of, database)
    answers = await asyncio.gather(*(client.post("/register", data=GOOD) for _ in range(6)))
    assert {answer.status_code for answer in answers} == {303}
    assert await fetch_value("SELECT count(*) FROM account WHERE username = $1", GOOD["username"]) == 1
    assert await fetch_value("SELECT count(*) FROM audit_event WHERE event = 'account:made'") == 1
    alive = [
        await load_session(answer.cookies["session"], now=clock.now()) for answer in answers if answer.cookies
    ]
    assert len([session for session in alive if session]) == 1


async def test_two_browsers_with_one_invitation_make_one_account(client_of: Client, database: Cast) -> None:
    one, other = await proven(client_of, database), await client_of(None)
    assert (await other.post("/invitations/link", data=RIGHT)).status_code == 303
    answers = await asyncio.gather(
        one.post("/register", data=GOOD), other.post("/register", data=GOOD | {"username": "gijs2"})
    )
    assert sorted(answer.status_code for answer in answers) == [303, 410]
    assert await fetch_value("SELECT count(*) FROM account WHERE username LIKE 'gijs%'") == 1


async def test_a_weak_password_is_refused_beside_its_field_and_never_sent_back(
    client_of: Client, database: Cast
) -> None:
    client = await proven(client_of, database)
    for password, said in (
        ("kort", "Gebruik minstens 12 tekens"),
        ("gijsgijsgijs 1990", "Gebruik je naam of e-mailadres niet"),
        ("password1234", "makkelijk te raden"),
        ("Welkomwelkom1", "makkelijk te raden"),
    ):
        answer = await client.post("/register", data=GOOD | {"password": password})
        assert answer.status_code == 422
        assert said in answer.text
        assert 'id="password-error"' in answer.text
        assert f'value="{password}"' not in answer.text
        assert f'value="{GOOD["username"]}"' in answer.text
    assert await fetch_value("SELECT count(*) FROM account WHERE username = $1", GOOD["username"]) == 0


async def test_what_is_wrong_with_the_name_and_with_the_password_is_told_at_once(
    client_of: Client, database: Cast
) -> None:
    client = await proven(client_of, database)
    for username, password in product(("", "g", "a gijs"), ("", "kort", "gijsgijsgijs 1990", "x" * 129)):
        answer = await client.post("/register", data={"username": username, "password": password})
        assert to_mend(answer) == ["username", "password"]
        assert f'value="{username}"' in answer.text and 'value="kort"' not in answer.text


async def test_strength_is_told_without_script_too(client_of: Client, database: Cast) -> None:
    client = await proven(client_of, database)
    answer = await client.post("/register", data=GOOD | {"check": "yes"})
    assert answer.status_code == 200
    assert "Heel sterk" in answer.text
    assert GOOD["password"] not in answer.text
    answer = await client.post("/register", data=GOOD | {"check": "yes", "password": "gijs"})
    assert "Nog minstens 8 tekens" in answer.text
    assert await fetch_value("SELECT count(*) FROM account WHERE username = $1", GOOD["username"]) == 0


async def test_a_family_shares_an_address_but_not_a_user_name(client_of: Client, database: Cast) -> None:
    await execute(
        "UPDATE employment SET email = 'ANNA@voorbeeld.example' WHERE id = $1", database.gijs.employment
    )
    assert database.gijs.employment
    await invite(database.gijs.employment, now=clock.now(), token="link")
    client = await client_of(None)
    await client.post("/invitations/link", data=RIGHT | {"email": "anna@voorbeeld.example"})
    page = await client.get("/register")
    assert "Met dit e-mailadres is er al een account" in page.text
    taken = await client.post("/register", data=GOOD | {"username": "Anna@Voorbeeld.example"})
    assert taken.status_code == 422
    assert "al in gebruik" in taken.text
    assert (await client.post("/register", data=GOOD | {"username": "gijs-gort"})).status_code == 303


async def test_signing_in_keeps_the_invitation_in_hand(client_of: Client, database: Cast) -> None:
    await second_job(database, database.anna)
    client = await client_of(None)
    await client.post("/invitations/link", data={"email": "anna@voorbeeld.example", "birth_date": "1-2-1990"})
    assert "Daarna koppelen we je nieuwe werkgever" in (await client.get("/sign-in")).text
    answer = await client.post("/sign-in", data={"username": "anna@voorbeeld.example", "password": PASSWORD})
    session = await load_session(answer.cookies["session"], now=clock.now())
    assert session
    assert session.level == "password"
    assert session.invitation is not None


async def test_who_is_signed_in_links_the_job(client_of: Client, database: Cast) -> None:
    await second_job(database, database.anna)
    anna = await client_of(database.anna)
    answer = await anna.post(
        "/invitations/link", data={"email": "anna@voorbeeld.example", "birth_date": "1-2-1990"}
    )
    assert answer.headers["location"] == "/register/link"
    page = await anna.get("/register/link")
    assert "Basisschool De Linde" in page.text
    assert (await anna.post("/register/link")).status_code == 303
    session = await load_session(anna.cookies["session"], now=clock.now())
    assert session
    assert session.person
    assert len(session.person.employments) == 2
    assert session.person.employment
    assert session.person.employment.employer == database.school
    assert (await anna.get("/register/link")).headers["location"] == "/"
    assert await fetch_value("SELECT count(*) FROM audit_event WHERE event = 'invitation:linked'") == 1


async def test_another_birth_date_is_not_linked(client_of: Client, database: Cast) -> None:
    await second_job(database, database.anna, birth_date=date(1988, 5, 6))
    anna = await client_of(database.anna)
    await anna.post("/invitations/link", data={"email": "anna@voorbeeld.example", "birth_date": "6-5-1988"})
    assert "andere geboortedatum" in (await anna.get("/register/link")).text
    answer = await anna.post("/register/link")
    assert answer.status_code == 422
    assert "andere geboortedatum" in answer.text
    assert await fetch_value("SELECT count(*) FROM employment WHERE account = $1", database.anna.account) == 1


async def test_not_now_leaves_the_link_alive(client_of: Client, database: Cast) -> None:
    await second_job(database, database.anna)
    anna = await client_of(database.anna)
    await anna.post("/invitations/link", data={"email": "anna@voorbeeld.example", "birth_date": "1-2-1990"})
    assert (await anna.post("/register/link/later")).headers["location"] == "/"
    assert (await anna.get("/register/link")).headers["location"] == "/"
    assert (await anna.get("/invitations/link")).status_code == 200


async def test_nobody_links_without_having_proven_it(client_of: Client, database: Cast) -> None:
    await second_job(database, database.anna)
    daan = await client_of(database.daan)
    assert (await daan.post("/register/link")).status_code == 404
    assert await fetch_value("SELECT count(*) FROM employment WHERE account = $1", database.daan.account) == 1


async def test_registering_needs_an_invitation(client_of: Client, database: Cast) -> None:
    stranger = await client_of(None)
    assert (await stranger.post("/register", data=GOOD)).headers["location"] == "/sign-in"
    anna = await client_of(database.anna)
    assert (await anna.get("/register")).headers["location"] == "/"
    assert (await anna.post("/register", data=GOOD)).status_code == 404
