"""Only its writer reads a draft, and publishing ends it; what a correction replaced stays readable."""

from __future__ import annotations

from uuid import UUID

from backend.foundation.database import execute, fetch_value
from tests.cast import Cast
from tests.conftest import Client
from tests.posting.conftest import (
    ACTION,
    ADVICE,
    MEDICAL,
    NOTE,
    Dossiers,
    entries,
    entrust,
    keyed,
)
from tests.posting.test_upload import several
from tests.uploads.samples import pdf


async def test_an_empty_sheet_leaves_no_draft_and_takes_the_earlier_one_away(
    database: Cast, dossiers: Dossiers, client_of: Client
) -> None:
    dirk, path = await client_of(database.helpers["dirk"]), f"/dossiers/{dossiers.anna}"
    for kind, field, chosen in (
        ("note", "body", {"kind": "phone_call", "audience": "shared"}),
        ("advice", "can", {}),
        ("problem-analysis", "medical", {}),
    ):
        for text, kept in (("", 0), ("Nog niet af", 1), ("", 0)):
            form = keyed({**chosen, field: text})
            answer = await dirk.post(
                f"{path}/drafts/{kind}", data=form, headers={"Accept": "application/json"}
            )
            assert bool(answer.json()["message"]) == bool(kept)
            assert await fetch_value("SELECT count(*) FROM draft") == kept


async def test_a_draft_is_kept_and_seen_by_its_writer_alone(
    database: Cast, dossiers: Dossiers, client_of: Client
) -> None:
    bram, path = await client_of(database.bram), f"/dossiers/{dossiers.anna}"
    half = NOTE | {"title": "", "body": "Nog niet af", "kind": "agreement"}
    answer = await bram.post(f"{path}/drafts/note", data=keyed(half), headers={"Accept": "application/json"})
    assert answer.status_code == 201 or answer.status_code == 200
    assert "Concept bewaard om" in answer.text
    await bram.post(f"{path}/drafts/note", data=keyed(half | {"body": "Bijna af"}))
    assert await fetch_value("SELECT count(*) FROM draft") == 1
    sheet = (await bram.get(f"{path}/new/note")).text
    assert "Bijna af" in sheet and 'value="agreement" checked' in sheet
    assert "concept" in (await bram.get(path)).text
    for who in ("anna", "carla", "dirk"):
        client = await client_of(database.everyone()[who])
        for address in (path, f"{path}/new/note"):
            page = (await client.get(address)).text
            assert "Bijna af" not in page, who
            assert "<small>concept</small>" not in page, who


async def test_a_draft_keeps_what_is_too_long_to_publish(
    database: Cast, dossiers: Dossiers, client_of: Client
) -> None:
    bram, path = await client_of(database.bram), f"/dossiers/{dossiers.anna}"
    body = "woord " * 2000 + "slot"
    form = keyed(NOTE | {"body": body})
    answer = await bram.post(f"{path}/drafts/note", data=form, headers={"Accept": "application/json"})
    assert "Concept bewaard om" in answer.text
    sheet = (await bram.get(f"{path}/new/note")).text
    assert body in sheet
    refused = await bram.post(f"{path}/notes", data=form)
    assert refused.status_code == 422 and body in refused.text


async def test_publishing_takes_the_draft_away_and_a_late_one_leaves_none(
    database: Cast, dossiers: Dossiers, client_of: Client
) -> None:
    bram, path, form = await client_of(database.bram), f"/dossiers/{dossiers.anna}", keyed(NOTE)
    await bram.post(f"{path}/drafts/note", data=form)
    await bram.post(f"{path}/notes", data=form)
    assert await fetch_value("SELECT count(*) FROM draft") == 0
    await bram.post(f"{path}/drafts/note", data=form)
    assert await fetch_value("SELECT count(*) FROM draft") == 0


async def test_a_draft_can_be_thrown_away(database: Cast, dossiers: Dossiers, client_of: Client) -> None:
    bram, carla = await client_of(database.bram), await client_of(database.helpers["carla"])
    path = f"/dossiers/{dossiers.anna}/drafts/note"
    for client in (bram, carla):
        await client.post(path, data=keyed(NOTE))
    await bram.post(f"{path}/removal")
    assert await fetch_value("SELECT author FROM draft") == database.helpers["carla"].account


async def test_an_advice_in_the_making_is_kept_with_all_its_parts(
    database: Cast, dossiers: Dossiers, client_of: Client
) -> None:
    dirk, path = await client_of(database.helpers["dirk"]), f"/dossiers/{dossiers.anna}"
    for kind, form in (("advice", ADVICE), ("problem-analysis", ADVICE | {"medical": MEDICAL})):
        await dirk.post(f"{path}/drafts/{kind}", data=keyed(form))
        sheet = (await dirk.get(f"{path}/new/{kind}")).text
        for text in form.values():
            assert text in sheet
    assert await fetch_value("SELECT count(*) FROM draft") == 2


