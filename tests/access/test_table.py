"""The table of who sees what: every kind of entry, everyone around it, at one's own branch, another branch,
another employer and another provider."""

from __future__ import annotations

import re
from dataclasses import dataclass
from uuid import UUID

import pytest

from backend.dossier.lifecycle import open_dossier
from backend.dossier.publish import publish
from backend.dossier.queries import timeline
from backend.dossier.tables import Action
from backend.foundation import clock
from backend.foundation.database import execute, fetch
from backend.foundation.tokens import new_id
from backend.gateways import files
from backend.organisations.tables import MedicalDelegation
from backend.settings import Settings
from tests.cast import NOW, Cast, person_of
from tests.conftest import Client
from tests.dossier.conftest import store

ALL, SHARED, NOTHING = "all", "shared", "nothing"

KINDS = (
    ("report", "shared"),
    ("recovery", "shared"),
    ("partial_recovery", "shared"),
    ("withdrawal", "shared"),
    ("change", "shared"),
    ("note", "shared"),
    ("note", "medical"),
    ("document", "shared"),
    ("document", "medical"),
    ("action", "shared"),
    ("action", "medical"),
    ("advice", "shared"),
    ("problem_analysis", "shared"),
    ("problem_analysis", "medical"),
)

PLACES = ("anna", "ilse", "eva", "kees")
"""Zwolle; the same employer's other branch; another employer of the provider; another provider's."""

TABLE: dict[str, tuple[str, str, str, str]] = {
    "anna": (ALL, NOTHING, NOTHING, NOTHING),
    "daan": (NOTHING, NOTHING, NOTHING, NOTHING),
    "bram": (SHARED, NOTHING, NOTHING, NOTHING),
    "hanna": (NOTHING, SHARED, NOTHING, NOTHING),
    "wim": (NOTHING, NOTHING, SHARED, NOTHING),
    "carla": (SHARED, SHARED, SHARED, NOTHING),
    "carla entrusted": (ALL, ALL, SHARED, NOTHING),
    "dirk": (ALL, ALL, ALL, NOTHING),
    "ada": (NOTHING, NOTHING, NOTHING, NOTHING),
    "karin": (NOTHING, NOTHING, NOTHING, SHARED),
    "lars": (NOTHING, NOTHING, NOTHING, SHARED),
    "lena": (NOTHING, NOTHING, NOTHING, ALL),
    "kees": (NOTHING, NOTHING, NOTHING, ALL),
}


@dataclass(frozen=True)
class Told:
    """A dossier, and its entries by kind and audience."""

    id: UUID
    entries: dict[tuple[str, str], UUID]

    def seen_with(self, level: str) -> set[UUID]:
        """What somebody who sees that much finds in it."""
        levels = {ALL: ("shared", "medical"), SHARED: ("shared",), NOTHING: ()}[level]
        return {id for (_kind, audience), id in self.entries.items() if audience in levels}


@pytest.fixture
async def told(database: Cast, settings: Settings) -> dict[str, Told]:
    """One of every kind, in a dossier of each place."""
    files.use(settings.files_url)
    return {name: await _tell(database, name) for name in PLACES}


async def _tell(cast: Cast, name: str) -> Told:
    employment = cast.members()[name].employment
    assert employment
    dossier = await open_dossier(employment, NOW.date(), now=NOW)
    entries = {}
    for kind, audience in KINDS:
        entry = await publish(
            dossier, kind, now=NOW, author_name="Iemand", author_role="case_manager", audience=audience,
            title=f"{kind} {audience} {name}", body="woord " * 100,
        )  # fmt: skip
        entries[kind, audience] = entry
        if kind == "document":
            await store(b"inhoud", f"{audience}.txt", entry, "text/plain")
        if kind == "action":
            await Action.insert(Action(entry=entry, assignee_role="case_manager", due_on=NOW.date()))
    return Told(dossier, entries)


async def _entrust(cast: Cast, who: str) -> str:
    """Lets Carla see the medical part at the bakery, when the row says so; answers her name."""
    name = who.partition(" ")[0]
    if who != name:
        by = cast.helpers["dirk"].account
        await MedicalDelegation.insert(
            MedicalDelegation(role_holder=cast.carla, employer=cast.bakery, since=NOW, by_account=by)
        )
    return name


