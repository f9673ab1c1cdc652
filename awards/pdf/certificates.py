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
from awards.pdf.leaves import Leaf, check_leaves, leaf_lines
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


Place = tuple[int, int]  # of a certificate: its part, and its page there


def certificate_book(
    parts: Sequence[Part], *, at: datetime, title: str, author: str, order: Sequence[Place | Leaf] | None = None
) -> bytes:
    """One PDF with a page for each certificate, in the given order. Equal data give equal bytes.

    parts    certificates by design, each on the paper of its design
    at       the file's date, with a time zone
    order    where certificates of several designs take turns, or leaves lie between them; None: part by part.
             A leaf has the paper of the certificate after it, a blank one that of the page before it
    raises   GlyphMissing (where: the certificate's number, or the title of the design or leaf) and DoesNotFit
             before anything is written; ValueError without pages
    """
    if not any(pages for _, pages in parts):
        raise ValueError("no certificates to print")
    for design, pages in parts:
        _check_design(design)
        _check_pages(pages)
    laid = [laid_out(design, pages) for design, pages in parts]
    if order is None:
        order = [(part, page) for part, one in enumerate(laid) for page in range(len(one.pages))]
    check_leaves([one for one in order if isinstance(one, Leaf)])
    placed = list(_placed(order, laid))
    between = [line.text for _, _, lines in placed for line in lines]
    serif = [text for part in laid for text in part.texts("serif")] + between
    book = FontBook({"serif": serif, "sans": [text for part in laid for text in part.texts("sans")]})
    pen, pdf = Pen(book), PdfFile()
    size = laid[0].sheet.wide, laid[0].sheet.high
    writers = [_Writer(part, index, pen, pdf) for index, part in enumerate(laid)]
    for place, sheet, lines in placed:
        own = (sheet.wide, sheet.high) if (sheet.wide, sheet.high) != size else None
        if isinstance(place, Leaf):
            drawn = fill(INK) + stroke(INK, 1) + pen.write(lines)
            pdf.page(b"" if place.is_blank else drawn, place.heading, size=own)
        else:
            part, page = place
            pdf.page(writers[part].content(page), laid[part].pages[page].bookmark, size=own)
    embed_fonts(pdf, book)
    return pdf.finish(size=size, title=title, author=author, at=at)


def _placed(order: Sequence[Place | Leaf], laid: Sequence[Laid]) -> list[tuple[Place | Leaf, Sheet, list[Line]]]:
    """Each with its paper; leaves with their lines."""
    sheets: list[Sheet] = []
    after = laid[0].sheet
    for place in reversed(order):
        after = after if isinstance(place, Leaf) else laid[place[0]].sheet
        sheets.append(after)
    found: list[tuple[Place | Leaf, Sheet, list[Line]]] = []
    for place, sheet in zip(order, reversed(sheets), strict=True):
        if not isinstance(place, Leaf):
            found.append((place, sheet, []))
        elif place.is_blank:
            found.append((place, found[-1][1] if found else sheet, []))
        else:
            found.append((place, sheet, leaf_lines(place, sheet)))
    return found


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


class _Writer:
    """The pages of one design as content bytes, with the layer that they share. index: of the design in the file."""

    def __init__(self, part: Laid, index: int, pen: Pen, pdf: PdfFile) -> None:
        self.part, self.pen = part, pen
        layer = part.static.write(pdf, pen, str(index) if index else "")
        self.symbols = QrImages([page.qr for page in part.pages], *part.symbol, QR_SIDE)
        self.start = f"/{layer} Do\n".encode() + fill(INK) + stroke(INK, 1)

    def content(self, page: int) -> bytes:
        part = self.part
        lines = self.pen.write([*part.lines[page], part.numbers[page]])
        return self.start + lines + self.symbols.image(part.pages[page].qr)
