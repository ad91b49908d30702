"""The sheets on which a writer corrects what they wrote: what each asks, and what it becomes."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from backend.dossier.advice_forms import AdviceForm
from backend.dossier.correct import Reading
from backend.dossier.forms import ActionTextForm, CorrectionForm, LetterForm
from backend.foundation.fields import Form
from backend.foundation.languages import N_


@dataclass(frozen=True, slots=True)
class Correction:
    """One kind of entry as its writer corrects it."""

    kind: str
    form: Callable[..., Form]
    read: Callable[[Any], dict[str, Any]]
    """From the entry's row to what the form shows."""
    reading: Callable[[Any], Reading]
    """From a valid form to how the entry is to read."""
    heading: str
    about: str
    """What becomes of the earlier text."""
    done: str


def _text(row: Any) -> dict[str, Any]:
    return {"title": row["title"], "body": row["body"]}


def _advice(row: Any) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(row["facts"])
    return found


def _as_text(form: Any) -> Reading:
    return Reading(form.title.data or "", form.body.data or "")


def _as_advice(form: AdviceForm) -> Reading:
    return Reading("", "", form.advice().facts())


CORRECTIONS = {
    "notes": Correction(
        "note", CorrectionForm, _text, _as_text, N_("Notitie aanpassen"),
        N_("Wat er eerst stond blijft te lezen. Bij de notitie staat dan dat je die hebt aangepast."),
        N_("Je notitie is aangepast."),
    ),
    "documents": Correction(
        "document", LetterForm, _text, _as_text, N_("Tekst bij document aanpassen"),
        N_("Wat er eerst stond blijft te lezen. Het bestand zelf blijft zoals het is."),
        N_("De tekst bij je document is aangepast."),
    ),
    "actions": Correction(
        "action", ActionTextForm, _text, _as_text, N_("Actie aanpassen"),
        N_("Wat er eerst stond blijft te lezen. Wie de actie doet krijgt er bericht van. Een andere dag of"
           " iemand anders? Trek de actie dan in en maak een nieuwe."),
        N_("De actie is aangepast."),
    ),
    "advice": Correction(
        "advice", AdviceForm, _advice, _as_advice, N_("Advies aanpassen"),
        N_("Wat er eerst stond blijft te lezen. Op de tijdlijn staat dan dat je het advies hebt aangepast."),
        N_("Je advies is aangepast."),
    ),
}  # fmt: skip
"""By the word of the address before the entry (CORRECTED_AT in shown.py)."""
