"""The desk: whose dossiers stand on it, in which order, and that its address says everything."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest

from backend.access import scopes
from backend.access.person import Person
from backend.caseload import queries
from backend.caseload.paging import written
from backend.caseload.queries import PAGE, Line, caseload, employers
from backend.caseload.sentences import EMPLOYERS
from backend.caseload.view import BANDS, View
from backend.dossier.lifecycle import close_dossier, open_dossier
from backend.dossier.mark_seen import mark_seen
from backend.dossier.publish import publish
from backend.dossier.tables import Action
from backend.foundation import clock
from backend.foundation.database import execute, fetch, transaction
from backend.foundation.refusal import NotFound
from backend.foundation.tokens import new_id
from backend.organisations.tables import MedicalDelegation
from tests.caseload.many import make_many
from tests.cast import NOW, Cast, person_of
from tests.conftest import Client
from tests.statements import counted

TODAY = NOW.date()
OTHERS = ("anna", "bram", "hanna", "wim", "ada", "karin")
"""Who has no caseload: employees, managers, an administrator."""


async def dossier_of(
    cast: Cast, name: str, *, weeks: int = 1, closed_on: date | None = None, expected: str | None = None
) -> UUID:
    """A dossier in which so many weeks have begun, with its spell."""
    employment = cast.members()[name].employment
    assert employment
    first = TODAY - timedelta(days=7 * weeks - 1)
    dossier = await open_dossier(employment, first, now=NOW)
    if closed_on:
        await close_dossier(dossier, closed_on)
    await execute(
        "INSERT INTO spell (id, employment, dossier, first_sick_day, worked_hours, reported_at, reported_by,"
        " recovered_on, expected_duration) VALUES ($1, $2, $3, $4, 0, $5, $6, $7, $8)",
        new_id(), employment, dossier, first, NOW, cast.anna.account, closed_on, expected,
    )  # fmt: skip
    return dossier


async def to_do(dossier: UUID, due_on: date, title: str = "Bellen", audience: str = "shared") -> UUID:
    """An open action."""
    entry = await publish(
        dossier,
        "action",
        now=NOW,
        author_name="Bram Bos",
        author_role="manager",
        title=title,
        audience=audience,
    )
    await Action.insert(Action(entry=entry, assignee_role="manager", due_on=due_on))
    return entry


async def names(cast: Cast, who: str, view: View | None = None) -> list[str]:
    """First names on somebody's list, in order."""
    person = await person_of(cast.helpers[who])
    found = await caseload(person, view or View(), now=NOW)
    assert found.count == len(found.lines), "a short list is counted"
    return [line.name.split()[0] for line in found.lines]


@pytest.fixture
async def sick(database: Cast) -> dict[str, UUID]:
    """Anna at the bakery, Ilse at its other branch, Eva at the school, Kees whom another provider serves."""
    weeks = {"anna": 2, "ilse": 9, "eva": 60, "kees": 3}
    return {name: await dossier_of(database, name, weeks=some) for name, some in weeks.items()}


async def test_each_sees_their_own_dossiers(database: Cast, sick: dict[str, UUID]) -> None:
    everyone = {"Anna", "Ilse", "Eva"}
    for who, seen in (("carla", everyone), ("dirk", everyone), ("lars", {"Kees"}), ("lena", {"Kees"})):
        assert set(await names(database, who)) == seen
    for who, seen in (("carla", [database.bakery, database.school]), ("lena", [database.garage])):
        person = await person_of(database.helpers[who])
        assert [id for id, _name in await employers(person)] == seen


async def test_a_colleague_at_the_same_provider_sees_only_their_own(
    database: Cast, sick: dict[str, UUID]
) -> None:
    other = new_id()
    await execute(
        "INSERT INTO role_holder (id, account, provider, role, name, email)"
        " VALUES ($1, $2, $3, 'case_manager', 'Ada Adams', 'ada@arborust.example')",
        other, database.helpers["ada"].account, database.provider,
    )  # fmt: skip
    assert await names(database, "ada") == []
    await execute("UPDATE employment SET case_manager = $1 WHERE id = $2", other, database.ilse.employment)
    assert await names(database, "ada") == ["Ilse"]
    assert "Ilse" not in await names(database, "carla")


