"""Each file by its content: taken, made harmless, or refused in words."""

from __future__ import annotations

import io
import random

import pytest
from PIL import Image

from backend.uploads.judge import judge
from backend.uploads.kinds import LARGEST
from backend.uploads.names import judge_name, named
from backend.uploads.refusals import WORDS, refusal_words
from backend.uploads.scratch import Scratch
from backend.uploads.unfit import Unfit, Why
from tests.uploads.hostile import HOSTILE, NAMES
from tests.uploads.samples import GOOD as PLAIN
from tests.uploads.samples import PLACE, SECRET, heic, jpeg, office, packed, pdf, png, saved, stream
from tests.uploads.samples_office import GOOD_OFFICE

GOOD = PLAIN | GOOD_OFFICE


async def judged(content: bytes) -> tuple[str, bytes, int]:
    """Kind, content as it would be kept, and KiB of memory at the highest."""
    with Scratch() as file, Scratch() as clean:
        for start in range(0, len(content), 100_000):
            file.write(content[start : start + 100_000])
        file.finish()
        verdict = await judge(file, clean)
        with verdict.content.open() as kept:
            return verdict.kind, kept.read(), verdict.peak


@pytest.mark.parametrize("name", GOOD)
async def test_a_good_file_is_taken(name: str) -> None:
    content, kind = GOOD[name]
    found, kept, _ = await judged(content)
    assert found == kind
    if not kind.startswith("image/"):
        assert kept == content
    assert named(judge_name(name), kind) == name


@pytest.mark.parametrize("name", HOSTILE)
async def test_a_hostile_file_is_refused_in_words(name: str) -> None:
    content, why = HOSTILE[name]
    with pytest.raises(Unfit) as refused:
        await judged(content)
    assert refused.value.why == why
    assert refusal_words(why, name)


def test_there_are_enough_of_them() -> None:
    assert len(HOSTILE) + len(NAMES) >= 60
    assert {why for _, why in HOSTILE.values()} <= set(WORDS)
    assert set(WORDS) == set(Why)


@pytest.mark.parametrize("name", NAMES)
def test_a_name_that_misleads_is_refused(name: str) -> None:
    with pytest.raises(Unfit):
        judge_name(name)


@pytest.mark.parametrize(
    ("given", "kind", "becomes"),
    [
        ("factuur.pdf.exe", "application/pdf", "factuur.pdf.exe.pdf"),
        ("start.bat", "text/plain", "start.bat.txt"),
        ("C:\\Users\\Sanne\\brief.PDF", "application/pdf", "brief.pdf"),
        ("../../etc/passwd", "text/plain", "passwd.txt"),
        ("IMG_1.HEIC", "image/heic", "IMG_1.heic"),
        ("con.pdf", "application/pdf", "_con.pdf"),
        ("  .pdf", "application/pdf", "pdf.pdf"),
        ("", "application/pdf", "document.pdf"),
        ('een "twee" <drie>.pdf', "application/pdf", "een _twee_ _drie_.pdf"),
        ("é" * 300 + ".pdf", "application/pdf", "é" * 116 + ".pdf"),
        ("brief\u200b.pdf", "application/pdf", "brief.pdf"),
    ],
)
def test_a_name_ends_in_what_the_content_is(given: str, kind: str, becomes: str) -> None:
    assert named(judge_name(given), kind) == becomes


@pytest.mark.parametrize(
    "content", [jpeg(), jpeg(progressive=True), png(), heic()], ids=["j", "jp", "png", "heic"]
)
async def test_a_photo_keeps_its_picture_and_nothing_else(content: bytes) -> None:
    assert SECRET in content
    _, kept, _ = await judged(content)
    for secret in (SECRET, PLACE.encode(), b"xmpmeta", b"GPS"):
        assert secret not in kept
    before, after = Image.open(io.BytesIO(content)), Image.open(io.BytesIO(kept))
    assert after.size == before.size
    assert after.convert("RGB").tobytes() == before.convert("RGB").tobytes()
    assert set(after.getexif()) <= {274}
    assert not after.getexif().get_ifd(0x8825)


