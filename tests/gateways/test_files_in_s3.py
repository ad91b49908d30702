"""The same store, speaking S3."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from backend.foundation import encryption
from backend.gateways.files import FileGone, FileStore
from tests.gateways.bucket import Bucket, bucket
from tests.until import until


@pytest.fixture
async def s3(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Bucket]:
    encryption.use((b"key" * 11,))
    async with bucket() as found:
        for name, value in {
            "AWS_ENDPOINT": found.url,
            "AWS_ALLOW_HTTP": "true",
            "AWS_ACCESS_KEY_ID": "id",
            "AWS_SECRET_ACCESS_KEY": "key",
            "AWS_REGION": "eu-west-1",
        }.items():
            monkeypatch.setenv(name, value)
        yield found


async def pieces(size: int) -> AsyncIterator[bytes]:
    for _ in range(size // 1000):
        yield b"Anna Aalbers" * 100


@pytest.mark.parametrize("size", [1000, 12_000_000])
async def test_what_goes_in_comes_out_and_goes_away(s3: Bucket, size: int) -> None:
    store = FileStore("s3://papers/beterschap")
    stored = await store.store(pieces(size))
    ((path, content),) = s3.holds.items()
    assert path == f"/papers/beterschap/{stored.stored_as}"
    assert b"Anna" not in content
    read = b"".join([piece async for piece in store.open(stored.stored_as, stored.key)])
    assert read == b"Anna Aalbers" * 100 * (size // 1000)
    await store.delete(stored.stored_as)
    assert s3.holds == {}
    with pytest.raises(FileGone):
        await anext(store.open(stored.stored_as, stored.key))


async def test_what_breaks_off_leaves_nothing(s3: Bucket) -> None:
    async def breaks_off() -> AsyncIterator[bytes]:
        async for piece in pieces(12_000_000):
            yield piece
        raise ValueError("broken off")

    with pytest.raises(ValueError, match="broken off"):
        await FileStore("s3://papers/beterschap").store(breaks_off())
    await until(lambda: s3.begun == 1 and not s3.parts, "the end of what was begun")
    assert s3.holds == {}
