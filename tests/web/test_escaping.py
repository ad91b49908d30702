"""Nothing that a person typed becomes a part of the page."""

from __future__ import annotations

import jinja2
import pytest
from markupsafe import Markup

from backend.web.templating import environment

HOSTILE = "<b onclick=\"a()\" title='x'>&"
HARMLESS = {"&lt;b onclick=&quot;a()&quot; title=&#x27;x&#x27;&gt;&amp;", str(Markup.escape(HOSTILE))}


class Shout(str):
    """What looks like a string but is of another kind."""


class Speaks:
    def __str__(self) -> str:
        return HOSTILE


@pytest.mark.parametrize("value", [HOSTILE, Shout(HOSTILE), Speaks(), [HOSTILE][0]])
@pytest.mark.parametrize(
    "source",
    [
        "{{ value }}",
        '<p title="{{ value }}">{{ value }}</p>',
        "{% macro say(it) %}{{ it }}{% endmacro %}{{ say(value) }}",
        "{% set it %}{{ value }}{% endset %}{{ it }}",
        "{% for it in [value] %}{{ it }}{% endfor %}",
        "{% macro wrap() %}{{ caller() }}{% endmacro %}{% call wrap() %}{{ value }}{% endcall %}",
        "{{ value ~ '' }}",
    ],
)
def test_what_is_put_out_is_escaped(source: str, value: object) -> None:
    found = environment.from_string(source).render(value=value)
    assert HOSTILE not in found
    assert any(each in found for each in HARMLESS)


def test_markup_stays_as_it_is() -> None:
    assert environment.from_string("{{ value }}").render(value=Markup("<b>ja</b>")) == "<b>ja</b>"


def test_what_is_not_there_is_an_error() -> None:
    with pytest.raises(jinja2.UndefinedError):
        environment.from_string("{{ value }}").render()


def test_numbers_and_nothing_read_as_ever() -> None:
    assert environment.from_string("{{ a }} {{ b }}").render(a=3, b=None) == "3 None"
