"""What a part of a Word, Excel or PowerPoint file may hold: nothing that opening would fetch or run."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import ClassVar

from backend.uploads.fields import Fields, judge_code
from backend.uploads.formulas import judge_formula
from backend.uploads.links import is_elsewhere, judge_link
from backend.uploads.markup import Attributes, Part, local, values
from backend.uploads.relations import Relations
from backend.uploads.unfit import Unfit, Why

WORD = re.compile(r"http://(schemas\.openxmlformats\.org|purl\.oclc\.org/ooxml)/wordprocessingml/|"
                  r"http://schemas\.microsoft\.com/office/word/")  # fmt: skip
"""What may stand within the code of a field; what wraps it in another namespace, a reader may leave out."""
SVG = "http://www.w3.org/2000/svg "
REFERENCES = "/relationships "
LINKS = frozenset({"hyperlink", "hlinkClick", "hlinkHover"})
TEMPLATE = "attachedTemplate"
ACTIONS = re.compile(r"\s*ppaction://(program|macro|ole)", re.I)

REFUSED = {
    Why.REMOTE: "altChunk subDoc ddeLink ddeItem oleLink dataSource connectString dbPr webPr"
                " olapPr textPr sourceFileName webextension taskpane",
    Why.MACROS: "ocx entryMacro exitMacro FmlaMacro ScriptText ScriptExtended customUI",
    Why.HIDDEN: "binData binaryData",
}  # fmt: skip


class OfficePart(Part):
    """Any part but a list of relationships; `related` are those of this part."""

    rules: ClassVar[Mapping[str, str]] = {
        **{name: f"_{why}" for why, names in REFUSED.items() for name in names.split()},
        "fldChar": "_mark", "fldSimple": "_simple", "instrText": "_code", "delInstrText": "_code",
        "t": "_text", "delText": "_text",
        **dict.fromkeys(("f", "formula", "formula1", "formula2", "oldFormula", "calculatedColumnFormula",
                         "totalsRowFormula"), "_formula"),
        "definedName": "_name", "cacheSource": "_source", "schema": "_schema", "OLEObject": "_object",
        TEMPLATE: "_template",
        **dict.fromkeys(("sp", "cxnSp", "pic", "grpSp", "graphicFrame", "controlPr", "objectPr"), "_drawn"),
        **dict.fromkeys(("imagedata", "fill", "stroke", "image", "use", "feImage"), "_image"),
        **dict.fromkeys(("hlinkClick", "hlinkHover", "hlinkMouseOver"), "_followed"),
        "shape": "_shape", "script": "_script", "control": "_control", "Relationship": "_related",
    }  # fmt: skip

    def __init__(self, related: Relations | None = None) -> None:
        super().__init__()
        self._links = frozenset(related.links if related else ())
        self._templates = frozenset(related.templates if related else ())
        self._outside = self._links | self._templates
        self._fields = Fields()
        self._look()

    def finish(self) -> None:
        self._fields.finish()

    def _look(self) -> None:
        self.watch(self._judge if self._outside or self._fields.coding else None)

    def _judge(self, name: str, attributes: Attributes) -> None:
        if self._fields.coding and not WORD.match(name):
            raise Unfit(Why.TOO_COMPLEX)
        if not self._outside.isdisjoint(attributes.values()) and local(name) != TEMPLATE:
            fine = self._links - self._templates if local(name) in LINKS else frozenset()
            for key, value in attributes.items():
                if value in self._outside - fine and (
                    REFERENCES in key or local(key) in ("id", "link", "embed", "href")
                ):
                    raise Unfit(Why.REMOTE)

    def _remote(self, _: str, __: Attributes) -> None:
        raise Unfit(Why.REMOTE)

    def _template(self, _: str, attributes: Attributes) -> None:
        """Only one on a disk, by its relationship; not by a path of its own, which some readers take."""
        if not self._templates - self._links >= set(attributes.values()):
            raise Unfit(Why.REMOTE)

    def _macros(self, _: str, __: Attributes) -> None:
        raise Unfit(Why.MACROS)

    def _hidden(self, _: str, __: Attributes) -> None:
        raise Unfit(Why.HIDDEN)

    def _mark(self, _: str, attributes: Attributes) -> None:
        for kind in values(attributes, "fldCharType"):
            self._fields.mark(kind.strip())
        self._look()

    def _simple(self, _: str, attributes: Attributes) -> None:
        for code in values(attributes, "instr"):
            judge_code(code)

    def _code(self, _: str, __: Attributes) -> None:
        self.capture(self._fields.add)

    def _text(self, _: str, __: Attributes) -> None:
        if self._fields.coding:
            self.capture(self._fields.add)

    def _formula(self, _: str, __: Attributes) -> None:
        self.capture(judge_formula)

    def _name(self, _: str, attributes: Attributes) -> None:
        if {*values(attributes, "xlm"), *values(attributes, "vbProcedure")} - {"0", "false"}:
            raise Unfit(Why.MACROS)
        self.capture(judge_formula)

    def _source(self, _: str, attributes: Attributes) -> None:
        if "external" in values(attributes, "type"):
            raise Unfit(Why.REMOTE)

    def _schema(self, _: str, attributes: Attributes) -> None:
        if any(values(attributes, "manifestLocation")):
            raise Unfit(Why.REMOTE)

    def _object(self, _: str, attributes: Attributes) -> None:
        if any(kind.strip().lower() == "link" for kind in values(attributes, "Type")):
            raise Unfit(Why.REMOTE)

    def _drawn(self, _: str, attributes: Attributes) -> None:
        if any(name.strip() for name in values(attributes, "macro")):
            raise Unfit(Why.MACROS)
        for formula in values(attributes, "textlink"):
            judge_formula(formula)

    def _image(self, _: str, attributes: Attributes) -> None:
        """VML and SVG write an address where they want a picture: only one within the file."""
        for key, address in attributes.items():
            if local(key) not in ("src", "href", "althref") or address.startswith("data:image/"):
                continue
            if is_elsewhere(address):
                raise Unfit(Why.REMOTE)

    def _shape(self, _: str, attributes: Attributes) -> None:
        for address in values(attributes, "href"):
            judge_link(address)

    def _followed(self, _: str, attributes: Attributes) -> None:
        if any(ACTIONS.match(action) for action in values(attributes, "action")):
            raise Unfit(Why.ACTIVE)

    def _script(self, name: str, _: Attributes) -> None:
        if name.startswith(SVG) or "xhtml" in name:
            raise Unfit(Why.ACTIVE)

    def _control(self, name: str, _: Attributes) -> None:
        """ActiveX; the boxes and lists of a sheet are called the same, with another relationship."""
        if "spreadsheetml" not in name:
            raise Unfit(Why.MACROS)

    def _related(self, name: str, attributes: Attributes) -> None:
        """A relationship in a part that is not named as such."""
        if "package/2006/relationships" in name or "TargetMode" in attributes:
            raise Unfit(Why.HIDDEN)
