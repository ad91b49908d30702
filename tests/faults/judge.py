"""Compares what is stored and what was mailed with what was sent and acknowledged."""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from backend.foundation.database import fetch
from tests.faults.house import HOST
from tests.faults.phones import Ledger, Report
from tests.gateways.post_office import PostOffice

SPELLS = """
SELECT s.id, s.employment, s.dossier, s.first_sick_day, s.worked_hours, s.recovered_on, a.email,
    e.manager, e.case_manager
FROM spell s JOIN employment e ON e.id = s.employment JOIN account a ON a.id = e.account
"""
EVENTS = ["sick_report:made", "recovery:reported", "dossier:opened", "dossier:joined", "dossier:closed"]
NOTICES = re.compile("(sick_report|recovery)_(confirmed|told)")


@dataclass
class Stored:
    """All that reports leave behind, and every message."""

    spells: list[Any]
    dossiers: list[Any]
    entries: list[Any]
    events: list[Any]
    messages: list[Any]
    answers: list[Any]
    helpers: dict[UUID, str]

    @classmethod
    async def read(cls) -> Stored:
        return cls(
            await fetch(SPELLS),
            await fetch("SELECT id, employment, closed_on FROM dossier"),
            await fetch("SELECT dossier, kind, facts FROM entry WHERE kind IN ('report', 'recovery')"),
            await fetch("SELECT event, employment, subject FROM audit_event WHERE event = ANY($1)", EVENTS),
            await fetch("SELECT id, notice, subject, done_at, dead_at FROM message"),
            await fetch("SELECT key, location FROM answered_request"),
            {row["id"]: row["email"] for row in await fetch("SELECT id, email FROM role_holder")},
        )


@dataclass
class Verdict:
    """How many of what; `complaints` must stay empty."""

    lost: int = 0
    twice: int = 0
    whole: int = 0
    """Reports that nobody acknowledged, but that are there as a whole."""
    nowhere: int = 0
    """Reports that nobody acknowledged, and that are not there at all."""
    promised: int = 0
    unmailed: int = 0
    repeats: int = 0
    complaints: list[str] = field(default_factory=list)


async def judge(ledger: Ledger, office: PostOffice | None = None) -> Verdict:
    """Reads the database, and the mail server's mail when the worker was at work."""
    stored, verdict = await Stored.read(), Verdict()
    _every_report_once(ledger.sent, stored, verdict)
    _nothing_half_done(stored, verdict)
    _everybody_told(stored, verdict)
    if office is not None:
        _everybody_mailed(stored, office, verdict)
    return verdict


def _every_report_once(sent: Sequence[Report], stored: Stored, verdict: Verdict) -> None:
    days = Counter((row["employment"], row["first_sick_day"]) for row in stored.spells)
    verdict.twice = sum(count - 1 for count in days.values())
    keys = {row["key"]: row["location"] for row in stored.answers}
    spells = {f"/absence/{row['id']}": row for row in stored.spells}
    for report in sent:
        location = keys.get(report.key)
        if report.location is None:
            verdict.whole += location is not None
            verdict.nowhere += location is None
        elif location != report.location or not _is(spells.get(location), report):
            verdict.lost += 1
            verdict.complaints.append(f"acknowledged and lost: {report}")
    unknown = set(keys) - {report.key for report in sent if report.tried}
    verdict.complaints += [f"nobody sent {key}" for key in unknown]
    verdict.complaints += [f"stored {count} times: {what}" for what, count in days.items() if count > 1]


def _is(spell: Any, report: Report) -> bool:
    if spell is None or spell["employment"] != report.employee.employment:
        return False
    if report.recovered_on:
        return bool(spell["recovered_on"] == report.recovered_on)
    hours = float(report.hours.replace(",", "."))
    return bool(spell["first_sick_day"] == report.first_sick_day and spell["worked_hours"] == hours)