@pytest.mark.parametrize("name", OTHERS)
async def test_who_has_no_caseload_finds_no_page(database: Cast, client_of: Client, name: str) -> None:
    client = await client_of(database.everyone()[name])
    assert (await client.get("/caseload")).status_code == 404
    assert (await client.get("/caseload", headers={"HX-Request": "true"})).status_code == 404
    assert "/caseload" not in (await client.get("/account")).text


async def test_a_role_that_ended_has_none_either(
    database: Cast, sick: dict[str, UUID], client_of: Client
) -> None:
    await execute("UPDATE role_holder SET ended_on = $1", clock.now().date())
    for who in ("carla", "dirk"):
        assert (await (await client_of(database.helpers[who])).get("/caseload")).status_code == 404


async def test_who_manages_people_too_has_a_caseload_all_the_same(
    database: Cast, sick: dict[str, UUID]
) -> None:
    """Daan is employee, manager, case manager and doctor at once."""
    about = "UPDATE role_holder SET account = $1 WHERE id = $2"
    for role in (database.bram_as_manager, database.carla, database.dirk_as_doctor):
        await execute(about, database.daan.account, role)
    person = await person_of(database.daan)
    assert len(person.positions) == 3
    for view in (View(), View(late=True), View(new=True), View(sort="name"), View(sort="week"), View(q="a")):
        assert {line.id for line in (await caseload(person, view, now=NOW)).lines} <= set(sick.values())
    assert len((await caseload(person, View(), now=NOW)).lines) == 3


async def test_ones_own_dossier_is_not_work(database: Cast, sick: dict[str, UUID]) -> None:
    carla = database.helpers["carla"].account
    await execute("UPDATE employment SET account = $1 WHERE id = $2", carla, database.anna.employment)
    assert "Anna" not in await names(database, "carla")


@pytest.mark.usefixtures("still")
async def test_a_line_says_how_it_stands_and_never_why(
    database: Cast, sick: dict[str, UUID], client_of: Client
) -> None:
    await to_do(sick["anna"], TODAY - timedelta(days=2))
    await execute(
        "UPDATE spell SET expected_duration = 'een week', work_handover = 'GEHEIM', safety_net = 'yes'"
        " WHERE dossier = $1", sick["anna"],
    )  # fmt: skip
    page = (await (await client_of(database.helpers["carla"])).get("/caseload?q=anna")).text
    row = page[page.index('class="cases"') : page.index('id="desk"')]
    assert "Anna Aalbers" in row and "Bakkerij De Korenaar" in row and "week 2<" in row
    assert "Bellen" in row and "Te laat" in row and "i-clock" in row, "a word and a sign"
    assert "leidinggevende" in row and "nieuw" in row and "Verwacht zelf: een week" in row
    assert "GEHEIM" not in page and "regeling" not in page


async def test_recovered_days_do_not_count_in_the_week(database: Cast) -> None:
    dossier = await dossier_of(database, "anna", weeks=1)
    await execute(
        "INSERT INTO spell (id, employment, dossier, first_sick_day, worked_hours, reported_at, reported_by,"
        " recovered_on) VALUES ($1, $2, $3, $4, 0, $5, $6, $7)",
        new_id(), database.anna.employment, dossier, TODAY - timedelta(days=34), NOW, database.anna.account,
        TODAY - timedelta(days=20),
    )  # fmt: skip
    person = await person_of(database.helpers["carla"])
    (line,) = (await caseload(person, View(), now=NOW)).lines
    assert line.week == 3, "fourteen days and seven"


async def test_the_next_action_is_the_one_due_first_also_when_it_is_not_on_the_timeline_yet(
    database: Cast, sick: dict[str, UUID]
) -> None:
    person = await person_of(database.helpers["carla"])
    await to_do(sick["anna"], TODAY + timedelta(days=9), "Later bellen")
    sooner = await to_do(sick["anna"], TODAY + timedelta(days=4), "Eerst bellen")
    step = (
        "INSERT INTO calendar_step (id, dossier, term, turn, opens_on, due_on) VALUES ($1, $2, $3, 0, $4, $5)"
    )
    for term, days in (("problem_analysis", 6), ("end_of_wage_duty", 1)):
        await execute(step, new_id(), sick["anna"], term, TODAY, TODAY + timedelta(days=days))

    async def following() -> tuple[str, str]:
        line = (await caseload(person, View(q="anna"), now=NOW)).lines[0]
        return line.next_title, line.next_role

    assert await following() == ("Eerst bellen", "manager")
    await execute("UPDATE action SET done_at = $2 WHERE entry = $1", sooner, NOW)
    assert await following() == ("Probleemanalyse", "company_doctor")


