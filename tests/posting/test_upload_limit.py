"""How often somebody may send files, and what a script is told of each file."""

from __future__ import annotations

import pytest

from backend.dossier.pages import uploading
from backend.foundation.database import fetch_value
from backend.limits.take import Limit
from backend.settings import Settings
from tests.cast import Cast
from tests.conftest import Client
from tests.posting.conftest import Dossiers, entries, held, keyed
from tests.posting.test_upload import JSON, several
from tests.uploads.hostile import HOSTILE
from tests.uploads.samples import pdf


@pytest.fixture
def twice(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two forms an hour."""
    monkeypatch.setattr(uploading, "UPLOADS", (Limit(2, 3600),))


async def test_who_sends_too_often_waits_and_loses_no_words(
    twice: None, database: Cast, dossiers: Dossiers, client_of: Client, settings: Settings
) -> None:
    bram, path = await client_of(database.bram), f"/dossiers/{dossiers.anna}/documents"
    for _ in range(2):
        assert (await bram.post(path, data=keyed({}), files=several(("a.pdf", pdf())))).status_code == 303
    form = keyed({"title": "Plan", "body": "Lees dit."})
    answer = await bram.post(path, data=form, files=several(("b.pdf", pdf())))
    assert answer.status_code == 429
    assert "Verstuur ze over 60 minuten opnieuw." in answer.text, "an hour, as the limit says"
    assert answer.headers["retry-after"] == "3600"
    assert 'value="Plan"' in answer.text and "Lees dit." in answer.text
    told = await bram.post(path, data=form, files=several(("b.pdf", pdf())), headers=JSON)
    assert told.status_code == 429
    assert "over 60 minuten" in told.json()["message"]
    assert len(await entries(dossiers.anna, "document")) == len(held(settings)) == 2


async def test_one_person_s_limit_is_not_another_s(
    twice: None, database: Cast, dossiers: Dossiers, client_of: Client
) -> None:
    bram, carla = await client_of(database.bram), await client_of(database.helpers["carla"])
    path = f"/dossiers/{dossiers.anna}/documents"
    codes = [
        (await who.post(path, data=keyed({}), files=several(("a.pdf", pdf())))).status_code
        for who in (bram, bram, bram, carla)
    ]
    assert codes == [303, 303, 429, 303]


async def test_what_was_refused_counts_too(
    twice: None, database: Cast, dossiers: Dossiers, client_of: Client
) -> None:
    bram, path = await client_of(database.bram), f"/dossiers/{dossiers.anna}/documents"
    bad = several(("macro.docm", HOSTILE["macro.docm"][0]))
    codes = [(await bram.post(path, data=keyed({}), files=bad)).status_code for _ in range(3)]
    assert codes == [422, 422, 429]


async def test_a_script_is_told_which_file_is_wrong(
    database: Cast, dossiers: Dossiers, client_of: Client
) -> None:
    bram, path = await client_of(database.bram), f"/dossiers/{dossiers.anna}/documents"
    files = several(("leeg.pdf", b""), ("goed.pdf", pdf()), ("macro.docm", HOSTILE["macro.docm"][0]))
    told = (await bram.post(path, data=keyed({}), files=files, headers=JSON)).json()
    assert told["files"] == [0, 2]
    assert ["leeg.pdf" in told["problems"][0], "macro.docm" in told["problems"][1]] == [True, True]
    none = (await bram.post(path, data=keyed({}), files=several(("", b"")), headers=JSON)).json()
    assert none["files"] == [None]


async def test_a_script_that_is_signed_out_is_told_so_and_not_led_away(
    database: Cast, dossiers: Dossiers, client_of: Client
) -> None:
    bram = await client_of(database.bram)
    sheet = f"/dossiers/{dossiers.anna}/new/note"
    assert (await bram.head(sheet, headers=JSON)).status_code == 200
    bram.cookies.clear()
    assert (await bram.head(sheet, headers=JSON)).status_code == 401
    draft = await bram.post(f"/dossiers/{dossiers.anna}/drafts/note", data=keyed({"body": "x"}), headers=JSON)
    assert draft.status_code == 401
    assert await fetch_value("SELECT count(*) FROM draft") == 0


LIST = "/caseload?dossier=1&q=anna"


async def test_who_writes_beside_a_list_goes_back_to_it(
    database: Cast, dossiers: Dossiers, client_of: Client
) -> None:
    carla, path = await client_of(database.helpers["carla"]), f"/dossiers/{dossiers.anna}"
    sheet = await carla.get(f"{path}/new/note", params={"back": LIST})
    assert 'name="back" value="/caseload?dossier=1&amp;q=anna"' in sheet.text
    note = {"kind": "other", "body": "Gebeld.", "back": LIST}
    assert (await carla.post(f"{path}/notes", data=keyed(note))).headers["location"] == LIST
    wrong = await carla.post(f"{path}/notes", data=keyed(note | {"body": ""}))
    assert wrong.status_code == 422 and 'value="/caseload?dossier=1&amp;q=anna"' in wrong.text
    file = several(("a.pdf", pdf()))
    answer = await carla.post(f"{path}/documents", data=keyed({"back": LIST}), files=file)
    assert answer.headers["location"] == LIST


@pytest.mark.parametrize(
    "elsewhere",
    ["https://elsewhere.example", "//elsewhere.example", "/account", "/caseload?\r\nX: y", "/caseload?é", ""],
)
async def test_no_sheet_leads_anywhere_else(
    database: Cast, dossiers: Dossiers, client_of: Client, elsewhere: str
) -> None:
    carla, path = await client_of(database.helpers["carla"]), f"/dossiers/{dossiers.anna}"
    sheet = await carla.get(f"{path}/new/note", params={"back": elsewhere})
    assert 'name="back"' not in sheet.text
    note = keyed({"kind": "other", "body": "Gebeld.", "back": elsewhere})
    location = (await carla.post(f"{path}/notes", data=note)).headers["location"]
    assert location.startswith(f"{path}#entry-")
