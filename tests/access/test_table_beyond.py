"""The table of who sees what (test_table.py), beyond the dossier's own pages: the desk with its counts, its
order and its search, the team, what is to be done, and who is told by mail and push."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest

from backend.caseload.queries import caseload
from backend.caseload.view import View
from backend.dossier.advice import Advice
from backend.dossier.correct import Reading, correct
from backend.dossier.mark_seen import mark_seen
from backend.dossier.own_actions import own_action, own_actions
from backend.dossier.post_action import NewAction, post_action
from backend.dossier.post_advice import post_advice
from backend.dossier.post_note import Note, post_note
from backend.dossier.post_problem_analysis import post_problem_analysis
from backend.dossier.publish import publish
from backend.dossier.tables import Action
from backend.foundation.database import execute, fetch_value
from backend.foundation.refusal import NotFound
from backend.foundation.tokens import new_id
from backend.gateways.sms import NoSms
from backend.gateways.web_push import WebPush
from backend.outbox.deliver import Gateways, deliver_one
from backend.team.queries import team
from backend.worker import learn_notices
from tests.access.test_table import ALL, NOTHING, PLACES, TABLE, _entrust
from tests.cast import NOW, Cast, person_of
from tests.conftest import Client
from tests.gateways.push_service import Browser, push_service
from tests.gateways.test_web_push import KEY, MAIL_FROM
from tests.outbox.conftest import Clock
from tests.posting.conftest import Dossiers, dossiers
from tests.telling.conftest import turned_on

__all__ = ["dossiers"]
TODAY = NOW.date()
LATER = NOW + timedelta(minutes=1)
DESK = ("carla", "dirk", "lars", "lena")
"""Who has a caseload."""
TEAMS = {"bram": "anna", "hanna": "ilse", "wim": "eva", "karin": "kees"}
"""Whose team holds whom."""
SECRET = "Koortsig"
"""What only the medical side reads; no word of the product's own."""


async def entry(dossier: UUID, kind: str, audience: str, title: str, due_on: date | None = None) -> UUID:
    """By somebody who is none of those who look."""
    at = NOW if audience == "shared" else LATER
    found = await publish(
        dossier, kind, now=at, author_name="Iemand", author_role="company_doctor", audience=audience,
        title=title,
    )  # fmt: skip
    if due_on:
        await Action.insert(Action(entry=found, assignee_role="case_manager", due_on=due_on))
    return found


def wanted(dossiers: Dossiers, who: str, *levels: str) -> set[UUID]:
    """The dossiers that somebody sees so much of."""
    return {
        getattr(dossiers, place)
        for place, level in zip(PLACES, TABLE[who], strict=True)
        if level in levels and place != who
    }


@pytest.fixture
async def filled(dossiers: Dossiers) -> Dossiers:
    """At each place an action for all, and a medical one that is due before it and came after it."""
    for place in PLACES:
        dossier = getattr(dossiers, place)
        await entry(dossier, "action", "shared", "Bellen", TODAY + timedelta(days=3))
        await entry(dossier, "action", "medical", SECRET, TODAY - timedelta(days=3))
    return dossiers


@pytest.mark.parametrize("who", TABLE)
async def test_a_desk_counts_orders_and_shows_what_its_reader_may_see(
    database: Cast, filled: Dossiers, client_of: Client, who: str
) -> None:
    member = database.everyone()[await _entrust(database, who)]
    person, client = await person_of(member), await client_of(member)
    if who.partition(" ")[0] not in DESK:
        assert (await client.get("/caseload")).status_code == 404
        return
    every, medical = wanted(filled, who, ALL, "shared"), wanted(filled, who, ALL)
    for dossier in every:
        await mark_seen(person, dossier, until=NOW)
    views = {View(): every, View(due="7"): every, View(late=True): medical, View(new=True): medical}
    for sort in ("due", "week", "name"):
        for view, there in views.items():
            found = await caseload(person, View(**{**_chosen(view), "sort": sort}), now=LATER)
            assert {line.id for line in found.lines} == there, (sort, view)
            assert found.count == len(there)
            for line in found.lines:
                sees = line.id in medical
                assert (line.next_title, line.is_new, line.is_late) == (
                    SECRET if sees else "Bellen",
                    sees,
                    sees,
                )
    dues = [line.id in medical for line in (await caseload(person, View(), now=LATER)).lines]
    assert dues == sorted(dues, reverse=True), "a medical action moves nothing up where it is not seen"
    for address in ("/caseload", "/caseload?late=1", "/caseload?new=1", "/caseload?sort=week"):
        assert (SECRET in (await client.get(address)).text) == bool(medical), address


def _chosen(view: View) -> dict[str, Any]:
    return {"due": view.due, "late": view.late, "new": view.new}


