"""The largest files through the running product: what the web server holds in memory, and how fast."""

from __future__ import annotations

import asyncio
import random
import time
from datetime import date
from pathlib import Path
from uuid import uuid4

import httpx
import psutil
import pytest

from backend.dossier.lifecycle import open_dossier
from backend.embedded import Servers
from backend.foundation import clock, encryption
from backend.foundation.database import close_pool, fetch, open_pool
from tests.cast import Cast, session_of
from tests.conftest import SECRET, TEMPLATE
from tests.journeys.site import running_site
from tests.servers import copy_database
from tests.uploads.samples import pdf, stream

SIZE = 25_000_000
MB = 1024 * 1024


@pytest.mark.timeout(900)
async def test_memory_stays_flat_while_large_files_come_and_go(
    servers: Servers, cast_template: Cast, tmp_path: Path, record_property: pytest.RecordProperty
) -> None:
    encryption.use((SECRET.encode(),))
    database_url = await copy_database(servers, TEMPLATE, "flat")
    async with running_site(servers, database_url, tmp_path) as site:
        await open_pool(database_url)
        try:
            assert cast_template.anna.employment
            dossier = await open_dossier(cast_template.anna.employment, date(2026, 11, 2), now=clock.now())
            token = await session_of(cast_template.bram, now=clock.now())
            content = pdf(stream(random.Random(1).randbytes(SIZE), b"/Subtype /Image", packed=False))
            web = psutil.Process(site.web.pid)
            async with httpx.AsyncClient(
                base_url=site.url, cookies={"session": token}, timeout=None,
                headers={"Sec-Fetch-Site": "same-origin"},
            ) as bram:  # fmt: skip
                path = f"/dossiers/{dossier}/documents"

                async def send() -> None:
                    form, files = {"request_key": str(uuid4())}, {"files": ("groot.pdf", content)}
                    answer = await bram.post(path, data=form, files=files)
                    assert answer.status_code == 303, answer.text

                async def fetched(entry: object) -> None:
                    async with bram.stream("GET", f"/documents/{entry}") as answer:
                        told = answer.headers
                        assert told["content-disposition"].startswith("attachment;")
                        assert told["x-content-type-options"] == "nosniff"
                        assert told["content-type"] == "application/pdf"
                        assert sum([len(piece) async for piece in answer.aiter_bytes()]) == len(content)

                await send()
                before = web.memory_info().rss
                started = time.perf_counter()
                await send()
                alone = time.perf_counter() - started
                await asyncio.gather(*(send() for _ in range(4)))
                entries = [row["entry"] for row in await fetch("SELECT entry FROM document")]
                started = time.perf_counter()
                await fetched(entries[0])
                down = time.perf_counter() - started
                await asyncio.gather(*(fetched(entry) for entry in entries))
                grown = (web.memory_info().rss - before) / MB
        finally:
            await close_pool()
    record_property(
        "figures",
        f"25 MB: in {SIZE / 1e6 / alone:.0f} MB/s (judged and stored), out {SIZE / 1e6 / down:.0f} MB/s; "
        f"the web server grew {grown:.0f} MiB over {len(entries)} files in and out, four and six at once",
    )
    assert len(entries) == 6
    assert grown < 60
