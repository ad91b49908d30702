"""The closed list of what can happen. A name says whose, what and how; it never changes once stored."""

# ruff: noqa: S105 (names of happenings, no passwords)

from __future__ import annotations

from enum import StrEnum


class Event(StrEnum):
    """One kind of happening, in the order of the employee's way (modelled on Warehouse's closed list)."""

    INVITATION_MADE = "invitation:made"
    INVITATION_RESENT = "invitation:resent"
    INVITATION_WITHDRAWN = "invitation:withdrawn"
    INVITATION_TRIED = "invitation:tried"
    """A wrong e-mail address or birth date."""
    INVITATION_DIED = "invitation:died"
    """Five wrong tries."""
    INVITATION_PROVEN = "invitation:proven"
    INVITATION_USED = "invitation:used"
    """It made a new account."""
    INVITATION_LINKED = "invitation:linked"
    """It joined a job to an account that was there."""

    ACCOUNT_MADE = "account:made"
    LOGIN_SUCCESS = "account:login:success"
    LOGIN_FAILURE = "account:login:failure"
    LOGIN_LIMITED = "account:login:limited"
    """A try that was refused unheard, because too many came before."""
    ACCOUNT_LOCKED = "account:locked"
    ACCOUNT_UNLOCKED = "account:unlocked"
    PASSWORD_CHANGED = "account:password:changed"
    PASSWORD_RESET_ASKED = "account:password:reset_asked"
    PASSWORD_RESET = "account:password:reset"
    USERNAME_CHANGED = "account:username:changed"
    LANGUAGE_CHANGED = "account:language:changed"
    TELLING_CHOSEN = "account:telling:chosen"
    """How the person wants to be told."""
    PUSH_TURNED_ON = "push:turned_on"
    PUSH_TURNED_OFF = "push:turned_off"

    SESSION_STARTED = "session:started"
    SESSION_ENDED = "session:ended"
    SESSIONS_ENDED = "session:all_ended"

    FACTOR_ADDED = "factor:added"
    FACTOR_REMOVED = "factor:removed"
    FACTOR_USED = "factor:used"
    FACTOR_FAILED = "factor:failed"
    FACTOR_LIMITED = "factor:limited"
    FACTOR_REPLAYED = "factor:replayed"
    """A right code that was used before."""
    FACTORS_RESET = "factor:all_reset"
    """All taken away at the request of who lost them."""
    FACTOR_CLONED = "factor:cloned"
    """A security key whose counter went back."""
    SMS_CODE_SENT = "factor:sms_code_sent"
    RECOVERY_CODE_MADE = "recovery_code:made"
    RECOVERY_CODE_USED = "recovery_code:used"
    RECOVERY_CODE_FAILED = "recovery_code:failed"

    CONFIRM_SUCCESS = "confirm:success"
    CONFIRM_FAILED = "confirm:failed"

    SICK_REPORT_MADE = "sick_report:made"
    SICK_REPORT_WITHDRAWN = "sick_report:withdrawn"
    RECOVERY_REPORTED = "recovery:reported"
    PARTIAL_RECOVERY_PROPOSED = "partial_recovery:proposed"
    PARTIAL_RECOVERY_CONFIRMED = "partial_recovery:confirmed"
    PARTIAL_RECOVERY_REFUSED = "partial_recovery:refused"
    PARTIAL_RECOVERY_RECORDED = "partial_recovery:recorded"
    """Hours agreed by talking, written down by who manages or guides the employee."""

    ACTION_DONE = "action:done"
    ACTION_POSTPONED = "action:postponed"
    ACTION_CANCELLED = "action:cancelled"

    MEDICAL_ENTRUSTED = "medical:entrusted"
    """A case manager now sees the medical part at an employer."""
    MEDICAL_WITHDRAWN = "medical:withdrawn"

    DOSSIER_OPENED = "dossier:opened"
    DOSSIER_JOINED = "dossier:joined"
    """A new spell within 28 days of the last (BW 7:629(10))."""
    DOSSIER_CLOSED = "dossier:closed"
    DOCUMENT_DOWNLOADED = "document:downloaded"
    NOTE_POSTED = "note:posted"
    NOTE_CORRECTED = "note:corrected"
    DOCUMENT_POSTED = "document:posted"
    ACTION_POSTED = "action:posted"
    ADVICE_POSTED = "advice:posted"
    PROBLEM_ANALYSIS_POSTED = "problem_analysis:posted"

    PROTOCOL_STEP_ADDED = "protocol_step:added"
    PROTOCOL_STEP_ENDED = "protocol_step:ended"
    TERM_SWITCHED = "calendar_term:switched"
    """A term of practice, off or on again."""
    REMINDERS_SET = "calendar_reminders:set"

    MESSAGE_DEAD = "message:dead"
    """Given up after the last attempt; somebody must look."""
    KEYS_ROTATED = "keys:rotated"
