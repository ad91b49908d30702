"""Somebody who is employee, manager, case manager, doctor and administrator, in every mixture of these."""

from __future__ import annotations

import re
from itertools import chain, combinations

import pytest
from litestar import Litestar

from backend.dossier.publish import publish
from backend.foundation.database import execute
from backend.foundation.tokens import new_id
from tests.access.test_table import KINDS
from tests.cast import NOW, Cast
from tests.conftest import Client
from tests.posting.conftest import Dossiers, dossiers

__all__ = ["dossiers"]
ROLES = ("manager", "case_manager", "company_doctor", "administrator")
MIXTURES = list(chain.from_iterable(combinations(ROLES, size) for size in range(2, 5)))
LEFT_OUT = ("/dev/", "/static", "/metrics", "/sign-out", "/live")
"""For development or for programs; the way out; an answer that goes on."""


@pytest.mark.parametrize(
    ("name", "roles"), [*(("daan", some) for some in MIXTURES), ("anna", ROLES), ("dirk", ROLES)]
)
async def test_no_page_fails_for_who_has_several_roles(
    app: Litestar, database: Cast, dossiers: Dossiers, client_of: Client, name: str, roles: tuple[str, ...]
) -> None:
    """A colleague's, an employee's about themselves, and somebody's without a job."""
    member = database.everyone()[name]
    holders = {"manager": database.bram_as_manager, "case_manager": database.carla,
               "company_doctor": database.dirk_as_doctor}  # fmt: skip
    await execute("UPDATE role_holder SET account = NULL WHERE account = $1", member.account)
    for role in roles:
        one = "id = $2" if role in holders else "role = $2"
        await execute(
            f"UPDATE role_holder SET account = $1 WHERE {one}", member.account, holders.get(role, role)
        )
    entries = [
        await publish(dossiers.anna, kind, now=NOW, author_name="x", author_role="x", audience=audience)
        for kind, audience in KINDS
        if kind not in ("action", "document")
    ]
    client, failed = await client_of(member, confirmed=True), []
    for route in app.routes:
        path = re.sub(r"\{dossier:uuid\}", str(dossiers.anna), route.path_format)
        path = re.sub(r"\{employment:uuid\}", str(database.anna.employment), path)
        path = re.sub(r"\{entry:uuid\}", str(entries[5]), path)
        path = re.sub(r"\{[^}]*\}", str(new_id()), path)
        if "GET" in getattr(route, "methods", ()) and not path.startswith(LEFT_OUT):
            answer = await client.get(path)
            failed += [(path, answer.status_code)] if answer.status_code >= 500 else []
    assert failed == []
