"""Dossiers in which somebody writes, and the forms that they send."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit
from uuid import UUID, uuid4

import pytest

from backend.dossier.lifecycle import open_dossier
from backend.foundation import clock
from backend.foundation.database import execute, fetch
from backend.foundation.tokens import new_id
from backend.gateways import files, virus_scan
from backend.organisations.tables import MedicalDelegation
from backend.settings import Settings
from tests.cast import NOW, Cast

NOTE = {
    "kind": "conversation_report",
    "title": "Gesprek",
    "body": "Vier uur per dag.\n\n- maandag\n- dinsdag",
}
SOON = (clock.now() + timedelta(days=10)).date()
ACTION = {
    "what": "Samen het rooster maken",
    "assignee": "employee",
    "due_on": str(SOON),
    "explanation": "",
}
ADVICE = {
    "can": "Zittend werk", "cannot": "Tillen", "expected_duration": "Zes weken", "adaptations": "Een stoel",
    "percentage": "50 %",
}  # fmt: skip
MEDICAL = "Onderzocht op het spreekuur."


@dataclass(frozen=True)
class Dossiers:
    """One at each place: of Anna, Ilse (other branch), Eva (other employer), Kees (other provider)."""

    anna: UUID
    ilse: UUID
    eva: UUID
    kees: UUID


@pytest.fixture
async def dossiers(database: Cast, settings: Settings) -> AsyncIterator[Dossiers]:
    files.use(settings.files_url)
    virus_scan.use("")
    made = {}
    for name in ("anna", "ilse", "eva", "kees"):
        employment = getattr(database, name).employment
        made[name] = await open_dossier(employment, date(2026, 11, 2), now=NOW)
    yield Dossiers(**made)


def keyed(form: dict[str, Any]) -> dict[str, Any]:
    """The form as filled in once."""
    return {"request_key": str(uuid4()), **form}


async def entries(dossier: UUID, kind: str) -> list[Any]:
    return await fetch("SELECT * FROM entry WHERE dossier = $1 AND kind = $2 ORDER BY id", dossier, kind)


async def entrust(cast: Cast) -> None:
    """Dirk lets Carla see the medical part at the bakery."""
    by = cast.helpers["dirk"].account
    await MedicalDelegation.insert(
        MedicalDelegation(id=new_id(), role_holder=cast.carla, employer=cast.bakery, since=NOW, by_account=by)
    )


async def without_account(dossier: UUID) -> None:
    await execute(
        "UPDATE employment SET account = NULL WHERE id = (SELECT employment FROM dossier WHERE id = $1)",
        dossier,
    )


def held(settings: Settings) -> list[Path]:
    """What the file store holds."""
    folder = Path(unquote(urlsplit(settings.files_url).path))
    return [path for path in folder.rglob("*") if path.is_file()]
