"""Documents on their way into a dossier: together or not at all, and never half."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from backend.dossier import post_document
from backend.foundation.database import fetch, fetch_value
from backend.gateways import virus_scan
from backend.settings import Settings
from tests.cast import Cast
from tests.conftest import Client
from tests.posting.conftest import Dossiers, entries, held, keyed
from tests.uploads.clamd import clamd
from tests.uploads.hostile import EICAR, HOSTILE
from tests.uploads.samples import SECRET, jpeg, office, pdf

JSON = {"Accept": "application/json"}


def several(*files: tuple[str, bytes]) -> list[Any]:
    return [("files", (name, content, "application/octet-stream")) for name, content in files]


async def test_several_files_come_in_at_once(
    database: Cast, dossiers: Dossiers, client_of: Client, settings: Settings
) -> None:
    bram, anna = await client_of(database.bram), await client_of(database.anna)
    answer = await bram.post(
        f"/dossiers/{dossiers.anna}/documents",
        data=keyed({"title": "", "body": "Lees dit eerst."}),
        files=several(("Plan van aanpak.docx", office()), ("foto.jpg", jpeg()), ("brief.exe", pdf())),
    )
    assert answer.status_code == 303
    rows = await fetch(
        "SELECT e.id, e.title, e.body, f.filename FROM entry e JOIN document f ON f.entry = e.id"
        " ORDER BY e.published_at DESC, e.id DESC"
    )
    assert [(row["title"], row["body"], row["filename"]) for row in rows] == [
        ("Plan van aanpak", "Lees dit eerst.", "Plan van aanpak.docx"),
        ("foto", "", "foto.jpg"),
        ("brief.exe", "", "brief.exe.pdf"),
    ]
    assert answer.headers["location"].endswith(f"#entry-{rows[0]['id']}")
    assert len(held(settings)) == 3
    assert await fetch_value("SELECT count(*) FROM message") == 1
    photo = await anna.get(f"/documents/{rows[1]['id']}")
    assert photo.headers["content-type"] == "image/jpeg"
    assert photo.headers["content-disposition"].startswith("attachment")
    assert photo.headers["x-content-type-options"] == "nosniff"
    assert SECRET not in photo.content


async def test_one_refused_file_keeps_all_out_and_says_which(
    database: Cast, dossiers: Dossiers, client_of: Client, settings: Settings
) -> None:
    bram = await client_of(database.bram)
    files = several(("goed.pdf", pdf()), ("macro.docm", HOSTILE["macro.docm"][0]), ("leeg.pdf", b""))
    form = keyed({"title": "Brieven", "body": "Erbij"})
    path = f"/dossiers/{dossiers.anna}/documents"
    answer = await bram.post(path, data=form, files=files)
    assert answer.status_code == 422
    assert "In “macro.docm” zitten macro’s" in answer.text
    assert "“leeg.pdf” is leeg" in answer.text
    assert "Brieven" in answer.text and "Erbij" in answer.text
    told = await bram.post(path, data=form, files=files, headers=JSON)
    assert told.status_code == 422
    assert len(told.json()["problems"]) == 2
    assert not held(settings)
    assert not await entries(dossiers.anna, "document")


@pytest.mark.parametrize("name", sorted(HOSTILE)[::9])
async def test_a_hostile_file_is_refused_with_its_words_on_the_page(
    database: Cast, dossiers: Dossiers, client_of: Client, settings: Settings, name: str
) -> None:
    bram = await client_of(database.bram)
    path = f"/dossiers/{dossiers.anna}/documents"
    answer = await bram.post(path, data=keyed({}), files=several((name, HOSTILE[name][0])))
    assert answer.status_code == 422
    assert f"“{name}”" in answer.text
    assert not held(settings)


async def test_without_a_file_one_is_asked_for(database: Cast, dossiers: Dossiers, client_of: Client) -> None:
    bram, path = await client_of(database.bram), f"/dossiers/{dossiers.anna}/documents"
    answer = await bram.post(path, data=keyed({"body": "x"}), files=several(("", b"")))
    assert answer.status_code == 422
    assert "Kies eerst een of meer bestanden." in answer.text
    answer = await bram.post(path, data=keyed({}), files=several(*[(f"{n}.txt", b"x") for n in range(11)]))
    assert "Kies hooguit 10 bestanden tegelijk." in answer.text


@pytest.mark.parametrize("content", [b"", b"request_key=x", b"--x\r\n\r\n"])
async def test_a_body_that_no_browser_sends_is_refused(
    database: Cast, dossiers: Dossiers, client_of: Client, content: bytes
) -> None:
    bram = await client_of(database.bram)
    for kind in ("application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "text/plain"):
        path = f"/dossiers/{dossiers.anna}/documents"
        assert (await bram.post(path, content=content, headers={"Content-Type": kind})).status_code == 400


async def test_the_same_upload_twice_is_one_document(
    database: Cast, dossiers: Dossiers, client_of: Client, settings: Settings
) -> None:
    bram, path, form = await client_of(database.bram), f"/dossiers/{dossiers.anna}/documents", keyed({})
    sent = [bram.post(path, data=form, files=several(("a.pdf", pdf())), headers=JSON) for _ in range(3)]
    answers = await asyncio.gather(*sent)
    assert {answer.status_code for answer in answers} == {200}
    assert len({answer.json()["location"] for answer in answers}) == 1
    assert len(await entries(dossiers.anna, "document")) == len(held(settings)) == 1
    other = await bram.post(path, data=form, files=several(("a.pdf", pdf(head=b"%x\n"))))
    assert other.status_code == 409
    assert len(held(settings)) == 1


async def test_a_virus_and_a_scanner_that_is_away_keep_files_out(
    database: Cast, dossiers: Dossiers, client_of: Client, settings: Settings
) -> None:
    bram, path = await client_of(database.bram), f"/dossiers/{dossiers.anna}/documents"
    async with clamd() as scanner:
        virus_scan.use(scanner.url)
        answer = await bram.post(path, data=keyed({}), files=several(("a.txt", EICAR)))
        assert "zit een virus" in answer.text
        good = await bram.post(path, data=keyed({}), files=several(("a.pdf", pdf())))
        assert good.status_code == 303
    answer = await bram.post(path, data=keyed({}), files=several(("a.pdf", pdf())))
    virus_scan.use("")
    assert answer.status_code == 422
    assert "nu niet op virussen controleren" in answer.text
    assert len(held(settings)) == 1


async def test_a_commit_of_which_nobody_heard_loses_no_file(
    database: Cast, dossiers: Dossiers, client_of: Client, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The row is there but the answer got lost: its file stays, and a second try leads to it."""
    bram, path, form = await client_of(database.bram), f"/dossiers/{dossiers.anna}/documents", keyed({})
    whole = post_document.once

    async def unheard(*args: Any) -> Any:
        await whole(*args)
        raise ConnectionResetError

    with monkeypatch.context() as patched:
        patched.setattr(post_document, "once", unheard)
        answer = await bram.post(path, data=form, files=several(("a.pdf", pdf())))
        assert answer.status_code == 503
    again = await bram.post(path, data=form, files=several(("a.pdf", pdf())))
    assert again.status_code == 303
    (entry,) = await entries(dossiers.anna, "document")
    assert (await bram.get(f"/documents/{entry['id']}")).content == pdf()
    assert len(held(settings)) == 1
