"""A document's text and an advice are corrected like a note: by who wrote them, and nothing is gone."""

from __future__ import annotations

from uuid import UUID

import pytest

from backend.foundation.database import execute, fetch_value
from tests.cast import Cast
from tests.conftest import Client
from tests.posting.conftest import ACTION, ADVICE, MEDICAL, Dossiers, entries, entrust, keyed
from tests.posting.test_upload import several
from tests.sickleave.steps import events, promised
from tests.uploads.samples import pdf

LETTER = {"title": "Rooster", "body": "Bekijk dit."}
ASIDE = ("anna", "bram", "carla", "hanna", "wim", "lars", "lena", "ada")
"""Everybody but the writer of an advice."""


async def advised(dirk: object, dossiers: Dossiers) -> UUID:
    await dirk.post(f"/dossiers/{dossiers.anna}/advice", data=keyed(ADVICE))  # type: ignore[attr-defined]
    (advice,) = await entries(dossiers.anna, "advice")
    id: UUID = advice["id"]
    return id


async def uploaded(who: object, dossiers: Dossiers, **more: str) -> UUID:
    path, files = f"/dossiers/{dossiers.anna}/documents", several(("rooster.pdf", pdf()))
    await who.post(path, data=keyed(LETTER | more), files=files)  # type: ignore[attr-defined]
    (document,) = await entries(dossiers.anna, "document")
    id: UUID = document["id"]
    return id


async def test_a_corrected_advice_says_so_and_the_earlier_one_stays_readable(
    database: Cast, dossiers: Dossiers, client_of: Client
) -> None:
    dirk, anna = await client_of(database.helpers["dirk"]), await client_of(database.anna)
    advice, path = await advised(dirk, dossiers), f"/dossiers/{dossiers.anna}"
    address = f"{path}/advice/{advice}/correction"
    assert address in (await dirk.get(path)).text
    assert address in (await dirk.get(f"{path}/notes/{advice}")).text
    sheet = (await dirk.get(address)).text
    assert all(text in sheet for text in ("Zittend werk", "Tillen", "Zes weken", "Een stoel", 'value="50"'))
    answer = await dirk.post(address, data=keyed(ADVICE | {"can": "Staand werk", "percentage": "40"}))
    assert answer.headers["location"] == f"{path}/notes/{advice}"
    for who in ("anna", "bram", "carla"):
        client = await client_of(database.everyone()[who])
        timeline = (await client.get(path)).text
        assert "Advies van de bedrijfsarts aangepast" in timeline and "aangepast op" in timeline
        assert "Arbeidsongeschikt: 40%. Eerst stond er 50%." in timeline, (
            "as easy to see as one that was given"
        )
        assert "Staand werk" in timeline and "Zittend werk" not in timeline and address not in timeline
    page = (await anna.get(f"{path}/notes/{advice}")).text
    texts = ("Staand werk", "Arbeidsongeschikt: 40%", "Zittend werk", "Arbeidsongeschikt: 50%")
    assert sorted(texts, key=page.index) == list(texts)
    assert "Advies aanpassen" not in page
    assert (await events())[-1] == "advice:corrected"
    told = [subject["entry"] for notice, subject in await promised() if notice == "entry_posted"]
    assert told == [str(advice)] * 2
    assert len(await entries(dossiers.anna, "advice")) == len(await entries(dossiers.anna, "change")) == 1


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("50", "", "Er staat geen percentage meer in. Eerst stond er 50%."),
        ("", "0", "Arbeidsongeschikt: 0%. Eerst stond er geen percentage."),
        ("50", "50", "Wat er eerst stond, is bij het advies te lezen."),
    ],
)
async def test_what_became_of_a_percentage_is_said(
    database: Cast, dossiers: Dossiers, client_of: Client, before: str, after: str, said: str
) -> None:
    dirk, path = await client_of(database.helpers["dirk"]), f"/dossiers/{dossiers.anna}"
    await dirk.post(f"{path}/advice", data=keyed(ADVICE | {"percentage": before}))
    (advice,) = await entries(dossiers.anna, "advice")
    form = keyed(ADVICE | {"percentage": after, "can": "Staand werk"})
    assert (await dirk.post(f"{path}/advice/{advice['id']}/correction", data=form)).status_code == 303
    assert said in (await (await client_of(database.bram)).get(path)).text


