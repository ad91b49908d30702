"""A chain of spells, counted in sick days: recovered days in between move everything on (BW 7:629(10))."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Stretch:
    """Sick days without a break: from the first up to the recovery date, which is no sick day itself."""

    first: date
    recovered: date | None


Chain = tuple[Stretch, ...]


def chain_of(spells: Iterable[tuple[date, date | None]]) -> Chain:
    """The spells of one dossier (first sick day, recovery date) in order, those taken back left out before.

    A day is counted once, also where two spells meet or overlap.
    """
    found: list[Stretch] = []
    for first, recovered in sorted(spells, key=lambda spell: spell[0]):
        if recovered is not None and recovered <= first:
            continue
        if found and (found[-1].recovered is None or first <= found[-1].recovered):
            until = found[-1].recovered
            longest = None if until is None or recovered is None else max(until, recovered)
            found[-1] = Stretch(found[-1].first, longest)
        else:
            found.append(Stretch(first, recovered))
    return tuple(found)


def sick_day(chain: Chain, number: int) -> date | None:
    """The day that is sick day so many, from 1 on; None when the chain ended before."""
    left = number - 1
    for stretch in chain:
        length = None if stretch.recovered is None else (stretch.recovered - stretch.first).days
        if length is None or left < length:
            return stretch.first + left * DAY
        left -= length
    return None


def days_sick(chain: Chain, today: date) -> int:
    """How many sick days there were, today included."""
    count = 0
    for stretch in chain:
        until = today + DAY if stretch.recovered is None else min(stretch.recovered, today + DAY)
        count += max((until - stretch.first).days, 0)
    return count


def week_of(chain: Chain, today: date) -> int:
    """Which week of sickness it is, from 1 on; 0 before the first day."""
    return (days_sick(chain, today) + 6) // 7
