"""Certificates (荣誉证书): one PDF for a whole award list, a page each.

What is equal on all pages is written once and called by each; a page carries its names, its text, its
number and its QR symbol, about a kilobyte.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from awards.pdf import ornament
from awards.pdf.certificate_layer import QR_LIFT, QR_SIDE, CertificateDesign, StaticLayer
from awards.pdf.certificate_layout import SHEETS, DoesNotFit, Sheet, Wording, page_lines, prepared
from awards.pdf.document import PdfFile, number
from awards.pdf.embedding import font_resources
from awards.pdf.fonts import FontBook, GlyphMissing, missing_from
from awards.pdf.ink import INK, Line, Pen, at_most, fill, stroke
from awards.pdf.qr import QrPaths

__all__ = ["CertificateDesign", "CertificatePage", "DoesNotFit", "certificates_pdf"]

SMALL, NUMBER_ROOM = 9.0, 150.0
PAGE_LEVEL = 1  # of deflate: the rectangles of a QR symbol shrink to a third at little cost


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


def _missing(single: Iterable[str], paragraphs: str = "") -> frozenset[str]:
    """Characters that cannot be printed. single: texts of one line, where a line feed cannot either."""
    single = list(single)
    feed = frozenset("\n") if any("\n" in text for text in single) else frozenset[str]()
    return missing_from([*single, paragraphs]) | feed


def _check_design(design: CertificateDesign) -> None:
    texts = [design.title, design.title_en, design.date_text, design.closing, design.line]
    if missing := _missing([*texts, design.number_label, *design.issuers]):
        raise GlyphMissing(missing, design.title)
    if design.paper not in SHEETS:
        raise ValueError(f"paper is one of {', '.join(SHEETS)}, not {design.paper!r}")


def _check_pages(pages: Sequence[CertificatePage]) -> None:
    """All characters of all pages at once; only where one is missing, page by page for its number."""

    def single(page: CertificatePage) -> tuple[str, ...]:
        return page.number, *page.recipients, page.honorific, page.tutors

    if not missing_from(page.body for page in pages) and not _missing(text for page in pages for text in single(page)):
        return
    for page in pages:
        if missing := _missing(single(page), page.body):
            raise GlyphMissing(missing, page.number)


def _number_line(page: CertificatePage, label: str, sheet: Sheet) -> Line:
    text = prepared(f"{label} {page.number}".strip())
    return Line(text, sheet.side, sheet.low_y, at_most(text, SMALL, NUMBER_ROOM, "sans"), face="sans")


def _symbol(paths: QrPaths, payload: str, sheet: Sheet) -> bytes:
    if not payload:
        return b""
    modules, path = paths.path(payload)
    scale = QR_SIDE / modules
    place = f"q {scale:.5f} 0 0 {scale:.5f} {number(sheet.side)} {number(sheet.low_y + QR_LIFT)} cm\n"
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
    static, closing = StaticLayer(design, sheet), prepared(design.closing)
    laid = [page_lines(_wording(page, closing), sheet, static.bottom) for page in pages]
    numbers = [_number_line(page, design.number_label, sheet) for page in pages]
    serif = ["".join(line.text for line in lines) for lines in laid]
    book = FontBook({"serif": [*serif, *static.texts()], "sans": [line.text for line in numbers]})
    pen, paths, pdf = Pen(book), QrPaths(page.qr for page in pages), PdfFile()
    resources = pdf.reserve()
    shared = b"/Resources %d 0 R" % resources
    box = f"[0 0 {number(sheet.wide)} {number(sheet.high)}]".encode()
    layer = pdf.stream(static.content(pen), b"/Type/XObject/Subtype/Form/BBox%b%b" % (box, shared))
    tile = ornament.wave_tile(pdf, design.gold)
    start = b"/S Do\n" + fill(INK) + stroke(INK, 1)
    for page, lines, line in zip(pages, laid, numbers, strict=True):
        content = start + pen.write([*lines, line]) + _symbol(paths, page.qr, sheet)
        pdf.page(content, page.bookmark, level=PAGE_LEVEL)
    fonts = font_resources(pdf, book)
    pdf.put(b"<</Font%b/XObject<</S %d 0 R/W %d 0 R>>>>" % (fonts, layer, tile), resources)
    size = (sheet.wide, sheet.high)
    return pdf.finish(size=size, resources=b"%d 0 R" % resources, title=title, author=author, at=at)
