"""Mijn team: who is away, who came back, who is in, and whom one may call."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from backend.foundation.clock import day_in
from backend.foundation.clock import now as real_now
from backend.foundation.database import execute
from backend.foundation.names import folded
from backend.team.queries import PAGE, team
from tests.cast import NOW, Cast, person_of
from tests.conftest import Client
from tests.sickleave.steps import falls_sick, recovers
from tests.statements import counted

TODAY = NOW.date()


def today() -> date:
    return day_in("Europe/Amsterdam", real_now())


async def places(cast: Cast, who: str = "bram") -> dict[str, str]:
    """Where everybody in somebody's team is, by first name."""
    found = await team(await person_of(cast.everyone()[who]), now=NOW)
    return {mate.first_name: str(mate.place) for mate in found.mates}


async def test_a_team_is_who_one_manages_and_nobody_else(database: Cast) -> None:
    assert set(await places(database)) == {"Anna", "Daan", "Fien", "Gijs"}, "and not Bram himself"
    assert set(await places(database, "hanna")) == {"Ilse"}
    assert set(await places(database, "karin")) == {"Kees"}
    assert await places(database, "carla") == {}, "a case manager has a caseload, no team"


async def test_away_back_this_week_and_in(database: Cast) -> None:
    # NOW is a Monday: this week begins today.
    for member in (database.anna, database.daan, database.fien):
        await falls_sick(member, TODAY - timedelta(days=5), now=NOW - timedelta(days=5))
    await recovers(database.daan, TODAY, now=NOW)
    await recovers(database.fien, TODAY + timedelta(days=2), now=NOW)
    assert await places(database) == {"Anna": "away", "Fien": "away", "Daan": "back", "Gijs": "in"}
    await execute(
        "UPDATE spell SET recovered_on = $1 WHERE recovered_on = $2", TODAY - timedelta(days=1), TODAY
    )
    assert (await places(database))["Daan"] == "in", "last week's return is no news"


async def test_who_left_or_is_yet_to_come_is_not_there(database: Cast) -> None:
    await execute("UPDATE employment SET left_on = $2 WHERE id = $1", database.daan.employment, TODAY)
    later = TODAY + timedelta(days=1)
    await execute("UPDATE employment SET started_on = $2 WHERE id = $1", database.gijs.employment, later)
    assert set(await places(database)) == {"Anna", "Fien"}


async def test_the_number_of_this_absence_is_for_this_absence(database: Cast, client_of: Client) -> None:
    bram = await client_of(database.bram)
    await falls_sick(
        database.anna, today(), now=real_now(), phone="+31611111111", expected_duration="een paar dagen",
        nursing_address="Dorpsstraat 1", work_handover="de bestelling van vrijdag",
    )  # fmt: skip
    page = (await bram.get("/team")).text
    assert 'href="tel:+31611111111"' in page and "06 11111111" in page
    assert "Denkt zelf: een paar dagen" in page and "Dorpsstraat" not in page
    assert 'href="mailto:anna@voorbeeld.example"' in page
    assert 'href="tel:+31381234567"' in page, "the case manager of who is away"
    one = (await bram.get(f"/team/{database.anna.employment}")).text
    assert "Dorpsstraat 1" in one and "de bestelling van vrijdag" in one
    await recovers(database.anna, today(), now=real_now())
    for path in ("/team", f"/team/{database.anna.employment}"):
        page = (await bram.get(path)).text
        assert "11111111" not in page and "Dorpsstraat" not in page and "paar dagen" not in page


async def test_it_never_says_why(database: Cast, client_of: Client) -> None:
    await falls_sick(database.anna, today(), now=real_now(), work_accident=True, safety_net="yes")
    page = (await (await client_of(database.bram)).get("/team")).text
    assert "Anna Aalbers" in page and "Ziek gemeld sinds" in page
    assert "ongeluk" not in page.lower() and "regeling" not in page


