"""Labels and badges on sheets of A4: a few lines each, as large as the label lets them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from awards.pdf.certificate_layout import DoesNotFit
from awards.pdf.document import PdfFile
from awards.pdf.embedding import embed_fonts
from awards.pdf.fonts import FontBook, GlyphMissing, missing_from, prepared
from awards.pdf.ink import INK, Line, Pen, centred, fill
from awards.pdf.labels import HIGH, PAGE_LEVEL, WIDE, cut_marks
from awards.pdf.table_layout import lines_of

MM = 72 / 25.4
LEADING, BETWEEN = 1.25, 0.35  # of the size: from line to line, and above a text
SHRINK, SMALLEST = 0.94, 0.25  # step by step, down to a quarter
WEIGHT = 0.02  # of the size, of bold text


@dataclass(frozen=True)
class LabelSheet:
    """Millimetres. gap: between columns; pad: what stays free inside a label; is_cut: with marks to cut along, else of
    labels that stick"""

    columns: int
    rows: int
    wide: float
    high: float
    gap: float = 0
    pad: float = 5
    is_cut: bool = False

    def corner(self, place: int) -> tuple[float, float]:
        """Left and top of the label at this place of a page, in points; row by row, from the top left."""
        row, column = divmod(place, self.columns)
        side = (WIDE / MM - self.columns * self.wide - (self.columns - 1) * self.gap) / 2
        edge = (HIGH / MM - self.rows * self.high) / 2
        return (side + column * (self.wide + self.gap)) * MM, HIGH - (edge + row * self.high) * MM


BADGES = LabelSheet(2, 5, 95, 54, is_cut=True)
MAIL_SHEETS = {
    "2x7": LabelSheet(2, 7, 99.1, 38.1, gap=2.5),
    "2x4": LabelSheet(2, 4, 99.1, 67.7, gap=2.5),
    "3x8": LabelSheet(3, 8, 70, 37, pad=6),
}


@dataclass(frozen=True)
class Text:
    """size: points, where the label has room."""

    text: str
    size: float
    is_bold: bool = False


@dataclass(frozen=True)
class Sticker:
    """name: what a fault calls it; texts: one below the other, blank ones take no room"""

    name: str
    texts: tuple[Text, ...]
    is_centred: bool = False


def stickers_pdf(stickers: Sequence[Sticker], sheet: LabelSheet, *, at: datetime, title: str, author: str) -> bytes:
    """All in the given order, row by row. Equal data give equal bytes.

    at       the file's date, with a time zone
    raises   GlyphMissing, DoesNotFit (both with the sticker's name), ValueError without stickers
    """
    if not stickers:
        raise ValueError("no labels to print")
    check(stickers)
    each = sheet.columns * sheet.rows
    pages = [
        [line for place, one in enumerate(stickers[start : start + each]) for line in placed(one, sheet, place)]
        for start in range(0, len(stickers), each)
    ]
    lines = [line for page in pages for line in page]
    book = FontBook({"serif": [], "sans": sorted({one.text for one in lines})})
    pen, pdf, marks = Pen(book), PdfFile(), cut_marks() if sheet.is_cut else b""
    for page in pages:
        pdf.page(fill(INK) + pen.write(page) + marks, level=PAGE_LEVEL)
    embed_fonts(pdf, book)
    return pdf.finish(size=(WIDE, HIGH), title=title, author=author, at=at)


def check(stickers: Sequence[Sticker]) -> None:
    if not missing_from(text.text for one in stickers for text in one.texts):
        return
    for one in stickers:
        if missing := missing_from(text.text for text in one.texts):
            raise GlyphMissing(missing, one.name)


def placed(one: Sticker, sheet: LabelSheet, place: int) -> list[Line]:
    """The lines of a sticker at its place, in the middle of its height."""
    left, top = sheet.corner(place)
    wide, high = ((side - 2 * sheet.pad) * MM for side in (sheet.wide, sheet.high))
    scale = 1.0
    while (needed := height_of(found := broken(one, wide, scale))) > high:
        scale *= SHRINK
        if scale < SMALLEST:
            raise DoesNotFit(one.name, "the label")
    y = top - sheet.pad * MM - (high - needed) / 2
    lines = []
    for texts, size, is_bold in found:
        y -= size * BETWEEN
        for text in texts:
            y -= size * LEADING
            base, weight = y + size * (LEADING - 1), size * WEIGHT if is_bold else 0
            middle = left + sheet.wide * MM / 2
            start = Line(text, left + sheet.pad * MM, base, size, "sans", 0, weight)
            lines.append(centred(text, middle, base, size, "sans", weight=weight) if one.is_centred else start)
    return lines


def broken(one: Sticker, wide: float, scale: float) -> list[tuple[list[str], float, bool]]:
    """(lines, size, whether it is bold) of each text."""
    return [
        (lines_of(prepared(text.text), wide, text.size * scale, "sans"), text.size * scale, text.is_bold)
        for text in one.texts
        if text.text
    ]


def height_of(found: Sequence[tuple[list[str], float, bool]]) -> float:
    return sum(size * (LEADING * len(lines) + BETWEEN) for lines, size, _ in found)
