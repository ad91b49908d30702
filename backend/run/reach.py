"""How the parent speaks with the web server it started."""

import json
import socket
import urllib.request
from typing import Any


def port_is_free(port: int) -> bool:
    """Whether nobody listens there. Raises PermissionError for one that this user may not open."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except PermissionError:
            raise
        except OSError:
            return False
    return True


def ready(address: str) -> bool:
    try:
        with _get(f"{address}/health/ready"):
            return True
    except OSError:
        return False


def people(address: str) -> list[dict[str, Any]]:
    """The demo people, in the words of /dev/people.json; nobody when that cannot be had."""
    try:
        with _get(f"{address}/dev/people.json") as answer:
            found: list[dict[str, Any]] = json.load(answer)
            return found
    except (OSError, ValueError):
        return []


def _get(url: str) -> Any:
    return urllib.request.urlopen(url, timeout=5)  # noqa: S310 - our own address
