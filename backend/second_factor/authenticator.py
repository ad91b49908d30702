"""The authenticator app: time-based codes (RFC 6238) of six digits every thirty seconds."""

from __future__ import annotations

import hmac
from datetime import datetime

import pyotp
import segno

from backend.accounts.sessions import Session, set_pending
from backend.foundation.database import fetch_value
from backend.second_factor.add_factor import NewFactor, add_factor
from backend.second_factor.after_proof import NextStep, after_proof
from backend.second_factor.kinds import Kind
from backend.second_factor.queries import standing_of
from backend.second_factor.refusals import StartAgain, UsedCode, WrongCode
from backend.second_factor.tries import judged, used

SECONDS = 30
ISSUER = "Beterschap"


def matching_step(secret: str, code: str, now: datetime) -> int | None:
    """The time step whose code this is: now, or one step either side for a clock that is a little off."""
    totp = pyotp.TOTP(secret)
    here = int(now.timestamp()) // SECONDS
    steps = (here, here - 1, here + 1)
    return next((step for step in steps if hmac.compare_digest(totp.generate_otp(step), code)), None)


def otpauth(secret: str, username: str) -> str:
    """The address that an authenticator app understands, as a link and as a QR code."""
    return pyotp.TOTP(secret).provisioning_uri(name=username, issuer_name=ISSUER)


def qr_code(address: str) -> str:
    """The address as SVG, black on white for a camera, as wide as its place."""
    drawn: str = segno.make(address, error="m").svg_inline(omitsize=True, border=2)
    return drawn


async def begin_authenticator(session: Session) -> None:
    """Makes a secret for the app, kept with the session until a code proves that the app has it."""
    if "totp" not in session.pending:
        await set_pending(session.id, {**session.pending, "totp": pyotp.random_base32()})


async def add_authenticator(session: Session, code: str, *, sms: bool, now: datetime) -> NextStep:
    """Adds the app once it shows the right code. Raises StartAgain, WrongCode, and as `add_factor` does."""
    secret = session.pending.get("totp")
    if session.account is None or secret is None:
        raise StartAgain
    async with judged(session.account, "add authenticator", now=now):
        step = matching_step(secret, code, now)
        if step is None:
            raise WrongCode
        new = NewFactor(kind=Kind.AUTHENTICATOR, name="", secret=secret, last_step=step)
        return await add_factor(session, new, sms=sms, now=now)


async def prove_authenticator(
    session: Session, code: str, *, sms: bool, now: datetime, then: str = "/"
) -> NextStep:
    """Any of the account's apps may have made the code. Raises WrongCode, UsedCode."""
    if session.account is None:
        raise StartAgain
    async with judged(session.account, Kind.AUTHENTICATOR, now=now):
        standing = await standing_of(session, sms=sms)
        found = [
            (factor, step)
            for factor in standing.of(Kind.AUTHENTICATOR)
            if (step := matching_step(factor.secret, code, now)) is not None
        ]
        if not found:
            raise WrongCode
        factor, step = found[0]
        # One statement judges and marks, so that of twenty tries at once one is first.
        if not await fetch_value(
            "UPDATE factor SET last_step = $2, used_at = $3"
            " WHERE id = $1 AND (last_step IS NULL OR last_step < $2) RETURNING true",
            factor.id, step, now,
        ):  # fmt: skip
            raise UsedCode
        await used(session.account, Kind.AUTHENTICATOR, factor.id, now=now)
        return await after_proof(session, standing, now=now, then=then)
