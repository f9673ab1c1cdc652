"""A PDF file: ReportLab's document, given pages as finished bytes.

ReportLab numbers the objects and writes catalogue, page tree, outline, info, cross-references and trailer.
Pages, streams and fonts are ours to the byte, because its own objects cost more than all we print. Equal calls
give equal bytes: no clock, no chance, nothing from the machine but the version of zlib.
"""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import lru_cache

from reportlab.pdfbase.pdfdoc import (
    BasicFonts,
    PDFCatalog,
    PDFDictionary,
    PDFDocument,
    PDFObject,
    PDFObjectReference,
    PDFPages,
    ViewerPreferencesPDFDictionary,
)

from awards.pdf.archival import NAME, metadata, srgb_profile

FAN_OUT = 100  # pages of one node, so that a viewer finds page 9,000 without reading 9,000 entries
COMPRESS_FROM = 400  # bytes; shorter streams gain less than they cost
LEVEL = 6
VERSION = (1, 5)
LANGUAGE = "zh-CN"
CREATOR = "Laurel"
RESOURCES = "Resources"  # what the document calls the dictionary that all pages share

Value = str | int | Sequence["Value"] | Mapping[str, "Value"]
Ref = str  # to an object of the file, as it is written: "12 0 R"


@lru_cache(maxsize=1 << 14)
def number(value: float) -> str:
    """A coordinate in points, to a hundredth."""
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text in ("", "-0") else text


def box(low: float, bottom: float, right: float, top: float) -> str:
    """A rectangle, as boxes of pages and forms are written."""
    return f"[{number(low)} {number(bottom)} {number(right)} {number(top)}]"


def written(value: Value) -> str:
    """An object of the format: names with their slash, references and numbers are written as they are."""
    if isinstance(value, Mapping):
        return f"<<{''.join(f'/{name} {written(own)}' for name, own in value.items())}>>"
    if isinstance(value, str):
        return value
    return str(value) if isinstance(value, int) else f"[{' '.join(map(written, value))}]"


def date_string(at: datetime) -> str:
    """A PDF date with its zone; `at` must be aware."""
    offset = at.utcoffset()
    if offset is None:
        raise ValueError("`at` must have a time zone")
    minutes = int(offset.total_seconds()) // 60
    sign, minutes = ("-", -minutes) if minutes < 0 else ("+", minutes)
    return f"D:{at:%Y%m%d%H%M%S}{sign}{minutes // 60:02d}'{minutes % 60:02d}'"


_kept = lru_cache(maxsize=16)(zlib.compress)


class Finished(PDFObject):
    """An object whose bytes we wrote."""

    __slots__ = ("body",)

    def __init__(self, body: bytes) -> None:
        self.body = body

    def format(self, _: PDFDocument) -> bytes:
        """The bytes."""
        return self.body


def end_of(data: bytes) -> bytes:
    """What closes a stream. Data that end in half a line end are not to be taken for a part of it."""
    return b"\r\nendstream\n" if data.endswith(b"\r") else b"\nendstream\n"


class _Catalog(PDFCatalog):
    __NoDefault__ = (*PDFCatalog.__NoDefault__, "OutputIntents")


class _PageTree(PDFPages):
    """The root of the pages: paper of all, nodes of FAN_OUT pages."""

    __NoDefault__ = (*PDFPages.__NoDefault__, "MediaBox")

    def check_format(self, document: PDFDocument) -> None:
        super().check_format(document)
        self.Count = sum(len(node.pages) for node in self.pages)