async def test_what_is_medical_counts_for_the_medical_side_alone(
    database: Cast, sick: dict[str, UUID]
) -> None:
    for who in ("carla", "dirk"):
        person = await person_of(database.helpers[who])
        await mark_seen(person, sick["anna"], until=NOW - timedelta(hours=1))
    await to_do(sick["anna"], TODAY - timedelta(days=1), "Spreekuur", audience="medical")
    late, new = View(late=True), View(new=True)
    assert await names(database, "dirk", late) == ["Anna"] == await names(database, "dirk", new)
    assert await names(database, "carla", late) == [] == await names(database, "carla", new)
    by = database.helpers["dirk"].account
    await MedicalDelegation.insert(
        MedicalDelegation(role_holder=database.carla, employer=database.bakery, since=NOW, by_account=by)
    )
    assert await names(database, "carla", late) == ["Anna"] == await names(database, "carla", new)


async def test_new_is_what_others_put_there_since_one_looked(database: Cast, sick: dict[str, UUID]) -> None:
    carla = await person_of(database.helpers["carla"])
    await publish(sick["eva"], "note", now=NOW, author=carla, author_role="case_manager", title="Van mij")
    assert await names(database, "carla", View(new=True)) == []
    await publish(sick["ilse"], "note", now=NOW, author_name="Hanna Hulst", author_role="manager", title="x")
    assert await names(database, "carla", View(new=True)) == ["Ilse"]
    await mark_seen(carla, sick["ilse"], until=NOW)
    assert await names(database, "carla", View(new=True)) == []
    assert set(await names(database, "dirk", View(new=True))) == {"Eva", "Ilse"}, "each their own"
    later = NOW + timedelta(minutes=1)
    await execute("UPDATE entry SET corrected_at = $2 WHERE dossier = $1", sick["ilse"], later)
    assert await names(database, "carla", View(new=True)) == ["Ilse"], "what was corrected is new again"
    await mark_seen(carla, sick["ilse"], until=later)
    assert await names(database, "carla", View(new=True)) == []


async def test_filters(database: Cast, sick: dict[str, UUID]) -> None:
    await dossier_of(database, "daan", weeks=4, closed_on=TODAY - timedelta(days=5))
    await dossier_of(database, "fien", weeks=2, closed_on=TODAY - timedelta(days=4))
    await to_do(sick["eva"], TODAY + timedelta(days=20))
    await to_do(sick["ilse"], TODAY + timedelta(days=3))
    await to_do(sick["anna"], TODAY - timedelta(days=1))
    for view, found in (
        (View(), ["Anna", "Ilse", "Eva"]),
        (View(sort="week"), ["Eva", "Ilse", "Anna"]),
        (View(sort="name"), ["Anna", "Eva", "Ilse"]),
        (View(state="closed"), ["Fien", "Daan"]),
        (View(state="closed", sort="name"), ["Daan", "Fien"]),
        (View(state="all", sort="name"), ["Anna", "Daan", "Eva", "Fien", "Ilse"]),
        (View(employer=database.school), ["Eva"]),
        (View(employer=database.garage), []),
        (View(week="1-6"), ["Anna"]),
        (View(week="7-42"), ["Ilse"]),
        (View(week="53-91"), ["Eva"]),
        (View(week="92-"), []),
        (View(late=True), ["Anna"]),
        (View(due="7"), ["Anna", "Ilse"]),
        (View(due="28"), ["Anna", "Ilse", "Eva"]),
        (View(due="none", state="all", sort="name"), ["Daan", "Fien"]),
        (View(q="ijzer ilse"), ["Ilse"]),
        (View(q="ÍLSÉ"), ["Ilse"]),
        (View(q="%"), []),
        (View(q="l", employer=database.bakery, week="7-42", due="7", sort="name"), ["Ilse"]),
    ):
        assert await names(database, "carla", view) == found, view


