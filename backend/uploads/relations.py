"""How the parts of an Office file hang together (ECMA-376 part 2): what each is, and what it refers to."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import ClassVar

from backend.uploads.links import is_elsewhere, is_on_disk, judge_link
from backend.uploads.markup import Attributes, Part, values
from backend.uploads.unfit import Unfit, Why

MOST = 50_000
MACROS = re.compile(r"macroEnabled|vbaProject|vbaData|macrosheet|dialogsheet|activeX", re.I)
FOREIGN = re.compile(r"html|rfc822|multipart|rtf|javascript|shockwave|x-msdownload|x-zip", re.I)
XML = re.compile(r"([+/]xml|vmlDrawing)\s*(;|$)", re.I)
HYPERLINK = frozenset(
    {
        "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink",
        "http://purl.oclc.org/ooxml/officeDocument/relationships/hyperlink",
    }
)
TEMPLATE = frozenset(
    {
        "http://schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate",
        "http://purl.oclc.org/ooxml/officeDocument/relationships/attachedTemplate",
    }
)
"""The template that a document was made from, which Word looks for each time it opens it (ECMA-376 part 1,
11.4). An honest one lies on the writer's disk; one on a server is how macros are brought in later."""
RELATIONS: Mapping[str, Why] = {
    **dict.fromkeys(("vbaproject", "wordvbadata", "vbaprojectsignature", "vbaprojectsignatureagile",
                     "control", "activexcontrolbinary", "xlmacrosheet", "xlintlmacrosheet", "dialogsheet",
                     "extensibility", "usercustomization", "attachedtoolbars"), Why.MACROS),
    **dict.fromkeys(("afchunk", "attachedtemplate", "subdocument", "frame", "mailmergesource",
                     "mailmergeheadersource", "transform", "webextension",
                     "webextensiontaskpanes"), Why.REMOTE),
    "oleobject": Why.HIDDEN,
}  # fmt: skip
"""The last word of a relationship's type, and why it is refused also within the file."""


class Types(Part):
    """`[Content_Types].xml`: what each part is, by its name or its ending."""

    rules: ClassVar[Mapping[str, str]] = {"Override": "_named", "Default": "_ending"}

    def __init__(self) -> None:
        super().__init__()
        self._names: dict[str, str] = {}
        self._endings: dict[str, str] = {}

    @property
    def all(self) -> set[str]:
        """Every type that is told."""
        return {*self._names.values(), *self._endings.values()}

    @property
    def names(self) -> set[str]:
        """The parts that are named."""
        return set(self._names)

    def of(self, name: str) -> str:
        """The type of a part; empty when none is told."""
        name = name.lower()
        return self._names.get(name) or self._endings.get(name.rpartition(".")[2], "")

    def _named(self, _: str, attributes: Attributes) -> None:
        self._tell(self._names, values(attributes, "PartName"), attributes)

    def _ending(self, _: str, attributes: Attributes) -> None:
        self._tell(self._endings, values(attributes, "Extension"), attributes)

    def _tell(self, told: dict[str, str], keys: list[str], attributes: Attributes) -> None:
        types = [value.strip() for value in values(attributes, "ContentType")]
        if len(keys) != 1 or len(types) != 1 or len(told) == MOST:
            raise Unfit(Why.DAMAGED)
        if MACROS.search(types[0]):
            raise Unfit(Why.MACROS)
        key = keys[0].lower().lstrip("/.")
        if told.setdefault(key, types[0]) != types[0]:
            raise Unfit(Why.DAMAGED)  # two types for one part: which of them counts differs by reader


class Relations(Part):
    """The relationships of one part. Outside the file only hyperlinks may point, and a template on a disk."""

    rules: ClassVar[Mapping[str, str]] = {"Relationship": "_judge"}

    def __init__(self) -> None:
        super().__init__()
        self.links: set[str] = set()
        """What leads out of the file: nothing but a hyperlink may use these."""
        self.templates: set[str] = set()
        """Templates on a disk: nothing but `attachedTemplate` may use these."""

    def _judge(self, _: str, attributes: Attributes) -> None:
        kinds, targets = values(attributes, "Type"), values(attributes, "Target")
        modes = values(attributes, "TargetMode")
        outside = modes not in ([], ["Internal"])
        if modes == ["External"] and TEMPLATE.issuperset(kinds) and kinds and all(map(is_on_disk, targets)):
            self.templates.update(values(attributes, "Id"))
            return
        if outside and (modes != ["External"] or len(kinds) != 1 or kinds[0] not in HYPERLINK):
            raise Unfit(Why.REMOTE)
        for kind in kinds:
            why = RELATIONS.get(kind.strip().rstrip("/").rpartition("/")[2].lower())
            if why:
                raise Unfit(why)
        if not outside:
            if any(is_elsewhere(target) for target in targets):
                raise Unfit(Why.REMOTE)
            return
        for target in targets:
            judge_link(target)
        self.links.update(values(attributes, "Id"))
        if len(self.links) > MOST:
            raise Unfit(Why.TOO_COMPLEX)
