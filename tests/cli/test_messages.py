"""`make messages` adds what is not translated yet, and nothing twice."""

from __future__ import annotations

import shutil
from pathlib import Path

from babel.messages.pofile import read_po

from backend.foundation.languages import CATALOGS
from backend.messages import sentences, update


def texts(folder: Path) -> list[str]:
    found = []
    for file in folder.glob("*.po"):
        with file.open("rb") as source:
            found += [m.id if isinstance(m.id, str) else m.id[0] for m in read_po(source) if m.id]
    return found


def test_a_new_sentence_lands_in_its_room(tmp_path: Path) -> None:
    shutil.copytree(CATALOGS / "en", tmp_path / "en")
    (tmp_path / "en" / "dossier.po").unlink()
    (tmp_path / "en" / "old.po").write_text(
        'msgid ""\nmsgstr ""\n"Language: en\\n"\n\nmsgid "Weg"\nmsgstr "Gone"\n'
    )
    waiting = update(tmp_path)["en"]
    assert waiting >= 10
    assert set(texts(tmp_path / "en")) == set(sentences())
    dossier = (tmp_path / "en" / "dossier.po").read_text()
    assert 'msgid "Alle dossiers"\nmsgstr ""' in dossier
    assert update(tmp_path)["en"] == waiting, "a second time changes nothing"
    assert (tmp_path / "en" / "dossier.po").read_text() == dossier
