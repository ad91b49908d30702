"""Sanne: sick for weeks, with every kind of entry on her timeline, and two that she has not seen yet."""

from __future__ import annotations

from decimal import Decimal

from backend.demo.papers import pdf, picture, plain
from backend.demo.people import BAKERY
from backend.demo.story import CASE_MANAGER, DOCTOR, MANAGER, PRODUCT, Line, Sickness, Story, Task, begin

SPELL = Sickness(first=38, hours=Decimal("2.5"), phone="+31380000041", expected="een paar weken")

POLICY = pdf(
    "Verzuimbeleid Zoete Broodjes.pdf",
    "Verzuimbeleid",
    "Ben je ziek? Meld je voor je dienst begint, in het portaal of bij je leidinggevende.\n\n"
    "Je leidinggevende belt je op de eerste dag. Jullie spreken af wat er met je werk gebeurt en wanneer"
    " jullie elkaar weer spreken. Je hoeft nooit te vertellen wat je hebt.\n\n"
    "Duurt het langer, dan nodigt de bedrijfsarts je uit. Samen maken jullie een plan om weer aan het werk"
    " te gaan.\n\n"
    "Dit is een verzonnen document voor de demo.",
)
LETTER = pdf(
    "Uitnodiging spreekuur.pdf",
    "Uitnodiging voor het spreekuur",
    "Beste Sanne,\n\nDe bedrijfsarts spreekt je graag op ons kantoor in Zwolle. Neem een geldig"
    " identiteitsbewijs mee. Reiskosten krijg je vergoed.\n\n"
    "Kun je niet komen? Bel je casemanager, dan zoeken we een andere dag.\n\n"
    "Met vriendelijke groet,\nArbodienst Zonnewende\n\nDit is een verzonnen document voor de demo.",
)
AGENDA = plain(
    "Agenda gesprek plan van aanpak.txt",
    "Agenda\n\n1. Hoe gaat het met de uren?\n2. Welk werk lukt, welk werk nog niet?\n"
    "3. Afspraken voor de komende zes weken\n4. Datum van het volgende gesprek\n",
)

WELCOME = (
    "Beste Sanne,\n\n"
    "Ik ben Carolien Visser, je casemanager. Ik begeleid jou en Marijke zolang je ziek bent. In dit dossier"
    " lees je alles wat wij afspreken. Er staat niets in wat jij niet kunt zien.\n\n"
    "Dit kun je van ons verwachten:\n"
    "- Marijke belt je ongeveer een keer per week, op een moment dat jullie samen afspreken.\n"
    "- Na ongeveer zes weken schrijft de bedrijfsarts een probleemanalyse. Daarvoor krijg je een"
    " uitnodiging.\n"
    "- Binnen acht weken maken Marijke en jij samen een plan van aanpak.\n\n"
    "Wat je hebt, hoef je Marijke en mij niet te vertellen. Dat bespreek je alleen met de bedrijfsarts.\n\n"
    "Heb je een vraag? Bel me gerust. Mijn nummer staat op je dashboard.\n\n"
    "Groet,\nCarolien"
)
ADVICE = (
    "Advies na het spreekuur.\n\n"
    "Wat kan: werk dat zittend gedaan kan worden, in blokken van hooguit twee uur, met pauze ertussen."
    " Denk aan de bestellijn, de administratie van de winkel of het inwerken van nieuwe collega's.\n\n"
    "Wat kan nu niet: lang achter elkaar staan, tillen en de vroege dienst.\n\n"
    "Opbouw: begin met drie dagen van vier uur. Breid om de twee weken uit met vier uur, als dat goed gaat."
    " Een hoge kruk achter de werkbank helpt.\n\n"
    "Verwachting: ik verwacht dat Sanne binnen drie maanden weer al haar uren kan werken. Ik spreek haar over"
    " zes weken opnieuw."
)
MEDICAL = (
    "Aantekening bij het spreekuur. Alleen Sanne en de medische kant van de arbodienst lezen dit. Besproken"
    " hoe"
    " de klachten verlopen, wat de huisarts heeft voorgesteld en wat rust geeft. Sanne kan goed aangeven waar"
    " haar grens ligt. Afgesproken dat we over zes weken opnieuw kijken en dat zij eerder belt als het"
    " tegenvalt."
)
CALL = (
    "Sanne en ik hebben gebeld. Fenna neemt deze week haar diensten in de winkel over."
    " Volgende week bellen we weer."
)