async def test_the_usual_order_is_called_what_it_is(database: Cast, client_of: Client) -> None:
    carla = await client_of(database.helpers["carla"])
    latest, usual = "Laatst gesloten", "Volgende actie"
    for asked, order in {
        "": usual, "?state=all": usual, "?state=closed": latest, "?state=closed&sort=name": latest,
        "?state=closed&due=none": usual, "?state=closed&late=1": usual,
    }.items():  # fmt: skip
        page = (await carla.get(f"/caseload{asked}")).text
        assert re.search(rf'<option value="due" id="sort-due"[^>]*>{order}</option>', page), asked
        lines = (await carla.get(f"/caseload{asked}", headers={"HX-Request": "true"})).text
        assert f'<option id="sort-due" hx-swap-oob="innerHTML">{order}</option>' in lines, asked


@pytest.mark.parametrize("sort", ["due", "week", "name"])
async def test_pages_follow_on_each_other(database: Cast, sort: str) -> None:
    await make_many(database, 3 * PAGE + 7, TODAY)
    carla = await person_of(database.helpers["carla"])
    view, seen, keys = View(sort=sort, state="all"), [], []
    found = await caseload(carla, view, now=NOW)
    while True:
        seen += [line.id for line in found.lines]
        keys += [
            {"due": line.next_on or date.max, "week": -line.week, "name": line.name.split()[1].lower()}[sort]
            for line in found.lines
        ]
        if not found.more:
            break
        found = await caseload(carla, View(sort=sort, state="all", after=found.more), now=NOW)
    assert len(seen) == len(set(seen)) == 3 * PAGE + 7
    assert keys == sorted(keys)  # type: ignore[type-var]


CHOICES: list[dict[str, Any]] = [
    {}, {"late": True}, {"due": "none"}, {"due": "28", "state": "all"}, {"week": "7-42", "new": True},
    {"state": "closed"}, {"sort": "week"}, {"sort": "week", "state": "all"},
    {"sort": "week", "state": "closed", "week": "1-6"},
    {"sort": "week", "new": True, "late": True}, {"sort": "name", "state": "all"},
    {"sort": "name", "week": "53-91"}, {"q": "naam1", "sort": "week"}, {"new": True, "state": "all"},
]  # fmt: skip


async def turned(person: Person, view: View) -> list[Line]:
    """All lines, a page at a time."""
    seen: list[Line] = []
    while True:
        found = await caseload(person, view, now=NOW)
        seen += found.lines
        if not found.more:
            return seen
        view = replace(view, after=found.more)


@pytest.mark.parametrize("size", [1, 7, 100])
async def test_however_long_a_page_is_together_they_are_the_same(
    database: Cast, monkeypatch: pytest.MonkeyPatch, size: int
) -> None:
    """Also when most of what is due first is another's or is not to be seen, when many of the oldest dossiers
    hold few days because somebody was better in between, and when somebody is to come back."""
    await make_many(database, 120, TODAY)
    await execute("UPDATE employment SET case_manager = NULL WHERE personnel_number LIKE '%3'")
    await execute("UPDATE entry SET audience = 'medical' WHERE kind = 'action' AND id::text LIKE '%7'")
    await execute("UPDATE spell SET recovered_on = first_sick_day + 10 WHERE id::text LIKE '%_1%'")
    await execute("UPDATE spell SET recovered_on = $1 WHERE id::text LIKE '%_2'", TODAY + timedelta(days=3))
    await execute("UPDATE employer SET time_zone = 'Pacific/Auckland' WHERE id = $1", database.school)
    for who in ("carla", "dirk"):
        person = await person_of(database.helpers[who])
        everything = {one.id: one for one in await turned(person, View(state="all", sort="name"))}
        assert len(everything) > 100
        for choice in (*CHOICES, {"employer": database.school}):
            view = View(**choice)
            monkeypatch.setattr(queries, "PAGE", 1000)
            whole = [one.id for one in (await caseload(person, view, now=NOW)).lines]
            assert set(whole) == {one.id for one in everything.values() if chosen(one, view)}, choice
            monkeypatch.setattr(queries, "PAGE", size)
            if size > 1 or len(whole) < 30:
                assert [one.id for one in await turned(person, view)] == whole, choice


