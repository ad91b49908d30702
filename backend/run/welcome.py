"""What a newcomer reads once everything runs."""

import contextlib
from collections.abc import Iterable
from typing import Any

import pyotp

Person = dict[str, Any]


def say(*lines: str) -> None:
    """At once, also into a pipe; a terminal that went away must not stop an orderly end."""
    with contextlib.suppress(OSError):
        print(*lines, sep="\n", flush=True)


def welcome(address: str, people: list[Person]) -> list[str]:
    """The address, what to try first, and the demo people."""
    known = [person for person in people if person["password"]]
    invited = [person for person in people if not person["password"]]
    lines = ["", f"Beterschap runs at {address}", ""]
    if invited:
        first = invited[0]
        lines += [
            "Try first, in a browser window as narrow as a phone:",
            f"  open {address}/dev/inbox and, in the invitation to {first['name']}, press the button;",
            f"  the e-mail address is {first['email']} and the birth date {_dutch(first['birth_date'])}.",
            "",
            "Invited, their mails wait in the inbox:",
            *_table((person["name"], person["email"], _dutch(person["birth_date"])) for person in invited),
            "",
        ]
    if known:
        lines += [
            f"Registered, with the password {' or '.join(sorted({person['password'] for person in known}))}",
            "(`make code WHO=sanne` prints the code that the authenticator app of Sanne shows now):",
            *_table((person["name"], person["email"], _roles(person, known)) for person in _once(known)),
            "",
        ]
    return [*lines, f"Mail, SMS and push arrive at {address}/dev/inbox. Ctrl-C stops everything.", ""]


def codes(name: str, people: list[Person]) -> list[str]:
    """The codes of this moment for everybody whose name or e-mail address holds `name`."""
    return _table(
        (person["name"], person["email"], pyotp.TOTP(person["totp_secret"]).now())
        for person in _once(people)
        if person["totp_secret"] and name.lower() in f"{person['name']} {person['email']}".lower()
    )


def _once(people: list[Person]) -> Iterable[Person]:
    """Somebody with two jobs stands in the list twice."""
    return {person["email"]: person for person in people}.values()


def _roles(person: Person, people: list[Person]) -> str:
    return ", ".join(
        f"{other['role'].replace('_', ' ')} at {other['employer']}"
        for other in people
        if other["email"] == person["email"]
    )


def _table(rows: Iterable[tuple[str, ...]]) -> list[str]:
    kept = list(rows)
    widths = [max(map(len, column)) for column in zip(*kept, strict=True)]
    return ["  " + "  ".join(map(str.ljust, row, widths)).rstrip() for row in kept]


def _dutch(day: str) -> str:
    return "-".join(reversed(day.split("-")))
