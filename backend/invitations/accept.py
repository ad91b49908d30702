"""Prove that the invitation is yours: with the link, the e-mail address and the birth date."""

from __future__ import annotations

import unicodedata
from datetime import date, datetime

from backend.accounts.sessions import Session, end_session, open_session
from backend.accounts.sign_in import TOO_OFTEN
from backend.audit.events import Event
from backend.audit.record import record
from backend.foundation.database import execute, transaction
from backend.foundation.languages import ngettext
from backend.foundation.refusal import Refused
from backend.foundation.tokens import same
from backend.invitations.state import MOST_TRIES, EndedLink, Invitation, by_token, must_be_open
from backend.limits.rules import INVITATION_TRIES, address_key
from backend.limits.take import give_back
from backend.limits.too_often import take_or_refuse


async def accept(
    token: str,
    email: str,
    birth_date: date,
    *,
    now: datetime,
    address: str,
    agent: str,
    before: Session | None = None,
) -> str | None:
    """Judges the answers. The secret of a session at `invited`, for the cookie; None when the browser keeps
    the session it has (`before`), to which the invitation was tied.

    Raises Refused for wrong answers, EndedLink for a link that is dead or just died, UnknownLink.
    """
    key = address_key("invitation", address)
    await take_or_refuse(key, *INVITATION_TRIES, now=now, message=TOO_OFTEN)
    async with transaction():
        invitation = await by_token(token, now=now, locked=True)
        must_be_open(invitation)
        tries = await _count_first(invitation)
        if right := _matches(invitation, email, birth_date):
            secret = await _let_in(invitation, before, now=now, agent=agent)
        else:
            await _note_wrong(invitation, tries, now=now)
    # What was counted stands from here on; only now may anything be raised.
    if right:
        await give_back(key, now=now)
        return secret
    if tries >= MOST_TRIES:
        raise EndedLink(await by_token(token, now=now))
    raise Refused(_wrong(MOST_TRIES - tries))


def _wrong(left: int) -> str:
    """Not which of the two is wrong."""
    return ngettext(
        "Dit e-mailadres en deze geboortedatum horen niet bij deze uitnodiging."
        " Je kunt het nog %(number)s keer proberen.",
        "Dit e-mailadres en deze geboortedatum horen niet bij deze uitnodiging."
        " Je kunt het nog %(number)s keer proberen.",
        left,
    )  # fmt: skip


async def _count_first(invitation: Invitation) -> int:
    """Under the row's lock: simultaneous tries queue, so none escapes the count."""
    await execute("UPDATE invitation SET wrong_tries = wrong_tries + 1 WHERE id = $1", invitation.id)
    return invitation.wrong_tries + 1


def _matches(invitation: Invitation, email: str, birth_date: date) -> bool:
    right_address = same(_folded(email), _folded(invitation.email)) and bool(invitation.email)
    right_day = invitation.birth_date == birth_date
    return right_address and right_day


def _folded(email: str) -> bytes:
    return unicodedata.normalize("NFC", email.strip()).casefold().encode(errors="replace")


async def _note_wrong(invitation: Invitation, tries: int, *, now: datetime) -> None:
    about = {"employment": invitation.employment, "subject": invitation.id}
    await record(Event.INVITATION_TRIED, now=now, **about)
    if tries >= MOST_TRIES:
        await record(Event.INVITATION_DIED, now=now, **about)


async def _let_in(invitation: Invitation, before: Session | None, *, now: datetime, agent: str) -> str | None:
    await execute(
        "UPDATE invitation SET wrong_tries = $2 WHERE id = $1", invitation.id, invitation.wrong_tries
    )
    await record(Event.INVITATION_PROVEN, now=now, employment=invitation.employment, subject=invitation.id)
    if before is not None and before.level == "full":
        await execute("UPDATE session SET invitation = $2 WHERE id = $1", before.id, invitation.id)
        return None
    if before is not None:
        await end_session(before.id, now=now)
    return await open_session("invited", now=now, agent=agent, invitation=invitation.id)
