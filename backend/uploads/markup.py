"""One XML part of an Office or OpenDocument file, judged while it is read and never held.

A real parser reads it (expat), so that prefixes, character references, CDATA, comments and UTF-16 change
nothing: what is judged are expanded names and decoded values. What leaves room for two readings is refused:
a document type with its entities, another encoding or version, what is not well-formed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import ClassVar
from xml.parsers import expat

from backend.uploads.unfit import Unfit, Why

Attributes = Mapping[str, str]
Rule = Callable[[str, Attributes], None]
"""Is called with an element's name and attributes, written as expat does: `namespace local`."""

DEEPEST = 256
NAMES = 20_000
"""Different elements in one part; the largest real one knows a few hundred."""
TOKEN = 8 * 1024 * 1024
"""Bytes of one tag, comment or instruction."""
SPACE = 1000
"""Characters of one namespace."""
TEXT = 1024 * 1024
"""Characters of one field or formula."""
ENCODINGS = (None, "utf-8", "utf-16")
NO_MEMORY = 1
MARKUP = re.compile(rb"(\xef\xbb\xbf|\xff\xfe|\xfe\xff)?[\x00\s]*<")


def looks_like_markup(data: bytes) -> bool:
    """Whether a part begins as XML would, in any encoding of Unicode, whatever it is called."""
    return MARKUP.match(data) is not None


def local(name: str) -> str:
    """A name without its namespace."""
    return name.rpartition(" ")[2]


def values(attributes: Attributes, name: str) -> list[str]:
    """What stands in the attributes of that name, in whichever namespaces."""
    return [value for key, value in attributes.items() if local(key) == name]


class Part:
    """The elements of one part. Raises Unfit. What is judged stands in `rules`, by the local names of
    elements: readers know several namespaces for one thing."""

    rules: ClassVar[Mapping[str, str]] = {}
    """Local name of an element -> the method that judges it."""

    def __init__(self) -> None:
        self._each: Rule | None = None
        self._ended: Callable[[str], None] | None = None
        self._within = 0
        self._heard: list[str] = []
        self._long = 0
        self._quick = _quick(_Known(self))
        self._parser = expat.ParserCreate(namespace_separator=" ")
        self._parser.buffer_text = True
        self._parser.XmlDeclHandler = _declared
        self._parser.StartDoctypeDeclHandler = _refuse_document_type
        self._parser.StartNamespaceDeclHandler = _spaced
        self._arrange()

    def read(self, pieces: Iterable[bytes]) -> None:
        """Reads the whole part. An empty one is no XML, and harmless."""
        fed = 0
        for piece in pieces:
            fed += len(piece)
            self._parse(piece)
            if fed - self._parser.CurrentByteIndex > TOKEN:
                raise Unfit(Why.TOO_COMPLEX)
        if fed:
            self._parse(b"", last=True)
        self.finish()

    def finish(self) -> None:
        """Everything was read."""

    def watch(self, each: Rule | None) -> None:
        """Has every element judged from here on, besides its rule; with nothing, no longer."""
        if each != self._each:
            self._each = each
            self._arrange()

    def capture(self, ended: Callable[[str], None]) -> None:
        """Called by a rule: gives the text of this element, with what stands within it, at its end."""
        if self._ended is None:
            self._ended = ended
            self._arrange()
        elif self._ended != ended:
            raise Unfit(Why.TOO_COMPLEX)

    def _parse(self, data: bytes, *, last: bool = False) -> None:
        try:
            self._parser.Parse(data, last)
        except expat.ExpatError as error:
            raise Unfit(Why.TOO_COMPLEX if error.code == NO_MEMORY else Why.DAMAGED) from error
        except (ValueError, LookupError) as error:  # an encoding that nobody knows
            raise Unfit(Why.DAMAGED) from error

    def _arrange(self) -> None:
        """A large file has millions of elements: what looks at all of them is there while it is needed."""
        start, end = self._quick
        self._parser.StartElementHandler = self._start if self._each or self._ended else start
        self._parser.EndElementHandler = self._end if self._ended else end
        self._parser.CharacterDataHandler = self._hear if self._ended else None

    def _start(self, name: str, attributes: Attributes) -> None:
        if self._ended:
            self._within += 1
        if self._each:
            self._each(name, attributes)
        self._quick[0](name, attributes)

    def _end(self, name: str) -> None:
        self._quick[1](name)
        ended = self._ended
        if self._within or not ended:
            self._within -= 1
            return
        text, self._heard, self._long, self._ended = "".join(self._heard), [], 0, None
        self._arrange()
        ended(text)

    def _hear(self, text: str) -> None:
        self._long += len(text)
        if self._long > TEXT:
            raise Unfit(Why.TOO_COMPLEX)
        self._heard.append(text)


class _Known(dict[str, Rule | None]):
    """The rule for each name that came by."""

    def __init__(self, part: Part) -> None:
        super().__init__()
        self._part = part

    def __missing__(self, name: str) -> Rule | None:
        if len(self) == NAMES:
            raise Unfit(Why.TOO_COMPLEX)
        method = self._part.rules.get(local(name))
        rule = self[name] = getattr(self._part, method) if method else None
        return rule


def _quick(known: _Known) -> tuple[Rule, Callable[[str], None]]:
    """What is called for most elements, at their beginning and their end."""
    depth = 0

    def start(name: str, attributes: Attributes) -> None:
        nonlocal depth
        depth += 1
        if depth > DEEPEST:
            raise Unfit(Why.TOO_COMPLEX)
        if rule := known[name]:
            rule(name, attributes)

    def end(_: str) -> None:
        nonlocal depth
        depth -= 1

    return start, end


def _declared(version: str, encoding: str | None, _: int) -> None:
    if version != "1.0" or (encoding and encoding.lower()) not in ENCODINGS:
        raise Unfit(Why.DAMAGED)


def _spaced(_: str | None, namespace: str | None) -> None:
    """Each name gets its namespace before it, so a long one would be copied as often as it is used."""
    if len(namespace or "") > SPACE:
        raise Unfit(Why.TOO_COMPLEX)


def _refuse_document_type(*_: object) -> None:
    raise Unfit(Why.HIDDEN)
