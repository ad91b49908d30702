"""Anna's dossier with one entry of every kind, and a file store to read its document from."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

import pytest

from backend.dossier.lifecycle import open_dossier
from backend.dossier.publish import publish
from backend.dossier.tables import Action, Document
from backend.gateways import files
from backend.settings import Settings
from tests.cast import NOW, Cast, person_of

LONG = "Een lange notitie met veel woorden. " * 30
CONTENT = bytes(range(256)) * 2000


@dataclass(frozen=True)
class Filled:
    """Anna's dossier, and its entries by kind."""

    id: UUID
    entries: dict[str, UUID]


async def store(content: bytes, filename: str, entry: UUID, content_type: str = "application/pdf") -> None:
    """Keeps a file as the document of an entry."""

    async def pieces() -> AsyncIterator[bytes]:
        for start in range(0, len(content), 100_000):
            yield content[start : start + 100_000]

    kept = await files.files().store(pieces())
    await Document.insert(
        Document(
            entry=entry, filename=filename, content_type=content_type, size=kept.size,
            stored_as=kept.stored_as, key=kept.key,
        )
    )  # fmt: skip


@pytest.fixture
async def filled(database: Cast, settings: Settings) -> Filled:
    """One entry of each kind, an hour apart, the report first."""
    files.use(settings.files_url)
    anna = await person_of(database.anna)
    assert database.anna.employment
    dossier = await open_dossier(database.anna.employment, date(2026, 11, 2), now=at(0))
    bram = {"author_name": "Bram Bos", "author_role": "manager"}
    report = {"first_sick_day": date(2026, 11, 2), "worked_hours": "3.50", "composite": True}
    entries = {
        "report": await publish(dossier, "report", now=at(0), author=anna, facts=report),
        "note": await publish(dossier, "note", now=at(1), title="Verslag", body="Kort gebeld.", **bram),
        "long": await publish(dossier, "note", now=at(2), title="Kennismaking", body=LONG, **bram),
        "medical": await publish(
            dossier, "note", now=at(3), title="Spreekuur", body="Besproken.", author_name="Dokter Dirks",
            author_role="company_doctor", audience="medical",
        ),
        "document": await publish(dossier, "document", now=at(4), title="Brief", body="Lees maar.", **bram),
        "action": await publish(dossier, "action", now=at(5), title="Bellen", **bram),
        "partial_recovery": await publish(
            dossier, "partial_recovery", now=at(6), author=anna, body="Drie ochtenden.",
            facts={"starts_on": date(2026, 11, 9), "hours_a_week": "12"},
        ),
        "change": await publish(dossier, "change", now=at(7), title="Uren bevestigd", **bram),
        "recovery": await publish(
            dossier, "recovery", now=at(8), author=anna, facts={"recovered_on": date(2026, 11, 16)}
        ),
    }  # fmt: skip
    await store(CONTENT, 'Één brief "voor" jou.pdf', entries["document"])
    await Action.insert(
        Action(
            entry=entries["action"], assignee=database.bram_as_manager, assignee_role="manager",
            due_on=date(2026, 11, 10),
        )
    )  # fmt: skip
    return Filled(dossier, entries)


def at(hours: int) -> datetime:
    """So many hours after the sick report."""
    return NOW - timedelta(days=14) + timedelta(hours=hours)