def chosen(one: Line, view: View) -> bool:
    """Whether a line that shows this belongs to the view."""
    first, last = BANDS[view.week] if view.week else (0, None)
    near = {"7": 7, "28": 28}.get(view.due)
    return all([
        view.state == "all" or (one.closed_on is None) == (view.state == "open"),
        not view.late or one.is_late,
        not view.new or one.is_new,
        view.due != "none" or one.next_on is None,
        near is None or (one.next_on is not None and one.next_on <= one.today + timedelta(days=near)),
        first <= one.week and (last is None or one.week <= last),
        view.q in one.name.lower(),
        view.employer is None or one.employer == "Basisschool De Linde",
    ])  # fmt: skip


async def test_the_employers_are_found_without_reading_who_is_anothers(database: Cast) -> None:
    """However many of their people another guards."""
    (lars,) = [one.id for one in (await person_of(database.helpers["lars"])).positions]
    await execute("UPDATE employment SET case_manager = $1", lars)
    await make_many(database, 3000, TODAY, case_manager=lars)
    await make_many(database, 1, TODAY)
    carla = await person_of(database.helpers["carla"])
    assert [id for id, _name in await employers(carla)] == [database.school]
    scope = scopes.helped(carla, after=1)
    explain = f"EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) {EMPLOYERS.format(scope=scope.sql)}"
    (row,) = await fetch(explain, scopes.desks(carla), *scope.args)
    plan = json.loads(row[0])[0]["Plan"]
    assert plan["Shared Hit Blocks"] + plan["Shared Read Blocks"] < 50


@pytest.mark.parametrize("closed", ["n % 9 = 0", "n % 20 > 0"], ids=["most are away", "few are away"])
async def test_a_page_of_thousands_reads_no_more_than_it_needs(database: Cast, closed: str) -> None:
    """Whatever is asked: what does not grow is shown by the pages of PostgreSQL that are touched."""
    await make_many(database, 3000, TODAY, closed=closed)
    await execute("UPDATE dossier_seen SET seen_at = $1 WHERE id::text LIKE '%7'", NOW)
    for who in ("carla", "dirk"):
        person = await person_of(database.helpers[who])

        async def touched(view: View, person: Person = person) -> int:
            asked = queries.Asked(person, view, NOW, PAGE)
            (row,) = await fetch(f"EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) {asked.sql}", *asked.args)
            plan = json.loads(row[0])[0]["Plan"]
            return int(plan["Shared Hit Blocks"] + plan["Shared Read Blocks"])

        for choice in (*CHOICES, {"employer": database.bakery}, {"sort": "name"}):
            view = View(**choice)
            with counted() as said:
                found = await caseload(person, view, now=NOW)
            assert len(said) == 1
            assert await touched(view) < 1_500, (who, view)
            if found.more:
                assert found.count is None, "nobody waits for a count of thousands"
                assert await touched(replace(view, after=found.more)) < 1_500, (who, view)


async def test_a_page_is_planned_once_for_who_has_few_among_many(database: Cast) -> None:
    """As for who has all: PostgreSQL keeps a plan after five times, unless it hopes for more of a new one."""
    colleague = new_id()
    await execute(
        "INSERT INTO role_holder (id, provider, role, name, email)"
        " SELECT $1, provider, role, 'Cor Coenen', 'cor@voorbeeld.example' FROM role_holder WHERE id = $2",
        colleague,
        database.carla,
    )
    await make_many(database, 60, TODAY)
    await make_many(database, 3000, TODAY, case_manager=colleague)
    carla = await person_of(database.helpers["carla"])
    for choice in (*CHOICES, {"employer": database.bakery}):
        view = View(**choice)
        found = await caseload(carla, view, now=NOW)
        for asked in (view, replace(view, after=found.more)):
            async with transaction():
                for _ in range(8):
                    await caseload(carla, asked, now=NOW)
                statement = queries.Asked(carla, asked, NOW, PAGE).sql
                planned = await fetch(
                    "SELECT custom_plans FROM pg_prepared_statements WHERE statement = $1", statement
                )
            assert [row["custom_plans"] for row in planned] == [5], asked


