"""A count that rises over time."""

from collections.abc import Sequence
from dataclasses import dataclass

from competition.core.pictures.svg import (
    FAINT,
    INK,
    RED,
    WIDTH,
    Drawn,
    dot,
    number,
    path,
    svg,
    text,
    tick_text,
    ticks,
    words_width,
)

LEFT, RIGHT, TOP, BOTTOM = 42, WIDTH - 12, 24, 180
MOST_DOTS = 40


@dataclass(frozen=True)
class Step:
    """At the end of a stretch of time: how many by then."""

    words: str
    sum: int


def course(steps: Sequence[Step], wanted: int, words: str) -> Drawn:
    """A curve from nought, and a broken line for how many there are to be.

    steps   in order, as far apart from each other; one at least
    words   of the broken line
    """
    most = max(wanted, steps[-1].sum, 1)

    def x(at: int) -> float:
        return LEFT + (RIGHT - LEFT) * (at + 1) / len(steps)

    def y(count: float) -> float:
        return BOTTOM - (BOTTOM - TOP) * count / most

    drawn = []
    for level in ticks(0, most, 5):
        drawn += [
            path(f"M{LEFT} {number(y(level))}H{RIGHT}", FAINT),
            text(LEFT - 6, y(level) + 4, tick_text(level), "end"),
        ]
    curve = "".join(f"L{number(x(at))} {number(y(one.sum))}" for at, one in enumerate(steps))
    drawn.append(path(f"M{LEFT} {BOTTOM}{curve}", INK, 1.8))
    if len(steps) <= MOST_DOTS:
        drawn += [dot(x(at), y(one.sum), 3) for at, one in enumerate(steps)]
    if wanted:
        drawn += [path(f"M{LEFT} {number(y(wanted))}H{RIGHT}", RED, 1.5, "6 4"), text(LEFT + 4, y(wanted) - 6, words)]
    drawn.append(path(f"M{LEFT} {BOTTOM}H{RIGHT}", INK))
    return svg(BOTTOM + 26, [*drawn, *dated(steps, x)])


def dated(steps: Sequence[Step], x) -> list[str]:
    """Words under the axis, as many as fit beside each other; always those of the last."""
    found, free = [], WIDTH + 0.0
    for at in range(len(steps) - 1, -1, -1):
        half = words_width(steps[at].words) / 2
        middle = min(x(at), WIDTH - half)
        if middle + half <= free and middle - half >= 0:
            found.append(text(middle, BOTTOM + 18, steps[at].words, "middle"))
            free = middle - half - 14
    return found
