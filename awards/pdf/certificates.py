"""Certificates (荣誉证书): one PDF for a whole award list, a page each.

What is equal on all pages is written once and called by each; a page carries its names, its text, its
number and its QR symbol, about a kilobyte.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from awards.pdf import ornament
from awards.pdf.certificate_layout import SHEETS, DoesNotFit, Sheet, Wording, page_lines, prepared
from awards.pdf.document import PdfFile, number
from awards.pdf.embedding import font_resources
from awards.pdf.fonts import FontBook, GlyphMissing, normalise, uncovered, width
from awards.pdf.ink import GREY, INK, Colour, Line, Pen, centred, fill, line_width, stroke
from awards.pdf.qr import QrPaths

__all__ = ["CertificateDesign", "CertificatePage", "DoesNotFit", "certificates_pdf"]

GOLD: Colour = (0.66, 0.5, 0.2)
CINNABAR: Colour = (0.68, 0.13, 0.1)
QR_SIDE = 62.0  # points without the quiet zone: about 22 mm
SEAL_RADIUS = 52.0
SMALL = 9.0
PAGE_LEVEL = 1  # of deflate: the rectangles of a QR symbol shrink to a third at little cost


@dataclass(frozen=True)
class CertificateDesign:
    """What all certificates of one run have in common. Empty texts are left out.

    issuers       in rank order
    line          the small line at the foot
    seal          draw red seals; offices that stamp by hand leave it off
    gold, accent  colours of the line work, and of the title and fine points
    paper         "A4 landscape" or "A4 portrait"
    number_label  the word before the number
    """

    title: str
    title_en: str = ""
    issuers: tuple[str, ...] = ()
    date_text: str = ""
    closing: str = ""
    line: str = ""
    seal: bool = False
    gold: Colour = GOLD
    accent: Colour = CINNABAR
    paper: str = "A4 landscape"
    number_label: str = "编号"


@dataclass(frozen=True)
class CertificatePage:
    """What one certificate says.

    recipients   names exactly as printed; a line breaks between two names only
    honorific    follows the last name: "同学：", "老师：", "："
    body         paragraphs, separated by a line feed
    tutors       a line of its own after the closing words; "" for none
    qr           payload of the QR symbol; "" for none
    bookmark     entry of the PDF's outline; "" for none
    """

    number: str
    recipients: tuple[str, ...]
    honorific: str
    body: str
    tutors: str = ""
    qr: str = ""
    bookmark: str = ""


def _wording(page: CertificatePage, closing: str) -> Wording:
    return Wording(
        number=page.number,
        names=tuple(prepared(name) for name in page.recipients),
        honorific=prepared(page.honorific),
        paragraphs=tuple(prepared(part.strip()) for part in page.body.split("\n") if part.strip()),
        closing=closing,
        tutors=prepared(page.tutors),
    )


def _check_design(design: CertificateDesign) -> None:
    texts = (design.title, design.title_en, design.date_text, design.closing, design.line, design.number_label)
    everything = normalise("".join((*texts, *design.issuers)))
    missing = uncovered(everything) | ({"\n"} & set(everything))
    if missing:
        raise GlyphMissing(frozenset(missing), design.title)
    if design.paper not in SHEETS:
        raise ValueError(f"paper is one of {', '.join(SHEETS)}, not {design.paper!r}")


def _check_pages(pages: Sequence[CertificatePage]) -> None:
    """All characters of all pages at once; only where one is missing, page by page for its number."""
    single = "".join(
        "".join((page.number, *page.recipients, page.honorific, page.tutors)) for page in pages
    )
    if "\n" not in single and not uncovered(normalise(single + "".join(page.body for page in pages))):
        return
    for page in pages:
        single = normalise("".join((page.number, *page.recipients, page.honorific, page.tutors)))
        missing = uncovered(single + normalise(page.body)) | ({"\n"} & set(single))
        if missing:
            raise GlyphMissing(frozenset(missing), page.number)


class _Static:
    """The layer that all pages share: border, title, issuers, date, foot line."""

    def __init__(self, design: CertificateDesign, sheet: Sheet) -> None:
        self.design, self.sheet = design, sheet
        self.title = self._title(prepared(design.title), sheet.title_size, 0.42, 0.9)
        self.title_en = self._title(prepared(design.title_en), 12.5, 0.22, 0)
        self.issuers = self._issuers()
        self.date = self._date()
        self.foot = [centred(prepared(design.line), sheet.wide / 2, sheet.foot_y, 8)] if design.line else []

    def texts(self) -> Iterable[str]:
        """All texts of the layer, as typeset."""
        lines = [self.title, self.title_en, *self.issuers, *self.date, *self.foot]
        return [line.text for line in lines]

    def _title(self, text: str, size: float, spacing: float, weight: float) -> Line:
        """A title of the measure at most: first the spacing gives way, then the size."""
        middle, most = self.sheet.wide / 2, self.sheet.measure
        y = self.sheet.title_y if weight else self.sheet.title_y - 27
        while True:
            line = centred(text, middle, y, size, tracking=size * spacing, weight=weight)
            if line_width(line) <= most or size <= 8:
                return line
            spacing, size = (spacing - 0.06, size) if spacing > 0.06 else (spacing, size * 0.95)

    def _columns(self) -> int:
        count = len(self.design.issuers)
        if count <= 1:
            return 1
        if self.sheet.wide < self.sheet.high or count in (2, 4):
            return 2
        return 3

    def _issuers(self) -> list[Line]:
        """Issuers in rank order, row by row, each with room for a stamp over its name."""
        names, columns = [prepared(name) for name in self.design.issuers], self._columns()
        if not names:
            return []
        free = self.sheet.measure - QR_SIDE - 48
        room = min(free / columns, 250.0 if columns == 1 else 210.0) - 14 if columns > 1 else free
        size = min(15.0, *(room / width(name) * 1000 for name in names))
        rows = (len(names) + columns - 1) // columns
        step = 27.0 if not self.design.seal else SEAL_RADIUS * 1.25
        each = max(width(name) for name in names) * size / 1000
        each = max(each, SEAL_RADIUS * 1.9 if self.design.seal else 120.0)
        gap = min(34.0, (free - columns * each) / max(columns - 1, 1))
        right = self.sheet.wide - self.sheet.side
        made = []
        for row, name in enumerate(names):
            from_right = columns - 1 - row % columns
            middle = right - each / 2 - from_right * (each + gap)
            y = self.sheet.low_y + 27 + (rows - 1 - row // columns) * step
            made.append(centred(name, middle, y, size))
        return made

    def _date(self) -> list[Line]:
        if not self.design.date_text:
            return []
        text, right = prepared(self.design.date_text), self.sheet.wide - self.sheet.side
        size = min(14.0, 230_000 / max(width(text), 1))
        wide = width(text) * size / 1000
        last = self.issuers[-1] if len(self.issuers) == 1 else None
        middle = last.x + line_width(last) / 2 if last else right - max(wide, 120.0) / 2
        return [centred(text, min(middle, right - wide / 2), self.sheet.low_y, size)]

    @property
    def bottom(self) -> float:
        """Points above the paper's edge that the text of a page keeps free."""
        top = max((line.y for line in self.issuers), default=self.sheet.low_y)
        return max(top + 26, self.sheet.low_y + QR_SIDE + 4)

    def content(self, pen: Pen) -> bytes:
        """The layer's content stream."""
        design, sheet = self.design, self.sheet
        middle = sheet.wide / 2
        parts = [
            ornament.watermark(middle, sheet.high * 0.46, min(sheet.wide, sheet.high) * 0.33, design.gold),
            ornament.border((sheet.wide, sheet.high), design.gold, design.accent),
            fill(design.accent) + stroke(design.accent, 1) + pen.spaced(self.title),
        ]
        if self.title_en.text:
            parts.append(fill(ornament.tint(design.gold, 1.0)) + pen.spaced(self.title_en))
        low = sheet.title_y - (44 if self.title_en.text else 26)
        parts.append(ornament.divider(middle, low, 120, design.gold, design.accent))
        parts.append(fill(INK) + pen.write([*self.issuers, *self.date]))
        if self.foot:
            parts.append(fill(GREY) + pen.write(self.foot))
        if design.seal:
            for line in self.issuers:
                at = line.x + line_width(line) / 2, line.y + line.size * 0.2
                parts.append(ornament.seal(pen, line.text, *at, SEAL_RADIUS))
        return b"".join(parts)


