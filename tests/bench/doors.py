"""Whether the time of an answer tells who has an account: a wrong password, a link for a forgotten one, for
names that are there and names that are not, in turn (proof 7; ASVS 6.3.8)."""

from __future__ import annotations

import time
from collections.abc import Callable
from statistics import median

import httpx

from backend.embedded import Servers
from backend.foundation.database import close_pool, execute, open_pool
from tests.bench.table import Line
from tests.bench.targets import new_database, serving
from tests.cast import make_cast

PEOPLE, EACH = 20, 5
"""Accounts, and how often each is tried: fewer than the limit for one person."""
MOST_MS = 5.0
COLUMNS = ["known", "unknown", "apart"]
MORE = """
INSERT INTO account (id, username, email, first_name, last_name, password_hash, created_at)
SELECT uuidv7(), 'bekend' || n || '@voorbeeld.example', 'bekend' || n || '@voorbeeld.example',
    first_name, last_name, password_hash, created_at
FROM account, generate_series(1, $1::int) n WHERE username = 'anna@voorbeeld.example'
"""
ASKED = {
    "A wrong password": ("/sign-in", {"password": "niet het goede wachtwoord"}),
    "A link for a new password": ("/forgot-password", {}),
}


async def bench(servers: Servers, say: Callable[[str], None]) -> list[Line]:
    """The medians of both, each try from an address of its own."""
    url = await new_database(servers, "doors")
    await open_pool(url)
    try:
        await make_cast()
        await execute(MORE, PEOPLE)
    finally:
        await close_pool()
    rows = [Line("Answers to names with and without an account, ms")]
    with serving(servers, "product", "doors", TRUSTED_PROXIES="127.0.0.1/32") as target:
        say("Asking for people who are there and who are not …")
        headers = {"Sec-Fetch-Site": "same-origin", "Accept-Language": "nl"}
        async with httpx.AsyncClient(base_url=f"http://localhost:{target.port}", headers=headers) as client:
            for title, (path, form) in ASKED.items():
                taken: dict[str, list[float]] = {"bekend": [], "onbekend": []}
                for turn in range(PEOPLE * EACH):
                    for who in sorted(taken, reverse=turn % 2 == 0):
                        name = f"{who}{turn % PEOPLE + 1}@voorbeeld.example"
                        address = {"X-Forwarded-For": f"10.{len(path)}.{turn}.{len(who)}"}
                        begun = time.perf_counter()
                        answer = await client.post(path, data={"username": name, **form}, headers=address)
                        taken[who].append((time.perf_counter() - begun) * 1000)
                        if answer.status_code not in (200, 303, 422):
                            raise ValueError(f"{path} was answered with {answer.status_code}")
                known, unknown = map(median, taken.values())
                told = [f"{each:.1f}" for each in (known, unknown, abs(known - unknown))]
                goal = f"under {MOST_MS:g} apart"
                rows.append(Line(f"  {title}", told, goal, abs(known - unknown) < MOST_MS))
    return [*rows, Line()]
