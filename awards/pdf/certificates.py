"""Certificates (荣誉证书): one PDF for a whole award list, a page each.

What is equal on all pages is written once and called by each; a page carries its names, its text, its
number and its QR symbol, about a kilobyte.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from awards.pdf.certificate_layer import QR_LIFT, QR_SIDE, CertificateDesign, StaticLayer
from awards.pdf.certificate_layout import SHEETS, DoesNotFit, Sheet, Wording, page_lines
from awards.pdf.document import PdfFile
from awards.pdf.embedding import embed_fonts
from awards.pdf.fonts import FontBook, GlyphMissing, missing_from, prepared
from awards.pdf.ink import INK, Line, Pen, at_most, fill, stroke
from awards.pdf.qr import QrImages

__all__ = ["CertificateDesign", "CertificatePage", "DoesNotFit", "certificates_pdf"]

SMALL, NUMBER_ROOM = 9.0, 150.0


@dataclass(frozen=True)
class CertificatePage:
    """What one certificate says.

    recipients   names exactly as printed; a line breaks between two names only
    honorific    follows the last name: "同学：", "老师：", "："
    body         paragraphs, separated by a line feed
    tutors       a line of its own after the closing words; "" for none
    second       the same in a second language, smaller, below all that; "" for none
    qr           payload of the QR symbol; "" for none
    bookmark     entry of the PDF's outline; "" for none
    """

    number: str
    recipients: tuple[str, ...]
    honorific: str
    body: str
    tutors: str = ""
    second: str = ""
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
        second=prepared(page.second),
    )


def _missing(single: Iterable[str], paragraphs: str = "") -> frozenset[str]:
    """Characters that cannot be printed. single: texts of one line, where a line feed cannot either."""
    single = list(single)
    feed = frozenset("\n") if "\n" in "".join(single) else frozenset[str]()
    return missing_from([*single, paragraphs]) | feed


def _check_design(design: CertificateDesign) -> None:
    texts = [design.title, design.title_en, design.signature, design.date_text, design.closing, design.line]
    if missing := _missing([*texts, design.number_label, *design.issuers]):
        raise GlyphMissing(missing, design.title)
    if design.paper not in SHEETS:
        raise ValueError(f"paper is one of {', '.join(SHEETS)}, not {design.paper!r}")


def _check_pages(pages: Sequence[CertificatePage]) -> None:
    """All characters of all pages at once; only where one is missing, page by page for its number."""

    def single(page: CertificatePage) -> tuple[str, ...]:
        return page.number, *page.recipients, page.honorific, page.tutors, page.second

    if not missing_from(page.body for page in pages) and not _missing(text for page in pages for text in single(page)):
        return
    for page in pages:
        if missing := _missing(single(page), page.body):
            raise GlyphMissing(missing, page.number)


def _number_line(page: CertificatePage, label: str, sheet: Sheet) -> Line:
    text = prepared(f"{label} {page.number}".strip())
    return Line(text, sheet.side, sheet.low_y, at_most(text, SMALL, NUMBER_ROOM, "sans"), face="sans")


Part = tuple[CertificateDesign, Sequence[CertificatePage]]


def certificates_pdf(
    design: CertificateDesign, pages: Sequence[CertificatePage], *, at: datetime, title: str, author: str
) -> bytes:
    """One PDF with a page for each certificate of one design: `certificate_book` with one part."""
    return certificate_book([(design, pages)], at=at, title=title, author=author)


def certificate_book(parts: Sequence[Part], *, at: datetime, title: str, author: str) -> bytes:
    """One PDF with a page for each certificate, in the given order. Equal data give equal bytes.

    parts    certificates by design; all designs on the same paper
    at       the file's date, with a time zone
    raises   GlyphMissing (where: the certificate's number, or the design's title) and DoesNotFit (number)
             before anything is written; ValueError without pages or with papers that differ
    """
    if not any(pages for _, pages in parts):
        raise ValueError("no certificates to print")
    if len({design.paper for design, _ in parts}) > 1:
        raise ValueError("certificates of one file are on one paper")
    for design, pages in parts:
        _check_design(design)
        _check_pages(pages)
    sheet = SHEETS[parts[0][0].paper]
    laid = [_laid(design, pages, sheet) for design, pages in parts]
    book = FontBook({face: [text for part in laid for text in part.texts(face)] for face in ("serif", "sans")})
    pen, pdf = Pen(book), PdfFile()
    payloads = (page.qr for _, pages in parts for page in pages)
    symbols = QrImages(payloads, sheet.side, sheet.low_y + QR_LIFT, QR_SIDE)
    for index, part in enumerate(laid):
        _write_part(part, index, pen, symbols, pdf)
    embed_fonts(pdf, book)
    return pdf.finish(size=(sheet.wide, sheet.high), title=title, author=author, at=at)


@dataclass(frozen=True)
class _Laid:
    """The certificates of one design with their lines in place."""

    sheet: Sheet
    static: StaticLayer
    pages: Sequence[CertificatePage]
    lines: list[list[Line]]
    numbers: list[Line]

    def texts(self, face: str) -> list[str]:
        if face == "sans":
            return [line.text for line in self.numbers]
        return ["".join(line.text for line in lines) for lines in self.lines] + list(self.static.texts())


def _laid(design: CertificateDesign, pages: Sequence[CertificatePage], sheet: Sheet) -> _Laid:
    static, closing = StaticLayer(design, sheet), prepared(design.closing)
    lines = [list(page_lines(_wording(page, closing), sheet, static.bottom)) for page in pages]
    return _Laid(sheet, static, pages, lines, [_number_line(page, design.number_label, sheet) for page in pages])


def _write_part(part: _Laid, index: int, pen: Pen, symbols: QrImages, pdf: PdfFile) -> None:
    """The pages of one design, with the layer that they share."""
    layer, backdrop = (letter + (str(index) if index else "") for letter in "SB")
    pdf.xobjects[backdrop] = part.static.backdrop(pdf)
    pdf.xobjects[layer] = pdf.form(part.static.content(pen, backdrop), (0, 0, part.sheet.wide, part.sheet.high))
    start = f"/{layer} Do\n".encode() + fill(INK) + stroke(INK, 1)
    for page, lines, line in zip(part.pages, part.lines, part.numbers, strict=True):
        content = start + pen.write([*lines, line]) + symbols.image(page.qr)
        pdf.page(content, page.bookmark)