def _number_line(page: CertificatePage, label: str, sheet: Sheet) -> Line:
    return Line(prepared(f"{label} {page.number}".strip()), sheet.side, sheet.low_y, SMALL, face="sans")


def _symbol(paths: QrPaths, payload: str, sheet: Sheet) -> bytes:
    if not payload:
        return b""
    modules, path = paths.path(payload)
    scale = QR_SIDE / modules
    place = f"q {scale:.5f} 0 0 {scale:.5f} {number(sheet.side)} {number(sheet.low_y + 14)} cm\n"
    return place.encode() + path + b"f Q\n"


def certificates_pdf(
    design: CertificateDesign, pages: Sequence[CertificatePage], *, at: datetime, title: str, author: str
) -> bytes:
    """One PDF with a page for each certificate, in the given order. Equal data give equal bytes.

    at       the file's date, with a time zone
    raises   GlyphMissing (where: the certificate's number, or the design's title) and DoesNotFit (number)
             before anything is written; ValueError without pages
    """
    if not pages:
        raise ValueError("no certificates to print")
    _check_design(design)
    _check_pages(pages)
    sheet = SHEETS[design.paper]
    static, closing = _Static(design, sheet), prepared(design.closing)
    laid = [page_lines(_wording(page, closing), sheet, static.bottom) for page in pages]
    numbers = [_number_line(page, design.number_label, sheet) for page in pages]
    serif = ["".join(line.text for line in lines) for lines in laid]
    book = FontBook({"serif": [*serif, *static.texts()], "sans": [line.text for line in numbers]})
    pen, paths, pdf = Pen(book), QrPaths(page.qr for page in pages), PdfFile()
    resources = pdf.reserve()
    shared = b"/Resources %d 0 R" % resources
    box = f"[0 0 {number(sheet.wide)} {number(sheet.high)}]".encode()
    layer = pdf.stream(
        static.content(pen), b"/Type/XObject/Subtype/Form/BBox%b%b" % (box, shared)
    )
    tile = ornament.wave_tile(pdf, design.gold)
    start = b"/S Do\n" + fill(INK) + stroke(INK, 1)
    for page, lines, line in zip(pages, laid, numbers, strict=True):
        content = start + pen.write([*lines, line]) + _symbol(paths, page.qr, sheet)
        pdf.page(content, page.bookmark, level=PAGE_LEVEL)
    fonts = font_resources(pdf, book)
    pdf.put(b"<</Font%b/XObject<</S %d 0 R/W %d 0 R>>>>" % (fonts, layer, tile), resources)
    size = (sheet.wide, sheet.high)
    return pdf.finish(size=size, resources=b"%d 0 R" % resources, title=title, author=author, at=at)
