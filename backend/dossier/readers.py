"""Who reads what is written, in words to stand beside it."""

from __future__ import annotations

from typing import Any

from backend.dossier.desk import Desk
from backend.foundation.languages import gettext as _


def readers(desk: Desk, *, medical: bool = False) -> str:
    """The employee always reads everything."""
    if medical:
        return _(
            "%(name)s en de bedrijfsarts lezen dit, en een casemanager aan wie de bedrijfsarts dat toestaat. "
            "De werkgever niet.",
            name=desk.first_name,
        )
    return _(
        "%(name)s, de leidinggevende, de casemanager en de bedrijfsarts lezen dit.", name=desk.first_name
    )


def reading(desk: Desk) -> dict[str, Any]:
    """Both, as the sheets show them."""
    return {"readers": readers(desk), "medical_readers": readers(desk, medical=True)}
