"""Security keys, by one made of software: its answers count once, for our site and this session alone."""

from __future__ import annotations

import hashlib
import json
import os
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from webauthn.helpers import bytes_to_base64url, encode_cbor

from backend.accounts.sessions import Session
from backend.audit.events import Event
from backend.foundation.database import fetch_one, fetch_value
from backend.second_factor.refusals import (
    AlreadyAdded,
    ClonedKey,
    ProveFirst,
    StartAgain,
    TooManyTries,
    WrongKey,
)
from backend.second_factor.security_key import (
    Site,
    add_security_key,
    creation_options,
    prove_security_key,
    request_options,
)
from tests.cast import NOW, Cast, Member
from tests.second_factor.steps import again, give_app, give_recovery_code, happened, reload, session

SITE = Site("https://mijn.example")
PRESENT, HAS_KEY = 0x01, 0x40


@dataclass
class SoftKey:
    """Does what a USB key does (WebAuthn level 2, 6): ES256, no attestation."""

    id: bytes = field(default_factory=lambda: os.urandom(32))
    private: ec.EllipticCurvePrivateKey = field(
        default_factory=lambda: ec.generate_private_key(ec.SECP256R1())
    )
    counter: int = 1

    def _data(self, site: Site, flags: int) -> bytes:
        return hashlib.sha256(site.id.encode()).digest() + bytes([flags]) + self.counter.to_bytes(4, "big")

    def _answer(self, **response: bytes) -> str:
        parts = {name: bytes_to_base64url(value) for name, value in response.items()}
        id = bytes_to_base64url(self.id)
        return json.dumps({"id": id, "rawId": id, "type": "public-key", "response": parts})

    def create(self, options: str, site: Site = SITE) -> str:
        numbers = self.private.public_key().public_numbers()
        public = encode_cbor(
            {1: 2, 3: -7, -1: 1, -2: numbers.x.to_bytes(32, "big"), -3: numbers.y.to_bytes(32, "big")}
        )
        data = self._data(site, PRESENT | HAS_KEY) + bytes(16) + len(self.id).to_bytes(2, "big")
        attestation = encode_cbor({"fmt": "none", "attStmt": {}, "authData": data + self.id + public})
        return self._answer(
            clientDataJSON=client_data("webauthn.create", options, site), attestationObject=attestation
        )

    def get(self, options: str, site: Site = SITE) -> str:
        data, client = self._data(site, PRESENT), client_data("webauthn.get", options, site)
        signature = self.private.sign(data + hashlib.sha256(client).digest(), ec.ECDSA(hashes.SHA256()))
        return self._answer(clientDataJSON=client, authenticatorData=data, signature=signature)


def client_data(kind: str, options: str, site: Site) -> bytes:
    challenge = json.loads(options)["challenge"]
    return json.dumps({"type": kind, "challenge": challenge, "origin": site.origin}).encode()


async def asked_to_create(old: Session) -> tuple[Session, str]:
    options = await creation_options(old, SITE, "anna@voorbeeld.example", "Anna Aalbers", sms=True)
    return await reload(old), options


async def asked_to_get(old: Session) -> tuple[Session, str]:
    options = await request_options(old, SITE, sms=True)
    return await reload(old), options


async def add(key: SoftKey, member: Member) -> Session:
    """Adds the key as the first factor; answers the session that waits at the recovery code."""
    half, options = await asked_to_create(await session(member))
    step = await add_security_key(half, SITE, key.create(options), name="Chrome", sms=True, now=NOW)
    return await again(step.token)


async def prove(old: Session, answer: str, **how: Any) -> Any:
    return await prove_security_key(old, SITE, answer, sms=True, now=how.get("now", NOW))


async def test_a_key_is_added_and_lets_in(database: Cast) -> None:
    key = SoftKey()
    waiting = await add(key, database.anna)
    assert waiting.pending["recovery_code"]
    stored = await fetch_one("SELECT kind, name, credential_id, sign_count, passkey FROM factor")
    assert stored and tuple(stored) == ("security_key", "Chrome", key.id, 1, False)
    await give_recovery_code(database.anna)
    half, options = await asked_to_get(await session(database.anna))
    assert [one["id"] for one in json.loads(options)["allowCredentials"]] == [bytes_to_base64url(key.id)]
    key.counter = 7
    step = await prove(half, key.get(options))
    assert (await again(step.token)).level == "full"
    assert await fetch_value("SELECT sign_count FROM factor") == 7


