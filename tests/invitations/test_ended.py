"""What the page of a link that ended says, when a newer invitation was sent since."""

from __future__ import annotations

from backend.foundation import clock
from backend.invitations.invite import invite
from tests.cast import Cast
from tests.conftest import Client

WRONG = {"email": "gijs@voorbeeld.example", "birth_date": "2-1-1990"}
ASK = "om een nieuwe uitnodiging"


async def test_who_already_got_a_new_one_is_not_sent_to_ask_for_it(client_of: Client, database: Cast) -> None:
    assert database.gijs.employment
    await invite(database.gijs.employment, now=clock.now(), token="old")
    stranger = await client_of(None)
    for _ in range(5):
        answer = await stranger.post("/invitations/old", data=WRONG)
    assert answer.status_code == 410
    assert ASK in answer.text
    await invite(database.gijs.employment, now=clock.now(), token="new")
    answer = await stranger.get("/invitations/old")
    assert answer.status_code == 410
    assert "Kijk in je mail" in answer.text
    assert ASK not in answer.text
