"""Numbers that law and practice set for sick leave, each with its source, as they stood on AS_OF."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

AS_OF = date(2026, 11, 21)
"""The day on which these were last compared with their sources."""

JOINS_WITHIN = timedelta(days=28)
"""Spells with a shorter gap than this between them add up: less than four weeks (Burgerlijk Wetboek
7:629(10), Stb. 2005, 65). The gap is the new first sick day minus the recovery date, so 27 days joins the
old dossier and 28 opens a new one. The day counts itself are those of `clock.day_in`, so neither leap days
nor summer time change them."""

MOST_HOURS_A_WEEK = Decimal(60)
"""Nobody may work more in a week (Arbeidstijdenwet 5:7(2)); a proposal above it is a slip of the finger."""

PROPOSED_AHEAD = timedelta(days=42)
"""How far ahead hours may be proposed: the six weeks after which a plan is looked at again anyway
(practice in the Poortwachter calendar)."""

PROPOSALS_A_DAY = 5
"""Proposals of hours in one spell within 24 hours. Each is mailed to people, who talk rather than type by
then (our own choice)."""

RECORDINGS_A_DAY = 5
"""Times that agreed hours are written down in one spell within 24 hours: as many as may be proposed (our own
choice)."""

WITHDRAWALS_A_DAY = 3
"""Reports of one employment taken back within 24 hours by one person (our own choice). A report itself is
never refused for coming too often: who is sick has to be able to say so."""

RECOVERIES_ON_A_DAY = 3
"""Spells of one employment that end with the same recovery date: who reports sick and recovered in turns
comes no further (our own choice)."""
