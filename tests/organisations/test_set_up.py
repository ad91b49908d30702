"""An installation begins with one file."""

from __future__ import annotations

from pathlib import Path

import pytest

from backend import cli
from backend.foundation.database import fetch_one, fetch_value
from backend.organisations.begin_file import Unreadable
from backend.organisations.set_up import set_up
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
        ('manager = "bo@inkt.example"', 'manager = "carla@brug.example"', "manager"),
        ('manager = "carla@brug.example"', 'manager = "dirk@brug.example"', "case_manager"),
        ("manager =", "mangaer =", "mangaer"),
        ("noor@inkt.example", "noor@inkt.example, wie@elders.example", "address"),
        ("noor@inkt.example", "noor@inkt.example\\nBcc: wie@elders.example", "address"),
        ('"noor@inkt.example"', '""', "address"),
        ('"noor@inkt.example"', "12", "email"),
        ('"Noor"', '" "', "first_name"),
        ("1990-12-31", "1990-12-31T00:00:00Z", "birth_date"),
        ('"Drukkerij Inkt"', '"Drukkerij Inkt"\ncountry = "Nederland"', "country"),
        ("[[employers.employees]]", "[employers.employees]", "employees"),
    ],
)
async def test_a_file_that_cannot_be_writes_nothing(database: Cast, old: str, new: str, said: str) -> None:
    before = await fetch_value(COUNT)
    with pytest.raises(Unreadable, match=said):
        await set_up(FILE.replace(old, new, 1))
    assert await fetch_value(COUNT) == before


async def test_who_is_manager_and_administrator_is_the_manager_of_their_people(
    database: Cast,
) -> None:
    managers = 'managers = [{ name = "Bo Bos", email = "bo@inkt.example" }]'
    await set_up(FILE.replace(managers, f"{managers}\n{managers.replace('managers', 'administrators')}"))
    role = (
        "SELECT m.role FROM employment e JOIN role_holder m ON m.id = e.manager WHERE e.first_name = 'Noor'"
    )
    assert await fetch_value(role) == "manager"


async def test_capitals_make_nobody_a_second_time(database: Cast) -> None:
    await set_up(FILE)
    louder = FILE.replace("noor@", "Noor@").replace('email = "bo', 'email = "BO').replace("carla@", "CARLA@")
    assert not await set_up(louder)


async def test_a_country_in_small_letters_has_its_law(database: Cast) -> None:
    await set_up(FILE.replace('"Drukkerij Inkt"', '"Drukkerij Inkt"\ncountry = "nl"'))
    assert await fetch_value("SELECT country FROM employer WHERE name = 'Drukkerij Inkt'") == "NL"
