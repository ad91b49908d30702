"""An installation begins with one file."""

from __future__ import annotations

from pathlib import Path

import pytest

from backend import cli
from backend.foundation.database import fetch_one, fetch_value
from backend.organisations.set_up import Unreadable, set_up
from tests.cast import Cast

FILE = (Path(__file__).parents[2] / "docs" / "begin.toml").read_text()
COUNT = """SELECT (SELECT count(*) FROM provider) + (SELECT count(*) FROM employer)
+ (SELECT count(*) FROM role_holder) + (SELECT count(*) FROM employment)"""


async def test_a_file_makes_everybody_once(database: Cast) -> None:
    made = await set_up(FILE)
    assert made == {"provider": 1, "employer": 1, "role_holder": 3, "employment": 1}
    noor = await fetch_one(
        "SELECT m.name AS manager, c.name AS case_manager, w.name AS employer, p.name AS provider"
        " FROM employment e JOIN employer w ON w.id = e.employer JOIN provider p ON p.id = w.provider"
        " JOIN employer_settings s ON s.employer = w.id JOIN role_holder m ON m.id = e.manager"
        " JOIN role_holder c ON c.id = e.case_manager WHERE e.first_name = 'Noor'"
    )
    assert noor and (noor["manager"], noor["case_manager"]) == ("Bo Bos", "Carla Claes")
    assert (noor["employer"], noor["provider"]) == ("Drukkerij Inkt", "Arbodienst De Brug")
    assert not await set_up(FILE), "a second time makes nobody"


async def test_then_they_are_let_in(
    database: Cast, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "begin.toml"
    file.write_text(FILE)
    await cli.set_up(str(file))
    await cli.give_access("bo@inkt.example")
    await cli.invite("noor@inkt.example")
    said = capsys.readouterr().out
    assert "3 role_holder" in said and "1 role given access" in said and "1 invited" in said
    with pytest.raises(SystemExit, match="cannot be read"):
        await cli.set_up(str(tmp_path / "nothing.toml"))


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('manager = "bo@inkt.example"', 'manager = "nobody@inkt.example"', "nobody@inkt.example"),
        ("1990-12-31", '"gisteren"', "gisteren"),
        ('last_name = "Nijs"', "", "last_name"),
        ("0201234567", "12", "nummer"),
        ("[[employers]]", "[[employers", "Expected"),
    ],
)
async def test_a_file_that_cannot_be_writes_nothing(database: Cast, old: str, new: str, said: str) -> None:
    before = await fetch_value(COUNT)
    with pytest.raises(Unreadable, match=said):
        await set_up(FILE.replace(old, new, 1))
    assert await fetch_value(COUNT) == before
