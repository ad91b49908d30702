"""Who is told about a spell: the employee, and who helps them."""

from __future__ import annotations

from uuid import UUID

from backend.access.person import Person
from backend.outbox.add import Promise
from backend.outbox.kinds import Kind
from backend.sickleave.situation import Helper, Situation


def told(person: Person, situation: Situation) -> list[Helper]:
    """The manager and the case manager. Who is their own manager is not told what they did themselves."""
    return [helper for helper in situation.helpers if helper.account != person.account_id]


def promises(person: Person, situation: Situation, what: str, **subject: UUID) -> list[Promise]:
    """To the employee a confirmation (`<what>_confirmed`) or, when somebody else reported, word of it
    (`<what>_for_you`); and a message to each helper (`<what>_told`)."""
    about = {name: str(id) for name, id in subject.items()}
    own = f"{what}_confirmed" if situation.own else f"{what}_for_you"
    return [
        Promise(own, about, reader=situation.account, kind=Kind.OWN_REPORT),
        *(
            Promise(f"{what}_told", about | {"role_holder": str(helper.id)}, kind=Kind.PEOPLE)
            for helper in told(person, situation)
        ),
    ]
