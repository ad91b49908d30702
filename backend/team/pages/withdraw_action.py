"""Taking back an action: by who asked for it, or the case manager."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from litestar import Request, Response, get, post
from litestar.params import FromPath

from backend.dossier.look import look
from backend.dossier.own_actions import OwnAction
from backend.dossier.withdraw_action import withdraw_action, withdrawable
from backend.foundation.languages import gettext as _
from backend.team.forms import WithdrawForm
from backend.web.given import Asker, Now
from backend.web.page import page, redirect
from backend.web.sending import send_once

Asked = Request[Any, Any, Any]


def sheet(request: Asked, action: OwnAction, form: WithdrawForm, status: int = 200) -> Response[str]:
    """What is taken back, and why."""
    return page(request, "team/withdraw_action.html", status, action=action, form=form)


@get("/actions/{entry:uuid}/withdrawal", head=False)
async def show_withdrawal(request: Asked, person: Asker, now: Now, entry: FromPath[UUID]) -> Response[Any]:
    """The form, while the action is open."""
    action = await withdrawable(person, entry, now=now)
    if not action.is_open:
        return redirect(f"/dossiers/{action.dossier}")
    await look(person, action.whose, "step", entry, now=now)
    return sheet(request, action, WithdrawForm())


@post("/actions/{entry:uuid}/withdrawal")
async def send_withdrawal(request: Asked, person: Asker, now: Now, entry: FromPath[UUID]) -> Response[Any]:
    """Takes it back."""
    action = await withdrawable(person, entry, now=now)
    form = WithdrawForm(await request.form())

    async def send() -> str:
        return await withdraw_action(person, entry, form.reason.data or "", form.request_key.data, now=now)

    async def again() -> Response[Any]:
        return sheet(request, action, form, 422)

    return await send_once(request, person, form, send, again, _("De actie is ingetrokken."))


routes = [show_withdrawal, send_withdrawal]