class PdfFile:
    """Pages in the order they come; `finish` gives the bytes.

    fonts      what the pages call their fonts, to references
    xobjects   what the pages call their forms, to references
    resources  a reference to the dictionary of both
    """

    def __init__(self) -> None:
        self._document = document = PDFDocument(invariant=1, pdfVersion=VERSION)
        document.signature = hashlib.sha256()  # ReportLab's begins with a time
        document.Catalog = document._catalog = _Catalog()
        document.Catalog.Lang, document.Catalog.Outlines = f"({LANGUAGE})", document.Outlines
        self._tree = document.Pages = document.Catalog.Pages = _PageTree()
        self._pages = 0
        self.fonts: PDFDictionary = document.idToObject[BasicFonts]
        self.xobjects = PDFDictionary()
        shared = {"Font": PDFObjectReference(BasicFonts), "XObject": self.xobjects}
        document.Reference(PDFDictionary(shared), RESOURCES)
        self.resources: Ref = f"{document.objectcounter} 0 R"
        self._called = f"/Resources {self.resources}".encode()  # by each page itself: archives take no inherited ones

    def _add(self, body: bytes) -> Ref:
        self._document.Reference(Finished(body))
        return f"{self._document.objectcounter} 0 R"

    def put(self, value: Value) -> Ref:
        """Add a dictionary or an array."""
        return self._add(written(value).encode("ascii") + b"\n")

    def stream(
        self, data: bytes, entries: Mapping[str, Value] | None = None, *, shared: bool = False, dense: bool = False
    ) -> Ref:
        """Add a stream; `entries` are those of its dictionary besides length and filter.

        shared   other documents will carry the same data: keep what it compresses to
        dense    as it is: compressing gains too little for its time, or is not allowed
        """
        self._document.signature.update(data)
        said = dict(entries or {})
        if len(data) >= COMPRESS_FROM and not dense:
            data = _kept(data, LEVEL) if shared else zlib.compress(data, LEVEL)
            said["Filter"] = "/FlateDecode"
        said["Length"] = len(data)
        return self._add(b"%bstream\n%b%b" % (written(said).encode("ascii"), data, end_of(data)))

    def form(
        self,
        content: bytes,
        edges: tuple[float, float, float, float],
        own: Mapping[str, Ref] | None = None,
        shared: bool = False,
    ) -> Ref:
        """Add a form.

        edges   left, bottom, right, top
        own     the forms it calls, if it does without the pages' resources
        """
        resources: Value = self.resources if own is None else {"XObject": own}
        entries: dict[str, Value] = {
            "Type": "/XObject",
            "Subtype": "/Form",
            "BBox": box(*edges),
            "Resources": resources,
        }
        return self.stream(content, entries, shared=shared)

    def image(self, wide: int, high: int, colours: bytes, alpha: bytes) -> Ref:
        """Add a picture. colours: red, green, blue a pixel; alpha: one byte a pixel, 255 covers."""
        entries: dict[str, Value] = {
            "Type": "/XObject",
            "Subtype": "/Image",
            "Width": wide,
            "Height": high,
            "BitsPerComponent": 8,
        }
        mask = self.stream(alpha, entries | {"ColorSpace": "/DeviceGray"})
        return self.stream(colours, entries | {"ColorSpace": "/DeviceRGB", "SMask": mask})

    def page(self, content: bytes, bookmark: str = "", level: int = 0, size: tuple[float, float] | None = None) -> None:
        """Add a page; paper and resources are the document's. level: of deflate, 0 for none.

        size   of this page where it is not that of the document
        """
        document = self._document
        document.signature.update(content)
        kind = b""
        if level:
            content, kind = zlib.compress(content, level), b"/Filter/FlateDecode"
        if self._pages % FAN_OUT == 0:
            self._begin_node()
        document.Reference(Finished(b"<</Length %d%b>>stream\n%b%b" % (len(content), kind, content, end_of(content))))
        place = self._parent, document.objectcounter
        own = b"" if size is None else f"/MediaBox[0 0 {number(size[0])} {number(size[1])}]".encode()
        page = Finished(b"<</Type/Page/Parent %d 0 R/Contents %d 0 R%b%b>>\n" % (*place, self._called, own))
        document.Reference(page)
        self._node.addPage(page)
        self._pages += 1
        if bookmark:
            document.Outlines.addOutlineEntry(str(document.objectcounter), title=bookmark)

    def _begin_node(self) -> None:
        self._node = PDFPages()
        self._node.Parent = self._tree
        self._document.Reference(self._node)
        self._parent = self._document.objectcounter
        self._tree.addPage(self._node)

    def _bookmarkReference(self, name: str) -> bytes:
        """Where an entry of the outline leads to: ReportLab asks this of a canvas."""
        return b"[%b 0 R/Fit]" % name.encode()

    def finish(self, *, size: tuple[float, float], title: str, author: str, at: datetime) -> bytes:
        """The whole file. size: points, width first."""
        document, catalog, date = self._document, self._document.Catalog, date_string(at)
        self._tree.MediaBox = box(0, 0, *size)
        catalog.ViewerPreferences = ViewerPreferencesPDFDictionary()
        catalog.ViewerPreferences["DisplayDocTitle"] = "true"
        if document.Outlines.levelstack:
            catalog.showOutline()
        for entry, text in {"title": title, "author": author, "creator": CREATOR, "subject": ""}.items():
            setattr(document.info, entry, text)
        self._describe(title, author, at)
        document.setDateFormatter(lambda *_: date)
        document.updateSignature(date)
        data: bytes = document.GetPDFData(self)
        return data

    def _describe(self, title: str, author: str, at: datetime) -> None:
        """What an archive asks for beside the information dictionary, in the same words: PDF/A-2u."""
        catalog, producer = self._document.Catalog, self._document.info.producer
        packet = metadata(title=title, author=author, creator=CREATOR, producer=producer, at=at)
        catalog.Metadata = self.stream(packet, {"Type": "/Metadata", "Subtype": "/XML"}, dense=True)
        intent: dict[str, Value] = {
            "Type": "/OutputIntent",
            "S": "/GTS_PDFA1",
            "OutputConditionIdentifier": f"({NAME})",
            "Info": f"({NAME})",
            "DestOutputProfile": self.stream(srgb_profile(), {"N": 3}, shared=True),
        }
        catalog.OutputIntents = self.put([self.put(intent)])
