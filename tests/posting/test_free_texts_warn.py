"""Beside everything that is written freely in a dossier stands what to leave out, tied to its field."""

from __future__ import annotations

import pytest

from backend.dossier import advice_forms, forms
from backend.foundation.fields import Form, LongTextField, TextField

NOT_FREE = {"percentage"}
"""Text fields that take nothing but a number."""
WRITTEN = [
    forms.NoteForm, forms.CorrectionForm, forms.LetterForm, forms.DocumentForm, forms.ActionForm,
    advice_forms.AdviceForm, advice_forms.AnalysisForm,
]  # fmt: skip
LEAVE_OUT = ("gezondheid", "wat iemand heeft", "niet de oorzaak", "niet waardoor", "leest dit deel nooit")


@pytest.mark.parametrize("kind", WRITTEN, ids=lambda kind: kind.__name__)
def test_every_free_text_says_what_to_leave_out(kind: type[Form]) -> None:
    texts = [field for field in kind() if isinstance(field, TextField | LongTextField)]
    bare = [
        field.name
        for field in texts
        if field.name not in NOT_FREE and not any(words in str(field.description) for words in LEAVE_OUT)
    ]
    assert texts and not bare
