"""One line of JSON per happening, for machines to read, and no word about a person in it."""

from __future__ import annotations

import logging
import re
import sys
import traceback
from pathlib import PurePath
from types import TracebackType
from typing import Any, cast

import structlog
from structlog.typing import EventDict, WrappedLogger

PERSONAL = re.compile(r"[^\s@<>\"']+@[^\s@<>\"']+|(?<![\w-])\+?\d(?:[ -]?\d){8,13}(?![\w-])")
"""E-mail addresses and what may be a phone number, but no identifiers."""
WORDED_BY_US = ("uvicorn", "arq")
"""Libraries that put nothing a visitor typed into their lines; of all others the bare format is kept."""
QUIET = ("httpx", "httpcore", "arq", "aiosmtplib", "asyncio", "uvicorn.access")
OWN_HANDLERS = ("uvicorn", "uvicorn.access")
"""Loggers that arrive with a handler of their own, which would write an exception with all it quotes."""
LONGEST = 300


def set_up_logs(level: str) -> None:
    """Structlog and the standard library's loggers alike, to standard output; called once per process."""
    number = logging.getLevelNamesMapping()[level.upper()]
    shared: list[Any] = [
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        _failure,
        _without_people,
    ]
    structlog.configure(
        processors=[*shared, structlog.processors.JSONRenderer(default=str)],
        wrapper_class=structlog.make_filtering_bound_logger(number),
        logger_factory=structlog.WriteLoggerFactory(sys.stdout),
        cache_logger_on_first_use=True,
    )
    root = logging.getLogger()
    root.handlers[:] = [_ToStructlog()]
    root.setLevel(number)
    for name in OWN_HANDLERS:
        logging.getLogger(name).handlers[:] = []
        logging.getLogger(name).propagate = True
    for name in QUIET:
        logging.getLogger(name).setLevel(max(number, logging.WARNING))


class _ToStructlog(logging.Handler):
    """Brings what libraries log into the same lines."""

    def emit(self, record: logging.LogRecord) -> None:
        worded = record.name.split(".")[0] in WORDED_BY_US
        text = record.getMessage() if worded else str(record.msg)
        log = structlog.get_logger()
        log.log(record.levelno, text.split("\n")[0], logger=record.name, exc_info=record.exc_info)


def _failure(_logger: WrappedLogger, _name: str, line: EventDict) -> EventDict:
    """An exception's kind and where it came from, never its message: databases quote values in theirs."""
    told = line.pop("exc_info", None)
    if told is True:
        told = sys.exc_info()
    if isinstance(told, BaseException):
        told = (type(told), told, told.__traceback__)
    if not told or told[0] is None:
        return line
    kind, error, where = cast(tuple[type[BaseException], BaseException, TracebackType | None], told)
    line["error"] = kind.__qualname__
    line["cause"] = [type(cause).__qualname__ for cause in _causes(error)]
    line["where"] = [
        f"{'/'.join(PurePath(frame.filename).parts[-2:])}:{frame.lineno} {frame.name}"
        for frame in traceback.extract_tb(where)[-12:]
    ]
    return line


def _causes(error: BaseException) -> list[BaseException]:
    found: list[BaseException] = []
    following = error.__cause__ or error.__context__
    while following is not None and len(found) < 5:
        found.append(following)
        following = following.__cause__ or following.__context__
    return found


def _without_people(_logger: WrappedLogger, _name: str, line: EventDict) -> EventDict:
    for name, value in line.items():
        if isinstance(value, str) and name != "timestamp":
            line[name] = PERSONAL.sub("[hidden]", value)[:LONGEST]
    return line
