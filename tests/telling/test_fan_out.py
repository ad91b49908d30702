"""One promise becomes a message for each way that its reader chose, in the statement of the promise."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest

from backend.accounts.sessions import LONGEST, REMEMBERED
from backend.foundation.database import execute, fetch, fetch_value
from backend.foundation.tokens import new_id
from backend.outbox.add import Promise, add, add_many
from backend.outbox.kinds import BY_MAIL_TOO, NOT_BY_ITSELF, Kind
from backend.telling.choices import Offered
from backend.telling.choose import choose
from tests.cast import NOW, Cast, Member, person_of
from tests.gateways.push_service import Browser
from tests.second_factor.steps import give
from tests.statements import counted
from tests.telling.conftest import turned_on

ALL = Offered(push=True, sms=True)
ABOUT = {"entry": str(new_id())}


async def device_of(member: Member, name: str = "one") -> None:
    await turned_on(await person_of(member), Browser(f"https://fcm.googleapis.com/fcm/send/{name}"))


async def promised() -> list[str]:
    """The channels of what waits, in order."""
    return [row["channel"] for row in await fetch("SELECT channel FROM message ORDER BY channel")]


async def tell(account: UUID | None, kind: Kind | None = Kind.DOSSIER) -> list[str]:
    await execute("TRUNCATE message")
    await add("entry_posted", ABOUT, now=NOW, reader=account, kind=kind)
    return await promised()


async def test_who_chose_nothing_is_mailed_and_pushed_where_it_is_on(database: Cast) -> None:
    assert await tell(database.anna.account) == ["mail"]
    await device_of(database.anna)
    await device_of(database.bram, "bram")
    assert await tell(database.anna.account) == ["mail", "push"]
    await device_of(database.anna, "two")
    assert await tell(database.anna.account) == ["mail", "push", "push"]


async def test_who_has_no_account_is_mailed(database: Cast) -> None:
    await device_of(database.anna)
    assert await tell(None) == ["mail"]


async def test_what_nobody_chooses_goes_its_own_way(database: Cast) -> None:
    await device_of(database.anna)
    await add("password_changed", {"account": str(database.anna.account)}, now=NOW)
    await add("sms_code", {"code": str(new_id())}, now=NOW, channel="sms", secret="123456")
    assert await promised() == ["mail", "sms"]


@pytest.mark.parametrize("kind", Kind)
@pytest.mark.parametrize(
    "ways", [(), ("mail",), ("push",), ("sms",), ("push", "sms"), ("mail", "push", "sms")]
)
async def test_each_kind_goes_the_ways_that_were_ticked(
    database: Cast, kind: Kind, ways: tuple[str, ...]
) -> None:
    await device_of(database.bram)
    await give(database.bram, "sms", "+31612345678")
    await execute(
        "INSERT INTO telling_choice (id, account, kind, mail, push, sms) VALUES ($1, $2, $3, $4, $5, $6)",
        new_id(), database.bram.account, kind, "mail" in ways, "push" in ways, "sms" in ways,
    )  # fmt: skip
    wanted = {*ways, "mail"} if kind in BY_MAIL_TOO else set(ways)
    assert await tell(database.bram.account, kind) == sorted(wanted)


async def test_who_just_pressed_the_button_gets_no_push_about_it_unasked(database: Cast) -> None:
    await device_of(database.anna)
    for kind in Kind:
        pushed = "push" in await tell(database.anna.account, kind)
        assert pushed == (kind not in NOT_BY_ITSELF), kind


async def test_without_a_device_or_number_left_it_is_mailed_after_all(database: Cast) -> None:
    await choose(await person_of(database.anna), {Kind.DOSSIER: ["push", "sms"]}, ALL, now=NOW)
    assert await tell(database.anna.account) == ["mail"]
    await give(database.anna, "sms", "+31612345678")
    assert await tell(database.anna.account) == ["sms"]
    await choose(await person_of(database.anna), {}, ALL, now=NOW)
    assert await tell(database.anna.account) == [], "who ticked nothing wanted nothing"


async def test_a_device_whose_session_is_over_gets_nothing_and_its_owner_a_mail(database: Cast) -> None:
    await device_of(database.anna)
    await choose(await person_of(database.anna), {Kind.DOSSIER: ["push"]}, ALL, now=NOW)
    assert await tell(database.anna.account) == ["push"]
    await execute("UPDATE session SET expires_at = $1", NOW)
    assert await tell(database.anna.account) == ["mail"]
    await execute("UPDATE session SET expires_at = $1", NOW + REMEMBERED)
    assert await tell(database.anna.account) == ["push"]
    assert await fetch_value("SELECT expires_at FROM message") == NOW + timedelta(days=1)


async def test_a_role_holder_is_told_as_their_account_chose(database: Cast) -> None:
    await device_of(database.bram)
    about = {"spell": str(new_id()), "role_holder": str(database.bram_as_manager)}
    await add("sick_report_told", about, now=NOW, kind=Kind.PEOPLE)
    assert await promised() == ["mail", "push"]
    await execute("UPDATE role_holder SET account = NULL WHERE id = $1", database.bram_as_manager)
    await execute("TRUNCATE message")
    await add("sick_report_told", about, now=NOW, kind=Kind.PEOPLE)
    assert await promised() == ["mail"]


async def test_all_of_it_is_one_statement_and_says_nothing_of_a_person(database: Cast) -> None:
    for number, member in enumerate((database.anna, database.bram, database.daan)):
        await device_of(member, str(number))
    await give(database.anna, "sms", "+31612345678")
    await choose(await person_of(database.anna), {Kind.DOSSIER: ["sms"]}, ALL, now=NOW)
    members = (database.anna, database.bram, database.daan, database.eva)
    promises = [Promise("entry_posted", ABOUT, reader=one.account, kind=Kind.DOSSIER) for one in members]
    with counted() as said:
        ids = await add_many(promises, now=NOW)
    assert len(said) == 1
    assert await promised() == ["mail", "mail", "mail", "push", "push", "sms"]
    rows = await fetch("SELECT * FROM message")
    assert {row["id"] for row in rows if row["channel"] == "mail"} == set(ids[1:])
    for row in rows:
        assert "612345678" not in row["subject"] and "fcm" not in row["subject"]
        late = NOW + LONGEST if row["channel"] == "push" else None
        assert (row["due_at"], row["expires_at"]) == (NOW, late)
