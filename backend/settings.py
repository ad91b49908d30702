"""What the environment says, read once. Every NAME may also come as NAME_FILE, the path of its file."""

import hashlib
import ipaddress
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Literal, cast
from urllib.parse import urlsplit

from backend.setting_keys import KEY_BYTES, decoded, is_weak

Network = ipaddress.IPv4Network | ipaddress.IPv6Network

DATA = Path(__file__).resolve().parent.parent / ".data"
ENVIRONMENTS = ("development", "production")
SMS_PROVIDERS = ("", "inbox", "messagebird")
LOG_LEVELS = ("debug", "info", "warning", "error")
VAPID_KEY_BYTES = 32
USUAL_PORTS = {"http": 80, "https": 443}


class SettingsError(Exception):
    """A setting is missing, unreadable or too weak; the message is one line for whoever runs the service."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """All that may differ between two installations.

    Secrets stay out of `repr`, so that a log line or a traceback cannot carry them.
    """

    env: Literal["development", "production"]
    public_url: str
    """Origin under which browsers reach us, without a path: `https://mijn.example.nl`."""
    database_url: str = field(repr=False)
    redis_url: str = field(repr=False)
    smtp_url: str = field(repr=False)
    """`smtps://` or `smtp+starttls://`, with user and password, or `smtp://` to this machine itself; empty
    only in development: mail goes to the inbox page."""
    mail_from: str
    sms_provider: str
    """`messagebird`, `inbox` (development only), or empty: SMS is then no second factor anyone can choose."""
    sms_key: str = field(repr=False)
    sms_sender: str
    vapid_key: bytes = field(repr=False)
    """32 bytes that sign pushes (RFC 8292); empty: nobody can choose a push. A new key ends every
    subscription that was made under the old one, so it is no part of SECRET_KEY, which rotates."""
    push_service: str
    """Development only: `inbox`, `web`, or the origin of a push service of one's own. Empty in production."""
    secret_keys: tuple[bytes, ...] = field(repr=False)
    """The first encrypts, all decrypt: put a new key in front to rotate."""
    files_url: str
    """`file:///folder` or `s3://bucket/prefix`; S3 reads the usual AWS_* variables itself."""
    clamd_url: str
    """`tcp://host:3310` or `unix:///path` of a virus scanner; empty: files are not scanned."""
    trusted_proxies: tuple[Network, ...]
    """Only these peers are believed about X-Forwarded-For."""
    metrics_token: str = field(repr=False)
    """What a scraper sends as bearer token; empty closes /metrics."""
    log_level: str

    @property
    def development(self) -> bool:
        return self.env == "development"

    @property
    def https(self) -> bool:
        return self.public_url.startswith("https://")


@cache
def current() -> Settings:
    """The settings of this process."""
    return load()


def load(environ: Mapping[str, str] = os.environ) -> Settings:
    """Read and judge the environment; production unless BETERSCHAP_ENV says development.

    Raises SettingsError for the first setting that is missing, malformed or too weak.
    """
    said = _Reader(environ, development=False)("BETERSCHAP_ENV", production="production")
    env = _one_of("BETERSCHAP_ENV", said, ENVIRONMENTS)
    read = _Reader(environ, development=env == "development")
    sms_provider = _one_of(
        "SMS_PROVIDER", read("SMS_PROVIDER", development="inbox", production=""), SMS_PROVIDERS
    )
    if sms_provider == "inbox" and not read.development:
        raise SettingsError("SMS_PROVIDER=inbox is for development only; leave it empty for no SMS")
    database_url = _url("DATABASE_URL", read("DATABASE_URL"), ("postgresql", "postgres"))
    secret_keys = _secret_keys(read("SECRET_KEY"), read.development)
    return Settings(
        env=cast(Literal["development", "production"], env),
        public_url=_public_url(read("PUBLIC_URL", development="http://localhost:8000"), read.development),
        database_url=database_url,
        redis_url=_url("REDIS_URL", read("REDIS_URL"), ("redis", "rediss", "unix")),
        smtp_url=_smtp_url(read("SMTP_URL", development=""), read.development),
        mail_from=read("MAIL_FROM", development="Beterschap <beterschap@beterschap.example>"),
        sms_provider=sms_provider,
        sms_key=read("SMS_KEY", development="", production="" if sms_provider == "" else None),
        sms_sender=read(
            "SMS_SENDER", development="Beterschap", production="" if sms_provider == "" else None
        ),
        vapid_key=_vapid_key(read("VAPID_KEY", development=_made_from(secret_keys[0]), production="")),
        push_service=_push_service(
            read("PUSH_SERVICE", development="inbox", production=""), read.development
        ),
        secret_keys=secret_keys,
        files_url=_url("FILES_URL", read("FILES_URL", development=(DATA / "files").as_uri()), ("file", "s3")),
        clamd_url=_url("CLAMD_URL", read("CLAMD_URL", development="", production=""), ("tcp", "unix")),
        trusted_proxies=_networks(read("TRUSTED_PROXIES", development="", production="")),
        metrics_token=_metrics_token(read("METRICS_TOKEN", development="", production=""), read.development),
        log_level=_one_of(
            "LOG_LEVEL", read("LOG_LEVEL", development="info", production="info").lower(), LOG_LEVELS
        ),
    )


