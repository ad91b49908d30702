"""From the promise to the browser that shows it, through a real push service."""

from __future__ import annotations

import re
from datetime import timedelta
from uuid import UUID

import pytest
import structlog

from backend.accounts.sessions import LONGEST
from backend.dossier.lifecycle import open_dossier
from backend.dossier.publish import publish
from backend.foundation.database import execute, fetch_one, fetch_value
from backend.gateways import web_push
from backend.gateways.sms import OutgoingSms
from backend.outbox.add import add
from backend.outbox.claim import FIRST_WAIT, LEASE, LONGEST_WAIT
from backend.outbox.deliver import Gateways, Outcome, deliver_one
from backend.outbox.kinds import Kind
from backend.outbox.postman import Lane
from backend.telling.choices import Offered
from backend.telling.choose import choose
from backend.worker import LANES
from tests.cast import NOW, Cast, person_of
from tests.gateways.push_service import Browser, PushService
from tests.outbox.conftest import Clock, Phone
from tests.outbox.test_notices import HEALTH, sms_code
from tests.outbox.test_postman import NEVER, running
from tests.second_factor.steps import give
from tests.telling.conftest import Seconds, turned_on
from tests.until import until

BODY = {"nl": "Er staat iets nieuws voor je klaar", "en": "Something new is ready for you"}


@pytest.fixture
async def entry(database: Cast) -> UUID:
    """A medical note in Anna's dossier."""
    assert database.anna.employment
    dossier = await open_dossier(database.anna.employment, NOW.date(), now=NOW)
    return await publish(
        dossier, "note", now=NOW, author_name="Dirk Dirks", author_role="company_doctor", audience="medical",
        title="Over je griep", body="Koorts en klachten",
    )  # fmt: skip


@pytest.fixture
async def browser(database: Cast, service: PushService) -> Browser:
    """Anna's, with pushes on."""
    found = service.browser()
    await turned_on(await person_of(database.anna), found, service.url)
    return found


async def posted(cast: Cast, entry: UUID) -> None:
    await add("entry_posted", {"entry": str(entry)}, now=NOW, reader=cast.anna.account, kind=Kind.DOSSIER)


async def devices() -> int:
    found: int = await fetch_value("SELECT count(*) FROM push_subscription")
    return found


@pytest.mark.parametrize("language", ["nl", "en"])
async def test_the_reader_gets_neutral_words_in_their_language(
    database: Cast, gateways: Gateways, service: PushService, browser: Browser, entry: UUID, language: str
) -> None:
    await execute("UPDATE account SET language = $1", language)
    await posted(database, entry)
    with structlog.testing.capture_logs() as lines:
        assert await deliver_one("push", gateways, Clock(NOW)) == Outcome.SENT
    assert await deliver_one("push", gateways, Clock(NOW)) is None
    (got,) = service.got
    shown = browser.opens(got.body)
    dossier = await fetch_value("SELECT dossier FROM entry WHERE id = $1", entry)
    assert shown == {
        "title": "Beterschap", "body": BODY[language], "opens": f"/dossiers/{dossier}",
        "tag": got.headers["topic"],
    }  # fmt: skip
    assert re.fullmatch(r"[\w-]{1,32}", got.headers["topic"])
    assert str(dossier) not in str(got.headers) + got.path
    said = f"{shown} {lines} {got.headers}"
    assert not HEALTH.search(said.replace("Beterschap", "")), said
    for secret in ("griep", "Koorts", "Anna", "anna@", browser.endpoint, browser.auth, "Bakkerij"):
        assert secret not in said


async def test_a_kill_between_sending_and_marking_repeats_under_the_same_topic(
    database: Cast, gateways: Gateways, service: PushService, browser: Browser, entry: UUID
) -> None:
    await posted(database, entry)
    assert await deliver_one("push", gateways, Clock(NOW)) == Outcome.SENT
    await execute("UPDATE message SET done_at = NULL, leased_until = $1 WHERE channel = 'push'", NOW + LEASE)
    assert await deliver_one("push", gateways, Clock(NOW)) is None, "the lease still runs"
    assert await deliver_one("push", gateways, Clock(NOW + LEASE)) == Outcome.SENT
    first, second = service.got
    assert first.headers["topic"] == second.headers["topic"]
    assert browser.opens(first.body) == browser.opens(second.body)


