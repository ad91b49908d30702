"""The templates: an environment for each language, with what never changes settled at compilation."""

from __future__ import annotations

from collections.abc import Callable, MutableMapping
from pathlib import Path
from typing import Any

import jinja2
from jinja2 import nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.visitor import NodeTransformer
from markupsafe import Markup, _escape_inner, escape  # type: ignore[attr-defined]

from backend.foundation import languages, words
from backend.web.assets import asset, inline

TEMPLATES = Path(__file__).resolve().parent.parent.parent / "templates"


def text(value: Any) -> str:
    """A value as it stands in a page: markup as it is, all else escaped."""
    kind = type(value)
    if kind is str:
        # What `escape` itself calls, and what takes a tenth of its time: a page does this some 250 times.
        return _escape_inner(value)
    if kind is not Markup and not hasattr(value, "__html__"):
        return _escape_inner(str(value))
    return value if kind is Markup else escape(value)


class Settle(NodeTransformer):
    """Writes the outcome of `_("…")` and `asset("…")` into the template, when nothing else is given along.

    A page calls them some fifty times; settled, they are text like the text around them, and escaped like it.
    """

    def __init__(self, known: dict[str, Callable[[str], str]]) -> None:
        self.known = known

    def visit_Call(self, node: nodes.Call) -> nodes.Node:  # noqa: N802 (the name of the node)
        self.generic_visit(node)
        called = node.node.name if isinstance(node.node, nodes.Name) else ""
        if called not in self.known or len(node.args) != 1 or node.kwargs or node.dyn_args or node.dyn_kwargs:
            return node
        given = node.args[0]
        if not isinstance(given, nodes.Const):
            return node
        return nodes.Const(self.known[called](given.value), lineno=node.lineno)


class Code(CodeGenerator):
    """Escapes what is put out straight to text. Jinja makes each value a `Markup` first, which costs three
    times as much and serves nobody: the parts of a page are joined at once."""

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        if frame.eval_ctx.volatile or not frame.eval_ctx.autoescape:
            super()._output_child_pre(node, frame, finalize)
        else:
            self.write("environment.text(")


class Environment(jinja2.Environment):
    """Templates in one language."""

    code_generator_class = Code
    text = staticmethod(text)

    def __init__(self, language: str) -> None:
        super().__init__(
            loader=jinja2.FileSystemLoader(TEMPLATES),
            autoescape=True,
            undefined=jinja2.StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
            cache_size=-1,
        )
        known: dict[str, Callable[[str], str]] = {
            "_": lambda text: languages.translate(text, language),
            "asset": asset,
            "inline": inline,
        }
        self.settle = Settle(known)
        self.filters["sentence"] = words.sentence
        self.globals.update(
            {
                "_": languages.gettext,
                "ngettext": languages.ngettext,
                "asset": asset,
                "inline": inline,
                "day_words": words.day_words,
                "hours_words": words.hours_words,
                "moment_words": words.moment_words,
                "period_words": words.period_words,
            }
        )

    def _generate(self, source: nodes.Template, *args: Any, **kwargs: Any) -> str:
        return super()._generate(self.settle.visit(source), *args, **kwargs)

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """Templates have no globals of their own, so they share these as they are: looking through Jinja's
        layered copy at every import costs a tenth of a page."""
        return super().make_globals(d) if d else self.globals


environments = {name: Environment(name) for name in languages.LANGUAGES}
environment = environments[languages.SOURCE]
