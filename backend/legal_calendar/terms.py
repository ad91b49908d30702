"""The terms of the Poortwachter calendar, in one dated table: what, by which week, who, on what ground.

Every number stands here and nowhere else. Weeks count from the first sick day and stand still
on recovered days; `chain.py` turns them into dates.

`valid_from` counts for first sick days. The days below were compared with the source that each names. The
Regeling's own text (BWBR0013540) could not be read beside them: its articles are cited after UWV's guidance,
and where no first day was found, the day says since when at least the rule is known to hold.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from backend.access.roles import Role
from backend.foundation.languages import N_

AS_OF = date(2026, 11, 21)
"""The day on which these were last compared with their sources. Calendars laid out under an earlier one are
laid out anew."""

WEEKS = 104
"""The weeks over which wages are paid on (Burgerlijk Wetboek 7:629(1))."""

REGELING = date(2002, 4, 1)
"""The Wet verbetering poortwachter (Stb. 2001, 628) is in force from this day (letter of the minister to
parliament, 30 March 2006), and with it the Regeling procesgang eerste en tweede ziektejaar (Stcrt. 2002, 60;
BWBR0013540): analysis by week 6, plan two weeks later. Practice that fills it in is counted from here too."""
TWO_YEARS = date(2004, 1, 1)
"""Wages are paid on for 104 weeks (Wet verlenging loondoorbetalingsverplichting bij ziekte 2003, Stb. 2003,
555 and 556). Whoever fell sick from this day on comes under the WIA, although that itself is in force since
29 December 2005 (Stb. 2005, 619; Statistics Netherlands, `WAO en WIA`)."""
WEEK_42 = date(2008, 11, 1)
"""Until then UWV was told in week 13 (Stb. 2008, 414 and 415). Who had fallen sick some weeks before may have
come under the new rule as well; the law's own words on that were not found."""
SICK_LEAVER = date(2011, 1, 1)
"""At least since then (Ziektewet, article 38(2), as explained to employers after Stb. 2010, 869)."""


class Basis(StrEnum):
    """What a term rests on. An employer may switch off practice, never law."""

    LAW = "law"
    PRACTICE = "practice"


@dataclass(frozen=True, slots=True)
class Term:
    """One thing that must happen by the end of a week of sickness."""

    name: str
    title: str
    text: str
    """What it is for, to the person who reads the timeline."""
    by_week: int
    """0: it hangs on the end of employment rather than on a week."""
    who: tuple[Role, ...]
    """Who has to do it; the action stands in the name of the first."""
    basis: Basis
    source: str
    valid_from: date
    """For first sick days from this day on."""
    window: int = 1
    """How many weeks before its last day it opens: 7 for `weeks 46 to 52`."""
    every: int | None = None
    """Again after so many weeks, until the last week."""
    working_day_after: bool = False
    """By the first working day after the week, rather than its last day."""
    by_report: bool = False
    """The sick report itself does it: the provider works with this portal."""
    milestone: bool = False
    """It comes by itself; there is nothing to do and nothing to be late with."""