async def test_another_page_is_another_topic(
    database: Cast, gateways: Gateways, service: PushService, browser: Browser, entry: UUID
) -> None:
    await posted(database, entry)
    step = {"account": str(database.anna.account)}
    await execute("UPDATE telling_choice SET push = true")
    await add("password_changed", step, now=NOW, reader=database.anna.account, kind=Kind.DOSSIER)
    while await deliver_one("push", gateways, Clock(NOW)):
        pass
    first, second = service.got
    assert first.headers["topic"] != second.headers["topic"]
    assert browser.opens(second.body)["opens"] == "/"


@pytest.mark.parametrize("status", ["404 Not Found", "410 Gone"])
async def test_a_dead_browser_is_forgotten(
    database: Cast, gateways: Gateways, service: PushService, browser: Browser, entry: UUID, status: str
) -> None:
    await posted(database, entry)
    service.answers.append(status)
    assert await deliver_one("push", gateways, Clock(NOW)) == Outcome.NOBODY
    assert await devices() == 0
    row = await fetch_one("SELECT done_at, dead_at, last_error FROM message WHERE channel = 'push'")
    assert row and (row["done_at"], row["dead_at"], row["last_error"]) == (NOW, None, f"push {status[:3]}")


@pytest.mark.parametrize(
    ("answer", "least", "most"),
    [
        ("429 Too Many Requests\nRetry-After: 600\r\n", timedelta(minutes=10), timedelta(minutes=10)),
        ("429 Too Many Requests\nRetry-After: 999999\r\n", LONGEST_WAIT, LONGEST_WAIT),
        ("429 Too Many Requests", FIRST_WAIT * 0.8, FIRST_WAIT * 1.2),
        ("500 Oops", FIRST_WAIT * 0.8, FIRST_WAIT * 1.2),
        ("503 Away\nRetry-After: 1\r\n", FIRST_WAIT * 0.8, FIRST_WAIT * 1.2),
    ],
)
async def test_a_busy_service_is_tried_again_when_it_says(
    database: Cast, gateways: Gateways, service: PushService, browser: Browser, entry: UUID,
    answer: str, least: timedelta, most: timedelta,
) -> None:  # fmt: skip
    await posted(database, entry)
    service.answers.append(answer)
    assert await deliver_one("push", gateways, Clock(NOW)) == Outcome.AGAIN
    due = await fetch_value("SELECT due_at FROM message WHERE channel = 'push'")
    assert least <= due - NOW <= most
    assert await deliver_one("push", gateways, Clock(due)) == Outcome.SENT
    assert await devices() == 1


async def test_a_service_that_does_not_answer_is_tried_again(
    database: Cast, gateways: Gateways, service: PushService, browser: Browser, entry: UUID,
    monkeypatch: pytest.MonkeyPatch, seconds: Seconds,
) -> None:  # fmt: skip
    await posted(database, entry)
    monkeypatch.setattr(web_push, "SECONDS", 0.01)
    service.silent.add("/push/one")
    assert await deliver_one("push", gateways, Clock(NOW)) == Outcome.AGAIN
    due = await fetch_value("SELECT due_at FROM message WHERE channel = 'push'")
    assert FIRST_WAIT * 0.8 <= due - NOW <= FIRST_WAIT * 1.2
    monkeypatch.undo()
    service.silent, seconds.at = set(), (due - NOW).total_seconds()
    assert await deliver_one("push", gateways, Clock(due)) == Outcome.SENT
    assert await devices() == 1


@pytest.mark.parametrize("status", ["400 Bad", "403 Forbidden", "413 Large", "302 Found\nLocation: /x\r\n"])
async def test_a_push_that_is_refused_is_dead_and_the_device_stays(
    database: Cast, gateways: Gateways, service: PushService, browser: Browser, entry: UUID, status: str
) -> None:
    await posted(database, entry)
    service.answers.append(status)
    assert await deliver_one("push", gateways, Clock(NOW)) == Outcome.DEAD
    assert (await devices(), len(service.got)) == (1, 1)


@pytest.mark.parametrize("gone", ["DELETE FROM push_subscription", "UPDATE session SET ended_at = now()"])
async def test_it_is_dropped_when_the_device_is_gone_by_then(
    database: Cast, gateways: Gateways, service: PushService, browser: Browser, entry: UUID, gone: str
) -> None:
    await posted(database, entry)
    await execute(gone)
    assert await deliver_one("push", gateways, Clock(NOW)) == Outcome.NOBODY
    assert service.got == []