@pytest.mark.parametrize("turned", range(1, 9))
async def test_a_photo_stays_the_right_way_up(turned: int) -> None:
    _, kept, _ = await judged(jpeg(turned))
    assert Image.open(io.BytesIO(kept)).getexif().get(274, 1) == turned


@pytest.mark.parametrize(
    "tail", [b"<script>alert(1)</script>", packed({"a.exe": b"MZ"}), jpeg(), b"\x00" * 5000], ids=range(4)
)
async def test_what_comes_after_a_photo_is_left_behind(tail: bytes) -> None:
    for content in (jpeg(), png()):
        assert (await judged(content + tail))[1] == (await judged(content))[1]
        assert not (await judged(content + tail))[1].endswith(tail)


async def test_what_hides_within_a_heic_is_wiped() -> None:
    content = heic()
    hidden = packed({"a.exe": b"MZ" * 200})
    for kind in (b"free", b"uuid", b"mpvd", b"mdat"):
        box = (len(hidden) + 8).to_bytes(4, "big") + kind + hidden
        _, kept, _ = await judged(content + box)
        assert hidden not in kept
        assert len(kept) == len(content) + len(box)
        assert Image.open(io.BytesIO(kept)).tobytes() == Image.open(io.BytesIO(content)).tobytes()


async def test_what_describes_a_heic_within_its_lists_is_wiped() -> None:
    """`meta` may hold XML and boxes of a maker's own besides the lists of pictures."""
    content = heic()
    start = content.index(b"meta") - 4
    size = int.from_bytes(content[start : start + 4], "big")
    more = (len(SECRET) + 12).to_bytes(4, "big") + b"xml " + bytes(4) + b"W" + SECRET[1:]
    head = (size + len(more)).to_bytes(4, "big")
    moved = content[:start] + head + content[start + 4 : start + size] + more + content[start + size :]
    assert SECRET[1:] not in (await judged(moved))[1]


async def test_a_jpeg_hides_nothing_in_its_segments() -> None:
    page = b"<html><script>alert(1)</script></html>"
    body = b"\xff\xfe" + (len(page) + 2).to_bytes(2, "big") + page
    first = jpeg()[:2] + body + jpeg()[2:]
    for content in (first, first.replace(b"\xff\xfe", b"\xff\xed", 1)):
        assert page not in (await judged(content))[1]


@pytest.mark.parametrize("size", [LARGEST, LARGEST + 1])
async def test_25_mb_is_the_limit(size: int) -> None:
    text = b"a" * size
    if size > LARGEST:
        with pytest.raises(Unfit, match="too_large"):
            await judged(text)
    else:
        assert (await judged(text))[0] == "text/plain"


async def test_no_part_of_a_good_file_brings_the_judge_down() -> None:
    """Cut and flipped at many places: taken or refused, never anything else."""
    for name in ("foto.jpg", "scherm.png", "telefoon.heic", "plan.docx", "met objecten.pdf"):
        content = GOOD[name][0]
        for number in range(3):
            at = len(content) * (2 * number + 1) // 6
            broken = bytearray(content)
            broken[at] ^= 0xFF
            for tried in (bytes(broken), content[:at]):
                try:
                    await judged(tried)
                except Unfit as unfit:
                    assert unfit.why != Why.TOO_COMPLEX, (name, at)


async def test_judging_takes_little_memory(record_property: pytest.RecordProperty) -> None:
    """Also of files that would unpack to much, and of the largest there may be."""
    noise = random.Random(1).randbytes
    large = {
        "pdf": pdf(stream(noise(24_000_000), b"/Subtype /Image", packed=False)),
        "tekst": b"a" * LARGEST,
        "docx": office("docx", {"word/media/x.bin": noise(24_000_000)}),
        "png": png(Image.frombytes("RGB", (2800, 2900), noise(2800 * 2900 * 3))),
        "jpeg": saved(Image.frombytes("RGB", (4000, 3000), noise(36_000_000)), "JPEG", quality=92),
    }
    peaks = {"brief": (await judged(GOOD["brief.pdf"][0]))[2] // 1024}
    for name, content in large.items():
        peaks[name] = (await judged(content))[2] // 1024
    record_property("figures", f"judging, MiB at the highest by kind: {peaks}")
    assert max(peaks.values()) < peaks["brief"] + 24
