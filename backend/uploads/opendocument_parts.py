"""What a part of an OpenDocument file may hold: no macros, nothing that opening would fetch or run."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import ClassVar

from backend.uploads.formulas import judge_formula
from backend.uploads.links import PROGRAMS, is_elsewhere, judge_link
from backend.uploads.markup import Attributes, Part, local, values
from backend.uploads.office_parts import SVG
from backend.uploads.unfit import Unfit, Why

HREF = "http://www.w3.org/1999/xlink href"
MEDIA_TYPE = "urn:oasis:names:tc:opendocument:xmlns:drawing:1.0 mime-type"
FOLLOWED = frozenset(
    {"a", "event-listener", "button", "image-map", "area-rectangle", "area-circle", "area-polygon"}
)
"""Elements of which the address is for a person to follow."""
WITHIN = ("vnd.sun.star.Package:", "vnd.sun.star.GraphicObject:")
STEPS = frozenset(
    {"none", "previous-page", "next-page", "first-page", "last-page", "hide", "stop", "show", "fade-out"}
)
FORMULAS = (" formula", " expression", " condition")
DISK = re.compile(r"\s*(file:///(?!/)|/(?!/)|[A-Za-z]:[\\/])")

REFUSED = {
    Why.REMOTE: "dde-source dde-link dde-connection dde-connection-decl section-source table-source"
                " cell-range-source source-service database-source-sql database-source-query"
                " database-source-table connection-resource applet floating-frame"
                " auto-reload submission",
    Why.MACROS: "error-macro execute-macro",
    Why.HIDDEN: "binary-data",
    Why.LOCKED: "encryption-data encrypted-key EncryptedKey",
}  # fmt: skip


class OpenDocumentPart(Part):
    """Any part. Addresses may lead out of the file in links only."""

    rules: ClassVar[Mapping[str, str]] = {
        **{name: f"_{why}" for why, names in REFUSED.items() for name in names.split()},
        "event-listener": "_listener", "script": "_script", "form": "_form", "instance": "_instance",
        "template": "_template", "plugin": "_plugin",
        **dict.fromkeys(("table-cell", "covered-table-cell", "named-expression", "content-validation", "map",
                         "variable-set", "user-field-decl", "expression", "conditional-text", "hidden-text"),
                        "_formula"),
        **dict.fromkeys(("image", "use", "feImage"), "_image"),
    }  # fmt: skip

    def __init__(self, *, settings: bool = False) -> None:
        super().__init__()
        self.watch(self._setting if settings else self._address)

    def _address(self, name: str, attributes: Attributes) -> None:
        if HREF not in attributes:
            return
        address = attributes[HREF]
        element = local(name)
        if PROGRAMS.match(address.strip()):
            raise Unfit(Why.MACROS)
        if element in FOLLOWED:
            judge_link(address)
        elif element != "template" and not address.startswith(WITHIN):
            out = address.strip().startswith(("../", "/"))
            if (out or is_elsewhere(address)) and not (
                name.startswith(SVG) and address.startswith("data:image/")
            ):
                raise Unfit(Why.REMOTE)

    def _setting(self, _: str, attributes: Attributes) -> None:
        """Menus, keys and toolbars of the document's own may call a macro in any attribute."""
        if any(
            PROGRAMS.match(value.strip()) for value in attributes.values() if not value.startswith(".uno:")
        ):
            raise Unfit(Why.MACROS)

    def _remote(self, _: str, __: Attributes) -> None:
        raise Unfit(Why.REMOTE)

    def _macros(self, _: str, __: Attributes) -> None:
        raise Unfit(Why.MACROS)

    def _hidden(self, _: str, __: Attributes) -> None:
        raise Unfit(Why.HIDDEN)

    def _locked(self, _: str, __: Attributes) -> None:
        raise Unfit(Why.LOCKED)

    def _listener(self, name: str, attributes: Attributes) -> None:
        """Turning a page is harmless (presentation:event-listener); everything else is a program."""
        steps = values(attributes, "action")
        if "presentation" not in name or not steps or not STEPS.issuperset(steps):
            raise Unfit(Why.MACROS)

    def _script(self, name: str, _: Attributes) -> None:
        raise Unfit(Why.ACTIVE if name.startswith(SVG) else Why.MACROS)

    def _plugin(self, _: str, attributes: Attributes) -> None:
        """A film or a sound of the file's own is played; anything else would be a program of another."""
        if attributes.get(MEDIA_TYPE) != "application/vnd.sun.star.media":
            raise Unfit(Why.REMOTE)

    def _form(self, _: str, attributes: Attributes) -> None:
        if attributes.get(HREF):
            raise Unfit(Why.REMOTE)

    def _instance(self, _: str, attributes: Attributes) -> None:
        if any(values(attributes, "src")):
            raise Unfit(Why.REMOTE)

    def _template(self, _: str, attributes: Attributes) -> None:
        """What the document was made from, on the writer's own disk; never at an address."""
        address = attributes.get(HREF, "")
        if is_elsewhere(address) and not DISK.match(address):
            raise Unfit(Why.REMOTE)

    def _formula(self, _: str, attributes: Attributes) -> None:
        for key, formula in attributes.items():
            if key.endswith(FORMULAS):
                judge_formula(formula)

    def _image(self, _: str, attributes: Attributes) -> None:
        """SVG 2 writes the address without a namespace."""
        address = attributes.get("href", "")
        if is_elsewhere(address) and not address.startswith("data:image/"):
            raise Unfit(Why.REMOTE)


class Manifest(OpenDocumentPart):
    """`META-INF/manifest.xml`: what the parts are, and whether they are encrypted."""

    rules: ClassVar[Mapping[str, str]] = {**OpenDocumentPart.rules, "file-entry": "_entry"}

    def __init__(self) -> None:
        super().__init__()
        self.kinds: set[str] = set()
        """What the file as a whole is called."""

    def _entry(self, _: str, attributes: Attributes) -> None:
        if "/" in values(attributes, "full-path"):
            self.kinds.update(filter(None, values(attributes, "media-type")))
