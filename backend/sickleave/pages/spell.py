"""How a spell stands."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from litestar import Request, Response, get
from litestar.params import FromPath

from backend.sickleave import shown
from backend.sickleave.queries import spell_of
from backend.sickleave.situation import situation_of
from backend.sickleave.telling import told
from backend.web.given import Asker, Now
from backend.web.page import page


@get("/absence/{spell:uuid}")
async def show_spell(
    request: Request[Any, Any, Any], person: Asker, now: Now, spell: FromPath[UUID]
) -> Response[Any]:
    """How a spell stands: reported, recovered or taken back; what happens next, and whom to call."""
    found = await spell_of(person, spell)
    situation = await situation_of(person, found.employment, now=now)
    return page(
        request, "sickleave/spell.html", spell=found, rows=shown.optional_answers(found.answers),
        told=shown.told_words(person, situation), anybody_told=bool(told(person, situation)),
        **shown.around(person, situation),
    )  # fmt: skip


routes = [show_spell]