async def note_of(bram: object, dossiers: Dossiers) -> UUID:
    await bram.post(f"/dossiers/{dossiers.anna}/notes", data=keyed(NOTE))  # type: ignore[attr-defined]
    (note,) = await entries(dossiers.anna, "note")
    id: UUID = note["id"]
    return id


async def test_a_correction_keeps_the_earlier_text_readable(
    database: Cast, dossiers: Dossiers, client_of: Client
) -> None:
    bram, anna = await client_of(database.bram), await client_of(database.anna)
    note = await note_of(bram, dossiers)
    path = f"/dossiers/{dossiers.anna}/notes/{note}"
    assert "Vier uur per dag." in (await bram.get(f"{path}/correction")).text
    for body in ("Drie uur per dag.", "Twee uur per dag."):
        answer = await bram.post(f"{path}/correction", data=keyed({"title": "Gesprek", "body": body}))
        assert answer.headers["location"] == path
    timeline = (await anna.get(f"/dossiers/{dossiers.anna}")).text
    assert "Twee uur per dag." in timeline and "aangepast op" in timeline
    assert "Drie uur per dag." not in timeline
    page = (await anna.get(path)).text
    texts = ("Twee uur per dag.", "Drie uur per dag.", "Vier uur per dag.")
    assert sorted(texts, key=page.index) == list(texts)
    assert "Notitie aanpassen" not in page
    assert "Notitie aanpassen" in (await bram.get(path)).text
    assert len(await entries(dossiers.anna, "note")) == 1


async def test_only_the_writer_corrects_and_only_while_they_help(
    database: Cast, dossiers: Dossiers, client_of: Client
) -> None:
    bram = await client_of(database.bram)
    note = await note_of(bram, dossiers)
    path, form = f"/dossiers/{dossiers.anna}/notes/{note}/correction", {"title": "", "body": "Anders"}
    for who in ("anna", "carla", "dirk", "hanna", "wim", "lars", "ada"):
        client = await client_of(database.everyone()[who])
        assert (await client.get(path)).status_code == 404, who
        assert (await client.post(path, data=keyed(form))).status_code == 404, who
    await execute("UPDATE employment SET manager = NULL WHERE id = $1", database.anna.employment)
    assert (await bram.post(path, data=keyed(form))).status_code == 404
    assert await fetch_value("SELECT count(*) FROM correction") == 0


async def test_a_correction_that_changes_nothing_is_none(
    database: Cast, dossiers: Dossiers, client_of: Client
) -> None:
    bram = await client_of(database.bram)
    note = await note_of(bram, dossiers)
    path = f"/dossiers/{dossiers.anna}/notes/{note}/correction"
    form = keyed({"title": NOTE["title"], "body": NOTE["body"]})
    answer = await bram.post(path, data=form)
    assert answer.status_code == 422
    assert "Er is nog niets veranderd." in answer.text


async def test_a_correction_in_the_making_is_kept_for_its_note_and_seen_by_its_writer_alone(
    database: Cast, dossiers: Dossiers, client_of: Client
) -> None:
    bram, path = await client_of(database.bram), f"/dossiers/{dossiers.anna}"
    for body in ("Eerste notitie", "Tweede notitie"):
        await bram.post(f"{path}/notes", data=keyed(NOTE | {"body": body}))
    first, second = (f"{path}/notes/{row['id']}" for row in await entries(dossiers.anna, "note"))
    form = keyed({"title": "Gesprek", "body": "Halverwege verbeterd"})
    told = await bram.post(f"{first}/correction/draft", data=form, headers={"Accept": "application/json"})
    assert "Concept bewaard om" in told.json()["message"]
    assert "Halverwege verbeterd" in (await bram.get(f"{first}/correction")).text
    assert "Tweede notitie" in (await bram.get(f"{second}/correction")).text
    for who in ("anna", "carla", "dirk"):
        client = await client_of(database.everyone()[who])
        assert "Halverwege" not in (await client.get(first)).text
        assert (await client.post(f"{first}/correction/draft", data=form)).status_code == 404
    assert (await bram.post(f"{first}/correction", data=form)).status_code == 303
    assert await fetch_value("SELECT count(*) FROM draft") == 0
    plain = await bram.post(f"{second}/correction/draft", data=keyed({"body": "Weg ermee"}))
    assert plain.headers["location"] == f"{second}/correction"
    assert (await bram.post(f"{second}/correction/draft/removal")).headers["location"] == second
    assert await fetch_value("SELECT count(*) FROM draft") == 0


