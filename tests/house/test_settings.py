"""What the environment may say, and what stops the start."""

import base64
from dataclasses import FrozenInstanceError
from ipaddress import ip_network
from pathlib import Path

import pytest

from backend.settings import SettingsError, load

KEY = bytes(range(100, 132))
OLD_KEY = bytes(range(40, 80))
PRODUCTION = {
    "DATABASE_URL": "postgresql://beterschap:geheim@db/beterschap",
    "REDIS_URL": "rediss://cache/0",
    "SMTP_URL": "smtps://user:geheim@mail.example.nl",
    "MAIL_FROM": "Beterschap <noreply@example.nl>",
    "PUBLIC_URL": "https://mijn.example.nl",
    "SECRET_KEY": base64.b64encode(KEY).decode(),
    "FILES_URL": "s3://beterschap/files",
}
DEVELOPMENT = {
    "BETERSCHAP_ENV": "development",
    "DATABASE_URL": "postgresql:///beterschap",
    "REDIS_URL": "unix:///tmp/redis.sock",
    "SECRET_KEY": "short",
}


def test_production_is_what_you_get_without_asking() -> None:
    settings = load(PRODUCTION)
    assert settings.env == "production"
    assert not settings.development
    assert settings.https
    assert settings.sms_provider == ""
    assert settings.secret_keys == (KEY,)
    assert (settings.vapid_key, settings.push_service) == (b"", ""), "without a key, no pushes"


@pytest.mark.parametrize("host", ["localhost:25", "127.0.0.1", "[::1]:1025"])
def test_a_mail_server_on_this_machine_needs_no_encryption(host: str) -> None:
    assert load(PRODUCTION | {"SMTP_URL": f"smtp://{host}"}).smtp_url == f"smtp://{host}"


def test_the_environment_too_may_come_from_a_file(tmp_path: Path) -> None:
    (tmp_path / "env").write_text("development\n")
    settings = load(DEVELOPMENT | {"BETERSCHAP_ENV": "", "BETERSCHAP_ENV_FILE": str(tmp_path / "env")})
    assert settings.development


def test_development_works_with_little() -> None:
    settings = load(DEVELOPMENT)
    assert settings.development
    assert (settings.sms_provider, settings.smtp_url) == ("inbox", "")
    assert settings.public_url == "http://localhost:8000"
    assert settings.files_url.startswith("file:///")
    assert settings.secret_keys == (b"short",)
    assert (len(settings.vapid_key), settings.push_service) == (32, "inbox")
    assert load(DEVELOPMENT | {"SECRET_KEY": "other"}).vapid_key != settings.vapid_key
    assert load(PRODUCTION | {"VAPID_KEY": KEY.hex()}).vapid_key == KEY
    with pytest.raises(SettingsError, match="must be inbox, web or"):
        load(DEVELOPMENT | {"PUSH_SERVICE": "https://127.0.0.1:9"})


