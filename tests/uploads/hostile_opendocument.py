"""OpenDocument files that hide what they fetch or run from who reads their bytes alone."""

from __future__ import annotations

from backend.uploads.unfit import Why
from tests.uploads.samples import opendocument

SCRIPT = b"urn:oasis:names:tc:opendocument:xmlns:script:1.0"
MACRO = b"vnd.sun.star.script:Standard.M.x?language=Basic&amp;location=document"


def text(content: bytes) -> tuple[bytes, Why]:
    return opendocument(content=content), Why.REMOTE


def sheet(content: bytes) -> tuple[bytes, Why]:
    return opendocument("spreadsheet", content=content), Why.REMOTE


def macro(content: bytes) -> tuple[bytes, Why]:
    return opendocument(content=content), Why.MACROS


HOSTILE_OPENDOCUMENT: dict[str, tuple[bytes, Why]] = {
    "gebeurtenis met prefix.odt": macro(
        b'<s:event-listener xmlns:s="%s" s:event-name="dom:load" xlink:href="%s"/>' % (SCRIPT, MACRO)
    ),
    "oude gebeurtenis.odt": macro(
        b'<s:event xmlns:s="x"><o:event-listener xmlns:o="http://openoffice.org/2000/script"/></s:event>'
    ),
    "bladzijde.odp": (
        opendocument(
            "presentation",
            content=b'<presentation:event-listener presentation:action="execute" xlink:href="x.exe"/>',
        ),
        Why.MACROS,
    ),
    "script.odt": macro(b'<o:script xmlns:o="urn:oasis:names:tc:opendocument:xmlns:office:1.0">x</o:script>'),
    "scriptveld.odt": macro(b'<text:script script:language="Basic">x</text:script>'),
    "link naar macro.odt": macro(b'<text:a xlink:href="vnd.sun.star&#46;script:x">x</text:a>'),
    "link naar opdracht.odt": macro(b'<text:a xlink:href="macro:///Standard.M.x">x</text:a>'),
    "foutmelding.ods": (
        opendocument("spreadsheet", content=b'<table:error-macro table:name="x"/>'),
        Why.MACROS,
    ),
    "menu.odt": (
        opendocument(more={"Configurations2/menubar/m.xml": b'<m:item xmlns:m="x" m:id="%s"/>' % MACRO}),
        Why.MACROS,
    ),
    "link met script.odt": (
        opendocument(content=b'<text:a xlink:href="javascript:alert(1)">x</text:a>'),
        Why.ACTIVE,
    ),
    "spion.odt": text(
        b'<q:image xmlns:q="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0" xlink:href="http://evil.example/1.png"/>'
    ),
    "spion met prefix.odt": text(
        b'<draw:image xmlns:k="http://www.w3.org/1999/xlink" k:href="&#104;ttps://evil.example/1.png"/>'
    ),
    "spion op server.odt": text(b'<draw:image xlink:href="//evil.example/1.png"/>'),
    "spion op schijf.odt": text(b'<draw:image xlink:href="file:///etc/passwd"/>'),
    "spion ernaast.odt": text(b'<draw:object xlink:href="../ander.ods"/>'),
    "lettertype.odt": text(b'<s:font-face-uri xmlns:s="x" xlink:href="http://evil.example/f.ttf"/>'),
    "achtergrond.odt": (
        opendocument(
            more={"styles.xml": b'<b xmlns:x="http://www.w3.org/1999/xlink" x:href="http://evil.example/a"/>'}
        ),
        Why.REMOTE,
    ),
    "sjabloon elders.odt": text(b'<meta:template xlink:href="http://evil.example/x.ott"/>'),
    "opnieuw laden.odt": text(b'<meta:auto-reload xlink:href="http://evil.example/x.odt"/>'),
    "raam.odt": text(b'<draw:floating-frame xlink:href="http://evil.example"/>'),
    "verzenden.odt": text(b'<form:form xlink:href="http://evil.example"/>'),
    "dde.odt": text(b'<q:dde-connection-decl xmlns:q="x" q:dde-application="cmd"/>'),
    "blad elders.ods": sheet(b'<table:table-source xlink:href="x.ods"/>'),
    "formule met opdracht.ods": sheet(
        b'<table:table-cell table:formula="of:=DDE(&quot;cmd&quot;;&quot;/c&quot;;&quot;x&quot;)"/>'
    ),
    "formule van elders.ods": sheet(b'<table:table-cell table:formula="of:=WEBSERVICE([.A1])"/>'),
    "formule met blad.ods": sheet(
        b"<table:table-cell table:formula=\"of:=['http://evil.example/x.ods'#$A.A1]\"/>"
    ),
    "ingebed.odt": (opendocument(content=b"<office:binary-data>TVqQAAM=</office:binary-data>"), Why.HIDDEN),
    "op slot met prefix.odt": (
        opendocument(
            manifest=b'<q:encryption-data xmlns:q="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'
        ),
        Why.LOCKED,
    ),
    "ander soort.odt": (
        opendocument(
            manifest=b'<manifest:file-entry manifest:full-path="/" '
            b'manifest:media-type="application/vnd.oasis.opendocument.base"/>'
        ),
        Why.UNKNOWN,
    ),
    "kop.odt": (opendocument(more={"meta.xml": b"<!DOCTYPE x><x/>"}), Why.HIDDEN),
    "open.odt": (opendocument(content=b"<text:p>"), Why.DAMAGED),
    "xml zonder naam.odt": (
        opendocument(more={"Object 1/inhoud": b'<o:event-listener xmlns:o="x"/>'}),
        Why.MACROS,
    ),
}
"""By name; the names say what they pretend to be."""
