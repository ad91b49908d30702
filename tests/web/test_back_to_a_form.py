"""Going back to where a form was refused reads an address that only takes forms, and leads to its page."""

from __future__ import annotations

import pytest

from backend.foundation.tokens import new_id
from tests.cast import Cast
from tests.conftest import Client

ITS_PAGE = {
    "/actions/{id}/postponement": "/actions/{id}",
    "/dossiers/{id}/notes": "/dossiers/{id}",
    "/team/{id}/report/check": "/team/{id}/report",
    "/protocol/steps": "/protocol",
    "/sign-out": "/",
}


@pytest.mark.parametrize(("address", "page"), ITS_PAGE.items())
async def test_reading_where_a_form_is_sent_leads_to_its_page(
    client_of: Client, cast_template: Cast, address: str, page: str
) -> None:
    one = str(new_id())
    for who in (None, cast_template.anna):
        answer = await (await client_of(who)).get(address.format(id=one))
        assert (answer.status_code, answer.headers["location"]) == (303, page.format(id=one))


async def test_a_script_is_told_that_the_method_is_not_allowed(
    client_of: Client, cast_template: Cast
) -> None:
    anna = await client_of(cast_template.anna)
    answer = await anna.get("/protocol/steps", headers={"Accept": "application/json"})
    assert (answer.status_code, answer.headers["allow"]) == (405, "POST, OPTIONS")
