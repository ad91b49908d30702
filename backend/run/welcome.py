"""What a newcomer reads once everything runs."""

import contextlib
import json
import socket
import urllib.error
import urllib.request
from typing import Any


def say(*lines: str) -> None:
    """At once, also into a pipe."""
    with contextlib.suppress(OSError):  # a terminal that went away must not stop an orderly end
        print(*lines, sep="\n", flush=True)


def port_is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def ready(address: str) -> bool:
    try:
        with _get(f"{address}/health/ready"):
            return True
    except (OSError, urllib.error.URLError):
        return False


def welcome(address: str) -> list[str]:
    """The address, what to try first, and the demo people."""
    lines = ["", f"Beterschap runs at {address}", ""]
    people = _people(address)
    known = [person for person in people if person["password"]]
    invited = [person for person in people if not person["password"]]
    if invited:
        lines += [
            "Try first, best in a browser window as wide as a phone:",
            f"  open {address}/dev/inbox, the mail to {invited[0]['name']}, and its button",
            f"  e-mail address {invited[0]['email']}, birth date {_dutch(invited[0]['birth_date'])}",
            "",
        ]
    if known:
        lines += [
            "These people are registered; the codes of their authenticator app come from the secret:",
            "",
        ]
        lines += _table(known, ("name", "email", "employer", "role", "password", "totp_secret"))
    if invited:
        lines += ["", "These are only invited; their mails wait in the inbox:", ""]
        lines += _table(invited, ("name", "email", "employer", "role", "birth_date"))
    return [*lines, "", f"Mail, SMS and push land at {address}/dev/inbox. Ctrl-C stops everything.", ""]


def _people(address: str) -> list[dict[str, Any]]:
    try:
        with _get(f"{address}/dev/people.json") as answer:
            people: list[dict[str, Any]] = json.load(answer)
            return people
    except (OSError, urllib.error.URLError, json.JSONDecodeError):
        return []


def _get(url: str) -> Any:
    return urllib.request.urlopen(url, timeout=5)  # noqa: S310 - our own address


def _table(people: list[dict[str, Any]], columns: tuple[str, ...]) -> list[str]:
    rows = [[str(person.get(column) or "") for column in columns] for person in people]
    widths = [max(len(row[at]) for row in rows) for at in range(len(columns))]
    return [
        "  " + "  ".join(word.ljust(width) for word, width in zip(row, widths, strict=True)) for row in rows
    ]


def _dutch(day: str) -> str:
    return "-".join(reversed(str(day).split("-")))