LINES = (
    begin(SPELL, "07:12"),
    Line(38, "07:13", "change", PRODUCT, "Carolien Visser begeleidt je als casemanager"),
    Line(38, "09:05", "action", CASE_MANAGER, "Bellen over het werk dat door moet gaan",
         "Marijke belt je om af te spreken wie je diensten overneemt.", task=Task(MANAGER, due=37, done=37)),
    Line(37, "10:30", "note", MANAGER, "Verslag van het gesprek", CALL),
    Line(36, "13:45", "document", MANAGER, "Ons verzuimbeleid",
         "Hierin staat wat je van de bakkerij mag verwachten als je ziek bent.", paper=POLICY),
    Line(34, "11:20", "note", CASE_MANAGER, "Kennismaking en wat je van ons kunt verwachten", WELCOME),
    Line(28, "09:40", "action", CASE_MANAGER, "Kopje koffie op de zaak",
         "Even bijpraten met je collega's, als je dat fijn vindt.", task=Task(MANAGER, due=21, done=20)),
    Line(24, "15:10", "document", CASE_MANAGER, "Uitnodiging voor het spreekuur van de bedrijfsarts",
         "De bedrijfsarts spreekt je graag. Lukt het niet, bel me dan even.", paper=LETTER),
    Line(17, "14:02", "note", DOCTOR, "Aantekening van het spreekuur", MEDICAL, medical=True),
    Line(17, "14:20", "note", DOCTOR, "Advies van de bedrijfsarts", ADVICE),
    Line(14, "16:00", "action", MANAGER, "Gesprek met de ploegleider over het rooster",
         "Niet meer nodig: het rooster is al aangepast.", task=Task(MANAGER, due=12, cancelled=13)),
    Line(12, "12:15", "document", MANAGER, "Foto van je aangepaste werkplek",
         "De hoge kruk staat klaar achter de werkbank.", paper=picture("Werkplek.png")),
    Line(10, "08:30", "partial_recovery", body="Ik begin graag met drie ochtenden aan de bestellijn.",
         facts={"starts_on": 7, "hours_a_week": "12"}),
    Line(9, "09:00", "change", MANAGER, "Je uren zijn bevestigd: 12 uur per week"),
    Line(9, "09:02", "action", CASE_MANAGER, "Samen het plan van aanpak invullen",
         "Jij en Marijke vullen samen het plan in. Ik lees daarna mee.", task=Task(MANAGER, due=2)),
    Line(3, "10:10", "document", CASE_MANAGER, "Agenda voor het gesprek over het plan van aanpak",
         "Kijk er vast naar. Wil je iets toevoegen, dan kan dat.", paper=AGENDA),
    Line(1, "15:35", "note", MANAGER, "Verslag van het gesprek",
         "De ochtenden aan de bestellijn gaan goed. Volgende week kijken we of er een dag bij kan."),
    Line(1, "15:40", "action", MANAGER, "Volgend gesprek over je uren", task=Task(MANAGER, due=-5)),
)  # fmt: skip

STORY = Story(
    "Sanne de Wit", BAKERY, (SPELL,), LINES, seen=2,
    proposal=(7, Decimal(12), "Ik begin graag met drie ochtenden aan de bestellijn."),
    looks=(
        (38, "08:02", MANAGER, "dossier"), (38, "09:01", CASE_MANAGER, "dossier"),
        (34, "11:05", CASE_MANAGER, "dossier"), (18, "16:40", DOCTOR, "dossier"),
        (17, "13:30", DOCTOR, "dossier"), (16, "09:12", MANAGER, "note"), (16, "09:10", MANAGER, "dossier"),
        (10, "10:45", MANAGER, "dossier"), (3, "10:01", CASE_MANAGER, "document"),
        (1, "15:30", MANAGER, "dossier"),
    ),
)  # fmt: skip