async def test_a_page_that_cannot_be_is_not_there(database: Cast, client_of: Client) -> None:
    carla = await client_of(database.helpers["carla"])
    for after in ("x", "é", written(("iets", new_id())), written(("9" * 40, new_id()))):
        for sort in ("due", "week"):
            assert (await carla.get(f"/caseload?sort={sort}&after={after}")).status_code == 404, after
    person = await person_of(database.helpers["carla"])
    with pytest.raises(NotFound):
        await caseload(person, View(after="x"), now=NOW)
    odd = "/caseload?employer=x&state=x&week=x&due=x&sort=x&dossier=x&q=%00"
    assert (await carla.get(odd)).status_code == 200


def test_an_address_says_everything() -> None:
    full = View(
        q="van dam", employer=new_id(), state="all", week="7-42", due="28", late=True, new=True, sort="name",
        dossier=new_id(), after="abc",
    )  # fmt: skip
    asked = dict(part.split("=") for part in full.address().partition("?")[2].split("&"))
    assert View.read(asked | {"q": "van dam"}) == full
    assert View().address() == "/caseload"
    assert View.read({}) == View() == View.read({"q": " ", "state": "open", "late": ""})


async def test_choosing_swaps_the_list_and_says_the_address(database: Cast, client_of: Client) -> None:
    await make_many(database, PAGE + 5, clock.now().date())
    carla = await client_of(database.helpers["carla"])
    asked = "/caseload?q=&employer=&state=all&week=&due=&sort=name&late=&dossier="
    whole = (await carla.get(asked)).text
    assert '<option value="all" selected>' in whole and '<option value="name" selected>' in whole
    answer = await carla.get(asked, headers={"HX-Request": "true"})
    assert answer.headers["HX-Push-Url"] == "/caseload?state=all&sort=name"
    assert "HX-Request" in answer.headers["Vary"]
    assert "<html" not in answer.text and answer.text.count('class="case"') == PAGE
    further = re.search(r'href="(/caseload\?[^"]*after=[^"]*)"', answer.text)
    assert further
    address = further[1].replace("&amp;", "&")
    rest = await carla.get(address, headers={"HX-Request": "true"})
    assert "state=all" in address and "sort=name" in address
    assert rest.text.count('class="case"') == 5 and "HX-Push-Url" not in rest.headers
    page = await carla.get(address)
    assert page.text.count('class="case"') == 5 and "Naar het begin van de lijst" in page.text


async def test_the_chosen_dossier_is_in_the_address(
    database: Cast, sick: dict[str, UUID], client_of: Client
) -> None:
    carla = await client_of(database.helpers["carla"])
    page = (await carla.get(f"/caseload?sort=name&dossier={sick['eva']}")).text
    assert page.count('aria-current="true"') == 1
    assert f'tabindex="-1" hx-get="/dossiers/{sick["eva"]}"' in page
    assert f'hx-push-url="/caseload?sort=name&amp;dossier={sick["anna"]}"' in page
    assert not await fetch("SELECT FROM access_log_line"), "a list is not looking into a dossier"


async def test_empty_says_what_to_expect(database: Cast, client_of: Client) -> None:
    carla = await client_of(database.helpers["carla"])
    assert "Je hebt nu geen lopende dossiers." in (await carla.get("/caseload")).text
    assert "Geen dossier past bij wat je koos." in (await carla.get("/caseload?late=1")).text


async def test_the_bar_offers_it_to_who_has_one(database: Cast, client_of: Client) -> None:
    for who in ("carla", "dirk", "lars", "lena"):
        page = (await (await client_of(database.helpers[who])).get("/caseload")).text
        assert '<a href="/caseload" aria-current="page">' in page
        assert page.count("<li><a href=") <= 4


async def test_as_many_statements_however_many_dossiers(database: Cast, client_of: Client) -> None:
    carla = await client_of(database.helpers["carla"])
    await carla.get("/caseload")
    for some in (5, 300):
        await make_many(database, some, clock.now().date())
        for address in ("/caseload", "/caseload?late=1&new=1&week=1-6&due=7&q=naam&sort=week"):
            with counted() as said:
                assert (await carla.get(address)).status_code == 200
            assert len(said) <= 4, "the session, the list in one or two, the employers"
            with counted() as said:
                await carla.get(address, headers={"HX-Request": "true"})
            assert len(said) <= 3
