"""From a handler's outcome to an answer: a page, a redirect, or data."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from inspect import isawaitable
from typing import Any
from uuid import UUID

from litestar import MediaType, Request, Response
from litestar.datastructures import Cookie

from backend.foundation import languages
from backend.foundation.encryption import keyring
from backend.foundation.refusal import Refused
from backend.gateways.vapid import public_key
from backend.limits.too_often import TooOften
from backend.web.request import session_of, settings_of
from backend.web.templating import environments


@lru_cache(maxsize=10_000)
def owner_tag(account: UUID) -> str:
    """Names an account to a phone without saying which: a report kept offline is sent for nobody else."""
    return keyring().tag(b"owner tag", account.bytes)


def html(request: Request[Any, Any, Any], template: str, **context: Any) -> str:
    """The template, with what every page knows."""
    session = session_of(request)
    person = session.person if session else None
    language = languages.language.get()
    found = environments[language].get_template(template)
    return found.render(
        person=person,
        language=language,
        path=request.scope["path"],
        development=settings_of(request).development,
        push_key=public_key(settings_of(request).vapid_key),
        owner_tag=owner_tag(person.account_id) if person else "",
        **context,
    )


def page(
    request: Request[Any, Any, Any],
    template: str,
    status: int = 200,
    cookies: Sequence[Cookie] = (),
    **context: Any,
) -> Response[str]:
    """A whole page, or the part of one when the template is a part."""
    return Response(
        html(request, template, status=status, **context),
        status_code=status,
        media_type=MediaType.HTML,
        cookies=list(cookies),
    )


def redirect(path: str, cookies: Sequence[Cookie] = ()) -> Response[None]:
    """On to the next page, by GET (303), so that reload and back repeat nothing."""
    return Response(
        None, status_code=303, media_type=MediaType.TEXT, headers={"Location": path}, cookies=list(cookies)
    )


def beside_field(form: Any, refused: Refused) -> None:
    """Puts a refusal beside the field it belongs to, or above the form."""
    message = languages.gettext(refused.message, **refused.params)
    if isinstance(refused, TooOften):
        form.wait_first = True  # nothing is to be mended
    if refused.field and refused.field in form:
        form[refused.field].errors = [*form[refused.field].errors, message]
    else:
        form.form_errors.append(message)


def refuse_whole(form: Any, refused: Refused) -> None:
    """A refusal of all of it, said alone: nothing in the fields is to be mended any more. What was typed
    stays."""
    form.form_errors = []
    for field in form:
        field.errors = []
    beside_field(form, refused)


async def judge_fields(
    form: Any, whole: Callable[[], object] | None = None, /, **judges: Callable[[Any], object]
) -> None:
    """For a form that goes back anyway: also what the verb would refuse next, so that all there is to mend is
    told at once. Each judge is the verb's own, by the name of its field, and gets what was filled in there;
    None too. A field with an error was judged before, and a form refused as a whole needs no mending: so
    `whole` comes first."""
    try:
        if whole:
            whole()
    except Refused as refused:
        refuse_whole(form, refused)
    for name, judge in judges.items():
        if form.form_errors:
            return
        if form[name].errors:
            continue
        try:
            judged = judge(form[name].data)
            if isawaitable(judged):
                await judged
        except Refused as refused:
            (beside_field if refused.field else refuse_whole)(form, refused)


def too_often(answer: Response[Any], no: Refused | None) -> Response[Any]:
    """The same answer as 429, with how long to wait for a program that asks, when too many came before; the
    page says it in words."""
    if isinstance(no, TooOften):
        answer.status_code = 429
        answer.headers["Retry-After"] = str(no.seconds)
    return answer
