"""Plain text in UTF-8, and nothing that only looks like it."""

from __future__ import annotations

import codecs
import re
from typing import BinaryIO

from backend.uploads.unfit import Unfit, Why

HEAD = 64 * 1024
CONTROLS = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f\x80-\x9f]")
SVG = re.compile(r"<svg[\s>]", re.I)
WEB_PAGE = re.compile(
    r"<(!doctype\s+html|html|head|body|script|iframe|object|embed|form|style|link|meta|base|img|a\s|frameset|"
    r"table|div|h1|title|xsl:|\?php)|javascript:|vbscript:|^mime-version:|^content-type:\s*multipart",
    re.I | re.M,
)
"""What browsers take for a page when nobody tells them not to (WHATWG MIME sniffing, 7.1), and more."""
XML = re.compile(r"^\s*<\?xml", re.I)
PROGRAM = re.compile(r"^(#!|\{\\rtf|@echo\b|%!PS)", re.I)


def judge_text(file: BinaryIO) -> None:
    """Raises Unfit for what is not UTF-8, holds control characters, or begins as a page or a program."""
    file.seek(0)
    _judge_head(file.read(HEAD).decode("utf-8", "replace").removeprefix("\ufeff"))
    read = codecs.getincrementaldecoder("utf-8")()
    file.seek(0)
    try:
        while data := file.read(HEAD):
            if CONTROLS.search(read.decode(data)):
                raise Unfit(Why.UNKNOWN)
        read.decode(b"", final=True)
    except UnicodeDecodeError as error:
        raise Unfit(Why.NOT_UTF8) from error


def _judge_head(text: str) -> None:
    if SVG.search(text):
        raise Unfit(Why.DRAWING)
    if WEB_PAGE.search(text) or XML.match(text):
        raise Unfit(Why.WEB_PAGE)
    if PROGRAM.match(text):
        raise Unfit(Why.PROGRAM)