def _nothing_half_done(stored: Stored, verdict: Verdict) -> None:
    """What must stand in every table follows from the spells; no more and no less may."""
    entries: Counter[Any] = Counter()
    events: Counter[Any] = Counter()
    answers: Counter[Any] = Counter()
    closed: dict[UUID, date | None] = {}
    for spell in sorted(stored.spells, key=lambda row: row["first_sick_day"]):
        dossier, about = spell["dossier"], (spell["employment"], spell["id"])
        entries[dossier, "report", spell["first_sick_day"].isoformat()] += 1
        events["sick_report:made", *about] += 1
        events["dossier:joined" if dossier in closed else "dossier:opened", spell["employment"], dossier] += 1
        answers[f"/absence/{spell['id']}"] += 1
        closed[dossier] = spell["recovered_on"]
        if spell["recovered_on"]:
            entries[dossier, "recovery", spell["recovered_on"].isoformat()] += 1
            events["recovery:reported", *about] += 1
            events["dossier:closed", spell["employment"], dossier] += 1
            answers[f"/absence/{spell['id']}"] += 1
    there = {row["id"]: row["closed_on"] for row in stored.dossiers}
    _compare("dossier", Counter(closed.items()), Counter(there.items()), verdict)
    _compare("entry", entries, Counter(map(_entry, stored.entries)), verdict)
    found = Counter((row["event"], row["employment"], row["subject"]) for row in stored.events)
    _compare("audit event", events, found, verdict)
    _compare("answer", answers, Counter(row["location"] for row in stored.answers), verdict)


def _entry(row: Any) -> tuple[UUID, str, str]:
    facts = json.loads(row["facts"])
    day = facts["first_sick_day"] if row["kind"] == "report" else facts["recovered_on"]
    return row["dossier"], row["kind"], day


def _everybody_told(stored: Stored, verdict: Verdict) -> None:
    """Three messages are promised for each report: to the employee, the manager and the case manager."""
    promised, found = Counter[Any](), Counter[Any]()
    for spell in stored.spells:
        for what in ("sick_report", "recovery") if spell["recovered_on"] else ("sick_report",):
            promised[f"{what}_confirmed", str(spell["id"]), None] += 1
            for helper in (spell["manager"], spell["case_manager"]):
                promised[f"{what}_told", str(spell["id"]), str(helper)] += 1
    for row in filter(_ours, stored.messages):
        subject = json.loads(row["subject"])
        found[row["notice"], subject["spell"], subject.get("role_holder")] += 1
    _compare("message", promised, found, verdict)
    verdict.promised = found.total()


def _everybody_mailed(stored: Stored, office: PostOffice, verdict: Verdict) -> None:
    """The mail server accepted each message for the right person, under its own Message-ID, and none about
    something that is not stored."""
    employees = {str(row["id"]): row["email"] for row in stored.spells}
    others = {f"<{row['id']}@{HOST}>" for row in stored.messages if not _ours(row)}
    readers = {}
    for row in filter(_ours, stored.messages):
        subject = json.loads(row["subject"])
        helper = subject.get("role_holder")
        reader = stored.helpers[UUID(helper)] if helper else employees.get(subject["spell"])
        readers[f"<{row['id']}@{HOST}>"] = reader
        if row["done_at"] is None or row["dead_at"]:
            verdict.complaints.append(f"not marked as sent: {row['id']}")
    got: defaultdict[str, list[list[str]]] = defaultdict(list)
    for mail, recipients in zip(office.accepted, office.recipients, strict=True):
        got[mail["Message-ID"]].append(recipients)
    verdict.unmailed = len(readers.keys() - got.keys())
    verdict.repeats = sum(len(times) - 1 for times in got.values())
    for id, times in got.items():
        if id not in others and any(recipients != [readers.get(id)] for recipients in times):
            verdict.complaints.append(f"told {times} of {id}, which was promised to {readers.get(id)}")


def _ours(message: Any) -> bool:
    """About a report; the calendar and other rooms tell people things too."""
    return NOTICES.fullmatch(message["notice"]) is not None


def _compare(what: str, wanted: Counter[Any], found: Counter[Any], verdict: Verdict) -> None:
    verdict.complaints += [f"no {what} {missing}" for missing in wanted - found]
    verdict.complaints += [f"an {what} too many: {more}" for more in found - wanted]
