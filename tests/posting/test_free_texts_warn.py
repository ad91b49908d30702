"""Beside everything that is written freely in a dossier stands what to leave out, tied to its field."""

from __future__ import annotations

import pytest

from backend.dossier import advice_forms, forms
from backend.foundation.fields import Form, LongTextField, TextField
from tests.cast import Cast
from tests.conftest import Client
from tests.posting.conftest import NOTE, Dossiers, entries, entrust, keyed

NOT_FREE = {"percentage"}
"""Text fields that take nothing but a number."""
WRITTEN = [
    forms.NoteForm, forms.CorrectionForm, forms.LetterForm, forms.DocumentForm, forms.ActionForm,
    advice_forms.AdviceForm, advice_forms.AnalysisForm,
]  # fmt: skip
LEAVE_OUT = ("gezondheid", "wat iemand heeft", "niet de oorzaak", "niet waardoor", "leest dit deel nooit")
SHARED_ONLY = "Laat weg wat iemand heeft"
"""What the employer's side reads beside every text."""


@pytest.mark.parametrize("kind", WRITTEN, ids=lambda kind: kind.__name__)
def test_every_free_text_says_what_to_leave_out(kind: type[Form]) -> None:
    texts = [field for field in kind() if isinstance(field, TextField | LongTextField)]
    bare = [
        field.name
        for field in texts
        if field.name not in NOT_FREE and not any(words in str(field.description) for words in LEAVE_OUT)
    ]
    assert texts and not bare


async def test_the_warning_is_true_for_whom_one_writes(
    database: Cast, dossiers: Dossiers, client_of: Client
) -> None:
    await entrust(database)
    for name, medical in {"bram": False, "carla": True, "dirk": True}.items():
        client = await client_of(database.everyone()[name])
        for sheet in ("note", "document"):
            page = (await client.get(f"/dossiers/{dossiers.anna}/new/{sheet}")).text
            assert (SHARED_ONLY in page) is not medical, (name, sheet)
            assert ("Leest alleen de medische kant mee?" in page) is medical, (name, sheet)
            assert medical or "medische" not in page.casefold(), "the employer's side hears nothing of it"
            asked = (await client.get(f"/dossiers/{dossiers.anna}/new/action")).text
            assert SHARED_ONLY in asked, "which everybody reads, whoever writes it"


async def test_who_is_asked_anew_who_reads_it_is_warned_as_the_employers_side(
    database: Cast, dossiers: Dossiers, client_of: Client
) -> None:
    carla = await client_of(database.helpers["carla"])
    sent = keyed(NOTE | {"audience": "medical"})
    page = await carla.post(f"/dossiers/{dossiers.anna}/notes", data=sent)
    assert page.status_code == 422 and SHARED_ONLY in page.text and "Leest alleen" not in page.text


@pytest.mark.parametrize("audience", ["shared", "medical"])
async def test_a_correction_is_warned_by_who_reads_what_is_corrected(
    database: Cast, dossiers: Dossiers, client_of: Client, audience: str
) -> None:
    dirk = await client_of(database.helpers["dirk"])
    await dirk.post(f"/dossiers/{dossiers.anna}/notes", data=keyed(NOTE | {"audience": audience}))
    (note,) = await entries(dossiers.anna, "note")
    address = f"/dossiers/{dossiers.anna}/notes/{note['id']}/correction"
    for page in (await dirk.get(address), await dirk.post(address, data=keyed({"title": "", "body": ""}))):
        assert (SHARED_ONLY in page.text) is (audience == "shared")
        assert ("De werkgever leest dit nooit." in page.text) is (audience == "medical")
