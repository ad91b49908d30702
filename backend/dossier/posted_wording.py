"""What people post, in words: what kind of note it is, and a doctor's advice field by field.

Facts: note `note_kind`; advice and the shared part of a problem analysis those of `Advice` (advice.py).
"""

from __future__ import annotations

from datetime import date
from typing import Any

from backend.foundation.languages import N_
from backend.foundation.languages import gettext as _

Facts = dict[str, Any]

NOTE_KINDS = {
    "conversation_report": N_("Verslag van het gesprek"),
    "phone_call": N_("Telefoongesprek"),
    "agreement": N_("Afspraak over het werk"),
    "other": N_("Notitie"),
}


def note_words(facts: Facts, today: date) -> tuple[str, str]:
    """A note without a title is called after its kind."""
    kind = NOTE_KINDS.get(facts.get("note_kind", ""))
    return _(kind) if kind else "", ""


def advice_words(facts: Facts, today: date) -> tuple[str, str]:
    """The advice, part by part."""
    return _("Advies van de bedrijfsarts"), _parts(facts)


def analysis_words(facts: Facts, today: date) -> tuple[str, str]:
    """The shared part has facts; of the medical part the text is all there is."""
    return _("Probleemanalyse: het advies") if facts else _("Probleemanalyse, medisch deel"), _parts(facts)


def _parts(facts: Facts) -> str:
    said = [
        (_("Wat kan wel"), facts.get("can")),
        (_("Wat kan nu niet"), facts.get("cannot")),
        (_("Hoe lang naar verwachting"), facts.get("expected_duration")),
        (_("Wat er nodig is"), facts.get("adaptations")),
    ]
    parts = [f"{label}: {text}" for label, text in said if text]
    if facts.get("percentage") is not None:
        parts.append(_("Arbeidsongeschikt: %(percentage)s%%", percentage=facts["percentage"]))
    return "\n\n".join(parts)
