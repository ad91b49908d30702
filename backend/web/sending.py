"""A form that counts once: answered as a page, or as data for a report that waited on a phone."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from litestar import Request, Response
from litestar.background_tasks import BackgroundTask

from backend.access.person import Person
from backend.foundation.languages import gettext as _
from backend.foundation.refusal import Refused
from backend.idempotency.answered import AnotherBody
from backend.outbox.wake import wake
from backend.web.errors import answer, wants_json
from backend.web.page import beside_field, owner_tag, redirect, too_often

KEPT_BY_A_PHONE = "x-offline-report"


async def send_once(
    request: Request[Any, Any, Any],
    person: Person,
    form: Any,
    verb: Callable[[], Awaitable[str]],
    show_again: Callable[[], Awaitable[Response[Any]]],
    done: str,
) -> Response[Any]:
    """Calls the verb when the form is valid, then leads to the location it gives, with `done` as words.

    A refusal shows the form again, what was typed included, or answers 422 with its words; 429 when it is for
    coming too often. 409 when the key was used for another form, or when the phone kept a report for somebody
    else.
    """
    no: Refused | None = None
    if KEPT_BY_A_PHONE in request.headers:
        owner = (await request.form()).get("owner")
        if owner != owner_tag(person.account_id):
            return answer(request, 409, _("Deze melding is van iemand anders. Ze is niet verstuurd."))
    if form.validate():
        try:
            location = await verb()
        except Refused as refused:
            no = refused
            beside_field(form, refused)
        except AnotherBody:
            return answer(request, 409)
        else:
            return _sent(request, location, done)
    if wants_json(request):
        return too_often(Response({"message": first_error(form)}, status_code=422), no)
    return too_often(await show_again(), no)


def _sent(request: Request[Any, Any, Any], location: str, done: str) -> Response[Any]:
    wants = wants_json(request)
    reply: Response[Any] = (
        Response({"location": location, "message": done}, status_code=200) if wants else redirect(location)
    )
    reply.background = BackgroundTask(wake, request.app.state.redis)
    return reply


def first_error(form: Any) -> str:
    """The first thing to mend, for who has no form to show it in."""
    errors = [*form.form_errors, *(error for field in form for error in field.errors)]
    return _(str(errors[0]))
