"""Databases with a few dossiers and with thousands, as a case manager and a manager have them."""

from __future__ import annotations

from dataclasses import dataclass

from backend.accounts.sessions import REMEMBERED
from backend.foundation import clock
from backend.foundation.clock import HOME_ZONE, day_in
from backend.foundation.database import close_pool, execute, open_pool, transaction
from backend.foundation.encryption import keyring
from backend.foundation.tokens import new_id
from tests.caseload.many import make_many
from tests.cast import make_cast, session_of

ONE_IN_TEN, A_THIRD = "n % 10 = 0", "n % 3 = 0"
ALL_BUT_250 = "n NOT BETWEEN 1000 AND 1249"
"""Whose dossiers are closed: so that full pages are left of the others, to the last."""


@dataclass(frozen=True, slots=True)
class Filling:
    """What a database holds: dossiers of Carla's, one to a person of Bram's team, and those of others.
    `full`: whatever is asked, some fifty of them answer it."""

    title: str
    dossiers: int
    closed: str = ONE_IN_TEN
    others: int = 0
    full: bool = False


FEW, FULL = Filling("5", 5), Filling("3 x 50", 150, closed=A_THIRD, full=True)
"""FULL holds fifty that are late, fifty without a plan and fifty that are closed: a page out of it has as
many lines as the same page out of thousands, so that what differs is the looking and not the drawing."""
LARGE = (
    Filling("5,000", 5_000),
    Filling("5 % away", 5_000, closed=ALL_BUT_250),
    Filling("of 100k", 150, closed=A_THIRD, others=100_000, full=True),
)

PERSONAL = """
UPDATE employment SET manager = $1, email = lower(first_name) || '@voorbeeld.example'
WHERE first_name LIKE 'Voornaam%'
"""
FILLED = (
    "UPDATE employment SET first_name = 'Voornaam1' || personnel_number,"
    " last_name = 'Naam7' || personnel_number WHERE first_name LIKE 'Voornaam%'",
    "CREATE TEMP TABLE made AS SELECT d.id, e.personnel_number::int AS n FROM dossier d"
    " JOIN employment e ON e.id = d.employment WHERE e.first_name LIKE 'Voornaam%'",
    "UPDATE spell p SET first_sick_day = current_date - 49 - m.n % 245 FROM made m"
    " WHERE p.dossier = m.id AND m.n % 3 = 1",
    "UPDATE action a SET due_on = current_date - 5 - m.n % 20, done_at = NULL FROM made m"
    " JOIN entry e ON e.dossier = m.id WHERE e.id = a.entry AND m.n % 3 = 1",
    "DELETE FROM dossier_seen s USING made m WHERE s.dossier = m.id",
    "INSERT INTO dossier_seen (id, account, dossier, seen_at) SELECT uuidv7(), h.account, m.id, now()"
    " FROM made m, role_holder h WHERE h.role = 'case_manager' AND m.n % 3 <> 1",
    "DELETE FROM calendar_step s USING made m WHERE s.dossier = m.id AND m.n % 3 = 2",
    "UPDATE action a SET done_at = now() FROM made m JOIN entry e ON e.dossier = m.id"
    " WHERE e.id = a.entry AND m.n % 3 = 2",
    "DROP TABLE made",
)
"""Late and unread in week 7 to 42, without a plan, and closed, in turn; a part of a name finds all."""
ALL_SEEN = "UPDATE dossier_seen SET seen_at = current_date + 14"
"""Also what was put there for a day to come: new is only what was never looked at."""
REACHED = "UPDATE spell SET phone = $1, expected_duration = 'Nog een week of twee'"
COLLEAGUE = """
INSERT INTO role_holder (id, provider, role, name, email)
SELECT $1, provider, role, 'Cor Coenen', 'cor@voorbeeld.example' FROM role_holder WHERE id = $2
"""
SEEN = "UPDATE session SET remember = true, seen_at = $1, expires_at = $2"
"""In the future, so that no measured request has to note that its device was seen."""


async def fill(url: str, filling: Filling) -> list[str]:
    """Answers the secrets of the sessions of Carla, Dirk and Bram."""
    now, today = clock.now(), day_in(HOME_ZONE, clock.now())
    await open_pool(url, patience=3600)
    try:
        cast = await make_cast()
        await make_many(cast, filling.dossiers, today, closed=filling.closed)
        if filling.full:
            async with transaction():
                for sentence in FILLED:
                    await execute(sentence)
        await execute(ALL_SEEN)
        await execute(PERSONAL, cast.bram_as_manager)
        if filling.others:
            await execute(COLLEAGUE, colleague := new_id(), cast.carla)
            await make_many(cast, filling.others, today, case_manager=colleague)
        await execute(REACHED, keyring().encrypt("+31612345678", "spell.phone"))
        people = (cast.helpers["carla"], cast.helpers["dirk"], cast.bram)
        secrets = [await session_of(one, now=now) for one in people]
        await execute(SEEN, now + REMEMBERED / 2, now + REMEMBERED)
        await execute("VACUUM (ANALYZE)")
    finally:
        await close_pool()
    return secrets
