"""From a row of the timeline to what the template shows."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date, datetime
from functools import lru_cache
from typing import Any
from uuid import UUID

from backend.access.person import Person
from backend.dossier.documents import size_words, type_words
from backend.dossier.wording import WORDED, role_words, titled
from backend.foundation.clock import day_in, zone
from backend.foundation.languages import gettext as _
from backend.foundation.words import day_heading, day_words, time_words

SHORT = 220
"""Characters up to which a note stands on the timeline whole."""
SHORT_LINES = 3
EXCERPT = 160
"""Two lines on a phone, give or take a word."""

Row = Mapping[str, Any]


@lru_cache(maxsize=256)
def _today(now_minute: datetime, zone_name: str) -> date:
    return day_in(zone_name, now_minute)


def shown(row: Row, dossier_id: UUID, person: Person, now: datetime) -> dict[str, Any]:
    """One entry as the timeline component takes it."""
    kind, moment, zone_name = row["kind"], row["published_at"], row["time_zone"]
    today = _today(now.replace(second=0, microsecond=0), zone_name)
    facts = json.loads(row["facts"]) if kind in WORDED else {}
    title, text = titled(kind, row["title"], row["body"], facts, today)
    is_long = kind == "note" and not is_short(text)
    return {
        "id": row["id"],
        "kind": kind,
        "title": title,
        "text": text,
        "excerpt": excerpt(text) if is_long else "",
        "is_long": is_long,
        "published_at": moment,
        "day_heading": day_heading(moment.astimezone(zone(zone_name)).date(), today),
        "published_label": time_words(moment, zone_name),
        "author_name": row["author_name"],
        "author_role": role_words(row["author_role"]),
        "sees": _("Je werkgever ziet dit niet") if row["audience"] == "medical" else "",
        "is_new": row["author"] != person.account_id and (row["seen_at"] is None or moment > row["seen_at"]),
        "is_opened": False,
        "note_url": f"/dossiers/{dossier_id}/notes/{row['id']}" if kind == "note" else None,
        "document": _document(row) if row["filename"] is not None else None,
        "action": _action(row, today, zone_name) if row["due_on"] is not None else None,
    }


def is_short(text: str) -> bool:
    """Whether a note fits on the timeline whole."""
    return len(text) <= SHORT and text.count("\n") < SHORT_LINES


def excerpt(text: str) -> str:
    """The beginning of a long note, cut between words."""
    line = " ".join(text[: EXCERPT + 1].split())
    if len(text) > EXCERPT and " " in line:
        line = line.rsplit(" ", 1)[0]
    return line.rstrip(".,;: ") + " …"


def _document(row: Row) -> dict[str, str]:
    return {
        "url": f"/documents/{row['id']}",
        "filename": row["filename"],
        "size_label": size_words(row["size"]),
        "content_type_label": type_words(row["content_type"]),
    }


def _action(row: Row, today: date, zone_name: str) -> dict[str, str]:
    state, done_label = "open", ""
    if row["done_at"] is not None:
        done = row["done_at"].astimezone(zone(zone_name)).date()
        state, done_label = "done", _("Gedaan op %(day)s", day=day_words(done, today))
    elif row["cancelled_at"] is not None:
        state = "cancelled"
    elif row["due_on"] < today:
        state = "late"
    return {
        "state": state,
        "done_label": done_label,
        "due_label": _("uiterlijk %(day)s", day=day_words(row["due_on"], today)),
        "assignee_label": _assignee(row),
    }


def _assignee(row: Row) -> str:
    role = role_words(row["assignee_role"])
    return f"{row['assignee_name']}, {role}" if row["assignee_name"] else role