TERMS = (
    Term(
        "provider_report", N_("Ziekmelding bij de arbodienst"),
        N_("Met je ziekmelding weet ook de arbodienst ervan."),
        1, (Role.MANAGER,), Basis.PRACTICE, N_("Afspraak met de arbodienst"), REGELING, by_report=True,
    ),
    Term(
        "problem_analysis", N_("Probleemanalyse"),
        N_("De bedrijfsarts kijkt wat er nodig is om weer aan het werk te kunnen."),
        6, (Role.COMPANY_DOCTOR,), Basis.LAW, N_("Regeling procesgang, artikel 2 lid 2"), REGELING,
    ),
    Term(
        "action_plan", N_("Plan van aanpak"),
        N_("Medewerker en leidinggevende schrijven samen op hoe ze het aanpakken."),
        8, (Role.MANAGER, Role.EMPLOYEE), Basis.LAW, N_("Regeling procesgang, artikel 4"), REGELING, window=2,
    ),
    Term(
        "plan_evaluation", N_("Evaluatie van het plan van aanpak"),
        N_("Medewerker en leidinggevende kijken samen of het plan nog klopt."),
        14, (Role.MANAGER, Role.EMPLOYEE), Basis.PRACTICE, N_("Gewoonte; de Regeling zegt: regelmatig"),
        REGELING, every=6,
    ),
    Term(
        "uwv_week_42_notice", N_("42e-weeksmelding"),
        N_("De werkgever laat UWV weten dat iemand 42 weken ziek is."),
        42, (Role.MANAGER,), Basis.LAW, N_("Ziektewet, artikel 38 lid 1"), WEEK_42,
        working_day_after=True,
    ),
    Term(
        "first_year_evaluation", N_("Eerstejaarsevaluatie"),
        N_("Medewerker en leidinggevende kijken terug op het eerste jaar en vooruit naar het tweede."),
        52, (Role.MANAGER, Role.EMPLOYEE), Basis.LAW, N_("UWV, stappenplan voor werkgevers"), TWO_YEARS,
        window=7,
    ),
    Term(
        "second_track", N_("Ander werk zoeken (spoor 2)"),
        N_("Is er geen weg terug bij de eigen werkgever? Dan zoeken jullie ook daarbuiten."),
        58, (Role.MANAGER,), Basis.PRACTICE, N_("Gewoonte, zes weken na de eerstejaarsevaluatie"), TWO_YEARS,
        window=6,
    ),
    Term(
        "final_evaluation", N_("Eindevaluatie"),
        N_("Medewerker, leidinggevende en bedrijfsarts schrijven op hoe het er nu voor staat."),
        91, (Role.MANAGER, Role.EMPLOYEE, Role.COMPANY_DOCTOR), Basis.LAW,
        N_("UWV, stappenplan voor werkgevers"), TWO_YEARS, window=5,
    ),
    Term(
        "reintegration_report", N_("Re-integratieverslag"),
        N_("Alles wat er gedaan is, bij elkaar. Het gaat mee met de WIA-aanvraag."),
        93, (Role.MANAGER, Role.EMPLOYEE), Basis.LAW, N_("UWV, stappenplan voor werkgevers"), TWO_YEARS,
        window=4,
    ),
    Term(
        "wia_application", N_("WIA-aanvraag"),
        N_("De medewerker vraagt bij UWV een WIA-uitkering aan."),
        93, (Role.EMPLOYEE,), Basis.LAW, N_("UWV, stappenplan voor werkgevers"), TWO_YEARS, window=4,
    ),
    Term(
        "end_of_wage_duty", N_("Einde van de loondoorbetaling"),
        N_("De plicht om loon door te betalen eindigt, tenzij UWV die met een jaar verlengt."),
        WEEKS, (Role.MANAGER,), Basis.LAW, N_("Burgerlijk Wetboek 7:629; WIA, artikel 25 lid 9"), TWO_YEARS,
        milestone=True,
    ),
    Term(
        "sick_leaver_report", N_("Ziek uit dienst melden bij UWV"),
        N_("De werkgever meldt op de laatste werkdag dat iemand ziek uit dienst gaat. Duurt het al zes weken?"
           " Dan hoort er een re-integratieverslag bij."),
        0, (Role.MANAGER,), Basis.LAW, N_("Ziektewet, artikel 38 lid 2"), SICK_LEAVER, window=2,
    ),
)  # fmt: skip

BY_NAME = {term.name: term for term in TERMS}
SICK_LEAVER_REPORT = BY_NAME["sick_leaver_report"]
MILESTONES = [term.name for term in TERMS if term.milestone]


def terms_on(first_sick_day: date) -> list[Term]:
    """The terms of an absence that began on that day."""
    return [term for term in TERMS if term.valid_from <= first_sick_day]


def may_switch_off(name: str) -> bool:
    """Whether an employer may do without it."""
    return name in BY_NAME and BY_NAME[name].basis == Basis.PRACTICE


def who_does(name: str, own_role: str | None) -> tuple[Role, ...]:
    """Who has to do a step: as the term says, or as the employer said of its own."""
    found = BY_NAME.get(name)
    return found.who if found else (Role(own_role or Role.MANAGER),)
