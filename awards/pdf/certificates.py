"""Certificates (荣誉证书): one PDF for a whole award list, a page each.

What is equal on all pages is written once and called by each; a page carries its names, its text, its
number and its QR symbol, about a kilobyte.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from awards.pdf import designs
from awards.pdf.certificate_layer import QR_LIFT, QR_SIDE, CertificateDesign, StaticLayer
from awards.pdf.certificate_layout import SHEETS, DoesNotFit, Sheet, Wording, page_lines, sheet_of
from awards.pdf.document import PdfFile
from awards.pdf.embedding import embed_fonts
from awards.pdf.fonts import FontBook, GlyphMissing, missing_from, prepared
from awards.pdf.ink import INK, Line, Pen, Point, at_most, fill, moved, stroke
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
    if sheet_of(design.paper) is None:
        raise ValueError(f"paper is one of {', '.join(SHEETS)} or as “285x210 mm”, not {design.paper!r}")
    if design.work not in ("", *designs.DESIGNS):
        raise ValueError(f"the line work is one of {', '.join(designs.DESIGNS)}, not {design.work!r}")


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

    parts    certificates by design, each on the paper of its design
    at       the file's date, with a time zone
    raises   GlyphMissing (where: the certificate's number, or the design's title) and DoesNotFit (number)
             before anything is written; ValueError without pages
    """
    if not any(pages for _, pages in parts):
        raise ValueError("no certificates to print")
    for design, pages in parts:
        _check_design(design)
        _check_pages(pages)
    laid = [laid_out(design, pages) for design, pages in parts]
    book = FontBook({face: [text for part in laid for text in part.texts(face)] for face in ("serif", "sans")})
    pen, pdf = Pen(book), PdfFile()
    sheet = laid[0].sheet
    for index, part in enumerate(laid):
        _write_part(part, index, pen, pdf, size=(sheet.wide, sheet.high))
    embed_fonts(pdf, book)
    return pdf.finish(size=(sheet.wide, sheet.high), title=title, author=author, at=at)


@dataclass(frozen=True)
class Laid:
    """The certificates of one design with their lines in place. symbol: where the code stands, left and bottom."""

    sheet: Sheet
    static: StaticLayer
    pages: Sequence[CertificatePage]
    lines: list[list[Line]]
    numbers: list[Line]
    symbol: Point

    def texts(self, face: str) -> list[str]:
        if face == "sans":
            return [line.text for line in self.numbers]
        return ["".join(line.text for line in lines) for lines in self.lines] + list(self.static.texts())


def laid_out(design: CertificateDesign, pages: Sequence[CertificatePage]) -> Laid:
    """raises   DoesNotFit"""
    sheet = sheet_of(design.paper)
    if sheet is None:
        raise ValueError(design.paper)
    static, closing = StaticLayer(design, sheet), prepared(design.closing)
    lines = [list(page_lines(_wording(page, closing), sheet, static.bottom)) for page in pages]
    numbers = [_number_line(page, design.number_label, sheet) for page in pages]
    symbol = sheet.side, sheet.low_y + QR_LIFT
    if design.offsets:
        still = 0.0, 0.0
        numbers = moved(numbers, design.offsets.get("number", still))
        lines = [_moved_page(own, design.offsets) for own in lines]
        x, y = design.offsets.get("qr", still)
        symbol = symbol[0] + x, symbol[1] + y
    return Laid(sheet, static, pages, lines, numbers, symbol)


def is_name(line: Line) -> bool:
    """Names alone are printed stronger."""
    return line.weight > 0


def _moved_page(lines: Sequence[Line], offsets: Mapping[str, Point]) -> list[Line]:
    still = 0.0, 0.0
    names = [line for line in lines if is_name(line)]
    rest = [line for line in lines if not is_name(line)]
    return moved(names, offsets.get("names", still)) + moved(rest, offsets.get("text", still))


def _write_part(part: Laid, index: int, pen: Pen, pdf: PdfFile, size: tuple[float, float]) -> None:
    """The pages of one design, with the layer that they share. size: of the document's paper."""
    layer = part.static.write(pdf, pen, str(index) if index else "")
    symbols = QrImages([page.qr for page in part.pages], *part.symbol, QR_SIDE)
    own = (part.sheet.wide, part.sheet.high)
    start = f"/{layer} Do\n".encode() + fill(INK) + stroke(INK, 1)
    for page, lines, line in zip(part.pages, part.lines, part.numbers, strict=True):
        content = start + pen.write([*lines, line]) + symbols.image(page.qr)
        pdf.page(content, page.bookmark, size=None if own == size else own)
