"""Writes the dossiers: spells, entries, documents, actions, and who looked."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Mapping
from datetime import date, datetime, time, timedelta
from uuid import UUID

from backend.audit.tables import AccessLogLine
from backend.demo.people import CASE_MANAGERS, DOCTOR, HOLDERS, WORKERS, Holder, Worker, account_id, named_id
from backend.demo.story import CASE_MANAGER, EMPLOYEE, Line, Paper, Sickness, Story, Task
from backend.demo.story import DOCTOR as DOCTOR_ROLE
from backend.dossier.tables import Action, Document, Dossier, DossierSeen, Entry
from backend.foundation.clock import zone
from backend.foundation.encryption import keyring
from backend.gateways.files import FileStore
from backend.sickleave.tables import PartialRecovery, Spell

LONG_SINCE = 7
"""Hours that were to begin that many days ago or earlier were agreed; later ones wait for a yes."""
DAYS = {"first_sick_day", "recovered_on", "starts_on"}


class Telling:
    """One story, put into tables as seen from today."""

    def __init__(self, story: Story, number: int, now: datetime, zone_name: str) -> None:
        self.story = story
        self.now = now
        self.zone_name = zone_name
        self.today = now.astimezone(zone(zone_name)).date()
        self.worker = next(w for w in WORKERS if (w.name, w.employer) == (story.name, story.employer))
        self.id = named_id("dossier", f"{story.name} {number}")

    def day(self, ago: int) -> date:
        return self.today - timedelta(days=ago)

    def moment(self, ago: int, at: time) -> datetime:
        """That time on that day; never later than now, whatever hour the demo is loaded at."""
        return min(datetime.combine(self.day(ago), at, zone(self.zone_name)), self.now)

    async def write(self, files: FileStore) -> None:
        """Everything of this story, the dossier first."""
        await Dossier.insert(self._dossier())
        await Spell.insert(*(self._spell(number, spell) for number, spell in enumerate(self.story.spells)))
        lines = list(enumerate(self.story.lines))
        await Entry.insert(*(self._entry(number, line) for number, line in lines))
        for number, line in lines:
            if line.paper:
                await Document.insert(await _document(self._entry_id(number), line.paper, files))
            if line.task:
                await Action.insert(self._action(self._entry_id(number), line.task))
        if self.story.seen is not None:
            seen = self.moment(self.story.seen, time(20, 0))
            await DossierSeen.insert(
                DossierSeen(id=self.id, account=account_id(self.story.name), dossier=self.id, seen_at=seen)
            )
        if self.story.proposal:
            await PartialRecovery.insert(self._proposal())
        if self.story.looks:
            await AccessLogLine.insert(*(self._look(*look) for look in self.story.looks))

    def _entry_id(self, number: int) -> UUID:
        return named_id("entry", f"{self.id} {number}")

    def _spell_id(self, number: int) -> UUID:
        return named_id("spell", f"{self.id} {number}")

    def _dossier(self) -> Dossier:
        spells, lines = self.story.spells, self.story.lines
        last = spells[-1]
        ended = last.first if last.withdrawn else last.recovered
        return Dossier(
            id=self.id,
            employment=self.worker.id,
            opened_on=self.day(spells[0].first),
            opened_at=self.moment(lines[0].day, lines[0].time),
            closed_on=None if ended is None else self.day(ended),
        )

    def _told(self, kind: str, number: int) -> datetime | None:
        """When the spell of that number was reported, recovered from or taken back."""
        told = [self.moment(line.day, line.time) for line in self.story.lines if line.kind == kind]
        return told[number] if number < len(told) else None

    def _spell(self, number: int, spell: Sickness) -> Spell:
        recovered = self._told("recovery", number)
        account = account_id(self.story.name)
        return Spell(
            id=self._spell_id(number),
            employment=self.worker.id,
            dossier=self.id,
            first_sick_day=self.day(spell.first),
            worked_hours=spell.hours,
            reported_at=self._told("report", number),
            reported_by=account,
            recovered_on=None if spell.recovered is None else self.day(spell.recovered),
            recovery_reported_at=recovered,
            recovery_reported_by=account if recovered else None,
            withdrawn_at=self._told("withdrawal", 0) if spell.withdrawn else None,
            phone=keyring().encrypt(spell.phone, "spell.phone") if spell.phone else None,
            expected_duration=spell.expected,
        )

    def _entry(self, number: int, line: Line) -> Entry:
        author, name = self._author(line.by)
        return Entry(
            id=self._entry_id(number),
            dossier=self.id,
            kind=line.kind,
            published_at=self.moment(line.day, line.time),
            author=author,
            author_name=name,
            author_role=line.by,
            audience="medical" if line.medical else "shared",
            title=line.title,
            body=line.body,
            facts=json.dumps(self._facts(line.facts)),
        )

    def _facts(self, facts: Mapping[str, object]) -> dict[str, object]:
        return {
            name: self.day(value).isoformat() if name in DAYS and isinstance(value, int) else value
            for name, value in facts.items()
        }

    def _author(self, role: str) -> tuple[UUID | None, str]:
        if role == EMPLOYEE:
            return account_id(self.worker.name), self.worker.name
        if not role:
            return None, "Beterschap"
        holder = holder_of(self.worker, role)
        return account_id(holder.name), holder.name

    def _action(self, entry: UUID, task: Task) -> Action:
        holder = holder_of(self.worker, task.assignee)
        done = None if task.done is None else self.moment(task.done, time(15, 30))
        return Action(
            entry=entry,
            assignee=holder.id,
            assignee_role=task.assignee,
            due_on=self.day(task.due),
            done_at=done,
            done_by=account_id(holder.name) if done else None,
            cancelled_at=None if task.cancelled is None else self.moment(task.cancelled, time(16, 0)),
        )

    def _proposal(self) -> PartialRecovery:
        starts, hours, explanation = self.story.proposal or (0, 0, "")
        agreed = starts >= LONG_SINCE
        return PartialRecovery(
            id=named_id("partial_recovery", str(self.id)),
            spell=self._spell_id(len(self.story.spells) - 1),
            starts_on=self.day(starts),
            hours_a_week=hours,
            explanation=explanation,
            proposed_at=self._told("partial_recovery", 0),
            proposed_by=account_id(self.story.name),
            confirmed_at=self.moment(starts, time(10, 0)) if agreed else None,
            confirmed_by=account_id(self.worker.manager) if agreed else None,
        )

    def _look(self, ago: int, at: str, role: str, what: str) -> AccessLogLine:
        holder = holder_of(self.worker, role)
        kind = {"note": "note", "document": "document"}.get(what)
        entry = next(
            (n for n, line in enumerate(self.story.lines) if line.kind == kind and line.day >= ago), None
        )
        return AccessLogLine(
            at=self.moment(ago, time.fromisoformat(at)),
            employment=self.worker.id,
            viewer=account_id(holder.name),
            viewer_name=holder.name,
            viewer_role=role,
            what=what,
            subject=self.id if entry is None else self._entry_id(entry),
            medical=role == DOCTOR_ROLE and any(line.medical for line in self.story.lines),
        )


def holder_of(worker: Worker, role: str) -> Holder:
    """Who has that role for this worker."""
    name = {CASE_MANAGER: CASE_MANAGERS[worker.employer], DOCTOR_ROLE: DOCTOR}.get(role, worker.manager)
    return next(holder for holder in HOLDERS if (holder.name, holder.role) == (name, role))


async def _document(entry: UUID, paper: Paper, files: FileStore) -> Document:
    content = paper.content()

    async def pieces() -> AsyncIterator[bytes]:
        yield content

    stored = await files.store(pieces())
    return Document(
        entry=entry,
        filename=paper.filename,
        content_type=paper.content_type,
        size=stored.size,
        stored_as=stored.stored_as,
        key=stored.key,
    )
