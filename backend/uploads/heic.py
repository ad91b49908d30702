"""A HEIC photo without what describes it (ISO/IEC 23008-12 over ISO/IEC 14496-12).

Pictures stand in it as items, and so do EXIF and XMP, each with the places of its bytes. Those bytes become
zeros where they stand; nothing moves and nothing is drawn anew. Which way is up is a property of the picture,
not of the EXIF, and stays.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from backend.uploads.jpeg import PIXELS, Sink
from backend.uploads.unfit import Unfit, Why

BRANDS = frozenset({b"heic", b"heix", b"heim", b"heis", b"mif1", b"msf1"})
PICTURES = frozenset({b"hvc1", b"hev1", b"grid", b"iden", b"iovl", b"tmap"})
LISTS = frozenset({b"hdlr", b"pitm", b"iinf", b"iloc", b"iprp", b"iref", b"idat", b"grpl", b"dinf"})
"""What `meta` holds for the pictures (23008-12, 6.2); the rest is XML, or a maker's own."""
META = 4 * 1024 * 1024
LONGEST_TYPE = 1024
PIECE = 256 * 1024
Span = tuple[int, int]
"""Where bytes begin and end in the file."""
NO_EXIF = bytes(4) + b"MM\x00*\x00\x00\x00\x08" + bytes(6)
"""An EXIF that says nothing (23008-12, A.2.1): readers that want one find one."""


@dataclass(frozen=True, slots=True)
class Box:
    """A part of the file: its four letters, and where its content begins and ends."""

    kind: bytes
    start: int
    end: int


def clean_heic(file: BinaryIO, out: Sink) -> None:
    """Copies the file with everything but its pictures wiped. Raises Unfit."""
    size = file.seek(0, 2)
    boxes = list(_boxes_of(file, size))
    described = [box for box in boxes if box.kind == b"meta"]
    if len(described) != 1 or boxes[0].end > LONGEST_TYPE:
        raise Unfit(Why.DAMAGED)
    if described[0].end - described[0].start > META:
        raise Unfit(Why.TOO_COMPLEX)
    meta = _Meta(_read(file, described[0].start, described[0].end), described[0].start, size)
    kept, wiped, written = meta.judged()
    for box in boxes[1:]:
        if box.kind == b"mdat":
            wiped += _between(kept, box)
        elif box.kind != b"meta":
            wiped.append((box.start, box.end))  # a film of the same moment, an address, a maker's notes
            written.append((_name_of(file, box.start), b"free"))
    _copy(file, size, out, wiped, written)


def _between(kept: list[Span], box: Box) -> list[Span]:
    """What in this box belongs to no picture."""
    at, found = box.start, []
    for start, end in sorted(kept):
        if at < min(start, box.end):
            found.append((at, min(start, box.end)))
        at = max(at, min(end, box.end))
    return [*found, (at, box.end)]


def is_heic(head: bytes) -> bool:
    """Whether a file begins as a HEIC photo; films and AVIF begin much the same."""
    if head[4:8] != b"ftyp":
        return False
    length = int.from_bytes(head[:4], "big")
    brands = {head[8:12], *(head[at : at + 4] for at in range(16, min(length, len(head)), 4))}
    return bool(brands & BRANDS) and not brands & {b"avif", b"avis"}


def _boxes_of(file: BinaryIO, size: int) -> Iterator[Box]:
    at = 0
    for _ in range(200):
        if at == size:
            return
        head = _read(file, at, min(at + 16, size))
        box = _box(head, 0, size - at)
        yield Box(box.kind, at + box.start, at + box.end)
        at += box.end
    raise Unfit(Why.TOO_COMPLEX)


def _box(data: bytes, at: int, room: int) -> Box:
    """The box at that place, of which `room` bytes can be there at most."""
    length, kind, head = int.from_bytes(data[at : at + 4], "big"), data[at + 4 : at + 8], 8
    if length == 1:
        length, head = int.from_bytes(data[at + 8 : at + 16], "big"), 16
    elif length == 0:
        length = room
    if len(kind) != 4 or length < head or length > room:
        raise Unfit(Why.DAMAGED)
    return Box(kind, at + head, at + length)


def _within(data: bytes, start: int, end: int) -> Iterator[Box]:
    while start < end:
        box = _box(data, start, end - start)
        yield box
        start = box.end


