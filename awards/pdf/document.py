"""A PDF file, given pages as finished bytes.

ReportLab writes the catalogue and the information dictionary. Pages, their tree, the outline, streams, fonts and the
cross-references are ours to the byte, because its own objects cost more than all we print. Equal calls give equal
bytes: no clock, no chance, nothing from the machine but the version of zlib.
"""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import lru_cache
from itertools import accumulate

from reportlab.pdfbase.pdfdoc import PDFCatalog, PDFDocument

from awards.pdf.archival import NAME, metadata, srgb_profile

FAN_OUT = 100  # pages of one node, so that a viewer finds page 9,000 without reading 9,000 entries
COMPRESS_FROM = 2000  # bytes; shorter streams gain less than they cost
LEVEL = 6
HEADER = b"%PDF-1.5\n%\xe2\xe3\xcf\xd3\n"  # the second line says that bytes follow, not text
LANGUAGE = "zh-CN"
CREATOR = "Laurel"

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
    if isinstance(value, str):
        return value
    if isinstance(value, int):
        return str(value)
    if isinstance(value, Mapping):
        return f"<<{''.join([f'/{name} {written(own)}' for name, own in value.items()])}>>"
    return f"[{' '.join(map(written, value))}]"


def date_string(at: datetime) -> str:
    """A PDF date with its zone; `at` must be aware."""
    offset = at.utcoffset()
    if offset is None:
        raise ValueError("`at` must have a time zone")
    minutes = int(offset.total_seconds()) // 60
    sign, minutes = ("-", -minutes) if minutes < 0 else ("+", minutes)
    return f"D:{at:%Y%m%d%H%M%S}{sign}{minutes // 60:02d}'{minutes % 60:02d}'"


_kept = lru_cache(maxsize=16)(zlib.compress)


def _ref(number: int) -> Ref:
    return f"{number} 0 R"


def _line(value: Value) -> bytes:
    return written(value).encode("ascii") + b"\n"


def _object(number: int, body: bytes) -> bytes:
    return b"%d 0 obj\n%bendobj\n" % (number, body)


def end_of(data: bytes) -> bytes:
    """What closes a stream. Data that end in half a line end are not to be taken for a part of it."""
    return b"\r\nendstream\n" if data.endswith(b"\r") else b"\nendstream\n"


class _Catalog(PDFCatalog):
    __NoDefault__ = (*PDFCatalog.__NoDefault__, "OutputIntents")


