"""What a process that died left in the file store goes; what somebody may still need stays."""

from __future__ import annotations

import os
from datetime import timedelta
from pathlib import Path
from urllib.parse import unquote, urlsplit

from backend.foundation import clock
from backend.gateways import files
from backend.settings import Settings
from backend.uploads.keep import keep
from backend.uploads.receive import Incoming
from backend.uploads.scratch import Scratch
from backend.uploads.sweep import GRACE, sweep_orphans
from tests.dossier.conftest import Filled, filled
from tests.uploads.samples import pdf

__all__ = ["filled"]


async def stored() -> str:
    """A file that was kept, and whose row was never written."""
    with Scratch() as scratch:
        scratch.write(pdf())
        scratch.finish()
        return (await keep(Incoming("a.pdf", scratch, len(pdf()), "x"))).stored.stored_as


async def test_only_orphans_past_their_grace_go(filled: Filled, settings: Settings) -> None:
    folder = Path(unquote(urlsplit(settings.files_url).path))
    known = {path for path in folder.rglob("*") if path.is_file()}
    assert len(known) == 1
    orphan = folder / await stored()
    half = orphan.with_name("half#1")
    half.write_bytes(b"x")
    now = clock.now()
    assert await sweep_orphans(now=now) == 0
    assert orphan.exists()
    assert await sweep_orphans(now=now + GRACE + timedelta(minutes=1)) == 2
    assert {path for path in folder.rglob("*") if path.is_file()} == known


async def test_many_orphans_go_in_stretches(filled: Filled, settings: Settings) -> None:
    folder = Path(unquote(urlsplit(settings.files_url).path))
    long_ago = (clock.now() - timedelta(days=1)).timestamp()
    for number in range(1200):
        path = folder / f"{number % 7:02}" / f"{number:032}"
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(b"x")
        os.utime(path, (long_ago, long_ago))
    assert await sweep_orphans(now=clock.now()) == 1200
    assert files.files()
