"""How the person stands with the employer, in one sentence under the greeting."""

from __future__ import annotations

from backend.foundation.languages import gettext as _
from backend.foundation.words import day_words
from backend.sickleave.situation import Situation


def status_words(situation: Situation) -> str:
    """Nothing when there is nothing to say."""
    last, today = situation.last, situation.today
    if last and last.recovered_on is None:
        return _("Je bent ziek gemeld sinds %(day)s.", day=day_words(last.first_sick_day, today))
    if last and last.recovered_on and last.recovered_on > today:
        return _(
            "Je bent hersteld gemeld vanaf %(day)s. Tot die dag ben je ziek gemeld.",
            day=day_words(last.recovered_on, today),
        )
    if situation.left:
        return _("Je werkt hier niet meer. Je dossiers kun je nog lezen.")
    return ""


def may_report(situation: Situation) -> bool:
    """Whether a new sick report could be accepted at all today."""
    last = situation.last
    ended = last is None or (last.recovered_on is not None and last.recovered_on <= situation.today)
    return ended and not situation.left
