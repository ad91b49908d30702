"""Which sentences the product shows, read from its source: what the catalogs must translate."""

from __future__ import annotations

from pathlib import Path

from babel.messages.extract import extract_from_dir

ROOT = Path(__file__).resolve().parent.parent.parent
KEYWORDS = {"_": None, "N_": None, "gettext": None, "ngettext": (1, 2)}
TEMPLATE_OPTIONS = {"trimmed": "false", "silent": "false", "trim_blocks": "true", "lstrip_blocks": "true"}


def sentences() -> dict[str, str]:
    """Every marked sentence, with the first place it stands (file:line)."""
    found: dict[str, str] = {}
    for folder in ("backend", "templates"):
        for file, line, message, _comments, _context in extract_from_dir(
            str(ROOT / folder),
            method_map=[("**.py", "python"), ("**.html", "jinja2"), ("**.txt", "jinja2")],
            options_map={"**.html": TEMPLATE_OPTIONS, "**.txt": TEMPLATE_OPTIONS},
            keywords=KEYWORDS,
        ):
            text = message[0] if isinstance(message, tuple) else message
            if text:
                found.setdefault(text, f"{folder}/{file}:{line}")
    return found
