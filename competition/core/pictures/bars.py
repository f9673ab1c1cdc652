"""Bars made of parts."""

from collections.abc import Sequence
from dataclasses import dataclass

from competition.core.pictures.svg import WIDTH, Drawn, Fills, Kind, shortened, svg, text

ROW, THICK = 36, 13
END = 40  # for the sum behind the longest bar


@dataclass(frozen=True)
class Bar:
    """parts   how many of each kind, in the order of the kinds"""

    words: str
    parts: Sequence[int]


def bars(name: str, kinds: Sequence[Kind], rows: Sequence[Bar]) -> Drawn:
    """One bar a row, its words above it, its sum behind it; a legend on top.

    name   of the picture, unique in its page
    """
    fills = Fills(name, kinds)
    legend, y = fills.legend(0)
    unit = (
        (WIDTH - 4 - END) / max((sum(one.parts) for one in rows), default=0) if any(sum(r.parts) for r in rows) else 0
    )
    drawn = [fills.patterns(), *legend]
    for one in rows:
        drawn.append(text(4, y + 13, shortened(one.words, WIDTH - 8)))
        x = 4.0
        for kind, count in enumerate(one.parts):
            if count:
                drawn.append(fills.box(kind, x, y + 18, count * unit, THICK))
                x += count * unit
        drawn.append(text(x + 6, y + 18 + THICK - 2, sum(one.parts)))
        y += ROW
    return svg(y + 4, drawn)