@pytest.mark.parametrize(
    ("searched", "found"),
    [
        ("anna", {"Anna"}),
        ("AALBERS anna", {"Anna"}),
        ("fl", {"Fien"}),
        ("rene", {"Gijs"}),
        ("%", set()),
        ("_", set()),
        ("\\", set()),
        ("niemand", set()),
        ("a", {"Anna", "Daan"}),
    ],
)
async def test_a_search_knows_no_capitals_and_no_accents(
    database: Cast, searched: str, found: set[str]
) -> None:
    await execute("UPDATE employment SET last_name = 'René' WHERE id = $1", database.gijs.employment)
    mates = (await team(await person_of(database.bram), now=NOW, named=searched)).mates
    assert {mate.first_name for mate in mates} == found


async def test_a_search_stays_within_ones_own_team(database: Cast, client_of: Client) -> None:
    bram = await client_of(database.bram)
    for query in ("Ilse", "Eva", "Kees"):
        assert f"“{query}”" in (answer := (await bram.get("/team", params={"q": query})).text)
        assert "Niemand gevonden" in answer and "/team/0" not in answer


async def test_typing_gives_the_list_alone_and_the_same(database: Cast, client_of: Client) -> None:
    bram = await client_of(database.bram)
    whole = (await bram.get("/team?q=anna")).text
    part = await bram.get("/team?q=anna", headers={"HX-Request": "true"})
    assert "HX-Request" in part.headers["vary"]
    assert "<html" not in part.text and part.text.strip() in whole


async def test_three_thousand_people_are_a_page_at_a_time(database: Cast, client_of: Client) -> None:
    await execute(
        "INSERT INTO employment (id, employer, first_name, last_name, personnel_number, job, manager,"
        " case_manager) SELECT gen_random_uuid(), $1, 'Voornaam' || n, 'Zomer', n, 'bakker', $2, $3"
        " FROM generate_series(1, 3000) n",
        database.bakery, database.bram_as_manager, database.carla,
    )  # fmt: skip
    await falls_sick(database.fien, today(), now=real_now())
    bram = await client_of(database.bram)
    await bram.get("/team")
    with counted() as said:
        page = (await bram.get("/team")).text
    assert len(said) <= 3, said
    assert page.count('class="row"') == PAGE - 1 and "Fien Flier" in page
    assert "Bladzijde 1 van 61" in page and "3003" in page
    assert "Voornaam" in (await bram.get("/team?page=61")).text
    assert "Fien Flier" not in (await bram.get("/team?page=2")).text
    assert (await bram.get("/team?page=x")).status_code == 200
    assert (await bram.get("/team?page=9999")).headers["location"] == "/team"


async def test_the_pages_together_hold_everybody_once_and_in_order(database: Cast) -> None:
    await execute(
        "INSERT INTO employment (id, employer, first_name, last_name, personnel_number, job, manager)"
        " SELECT gen_random_uuid(), $1, 'Jo' || n % 7, 'Zomer' || 100 + n * 37 % 230, n, 'bakker', $2"
        " FROM generate_series(1, 230) n",
        database.bakery, database.bram_as_manager,
    )  # fmt: skip
    for member in (database.anna, database.fien):
        await falls_sick(member, TODAY - timedelta(days=5), now=NOW - timedelta(days=5))
    await recovers(database.fien, TODAY, now=NOW)
    bram = await person_of(database.bram)
    pages = [await team(bram, now=NOW, page=number) for number in range(1, 6)]
    assert [len(one.mates) for one in pages] == [PAGE, PAGE, PAGE, PAGE, 34]
    assert {(one.away, one.back, one.everyone) for one in pages} == {(1, 1, 234)}
    first, second, *others = [mate for one in pages for mate in one.mates]
    assert (first.first_name, second.first_name) == ("Anna", "Fien")
    keys = [(mate.name.split()[1].lower(), mate.first_name.lower(), mate.id) for mate in others]
    assert keys == sorted(set(keys))
    assert (await team(bram, now=NOW, page=6)).mates == []


