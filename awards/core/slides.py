"""What stands on each slide of the hall's screen: names so large that the last row reads them.

Sizes are those of screen.css: a slide is 44 units wide and 25 high.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

from awards.core.even_parts import even_parts

NAME_LINE, SMALL_LINE, BETWEEN = 160, 114, 55  # hundredths of a unit that a line of names, one below, a gap take
NAME_FITS, SMALL_FITS = 13, 21  # characters on a line of a column
COLUMN = 1780  # hundredths of a unit that a column is high
COLUMNS = 2
LARGEST = ((16, 1), (22, 2), (30, 3), (44, 4))  # characters up to which names that stand alone have this size
SMALLEST = 5


@dataclass(frozen=True)
class Told:
    """One winner as the screen says it; "" for what is not said."""

    names: str
    school: str = ""
    title: str = ""

    @property
    def size(self) -> int:
        """1 the largest, 5 the smallest, for names that stand alone."""
        return next((size for most, size in LARGEST if em(self.names) <= most), SMALLEST)


@dataclass(frozen=True)
class Shown:
    """One slide. page of pages: of those that its prize has; columns: one or two, one above the other on a phone."""

    columns: tuple[tuple[Told, ...], ...]
    page: int
    pages: int


def em(text: str) -> float:
    """Width in Chinese characters."""
    return sum(1 if unicodedata.east_asian_width(char) in "WFA" else 0.5 for char in text)


def height(one: Told) -> int:
    """Hundredths of a unit."""
    small = sum(ceil(em(text) / SMALL_FITS) for text in (one.school, one.title) if text)
    return max(ceil(em(one.names) / NAME_FITS), 1) * NAME_LINE + small * SMALL_LINE + BETWEEN


def slides_of(winners: Sequence[Told], *, alone: bool) -> list[Shown]:
    """The slides of one prize, in the order of its winners, everybody on one of them.

    alone   one slide for each
    """
    if alone:
        return [Shown(((one,),), at, len(winners)) for at, one in enumerate(winners, 1)]
    columns = columns_of([height(one) for one in winners])
    pages = [columns[at : at + COLUMNS] for at in range(0, len(columns), COLUMNS)]
    return [
        Shown(tuple(tuple(winners[row] for row in rows) for rows in page), at, len(pages))
        for at, page in enumerate(pages, 1)
    ]


def columns_of(heights: Sequence[int]) -> list[range]:
    """As few slides as hold all, and these filled evenly where that fits."""
    full = filled(heights)
    if len(full) < COLUMNS:
        return full
    even = even_parts(heights, ceil(len(full) / COLUMNS) * COLUMNS)
    fits = all(sum(heights[at] for at in rows) <= COLUMN for rows in even)
    return [rows for rows in even if rows] if fits else full


def filled(heights: Sequence[int]) -> list[range]:
    """One column after the other, each as full as may be; what is higher than a column has one of its own."""
    found, start, used = [], 0, 0
    for at, high in enumerate(heights):
        if at > start and used + high > COLUMN:
            found.append(range(start, at))
            start, used = at, 0
        used += high
    return [*found, range(start, len(heights))] if heights else []
