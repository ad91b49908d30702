"""From a letter to words, in the recipient's language."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit
from uuid import UUID

import jinja2

from backend.foundation import languages, words
from backend.foundation.clock import HOME_ZONE, day_in
from backend.foundation.encryption import keyring
from backend.gateways.mail import OutgoingMail
from backend.gateways.push import OutgoingPush
from backend.gateways.sms import OutgoingSms
from backend.outbox.letters import NEWS, Mail, Push, Sms

TEMPLATES = Path(__file__).resolve().parent.parent.parent / "templates"


@cache
def _environment() -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(TEMPLATES),
        autoescape=jinja2.select_autoescape(enabled_extensions=("html",), default=False),
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    environment.globals.update(
        {
            "_": languages.gettext,
            "ngettext": languages.ngettext,
            "day_words": words.day_words,
            "hours_words": words.hours_words,
            "moment_in_full": moment_in_full,
        }
    )
    return environment


def moment_in_full(moment: datetime) -> str:
    """`maandag 3 november om 8.12 uur`, also today: a mail may be read days later."""
    return words.moment_words(moment, moment + timedelta(days=2), HOME_ZONE)


@contextmanager
def _reading(language: str) -> Iterator[None]:
    before = languages.language.set(language)
    try:
        yield
    finally:
        languages.language.reset(before)


def mail(letter: Mail, id: UUID, created_at: datetime, public_url: str) -> OutgoingMail:
    """Subject, text and HTML."""
    with _reading(letter.language):
        context = {
            "subject": languages.gettext(letter.subject),
            "language": letter.language,
            "public_url": public_url,
            "created_at": created_at,
            "today": day_in(HOME_ZONE, created_at),
            **letter.context,
        }
        template = _environment().get_template(f"email/{letter.template}.html")
        text = template.render(context, layout="email/layout.txt")
        html = template.render(context, layout="email/layout.html")
        return OutgoingMail(id, letter.to, context["subject"], text.strip() + "\n", html, created_at)


def sms(letter: Sms, id: UUID, created_at: datetime, public_url: str) -> OutgoingSms:
    """One short text. A code ends it once more in the form of WICG "Origin-bound one-time codes", so that a
    phone offers it on our pages and not on those of somebody who pretends to be us."""
    with _reading(letter.language):
        text = languages.gettext(letter.text, **letter.context)
    if letter.fills_in:
        text += f"\n\n@{urlsplit(public_url).hostname} #{letter.fills_in}"
    return OutgoingSms(id, letter.to, text, created_at)


def push(letter: Push, id: UUID, created_at: datetime) -> OutgoingPush:
    """Always the same words. Two that open the same page take each other's place, on their way and on the
    phone; the topic tells the push service which two, and not what they open."""
    with _reading(letter.language):
        body = languages.gettext(NEWS)
    return OutgoingPush(
        id, letter.endpoint, letter.p256dh, letter.auth, letter.to, "Beterschap", body, letter.opens,
        keyring().tag(b"push topic", letter.opens.encode()), created_at,
    )  # fmt: skip
