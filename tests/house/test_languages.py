"""Dutch and English are complete, from the first page."""

from __future__ import annotations

import re

import pytest
from babel.messages.pofile import read_po

from backend.foundation.languages import CATALOGS, LANGUAGES, SOURCE, catalog, choose, translate
from tests.house.catalogs import sentences

OTHERS = [name for name in LANGUAGES if name != SOURCE]
PLACEHOLDER = re.compile(r"%\((\w+)\)")


@pytest.mark.parametrize("name", OTHERS)
def test_every_sentence_is_translated(name: str) -> None:
    known = catalog(name)
    missing = [f"{place}: {text}" for text, place in sentences().items() if text not in known]
    assert not missing, "without a translation:\n" + "\n".join(missing)


@pytest.mark.parametrize("name", OTHERS)
def test_no_translation_has_lost_its_sentence(name: str) -> None:
    unused = sorted(set(catalog(name)) - set(sentences()))
    assert not unused, "translated, but shown nowhere:\n" + "\n".join(unused)


@pytest.mark.parametrize("name", OTHERS)
def test_a_translation_fills_in_the_same_values(name: str) -> None:
    for text, translated in catalog(name).items():
        forms = translated if isinstance(translated, tuple) else (translated,)
        for form in forms:
            assert set(PLACEHOLDER.findall(form)) <= set(PLACEHOLDER.findall(text)) | {"number"}, text


@pytest.mark.parametrize("name", OTHERS)
def test_one_sentence_has_one_translation(name: str) -> None:
    seen: dict[str, tuple[str, object]] = {}
    for file in sorted((CATALOGS / name).glob("*.po")):
        with file.open("rb") as source:
            for message in read_po(source, locale=name):
                text = message.id[0] if isinstance(message.id, list | tuple) else message.id
                if not text:
                    continue
                other = seen.setdefault(text, (file.name, message.string))
                assert other[1] == message.string, f"{text!r} differs in {other[0]} and {file.name}"


@pytest.mark.parametrize(
    ("accepted", "chosen"),
    [
        ("en-GB,en;q=0.9,nl;q=0.8", "en"),
        ("fr,nl;q=0.4,en;q=0.3", "nl"),
        ("pl", "nl"),
        ("", "nl"),
        ("en;q=nonsense", "nl"),
        ("en;q=0", "nl"),
    ],
)
def test_the_browser_chooses_before_the_person_does(accepted: str, chosen: str) -> None:
    assert choose(accepted) == chosen


def test_dutch_is_the_source() -> None:
    assert translate("Ziek melden", "nl") == "Ziek melden"