async def test_an_answer_works_once(database: Cast) -> None:
    key = SoftKey()
    await add(key, database.anna)
    half, options = await asked_to_get(await session(database.anna))
    key.counter = 2
    answer = key.get(options)
    await prove(half, answer)
    with pytest.raises(StartAgain):
        await prove(half, answer)
    other, _options = await asked_to_get(await session(database.anna))
    with pytest.raises(WrongKey):
        await prove(other, answer)


async def test_a_wrong_answer_uses_the_challenge_up(database: Cast) -> None:
    key = SoftKey()
    await add(key, database.anna)
    half, options = await asked_to_get(await session(database.anna))
    with pytest.raises(WrongKey):
        await prove(half, SoftKey(id=key.id).get(options))
    with pytest.raises(StartAgain):
        await prove(half, key.get(options))
    with pytest.raises(StartAgain):
        await prove(await reload(half), key.get(options))


async def test_a_counter_that_goes_back_tells_of_a_copy(database: Cast) -> None:
    key = SoftKey(counter=5)
    await add(key, database.anna)
    for counter in (5, 4, 0):
        half, options = await asked_to_get(await session(database.anna))
        key.counter = counter
        with pytest.raises(ClonedKey):
            await prove(half, key.get(options), now=NOW + timedelta(minutes=counter + 1))
    assert await happened(Event.FACTOR_CLONED) == 3


async def test_a_passkey_without_a_counter_keeps_working(database: Cast) -> None:
    key = SoftKey(counter=0)
    await add(key, database.anna)
    for _time in range(2):
        half, options = await asked_to_get(await session(database.anna))
        assert (await prove(half, key.get(options))).token


@pytest.mark.parametrize("site", [Site("https://mijn-example.test"), Site("http://mijn.example")])
async def test_what_was_signed_for_another_site_is_wrong(database: Cast, site: Site) -> None:
    key = SoftKey()
    half, options = await asked_to_create(await session(database.anna))
    with pytest.raises(WrongKey):
        await add_security_key(half, SITE, key.create(options, site), name="", sms=True, now=NOW)
    await add(key, database.anna)
    half, options = await asked_to_get(await session(database.anna))
    key.counter = 9
    with pytest.raises(WrongKey):
        await prove(half, key.get(options, site))


async def test_another_persons_key_is_wrong(database: Cast) -> None:
    hers, his = SoftKey(), SoftKey()
    await add(hers, database.anna)
    await add(his, database.daan)
    half, options = await asked_to_get(await session(database.anna))
    his.counter = 9
    with pytest.raises(WrongKey):
        await prove(half, his.get(options))


async def test_the_same_key_is_not_added_twice(database: Cast) -> None:
    key = SoftKey()
    await add(key, database.anna)
    inside = await session(database.anna, level="full", confirmed=True)
    inside, options = await asked_to_create(inside)
    assert [one["id"] for one in json.loads(options)["excludeCredentials"]] == [bytes_to_base64url(key.id)]
    with pytest.raises(AlreadyAdded):
        await add_security_key(inside, SITE, key.create(options), name="", sms=True, now=NOW)


async def test_the_password_alone_brings_no_key_of_its_own(database: Cast) -> None:
    await give_app(database.anna)
    thief, options = await asked_to_create(await session(database.anna))
    with pytest.raises(ProveFirst):
        await add_security_key(thief, SITE, SoftKey().create(options), name="", sms=True, now=NOW)


@pytest.mark.parametrize(
    "answer", ["", "{}", "nonsense", '{"id": 1}', "[" * 5000, '{"id":"AA","rawId":"AA"}']
)
async def test_nonsense_is_refused(database: Cast, answer: str) -> None:
    half, _options = await asked_to_create(await session(database.anna))
    with pytest.raises(WrongKey):
        await add_security_key(half, SITE, answer, name="", sms=True, now=NOW)
    await add(SoftKey(), database.anna)
    half, _options = await asked_to_get(await session(database.anna))
    with pytest.raises(WrongKey):
        await prove(half, answer)


async def test_wrong_answers_are_limited_apart_from_codes(database: Cast) -> None:
    key = SoftKey()
    await add(key, database.anna)
    for second in range(5):
        half, options = await asked_to_get(await session(database.anna))
        with pytest.raises(WrongKey):
            await prove(half, SoftKey(id=key.id).get(options), now=NOW + timedelta(seconds=second))
    half, options = await asked_to_get(await session(database.anna))
    key.counter = 9
    with pytest.raises(TooManyTries):
        await prove(half, key.get(options), now=NOW + timedelta(seconds=6))
