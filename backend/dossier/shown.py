"""From a row of the timeline to what the template shows. A page does this fifty times, so what comes back in
many rows (a role, a day, a moment) is worded once and remembered."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date, datetime
from functools import lru_cache
from typing import Any
from uuid import UUID

from backend.access.person import Person
from backend.dossier.documents import size_words, type_words
from backend.dossier.formatted import BULLET, formatted
from backend.dossier.shown_action import role_label, shown_action
from backend.dossier.wording import WORDED, titled
from backend.foundation.clock import day_in, zone
from backend.foundation.languages import gettext as _
from backend.foundation.languages import language
from backend.foundation.words import day_heading, day_words, time_words

SHORT = 220
"""Characters up to which a note stands on the timeline whole."""
SHORT_LINES = 3
EXCERPT = 160
"""Enough for two lines on the widest screen; the style shows no more than two."""

WRITTEN = frozenset({"note", "advice", "problem_analysis"})
"""What somebody wrote at some length, with paragraphs and lists."""

CORRECTED_AT = {"note": "notes", "document": "documents", "advice": "advice", "action": "actions"}
"""What its writer can correct, and under which word of the address; an action while it is open."""
ALONE_AT = {"document": "documents", "action": "actions"}
"""Under which word one entry is read by itself; what is not here is read as a note."""

Row = Mapping[str, Any]


def shown(row: Row, dossier_id: UUID, person: Person, today: date) -> dict[str, Any]:
    """One entry as the timeline component takes it. `today` is the day at the employer."""
    kind, moment, role = row["kind"], row["published_at"], row["author_role"]
    name, zone_name = language.get(), row["time_zone"]
    title, text = row["title"], row["body"]
    if kind in WORDED:
        title, text = titled(kind, title, text, json.loads(row["facts"]), today)
    written = kind in WRITTEN
    is_long = written and not _is_whole(kind, row["audience"]) and not is_short(text)
    heading, at = _when(moment, zone_name, today, name)
    changed = max(moment, row["corrected_at"] or moment)
    return {
        "id": row["id"],
        "kind": kind,
        "title": title,
        "text": text,
        "html": formatted(text) if written and not is_long and "\n" in text else None,
        "excerpt": excerpt(text) if is_long else "",
        "is_long": is_long,
        "is_opened": False,
        "published_at": moment,
        "day_heading": heading,
        "published_label": at,
        "author_name": row["author_name"],
        "author_role": role_label(role, name),
        "sees": _("Je werkgever ziet dit niet") if row["audience"] == "medical" else "",
        "is_new": row["author"] != person.account_id and (row["seen_at"] is None or changed > row["seen_at"]),
        "changed_at": changed,
        "note_url": read_at(dossier_id, row["id"], kind) if written or kind in ALONE_AT else None,
        "change_url": _change_url(row, dossier_id, person),
        "corrected": _corrected(row["corrected_at"], zone_name, today, name) if row["corrected_at"] else "",
        "document": _document(row) if row["filename"] is not None else None,
        "action": shown_action(row, person, today, name) if row["due_on"] is not None else None,
    }


def read_at(dossier_id: UUID, entry: UUID, kind: str) -> str:
    """The address of one entry by itself."""
    return f"/dossiers/{dossier_id}/{ALONE_AT.get(kind, 'notes')}/{entry}"


def _change_url(row: Row, dossier_id: UUID, person: Person) -> str:
    """Where its writer corrects it; nothing for others."""
    if row["author"] != person.account_id or row["kind"] not in CORRECTED_AT:
        return ""
    if row["done_at"] is not None or row["cancelled_at"] is not None:
        return ""
    return f"/dossiers/{dossier_id}/{CORRECTED_AT[row['kind']]}/{row['id']}/correction"


def _is_whole(kind: str, audience: str) -> bool:
    """An advice stands there whole: it is what people come for."""
    return kind == "advice" or (kind == "problem_analysis" and audience == "shared")


def is_short(text: str) -> bool:
    """Whether a note fits on the timeline whole."""
    return len(text) <= SHORT and text.count("\n") < SHORT_LINES


def excerpt(text: str) -> str:
    """The beginning of a long note on one line, cut between words; what stood in a list gets a dot."""
    lines = text[: EXCERPT + 1].split("\n")
    line = " ".join(
        " ".join(f"• {item[1]}" if (item := BULLET.fullmatch(one)) else one for one in lines).split()
    )
    if len(text) > EXCERPT and " " in line:
        line = line.rsplit(" ", 1)[0]
    return line.rstrip(".,;: ") + " …"


# What follows is remembered per language: the last argument is there to be part of the key.


@lru_cache(maxsize=8192)
def _when(moment: datetime, zone_name: str, today: date, name: str) -> tuple[str, str]:
    """The heading of its day, and the time."""
    return day_heading(moment.astimezone(zone(zone_name)).date(), today), time_words(moment, zone_name)


@lru_cache(maxsize=1024)
def _corrected(moment: datetime, zone_name: str, today: date, name: str) -> str:
    return _("aangepast op %(day)s", day=day_words(day_in(zone_name, moment), today))


def _document(row: Row) -> dict[str, str]:
    return {
        "url": f"/documents/{row['id']}",
        "filename": row["filename"],
        "size_label": size_words(row["size"]),
        "content_type_label": type_words(row["content_type"]),
    }