@dataclass(frozen=True, slots=True)
class _Reader:
    environ: Mapping[str, str]
    development: bool

    def __call__(self, name: str, *, development: str | None = None, production: str | None = None) -> str:
        """The value of NAME or of its file, else the default; without a default it must be given."""
        value = self._given(name)
        if value:
            return value
        default = development if self.development else production
        if default is None:
            raise SettingsError(f"{name} (or {name}_FILE) is not set")
        return default

    def _given(self, name: str) -> str:
        value, path = self.environ.get(name, "").strip(), self.environ.get(f"{name}_FILE", "").strip()
        if value and path:
            raise SettingsError(f"{name} and {name}_FILE are both set; keep one of them")
        if not path:
            return value
        try:
            return Path(path).read_text(encoding="utf-8").strip()
        except (OSError, UnicodeDecodeError) as error:
            raise SettingsError(f"{name}_FILE cannot be read: {path} ({type(error).__name__})") from error


def _one_of(name: str, value: str, allowed: tuple[str, ...]) -> str:
    if value not in allowed:
        raise SettingsError(f"{name} must be one of: {', '.join(word or '(empty)' for word in allowed)}")
    return value


def _url(name: str, value: str, schemes: tuple[str, ...]) -> str:
    if value and urlsplit(value).scheme not in schemes:
        raise SettingsError(f"{name} must begin with {' or '.join(f'{scheme}://' for scheme in schemes)}")
    return value


def _smtp_url(value: str, development: bool) -> str:
    """Mail carries links that let a person in: in production it leaves this machine encrypted."""
    plain = development or urlsplit(value).hostname in ("localhost", "127.0.0.1", "::1")
    return _url("SMTP_URL", value, ("smtps", "smtp+starttls") + (("smtp",) if plain else ()))


def _public_url(value: str, development: bool) -> str:
    """The origin as browsers write it, so that theirs equals ours: in lower case, without the usual port."""
    try:
        parts = urlsplit(value)
        host, port = parts.hostname, parts.port
    except ValueError:
        parts, host, port = urlsplit(""), None, None
    more = parts.path.strip("/") or parts.query or parts.fragment or "@" in parts.netloc
    if parts.scheme not in USUAL_PORTS or not host or not host.isascii() or more:
        raise SettingsError("PUBLIC_URL must be an origin without a path, such as https://mijn.example.nl")
    if parts.scheme != "https" and not development:
        raise SettingsError("PUBLIC_URL must begin with https:// in production")
    host = f"[{host}]" if ":" in host else host
    return f"{parts.scheme}://{host}" + (f":{port}" if port not in (None, USUAL_PORTS[parts.scheme]) else "")


def _secret_keys(value: str, development: bool) -> tuple[bytes, ...]:
    words = [word.strip() for word in value.replace("\n", ",").split(",") if word.strip()]
    keys = [decoded(word) for word in words]
    if not development and any(key is None or is_weak(key) for key in keys):
        raise SettingsError(
            f"SECRET_KEY: each key must be at least {KEY_BYTES} random bytes in hex or base64, "
            "such as `openssl rand -base64 32` prints"
        )
    if not keys:
        raise SettingsError("SECRET_KEY holds no key")
    return tuple(key if key is not None else word.encode() for key, word in zip(keys, words, strict=True))


def _vapid_key(value: str) -> bytes:
    key = decoded(value)
    if value and (key is None or len(key) != VAPID_KEY_BYTES or is_weak(key)):
        raise SettingsError(
            f"VAPID_KEY must be {VAPID_KEY_BYTES} random bytes in hex or base64, such as"
            " `openssl rand -base64 32` prints, or empty for no pushes"
        )
    return key or b""


def _made_from(secret: bytes) -> str:
    """Development needs no key of its own: what is in `.data/` already says which."""
    return hashlib.sha256(b"beterschap vapid" + secret).hexdigest()


def _push_service(value: str, development: bool) -> str:
    if value and not development:
        raise SettingsError("PUSH_SERVICE is for development only; pushes go to the browsers' own services")
    if value not in ("inbox", "web") and not value.startswith("http://127.0.0.1:") and development:
        raise SettingsError("PUSH_SERVICE must be inbox, web or http://127.0.0.1:port")
    return value


def _networks(value: str) -> tuple[Network, ...]:
    try:
        networks = tuple(ipaddress.ip_network(word.strip()) for word in value.split(",") if word.strip())
    except ValueError as error:
        raise SettingsError(f"TRUSTED_PROXIES must be addresses or networks: {error}") from error
    if any(network.prefixlen == 0 for network in networks):
        raise SettingsError("TRUSTED_PROXIES must not hold a network of everybody")
    return networks


def _metrics_token(value: str, development: bool) -> str:
    if value and len(value) < 16 and not development:
        raise SettingsError("METRICS_TOKEN must be at least 16 characters, or empty to close /metrics")
    return value
