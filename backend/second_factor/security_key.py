"""Security keys and passkeys (WebAuthn level 2): they sign a challenge of ours, for our address alone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from webauthn import (
    generate_authentication_options,
    generate_registration_options,
    options_to_json,
    verify_authentication_response,
    verify_registration_response,
)
from webauthn.helpers import (
    base64url_to_bytes,
    bytes_to_base64url,
    parse_authentication_credential_json,
    parse_registration_credential_json,
)
from webauthn.helpers.structs import (
    AuthenticatorAttachment,
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from backend.accounts.sessions import Session, set_pending
from backend.foundation.database import fetch_value
from backend.limits.rules import assertion_key
from backend.second_factor import ceremony
from backend.second_factor.add_factor import NewFactor, add_factor
from backend.second_factor.after_proof import NextStep, after_proof
from backend.second_factor.kinds import Kind
from backend.second_factor.queries import OwnFactor, standing_of
from backend.second_factor.refusals import ClonedKey, StartAgain, WrongKey
from backend.second_factor.tries import judged, used


@dataclass(frozen=True, slots=True)
class Site:
    """Which site the keys are for: `origin` as browsers write it, its host is the relying party."""

    origin: str

    @property
    def id(self) -> str:
        return urlsplit(self.origin).hostname or ""


async def creation_options(session: Session, site: Site, username: str, name: str, *, sms: bool) -> str:
    """What the browser needs to make a key, as JSON; its challenge stays with the session, for one use."""
    if session.account is None:
        raise StartAgain
    own = (await standing_of(session, sms=sms)).factors
    options = generate_registration_options(
        rp_id=site.id, rp_name="Beterschap", user_id=session.account.bytes, user_name=username,
        user_display_name=name, exclude_credentials=_descriptors(own),
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.PREFERRED,
            user_verification=UserVerificationRequirement.PREFERRED,
        ),
    )  # fmt: skip
    await _keep(session, "create", options.challenge)
    return options_to_json(options)


async def request_options(session: Session, site: Site, *, sms: bool) -> str:
    """What the browser needs to use a key, as JSON; its challenge stays with the session, for one use."""
    keys = (await standing_of(session, sms=sms)).of(Kind.SECURITY_KEY)
    options = generate_authentication_options(
        rp_id=site.id, allow_credentials=_descriptors(keys),
        user_verification=UserVerificationRequirement.PREFERRED,
    )  # fmt: skip
    await _keep(session, "get", options.challenge)
    return options_to_json(options)


async def add_security_key(
    session: Session, site: Site, credential: str, *, name: str, sms: bool, now: datetime
) -> NextStep:
    """Adds the key that answered. Raises StartAgain, WrongKey and what `add_factor` raises."""
    challenge = await ceremony.take(session, "create")
    if session.account is None or challenge is None:
        raise StartAgain
    async with judged(session.account, "add security_key", now=now, key=assertion_key(session.account)):
        new = _made(site, credential, challenge, name)
        return await add_factor(session, new, sms=sms, now=now)


async def prove_security_key(
    session: Session, site: Site, credential: str, *, sms: bool, now: datetime, then: str = "/"
) -> NextStep:
    """One of the account's keys signed our challenge. Raises StartAgain, WrongKey or ClonedKey.

    Counted apart from codes: whoever wears out the tries of codes must not shut out the real key.
    """
    challenge = await ceremony.take(session, "get")
    if session.account is None or challenge is None:
        raise StartAgain
    async with judged(session.account, Kind.SECURITY_KEY, now=now, key=assertion_key(session.account)):
        standing = await standing_of(session, sms=sms)
        key, count = _signed(site, credential, challenge, standing.of(Kind.SECURITY_KEY))
        # Many passkeys always say 0; any other counter must have gone up since the last time.
        if not await fetch_value(
            "UPDATE factor SET sign_count = $2, used_at = $3"
            " WHERE id = $1 AND (sign_count < $2 OR (sign_count = 0 AND $2 = 0)) RETURNING true",
            key.id, count, now,
        ):  # fmt: skip
            raise ClonedKey
        await used(session.account, Kind.SECURITY_KEY, key.id, now=now)
        return await after_proof(session, standing, now=now, then=then)


def _made(site: Site, credential: str, challenge: str, name: str) -> NewFactor:
    try:
        answer = parse_registration_credential_json(credential)
        made = verify_registration_response(
            credential=answer, expected_challenge=base64url_to_bytes(challenge),
            expected_rp_id=site.id, expected_origin=site.origin,
        )  # fmt: skip
    except Exception as error:
        # A stranger's bytes reach parsers of three libraries, which fail in many ways: all mean no.
        raise WrongKey from error
    return NewFactor(
        kind=Kind.SECURITY_KEY, name=name, credential_id=made.credential_id,
        public_key=made.credential_public_key, sign_count=made.sign_count,
        passkey=answer.authenticator_attachment == AuthenticatorAttachment.PLATFORM
        or made.credential_backed_up,
    )  # fmt: skip


def _signed(
    site: Site, credential: str, challenge: str, keys: tuple[OwnFactor, ...]
) -> tuple[OwnFactor, int]:
    try:
        answer = parse_authentication_credential_json(credential)
        key = next(key for key in keys if key.credential_id == answer.raw_id)
        signed = verify_authentication_response(
            credential=answer, expected_challenge=base64url_to_bytes(challenge), expected_rp_id=site.id,
            expected_origin=site.origin, credential_public_key=key.public_key or b"",
            credential_current_sign_count=0,
        )  # fmt: skip
    except Exception as error:
        # As above; also no key of this account.
        raise WrongKey from error
    return key, signed.new_sign_count


def _descriptors(factors: tuple[OwnFactor, ...]) -> list[PublicKeyCredentialDescriptor]:
    return [PublicKeyCredentialDescriptor(id=own.credential_id) for own in factors if own.credential_id]


async def _keep(session: Session, name: str, challenge: bytes) -> None:
    await set_pending(session.id, {**session.pending, name: bytes_to_base64url(challenge)})
