"""What is asked of both servers, and how to know that the answer is the real one."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from urllib.parse import urlencode
from uuid import uuid4

from backend.foundation import clock
from backend.foundation.clock import HOME_ZONE, day_in
from tests.bench.client import Answer, Asked
from tests.bench.seed import READERS, employment_of, session_of


@dataclass(frozen=True, slots=True)
class Scene:
    """One kind of request; `asked` never ends."""

    title: str
    asked: Iterator[Asked]
    good: Callable[[Answer], bool]
    goal: float | None = None
    """How many times the floor's processor time it may take."""
    statements: int | None = None

    def some(self, count: int) -> list[Asked]:
        return list(itertools.islice(self.asked, count))


@dataclass(slots=True)
class Reporters:
    """Employees who have not reported sick yet: each can do so once."""

    last: int
    numbers: Iterator[int] = field(default_factory=lambda: itertools.count(READERS))

    def asked(self) -> Iterator[Asked]:
        for number in self.numbers:
            if number >= self.last:
                raise SystemExit("the bench ran out of employees who may report sick")
            yield Asked("POST", "/absence/report", session_of(number), _report(number))


def _report(number: int) -> str:
    return urlencode(
        {
            "request_key": str(uuid4()),
            "employment": str(employment_of(number)),
            "first_sick_day": day_in(HOME_ZONE, clock.now()).isoformat(),
            "worked_hours": "2,5",
        }
    )


def _page(answer: Answer) -> bool:
    return answer.status == 200


def _reported(answer: Answer) -> bool:
    """A redirect to the new spell's page; a refused form would be 422, a lost session a way to /sign-in."""
    return answer.status == 303 and "location: /absence/" in answer.head.lower()


def _reads(path: str) -> Iterator[Asked]:
    return itertools.cycle([Asked("GET", path, session_of(reader)) for reader in range(READERS)])


def scenes(signed_in: int) -> list[Scene]:
    """The four requests, in a database where so many employees have a session."""
    return [
        Scene("Sign-in page", itertools.cycle([Asked("GET", "/sign-in")]), _page, statements=3),
        Scene("Dashboard, dossier of 50 entries", _reads("/"), _page, goal=1.5, statements=3),
        Scene("Dossier list", _reads("/dossiers"), _page, statements=3),
        Scene("Sick report, POST", Reporters(signed_in).asked(), _reported, goal=2.0),
    ]
