"""What an employer asks beside the law, for its administrator."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from litestar import Request, Response, get, post
from litestar.params import FromPath, FromQuery

from backend.access.person import Person
from backend.access.roles import role_words
from backend.foundation.refusal import NotFound, Refused
from backend.legal_calendar.protocol_forms import OwnStepForm, RemindForm, numbered
from backend.legal_calendar.protocols import protocols
from backend.legal_calendar.set_protocol import add_step, end_step, remind_before, switch_term
from backend.legal_calendar.term_words import own_words, term_words
from backend.web.given import Asker, Now
from backend.web.page import beside_field, page, redirect

Asked = Request[Any, Any, Any]
HERE = "/protocol"


@get(HERE)
async def show_protocol(request: Asked, person: Asker, done: FromQuery[str] = "") -> Response[Any]:
    """The terms of the law, of practice, and the employer's own."""
    return await _page(request, person, done=done)


@post(f"{HERE}/steps")
async def send_own_step(request: Asked, person: Asker, now: Now) -> Response[Any]:
    """Adds a step."""
    form = OwnStepForm(await request.form())
    if form.validate():
        try:
            await add_step(person, form.employer.data, form.step(), now=now)
            return redirect(f"{HERE}?done=added")
        except Refused as refused:
            beside_field(form, refused)
    return await _page(request, person, 422, adding=form)


@post(f"{HERE}/steps/{{id:uuid}}/end")
async def send_end(person: Asker, now: Now, id: FromPath[UUID]) -> Response[Any]:
    """Ends a step."""
    await end_step(person, id, now=now)
    return redirect(f"{HERE}?done=ended")


@post(f"{HERE}/terms")
async def send_term(request: Asked, person: Asker, now: Now) -> Response[Any]:
    """Switches a term of practice off, or on again."""
    given = await request.form()
    form, off = RemindForm(given), given.get("off") == "yes"
    try:
        await switch_term(person, form.employer.data, str(given.get("term", "")), off=off, now=now)
    except Refused as refused:
        beside_field(form, refused)
        return await _page(request, person, 422, reminding=form)
    return redirect(f"{HERE}?done={'off' if off else 'on'}")


@post(f"{HERE}/reminders")
async def send_reminders(request: Asked, person: Asker, now: Now) -> Response[Any]:
    """Sets the days of notice."""
    form = RemindForm(await request.form())
    if form.validate():
        try:
            await remind_before(person, form.employer.data, int(form.days.data or 0), now=now)
            return redirect(f"{HERE}?done=reminders")
        except Refused as refused:
            beside_field(form, refused)
    return await _page(request, person, 422, reminding=form)


async def _page(
    request: Asked,
    person: Person,
    status: int = 200,
    adding: OwnStepForm | None = None,
    reminding: RemindForm | None = None,
    done: str = "",
) -> Response[str]:
    """Every employer's; a form that was sent goes back to the employer it was about."""
    found = await protocols(person)
    sent = adding or reminding
    if not found or (sent and sent.employer.data not in [one.employer for one in found]):
        raise NotFound
    shown = []
    for place, one in enumerate(found):
        mine = sent is not None and sent.employer.data == one.employer
        forms = (
            adding if adding and mine else OwnStepForm(employer=one.employer),
            reminding if reminding and mine else RemindForm(employer=one.employer, days=one.days),
        )
        shown.append((one, *(numbered(form, place) for form in forms)))
    return page(
        request, "legal_calendar/protocol.html", status, protocols=shown, role_words=role_words, done=done,
        term_words=term_words, own_words=own_words,
    )  # fmt: skip


routes = [show_protocol, send_own_step, send_end, send_term, send_reminders]
