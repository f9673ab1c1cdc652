"""How many are where, with the cuts."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import floor

from competition.core.pictures.svg import (
    FAINT,
    INK,
    ROW,
    WIDTH,
    Drawn,
    Fills,
    Kind,
    heads,
    number,
    path,
    step_for,
    svg,
    text,
    tick_text,
    ticks,
)

LEFT, RIGHT, HIGH = 30, WIDTH - 14, 150
MOST_BINS = 20


@dataclass(frozen=True)
class Cut:
    """A line at a value, with its words."""

    at: float
    words: str


@dataclass(frozen=True)
class Bin:
    """From `low` up to below `low` + the step: how many of each kind."""

    low: float
    parts: Sequence[int]


def binned(values: Sequence[tuple[float, int]], kinds: int) -> tuple[list[Bin], float]:
    """(value, kind) counted in at most 21 bins whose borders are round numbers; and their step."""
    low, high = min(value for value, _ in values), max(value for value, _ in values)
    step = step_for(high - low, MOST_BINS)
    first, last = floor(low / step + 1e-9), floor(high / step + 1e-9)
    counts = [[0] * kinds for _ in range(last - first + 1)]
    for value, kind in values:
        counts[floor(value / step + 1e-9) - first][kind] += 1
    return [Bin((first + at) * step, parts) for at, parts in enumerate(counts)], step


def spread(
    name: str, kinds: Sequence[Kind], values: Sequence[tuple[float, int]], cuts: Sequence[Cut], below: str
) -> Drawn:
    """A column a bin, made of kinds; each cut a broken line with its words above the columns.

    name     of the picture, unique in its page
    cuts     from the highest down
    values   (value, row of its kind), one at least
    below    what stands under the axis
    """
    found, step = binned(values, len(kinds))
    fills = Fills(name, kinds)
    legend, top = fills.legend(0)
    top += ROW * len(cuts) + 4
    bottom, tallest = top + HIGH, max(sum(one.parts) for one in found)
    low = min(found[0].low, *(one.at for one in cuts), found[0].low)
    high = max(found[-1].low + step, *(one.at for one in cuts), found[-1].low + step)

    def x(value: float) -> float:
        return LEFT + (RIGHT - LEFT) * (value - low) / (high - low)

    def y(count: float) -> float:
        return bottom - HIGH * count / tallest

    drawn = [fills.patterns(), *legend]
    for level in ticks(0, tallest, 4):
        if level == int(level):
            drawn += [
                path(f"M{LEFT} {number(y(level))}H{RIGHT}", FAINT),
                text(LEFT - 5, y(level) + 4, int(level), "end"),
            ]
    for one in found:
        under = 0
        for kind, count in enumerate(one.parts):
            if count:
                width = x(one.low + step) - x(one.low) - 2
                drawn.append(fills.box(kind, x(one.low) + 1, y(under + count), width, y(under) - y(under + count)))
                under += count
    drawn.append(path(f"M{LEFT} {number(bottom)}H{RIGHT}", INK))
    for value in ticks(low, high):
        drawn.append(text(x(value), bottom + 16, tick_text(value), "middle"))
    drawn += heads([(x(one.at), one.words) for one in cuts], top - ROW * len(cuts), bottom)
    drawn.append(text((LEFT + RIGHT) / 2, bottom + 34, below, "middle"))
    return svg(bottom + 40, drawn)
