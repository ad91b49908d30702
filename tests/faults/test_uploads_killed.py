"""Uploads while the web server that receives them is killed: after the sweep there is no file that no row
points to, there never is a row without its file, and what a sender was told of is there whole."""

from __future__ import annotations

import asyncio
import hashlib
import os
import random
import signal
from collections import Counter
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from uuid import UUID, uuid4

import httpx
import pytest

from backend.dossier.lifecycle import open_dossier
from backend.foundation import clock
from backend.foundation.database import execute, fetch, fetch_value
from backend.gateways import files
from backend.uploads.sweep import GRACE, sweep_orphans
from tests.cast import Member, session_of
from tests.faults.conftest import Figures
from tests.faults.house import House
from tests.faults.people import Employee
from tests.until import until

KILLS, AT_ONCE = 20, 50
SIZE = 60_000
PIECE = 8_000
SEED = int(os.environ.get("FAULTS_SEED", "0")) or random.randrange(1, 2**31)
BOUNDARY = "snijlijn"


@dataclass
class Sent:
    """What became of the uploads, and which text was promised to be kept."""

    ends: Counter[str] = field(default_factory=Counter)
    promised: set[str] = field(default_factory=set)


def body(key: UUID, text: bytes) -> bytes:
    """A form with one file of text."""
    told = 'Content-Disposition: form-data; name="{}"\r\n\r\n'.format
    head = f'Content-Disposition: form-data; name="files"; filename="{key}.txt"\r\n\r\n'
    line = f"--{BOUNDARY}\r\n"
    return (
        f"{line}{told('request_key')}{key}\r\n{line}{head}".encode()
        + text
        + f"\r\n--{BOUNDARY}--\r\n".encode()
    )


async def manager() -> Member:
    """Bram, to whom the people at the bakery report."""
    account = await fetch_value("SELECT id FROM account WHERE username = 'bram@voorbeeld.example'")
    return Member("Bram Bos", "bram@voorbeeld.example", date(1990, 2, 1), account, None, None)


async def send(client: httpx.AsyncClient, dossier: UUID, sent: Sent, chance: random.Random) -> None:
    """One upload in small pieces, at the pace of a phone; it ends as it ends."""
    key, text = uuid4(), chance.randbytes(SIZE // 2).hex().encode()
    whole, pause = body(key, text), chance.uniform(0, 0.03)

    async def pieces() -> AsyncIterator[bytes]:
        for start in range(0, len(whole), PIECE):
            yield whole[start : start + PIECE]
            await asyncio.sleep(pause)

    kind = {"Content-Type": f"multipart/form-data; boundary={BOUNDARY}"}
    try:
        answer = await client.post(f"/dossiers/{dossier}/documents", content=pieces(), headers=kind)
    except httpx.HTTPError:
        sent.ends["cut off"] += 1
        return
    sent.ends[f"answered {answer.status_code}"] += 1
    if answer.status_code == 303:
        sent.promised.add(f"{key}.txt {hashlib.sha256(text).hexdigest()}")


async def round_of_uploads(
    house: House, token: str, dossier: UUID, sent: Sent, chance: random.Random
) -> None:
    """Many at once, and the web server is killed half-way through most of them: by how many it answered, for
    the time that it takes is the machine's."""
    house.web.start()
    await house.ready()
    limits = httpx.Limits(max_connections=AT_ONCE)
    async with httpx.AsyncClient(
        base_url=house.url, cookies={"__Host-session": token}, timeout=30, limits=limits,
        headers={"Sec-Fetch-Site": "same-origin"},
    ) as client:  # fmt: skip
        enough = sent.ends.total() + chance.randrange(AT_ONCE // 6)
        sending = [asyncio.create_task(send(client, dossier, sent, chance)) for _ in range(AT_ONCE)]
        await until(lambda: sent.ends.total() >= enough, "the moment of the kill")
        await asyncio.sleep(chance.uniform(0, 0.2))
        house.web.end(signal.SIGKILL)
        house.kills["web"] += 1
        await asyncio.gather(*sending)


def stored(folder: Path) -> set[str]:
    """What the file store holds, by its name there."""
    return {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}


async def whole(row: object) -> str:
    """A kept document as it can be read again."""
    pieces = [piece async for piece in files.files().open(row["stored_as"], row["key"])]  # type: ignore[index]
    return f"{row['filename']} {hashlib.sha256(b''.join(pieces)).hexdigest()}"  # type: ignore[index]


@pytest.mark.timeout(1200)
async def test_uploads_under_a_killed_web_server_leave_no_orphan_and_no_half_row(
    house: House, people: list[Employee], figures: Figures, tmp_path: Path
) -> None:
    chance, sent, folder = random.Random(SEED), Sent(), tmp_path / "files"
    dossier = await open_dossier(people[0].employment, date(2026, 11, 2), now=clock.now())
    token = await session_of(await manager(), now=clock.now())
    for _ in range(KILLS):
        await round_of_uploads(house, token, dossier, sent, chance)
        await execute("DELETE FROM attempts")  # the limit has a test of its own
    files.use(folder.as_uri())
    before = len(stored(folder))
    swept = await sweep_orphans(now=clock.now() + 2 * GRACE)
    rows = await fetch("SELECT filename, stored_as, key FROM document")
    half = await fetch_value(
        "SELECT count(*) FROM entry e FULL JOIN document f ON f.entry = e.id"
        " WHERE (e.kind = 'document' OR f.entry IS NOT NULL) AND (e.id IS NULL OR f.entry IS NULL)"
    )
    kept = {await whole(row) for row in rows}
    pointed_at = {row["stored_as"] for row in rows}
    figures(
        f"The web server killed {house.kills['web']} times under {KILLS * AT_ONCE} uploads (seed {SEED})\n"
        f"  {' · '.join(f'{what} {times}' for what, times in sorted(sent.ends.items()))}\n"
        f"  documents {len(rows)}, told of {len(sent.promised)} · swept {swept} of {before} stored files"
        f" · half rows {half} · orphans left {len(stored(folder) - pointed_at)}"
    )
    assert stored(folder) == pointed_at
    assert half == 0
    assert sent.promised <= kept
    assert sent.ends["cut off"] > KILLS * AT_ONCE // 10
    assert sent.promised
