"""Page content as bytes: text in the document's codes, lines, curves, colours. Points from bottom left."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache, lru_cache
from math import cos, pi, sin
from typing import NamedTuple

from awards.pdf.document import number
from awards.pdf.embedding import RESOURCE
from awards.pdf.fonts import ADVANCES, STANDS_FOR, FontBook, width

Colour = tuple[float, float, float]  # red, green, blue, 0 to 1
INK: Colour = (0.13, 0.11, 0.1)
GREY: Colour = (0.45, 0.44, 0.42)
Point = tuple[float, float]


def fill(colour: Colour) -> bytes:
    """Set the colour of text and areas."""
    return " ".join(map(number, colour)).encode() + b" rg\n"


def stroke(colour: Colour, line_width: float) -> bytes:
    """Set the colour and width of lines."""
    return " ".join(map(number, colour)).encode() + f" RG {number(line_width)} w\n".encode()


def rectangle(x: float, y: float, wide: float, high: float) -> bytes:
    """A path, without painting it."""
    return f"{number(x)} {number(y)} {number(wide)} {number(high)} re\n".encode()


def rule(x: float, y: float, to_x: float, to_y: float) -> bytes:
    """A straight line, painted."""
    return f"{number(x)} {number(y)} m {number(to_x)} {number(to_y)} l S\n".encode()


def polygon(points: Sequence[Point]) -> bytes:
    """A closed path, without painting it."""
    (x, y), *rest = points
    lines = "".join(f"{number(x)} {number(y)} l " for x, y in rest)
    return f"{number(x)} {number(y)} m {lines}h\n".encode()


def curve(at: Callable[[float], Point], start: float, end: float, steps: int) -> bytes:
    """A parametric curve as a path of cubic Béziers, its slope taken by differences."""
    step, nudge = (end - start) / steps, (end - start) * 1e-6

    def slope(t: float) -> Point:
        (x0, y0), (x1, y1) = at(t - nudge), at(t + nudge)
        return (x1 - x0) / (2 * nudge) * step / 3, (y1 - y0) / (2 * nudge) * step / 3

    x, y = at(start)
    dx, dy = slope(start)
    parts = [f"{number(x)} {number(y)} m"]
    for row in range(1, steps + 1):
        t = start + row * step
        (to_x, to_y), (to_dx, to_dy) = at(t), slope(t)
        bends = (x + dx, y + dy, to_x - to_dx, to_y - to_dy, to_x, to_y)
        parts.append(" ".join(map(number, bends)) + " c")
        x, y, dx, dy = to_x, to_y, to_dx, to_dy
    return "\n".join(parts).encode() + b"\n"


def circle(x: float, y: float, radius: float) -> bytes:
    """A closed path, without painting it."""
    return curve(lambda t: (x + radius * cos(t), y + radius * sin(t)), 0, 2 * pi, 8) + b"h\n"


class Line(NamedTuple):
    """One line of typeset text. x, y: start of the baseline; tracking: points between characters."""

    text: str
    x: float
    y: float
    size: float
    face: str = "serif"
    tracking: float = 0
    weight: float = 0  # points of outline added to the strokes: the package has one weight a face


@cache
def font_operator(face: str, size: float) -> bytes:
    """The operator that chooses a face and a size."""
    return f"/{RESOURCE[face]} {number(size)} Tf".encode()


def text_object(lines: Sequence[Line], shown: Callable[[str, str, float], bytes]) -> bytes:
    """All lines at their places, but empty ones; tracking and weight hold for their line only.

    shown   the operators that show a text in a face and a size
    """
    parts = [b"BT\n"]
    tracking = weight = 0.0
    for text, x, y, size, face, wanted_tracking, wanted_weight in lines:
        if not text:
            continue  # its face may not be in the document
        if wanted_tracking != tracking:
            tracking = wanted_tracking
            parts.append(b"%.3f Tc " % tracking if tracking else b"0 Tc ")
        if wanted_weight != weight:
            weight = wanted_weight
            parts.append(b"2 Tr %.2f w " % weight if weight else b"0 Tr ")
        parts.append(b"1 0 0 1 %.2f %.2f Tm%b" % (x, y, shown(text, face, size)))
    if tracking:
        parts.append(b"0 Tc ")
    if weight:
        parts.append(b"0 Tr ")
    parts.append(b"ET\n")
    return b"".join(parts)


class Pen:
    """Writes lines of text as content bytes with the codes of one document."""

    def __init__(self, book: FontBook) -> None:
        self.book = book

    def shown(self, line: Line) -> bytes:
        """The operators that set the font and show a line's characters, without its place."""
        return self._shown(line.text, line.face, line.size)

    def _shown(self, text: str, face: str, size: float) -> bytes:
        if (codes := self.book.one_run(text, face)) is not None:
            return b"%b(%b)Tj\n" % (font_operator(face, size), codes)
        runs = self.book.runs(text, face)
        return b"".join([b"%b(%b)Tj\n" % (font_operator(name, size), codes) for name, codes in runs])

    def write(self, lines: Sequence[Line]) -> bytes:
        """One text object with all lines."""
        return text_object(lines, self._shown)

    def spaced(self, line: Line) -> bytes:
        """A widely tracked line that still copies out as one word."""
        real = "".join(STANDS_FOR.get(character, character) for character in line.text)
        actual = b"<FEFF" + real.encode("utf-16-be").hex().upper().encode() + b">"
        return b"/Span<</ActualText%b>>BDC\n" % actual + self.write([line]) + b"EMC\n"

    def on_arc(self, text: str, centre: Point, radius: float, size: float, reach: float) -> bytes:
        """Text clockwise on a circle around its top, over `reach` radians; it does not copy out."""
        places = on_circle(text, centre, radius, size, reach)
        shown = [place + self._shown(one, "serif", size) for place, one in zip(places, text, strict=True)]
        return b"/Span<</ActualText<FEFF0020>>>BDC\nBT\n" + b"".join(shown) + b"ET\nEMC\n"


