"""What a development run fills in where the environment says nothing."""

import os
import secrets

from backend.settings import DATA, SettingsError


def port() -> int:
    text = os.environ.get("PORT") or "8000"
    if not text.isdecimal() or not 0 < int(text) < 65536:
        raise SettingsError(f"PORT must be a number from 1 to 65535, not {text!r}")
    return int(text)


def address() -> str:
    """Browsers offer passkeys on `localhost`, not on 127.0.0.1."""
    return f"http://localhost:{port()}"


def given(name: str) -> bool:
    return bool(os.environ.get(name) or os.environ.get(f"{name}_FILE"))


def development() -> bool:
    return os.environ["BETERSCHAP_ENV"] == "development"


def settle() -> None:
    """Development unless said otherwise, and then an address, a secret of its own, and a quiet log."""
    os.environ["BETERSCHAP_ENV"] = os.environ.get("BETERSCHAP_ENV") or "development"
    if development():
        if not given("PUBLIC_URL"):
            os.environ["PUBLIC_URL"] = address()
        if not given("SECRET_KEY"):
            os.environ["SECRET_KEY_FILE"] = _secret_key_file()
        os.environ.setdefault("LOG_LEVEL", "warning")


def _secret_key_file() -> str:
    """Made once, and kept: what it encrypted must stay readable at the next run."""
    path = DATA / "secret_key"
    DATA.mkdir(mode=0o711, exist_ok=True)
    if not path.exists():
        draft = path.with_suffix(".draft")
        draft.touch(mode=0o600)
        draft.write_text(secrets.token_urlsafe(32))
        draft.rename(path)
    return str(path)