@pytest.mark.parametrize("name", sorted(PRODUCTION))
def test_a_missing_production_setting_is_named(name: str) -> None:
    with pytest.raises(SettingsError, match=rf"^{name} \(or {name}_FILE\) is not set$"):
        load({key: value for key, value in PRODUCTION.items() if key != name})


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("BETERSCHAP_ENV", "staging", "must be one of: development, production"),
        ("PUBLIC_URL", "http://mijn.example.nl", "https://"),
        ("PUBLIC_URL", "https://mijn.example.nl/portal", "without a path"),
        ("PUBLIC_URL", "mijn.example.nl", "must be an origin"),
        ("PUBLIC_URL", "https://user:geheim@mijn.example.nl", "must be an origin"),
        ("PUBLIC_URL", "https://mijn.example.nl:port", "must be an origin"),
        ("PUBLIC_URL", "https://[mijn.example.nl", "must be an origin"),
        ("PUBLIC_URL", "https://mijn.example.nl/#begin", "must be an origin"),
        ("PUBLIC_URL", "https://mijn.exampl\u00e9.nl", "must be an origin"),
        ("DATABASE_URL", "sqlite:///x", "must begin with postgresql://"),
        ("REDIS_URL", "http://cache", "must begin with redis://"),
        ("SMTP_URL", "mail.example.nl", "must begin with smtps://"),
        ("SMTP_URL", "smtp://mail.example.nl:25", "must begin with smtps://"),
        ("SMTP_URL", "smtp://localhost.example.nl", "must begin with smtps://"),
        ("FILES_URL", "/srv/files", "must begin with file://"),
        ("CLAMD_URL", "localhost:3310", "must begin with tcp://"),
        ("SMS_PROVIDER", "inbox", "for development only"),
        ("SMS_PROVIDER", "pigeon", "must be one of"),
        ("SMS_PROVIDER", "messagebird", "SMS_KEY .* is not set"),
        ("SECRET_KEY", base64.b64encode(KEY[:31]).decode(), "at least 32 random bytes"),
        ("SECRET_KEY", "00" * 32, "at least 32 random bytes"),
        ("SECRET_KEY", "correct horse battery staple, and some more words", "at least 32 random bytes"),
        ("SECRET_KEY", base64.b64encode(KEY).decode() + ",weak", "at least 32 random bytes"),
        ("SECRET_KEY", ",", "holds no key"),
        ("VAPID_KEY", base64.b64encode(KEY[:31]).decode(), "32 random bytes"),
        ("VAPID_KEY", base64.b64encode(KEY + KEY).decode(), "32 random bytes"),
        ("VAPID_KEY", "00" * 32, "32 random bytes"),
        ("VAPID_KEY", "no key at all", "32 random bytes"),
        ("PUSH_SERVICE", "web", "for development only"),
        ("PUSH_SERVICE", "http://127.0.0.1:9", "for development only"),
        ("TRUSTED_PROXIES", "10.0.0.0/8,proxy", "addresses or networks"),
        ("TRUSTED_PROXIES", "0.0.0.0/0", "everybody"),
        ("METRICS_TOKEN", "short", "at least 16 characters"),
        ("LOG_LEVEL", "loud", "must be one of: debug"),
    ],
)
def test_a_weak_or_malformed_production_setting_stops_the_start(name: str, value: str, said: str) -> None:
    with pytest.raises(SettingsError, match=said) as refused:
        load(PRODUCTION | {name: value})
    assert "\n" not in str(refused.value)


def test_keys_rotate_the_first_encrypts() -> None:
    both = f"{OLD_KEY.hex()},{base64.urlsafe_b64encode(KEY).decode().rstrip('=')}"
    assert load(PRODUCTION | {"SECRET_KEY": both}).secret_keys == (OLD_KEY, KEY)


def test_a_secret_may_come_from_a_file(tmp_path: Path) -> None:
    path = tmp_path / "my keys"
    path.write_text(f"{KEY.hex()}\n{OLD_KEY.hex()}\n")
    without = {key: value for key, value in PRODUCTION.items() if key != "SECRET_KEY"}
    assert load(without | {"SECRET_KEY_FILE": str(path)}).secret_keys == (KEY, OLD_KEY)
    with pytest.raises(SettingsError, match="both set"):
        load(PRODUCTION | {"SECRET_KEY_FILE": str(path)})
    with pytest.raises(SettingsError, match="SECRET_KEY_FILE cannot be read"):
        load(without | {"SECRET_KEY_FILE": str(tmp_path / "none")})


def test_proxies_are_networks() -> None:
    settings = load(PRODUCTION | {"TRUSTED_PROXIES": "10.0.0.0/8, 2001:db8::1"})
    assert settings.trusted_proxies == (ip_network("10.0.0.0/8"), ip_network("2001:db8::1/128"))


def test_secrets_stay_out_of_what_is_printed() -> None:
    settings = load(PRODUCTION)
    shown = repr(settings)
    assert "geheim" not in shown
    assert repr(KEY) not in shown


def test_nothing_changes_after_the_start() -> None:
    with pytest.raises(FrozenInstanceError):
        load(PRODUCTION).env = "development"  # type: ignore[misc]


@pytest.mark.parametrize(
    ("given", "origin"),
    [
        ("https://Mijn.Example.nl/", "https://mijn.example.nl"),
        ("https://mijn.example.nl:443", "https://mijn.example.nl"),
        ("https://mijn.example.nl:8443", "https://mijn.example.nl:8443"),
        ("https://[2001:DB8::1]:8443", "https://[2001:db8::1]:8443"),
    ],
)
def test_the_public_url_is_the_origin_as_browsers_write_it(given: str, origin: str) -> None:
    assert load({**PRODUCTION, "PUBLIC_URL": given}).public_url == origin
