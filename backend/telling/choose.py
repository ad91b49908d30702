"""A person says how they want to be told."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from backend.access.person import Person
from backend.audit.events import Event
from backend.audit.record import record
from backend.foundation.database import execute, transaction
from backend.foundation.tokens import new_id
from backend.outbox.kinds import BY_MAIL_TOO, Kind
from backend.telling.choices import Choice, Offered, kinds_for, usual

STORE = """
INSERT INTO telling_choice (id, account, kind, mail, push, sms)
SELECT i, $1, k, m, p, s
FROM unnest($2::uuid[], $3::varchar[], $4::bool[], $5::bool[], $6::bool[]) AS c(i, k, m, p, s)
ON CONFLICT (account, kind) DO UPDATE SET mail = excluded.mail, push = excluded.push, sms = excluded.sms
"""


async def choose(
    person: Person, ticked: Mapping[Kind, Sequence[str]], offered: Offered, *, now: datetime
) -> None:
    """Keeps, for every kind that matters to the person, which ways they ticked; a way that was not offered
    stays as usual. Some kinds are mailed whatever was ticked (outbox.kinds.BY_MAIL_TOO)."""
    choices = [_choice(kind, ticked.get(kind, ()), offered) for kind in kinds_for(person)]
    async with transaction():
        await execute(
            STORE, person.account_id, [new_id() for _ in choices], [choice.kind for choice in choices],
            [choice.mail for choice in choices], [choice.push for choice in choices],
            [choice.sms for choice in choices],
        )  # fmt: skip
        await record(Event.TELLING_CHOSEN, now=now, account=person.account_id)


def _choice(kind: Kind, ways: Sequence[str], offered: Offered) -> Choice:
    return Choice(
        kind,
        mail="mail" in ways or kind in BY_MAIL_TOO,
        push="push" in ways if offered.push else usual(kind).push,
        sms="sms" in ways and offered.sms,
    )
