"""Collects the sentences that are shown, into the catalogs that translate them."""

from __future__ import annotations

from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

from backend.foundation.languages import CATALOGS, LANGUAGES, SOURCE

ROOT = Path(__file__).resolve().parent.parent
KEYWORDS = {"_": None, "N_": None, "gettext": None, "ngettext": (1, 2)}
TEMPLATES = {"trimmed": "false", "silent": "false", "trim_blocks": "true", "lstrip_blocks": "true"}

Message = str | tuple[str, ...]


def update(catalogs: Path = CATALOGS) -> dict[str, int]:
    """Adds to each room's catalog what has no translation yet and drops what is shown nowhere. Answers how
    many sentences wait for a translator, by language."""
    shown = sentences()
    return {name: _update(catalogs / name, name, shown) for name in LANGUAGES if name != SOURCE}


def sentences() -> dict[str, tuple[Message, str]]:
    """Every marked sentence by its text (its singular): itself, and the room where it is said first."""
    found: dict[str, tuple[Message, str]] = {}
    for folder in ("backend", "templates"):
        for file, _line, message, _comments, _context in extract_from_dir(
            str(ROOT / folder),
            method_map=[("**.py", "python"), ("**.html", "jinja2"), ("**.txt", "jinja2")],
            options_map={"**.html": TEMPLATES, "**.txt": TEMPLATES},
            keywords=KEYWORDS,
        ):
            text = message if isinstance(message, str) else message[0]
            if text:
                found.setdefault(text, (message, _room(file)))
    return found


def _room(file: str) -> str:
    room = Path(file).parts[0]
    return "components" if room in ("components", "layouts", "errors") or "." in room else room


def _update(folder: Path, name: str, shown: dict[str, tuple[Message, str]]) -> int:
    catalogs = {file.stem: _read(file, name) for file in sorted(folder.glob("*.po"))}
    before = {room: _texts(catalog) for room, catalog in catalogs.items()}
    for catalog in catalogs.values():
        for text in _texts(catalog) - set(shown):
            catalog.delete(text)
    known = set().union(*before.values())
    for text, (message, room) in shown.items():
        if text not in known:
            catalogs.setdefault(room, Catalog(locale=name)).add(message)
    for room, catalog in catalogs.items():
        if before.get(room) != _texts(catalog):
            with (folder / f"{room}.po").open("wb") as target:
                write_po(target, catalog, width=100, omit_header=False, no_location=True)
    return sum(not message.string for catalog in catalogs.values() for message in catalog if message.id)


def _read(file: Path, name: str) -> Catalog:
    with file.open("rb") as source:
        return read_po(source, locale=name)


def _texts(catalog: Catalog) -> set[str]:
    return {m.id if isinstance(m.id, str) else m.id[0] for m in catalog if m.id}
