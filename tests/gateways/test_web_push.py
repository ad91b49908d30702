"""Web push, spoken with a local service that opens what it gets."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta

import pytest

from backend.foundation.tokens import new_id
from backend.gateways import web_push
from backend.gateways.failures import Gone, Permanent, Temporary
from backend.gateways.push import NoPush, OutgoingPush
from backend.gateways.push_hosts import is_known
from backend.gateways.silent_hosts import FIRST_REST, LONGEST_REST, SilentHosts
from backend.gateways.vapid import public_key
from backend.gateways.web_push import WebPush
from tests.gateways.push_service import Browser, PushService, decoded, push_service

KEY = bytes(range(40, 72))
MAIL_FROM = "Beterschap <beheer@beterschap.example>"
BODY = "Er staat iets nieuws voor je klaar"


def push_to(browser: Browser, opens: str = "/dossiers/1") -> OutgoingPush:
    return OutgoingPush(
        new_id(), browser.endpoint, browser.p256dh, browser.auth, "anna@voorbeeld.example", "Beterschap",
        BODY, opens, "a" * 32, datetime(2026, 11, 16, tzinfo=UTC),
    )  # fmt: skip


async def send(service: PushService, browser: Browser | None = None) -> None:
    await WebPush(KEY, MAIL_FROM, service.url).send(push_to(browser or service.browser()))


async def test_only_the_browser_can_read_it_and_the_service_knows_who_sends() -> None:
    async with push_service() as service:
        browser = service.browser()
        await send(service, browser)
    (got,) = service.got
    assert browser.opens(got.body) == {
        "title": "Beterschap", "body": BODY, "opens": "/dossiers/1", "tag": "a" * 32
    }  # fmt: skip
    assert b"nieuws" not in got.body
    assert got.claims["sub"] == "mailto:beheer@beterschap.example"
    assert time.time() < got.claims["exp"] < time.time() + timedelta(days=1).total_seconds()
    assert got.headers["authorization"].endswith(f"k={public_key(KEY)}")
    sent = {name: got.headers[name] for name in ("ttl", "urgency", "topic", "content-encoding")}
    assert sent == {"ttl": "86400", "urgency": "normal", "topic": "a" * 32, "content-encoding": "aes128gcm"}
    assert "anna" not in str(got.headers)


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        ("404 Not Found", Gone),
        ("410 Gone", Gone),
        ("429 Too Many Requests", Temporary),
        ("500 Oops", Temporary),
        ("503 Away", Temporary),
        ("400 Bad Request", Permanent),
        ("403 Forbidden", Permanent),
        ("413 Too Large", Permanent),
    ],
)
async def test_a_refusal_is_for_good_or_for_now(status: str, kind: type[Permanent | Temporary]) -> None:
    async with push_service() as service:
        service.answers.append(status)
        with pytest.raises(kind) as refusal:
            await send(service)
    assert str(refusal.value) == f"push {status[:3]}"
    assert isinstance(refusal.value, Gone) == (kind is Gone)


@pytest.mark.parametrize("status", ["200 OK", "201 Created", "202 Accepted", "204 No Content"])
async def test_accepted_is_sent(status: str) -> None:
    async with push_service() as service:
        service.answers.append(status)
        await send(service)


@pytest.mark.parametrize(
    ("said", "wait"),
    [("120", timedelta(minutes=2)), ("Sat, 21 Nov 2026 20:00:00 GMT", None), ("-3", None), ("", None)],
)
async def test_it_stays_away_as_long_as_it_is_asked_to(said: str, wait: timedelta | None) -> None:
    async with push_service() as service:
        service.answers.append(f"429 Too Many Requests\nRetry-After: {said}\r\n")
        with pytest.raises(Temporary) as refusal:
            await send(service)
    assert refusal.value.wait == wait


@pytest.mark.parametrize("status", ["301 Moved", "302 Found", "307 Temporary", "308 Permanent"])
async def test_it_is_never_led_on_to_another_address(status: str) -> None:
    async with push_service() as elsewhere, push_service() as service:
        service.answers.append(f"{status}\nLocation: {elsewhere.url}/push/one\r\n")
        with pytest.raises(Permanent) as refusal:
            await send(service)
    assert str(refusal.value) == f"push {status[:3]}"
    assert elsewhere.got == []


async def test_a_service_that_does_not_answer_is_for_now(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(web_push, "SECONDS", 0.01)
    async with push_service() as service:
        service.silent.add("/push/one")
        with pytest.raises(Temporary) as refusal:
            await send(service)
    assert "127.0.0.1" not in str(refusal.value)


async def test_a_silent_service_is_left_alone_for_a_while_and_then_tried_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    at = [0.0]
    hosts = SilentHosts(lambda: at[0])
    async with push_service() as service:
        gateway = WebPush(KEY, MAIL_FROM, service.url, hosts)
        service.silent.add("/push/silent")
        with monkeypatch.context() as hurried, pytest.raises(Temporary, match="TimeoutError"):
            hurried.setattr(web_push, "SECONDS", 0.01)
            await gateway.send(push_to(service.browser("silent")))
        for _time in range(3):
            with pytest.raises(Temporary, match="push host silent") as refusal:
                await gateway.send(push_to(service.browser("meanwhile")))
            assert refusal.value.wait == timedelta(seconds=FIRST_REST)
        at[0] = FIRST_REST
        for _time in range(2):
            await gateway.send(push_to(service.browser("later")))
    answered = [got.path for got in service.got if got.path not in service.silent]
    assert answered == ["/push/later"] * 2, "nobody waits for it meanwhile"


def test_one_at_a_time_finds_out_whether_a_silent_host_is_there_and_others_are_not_kept() -> None:
    at = [0.0]
    hosts, free = SilentHosts(lambda: at[0]), timedelta()
    hosts.was_silent("a")
    assert hosts.rest_of("b") == free
    waits = []
    for _time in range(7):
        at[0] += hosts.rest_of("a").total_seconds()
        assert hosts.rest_of("a") == free, "one tries"
        waits.append(hosts.rest_of("a").total_seconds())
        hosts.was_silent("a")
    assert waits == [8, 16, 32, 64, 128, LONGEST_REST, LONGEST_REST]
    hosts.has_answered("a")
    assert hosts.rest_of("a") == free


async def test_a_refusal_is_an_answer() -> None:
    hosts = SilentHosts()
    async with push_service() as service:
        service.answers += ["503 Away", "503 Away"]
        for _time in range(2):
            with pytest.raises(Temporary, match="push 503"):
                await WebPush(KEY, MAIL_FROM, service.url, hosts).send(push_to(service.browser()))


async def test_a_service_that_is_away_is_for_now() -> None:
    async with push_service() as service:
        pass
    with pytest.raises(Temporary) as refusal:
        await send(service)
    assert "127.0.0.1" not in str(refusal.value)


async def test_an_unknown_host_is_not_even_tried() -> None:
    async with push_service() as service:
        with pytest.raises(Permanent, match="push host"):
            await WebPush(KEY, MAIL_FROM).send(push_to(service.browser()))
    assert service.got == []


async def test_without_a_key_a_promised_push_is_given_up() -> None:
    with pytest.raises(Permanent):
        await NoPush().send(push_to(Browser("https://fcm.googleapis.com/fcm/send/x")))


KNOWN = [
    "https://fcm.googleapis.com/fcm/send/c1x:APA91b-_x",
    "https://fcm.googleapis.com/wp/x",
    "https://jmt17.google.com/fcm/send/x",
    "https://updates.push.services.mozilla.com/wpush/v2/gAAAA",
    "https://autopush.dev.push.services.mozilla.com/wpush/v2/x",
    "https://db5p.notify.windows.com/w/?token=BQYAAA%3d%3d",
    "https://wns2-par02p.notify.windows.com/w/?token=x",
    "https://web.push.apple.com/QOa",
    "https://api.eu.push.apple.com/x",
]
HOSTILE = [
    "",
    "null",
    "http://fcm.googleapis.com/x",
    "ftp://fcm.googleapis.com/x",
    "//fcm.googleapis.com/x",
    "HTTPS://fcm.googleapis.com/x",
    "https://FCM.googleapis.com/x",
    "https://fcm.googleapis.com",
    "https://fcm.googleapis.com/",
    "https://fcm.googleapis.com:443/x",
    "https://fcm.googleapis.com:8080/x",
    "https://fcm.googleapis.com./x",
    "https://user@fcm.googleapis.com/x",
    "https://user:password@fcm.googleapis.com/x",
    "https://fcm.googleapis.com@elsewhere.example/x",
    "https://fcm.googleapis.com\\@elsewhere.example/x",
    "https://elsewhere.example\\.fcm.googleapis.com/x",
    "https://elsewhere.example#.fcm.googleapis.com/x",
    "https://elsewhere.example?.notify.windows.com/x",
    "https://elsewhere.example/.notify.windows.com/x",
    "https://fcm.googleapis.com.elsewhere.example/x",
    "https://xfcm.googleapis.com/x",
    "https://evilnotify.windows.com/x",
    "https://notify.windows.com/x",
    "https://.notify.windows.com/x",
    "https://-.notify.windows.com/x",
    "https://a..notify.windows.com/x",
    "https://notify.windows.com.elsewhere.example/x",
    "https://push.services.mozilla.com.elsewhere.example/x",
    "https://127.0.0.1/x",
    "https://127.0.0.1:5432/x",
    "https://10.0.0.8/x",
    "https://169.254.169.254/latest/meta-data",
    "https://2130706433/x",
    "https://0x7f000001/x",
    "https://[::1]/x",
    "https://localhost/x",
    "https://redis/x",
    "https://fcm.goog\u200bleapis.com/x",
    "https://fcm\u3002googleapis.com/x",
    "https://\uff46cm.googleapis.com/x",
    "https://fcm.googl\u0435apis.com/x",
    "https://fcm.googleapis.com/\u00e9",
    "https://fcm.googleapis.com/x y",
    "https://fcm.googleapis.com/x\r\nHost: elsewhere.example",
    "https://fcm.googleapis.com/x\n",
    " https://fcm.googleapis.com/x",
    "https://fcm.googleapis.com/x#y",
    "https://fcm.googleapis.com/" + "x" * 2000,
    "https:/fcm.googleapis.com/x",
    "https:fcm.googleapis.com/x",
    "https://%66cm.googleapis.com/x",
    "javascript:alert(1)//fcm.googleapis.com/x",
    "file:///etc/passwd",
]


@pytest.mark.parametrize("endpoint", KNOWN)
def test_the_browsers_own_services_are_known(endpoint: str) -> None:
    assert is_known(endpoint)


@pytest.mark.parametrize("endpoint", HOSTILE)
def test_nothing_else_is(endpoint: str) -> None:
    assert not is_known(endpoint)


@pytest.mark.parametrize("own", ["", "inbox", "web", "http://127.0.0.1:9"])
def test_a_service_of_ones_own_is_known_at_its_very_origin(own: str) -> None:
    assert is_known("http://127.0.0.1:9/push/x", own) == own.startswith("http")
    assert not is_known("http://127.0.0.1:99/push/x", own)
    assert not is_known("http://127.0.0.1:9", own)
    assert not is_known("http://127.0.0.1:9@elsewhere.example/", own)


def test_the_public_key_is_a_point_as_browsers_take_it() -> None:
    assert len(decoded(public_key(KEY))) == 65
    assert decoded(public_key(KEY))[0] == 4
    assert public_key(b"") == ""


def test_where_it_goes_and_what_it_says_show_in_no_representation() -> None:
    said = repr(push_to(Browser("https://fcm.googleapis.com/fcm/send/x")))
    assert "fcm" not in said
    assert "anna" not in said
