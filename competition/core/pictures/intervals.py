"""A point and how sure it is, row by row."""

from collections.abc import Sequence
from dataclasses import dataclass

from competition.core.pictures.svg import (
    FAINT,
    INK,
    WIDTH,
    Drawn,
    cross,
    dot,
    heads,
    number,
    path,
    shortened,
    svg,
    text,
    tick_text,
    ticks,
    words_width,
)
from competition.core.pictures.svg import ROW as HEAD

ROW = 18
WIDEST = 110  # that the words of rows may take


@dataclass(frozen=True)
class Interval:
    """`at` ± `margin`; `mark`: another value, a cross."""

    words: str
    at: float
    margin: float
    mark: float | None = None


@dataclass(frozen=True)
class Limit:
    """A line down through all rows."""

    at: float
    words: str


def intervals(rows: Sequence[Interval], limits: Sequence[Limit] = (), ends: tuple[str, str] = ("", "")) -> Drawn:
    """Points with their intervals, the first row on top.

    limits   from the highest down
    ends     what lies to the left and to the right, under the axis
    """
    left = min(max((words_width(one.words) for one in rows), default=0), WIDEST) + 14
    right, head = WIDTH - 14, HEAD * len(limits) + 6
    low, high = bounds(rows, limits)
    bottom = head + ROW * len(rows) + 6

    def x(value: float) -> float:
        return left + (right - left) * (value - low) / (high - low)

    drawn = []
    for value in ticks(low, high):
        drawn += [
            path(f"M{number(x(value))} {head}V{bottom}", FAINT),
            text(x(value), bottom + 15, tick_text(value), "middle"),
        ]
    drawn += heads([(x(one.at), one.words) for one in limits], 0, bottom)
    for at, row in enumerate(rows):
        middle = head + ROW * at + ROW / 2 + 3
        drawn.append(text(left - 8, middle + 4, shortened(row.words, WIDEST), "end"))
        low_end, high_end = x(row.at - row.margin), x(row.at + row.margin)
        whisker = f"M{number(low_end)} {number(middle - 3)}v6m0 -3H{number(high_end)}m0 -3v6"
        drawn += [path(whisker), dot(x(row.at), middle)]
        if row.mark is not None:
            drawn.append(cross(x(row.mark), middle))
    drawn.append(path(f"M{number(left)} {bottom}H{right}", INK))
    drawn += [text(left, bottom + 32, ends[0]), text(right, bottom + 32, ends[1], "end")]
    return svg(bottom + (38 if any(ends) else 22), drawn)


def bounds(rows: Sequence[Interval], limits: Sequence[Limit]) -> tuple[float, float]:
    """From the least to the greatest, with a little room; never nothing."""
    values = [one.at + side * one.margin for one in rows for side in (-1, 1)]
    values += [one.mark for one in rows if one.mark is not None] + [one.at for one in limits]
    low, high = min(values, default=0.0), max(values, default=1.0)
    room = (high - low) * 0.03 or 1.0
    return low - room, high + room
