"""Files as people have them, made here: each is taken."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Mapping
from typing import Any

import pillow_heif
from PIL import ExifTags, Image, PngImagePlugin

pillow_heif.register_heif_opener()
PLACE = "52 deg 30' N"
SECRET = b"Sanne haar telefoon"
Parts = Mapping[str, bytes]


def picture(width: int = 64, height: int = 48, seed: int = 7) -> Image.Image:
    """Something to see: an edge to the left is dark, so that its turn can be told."""
    image = Image.effect_noise((width, height), seed).convert("RGB")
    image.paste((0, 0, 0), (0, 0, width // 4, height))
    return image


def exif(turned: int = 6) -> bytes:
    """EXIF as a phone writes it: who, where, and which way is up."""
    described = Image.Exif()
    described[ExifTags.Base.Orientation] = turned
    described[ExifTags.Base.Make] = SECRET.decode()
    described[ExifTags.Base.ImageDescription] = PLACE
    described.get_ifd(ExifTags.IFD.GPSInfo)[ExifTags.GPS.GPSLatitude] = (52.0, 30.0, 0.0)
    described.get_ifd(ExifTags.IFD.GPSInfo)[ExifTags.GPS.GPSLatitudeRef] = "N"
    return described.tobytes()


XMP = b"<x:xmpmeta xmlns:x='adobe:ns:meta/'>" + SECRET + b"</x:xmpmeta>"


def saved(image: Image.Image, kind: str, **how: Any) -> bytes:
    """The picture as a file."""
    file = io.BytesIO()
    image.save(file, kind, **how)
    return file.getvalue()


def jpeg(turned: int = 6, **how: Any) -> bytes:
    return saved(picture(), "JPEG", exif=exif(turned), xmp=XMP, comment=SECRET, **how)


def png(image: Image.Image | None = None) -> bytes:
    words = PngImagePlugin.PngInfo()
    words.add_text("Author", SECRET.decode())
    words.add_itxt("XML:com.adobe.xmp", XMP.decode())
    return saved(image or picture(), "PNG", pnginfo=words, exif=exif())


def heic() -> bytes:
    return saved(picture(), "HEIF", exif=exif(), xmp=XMP)


def pdf(*objects: bytes, head: bytes = b"", tail: bytes = b"", trailer: bytes = b"") -> bytes:
    """A PDF of one empty page, with further objects."""
    made = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] >>",
        *objects,
    ]
    data = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n" + head
    places = []
    for number, content in enumerate(made, 1):
        places.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    start = len(data)
    data += b"xref\n0 %d\n0000000000 65535 f \n" % (len(made) + 1)
    data += b"".join(b"%010d 00000 n \n" % place for place in places)
    data += b"trailer\n<< /Size %d /Root 1 0 R %s >>\nstartxref\n%d\n%%%%EOF\n" % (
        len(made) + 1,
        trailer,
        start,
    )
    return data + tail


def stream(content: bytes, described: bytes = b"", packed: bool = True) -> bytes:
    """An object with bytes in it."""
    if packed:
        content, described = zlib.compress(content), described + b" /Filter /FlateDecode"
    return b"<< %s /Length %d >>\nstream\n%s\nendstream" % (described, len(content), content)


def packed(parts: Parts, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip; a part called `mimetype` is stored as it is."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", method) as archive:
        for name, content in parts.items():
            archive.writestr(name, content, zipfile.ZIP_STORED if name == "mimetype" else method)
    return file.getvalue()


OFFICE = "application/vnd.openxmlformats-officedocument."
KINDS = {
    "docx": ("word/document.xml", OFFICE + "wordprocessingml.document.main+xml"),
    "xlsx": ("xl/workbook.xml", OFFICE + "spreadsheetml.sheet.main+xml"),
    "pptx": ("ppt/presentation.xml", OFFICE + "presentationml.presentation.main+xml"),
}
_PACKAGE = b"http://schemas.openxmlformats.org/package/2006/"
TYPES = (
    b'<?xml version="1.0"?><Types xmlns="' + _PACKAGE + b'content-types">'
    b'<Override PartName="/%s" ContentType="%s"/>%s</Types>'
)
RELATIONS = b'<?xml version="1.0"?><Relationships xmlns="' + _PACKAGE + b'relationships">%s</Relationships>'
_OASIS = b"urn:oasis:names:tc:opendocument:xmlns:"
SPACES = (
    b"".join(
        b' xmlns:%s="%s%s:1.0"' % (name, _OASIS, b"drawing" if name == b"draw" else name)
        for name in (
            b"office",
            b"text",
            b"table",
            b"draw",
            b"script",
            b"presentation",
            b"manifest",
            b"form",
            b"meta",
        )
    )
    + b' xmlns:xlink="http://www.w3.org/1999/xlink"'
)
"""The namespaces of OpenDocument."""


def office_parts(kind: str = "docx", **more: bytes) -> dict[str, bytes]:
    """The parts of an Office file; `types` is added to the list of types."""
    main, content_type = KINDS[kind]
    types = more.pop("types", b"")
    return {
        "[Content_Types].xml": TYPES % (main.encode(), content_type.encode(), types),
        "_rels/.rels": RELATIONS % b"",
        main: b"<document>Plan van aanpak</document>",
        **more,
    }


def office(kind: str = "docx", more: Parts | None = None, types: bytes = b"") -> bytes:
    return packed(office_parts(kind, types=types) | dict(more or {}))


def override(name: str, content_type: str) -> bytes:
    """What `[Content_Types].xml` says of a part."""
    return f'<Override PartName="{name}" ContentType="{content_type}"/>'.encode()


def word(body: bytes) -> bytes:
    """The text of a Word file."""
    space = b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    return b'<w:document xmlns:w="%s"><w:body>%s</w:body></w:document>' % (space, body)


def opendocument(
    kind: str = "text", more: Parts | None = None, manifest: bytes = b"", content: bytes = b""
) -> bytes:
    return packed(
        {
            "mimetype": b"application/vnd.oasis.opendocument." + kind.encode(),
            "META-INF/manifest.xml": b"<manifest:manifest"
            + SPACES
            + b">"
            + manifest
            + b"</manifest:manifest>",
            "content.xml": b"<office:document"
            + SPACES
            + b"><office:scripts/>"
            + content
            + b"</office:document>",
            "Configurations2/accelerator/current.xml": b"",
            **(more or {}),
        }
    )


GOOD: dict[str, tuple[bytes, str]] = {
    "brief.pdf": (pdf(), "application/pdf"),
    "met objecten.pdf": (
        pdf(stream(b"5 0 6 20 << /Type /Font >> << /A 1 >>", b"/Type /ObjStm /N 2 /First 10")),
        "application/pdf",
    ),
    "met inhoud.pdf": (pdf(stream(b"BT (Plan van aanpak) Tj ET " * 4000)), "application/pdf"),
    "foto.jpg": (jpeg(), "image/jpeg"),
    "in stappen.jpg": (jpeg(progressive=True), "image/jpeg"),
    "grijs.jpg": (saved(picture().convert("L"), "JPEG"), "image/jpeg"),
    "drukwerk.jpg": (saved(picture().convert("CMYK"), "JPEG"), "image/jpeg"),
    "scherm.png": (png(), "image/png"),
    "doorzichtig.png": (png(picture().convert("RGBA")), "image/png"),
    "kleuren.png": (png(picture().convert("P")), "image/png"),
    "zwart.png": (png(picture().convert("1")), "image/png"),
    "telefoon.heic": (heic(), "image/heic"),
    "plan.docx": (office("docx"), OFFICE + "wordprocessingml.document"),
    "rooster.xlsx": (office("xlsx"), OFFICE + "spreadsheetml.sheet"),
    "praatje.pptx": (
        office("pptx", {"ppt/embeddings/Microsoft_Excel_Sheet.xlsx": office("xlsx")}),
        OFFICE + "presentationml.presentation",
    ),
    "plan.odt": (opendocument(), "application/vnd.oasis.opendocument.text"),
    "rooster.ods": (opendocument("spreadsheet"), "application/vnd.oasis.opendocument.spreadsheet"),
    "praatje.odp": (opendocument("presentation"), "application/vnd.oasis.opendocument.presentation"),
    "verslag.txt": ("Afgesproken: vier uur per dag, één ochtend thuis.\n".encode(), "text/plain"),
    "met merk.txt": (b"\xef\xbb\xbfAfgesproken.\r\n", "text/plain"),
}
