"""Which pages stand open in this process, and what each is about. Nothing is kept for a slow reader: a stream
is woken, and looks for itself how things stand by then."""

from __future__ import annotations

import asyncio
import resource
from collections import defaultdict
from collections.abc import Collection
from typing import Literal
from uuid import UUID

from prometheus_client import Gauge

A_PERSON = 6
"""Streams of one person at once; the oldest makes way. A browser allows a site about as many connections."""
A_PROCESS = 2_000

OPEN = Gauge("beterschap_live_streams", "Pages that are told at once what changed.")


class Full(Exception):
    """This process has as many streams as it can carry."""


class Stream:
    """One open page. `about`: whatever a hint can name that concerns it (a dossier, its reader's session and
    roles). `whose`: around whom a list's dossiers are (concern.py)."""

    def __init__(self, account: UUID, about: Collection[UUID], whose: Collection[UUID] = ()) -> None:
        self.account, self.about, self.whose = account, frozenset(about), frozenset(whose)
        self.woken, self.ended = asyncio.Event(), asyncio.Event()
        self.over: Literal["", "stop", "made way"] = ""
        """Why it has to end, if it has to."""

    def end(self, why: Literal["stop", "made way"]) -> None:
        """To be ended by whoever serves it."""
        self.over = why
        self.woken.set()
        self.ended.set()


class Hub:
    """The streams of one process."""

    def __init__(self, a_person: int = A_PERSON, a_process: int | None = None) -> None:
        self._a_person = a_person
        self._a_process = _room() if a_process is None else a_process
        self._about: dict[UUID, set[Stream]] = defaultdict(set)
        self._whose: dict[UUID, set[Stream]] = defaultdict(set)
        self._of_account: dict[UUID, list[Stream]] = defaultdict(list)
        self._count = 0
        self._closed = False
        self._unplaced: set[UUID] = set()
        self._some_unplaced = asyncio.Event()

    def __len__(self) -> int:
        return self._count

    def join(self, account: UUID, about: Collection[UUID], whose: Collection[UUID] = ()) -> Stream:
        """A new stream; the person's oldest ends when they have too many. Raises Full."""
        mine = self._of_account.get(account, [])
        if len(mine) >= self._a_person:
            mine[0].end("made way")
            self.leave(mine[0])
        if self._closed or self._count >= self._a_process:
            raise Full
        stream = Stream(account, about, whose)
        for index, ids in ((self._about, stream.about), (self._whose, stream.whose)):
            for id in ids:
                index[id].add(stream)
        self._of_account[account].append(stream)
        self._count += 1
        OPEN.inc()
        return stream

    def leave(self, stream: Stream) -> None:
        """It is served no more; harmless when it left before."""
        streams = self._of_account.get(stream.account, [])
        if stream not in streams:
            return
        streams.remove(stream)
        self._count -= 1
        OPEN.dec()
        if not streams:
            del self._of_account[stream.account]
        for index, ids in ((self._about, stream.about), (self._whose, stream.whose)):
            for id in ids:
                index[id].discard(stream)
                if not index[id]:
                    del index[id]

    def hear(self, id: UUID) -> None:
        """Something changed there: whoever has it open looks. For the lists it may stand in, somebody has to
        find out whose it is first (`unplaced`)."""
        for stream in self._about.get(id, ()):
            stream.woken.set()
        if self._whose:
            self._unplaced.add(id)
            self._some_unplaced.set()

    async def unplaced(self) -> set[UUID]:
        """Waits for hints that a list may be concerned by, and takes them all."""
        await self._some_unplaced.wait()
        self._some_unplaced.clear()
        found, self._unplaced = self._unplaced, set()
        return found

    def around(self, people: Collection[UUID]) -> None:
        """Something changed in a dossier around these: whoever has a list of theirs open looks."""
        for id in people:
            for stream in self._whose.get(id, ()):
                stream.woken.set()

    def close(self) -> None:
        """The server stops: every stream ends, and no other begins."""
        self._closed = True
        for streams in self._of_account.values():
            for stream in streams:
                stream.end("stop")


def _room() -> int:
    """Each stream holds a descriptor; half of them are for everything else."""
    most, _hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    return A_PROCESS if most == resource.RLIM_INFINITY else min(A_PROCESS, most // 2)
