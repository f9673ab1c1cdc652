"""Laying out a table: cells into lines, rows onto pages. Points; inside a row y counts down from its top."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from typing import Literal

from awards.pdf.certificate_layout import DoesNotFit, fill_lines
from awards.pdf.fonts import ADVANCES, prepared, width
from awards.pdf.linebreak import break_lines

Align = Literal["left", "center", "right"]
Placed = tuple[float, float, str]  # x on the page, y below the row's top, text

SIDE, TOP, BOTTOM = 45.0, 50.0, 52.0  # margins of the page
PAD_X, PAD_Y = 4.0, 3.6
BODY, BODY_LEADING = 9.5, 12.6
HEAD, HEAD_EN, HEAD_LEADING, HEAD_EN_LEADING = 9.2, 6.8, 12.0, 8.6
SHORT_TITLE = 60.0
HEADING = {1: 11.5, 2: 10.3, 3: 9.6}
HEADING_ABOVE = {1: 11.0, 2: 6.5, 3: 4.5}

# A cell that may be a list of names breaks between them, and in ·-names after the dot, if that is possible.
_NAMES = re.compile("[^，。：！？《》“”（）]*[、·；][^，。：！？《》“”（）]*")
_AFTER_NAME = re.compile("(?<=[、·；])")


@dataclass(frozen=True)
class Column:
    """A column. weight: its share of the width; title_en stands small under the title."""

    title: str
    title_en: str = ""
    weight: float = 1.0
    align: Align = "left"


@dataclass(frozen=True)
class Group:
    """A heading ("" for none) and its rows. Nested headings are consecutive groups, outer ones with none."""

    heading: str
    rows: tuple[tuple[str, ...], ...]
    level: int = 1


@dataclass(frozen=True)
class Block:
    """What is never split: a row, or a heading, which stays with what follows it."""

    height: float
    cells: tuple[Placed, ...]
    level: int = 0  # of a heading; 0 is a row


@dataclass
class TablePage:
    """Blocks of one page with the y of their tops on the paper. `used`: y below the last."""

    blocks: list[tuple[float, Block]] = field(default_factory=list)
    used: float = 0


def column_widths(columns: Sequence[Column], measure: float) -> list[float]:
    """Widths by weight; a column too narrow for a short title takes what it needs from the others."""
    total = sum(column.weight for column in columns)
    shares = [measure * column.weight / total for column in columns]
    needs = [width(prepared(column.title), "sans") * HEAD / 1000 + 2 * PAD_X + 0.5 for column in columns]
    floors = [need if need <= SHORT_TITLE else 0.0 for need in needs]
    fixed = sum(max(floor - share, 0) for floor, share in zip(floors, shares, strict=True))
    spare = sum(max(share - floor, 0) for floor, share in zip(floors, shares, strict=True))
    if fixed >= spare:
        return shares
    return [
        floor if floor > share else share - fixed * (share - floor) / spare
        for floor, share in zip(floors, shares, strict=True)
    ]


class Grid:
    """The columns on the page."""

    def __init__(self, columns: Sequence[Column], measure: float, face: str = "serif", least_row: float = 0) -> None:
        self.columns, self.measure, self.face, self.least_row = columns, measure, face, least_row
        if not columns or min(column.weight for column in columns) <= 0:
            raise ValueError("a table has columns, each with a weight above 0")
        widths = column_widths(columns, measure)
        self.left = list(accumulate(widths[:-1], initial=SIDE))
        self.inner = [wide - 2 * PAD_X for wide in widths]
        self._memo: list[dict[str, tuple[Placed, ...]]] = [{} for _ in columns]

    def cell(self, row: int, text: str) -> tuple[Placed, ...]:
        """Lines of a cell of the column `row`, placed; y is the baseline."""
        memo = self._memo[row]
        placed = memo.get(text)
        if placed is None:
            lines = lines_of(text, self.inner[row], BODY, self.face)
            placed = memo[text] = tuple(self._place(row, lines, BODY, BODY_LEADING, self.face, PAD_Y))
        return placed

    def _place(
        self, row: int, lines: Sequence[str], size: float, leading: float, face: str, top: float
    ) -> Iterator[Placed]:
        align, left, inner = self.columns[row].align, self.left[row] + PAD_X, self.inner[row]
        advances = ADVANCES[face]
        for line_row, line in enumerate(lines):
            y = top + size * 0.92 + line_row * leading
            if align == "left":
                yield left, y, line
            else:
                spare = inner - sum(map(advances.__getitem__, line)) * size / 1000
                yield left + (spare if align == "right" else spare / 2), y, line

    def row(self, cells: tuple[str, ...]) -> Block:
        """A row of prepared texts."""
        placed: list[Placed] = []
        most = 1
        for row, text in enumerate(cells):
            if text:
                cell = self.cell(row, text)
                most = max(most, len(cell))
                placed += cell
        height = most * BODY_LEADING + 2 * PAD_Y
        if height >= self.least_row:
            return Block(height, tuple(placed))
        lower = (self.least_row - height) / 2  # what is written stays in the middle of a high row
        return Block(self.least_row, tuple((x, y + lower, text) for x, y, text in placed))

    def heading(self, text: str, level: int) -> Block:
        """A group's heading over the whole width."""
        size, above = HEADING[min(level, 3)], HEADING_ABOVE[min(level, 3)]
        indent = PAD_X + (min(level, 3) - 1) * 9
        lines = lines_of(text, self.measure - indent, size, "serif")
        placed = tuple((SIDE + indent, above + size * 0.92 + row * size * 1.4, line) for row, line in enumerate(lines))
        return Block(above + len(lines) * size * 1.4 + 2.5, placed, level)

    def header(self) -> tuple[float, list[Placed], list[Placed]]:
        """Height of the repeated first row, its titles, and its small second titles."""
        titles: list[Placed] = []
        seconds: list[Placed] = []
        height = 0.0
        for row, column in enumerate(self.columns):
            lines = lines_of(prepared(column.title), self.inner[row], HEAD, "sans")
            small = lines_of(prepared(column.title_en), self.inner[row], HEAD_EN, "sans")
            titles += self._place(row, lines, HEAD, HEAD_LEADING, "sans", PAD_Y)
            below = PAD_Y + len(lines) * HEAD_LEADING
            seconds += self._place(row, small, HEAD_EN, HEAD_EN_LEADING, "sans", below)
            height = max(height, below + len(small) * HEAD_EN_LEADING + PAD_Y)
        return height, titles, seconds


