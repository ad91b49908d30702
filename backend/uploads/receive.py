"""Takes in a form with files as it comes, holding no file in memory."""

from __future__ import annotations

import hashlib
from collections.abc import AsyncIterable
from dataclasses import dataclass, field
from email.message import Message
from types import TracebackType

from python_multipart.exceptions import FormParserError
from python_multipart.multipart import MultipartParser

from backend.uploads.kinds import LARGEST
from backend.uploads.scratch import Scratch

FILES = 10
WHOLE = FILES * LARGEST + 1_000_000
"""Bytes of a whole form."""
FIELDS = 60
FIELD = 40_000
"""Bytes of a field that is no file."""


class Malformed(Exception):
    """No browser sends this."""


@dataclass(slots=True)
class Incoming:
    """A file that came in. What is past LARGEST was not kept."""

    name: str
    scratch: Scratch = field(repr=False)
    size: int = 0
    digest: str = ""

    @property
    def too_large(self) -> bool:
        return self.size > LARGEST


class Received:
    """A form: its words, and its files, which are gone when this is closed."""

    def __init__(self) -> None:
        self.words: dict[str, list[str]] = {}
        self.files: list[Incoming] = []

    def getlist(self, name: str) -> list[str]:
        """For WTForms."""
        return self.words.get(name, [])

    def __contains__(self, name: object) -> bool:
        return name in self.words

    def __iter__(self) -> object:
        return iter(self.words)

    def __len__(self) -> int:
        return len(self.words)

    def close(self) -> None:
        """Nothing of the files is left."""
        for file in self.files:
            file.scratch.close()

    def __enter__(self) -> Received:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, where: TracebackType | None
    ) -> None:
        self.close()


async def receive(pieces: AsyncIterable[bytes], content_type: str) -> Received:
    """Reads `multipart/form-data` to its end. Raises Malformed; when it stops, nothing is left."""
    header = Message()
    header["Content-Type"] = content_type
    boundary = header.get_param("boundary")
    if header.get_content_type() != "multipart/form-data" or not isinstance(boundary, str):
        raise Malformed("no multipart form")
    reading = _Reading()
    try:
        parser = MultipartParser(boundary.encode("latin-1", "replace"), reading.callbacks(), max_size=WHOLE)  # type: ignore[arg-type]
        async for piece in pieces:
            parser.write(piece)
        parser.finalize()
        if not reading.ended:
            raise Malformed("broke off")
    except (FormParserError, Malformed) as error:
        reading.received.close()
        raise Malformed(str(error)) from error
    except BaseException:
        reading.received.close()
        raise
    return reading.received


class _Reading:
    """What the parser tells, made into a form."""

    def __init__(self) -> None:
        self.received = Received()
        self.ended = False
        self._header, self._value = bytearray(), bytearray()
        self._headers: dict[str, str] = {}
        self._name = ""
        self._word = bytearray()
        self._file: Incoming | None = None
        self._sum = hashlib.sha256()

    def callbacks(self) -> dict[str, object]:
        return {
            "on_part_begin": self._headers.clear, "on_header_field": self._on_header_field,
            "on_header_value": self._on_header_value, "on_header_end": self._on_header_end,
            "on_headers_finished": self._on_headers, "on_part_data": self._on_data,
            "on_part_end": self._on_part_end, "on_end": self._on_end,
        }  # fmt: skip

    def _on_header_field(self, data: bytes, start: int, end: int) -> None:
        self._header += data[start:end]

    def _on_header_value(self, data: bytes, start: int, end: int) -> None:
        self._value += data[start:end]

    def _on_header_end(self) -> None:
        self._headers[self._header.decode("latin-1").lower()] = self._value.decode("utf-8", "replace")
        self._header.clear()
        self._value.clear()

    def _on_headers(self) -> None:
        told = Message()
        told["Content-Disposition"] = self._headers.get("content-disposition", "").replace("\n", " ")
        self._name = _text(told.get_param("name", header="content-disposition"))
        name = told.get_param("filename", header="content-disposition")
        self._word.clear()
        self._file = None
        if name is None:
            if len(self.received.words) >= FIELDS:
                raise Malformed("too many fields")
            return
        if len(self.received.files) >= FILES + 1:
            raise Malformed("too many files")
        self._sum = hashlib.sha256()
        self._file = Incoming(_text(name), Scratch())
        self.received.files.append(self._file)

    def _on_data(self, data: bytes, start: int, end: int) -> None:
        if self._file is None:
            self._word += data[start:end]
            if len(self._word) > FIELD:
                raise Malformed("a field is too long")
            return
        piece = data[start:end]
        self._file.size += len(piece)
        if not self._file.too_large:
            self._sum.update(piece)
            self._file.scratch.write(piece)

    def _on_part_end(self) -> None:
        if self._file is None:
            values = self.received.words.setdefault(self._name, [])
            if len(values) >= FIELDS:
                raise Malformed("too many fields")
            values.append(self._word.decode("utf-8", "replace"))
            return
        self._file.scratch.finish()
        self._file.digest = self._sum.hexdigest()
        if not self._file.name and not self._file.size:  # a field for files in which none was chosen
            self.received.files.remove(self._file)
            self._file.scratch.close()

    def _on_end(self) -> None:
        self.ended = True


def _text(value: object) -> str:
    """A parameter as text; RFC 2231 gives three parts, which no browser uses here."""
    return value[2] if isinstance(value, tuple) else str(value or "")
