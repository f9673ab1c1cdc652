"""Labels for pictures that are judged on paper: the number of the entry, large; track and title. No school, no author.

Ten on a page of A4, two beside each other, to be cut along the marks in the margins.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from awards.pdf.certificate_layout import DoesNotFit
from awards.pdf.document import PdfFile
from awards.pdf.embedding import embed_fonts
from awards.pdf.fonts import FontBook, GlyphMissing, missing_from, prepared
from awards.pdf.ink import GREY, INK, Line, Pen, at_most, centred, fill, rule, stroke
from awards.pdf.table_layout import lines_of

WIDE, HIGH = 595.28, 841.89
COLUMNS, ROWS = 2, 5
LABEL_WIDE, LABEL_HIGH = 269.29, 153.07  # 95 × 54 mm
SIDE, EDGE = (WIDE - COLUMNS * LABEL_WIDE) / 2, (HIGH - ROWS * LABEL_HIGH) / 2
PAD, BETWEEN = 14.0, 9.0  # to the edge of the label; between number and title
NUMBER, TRACK = 54.0, 12.0
TITLES = (15.0, 12.0, 10.0, 8.0, 6.5, 5.5)  # sizes, the first at which the title fits
LEADING = 1.25
MARK, GAP = 12.0, 4.0  # of a cut mark: its length, and how far it stays from the labels
PAGE_LEVEL = 1


@dataclass(frozen=True)
class Label:
    """What stands on one label."""

    entry_number: str
    entry_title: str
    track: str


def labels_pdf(labels: Sequence[Label], *, at: datetime, title: str, author: str) -> bytes:
    """All labels in the given order, row by row. Equal data give equal bytes.

    at       the file's date, with a time zone
    raises   GlyphMissing (where: the entry's number), DoesNotFit (number: the entry's), ValueError without labels
    """
    if not labels:
        raise ValueError("no labels to print")
    check(labels)
    each = COLUMNS * ROWS
    pages = [
        [placed(label, place) for place, label in enumerate(labels[start : start + each])]
        for start in range(0, len(labels), each)
    ]
    lines = [line for page in pages for label in page for line in label]
    book = FontBook({face: sorted({one.text for one in lines if one.face == face}) for face in ("serif", "sans")})
    pen, pdf, marks = Pen(book), PdfFile(), cut_marks()
    for page in pages:
        pdf.page(fill(INK) + pen.write([line for label in page for line in label]) + marks, level=PAGE_LEVEL)
    embed_fonts(pdf, book)
    return pdf.finish(size=(WIDE, HIGH), title=title, author=author, at=at)


def check(labels: Sequence[Label]) -> None:
    if not missing_from(text for label in labels for text in vars(label).values()):
        return
    for label in labels:
        if missing := missing_from(vars(label).values()):
            raise GlyphMissing(missing, label.entry_number)


def placed(label: Label, place: int) -> list[Line]:
    """The lines of the label at this place of a page, counted row by row from the top left."""
    row, column = divmod(place, COLUMNS)
    middle = SIDE + (column + 0.5) * LABEL_WIDE
    top, room = HIGH - EDGE - row * LABEL_HIGH, LABEL_WIDE - 2 * PAD
    track, number = prepared(label.track), prepared(label.entry_number)
    y = top - PAD - TRACK
    lines = [centred(track, middle, y, at_most(track, TRACK, room, "sans"), face="sans")]
    size = at_most(number, NUMBER, room, "sans")
    y -= NUMBER
    lines.append(centred(number, middle, y, size, face="sans", weight=size * 0.02))
    bottom = top - LABEL_HIGH + PAD
    size, texts = title_in(label, room, y - BETWEEN - bottom)
    first = y - BETWEEN - size
    lines += [centred(text, middle, first - at * size * LEADING, size) for at, text in enumerate(texts)]
    return lines


def title_in(label: Label, wide: float, high: float) -> tuple[float, list[str]]:
    """Whole, at the largest size at which it fits."""
    for size in TITLES:
        lines = lines_of(prepared(label.entry_title), wide, size, "serif")
        if len(lines) * size * LEADING <= high:
            return size, lines
    raise DoesNotFit(label.entry_number, "the title")


def cut_marks() -> bytes:
    """Short lines in the margins, in line with the edges of the labels."""
    return stroke(GREY, 0.4) + b"".join(rule(*one) for one in ends())


def ends() -> Iterator[tuple[float, float, float, float]]:
    for column in range(COLUMNS + 1):
        x = SIDE + column * LABEL_WIDE
        yield x, EDGE - GAP - MARK, x, EDGE - GAP
        yield x, HIGH - EDGE + GAP, x, HIGH - EDGE + GAP + MARK
    for row in range(ROWS + 1):
        y = EDGE + row * LABEL_HIGH
        yield SIDE - GAP - MARK, y, SIDE - GAP, y
        yield WIDE - SIDE + GAP, y, WIDE - SIDE + GAP + MARK, y