@lru_cache(maxsize=64)
def on_circle(text: str, centre: Point, radius: float, size: float, reach: float) -> list[bytes]:
    """The operators that bring the pen to each character of `Pen.on_arc`."""
    advances = [ADVANCES["serif"][character] for character in text]
    places, before, total = [], 0, sum(advances)
    for advance in advances:
        angle = reach / 2 - (before + advance / 2) / total * reach  # from the top, positive to the left
        before += advance
        c, s, half = cos(angle), sin(angle), advance * size / 2000
        x, y = centre[0] - radius * s - half * c, centre[1] + radius * c - half * s
        places.append(b"%.4f %.4f %.4f %.4f %.2f %.2f Tm" % (c, s, -s, c, x, y))
    return places


def moved(lines: Sequence[Line], by: Point) -> list[Line]:
    """The lines elsewhere. by: points to the right and up."""
    x, y = by
    return [line._replace(x=line.x + x, y=line.y + y) for line in lines]


def line_width(line: Line) -> float:
    """Width of a line in points, with its tracking between characters."""
    return width(line.text, line.face) * line.size / 1000 + line.tracking * max(len(line.text) - 1, 0)


def centred(
    text: str,
    middle: float,
    y: float,
    size: float,
    face: str = "serif",
    tracking: float = 0,
    weight: float = 0,
) -> Line:
    """A line around a middle."""
    wide = line_width(Line(text, 0, y, size, face, tracking))
    return Line(text, middle - wide / 2, y, size, face, tracking, weight)


def at_most(text: str, size: float, room: float, face: str = "serif") -> float:
    """The size, or the smaller one at which the text is no wider than `room` points."""
    return min(size, room / max(width(text, face), 1) * 1000)