async def test_an_action_in_the_making_is_kept_as_it_was_typed_until_it_is_published(
    database: Cast, dossiers: Dossiers, client_of: Client
) -> None:
    bram, path = await client_of(database.bram), f"/dossiers/{dossiers.anna}"
    half = ACTION | {"what": "Bellen over vrijdag", "assignee": str(database.carla), "due_on": "31-31"}
    told = await bram.post(f"{path}/drafts/action", data=keyed(half), headers={"Accept": "application/json"})
    assert "Concept bewaard om" in told.json()["message"]
    sheet = (await bram.get(f"{path}/new/action")).text
    assert "Bellen over vrijdag" in sheet and 'value="31-31"' in sheet
    assert f'value="{database.carla}" checked' in sheet
    assert "concept" in (await bram.get(path)).text
    assert (
        "over vrijdag"
        not in (await (await client_of(database.helpers["carla"])).get(f"{path}/new/action")).text
    )
    day = await bram.post(f"{path}/drafts/action", data=keyed(ACTION | {"what": "Bellen"}))
    assert day.headers["location"] == f"{path}/new/action"
    assert f'value="{ACTION["due_on"]}"' in (await bram.get(f"{path}/new/action")).text
    form = keyed(ACTION)
    assert (await bram.post(f"{path}/actions", data=form)).status_code == 303
    await bram.post(f"{path}/drafts/action", data=form)
    assert await fetch_value("SELECT count(*) FROM draft") == 0
    chosen = keyed({"what": "", "assignee": "employee", "due_on": ACTION["due_on"], "explanation": ""})
    await bram.post(f"{path}/drafts/action", data=chosen)
    assert await fetch_value("SELECT count(*) FROM draft") == 0, "what is only chosen is no loss"


async def test_what_goes_along_with_files_is_kept_and_ends_when_they_are_sent(
    database: Cast, dossiers: Dossiers, client_of: Client
) -> None:
    dirk, path = await client_of(database.helpers["dirk"]), f"/dossiers/{dossiers.anna}"
    half = keyed({"title": "Plan", "body": "Lees dit", "audience": "medical", "files": "plan.pdf"})
    assert (await dirk.post(f"{path}/drafts/document", data=half)).headers[
        "location"
    ] == f"{path}/new/document"
    sheet = (await dirk.get(f"{path}/new/document")).text
    assert 'value="Plan"' in sheet and "Lees dit" in sheet and 'value="medical" checked' in sheet
    assert "Dit is je concept. Alleen jij ziet het." in sheet
    for who in ("bram", "carla"):
        assert (
            "Lees dit"
            not in (await (await client_of(database.everyone()[who])).get(f"{path}/new/document")).text
        )
    assert (
        await (await client_of(database.anna)).post(f"{path}/drafts/document", data=half)
    ).status_code == 404
    files = several(("plan.pdf", pdf()))
    assert (await dirk.post(f"{path}/documents", data=half, files=files)).status_code == 303
    assert await fetch_value("SELECT count(*) FROM draft") == 0
    await dirk.post(f"{path}/drafts/document", data=keyed({"title": "Nog een"}))
    await dirk.post(f"{path}/drafts/document/removal")
    assert await fetch_value("SELECT count(*) FROM draft") == 0


async def test_a_draft_for_the_medical_side_is_asked_anew_who_may_read_it(
    database: Cast, dossiers: Dossiers, client_of: Client
) -> None:
    await entrust(database)
    carla, path = await client_of(database.helpers["carla"]), f"/dossiers/{dossiers.anna}"
    await carla.post(f"{path}/drafts/document", data=keyed({"body": "Brief", "audience": "medical"}))
    await execute("DELETE FROM medical_delegation")
    sheet = (await carla.get(f"{path}/new/document")).text
    assert "Brief" in sheet and "Je schrijft in dit dossier niet meer voor de medische kant." in sheet


async def test_a_draft_of_an_action_keeps_whom_it_was_offered_and_nothing_else(
    database: Cast, dossiers: Dossiers, client_of: Client
) -> None:
    bram, path = await client_of(database.bram), f"/dossiers/{dossiers.anna}/drafts/action"
    for given, kept in (("employee", "employee"), ("a\x00b", ""), ("nobody", "")):
        answer = await bram.post(path, data=keyed(ACTION | {"assignee": given}))
        assert answer.status_code == 303
        assert await fetch_value("SELECT fields->>'assignee' FROM draft") == kept
