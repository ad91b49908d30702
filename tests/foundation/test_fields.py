"""What people type, and what we make of it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from litestar.datastructures import FormMultiDict

from backend.foundation.fields import (
    CheckboxField,
    CodeField,
    DutchDateField,
    EmailField,
    Form,
    HoursField,
    LongTextField,
    PasswordField,
    RadioField,
    RequestKeyField,
    Required,
    TextField,
    read_date,
    read_hours,
)


@pytest.mark.parametrize(
    "typed",
    ["1-2-1990", "01-02-1990", "01021990", "1990-02-01", "1/2/1990", "1.2.1990", "1 2 1990", " 1 - 2 - 1990 ",
     "1990/2/1", "01/02-1990"],
)  # fmt: skip
def test_a_date_is_understood_however_it_is_written(typed: str) -> None:
    assert read_date(typed) == date(1990, 2, 1)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("1-2-90", "vier cijfers"),
        ("010290", "vier cijfers"),
        ("31-2-1990", "bestaat niet"),
        ("29-2-2023", "bestaat niet"),
        ("1-13-1990", "bestaat niet"),
        ("0-0-0000", "bestaat niet"),
        ("gisteren", "dag-maand-jaar"),
        ("1-2-1990-3", "dag-maand-jaar"),
        ("1-2-19900", "dag-maand-jaar"),
        ("١-٢-١٩٩٠", "dag-maand-jaar"),
    ],
)
def test_a_date_that_is_none_is_explained(typed: str, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        read_date(typed)


@pytest.mark.parametrize(
    ("typed", "hours"),
    [("0", "0"), ("7", "7"), ("7,5", "7.5"), ("7.25", "7.25"), (",5", "0.5"),
     ("24", "24"), ("7:45", "7.75"), ("8 uur", "8")],
)  # fmt: skip
def test_hours_are_understood_with_comma_or_point(typed: str, hours: str) -> None:
    assert read_hours(typed) == Decimal(hours)


@pytest.mark.parametrize("typed", ["24,25", "25", "7,3", "-1", "acht", ".", "1e3", "7,5,5", "NaN"])
def test_other_hours_are_refused(typed: str) -> None:
    with pytest.raises(ValueError):
        read_hours(typed)


class Everything(Form):
    text = TextField("", [Required("leeg")], longest=10)
    story = LongTextField("")
    email = EmailField("", [Required("leeg")])
    day = DutchDateField("", [Required("leeg")])
    hours = HoursField("", [Required("leeg")])
    code = CodeField("", [Required("leeg")])
    password = PasswordField("", [Required("leeg")])
    choice = RadioField("", [Required("leeg")], choices=[("a", "A"), ("b", "B")])
    tick = CheckboxField("", [Required("leeg")])
    request_key = RequestKeyField()


def filled(**values: Any) -> Any:
    form = Everything(FormMultiDict(list(values.items())))
    form.validate()
    return form


def test_nothing_filled_in_says_what_to_fill_in() -> None:
    form = filled()
    for name in ("text", "email", "day", "hours", "code", "password", "choice", "tick"):
        assert form[name].errors == ["leeg"], name


def test_what_is_not_understood_says_so_once_and_stays_as_typed() -> None:
    form = filled(day="31-2-1990", hours="acht", email="anna", code="12", choice="c", text="x" * 11)
    for name, typed in (("day", "31-2-1990"), ("hours", "acht"), ("email", "anna"), ("code", "12")):
        assert len(form[name].errors) == 1, name
        assert form[name]._value() == typed
    assert len(form.choice.errors) == len(form.text.errors) == 1


def test_a_code_may_be_pasted_with_spaces_and_dashes() -> None:
    assert filled(code=" 123 456 ").code.data == "123456"
    assert filled(code="123-456").code.data == "123456"


def test_invisible_characters_are_dropped_and_lines_kept_where_they_belong() -> None:
    form = filled(text=" a\x00b\nc ", story="een\r\ntwee\x07", password=" p\x00 ")
    assert (form.text.data, form.story.data, form.password.data) == ("abc", "een\ntwee", " p\x00 ")


def test_what_came_along_unseen_with_a_copied_text_falls_away() -> None:
    form = filled(
        text="\u200banna\u00ad@voorbeeld\u200b.example\ufeff", day="\u200e1\u200e-2-1990",
        code="123\u200b456", story="van \u202erechts", hours="\u20667,5\u2069",
    )  # fmt: skip
    assert form.text.data == "anna@voorbeeld.example"
    assert (form.day.data, form.code.data, form.hours.data) == (date(1990, 2, 1), "123456", Decimal("7.5"))
    assert form.story.data == "van rechts"
    assert (
        filled(text="\u0645\u06cc\u200c\u0634\u0648\u062f").text.data
        == "\u0645\u06cc\u200c\u0634\u0648\u062f"
    )


def test_a_field_full_of_spaces_is_no_work() -> None:
    spaces = " " * 300_000
    for typed in (f"1{spaces}x", f"1990{spaces}1{spaces}x", f"1{spaces}2{spaces}90{spaces}x"):
        with pytest.raises(ValueError):
            read_date(typed)
        with pytest.raises(ValueError):
            read_hours(typed)


def test_a_pile_of_accents_is_no_work() -> None:
    pile = "a" + "\u0301\u0323" * 300_000
    assert filled(text=pile, story=pile).errors.keys() >= {"text", "story"}
    assert len(filled(text="a" + "\u0301\u0323" * 60).text.data) < 32
    assert filled(text="Zoe\u0308").text.data == "Zo\u00eb"


def test_a_password_is_never_shown_again() -> None:
    assert "geheim" not in str(filled(password="geheim").password())


def test_a_form_keeps_its_key_and_refuses_an_odd_one() -> None:
    key = str(Everything().request_key.data)
    assert str(filled(request_key=key).request_key.data) == key
    assert filled(request_key="x").request_key.errors


def test_a_file_where_text_belongs_is_nothing() -> None:
    form = filled(
        text=object(), email=object(), day=object(), hours=object(), code=object(), password=object()
    )
    assert form.errors