@pytest.mark.parametrize("who", TABLE)
async def test_a_search_finds_ones_own_people_and_never_a_text(
    database: Cast, filled: Dossiers, who: str
) -> None:
    name = await _entrust(database, who)
    person = await person_of(database.everyone()[name])
    for place, level in zip(PLACES, TABLE[who], strict=True):
        called = database.members()[place].name
        if name in DESK:
            on_desk = {line.id for line in (await caseload(person, View(q=called), now=NOW)).lines}
            assert on_desk == ({getattr(filled, place)} if level != NOTHING else set()), place
        mates = {mate.name for mate in (await team(person, now=NOW, named=called)).mates}
        assert mates == ({called} if TEAMS.get(name) == place else set()), place
    for text in (SECRET, "Bellen"):
        assert name not in DESK or (await caseload(person, View(q=text), now=NOW)).lines == []
        assert (await team(person, now=NOW, named=text)).mates == []


@pytest.mark.parametrize("who", TABLE)
async def test_what_is_to_be_done_is_ones_own_to_see(database: Cast, dossiers: Dossiers, who: str) -> None:
    """An action in every role, for all and for the medical side, at every place."""
    roles = {"anna": "employee", "kees": "employee", "carla": "case_manager", "lars": "case_manager",
             "dirk": "company_doctor", "lena": "company_doctor"}  # fmt: skip
    name = await _entrust(database, who)
    mine = roles.get(name, "manager")
    wanted, unwanted = set(), set()
    for place, level in zip(PLACES, TABLE[who], strict=True):
        for role in ("employee", "manager", "case_manager", "company_doctor"):
            for audience in ("shared", "medical"):
                found = await entry(getattr(dossiers, place), "action", audience, SECRET)
                await Action.insert(Action(entry=found, assignee_role=role, due_on=TODAY))
                sees = level == ALL or (level != NOTHING and audience == "shared")
                (wanted if sees and role == mine else unwanted).add(found)
    person = await person_of(database.everyone()[name])
    assert {one.id for one in (await own_actions(person, now=NOW))[0]} == wanted
    for action in unwanted:
        with pytest.raises(NotFound):
            await own_action(person, action, now=NOW)


class Mails:
    """Who was mailed, and what it said."""

    def __init__(self) -> None:
        self.to: list[str] = []
        self.said = ""

    async def send(self, mail: Any) -> None:
        self.to.append(mail.to)
        self.said += f"{mail.subject} {mail.text} {mail.html}"

    async def rest(self) -> None: ...


@pytest.mark.parametrize(
    ("place", "doctor"), [("anna", "dirk"), ("ilse", "dirk"), ("eva", "dirk"), ("kees", "lena")]
)
async def test_of_what_is_posted_only_who_may_read_it_is_told_and_never_what(
    database: Cast, dossiers: Dossiers, place: str, doctor: str
) -> None:
    """Everybody has a phone with pushes on; of an entry, medical or not, the one it is about hears. Of an
    advice, its correction and the shared part of an analysis the manager and case manager hear as well."""
    learn_notices()
    await _entrust(database, "carla entrusted")
    async with push_service() as service:
        for name, member in database.everyone().items():
            await turned_on(await person_of(member), Browser(f"{service.url}/{name}"), service.url)
        await _post_all(database, getattr(dossiers, place), doctor)
        mails = Mails()
        gateways = Gateways(mails, NoSms(), WebPush(KEY, MAIL_FROM, service.url), "http://localhost")
        for channel in ("mail", "push"):
            while await deliver_one(channel, gateways, Clock(LATER)):
                pass
        manager = next(name for name, whom in TEAMS.items() if whom == place)
        told = [place] * 6 + [manager, "lars" if place == "kees" else "carla"] * 3
        assert sorted(mails.to) == sorted(database.everyone()[name].email for name in told)
        assert sorted(got.path for got in service.got) == sorted(f"/{name}" for name in told)
    assert SECRET not in mails.said
    assert not await fetch_value("SELECT count(*) FROM message WHERE subject::text LIKE $1", f"%{SECRET}%")
    assert not await fetch_value("SELECT count(*) FROM audit_event e WHERE e::text LIKE $1", f"%{SECRET}%")


async def _post_all(cast: Cast, dossier: UUID, doctor: str) -> None:
    person = await person_of(cast.helpers[doctor])
    advice = Advice(SECRET, SECRET, SECRET)
    for audience in ("shared", "medical"):
        note = Note("other", SECRET, SECRET, audience)
        await post_note(person, dossier, note, new_id(), now=NOW)
    action = NewAction(SECRET, SECRET, None, TODAY)
    await post_action(person, dossier, action, new_id(), now=NOW)
    at = await post_advice(person, dossier, advice, new_id(), now=NOW)
    corrected = Reading("", "", Advice(SECRET, "Tillen", SECRET).facts())
    await correct(person, dossier, UUID(at.split("#entry-")[1]), "advice", corrected, new_id(), now=NOW)
    await post_problem_analysis(person, dossier, advice, SECRET, new_id(), now=NOW)
    await execute("UPDATE message SET due_at = $1", NOW)