class PdfFile:
    """Pages in the order they come; `finish` gives the bytes.

    fonts      what the pages call their fonts, to references
    xobjects   what the pages call their forms, to references
    resources  a reference to the dictionary of both
    """

    def __init__(self) -> None:
        self._objects: list[bytes] = []  # whole, from number 1
        self.fonts: dict[str, Value] = {}
        self.xobjects: dict[str, Value] = {}
        self._resources, self._tree = self._promise(), self._promise()
        self._nodes: list[tuple[int, list[int]]] = []  # of the page tree: the node, its pages
        self._bookmarks: list[tuple[int, str]] = []  # the page, the title
        self.resources: Ref = _ref(self._resources)
        # Each page names its resources itself: archives take no inherited ones.
        self._called = f"/Resources {self.resources}".encode()

    def _add(self, body: bytes) -> Ref:
        number = len(self._objects) + 1
        self._objects.append(_object(number, body))
        return _ref(number)

    def _promise(self) -> int:
        """The number of an object that is written later."""
        self._objects.append(b"")
        return len(self._objects)

    def _keep(self, number: int, value: Value) -> None:
        """Write what was promised."""
        self._objects[number - 1] = _object(number, _line(value))

    def put(self, value: Value) -> Ref:
        """Add a dictionary or an array."""
        return self._add(_line(value))

    def stream(
        self, data: bytes, entries: Mapping[str, Value] | None = None, *, shared: bool = False, dense: bool = False
    ) -> Ref:
        """Add a stream; `entries` are those of its dictionary besides length and filter.

        shared   other documents will carry the same data: keep what it compresses to
        dense    as it is: compressing gains too little for its time, or is not allowed
        """
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
        kind = b""
        if level:
            content, kind = zlib.compress(content, level), b"/Filter/FlateDecode"
        if not self._nodes or len(self._nodes[-1][1]) == FAN_OUT:
            self._nodes.append((self._promise(), []))
        node, pages = self._nodes[-1]
        own = b"" if size is None else f"/MediaBox[0 0 {number(size[0])} {number(size[1])}]".encode()
        drawn = len(self._objects) + 1
        self._add(b"<</Length %d%b>>stream\n%b%b" % (len(content), kind, content, end_of(content)))
        self._add(b"<</Type/Page/Parent %d 0 R/Contents %d 0 R%b%b>>\n" % (node, drawn, self._called, own))
        pages.append(drawn + 1)
        if bookmark:
            self._bookmarks.append((drawn + 1, bookmark))

    def finish(self, *, size: tuple[float, float], title: str, author: str, at: datetime) -> bytes:
        """The whole file. size: points, width first."""
        date, document = date_string(at), PDFDocument(invariant=1)
        document.info.title, document.info.author = title, author
        document.info.creator, document.info.subject = CREATOR, ""
        document.setDateFormatter(lambda *_: date)
        catalog = _Catalog()
        catalog.Lang, catalog.ViewerPreferences = f"({LANGUAGE})", "<</DisplayDocTitle true>>"
        self._describe(catalog, title, author, document.info.producer, at)
        self._close_tree(size)
        catalog.Pages = _ref(self._tree)
        if self._bookmarks:
            catalog.Outlines = self._outline()
            catalog.showOutline()
        return self._joined(*(self._add(one.format(document) + b"\n") for one in (catalog, document.info)))

    def _close_tree(self, size: tuple[float, float]) -> None:
        """The resources, and the page tree: paper of all, nodes of FAN_OUT pages."""
        self._keep(self._resources, {"Font": self.fonts, "XObject": self.xobjects})
        nodes, pages = [_ref(node) for node, _ in self._nodes], sum(len(pages) for _, pages in self._nodes)
        self._keep(self._tree, {"Type": "/Pages", "Count": pages, "Kids": nodes, "MediaBox": box(0, 0, *size)})
        for node, own in self._nodes:
            kids = [_ref(page) for page in own]
            self._keep(node, {"Type": "/Pages", "Parent": _ref(self._tree), "Count": len(kids), "Kids": kids})

    def _outline(self) -> Ref:
        """All bookmarks in one list."""
        root, count = self._promise(), len(self._bookmarks)
        for row, (page, title) in enumerate(self._bookmarks, root + 1):
            before = f"/Prev {_ref(row - 1)}" if row > root + 1 else ""
            after = f"/Next {_ref(row + 1)}" if row < root + count else ""
            text = title.encode("utf-16-be", "replace").hex()
            self._add(f"<</Title <FEFF{text}>/Parent {_ref(root)}/Dest[{page} 0 R/Fit]{before}{after}>>\n".encode())
        self._keep(root, {"Type": "/Outlines", "Count": count, "First": _ref(root + 1), "Last": _ref(root + count)})
        return _ref(root)

    def _joined(self, root: Ref, info: Ref) -> bytes:
        """Objects in the order of their numbers, cross-references, trailer."""
        parts, content = [HEADER, *self._objects], hashlib.sha256()
        *places, end = accumulate(map(len, parts))
        for part in parts:
            content.update(part)
        name = content.hexdigest()[:32]
        said: dict[str, Value] = {"Size": len(parts), "Root": root, "Info": info, "ID": f"[<{name}><{name}>]"}
        parts.append(b"xref\n0 %d\n0000000000 65535 f \n" % len(parts))
        parts += [b"%010d 00000 n \n" % place for place in places]
        parts.append(f"trailer\n{written(said)}\nstartxref\n{end}\n%%EOF\n".encode())
        return b"".join(parts)

    def _describe(self, catalog: PDFCatalog, title: str, author: str, producer: str, at: datetime) -> None:
        """What an archive asks for beside the information dictionary, in the same words: PDF/A-2u."""
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