@pytest.mark.parametrize("who", TABLE)
async def test_a_timeline_holds_what_its_reader_may_see(
    database: Cast, told: dict[str, Told], who: str
) -> None:
    person = await person_of(database.everyone()[await _entrust(database, who)])
    for place, level in zip(PLACES, TABLE[who], strict=True):
        found = await timeline(person, told[place].id, now=NOW, limit=50)
        assert {entry["id"] for entry in found} == told[place].seen_with(level), place


@pytest.mark.parametrize("who", TABLE)
async def test_every_address_is_there_or_not(
    database: Cast, told: dict[str, Told], client_of: Client, who: str
) -> None:
    client = await client_of(database.everyone()[await _entrust(database, who)])
    for place, level in zip(PLACES, TABLE[who], strict=True):
        dossier, seen = told[place], told[place].seen_with(level)
        is_there = 200 if level != NOTHING else 404
        answer = await client.get(f"/dossiers/{dossier.id}")
        assert answer.status_code == is_there
        assert len(re.findall(r'id="entry-', answer.text)) == len(seen)
        assert ("medical" in answer.text) == (level == ALL), "not a word, and no count, of what is medical"
        if level != NOTHING and who != place:
            assert len(re.findall(r'class="entry \w+ is-new"', answer.text)) == len(seen)
            assert "data-badge" not in answer.text, "the app's icon counts what is new in one's own"
        older = await client.get(f"/dossiers/{dossier.id}/entries?before=9999999999999999.{new_id().hex}")
        assert older.status_code == is_there
        assert ("medical" in older.text) == (level == ALL)
        for (kind, _audience), entry in dossier.entries.items():
            note = await client.get(f"/dossiers/{dossier.id}/notes/{entry}")
            written = kind in ("note", "advice", "problem_analysis")
            assert note.status_code == (200 if written and entry in seen else 404)
            for address in (f"/documents/{entry}", f"/dossiers/{dossier.id}/documents/{entry}"):
                document = await client.get(address)
                assert document.status_code == (200 if kind == "document" and entry in seen else 404)
            for word in ("notes", "documents", "advice"):
                address = f"/dossiers/{dossier.id}/{word}/{entry}/correction"
                assert (await client.get(address)).status_code == 404, "only who wrote it corrects it"
        until = await client.post(f"/dossiers/{dossier.id}/seen", data={"until": "1"})
        assert until.status_code == (303 if level != NOTHING else 404)


@pytest.mark.parametrize("who", ["anna", "bram", "dirk", "daan"])
async def test_whoever_opens_anothers_is_written_down_for_them(
    database: Cast, told: dict[str, Told], client_of: Client, who: str
) -> None:
    client = await client_of(database.everyone()[who])
    one = told["anna"]
    medical = [one.entries["note", "medical"], one.entries["document", "medical"]]
    for _twice in range(2):
        await client.get(f"/dossiers/{one.id}")
        await client.get(f"/dossiers/{one.id}/notes/{medical[0]}")
        await client.get(f"/documents/{medical[1]}")
    rows = await fetch("SELECT * FROM access_log_line WHERE at > $1 ORDER BY id", NOW)
    lines = [(row["what"], row["subject"]) for row in rows]
    seen = [("dossier", one.id), ("note", medical[0]), ("document", medical[1])]
    assert lines == {"anna": [], "daan": [], "bram": seen[:1], "dirk": seen}[who]
    for row in rows:
        assert row["employment"] == database.anna.employment
        assert row["viewer"] == database.everyone()[who].account
        assert row["viewer_role"] == {"bram": "manager", "dirk": "company_doctor"}[who]
    log = (await (await client_of(database.anna, confirmed=True)).get("/account/access-log")).text
    assert log.count("Bekeek je dossier") == len([line for line in lines if line[0] == "dossier"])


async def test_a_role_that_ended_sees_nothing(
    database: Cast, told: dict[str, Told], client_of: Client
) -> None:
    await execute("UPDATE role_holder SET ended_on = $1", clock.now().date())
    for who in ("bram", "carla", "dirk"):
        client = await client_of(database.everyone()[who])
        assert (await client.get(f"/dossiers/{told['anna'].id}")).status_code == 404
