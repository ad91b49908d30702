"""Mohammed: away for most of a year, so that his timeline has to be loaded in parts."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from backend.demo.papers import pdf
from backend.demo.people import BAKERY
from backend.demo.story import CASE_MANAGER, DOCTOR, MANAGER, PRODUCT, Line, Sickness, Story, Task, begin

SPELL = Sickness(first=312)
CALLS = (
    "Mohammed gebeld over het rooster. We bellen over een week weer.",
    "Kort gebeld. Geen nieuws, en dat is goed. Hij komt vrijdag koffie drinken in de bakkerij.",
    "Mohammed was in de bakkerij. De ploeg was blij hem te zien. Volgende week bellen we weer.",
    "Gebeld over zijn uren. Hij wil het rustig opbouwen, en dat is prima.",
)
ADVICE = (
    "Advies na het spreekuur.\n\n"
    "Wat kan: licht werk in de ochtend, met afwisseling tussen zitten en lopen. Bestellingen klaarzetten,"
    " deeg"
    " afwegen en de planning maken passen daarbij.\n\n"
    "Wat kan nu niet: nachtdiensten, tillen boven tien kilo en werken bij de ovens.\n\n"
    "Opbouw: ga pas naar meer uren als de week ervoor goed ging. Ik zie Mohammed over zes weken terug."
)
EVALUATION = (
    "Mohammed, Marijke en ik hebben het plan van aanpak samen doorgenomen.\n\n"
    "Wat ging goed: de ochtenden, het contact met de ploeg en het werk aan de planning.\n"
    "Wat was lastig: twee dagen achter elkaar. We zetten er daarom een rustdag tussen.\n\n"
    "Afspraken: de komende zes weken blijven de uren gelijk. Marijke belt elke maandag. De bedrijfsarts kijkt"
    " over zes weken of er uren bij kunnen."
)


def lines() -> Iterator[Line]:
    """A call every fortnight, an action every third week, and every sixth week the doctor and the plan."""
    yield begin(SPELL, "03:40")
    yield Line(312, "03:41", "change", PRODUCT, "Carolien Visser begeleidt je als casemanager")
    for week in range(1, 44):
        day = SPELL.first - 7 * week
        if week % 2:
            yield Line(
                day, "11:10", "note", MANAGER, "Verslag van het gesprek", CALLS[week // 2 % len(CALLS)]
            )
        if week % 3 == 0:
            yield Line(day, "11:10", "action", CASE_MANAGER, "Bellen over het rooster van de komende weken",
                       task=Task(MANAGER, due=day - 7, done=day - 6 if day > 20 else None))  # fmt: skip
        if week % 6 == 0:
            yield Line(day, "14:30", "note", DOCTOR, "Advies van de bedrijfsarts", ADVICE)
        if week % 6 == 2 and week > 6:
            yield Line(day, "10:00", "note", CASE_MANAGER, "Evaluatie van het plan van aanpak", EVALUATION)
            yield Line(day, "10:05", "document", CASE_MANAGER, "Bijgewerkt plan van aanpak",
                       "Met de afspraken van vandaag erin.",
                       paper=pdf(f"Plan van aanpak week {week}.pdf", "Plan van"
                       " aanpak", EVALUATION))  # fmt: skip
        if week == 9:
            yield Line(day, "09:00", "document", CASE_MANAGER, "Plan van aanpak", "Het plan dat jullie samen"
            " maakten.",
                       paper=pdf("Plan van aanpak.pdf", "Plan van aanpak", EVALUATION))  # fmt: skip
    yield Line(60, "20:15", "partial_recovery", body="Twee ochtenden voelt goed.",
               facts={"starts_on": 56, "hours_a_week": "7.5"})  # fmt: skip
    yield Line(58, "08:50", "change", MANAGER, "Je uren zijn bevestigd: 7,5 uur per week")


STORY = Story(
    "Mohammed Yilmaz", BAKERY, (SPELL,), tuple(sorted(lines(), key=lambda line: (-line.day, line.at))),
    seen=12,
    proposal=(56, Decimal("7.5"), "Twee ochtenden voelt goed."),
    looks=tuple((day, "11:00", MANAGER, "dossier") for day in range(305, 5, -28)),
)  # fmt: skip
