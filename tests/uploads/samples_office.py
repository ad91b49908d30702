"""Office and OpenDocument files with all that people put in them: links, fields, pictures, forms, charts."""

from __future__ import annotations

from tests.uploads.samples import OFFICE, RELATIONS, jpeg, office, opendocument, word

_TYPE = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
_SPACES = (
    b' xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
    b' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    b' xmlns:v="urn:schemas-microsoft-com:vml"'
    b' xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:a="x/drawingml" xmlns:w14="x/w14"'
)
LINKS = RELATIONS % b"".join(
    b'<Relationship TargetMode="External" Id="rId%d" Type="%shyperlink" Target="%s"/>'
    % (number, _TYPE, target)
    for number, target in enumerate(
        (b"https://www.voorbeeld.nl/?a=1&amp;b=2#c", b"mailto:sanne@voorbeeld.nl", b"tel:+31201234567",
         b"Bijlage%20A.docx", b"file:///C:/Plan.docx", b"voorbeeld.nl:8080/a", b"#Kop")
    )
) + b""  # fmt: skip


def _field(code: bytes, result: bytes = b"1") -> bytes:
    mark = b'<w:r><w:fldChar w:fldCharType="%s"/></w:r>'
    return (
        mark % b"begin" + b'<w:r><w:instrText xml:space="preserve">%s</w:instrText></w:r>' % code
        + mark % b"separate" + b"<w:r><w:t>%s</w:t></w:r>" % result + mark % b"end"
    )  # fmt: skip


def _nested(before: bytes, inner: bytes, after: bytes) -> bytes:
    mark = b'<w:r><w:fldChar w:fldCharType="%s"/></w:r>'
    piece = b"<w:r><w:rPr><w:b/></w:rPr><w:instrText>%s</w:instrText></w:r>"
    return mark % b"begin" + piece % before + inner + piece % after + mark % b"separate" + mark % b"end"


BODY = (
    b'<w:p><w:hyperlink r:id="rId0"><w:r><w:t>site</w:t></w:r></w:hyperlink></w:p>'
    b'<w:p><w:r><w:drawing><a:docPr><a:hlinkClick r:id="rId1"/></a:docPr><a:blip r:embed="rId9"/>'
    b"</w:drawing></w:r></w:p>"
    b'<w:p><w:r><w:pict><v:shape href="https://www.voorbeeld.nl"><v:imagedata r:id="rId9" o:title="foto"/>'
    b"</v:shape></w:pict></w:r></w:p>"
    b'<w:p><mc:AlternateContent><mc:Choice Requires="wps"><w:r><w:t>DDEAUTO is een woord</w:t></w:r>'
    b"</mc:Choice><mc:Fallback/></mc:AlternateContent></w:p>"
    + _field(b" PAGE ") + _field(b' TOC \\o "1-3" \\h \\z \\u ')
    + _field(b' HYPERLINK "https://www.voorbeeld.nl" ')
    + _field(b" ADDIN ZOTERO_ITEM {link: DDE}") + _field(b" MACROBUTTON NoMacro [Klik hier]")
    + _nested(b" IF ", _field(b" MERGEFIELD Naam "), b' = "x" "y" ') + _nested(b"=", _field(b" PAGE "), b"-1")
    + b'<w:fldSimple w:instr=" DATE \\@ &quot;d-M-yyyy&quot; "/>'
    b"<w:p><w:ins><w:r><w:t>link</w:t></w:r></w:ins></w:p>"
)  # fmt: skip


def _letter(**more: bytes) -> bytes:
    body = word(BODY).replace(b"<w:document", b"<w:document" + _SPACES, 1)
    parts = {
        "word/document.xml": body,
        "word/_rels/document.xml.rels": LINKS,
        "word/media/a.jpg": jpeg(),
    }
    return office("docx", {**parts, **more})


