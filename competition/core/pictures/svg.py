"""The few elements that everything is drawn with."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from math import ceil, floor, log10
from unicodedata import east_asian_width
from xml.sax.saxutils import escape, quoteattr

WIDTH = 400
FONT = 13
ROW = 17  # of words above each other
FAINT, RED = "#dcd7cb", "#b8301c"  # lines to read along; what is wanted or decides
INK = "currentColor"


class Drawn(str):
    """An SVG whose words are escaped: a template takes it as it is."""

    __slots__ = ()

    def __html__(self) -> str:
        return str(self)


@dataclass(frozen=True)
class Kind:
    """One of the parts that a legend names. hatch: "full", "slant", "level", "dots", "cross" or "empty"."""

    words: str
    hatch: str
    colour: str = INK


@dataclass(frozen=True)
class Chart:
    """A picture and the same as a table; the first cell of a row names it."""

    title: str
    picture: Drawn
    columns: Sequence[str]
    rows: Sequence[Sequence[object]]
    note: str = ""


HATCHES = {
    "slant": '<path d="M-1 1L1 -1M0 6L6 0M5 7L7 5" stroke="{}" stroke-width="1.8" />',
    "level": '<path d="M0 1.5H6M0 4.5H6" stroke="{}" stroke-width="1" />',
    "dots": '<circle cx="1.5" cy="1.5" r="1.1" fill="{0}" /><circle cx="4.5" cy="4.5" r="1.1" fill="{0}" />',
    "cross": '<path d="M0 0L6 6M0 6L6 0" stroke="{}" stroke-width="1" />',
}


def number(value: float) -> str:
    return f"{value:.1f}".rstrip("0").rstrip(".") if value else "0"


def text(x: float, y: float, words: object, anchor: str = "start", colour: str = INK) -> str:
    return (
        f'<text x="{number(x)}" y="{number(y)}" text-anchor="{anchor}" fill={quoteattr(colour)}>'
        f"{escape(str(words))}</text>"
    )


def label(x: float, y: float, words: object, anchor: str = "start") -> str:
    """Text on white, so that a line behind it does not go through it."""
    return text(x, y, words, anchor).replace(
        "<text ", '<text stroke="#ffffff" stroke-width="4" paint-order="stroke" ', 1
    )


def path(d: str, colour: str = INK, width: float = 1, dashes: str = "") -> str:
    broken = f' stroke-dasharray="{dashes}"' if dashes else ""
    return f'<path d="{d}" stroke={quoteattr(colour)} stroke-width="{number(width)}"{broken} />'


def dot(x: float, y: float, radius: float = 3.5) -> str:
    return f'<circle cx="{number(x)}" cy="{number(y)}" r="{number(radius)}" fill="{INK}" />'


def cross(x: float, y: float) -> str:
    return path(f"M{number(x - 3)} {number(y - 3)}l6 6m0 -6l-6 6", RED, 1.6)


def box(x: float, y: float, width: float, height: float, fill: str, colour: str) -> str:
    size = f'x="{number(x)}" y="{number(y)}" width="{number(width)}" height="{number(height)}"'
    return f"<rect {size} fill={quoteattr(fill)} stroke={quoteattr(colour)} />"


def svg(height: float, parts: Iterable[str]) -> Drawn:
    inside = "".join(parts)
    return Drawn(f'<svg viewBox="0 0 {WIDTH} {number(height)}" font-size="{FONT}" fill="none">{inside}</svg>')


@dataclass(frozen=True)
class Fills:
    """How each kind is filled. `name` keeps patterns apart from those of the page's other pictures."""

    name: str
    kinds: Sequence[Kind] = field(default_factory=tuple)

    def patterns(self) -> str:
        made = "".join(
            f'<pattern id="{self.name}-{at}" width="6" height="6" patternUnits="userSpaceOnUse">'
            f"{HATCHES[one.hatch].format(escape(one.colour, {chr(34): '&quot;'}))}</pattern>"
            for at, one in enumerate(self.kinds)
            if one.hatch in HATCHES
        )
        return f"<defs>{made}</defs>" if made else ""

    def box(self, kind: int, x: float, y: float, width: float, height: float) -> str:
        one = self.kinds[kind]
        fill = {"full": one.colour, "empty": "none"}.get(one.hatch, f"url(#{self.name}-{kind})")
        return box(x, y, width, height, fill, one.colour)

    def legend(self, top: float) -> tuple[list[str], float]:
        """Swatches with their words, in as many lines as they take; and where the next thing may begin."""
        x, y, parts = 4.0, top, []
        for at, one in enumerate(self.kinds):
            width = 26 + words_width(one.words)
            if x > 4 and x + width > WIDTH:
                x, y = 4.0, y + 18
            parts += [self.box(at, x, y + 2, 14, 10), text(x + 19, y + 11, one.words)]
            x += width + 10
        return parts, y + 22


def words_width(words: str) -> float:
    """About how wide, in units: a Chinese character is as wide as high."""
    return sum(FONT if east_asian_width(one) in "WF" else FONT * 0.5 for one in words)


def shortened(words: str, width: float) -> str:
    """As much of it as fits, with an ellipsis for the rest."""
    if words_width(words) <= width:
        return words
    kept = words
    while kept and words_width(kept) + FONT > width:
        kept = kept[:-1]
    return f"{kept}…"


def heads(lines: Sequence[tuple[float, str]], top: float, bottom: float) -> list[str]:
    """Broken lines down at x, the words of each in a row of its own to the left of its head, where there is room: given
    from right to left, no line goes through the words of another."""
    drawn = [
        path(f"M{number(x)} {number(top + ROW * at + 2)}V{number(bottom)}", RED, 1.5, "6 4")
        for at, (x, _) in enumerate(lines)
    ]
    for at, (x, words) in enumerate(lines):
        has_room = x - 5 - words_width(words) >= 0
        y = top + ROW * at + FONT
        drawn.append(label(x - 5, y, words, "end") if has_room else label(x + 5, y, words))
    return drawn


def step_for(span: float, most: int) -> float:
    """1, 2 or 5 times a power of ten, so that no more than `most` of them fill the span."""
    if span <= 0:
        return 1.0
    power = 10.0 ** floor(log10(span / most))
    return next(power * one for one in (1, 2, 5, 10) if span / (power * one) <= most + 1e-9)


def ticks(low: float, high: float, most: int = 6) -> list[float]:
    """Round numbers from low to high."""
    step = step_for(high - low, most)
    first, last = ceil(low / step - 1e-9), floor(high / step + 1e-9)
    return [at * step for at in range(first, last + 1)]


def tick_text(value: float) -> str:
    return f"{value:.6g}".replace("-", "−") if value else "0"