def lines_of(text: str, wide: float, size: float, face: str) -> list[str]:
    """Lines of a prepared text that may have line feeds; spaces at the ends are dropped."""
    measure = wide / size * 1000
    if "\n" not in text and sum(map(ADVANCES[face].__getitem__, text)) <= measure:
        return [text] if text else []
    parts = [part for part in text.split("\n") if part]
    if len(parts) == 1 and _NAMES.fullmatch(text) and (whole := fill_lines(_AFTER_NAME.split(text), measure, face)):
        return [line.strip(" ") for line in whole]
    return [line.strip(" ") for part in parts for line in break_lines(part, measure, face=face)]


def blocks_of(grid: Grid, groups: Iterable[Group]) -> Iterator[Block]:
    """Headings and rows in order."""
    for group in groups:
        if group.heading:
            yield grid.heading(prepared(group.heading), group.level)
        for cells in group.rows:
            if len(cells) != len(grid.columns):
                raise ValueError(f"a row has {len(cells)} cells, the table {len(grid.columns)} columns")
            yield grid.row(tuple(map(prepared, cells)))


def onto_pages(blocks: Sequence[Block], first_top: float, top: float, bottom: float, name: str) -> list[TablePage]:
    """The blocks on pages; headings stay with the first row after them.

    first_top, top   y where the rows of the first page and of the others begin; bottom: y where they end
    raises           DoesNotFit (with `name`) where a row and its headings are higher than a page
    """
    page = TablePage(used=first_top)
    pages, at = [page], 0
    while at < len(blocks):
        end = at
        while end + 1 < len(blocks) and blocks[end].level:
            end += 1
        together = blocks[at : end + 1]
        height = sum(block.height for block in together)
        if page.used - height < bottom and (page.blocks or first_top < top):
            page = TablePage(used=top)
            pages.append(page)
        if page.used - height < bottom:
            raise DoesNotFit(name, "a row of the table")
        for block in together:
            page.blocks.append((page.used, block))
            page.used -= block.height
        at = end + 1
    return pages