def made_from(target: bytes, body: bytes = b'<w:attachedTemplate r:id="rId1"/>', more: bytes = b"") -> bytes:
    """A letter that says which template it was made from."""
    relation = b'<Relationship Id="rId1" Type="%sattachedTemplate" Target="%s" TargetMode="External"/>'
    settings = word(body).replace(b"<w:document", b"<w:document" + _SPACES, 1)
    related = RELATIONS % (relation % (_TYPE, target) + more)
    return _letter(**{"word/settings.xml": settings, "word/_rels/settings.xml.rels": related})


_SHEET = b"""<x xmlns="http://x/spreadsheetml/main">
<c><f>HYPERLINK("https://www.voorbeeld.nl/a|b", "DDE(x)")</f></c><c><f>'uren | week'!A1+SUM(A1:A9)</f></c>
<definedName name="naam">Blad1!$A$1:$A$9</definedName><formula1>"ja,nee"</formula1><c><v>DDE(x)|y</v></c>
<control><controlPr macro=""/></control></x>"""
_SHEET_LINKS = RELATIONS % (
    b'<Relationship Id="rId1" Type="%sctrlProp" Target="../ctrlProps/ctrlProp1.xml"/>' % _TYPE
    + b'<Relationship Id="rId2" Type="%shyperlink" Target="https://x.nl" TargetMode="External"/>' % _TYPE
)


_ODT = b"""<text:p><text:a xlink:href="https://www.voorbeeld.nl">site</text:a>
<text:a xlink:href="../ander.odt">ernaast</text:a><text:a xlink:href="mailto:sanne@voorbeeld.nl">mail</text:a>
<draw:image xlink:href="Pictures/1.jpg"/><draw:object xlink:href="./Object 1"/>
<meta:template xlink:href="file:///C:/Sjablonen/brief.ott"/><form:form xlink:href=""/></text:p>"""
_ODP = b"""<presentation:event-listener script:event-name="dom:click" presentation:action="next-page"/>
<draw:plugin xlink:href="media/film.mp4" draw:mime-type="application/vnd.sun.star.media"/>"""
_SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><image href="data:image/png;base64,AAAA"/></svg>'

GOOD_OFFICE: dict[str, tuple[bytes, str]] = {
    "met alles.docx": (_letter(), OFFICE + "wordprocessingml.document"),
    "met pictogram.docx": (_letter(**{"word/media/a.svg": _SVG}), OFFICE + "wordprocessingml.document"),
    "in utf16.docx": (
        office(more={"word/a.xml": '<?xml version="1.0" encoding="UTF-16"?><x>één</x>'.encode("utf-16")}),
        OFFICE + "wordprocessingml.document",
    ),
    **{
        f"{number} van een sjabloon.docx": (made_from(path), OFFICE + "wordprocessingml.document")
        for number, path in enumerate(
            (
                b"file:///C:\\Users\\sanne\\AppData\\Roaming\\Microsoft\\Templates\\Normal.dotm",
                b"file:///C:/Sjablonen/Brief%20Jansen%20&amp;%20Zn.dotx",
                b"file:///D:\\Huisstijl\\v1.2\\brief.dot",
            )
        )
    },
    "met formules.xlsx": (
        office(
            "xlsx",
            {"xl/worksheets/sheet1.xml": _SHEET, "xl/worksheets/_rels/sheet1.xml.rels": _SHEET_LINKS},
        ),
        OFFICE + "spreadsheetml.sheet",
    ),
    "met links.odt": (
        opendocument(content=_ODT, more={"Pictures/1.jpg": jpeg()}),
        "application/vnd.oasis.opendocument.text",
    ),
    "met formule.ods": (
        opendocument(
            "spreadsheet",
            content=b'<table:table-cell table:formula="of:=HYPERLINK(&quot;https://x.nl&quot;;&quot;a|b&quot;)"/>',
        ),
        "application/vnd.oasis.opendocument.spreadsheet",
    ),
    "met knoppen.odp": (
        opendocument("presentation", content=_ODP),
        "application/vnd.oasis.opendocument.presentation",
    ),
}
"""Each is taken."""
