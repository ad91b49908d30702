"""How much somebody may write in a day: what is refused stays on the page, which says when it may go."""

from __future__ import annotations

import asyncio

import pytest

from backend.dossier import count_writing
from backend.foundation.database import fetch_value
from backend.limits.take import Limit
from backend.settings import Settings
from tests.cast import Cast
from tests.conftest import Client
from tests.posting.conftest import ACTION, ADVICE, NOTE, Dossiers, entries, held, keyed
from tests.posting.test_upload import JSON, several
from tests.uploads.hostile import HOSTILE
from tests.uploads.samples import pdf

DAY = 86400
SAID = "Dit staat er nog niet in. Verstuur het over 24 uur."


@pytest.fixture
def once_here(monkeypatch: pytest.MonkeyPatch) -> None:
    """One thing a day in each dossier."""
    monkeypatch.setattr(count_writing, "WRITINGS_HERE", (Limit(1, DAY),))


async def test_who_wrote_too_much_keeps_what_was_typed_and_reads_when_it_may_go(
    once_here: None, database: Cast, dossiers: Dossiers, client_of: Client
) -> None:
    dirk, path = await client_of(database.helpers["dirk"]), f"/dossiers/{dossiers.anna}"
    assert (await dirk.post(f"{path}/notes", data=keyed(NOTE | {"audience": "shared"}))).status_code == 303
    forms = {"notes": NOTE | {"audience": "shared"}, "actions": ACTION, "advice": ADVICE}
    forms["problem-analysis"] = ADVICE | {"medical": "Onderzocht."}
    for where, form in forms.items():
        answer = await dirk.post(f"{path}/{where}", data=keyed(form))
        assert answer.status_code == 429 and answer.headers["retry-after"] == str(DAY), where
        assert SAID in answer.text and "Even wachten" in answer.text, where
        assert "Kijk dit nog even na" not in answer.text, "nothing is to be mended"
        typed = next(text for name, text in form.items() if name in ("body", "what", "can"))
        assert typed.split("\n")[0] in answer.text, where
    told = await dirk.post(f"{path}/notes", data=keyed(NOTE | {"audience": "shared"}), headers=JSON)
    assert told.status_code == 429 and SAID in told.json()["message"]
    assert await fetch_value("SELECT count(*) FROM entry") == 1
    assert await fetch_value("SELECT count(*) FROM message") == 1


async def test_files_count_too_and_none_is_kept(
    once_here: None, database: Cast, dossiers: Dossiers, client_of: Client, settings: Settings
) -> None:
    bram, path = await client_of(database.bram), f"/dossiers/{dossiers.anna}"
    assert (await bram.post(f"{path}/notes", data=keyed(NOTE))).status_code == 303
    form = keyed({"title": "Plan", "body": "Lees dit."})
    answer = await bram.post(f"{path}/documents", data=form, files=several(("a.pdf", pdf())))
    assert answer.status_code == 429 and SAID in answer.text and 'value="Plan"' in answer.text
    assert not held(settings) and not await entries(dossiers.anna, "document")


async def test_a_correction_counts_too(
    once_here: None, database: Cast, dossiers: Dossiers, client_of: Client
) -> None:
    bram, path = await client_of(database.bram), f"/dossiers/{dossiers.anna}"
    await bram.post(f"{path}/notes", data=keyed(NOTE))
    (note,) = await entries(dossiers.anna, "note")
    form = keyed({"title": "Gesprek", "body": "Drie uur per dag."})
    answer = await bram.post(f"{path}/notes/{note['id']}/correction", data=form)
    assert answer.status_code == 429 and "Drie uur per dag." in answer.text
    assert await fetch_value("SELECT count(*) FROM correction") == 0


async def test_what_is_not_filled_in_uses_up_nothing_and_nobody_elses_limit_counts(
    once_here: None, database: Cast, dossiers: Dossiers, client_of: Client
) -> None:
    bram, carla = await client_of(database.bram), await client_of(database.helpers["carla"])
    path = f"/dossiers/{dossiers.anna}/notes"
    for who in (bram, carla):
        assert (await who.post(path, data=keyed(NOTE | {"body": ""}))).status_code == 422
        assert (await who.post(path, data=keyed(NOTE))).status_code == 303
        assert (await who.post(path, data=keyed(NOTE))).status_code == 429
    assert (await carla.post(f"/dossiers/{dossiers.eva}/notes", data=keyed(NOTE))).status_code == 303


async def test_what_is_refused_for_another_reason_uses_up_nothing(
    once_here: None, database: Cast, dossiers: Dossiers, client_of: Client
) -> None:
    bram, path = await client_of(database.bram), f"/dossiers/{dossiers.anna}"
    past = await bram.post(f"{path}/actions", data=keyed(ACTION | {"due_on": "2020-01-01"}))
    assert past.status_code == 422 and "Kies vandaag of een latere dag." in past.text
    bad = several(("macro.docm", HOSTILE["macro.docm"][0]))
    assert (await bram.post(f"{path}/documents", data=keyed({}), files=bad)).status_code == 422
    assert (await bram.post(f"{path}/notes", data=keyed(NOTE))).status_code == 303
    (note,) = await entries(dossiers.anna, "note")
    same = keyed({"title": NOTE["title"], "body": NOTE["body"]})
    answer = await bram.post(f"{path}/notes/{note['id']}/correction", data=same)
    assert answer.status_code == 422 and "Er is nog niets veranderd." in answer.text
    assert await fetch_value("SELECT count(*) FROM attempts WHERE key LIKE 'writing:%'") == 2


async def test_of_twenty_sent_at_once_no_more_come_in_than_may(
    database: Cast, dossiers: Dossiers, client_of: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(count_writing, "WRITINGS_HERE", (Limit(3, DAY),))
    bram, path = await client_of(database.bram), f"/dossiers/{dossiers.anna}"
    sent = await asyncio.gather(*(bram.post(f"{path}/notes", data=keyed(NOTE)) for _ in range(20)))
    assert sorted(one.status_code for one in sent) == [303] * 3 + [429] * 17
    assert len(await entries(dossiers.anna, "note")) == 3
    assert await fetch_value("SELECT count(*) FROM message") == 3


async def test_over_all_dossiers_there_is_a_limit_as_well(
    database: Cast, dossiers: Dossiers, client_of: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(count_writing, "WRITINGS", (Limit(2, DAY),))
    carla = await client_of(database.helpers["carla"])
    codes = [
        (await carla.post(f"/dossiers/{dossier}/notes", data=keyed(NOTE))).status_code
        for dossier in (dossiers.anna, dossiers.ilse, dossiers.eva)
    ]
    assert codes == [303, 303, 429]


async def test_the_same_form_again_is_answered_as_before_and_not_as_too_much(
    once_here: None, database: Cast, dossiers: Dossiers, client_of: Client
) -> None:
    bram, path, form = await client_of(database.bram), f"/dossiers/{dossiers.anna}", keyed(NOTE)
    for _twice in range(2):
        assert (await bram.post(f"{path}/notes", data=form)).status_code == 303, "it stands there"
    assert len(await entries(dossiers.anna, "note")) == 1
