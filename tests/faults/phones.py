"""Phones on a bad connection: they send a form again until somebody says that it arrived."""

from __future__ import annotations

import asyncio
import math
import random
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from uuid import UUID

import httpx

from backend.foundation.tokens import new_id
from tests.faults.people import Employee
from tests.until import PATIENCE, until

FIRST_DAY = date(2020, 1, 6)
AWAY_WORDS = "We zijn zo terug"


@dataclass
class Report:
    """A sick report, or (`recovered_on`) a recovery, with the key that its form was given."""

    employee: Employee
    first_sick_day: date
    recovered_on: date | None = None
    hours: str = "2,5"
    key: UUID = field(default_factory=new_id)
    tried: bool = False
    location: str | None = None
    """Where its acknowledgement led; None while nobody said that it arrived."""

    @property
    def path(self) -> str:
        return "/absence/return" if self.recovered_on else "/absence/report"

    def form(self) -> dict[str, str]:
        """What the phone sends."""
        same = {"request_key": str(self.key), "employment": str(self.employee.employment)}
        if self.recovered_on:
            return same | {"recovered_on": str(self.recovered_on)}
        return same | {"first_sick_day": str(self.first_sick_day), "worked_hours": self.hours}

    def other_form(self) -> dict[str, str]:
        """The same key, with other answers."""
        changed = {"recovered_on": str(self.first_sick_day)} if self.recovered_on else {"worked_hours": "7"}
        return self.form() | changed


def course(employee: Employee, spells: int) -> Iterator[Report]:
    """So many times ill and better; the gaps are 9 and 29 days in turn, so that every second spell joins the
    dossier of the one before it."""
    for number in range(spells):
        day = FIRST_DAY + timedelta(days=40 * (number // 2) + 10 * (number % 2))
        yield Report(employee, day)
        yield Report(employee, day, day + timedelta(days=1))


@dataclass
class Ledger:
    """What all phones sent and heard."""

    sent: list[Report] = field(default_factory=list)
    acknowledged: int = 0
    heard: Counter[str] = field(default_factory=Counter)
    slowest: float = 0.0
    """Seconds until the latest answer of all."""
    limit: float = math.inf
    """Acknowledgements after which phones wait before they begin with another report."""
    under_way: int = 0
    """Tries that wait for their answer."""
    over: bool = False
    """Whether phones begin with no more reports."""
    away: bool = False
    """Whether nothing can be stored, so that no answer to what is sent now may say that it was."""
    promised_while_away: int = 0

    async def reach(self, number: int) -> None:
        """Waits for so many acknowledgements."""
        await until(lambda: self.acknowledged >= number, f"report {number}")

    def acknowledge(self, report: Report, location: str) -> None:
        """An answer said so; each later one must say the same."""
        assert location.startswith("/absence/"), f"led to {location}"
        assert report.location in (None, location), f"one form led to {report.location} and {location}"
        if report.location is None:
            report.location = location
            self.acknowledged += 1


class Phone:
    """Sends the reports of several people, one after the other."""

    def __init__(self, url: str, ledger: Ledger, chance: random.Random, patience: float = PATIENCE) -> None:
        self.ledger, self._chance = ledger, chance
        # Sooner than the web server lets go of a silent conversation, so that they do not cross.
        limits = httpx.Limits(keepalive_expiry=2)
        self._client = httpx.AsyncClient(base_url=url, timeout=patience, limits=limits)

    async def close(self) -> None:
        await self._client.aclose()

    async def until_acknowledged(self, report: Report) -> None:
        """Sends it until it arrived; now and then twice at once, or once more afterwards."""
        await until(lambda: self.ledger.acknowledged < self.ledger.limit, "the next report", 300)
        self.ledger.sent.append(report)
        while report.location is None:
            taps = 2 if self._chance.random() < 0.15 else 1
            self.ledger.heard["double taps"] += taps - 1
            await asyncio.gather(*(self.tap(report) for _ in range(taps)))
            if report.location is None:
                await asyncio.sleep(self._chance.uniform(0.05, 0.4))
        if self._chance.random() < 0.1:
            self.ledger.heard["replays"] += 1
            await self.tap(report)
        if self._chance.random() < 0.1:
            await self.tap_with_other_answers(report)

    async def tap(self, report: Report) -> None:
        """Sends it once; nobody may be signed out, and nothing may fail other than by design."""
        report.tried, away = True, self.ledger.away
        answer = await self.post(report.employee, report.path, report.form())
        if answer is None:
            return
        if away and self.ledger.away and answer.status_code != 503:
            self.ledger.promised_while_away += 1
        if answer.status_code == 303:
            self.ledger.acknowledge(report, answer.headers["Location"])
        elif answer.status_code == 200:
            self.ledger.acknowledge(report, answer.json()["location"])
        else:
            assert answer.status_code == 503, f"{answer.status_code}: {answer.text[:2000]}"

    async def tap_with_other_answers(self, report: Report) -> None:
        """The key is used, so it must be refused."""
        answer = await self.post(report.employee, report.path, report.other_form())
        if answer is not None and answer.status_code != 503:
            assert answer.status_code == 409, f"{answer.status_code}: {answer.text[:2000]}"
            self.ledger.heard["other answers refused"] += 1

    async def post(self, who: Employee, path: str, form: dict[str, str]) -> httpx.Response | None:
        """As a page's form or as a report that waited on the phone; None when no answer came."""
        data = self._chance.random() < 0.5
        wished = {"Accept": "application/json"} if data else {"Accept": "text/html"}
        return await self._ask("POST", path, who, form, wished)

    async def get(self, path: str, who: Employee) -> httpx.Response | None:
        return await self._ask("GET", path, who, None, {})

    async def _ask(
        self, method: str, path: str, who: Employee, form: dict[str, str] | None, headers: dict[str, str]
    ) -> httpx.Response | None:
        ours = {"Cookie": f"__Host-session={who.secret}", "Sec-Fetch-Site": "same-origin"}
        began = time.monotonic()
        self.ledger.heard["tries"] += 1
        self.ledger.under_way += 1
        try:
            answer = await self._client.request(method, path, data=form, headers=ours | headers)
        except httpx.TransportError:
            self.ledger.heard["no answer"] += 1
            return None
        finally:
            self.ledger.under_way -= 1
        self.ledger.slowest = max(self.ledger.slowest, time.monotonic() - began)
        if answer.status_code == 503:
            self.ledger.heard["503"] += 1
            told = answer.text if "html" in answer.headers["content-type"] else answer.json()["message"]
            assert AWAY_WORDS in told or "even niet bereikbaar" in told, told
        assert "/sign-in" not in answer.headers.get("Location", ""), "signed out"
        assert answer.status_code != 401, "signed out"
        return answer
