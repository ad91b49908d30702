"""What people are told of, as far as they choose how."""

from __future__ import annotations

from enum import StrEnum


class Kind(StrEnum):
    """One row of choices on the page about it. What nobody chooses (a code, a link, word of a changed
    password) has no kind."""

    DOSSIER = "dossier"
    """Something new in one's own dossier."""
    OWN_REPORT = "own_report"
    """That one was reported sick or recovered, by oneself or by somebody else."""
    PEOPLE = "people"
    """What happens with those whom one manages or guides."""
    ACTIONS = "actions"
    """An action that somebody gives one, or what became of one that was asked for."""
    REMINDERS = "reminders"
    """What one has to do by law or by protocol."""
    WEEKLY = "weekly"
    """The week's overview of a caseload."""


BY_MAIL_TOO = frozenset({Kind.OWN_REPORT, Kind.REMINDERS})
"""Always mailed as well: a report must be confirmed and a term must not be missed because a phone was
lost."""
NOT_BY_ITSELF = frozenset({Kind.OWN_REPORT})
"""No push unless one chose it: who just pressed the button holds the phone."""
