"""Pages between certificates, for a print shop: a cover with counts, a separator, a blank back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from awards.pdf.certificate_layout import DoesNotFit, Sheet, sheet_of
from awards.pdf.fonts import GlyphMissing, missing_from, prepared, width
from awards.pdf.ink import Line, at_most, centred
from awards.pdf.linebreak import break_lines

SMALL, HEADING, TEXT, ROW = 17.0, 34.0, 20.0, 13.0  # on A4; as much smaller as the paper is
COLUMNS, GUTTER = 2, 34.0
COVER_TOP, ROWS_TOP = 0.83, 0.66  # of the height
WEIGHT = 0.02  # of the size


@dataclass(frozen=True)
class Leaf:
    """What stands on such a page, around its middle; nothing at all makes a blank one.

    small    over the heading
    lines    below it
    rows     words and their counts, in columns: then all stands higher
    """

    small: str = ""
    heading: str = ""
    lines: tuple[str, ...] = ()
    rows: tuple[tuple[str, str], ...] = ()

    @property
    def is_blank(self) -> bool:
        return not self.heading

    def texts(self) -> list[str]:
        return [self.small, self.heading, *self.lines, *(cell for row in self.rows for cell in row)]


def check_leaves(leaves: Sequence[Leaf]) -> None:
    """raises   GlyphMissing (where: the heading)"""
    for leaf in leaves:
        if missing := missing_from(leaf.texts()):
            raise GlyphMissing(missing, leaf.heading)


def rows_of_page(paper: str) -> int:
    """How many rows a leaf on such paper has room for."""
    sheet = sheet_of(paper)
    if sheet is None:
        raise ValueError(paper)
    return rows_on(sheet)


def rows_on(sheet: Sheet) -> int:
    scale = scale_of(sheet)
    return int((sheet.high * ROWS_TOP - 40 * scale) / (ROW * 1.75 * scale)) * COLUMNS


def scale_of(sheet: Sheet) -> float:
    return min(1.0, min(sheet.wide, sheet.high) / 595.28)


def leaf_lines(leaf: Leaf, sheet: Sheet) -> list[Line]:
    """raises   DoesNotFit"""
    scale, middle, room = scale_of(sheet), sheet.wide / 2, sheet.wide * 0.86
    y = sheet.high * (COVER_TOP if leaf.rows else 0.64)
    made: list[Line] = []
    if leaf.small:
        text = prepared(leaf.small)
        made.append(centred(text, middle, y + HEADING * scale * 1.6, at_most(text, SMALL * scale, room)))
    size = HEADING * scale
    for text in break_lines(prepared(leaf.heading), room / size * 1000):
        made.append(centred(text, middle, y, size, weight=size * WEIGHT))
        y -= size * 1.35
    y -= size * 0.25
    for line in leaf.lines:
        text = prepared(line)
        made.append(centred(text, middle, y, at_most(text, TEXT * scale, room)))
        y -= TEXT * scale * 1.7
    return made + row_lines(leaf, sheet, scale)


def row_lines(leaf: Leaf, sheet: Sheet, scale: float) -> list[Line]:
    """Column by column; each row's words from the left, its counts from the right."""
    if len(leaf.rows) > rows_on(sheet):
        raise DoesNotFit(leaf.heading, "the table")
    margin, gutter, step = sheet.wide * 0.1, GUTTER * scale, ROW * 1.75 * scale
    each = (sheet.wide - 2 * margin - gutter * (COLUMNS - 1)) / COLUMNS
    high = max(-(-len(leaf.rows) // COLUMNS), 1)
    made = []
    for place, row in enumerate(leaf.rows):
        column, down = divmod(place, high)
        left, y = margin + column * (each + gutter), sheet.high * ROWS_TOP - down * step
        words, count = map(prepared, row)
        wide = width(count) * ROW * scale / 1000
        made.append(Line(words, left, y, at_most(words, ROW * scale, each - wide - 8)))
        made.append(Line(count, left + each - wide, y, ROW * scale))
    return made
