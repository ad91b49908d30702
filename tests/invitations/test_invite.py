"""Who can be invited, and what becomes of the link before it is used."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

import pytest

from backend.foundation.database import execute, fetch, fetch_one, fetch_value
from backend.foundation.encryption import keyring
from backend.foundation.refusal import NotFound, Refused
from backend.foundation.tokens import new_id
from backend.invitations.invite import invite
from backend.invitations.state import State, UnknownLink, by_token
from backend.invitations.waiting import waiting_for_access
from backend.invitations.withdraw import withdraw
from backend.outbox.add import SECRET_FIELD
from tests.cast import NOW, Cast


def job_of_gijs(cast: Cast) -> UUID:
    assert cast.gijs.employment
    return cast.gijs.employment


async def test_an_invitation_is_mailed_and_kept_as_a_hash_only(database: Cast) -> None:
    id = await invite(job_of_gijs(database), now=NOW, token="geheim")
    message = await fetch_one("SELECT notice, subject, secret, expires_at FROM message")
    assert message
    assert message["notice"] == "invitation"
    assert str(id) in message["subject"]
    assert keyring().decrypt(message["secret"], SECRET_FIELD) == "geheim"
    assert message["expires_at"] == NOW + timedelta(days=4)
    assert b"geheim" not in await fetch_value("SELECT token_hash FROM invitation")
    assert [row["event"] for row in await fetch("SELECT event FROM audit_event")] == ["invitation:made"]


async def test_it_is_valid_four_days(database: Cast) -> None:
    await invite(job_of_gijs(database), now=NOW, token="t")
    almost = NOW + timedelta(days=4) - timedelta(seconds=1)
    assert (await by_token("t", now=almost)).state is State.OPEN
    assert (await by_token("t", now=NOW + timedelta(days=4))).state is State.EXPIRED


async def test_doing_it_again_makes_a_new_link_and_kills_the_old(database: Cast) -> None:
    await invite(job_of_gijs(database), now=NOW, token="old")
    await invite(job_of_gijs(database), now=NOW + timedelta(hours=1), token="new")
    later = NOW + timedelta(hours=2)
    assert (await by_token("old", now=later)).state is State.REPLACED
    assert (await by_token("new", now=later)).state is State.OPEN
    events = [row["event"] for row in await fetch("SELECT event FROM audit_event ORDER BY at")]
    assert events == ["invitation:made", "invitation:resent"]


async def test_an_expired_link_says_so_and_that_a_newer_one_was_sent(database: Cast) -> None:
    await invite(job_of_gijs(database), now=NOW, token="old")
    await invite(job_of_gijs(database), now=NOW + timedelta(days=5), token="new")
    old = await by_token("old", now=NOW + timedelta(days=5))
    assert (old.state, old.renewed) == (State.EXPIRED, True)


async def test_a_withdrawn_link_is_dead(database: Cast) -> None:
    id = await invite(job_of_gijs(database), now=NOW, token="t")
    await withdraw(id, now=NOW)
    await withdraw(id, now=NOW + timedelta(hours=1))
    assert (await by_token("t", now=NOW)).state is State.WITHDRAWN
    assert await fetch_value("SELECT count(*) FROM audit_event WHERE event = 'invitation:withdrawn'") == 1


async def test_what_was_used_cannot_be_withdrawn(database: Cast) -> None:
    id = await invite(job_of_gijs(database), now=NOW, token="t")
    await execute("UPDATE invitation SET used_at = $1", NOW)
    with pytest.raises(Refused, match="al gebruikt"):
        await withdraw(id, now=NOW)
    with pytest.raises(NotFound):
        await withdraw(new_id(), now=NOW)


async def test_who_left_in_the_meantime_cannot_use_the_link(database: Cast) -> None:
    await invite(job_of_gijs(database), now=NOW, token="t")
    await execute(
        "UPDATE employment SET left_on = $2 WHERE id = $1", job_of_gijs(database), date(2026, 11, 17)
    )
    assert (await by_token("t", now=NOW)).state is State.OPEN
    assert (await by_token("t", now=NOW + timedelta(days=1))).state is State.WITHDRAWN


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ("left_on = '2026-11-16'", "uit dienst"),
        ("email = NULL", "geen e-mailadres"),
        ("email = ''", "geen e-mailadres"),
        ("birth_date = NULL", "geen geboortedatum"),
    ],
)
async def test_who_cannot_be_invited_is_named_with_the_reason(database: Cast, change: str, said: str) -> None:
    await execute(f"UPDATE employment SET {change} WHERE id = $1", job_of_gijs(database))
    with pytest.raises(Refused, match=said):
        await invite(job_of_gijs(database), now=NOW)
    assert await fetch_value("SELECT count(*) FROM message") == 0


async def test_who_has_access_is_not_invited_again(database: Cast) -> None:
    assert database.anna.employment
    with pytest.raises(Refused, match="al toegang"):
        await invite(database.anna.employment, now=NOW)
    with pytest.raises(NotFound):
        await invite(new_id(), now=NOW)


async def test_the_operator_finds_who_waits_by_address_in_any_case(database: Cast) -> None:
    assert await waiting_for_access(" GIJS@voorbeeld.example ") == [job_of_gijs(database)]
    assert await waiting_for_access("anna@voorbeeld.example") == []


async def test_an_unknown_link_is_no_invitation(database: Cast) -> None:
    with pytest.raises(UnknownLink):
        await by_token("never", now=NOW)
