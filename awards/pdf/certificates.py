"""Certificates (荣誉证书): one PDF for a whole award list, a page each.

What is equal on all pages is written once and called by each; a page carries its names, its text, its
number and its QR symbol, about a kilobyte. How pages are set: certificate_setting.py.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from awards.pdf import designs
from awards.pdf.certificate_layer import QR_SIDE, CertificateDesign
from awards.pdf.certificate_layout import SHEETS, DoesNotFit, Sheet, sheet_of
from awards.pdf.certificate_setting import CertificatePage, Laid, laid_out
from awards.pdf.document import PdfFile
from awards.pdf.embedding import embed_fonts, unroll
from awards.pdf.fonts import FACES, FontBook, GlyphMissing, missing_from
from awards.pdf.ink import INK, Line, Pen, Point, fill, stroke
from awards.pdf.leaves import Leaf, check_leaves, leaf_lines
from awards.pdf.qr import QrImages

__all__ = ["CertificateDesign", "CertificatePage", "DoesNotFit", "certificate_files", "certificates_pdf"]


def _missing(texts: Sequence[str]) -> frozenset[str]:
    """Characters that cannot be printed, of texts of one line, where a line feed cannot either."""
    return missing_from(texts) | {"\n"}.intersection("".join(texts))


def _check_design(design: CertificateDesign) -> None:
    texts = [design.title, design.title_en, design.signature, design.date_text, design.closing, design.line]
    if missing := _missing([*texts, design.number_label, *design.issuers]):
        raise GlyphMissing(missing, design.title)
    if sheet_of(design.paper) is None:
        raise ValueError(f"paper is one of {', '.join(SHEETS)} or as “285x210 mm”, not {design.paper!r}")
    if design.work not in ("", *designs.DESIGNS):
        raise ValueError(f"the line work is one of {', '.join(designs.DESIGNS)}, not {design.work!r}")


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
    for design, _ in parts:
        _check_design(design)
    laid = [laid_out(design, pages) for design, pages in parts]
    if order is None:
        order = [(part, page) for part, one in enumerate(laid) for page in range(len(one.pages))]
    symbols = [_symbols(part) for part in laid]
    return _book(laid, symbols, order, at=at, title=title, author=author)


def certificate_files(
    design: CertificateDesign, pages: Sequence[CertificatePage], *, at: datetime, title: str, author: str
) -> Iterator[bytes]:
    """One PDF for each certificate, in their order: each has the bytes that `certificates_pdf` of it alone gives.

    raises   as `certificate_book`, before the first one
    """
    _check_design(design)
    laid = laid_out(design, pages)
    symbols = _symbols(laid)
    unroll(FontBook({face: laid.asked(face) for face in FACES}))
    return (
        _book([laid.only(row)], [symbols], [(0, 0)], at=at, title=title, author=author) for row in range(len(pages))
    )


def _symbols(laid: Laid) -> QrImages:
    return QrImages([page.qr for page in laid.pages], *laid.symbol, QR_SIDE)


def _book(
    laid: Sequence[Laid],
    symbols: Sequence[QrImages],
    order: Sequence[Place | Leaf],
    *,
    at: datetime,
    title: str,
    author: str,
) -> bytes:
    leaves = _leaves(order, laid)
    between = [line.text for _, lines in leaves.values() for line in lines]
    book = FontBook(
        {
            "serif": [text for part in laid for text in part.asked("serif")] + between,
            "sans": [text for part in laid for text in part.asked("sans")],
        }
    )
    pen, pdf = Pen(book), PdfFile()
    size = laid[0].sheet.wide, laid[0].sheet.high
    writers = [_Writer(part, index, pen, pdf, own) for index, (part, own) in enumerate(zip(laid, symbols, strict=True))]
    for row, place in enumerate(order):
        if isinstance(place, Leaf):
            sheet, lines = leaves[row]
            drawn = fill(INK) + stroke(INK, 1) + pen.write(lines) if lines else b""
            pdf.page(drawn, place.heading, size=_own(sheet, size))
        else:
            part, page = place
            pdf.page(writers[part].content(page), laid[part].pages[page].bookmark, size=_own(laid[part].sheet, size))
    embed_fonts(pdf, book)
    return pdf.finish(size=size, title=title, author=author, at=at)


def _own(sheet: Sheet, size: Point) -> Point | None:
    """The size of a page's paper where it is not that of the document."""
    own = sheet.wide, sheet.high
    return None if own == size else own


def _leaves(order: Sequence[Place | Leaf], laid: Sequence[Laid]) -> dict[int, tuple[Sheet, list[Line]]]:
    """Paper and lines of each leaf, by its place in the order."""
    check_leaves([one for one in order if isinstance(one, Leaf)])
    sheets: list[Sheet] = []
    after = laid[0].sheet
    for place in reversed(order):
        after = after if isinstance(place, Leaf) else laid[place[0]].sheet
        sheets.append(after)
    sheets.reverse()
    found: dict[int, tuple[Sheet, list[Line]]] = {}
    for row, place in enumerate(order):
        if isinstance(place, Leaf):
            if place.is_blank and row:
                sheets[row] = sheets[row - 1]
            found[row] = sheets[row], [] if place.is_blank else leaf_lines(place, sheets[row])
    return found


class _Writer:
    """The pages of one design as content bytes, with the layer that they share. index: of the design in the file."""

    def __init__(self, part: Laid, index: int, pen: Pen, pdf: PdfFile, symbols: QrImages) -> None:
        self.part, self.pen, self.symbols = part, pen, symbols
        layer = part.static.write(pdf, pen, str(index) if index else "")
        self.start = f"/{layer} Do\n".encode() + fill(INK) + stroke(INK, 1)
        self.words, self.numbers = part.words.codes(pen.book), part.numbers.codes(pen.book)

    def content(self, page: int) -> bytes:
        return self.start + self._text(page) + self.symbols.image(self.part.pages[page].qr)

    def _text(self, page: int) -> bytes:
        part, strays = self.part, self.pen.book.strays
        if strays["serif"].isdisjoint(part.words.texts[page]) and strays["sans"].isdisjoint(part.numbers.texts[page]):
            return part.settings[page].filled(self.words[page] + self.numbers[page])
        return self.pen.write(part.lines(page))