async def test_it_is_dropped_when_somebody_else_has_the_browser_by_then(
    database: Cast, gateways: Gateways, service: PushService, browser: Browser, entry: UUID
) -> None:
    await posted(database, entry)
    await turned_on(await person_of(database.bram), browser, service.url)
    assert await deliver_one("push", gateways, Clock(NOW)) == Outcome.NOBODY
    assert service.got == []


async def test_it_is_dropped_when_the_session_has_expired_by_then(
    database: Cast, gateways: Gateways, service: PushService, browser: Browser, entry: UUID
) -> None:
    await posted(database, entry)
    assert await deliver_one("push", gateways, Clock(NOW + LONGEST)) == Outcome.EXPIRED
    assert service.got == []


async def test_a_push_that_comes_a_day_late_is_not_sent(
    database: Cast, gateways: Gateways, service: PushService, browser: Browser, entry: UUID
) -> None:
    await posted(database, entry)
    assert await deliver_one("push", gateways, Clock(NOW + timedelta(days=1))) == Outcome.EXPIRED
    assert service.got == []


async def by_sms(cast: Cast, entry: UUID) -> None:
    await give(cast.anna, "sms", "+31612345678")
    offered = Offered(push=True, sms=True)
    await choose(await person_of(cast.anna), {Kind.DOSSIER: ["sms"]}, offered, now=NOW)
    await posted(cast, entry)


@pytest.mark.parametrize("language", ["nl", "en"])
async def test_an_sms_says_that_there_is_something_and_no_more(
    database: Cast, gateways: Gateways, entry: UUID, language: str
) -> None:
    await execute("UPDATE account SET language = $1", language)
    phone = Phone()
    await by_sms(database, entry)
    sending = Gateways(gateways.mail, phone, gateways.push, gateways.public_url)
    assert await deliver_one("sms", sending, Clock(NOW)) == Outcome.SENT
    (sms,) = phone.got
    assert isinstance(sms, OutgoingSms)
    assert sms.to == "+31612345678"
    assert sms.text.startswith(BODY[language])
    assert not HEALTH.search(sms.text.replace("Beterschap", ""))


async def test_news_by_sms_lets_a_code_go_first(database: Cast, gateways: Gateways, entry: UUID) -> None:
    phone = Phone()
    sending = Gateways(gateways.mail, phone, gateways.push, gateways.public_url)
    await by_sms(database, entry)
    code, until = await sms_code(database), NOW + timedelta(minutes=11)
    about, later = {"code": str(code)}, NOW + timedelta(minutes=1)
    await add("sms_code", about, now=later, channel="sms", secret="123456", expires_at=until)
    for _each in range(2):
        assert await deliver_one("sms", sending, Clock(later)) == Outcome.SENT
    assert phone.got[0].text.startswith("123456")
    assert phone.got[1].text.startswith(BODY["nl"])


async def test_an_sms_is_dropped_when_the_number_is_gone_by_then(
    database: Cast, gateways: Gateways, entry: UUID
) -> None:
    await by_sms(database, entry)
    await execute("DELETE FROM factor")
    assert await deliver_one("sms", gateways, Clock(NOW)) == Outcome.NOBODY


async def test_a_push_that_gets_no_answer_holds_up_no_other(
    database: Cast,
    gateways: Gateways,
    service: PushService,
    browser: Browser,
    entry: UUID,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for limit in ("backend.gateways.web_push.SECONDS", "backend.outbox.deliver.SEND_SECONDS"):
        monkeypatch.setattr(limit, NEVER)
    dead = service.browser("dead")
    await turned_on(await person_of(database.bram), dead, service.url)
    service.silent.add("/push/dead")
    about, kind = {"entry": str(entry)}, Kind.DOSSIER
    for _time in range(LANES.count("push") - 1):
        await add("entry_posted", about, now=NOW, reader=database.bram.account, kind=kind)
    await posted(database, entry)
    async with running(*(Lane("push", gateways, Clock(NOW), tick=NEVER) for name in LANES if name == "push")):
        await until(lambda: len(service.got) == LANES.count("push"), "the push behind those that hang")
        service.closing.set()
    assert sorted(got.path for got in service.got)[-2:] == ["/push/dead", "/push/one"]