async def test_nobody_else_corrects_an_advice_and_nobody_without_a_change(
    database: Cast, dossiers: Dossiers, client_of: Client
) -> None:
    dirk = await client_of(database.helpers["dirk"])
    advice = await advised(dirk, dossiers)
    address = f"/dossiers/{dossiers.anna}/advice/{advice}/correction"
    for who in ASIDE:
        client = await client_of(database.everyone()[who])
        assert (await client.get(address)).status_code == 404, who
        for where in (address, f"{address}/draft"):
            assert (await client.post(where, data=keyed(ADVICE | {"can": "x"}))).status_code == 404, who
    same = await dirk.post(address, data=keyed(ADVICE))
    assert same.status_code == 422 and "Er is nog niets veranderd." in same.text
    wrong = await dirk.post(address, data=keyed(ADVICE | {"percentage": "101"}))
    assert wrong.status_code == 422 and 'value="101"' in wrong.text
    for word in ("notes", "documents"):
        other = f"/dossiers/{dossiers.anna}/{word}/{advice}/correction"
        assert (await dirk.get(other)).status_code == 404
        assert (await dirk.post(other, data=keyed(LETTER))).status_code == 404
    assert (await dirk.get(address.replace(str(dossiers.anna), str(dossiers.ilse)))).status_code == 404
    await execute("UPDATE role_holder SET ended_on = '2026-01-01' WHERE id = $1", database.dirk_as_doctor)
    assert (await dirk.post(address, data=keyed(ADVICE | {"can": "x"}))).status_code == 404
    assert await fetch_value("SELECT count(*) FROM correction") == 0


async def test_the_same_correction_sent_twice_is_one(
    database: Cast, dossiers: Dossiers, client_of: Client
) -> None:
    dirk = await client_of(database.helpers["dirk"])
    address = f"/dossiers/{dossiers.anna}/advice/{await advised(dirk, dossiers)}/correction"
    form = keyed(ADVICE | {"can": "Staand werk"})
    codes = [(await dirk.post(address, data=form)).status_code for _twice in range(2)]
    assert codes == [303, 303]
    assert (await dirk.post(address, data=form | {"can": "Niets"})).status_code == 409
    assert await fetch_value("SELECT count(*) FROM correction") == 1


async def test_what_goes_with_a_document_is_corrected_and_the_file_stays(
    database: Cast, dossiers: Dossiers, client_of: Client
) -> None:
    bram, anna = await client_of(database.bram), await client_of(database.anna)
    document, path = await uploaded(bram, dossiers), f"/dossiers/{dossiers.anna}"
    file = await fetch_value("SELECT stored_as FROM document WHERE entry = $1", document)
    address = f"{path}/documents/{document}/correction"
    assert address in (await bram.get(path)).text and address not in (await anna.get(path)).text
    empty = await bram.post(address, data=keyed({"title": "", "body": "x"}))
    assert empty.status_code == 422 and "Laat de titel niet leeg." in empty.text
    answer = await bram.post(address, data=keyed({"title": "Nieuw rooster", "body": ""}))
    assert answer.headers["location"] == f"{path}/documents/{document}"
    timeline = (await anna.get(path)).text
    assert "Nieuw rooster" in timeline and "Bekijk dit." not in timeline
    assert f'href="{path}/documents/{document}">aangepast op' in timeline
    page = (await anna.get(f"{path}/documents/{document}")).text
    assert "Bekijk dit." in page and "Rooster" in page and f'href="/documents/{document}"' in page
    assert address not in page and address in (await bram.get(f"{path}/documents/{document}")).text
    assert await fetch_value("SELECT stored_as FROM document WHERE entry = $1", document) == file
    assert (await events())[-1] == "document:corrected"
    for who in ("anna", "carla", "dirk", "hanna", "karin"):
        client = await client_of(database.everyone()[who])
        assert (await client.post(address, data=keyed(LETTER))).status_code == 404, who


async def test_a_medical_documents_text_stays_medical(
    database: Cast, dossiers: Dossiers, client_of: Client
) -> None:
    await entrust(database)
    carla, path = await client_of(database.helpers["carla"]), f"/dossiers/{dossiers.anna}"
    document = await uploaded(carla, dossiers, audience="medical", body=MEDICAL)
    address = f"{path}/documents/{document}/correction"
    sheet = (await carla.get(address)).text
    assert "De werkgever niet." in sheet
    await carla.post(address, data=keyed({"title": "Brief", "body": "Anders."}))
    bram, anna = await client_of(database.bram), await client_of(database.anna)
    assert (await bram.get(f"{path}/documents/{document}")).status_code == 404
    assert MEDICAL in (await anna.get(f"{path}/documents/{document}")).text
    await execute("DELETE FROM medical_delegation")
    for where in (address, f"{path}/documents/{document}"):
        assert (await carla.get(where)).status_code == 404
    assert (await carla.post(address, data=keyed({"title": "x", "body": "y"}))).status_code == 404


