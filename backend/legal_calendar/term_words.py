"""When a term of the calendar, or an employer's own step, falls: in words, without a dossier's dates."""

from __future__ import annotations

from backend.foundation.languages import N_, ngettext
from backend.foundation.languages import gettext as _
from backend.legal_calendar.terms import Term

WIDE = 3
"""From so many weeks on the window is worth saying: `week 46 tot en met 52`."""
REPORTS = {
    None: N_("Bij elke ziekmelding"),
    3: N_("Bij de derde ziekmelding in twaalf maanden"),
    4: N_("Bij de vierde ziekmelding in twaalf maanden"),
}


def term_words(term: Term) -> str:
    """By which week of sickness."""
    week, first = term.by_week, term.by_week - term.window + 1
    if not week:
        return _("op de laatste werkdag, als iemand ziek uit dienst gaat")
    if term.milestone:
        return _("na week %(week)d", week=week)
    if term.working_day_after:
        return _("na week %(week)d, op de eerste werkdag", week=week)
    if term.every:
        return _("vanaf week %(week)d, elke %(every)d weken", week=week, every=term.every)
    if term.window >= WIDE:
        return _("week %(first)d tot en met %(week)d", first=first, week=week)
    return _("uiterlijk in week %(week)d", week=week)


def own_words(days_after: int, at_report: int | None) -> str:
    """At which report, and by which day."""
    known = REPORTS.get(at_report)
    when = _(known) if known else _("Bij ziekmelding %(number)d in twaalf maanden", number=at_report)
    if not days_after:
        return _("%(when)s, op de dag zelf", when=when)
    within = ngettext("binnen %(number)d dag", "binnen %(number)d dagen", days_after)
    return _("%(when)s, %(within)s", when=when, within=within)