@pytest.mark.parametrize("zone", ["Europe/Amsterdam", "Pacific/Auckland", "America/Los_Angeles"])
async def test_each_page_begins_where_the_one_before_ended(database: Cast, zone: str) -> None:
    """Wherever away, back and in meet on a page, and whatever day it is at the employer."""
    await execute("UPDATE employer SET time_zone = $1 WHERE id = $2", zone, database.bakery)
    await execute(
        "INSERT INTO employment (id, employer, first_name, last_name, personnel_number, job, manager)"
        " SELECT gen_random_uuid(), $1, 'Jo' || n % 7, 'Zomer' || n * 37 % 330, n, 'bakker', $2"
        " FROM generate_series(1, 330) n",
        database.bakery, database.bram_as_manager,
    )  # fmt: skip
    late, here = NOW.replace(hour=23), day_in(zone, NOW.replace(hour=23))
    for some, until in (("%3", date(9999, 1, 1)), ("%7", here + timedelta(days=1)), ("%1", here),
                        ("%2", here - timedelta(days=here.weekday())),
                        ("%4", here - timedelta(days=here.weekday() + 1))):  # fmt: skip
        await execute("UPDATE employment SET absent_until = $1 WHERE personnel_number LIKE $2 AND last_name"
                      " LIKE 'Zomer%'", until, some)  # fmt: skip
    bram = await person_of(database.bram)
    for named in ("", "o"):
        pages = [await team(bram, now=late, named=named, page=number) for number in range(1, 8)]
        mates = [mate for one in pages for mate in one.mates]
        assert len({mate.id for mate in mates}) == len(mates) == pages[0].everyone
        places = [str(mate.place) for mate in mates]
        assert places == sorted(places, key=["away", "back", "in"].index)
        assert (places.count("away"), places.count("back")) == (66, 66) == (pages[0].away, pages[0].back)
        for place in ("away", "back", "in"):
            names = [folded(" ".join(mate.name.split()[::-1])) for mate in mates if mate.place == place]
            assert names == sorted(names)


@pytest.mark.parametrize("who", ["anna", "carla", "dirk", "ada", "lars"])
async def test_who_manages_nobody_has_no_team(database: Cast, client_of: Client, who: str) -> None:
    assert (await (await client_of(database.everyone()[who])).get("/team")).status_code == 404


@pytest.mark.parametrize(
    ("who", "sees"),
    [("bram", {"anna", "daan"}), ("carla", {"anna", "daan", "ilse", "eva", "bram"}), ("hanna", {"ilse"}),
     ("wim", {"eva"}), ("karin", {"kees"}), ("lars", {"kees"}), ("dirk", set()), ("ada", set()),
     ("anna", set())],
)  # fmt: skip
async def test_one_person_of_the_team_is_there_for_who_may_report_them(
    database: Cast, client_of: Client, who: str, sees: set[str]
) -> None:
    client = await client_of(database.everyone()[who])
    for name in ("anna", "bram", "daan", "ilse", "eva", "kees"):
        for path in ("", "/report", "/recovery"):
            status = (await client.get(f"/team/{database.members()[name].employment}{path}")).status_code
            assert (status != 404) == (name in sees), (name, path)


async def test_places_in_the_bar_follow_ones_position(database: Cast, client_of: Client) -> None:
    bars = {
        "anna": ["/", "/dossiers", "/account"],
        "bram": ["/", "/team", "/to-do", "/account"],
        "hanna": ["/team", "/to-do", "/account"],
    }
    for who, places in bars.items():
        page = (await (await client_of(database.everyone()[who])).get("/account")).text
        bar = page[page.index('<nav class="bar"') : page.index("</nav>")]
        assert [part.split('"')[0] for part in bar.split('href="')[1:]] == places
