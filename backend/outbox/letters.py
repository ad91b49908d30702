"""What a notice answers: whom to tell, and in which words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Mail:
    """`template` names templates/email/<template>.html, which says it all once, for HTML and plain text;
    `subject` is a marked Dutch sentence without a word about health, translated when the mail is rendered."""

    to: str
    subject: str
    template: str
    context: Mapping[str, Any] = field(default_factory=dict)
    language: str = "nl"


@dataclass(frozen=True, slots=True)
class Sms:
    """`text` is a marked Dutch sentence, translated with `context` when the SMS is rendered; `to` is in
    international form (E.164). `fills_in` is a code that a phone may fill in by itself, on our own site."""

    to: str
    text: str
    context: Mapping[str, Any] = field(default_factory=dict)
    language: str = "nl"
    fills_in: str = ""


Letter = Mail | Sms
