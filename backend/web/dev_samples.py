"""What the page of components shows of the calendar, of writing in a dossier and of two jobs."""

from __future__ import annotations

from typing import Any
from uuid import UUID

DOSSIER = UUID(int=0)
SCHOOL = {"id": UUID(int=1), "employer_name": "Basisschool De Linde", "job": "juf"}
BAKERY = {"id": UUID(int=2), "employer_name": "Bakkerij Zoete Broodjes", "job": "weekendhulp"}
TWO_JOBS = {"employment": SCHOOL, "employments": [SCHOOL, BAKERY]}


def _step(state: str, label: str, title: str, **more: Any) -> dict[str, Any]:
    """A step of the calendar in one of its states."""
    return {
        "state": state, "state_label": label, "title": title, "when_label": "uiterlijk maandag 7 december",
        "who_label": "Leidinggevende en medewerker", "ground_label": "Wet: Regeling procesgang, artikel 4",
        "text": "Medewerker en leidinggevende schrijven samen op hoe ze het aanpakken.", "reason": "",
        "url": "#step", "again": 0,
    } | more  # fmt: skip


CALENDAR = {
    "gentle": False, "week": 8, "weeks": 104, "note": "", "late": 1,
    "summary": "2 stappen gedaan, 1 te laat, 1 nu te doen",
    "marks": [
        {"week": week, "state": state}
        for week, state in ((1, "done"), (6, "done"), (7, "late"), (8, "open"), (42, "coming"))
    ],
    "now": [
        _step("late", "Te laat", "Probleemanalyse", who_label="Bedrijfsarts"),
        _step("open", "Nu te doen", "Plan van aanpak"),
        _step("coming", "Komt nog", "Evaluatie van het plan van aanpak"),
    ],
    "coming": [_step("coming", "Komt nog", "42e-weeksmelding", url=None)],
    "past": [
        _step("done", "Gedaan op maandag 3 november", "Ziekmelding bij de arbodienst"),
        _step("dropped", "Niet nodig", "Kennismaking", reason="Zij kennen elkaar al."),
    ],
}  # fmt: skip
FILES = [
    ("Uitnodiging voor het spreekuur van de bedrijfsarts.pdf", "240 kB", 60, ""),
    ("macro.docm", "1 kB", 0, "In “macro.docm” zitten macro’s. Kies een ander bestand."),
    ("Foto van het werkrooster.jpg", "3,2 MB", 0, ""),
]
"""Name, size, how much of it was sent in per cent, and what is wrong with it."""