async def test_a_correction_in_the_making_is_kept_for_each_kind(
    database: Cast, dossiers: Dossiers, client_of: Client
) -> None:
    dirk, path = await client_of(database.helpers["dirk"]), f"/dossiers/{dossiers.anna}"
    advice = f"{path}/advice/{await advised(dirk, dossiers)}/correction"
    document = f"{path}/documents/{await uploaded(dirk, dossiers, audience='shared')}/correction"
    for address, half, left in (
        (advice, ADVICE | {"can": "Halverwege"}, f"{path}/notes/{advice.split('/')[4]}"),
        (document, {"title": "Halverwege", "body": ""}, f"{path}/documents/{document.split('/')[4]}"),
    ):
        assert (await dirk.post(f"{address}/draft", data=keyed(half))).headers["location"] == address
        assert "Halverwege" in (await dirk.get(address)).text
        assert (await dirk.post(f"{address}/draft/removal")).headers["location"] == left
        assert "Halverwege" not in (await dirk.get(address)).text


async def asked(who: object, dossiers: Dossiers, assignee: str = "employee") -> UUID:
    await who.post(f"/dossiers/{dossiers.anna}/actions", data=keyed(ACTION | {"assignee": assignee}))  # type: ignore[attr-defined]
    (action,) = await entries(dossiers.anna, "action")
    id: UUID = action["id"]
    return id


async def test_a_corrected_action_says_so_and_who_does_it_is_told(
    database: Cast, dossiers: Dossiers, client_of: Client
) -> None:
    carla, bram = await client_of(database.helpers["carla"]), await client_of(database.bram)
    action = await asked(carla, dossiers, str(database.bram_as_manager))
    path, address = f"/dossiers/{dossiers.anna}", f"/dossiers/{dossiers.anna}/actions/{action}/correction"
    assert address in (await carla.get(path)).text
    assert ACTION["what"] in (await carla.get(address)).text
    await execute("DELETE FROM message")
    to = {"title": "Samen het rooster maken voor december", "body": "Neem het oude mee."}
    answer = await carla.post(address, data=keyed(to))
    assert answer.headers["location"] == f"{path}/actions/{action}"
    for name in ("anna", "bram", "carla"):
        client = await client_of(database.everyone()[name])
        timeline, alone = (await client.get(path)).text, (await client.get(f"{path}/actions/{action}")).text
        assert (
            to["title"] in timeline and "aangepast op" in timeline and f"{path}/actions/{action}" in timeline
        )
        assert to["body"] in alone and f"<h3>{ACTION['what']}</h3>" in alone
        assert (address in timeline, "Actie aanpassen" in alone) == (name == "carla",) * 2, name
    assert (
        to["title"] in (await bram.get("/to-do")).text
        and to["body"] in (await bram.get(f"/actions/{action}")).text
    )
    assert sorted(notice for notice, _subject in await promised()) == ["entry_for_helper", "entry_posted"]
    assert (await events())[-1] == "action:corrected"


async def test_an_action_is_corrected_by_who_asked_for_it_and_while_it_is_open(
    database: Cast, dossiers: Dossiers, client_of: Client
) -> None:
    bram, to = await client_of(database.bram), keyed({"title": "Iets anders", "body": ""})
    action = await asked(bram, dossiers, str(database.bram_as_manager))
    path = f"/dossiers/{dossiers.anna}"
    address = f"{path}/actions/{action}/correction"
    for name in ("anna", "carla", "dirk", "hanna", "wim", "lars", "ada"):
        other = await client_of(database.everyone()[name])
        assert (await other.get(address)).status_code == 404, name
        assert (await other.post(address, data=to)).status_code == 404, name
    for name in ("hanna", "wim", "lars", "ada"):
        other = await client_of(database.everyone()[name])
        assert (await other.get(f"{path}/actions/{action}")).status_code == 404, name
    empty = await bram.post(address, data=keyed({"title": "", "body": "Toch"}))
    assert empty.status_code == 422 and 'id="title-error"' in empty.text and "Toch" in empty.text
    assert (await bram.post(f"/actions/{action}/done", data=keyed({}))).status_code == 303
    assert address not in (await bram.get(path)).text
    assert "Actie aanpassen" not in (await bram.get(f"{path}/actions/{action}")).text
    late = await bram.post(address, data=to)
    assert late.status_code == 422 and "Deze actie is al afgerond" in late.text and "Iets anders" in late.text
    assert await fetch_value("SELECT count(*) FROM correction") == 0


async def test_a_step_of_the_law_is_nobody_s_to_correct(
    database: Cast, dossiers: Dossiers, client_of: Client
) -> None:
    carla = await client_of(database.helpers["carla"])
    action = await asked(carla, dossiers)
    await execute("UPDATE entry SET author = NULL WHERE id = $1", action)
    await execute("UPDATE action SET term = 'action_plan' WHERE entry = $1", action)
    address = f"/dossiers/{dossiers.anna}/actions/{action}/correction"
    assert (await carla.get(address)).status_code == 404
    assert (await carla.post(address, data=keyed({"title": "x", "body": ""}))).status_code == 404