class _Meta:
    """The box that lists the items, read once."""

    def __init__(self, data: bytes, at: int, size: int) -> None:
        self.data, self.at, self.size = data, at, size
        boxes = list(_within(data, 4, len(data)))
        self.boxes = {box.kind: box for box in boxes}
        if len(self.boxes) != len(boxes):
            raise Unfit(Why.DAMAGED)  # which of two lists counts differs by reader

    def judged(self) -> tuple[list[Span], list[Span], list[tuple[int, bytes]]]:
        """Where the pictures stand, what is wiped, and what is written in place of an EXIF."""
        kinds = dict(self._items())
        if not any(kind in PICTURES for kind in kinds.values()):
            raise Unfit(Why.DAMAGED)
        self._judge_pixels()
        kept: list[Span] = []
        wiped: list[Span] = []
        written: list[tuple[int, bytes]] = []
        for item, spans in self._places():
            (kept if kinds.get(item) in PICTURES else wiped).extend(spans)
            if kinds.get(item) == b"Exif" and spans and spans[0][1] - spans[0][0] >= len(NO_EXIF):
                written.append((spans[0][0], NO_EXIF))
            if kinds.get(item) == b"mime":
                written += [(start, b" " * (end - start)) for start, end in spans]
        for start, end in wiped:
            if any(start < other_end and other_start < end for other_start, other_end in kept):
                raise Unfit(Why.DAMAGED)
        wiped += [(self.at + box.start, self.at + box.end) for box in self._described()]
        if b"idat" in self.boxes:
            own = self.boxes[b"idat"]
            wiped += _between(kept, Box(own.kind, self.at + own.start, self.at + own.end))
        return kept, wiped, written

    def _items(self) -> Iterator[tuple[int, bytes]]:
        box = self._need(b"iinf")
        wide = self.data[box.start] > 0
        for entry in _within(self.data, box.start + (8 if wide else 6), box.end):
            version = self.data[entry.start]
            if entry.kind != b"infe" or version not in (2, 3):
                raise Unfit(Why.DAMAGED)
            width = 2 if version == 2 else 4
            at = entry.start + 4
            yield self._number(at, width), self.data[at + width + 2 : at + width + 6]

    def _places(self) -> Iterator[tuple[int, list[Span]]]:
        """Where the bytes of each item stand in the file (iloc)."""
        box = self._need(b"iloc")
        version, at = self.data[box.start], box.start + 4
        sizes = self._number(at, 2)
        offset, length, base, index = (sizes >> 12, sizes >> 8 & 15, sizes >> 4 & 15, sizes & 15)
        if version > 2 or {offset, length, base, index} - {0, 4, 8}:
            raise Unfit(Why.DAMAGED)
        index = index if version else 0
        wide = 4 if version == 2 else 2
        count, at = self._number(at + 2, wide), at + 2 + wide
        for _ in range(count):
            item, at = self._number(at, wide), at + wide
            way = self._number(at, 2) & 15 if version else 0
            at += 4 if version else 2
            begin, at = self._number(at, base), at + base
            extents, at = self._number(at, 2), at + 2
            spans = []
            for _ in range(extents):
                at += index
                start, long = begin + self._number(at, offset), self._number(at + offset, length)
                at += offset + length
                spans += self._span(way, start, long)
            if at > box.end:
                raise Unfit(Why.DAMAGED)
            yield item, spans

    def _span(self, way: int, start: int, long: int) -> list[Span]:
        """`way` 0: in the file; 1: in this box's own data; 2: made from other items."""
        if way == 2:
            return []
        end = self.size
        if way == 1:
            own = self._need(b"idat")
            start, end = self.at + own.start + start, self.at + own.end
        if way > 2 or start + long > end:
            raise Unfit(Why.DAMAGED)
        return [(start, start + long if long else end)]

    def _judge_pixels(self) -> None:
        for box in self._properties():
            if box.kind == b"ispe":
                width, height = self._number(box.start + 4, 4), self._number(box.start + 8, 4)
                if width * height > PIXELS:
                    raise Unfit(Why.PIXELS)

    def _described(self) -> Iterator[Box]:
        """Texts that a person or a camera gave to a picture."""
        yield from (box for box in self._properties() if box.kind in (b"udes", b"uuid"))
        yield from (box for box in self.boxes.values() if box.kind not in LISTS)

    def _properties(self) -> Iterator[Box]:
        for box in _within(self.data, self._need(b"iprp").start, self._need(b"iprp").end):
            if box.kind == b"ipco":
                yield from _within(self.data, box.start, box.end)

    def _need(self, kind: bytes) -> Box:
        if kind not in self.boxes:
            raise Unfit(Why.DAMAGED)
        return self.boxes[kind]

    def _number(self, at: int, width: int) -> int:
        found = self.data[at : at + width]
        if len(found) != width:
            raise Unfit(Why.DAMAGED)
        return int.from_bytes(found, "big")


def _read(file: BinaryIO, start: int, end: int) -> bytes:
    file.seek(start)
    return file.read(end - start)


def _name_of(file: BinaryIO, start: int) -> int:
    """Where the four letters of a box stand, whose content begins at `start`."""
    wide = start >= 16 and _read(file, start - 16, start - 12) == b"\x00\x00\x00\x01"
    return start - 12 if wide else start - 4


def _copy(file: BinaryIO, size: int, out: Sink, wiped: list[Span], written: list[tuple[int, bytes]]) -> None:
    for start in range(0, size, PIECE):
        piece = bytearray(_read(file, start, min(start + PIECE, size)))
        for begin, end in wiped:
            low, high = max(begin, start), min(end, start + len(piece))
            if low < high:
                piece[low - start : high - start] = bytes(high - low)
        for begin, data in written:
            low, high = max(begin, start), min(begin + len(data), start + len(piece))
            if low < high:
                piece[low - start : high - start] = data[low - begin : high - begin]
        out.write(bytes(piece))
