"""Every mail and SMS of the product, in both languages."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID

import pytest

from backend.dossier.tables import Dossier
from backend.foundation.database import execute
from backend.foundation.encryption import keyring
from backend.foundation.tokens import new_id, token_hash
from backend.gateways.mail import OutgoingMail
from backend.gateways.sms import OutgoingSms
from backend.organisations.tables import Employment
from backend.outbox import registry, render
from backend.outbox.letters import Mail
from backend.sickleave.tables import PartialRecovery, Spell
from backend.worker import learn_notices
from tests.cast import NOW, Cast, Member

HEALTH = re.compile(r"ziek|sick|ill|verzuim|beter\b|recover|herstel|arts|doctor|klacht", re.IGNORECASE)
FREE_TEXT = "griep, bij mijn moeder"
learn_notices()
OF_SPELL = sorted(name for name in registry.names() if name.endswith(("_told", "_confirmed")))
OF_ANOTHER = ["sick_report_for_you", "recovery_for_you", "hours_agreed", "hours_refused"]
OF_ANOTHER += ["hours_recorded"]
OF_ACCOUNT = ["password_changed", "username_changed", "recovery_code_used", "recovery_code_made"]
OF_ACCOUNT += ["factor_added", "factor_removed", "factors_reset"]
WITH_LINK = ["password_reset", "welcome", "begin_again"]
GREETING = {"nl": "Dag", "en": "Hello"}
LANGUAGES = pytest.mark.parametrize("language", ["nl", "en"])


async def worded(
    name: str, subject: Mapping[str, str], secret: str | None = None
) -> OutgoingMail | OutgoingSms | None:
    letter = await registry.notice_named(name)(subject, secret)
    if letter is None:
        return None
    if isinstance(letter, Mail):
        return render.mail(letter, new_id(), NOW, "https://mijn.example.nl")
    return render.sms(letter, new_id(), NOW, "https://mijn.example.nl")


async def mail_of(name: str, subject: Mapping[str, str], secret: str | None = None) -> OutgoingMail:
    mail = await worded(name, subject, secret)
    assert isinstance(mail, OutgoingMail)
    assert not HEALTH.search(mail.subject), mail.subject
    assert "\n" not in mail.subject
    assert mail.html.count('class="button"') <= 1
    assert mail.html.startswith("<!doctype html>")
    assert "http://" not in mail.text
    return mail


async def speaks(language: str) -> None:
    await execute("UPDATE account SET language = $1", language)
    await execute("UPDATE role_holder SET language = $1", language)


async def spell_of(member: Member) -> dict[str, str]:
    """A spell with every free answer filled in, ended, and a proposal."""
    assert member.employment and member.account
    dossier, spell, proposal = new_id(), new_id(), new_id()
    await Dossier.insert(
        Dossier(id=dossier, employment=member.employment, opened_on=date(2026, 11, 16), opened_at=NOW)
    )
    await Spell.insert(
        Spell(
            id=spell, employment=member.employment, dossier=dossier, first_sick_day=date(2026, 11, 16),
            reported_at=NOW, reported_by=member.account, recovered_on=date(2027, 1, 4),
            expected_duration=FREE_TEXT, work_handover=FREE_TEXT, worked_hours=Decimal(0),
        )
    )  # fmt: skip
    await PartialRecovery.insert(
        PartialRecovery(
            id=proposal, spell=spell, starts_on=date(2026, 11, 30), hours_a_week=Decimal("7.5"),
            explanation=FREE_TEXT, proposed_at=NOW, proposed_by=member.account,
        )
    )  # fmt: skip
    return {"spell": str(spell), "partial_recovery": str(proposal), "dossier": str(dossier)}


@LANGUAGES
@pytest.mark.parametrize("name", OF_SPELL)
async def test_a_mail_about_a_spell_says_when_and_never_why(database: Cast, name: str, language: str) -> None:
    await speaks(language)
    ids = await spell_of(database.anna)
    mail = await mail_of(name, {**ids, "role_holder": str(database.bram_as_manager)})
    told = name.endswith("_told")
    assert mail.to == ("bram@voorbeeld.example" if told else database.anna.email)
    assert FREE_TEXT not in mail.text + mail.html
    assert f"{GREETING[language]} {'Bram' if told else 'Anna'},\n" in mail.text
    assert "Bakkerij De Korenaar" in mail.text or name == "hours_proposal_confirmed"
    if told:
        assert "Anna Aalbers" in mail.text
        link = f"https://mijn.example.nl/team/{database.anna.employment}"
        assert (link in mail.text) == (name != "withdrawal_told")
    else:
        assert f"https://mijn.example.nl/dossiers/{ids['dossier']}" in mail.text
        assert ": Bram Bos, Carla Claes\n" in mail.text
    if name == "hours_proposal_told":
        assert {"nl": "7,5", "en": "7.5"}[language] in mail.text
    if name == "sick_report_confirmed":
        assert {"nl": "maandag 16 november", "en": "Monday 16 November"}[language] in mail.text


@LANGUAGES
@pytest.mark.parametrize("name", OF_ANOTHER)
async def test_an_employee_hears_who_did_it_for_them(database: Cast, name: str, language: str) -> None:
    await speaks(language)
    ids = await spell_of(database.anna)
    bram = database.bram.account
    await execute("UPDATE spell SET reported_by = $1, recovery_reported_by = $1", bram)
    await execute("UPDATE partial_recovery SET confirmed_by = $1", bram)
    mail = await mail_of(name, ids)
    assert mail.to == database.anna.email
    assert "Bram Bos" in mail.text and FREE_TEXT not in mail.text
    assert f"https://mijn.example.nl/dossiers/{ids['dossier']}" in mail.text
    if not name.startswith("hours"):
        assert ": Carla Claes\n" in mail.text, "who did it needs no message"
        told = await mail_of(name.replace("for_you", "told"), {**ids, "role_holder": str(database.carla)})
        assert "Bram Bos" in told.text.splitlines()[0]


async def test_who_has_no_account_is_told_without_a_link(database: Cast) -> None:
    ids = await spell_of(database.anna)
    await execute("UPDATE employment SET account = NULL WHERE id = $1", database.anna.employment)
    mail = await mail_of("sick_report_for_you", ids)
    assert mail.to == database.anna.email and "https://" not in mail.text


async def test_who_is_their_own_manager_is_not_said_to_be_told(database: Cast) -> None:
    mail = await mail_of("sick_report_confirmed", await spell_of(database.bram))
    assert ": Carla Claes\n" in mail.text


async def test_who_never_signed_in_is_greeted_by_the_name_there_is(database: Cast) -> None:
    await execute("UPDATE role_holder SET account = NULL WHERE id = $1", database.bram_as_manager)
    ids = await spell_of(database.anna)
    mail = await mail_of("sick_report_told", {**ids, "role_holder": str(database.bram_as_manager)})
    assert "Dag Bram Bos,\n" in mail.text


async def test_who_left_the_role_is_not_told(database: Cast) -> None:
    ids = await spell_of(database.anna)
    await execute("UPDATE role_holder SET ended_on = '2020-11-01' WHERE id = $1", database.bram_as_manager)
    assert await worded("sick_report_told", {**ids, "role_holder": str(database.bram_as_manager)}) is None


@LANGUAGES
@pytest.mark.parametrize("name", OF_ACCOUNT)
async def test_the_owner_hears_what_changed(database: Cast, name: str, language: str) -> None:
    await speaks(language)
    mail = await mail_of(name, {"account": str(database.anna.account)})
    assert mail.to == database.anna.email
    assert "10" in mail.text
    assert "https://mijn.example.nl/account" in mail.text


async def test_a_name_is_no_markup(database: Cast) -> None:
    await execute("UPDATE account SET first_name = '<b>Ann & Co</b>'")
    mail = await mail_of("password_changed", {"account": str(database.anna.account)})
    assert "<b>Ann & Co</b>" in mail.text
    assert "&lt;b&gt;Ann &amp; Co&lt;/b&gt;" in mail.html


async def invitation(cast: Cast) -> UUID:
    id = new_id()
    await execute(
        "INSERT INTO invitation (id, employment, token_hash, created_at, expires_at)"
        " VALUES ($1, $2, $3, $4, $5)",
        id, cast.gijs.employment, token_hash("t0ken"), NOW, NOW + timedelta(days=4),
    )  # fmt: skip
    return id


async def test_an_invitation_has_one_link_and_its_last_day(database: Cast) -> None:
    mail = await mail_of("invitation", {"invitation": str(await invitation(database))}, "t0ken")
    assert mail.to == database.gijs.email
    assert mail.subject == "Je uitnodiging voor Beterschap"
    assert mail.text.count("https://mijn.example.nl/invitations/t0ken") == 1
    assert "vrijdag 20 november" in mail.text


@pytest.mark.parametrize("ended", ["used_at", "withdrawn_at", "replaced_at"])
async def test_an_invitation_that_ended_is_not_mailed(database: Cast, ended: str) -> None:
    id = await invitation(database)
    await execute(f"UPDATE invitation SET {ended} = $2 WHERE id = $1", id, NOW)
    assert await worded("invitation", {"invitation": str(id)}, "t0ken") is None


async def test_an_invitation_without_an_address_is_not_mailed(database: Cast) -> None:
    id = await invitation(database)
    await Employment.update({Employment.email: None}).where(Employment.id == database.gijs.employment)
    assert await worded("invitation", {"invitation": str(id)}, "t0ken") is None


@LANGUAGES
@pytest.mark.parametrize("name", WITH_LINK)
async def test_a_link_for_a_password_is_mailed_until_it_is_used(
    database: Cast, name: str, language: str
) -> None:
    await speaks(language)
    await execute(
        "INSERT INTO password_reset (id, account, token_hash, created_at, expires_at)"
        " VALUES ($1, $2, $3, $4, $5)",
        new_id(), database.anna.account, token_hash("t0ken"), NOW, NOW + timedelta(hours=1),
    )  # fmt: skip
    mail = await mail_of(name, {}, "t0ken")
    assert "https://mijn.example.nl/reset-password/t0ken" in mail.text
    assert re.search(r"11[.:]00", mail.text)
    await execute("UPDATE password_reset SET used_at = $1", NOW)
    assert await worded(name, {}, "t0ken") is None


@pytest.mark.parametrize("name", ["sick_report_confirmed", "recovery_confirmed"])
async def test_who_has_nobody_to_tell_is_asked_to_call(database: Cast, name: str) -> None:
    ids = await spell_of(database.anna)
    call = "Er is nu niemand die bericht krijgt. Bel daarom zelf je werkgever."
    assert call not in (await mail_of(name, ids)).text
    await execute("UPDATE employment SET manager = NULL, case_manager = NULL")
    assert call in (await mail_of(name, ids)).text


@pytest.mark.parametrize("name", ["welcome", "begin_again"])
async def test_nobody_is_said_to_have_asked_for_a_link_that_another_sent(database: Cast, name: str) -> None:
    await execute(
        "INSERT INTO password_reset (id, account, token_hash, created_at, expires_at)"
        " VALUES ($1, $2, $3, $4, $5)",
        new_id(), database.anna.account, token_hash("t0ken"), NOW, NOW + timedelta(days=4),
    )  # fmt: skip
    mail = await mail_of(name, {}, "t0ken")
    assert "Je hebt om een nieuw wachtwoord gevraagd" not in mail.text
    assert "hoef je niets te doen" not in mail.text
    assert "bleef" not in mail.text
    assert "blijft" not in mail.text
    assert "vrijdag 20 november" in mail.text
    assert ("geboortedatum" in mail.text) == (name == "begin_again")


async def sms_code(cast: Cast) -> UUID:
    from tests.cast import session_of

    id = new_id()
    await session_of(cast.anna, now=NOW)
    await execute(
        "INSERT INTO sms_code (id, account, session, phone, code_hash, sent_at, expires_at)"
        " SELECT $1, account, id, $2, $3, $4, $5 FROM session LIMIT 1",
        id, keyring().encrypt("+31612345678", "sms_code.phone"), b"x", NOW, NOW + timedelta(minutes=10),
    )  # fmt: skip
    return id


@LANGUAGES
async def test_a_code_goes_to_the_phone_it_was_asked_for(database: Cast, language: str) -> None:
    await speaks(language)
    id = await sms_code(database)
    sms = await worded("sms_code", {"code": str(id)}, "123456")
    assert isinstance(sms, OutgoingSms)
    assert (sms.to, sms.text[:6]) == ("+31612345678", "123456")
    assert sms.text.splitlines()[-1] == "@mijn.example.nl #123456"  # so phones fill it in, for us alone
    assert len(sms.text) <= 160
    assert not HEALTH.search(sms.text.replace("Beterschap", ""))
    await execute("UPDATE sms_code SET used_at = $1", NOW)
    assert await worded("sms_code", {"code": str(id)}, "123456") is None


def test_every_notice_of_the_product_was_tried_here() -> None:
    ours = {*OF_SPELL, *OF_ANOTHER, *OF_ACCOUNT, "invitation", *WITH_LINK, "sms_code"}
    ours |= {"calendar_reminder", "calendar_digest"}  # tests/legal_calendar
    ours |= {"entry_posted", "entry_for_helper"}  # tests/posting and tests/legal_calendar
    ours |= {"withdrawal_for_you"}  # tests/team
    ours |= {"password_reset_asked"}  # tests/accounts
    ours |= {"entrusted_changed"}  # tests/organisations
    assert registry.names() - ours <= {"greeting", "code", "nobody", "broken"}
