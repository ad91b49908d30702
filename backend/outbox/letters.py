"""What a notice answers: whom to tell, and in which words."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from backend.foundation.languages import N_

NEWS = N_("Er staat iets nieuws voor je klaar")
"""All that a subject line or a push says of a dossier, as both show on a locked phone."""


@dataclass(frozen=True, slots=True)
class Mail:
    """`template` names templates/email/<template>.html, which says it all once, for HTML and plain text;
    `subject` is a marked Dutch sentence without a word about health, translated when the mail is rendered.
    `opens` is the path that a push about the same opens: nothing in it may tell a stranger more than an
    identifier."""

    to: str
    subject: str
    template: str
    context: Mapping[str, Any] = field(default_factory=dict)
    language: str = "nl"
    opens: str = "/"


@dataclass(frozen=True, slots=True)
class Sms:
    """`text` is a marked Dutch sentence, translated with `context` when the SMS is rendered; `to` is in
    international form (E.164). `fills_in` is a code that a phone may fill in by itself, on our own site."""

    to: str
    text: str
    context: Mapping[str, Any] = field(default_factory=dict)
    language: str = "nl"
    fills_in: str = ""


@dataclass(frozen=True, slots=True)
class Push:
    """To one browser of the reader's, whose e-mail address is `to`. It says only that something is there.
    `forget` is called when the push service says that the browser is no more."""

    endpoint: str = field(repr=False)
    p256dh: str = field(repr=False)
    auth: str = field(repr=False)
    to: str = field(repr=False)
    opens: str
    language: str
    forget: Callable[[], Awaitable[None]]


Letter = Mail | Sms | Push
