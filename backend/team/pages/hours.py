"""Confirming the hours that an employee proposed."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from litestar import Request, Response, post

from backend.access.person import Person
from backend.foundation.languages import gettext as _
from backend.sickleave.confirm_hours import confirm_hours, may_confirm
from backend.sickleave.forms import ButtonForm
from backend.web.errors import answer
from backend.web.sending import send_once


@post("/absence/hours/{proposal:uuid}/confirmation")
async def send_confirmation(
    request: Request[Any, Any, Any], person: Person, now: datetime, proposal: UUID
) -> Response[Any]:
    """Agrees with the hours."""
    await may_confirm(person, proposal)
    form = ButtonForm(await request.form())

    async def send() -> str:
        return await confirm_hours(person, proposal, form.request_key.data, now=now)

    async def again() -> Response[Any]:
        errors = [*form.form_errors, *form.request_key.errors]
        return answer(request, 422, _(str(errors[0])))

    return await send_once(request, person, form, send, again, _("De uren zijn afgesproken."))


routes = [send_confirmation]
