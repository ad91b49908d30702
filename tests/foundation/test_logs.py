"""No log line knows a person."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

SCRIPT = """
import logging, logging.config, structlog, uvicorn.config
from backend.foundation.logs import set_up_logs
logging.config.dictConfig(uvicorn.config.LOGGING_CONFIG)
set_up_logs("info")
log = structlog.get_logger()
log.info("request", route="/dossiers/{id}", id="01a1ffc3-2091-7757-9e15-2fb0cf5796d9", ms=12345.6)
log.info("oops", why="anna@voorbeeld.example", phone="+31 6 1234 5678", also="0612345678")
try:
    try:
        raise KeyError("anna@voorbeeld.example")
    except KeyError as error:
        raise ValueError("Key (email)=(anna@voorbeeld.example) exists") from error
except ValueError:
    log.exception("broke")
    logging.getLogger("somebody.else").exception("cannot greet %s", "Anna Aalbers")
logging.getLogger("uvicorn.error").info("Started server process [%d]", 5)
try:
    raise ValueError("Key (email)=(anna@voorbeeld.example) exists")
except ValueError:
    logging.getLogger("uvicorn.error").exception("Exception in ASGI application\\n")
logging.getLogger("httpx").info("GET http://localhost/invitations/t0ken")
log.debug("unseen")
"""


def lines() -> list[dict[str, Any]]:
    root = Path(__file__).resolve().parent.parent.parent
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT], cwd=root, capture_output=True, text=True, check=True
    )
    assert "Anna" not in done.stdout and "anna" not in done.stdout and "t0ken" not in done.stdout
    assert done.stderr == ""
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_a_line_is_json_and_knows_no_person() -> None:
    request, oops, broke, library, started, server = lines()
    assert request["route"] == "/dossiers/{id}"
    assert request["id"] == "01a1ffc3-2091-7757-9e15-2fb0cf5796d9"
    assert (oops["why"], oops["phone"], oops["also"]) == ("[hidden]",) * 3
    assert (broke["error"], broke["cause"], broke["level"]) == ("ValueError", ["KeyError"], "error")
    assert "<string>" in broke["where"][0]
    assert library["event"] == "cannot greet %s"
    assert started["event"] == "Started server process [5]"
    assert (server["event"], server["error"]) == ("Exception in ASGI application", "ValueError")
