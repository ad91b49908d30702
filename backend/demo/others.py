"""Everybody else with a dossier: running, just closed, or closed long ago."""

from __future__ import annotations

from decimal import Decimal

from backend.demo.papers import pdf
from backend.demo.people import BAKERY, CARE
from backend.demo.story import CASE_MANAGER, MANAGER, Line, Sickness, Story, Task, begin, end

FIRST, LONGER, AGAIN, SHORT, MISTAKE = (
    Sickness(first=412, recovered=402),
    Sickness(first=290, recovered=262, hours=Decimal(4)),
    Sickness(first=245, recovered=238),
    Sickness(first=150, recovered=146, hours=Decimal("1.75")),
    Sickness(first=66, withdrawn=True),
)
LOTTE, KAREL = Sickness(first=21, recovered=12), Sickness(first=330, recovered=301)
EMILY = Sickness(first=4, phone="+31380000042", expected="until Friday, I think")
LIEN = Sickness(first=19, hours=Decimal("3.5"), phone="+32450000043")
FATIMA = Sickness(first=8)

CALLED = "We hebben gebeld. De ritten zijn verdeeld. Volgende week bellen we weer."

PETER = (
    Story("Peter Kuipers", BAKERY, (FIRST,), (
        begin(FIRST, "05:10"),
        Line(411, "10:00", "note", MANAGER, "Verslag van het gesprek", CALLED),
        end(FIRST, "16:00"),
    )),
    Story("Peter Kuipers", BAKERY, (LONGER, AGAIN), (
        begin(LONGER, "11:45"),
        Line(289, "09:30", "action", CASE_MANAGER, "Bellen over de ritten van deze week",
             task=Task(MANAGER, due=288, done=288)),
        Line(270, "13:20", "note", MANAGER, "Verslag van het gesprek", "Peter wil eind deze maand weer"
        " rijden."),
        end(LONGER, "08:00", told=264),
        begin(AGAIN, "05:30", composite=True),
        Line(244, "12:00", "note", MANAGER, "Verslag van het gesprek", CALLED),
        end(AGAIN, "07:15"),
    )),
    Story("Peter Kuipers", BAKERY, (SHORT,), (begin(SHORT, "07:20"), end(SHORT, "06:55"))),
    Story("Peter Kuipers", BAKERY, (MISTAKE,), (
        begin(MISTAKE, "05:02"),
        Line(66, "05:09", "withdrawal", facts={"first_sick_day": 66}),
    )),
)  # fmt: skip

OTHERS = (
    Story("Lotte Jansen", BAKERY, (LOTTE,), (
        begin(LOTTE, "06:48"),
        Line(21, "06:49", "change", "", "Carolien Visser begeleidt je als casemanager"),
        Line(20, "10:15", "note", MANAGER, "Verslag van het gesprek",
             "Lotte gebeld. De taarten voor het weekend neemt Mees over."),
        Line(14, "09:30", "action", MANAGER, "Bellen over de week waarin je terugkomt",
             task=Task(MANAGER, due=13, done=13)),
        end(LOTTE, "17:05", told=13),
    ), looks=((20, "10:02", MANAGER, "dossier"),)),
    Story("Emily Carter", BAKERY, (EMILY,), (
        begin(EMILY, "06:31"),
        Line(4, "06:32", "change", "", "Carolien Visser is your case manager"),
        Line(3, "11:40", "note", MANAGER, "Our call",
             "Emily and I spoke on the phone. Jasper takes over the wedding cake. We will speak again on"
             " Friday."),
        Line(3, "11:45", "document", MANAGER, "What to expect when you are off sick",
             "A short summary in English of our sickness policy.",
             paper=pdf("Sickness policy.pdf", "When you are off sick",
                       "Report before your shift, in the portal or to your manager.\n\n"
                       "Your manager calls you on the first day, to agree on your work and on when to speak"
                       " again. You never have to say what is wrong.\n\n"
                       "This is a made-up document for the demo.")),
        Line(1, "16:20", "action", CASE_MANAGER, "Call about your shifts next week",
             task=Task(MANAGER, due=-1)),
    ), seen=2, looks=((3, "11:30", MANAGER, "dossier"), (1, "16:15", CASE_MANAGER, "dossier"))),
    Story("Lien Verstraete", CARE, (LIEN,), (
        begin(LIEN, "10:30"),
        Line(18, "14:00", "note", MANAGER, "Verslag van het gesprek",
             "Lien gebeld. Haar bewoners zijn verdeeld over de ploeg. Ze krijgen allemaal een kaartje van"
             " haar."),
        Line(12, "09:15", "action", CASE_MANAGER, "Contactmoment na twee weken",
             task=Task(MANAGER, due=5, done=6)),
        Line(6, "13:10", "partial_recovery", body="Halve dagen op de dagzaal.",
             facts={"starts_on": 3, "hours_a_week": "15"}),
    ), proposal=(3, Decimal(15), "Halve dagen op de dagzaal."), looks=((18, "13:50", MANAGER, "dossier"),)),
    Story("Fatima Haddou", CARE, (FATIMA,), (
        begin(FATIMA, "19:20"),
        Line(7, "15:00", "note", MANAGER, "Verslag van het gesprek",
             "Fatima gebeld. Haar nachten zijn opgevangen. We horen elkaar maandag."),
    ), looks=((7, "14:45", MANAGER, "dossier"),)),
    Story("Karel Hofman", BAKERY, (KAREL,), (begin(KAREL, "07:05"), end(KAREL, "07:30"))),
)  # fmt: skip
