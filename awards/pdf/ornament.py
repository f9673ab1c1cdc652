"""The certificate's line work: a woven border, corner rosettes, a faint rosette behind the text, the seal."""

from __future__ import annotations

from functools import lru_cache
from math import cos, pi, sin

from awards.pdf.document import PdfFile, Ref, number
from awards.pdf.fonts import width
from awards.pdf.ink import Colour, Pen, Point, circle, curve, fill, polygon, rectangle, rule, stroke

INSET = 26.0  # points from the paper's edge to the border
BAND = 16.0  # width of the woven band
PERIOD = 26.0  # points of one wave, before it is fitted to the side
STRANDS = 6
CORNER = 36.0  # side of a corner's square
SEAL_RED: Colour = (0.82, 0.1, 0.09)


def tint(colour: Colour, share: float) -> Colour:
    """The colour mixed with white: share 1 is the colour, 0 is white."""
    red, green, blue = (1 - (1 - part) * share for part in colour)
    return red, green, blue


@lru_cache(maxsize=16)
def _waves(gold: Colour) -> bytes:
    """One period of the woven band, PERIOD wide and BAND high around its middle.

    Two chains of eyes, the second shifted by half an eye, so that the band mirrors at every tile's end.
    """
    parts = [stroke(gold, 0.36)]
    for shift, share, strands in ((0.0, 0.47, STRANDS), (pi / 2, 0.3, STRANDS - 2)):
        for strand in range(strands):
            high = BAND * share * (1 - 2 * strand / (strands - 1))

            def wave(x: float, high: float = high, shift: float = shift) -> Point:
                return x, high * sin(2 * pi * x / PERIOD + shift)

            parts.append(curve(wave, 0, PERIOD, 8) + b"S\n")
    return b"".join(parts)


def _side(length: float, place: str) -> bytes:
    """A side of the band: `place` is the matrix that brings the x axis onto it."""
    count = max(1, round(length / PERIOD))
    scale = length / count / PERIOD
    tiles = [f"{place}\n{scale:.5f} 0 0 1 0 0 cm /W Do\n"]
    tiles += [f"1 0 0 1 {number(PERIOD)} 0 cm /W Do\n"] * (count - 1)
    return b"q " + "".join(tiles).encode() + b"Q\n"


def rosette(x: float, y: float, radius: float, *, petals: int, turns: int, depth: float) -> bytes:
    """Woven closed waves around a centre, as one path. depth: share of the radius that the waves take."""
    parts = []
    for turn in range(turns):
        phase = 2 * pi * turn / turns

        def wave(t: float, phase: float = phase) -> Point:
            r = radius * (1 - depth + depth * sin(petals * t + phase))
            return x + r * cos(t), y + r * sin(t)

        parts.append(curve(wave, 0, 2 * pi, petals * 6) + b"h\n")
    return b"".join(parts)


def _corner(x: float, y: float, gold: Colour, accent: Colour) -> bytes:
    half = CORNER / 2
    return b"".join(
        (
            fill((1, 1, 1)) + rectangle(x - half, y - half, CORNER, CORNER) + b"f\n",
            stroke(gold, 0.8) + rectangle(x - half, y - half, CORNER, CORNER) + b"S\n",
            stroke(gold, 0.3) + rectangle(x - half + 2.2, y - half + 2.2, CORNER - 4.4, CORNER - 4.4) + b"S\n",
            stroke(gold, 0.32) + rosette(x, y, 14, petals=8, turns=5, depth=0.3) + b"S\n",
            stroke(accent, 0.4) + rosette(x, y, 5.2, petals=6, turns=2, depth=0.35) + b"S\n",
            fill(accent) + circle(x, y, 1.1) + b"f\n",
        )
    )


def border(size: tuple[float, float], gold: Colour, accent: Colour) -> bytes:
    """The frame of the page; calls the tile as /W."""
    wide, high = size
    edge, inner, middle = INSET, INSET + BAND + 6, INSET + BAND / 2 + 3

    def frame(inset: float) -> bytes:
        return rectangle(inset, inset, wide - 2 * inset, high - 2 * inset) + b"S\n"

    parts = [stroke(accent, 1.1) + frame(edge - 5), stroke(gold, 0.8) + frame(edge) + frame(inner)]
    parts.append(stroke(gold, 0.3) + frame(inner + 3))
    start = edge + CORNER
    along, up = wide - 2 * start, high - 2 * start
    for y in (middle, high - middle):
        parts.append(_side(along, f"1 0 0 1 {number(start)} {number(y)} cm"))
    for x in (middle, wide - middle):
        parts.append(_side(up, f"0 1 -1 0 {number(x)} {number(start)} cm"))
    centre = edge + CORNER / 2
    corners = [(x, y) for x in (centre, wide - centre) for y in (centre, high - centre)]
    parts += [_corner(x, y, gold, accent) for x, y in corners]
    return b"".join(parts)


def watermark(x: float, y: float, radius: float, gold: Colour) -> bytes:
    """A rosette faint enough to read and copy over."""
    return b"".join(
        (
            stroke(tint(gold, 0.15), 0.45) + rosette(x, y, radius, petals=24, turns=6, depth=0.16) + b"S\n",
            stroke(tint(gold, 0.13), 0.45) + rosette(x, y, radius * 0.66, petals=12, turns=6, depth=0.3) + b"S\n",
            stroke(tint(gold, 0.13), 0.4) + circle(x, y, radius * 1.03) + b"S\n",
        )
    )


def divider(middle: float, y: float, reach: float, gold: Colour, accent: Colour) -> bytes:
    """A thin rule with a small lozenge in its middle."""
    parts = [
        stroke(gold, 0.6),
        rule(middle - reach, y, middle - 9, y),
        rule(middle + 9, y, middle + reach, y),
    ]
    for x, half, colour in ((middle, 3.4, accent), (middle - 9, 1.5, gold), (middle + 9, 1.5, gold)):
        parts.append(fill(colour) + polygon([(x - half, y), (x, y + half), (x + half, y), (x, y - half)]) + b"f\n")
    return b"".join(parts)


@lru_cache(maxsize=16)
def _backdrop(size: tuple[float, float], gold: Colour, accent: Colour, divider_y: float) -> bytes:
    wide, high = size
    return b"".join(
        (
            watermark(wide / 2, high * 0.46, min(size) * 0.33, gold),
            border(size, gold, accent),
            divider(wide / 2, divider_y, 120, gold, accent),
        )
    )


def write_backdrop(pdf: PdfFile, size: tuple[float, float], gold: Colour, accent: Colour, divider_y: float) -> Ref:
    """All line work of a page as a form. Curves are computed once a process."""
    tile = pdf.form(_waves(gold), (0, -BAND, PERIOD, BAND), {}, shared=True)
    content = _backdrop(size, gold, accent, divider_y)
    return pdf.form(content, (0, 0, *size), {"W": tile}, shared=True)


def star(x: float, y: float, radius: float) -> bytes:
    """A five-pointed star, as a path."""
    points = []
    for row in range(10):
        r = radius if row % 2 == 0 else radius * sin(pi / 10) / sin(3 * pi / 10)
        points.append((x + r * sin(row * pi / 5), y + r * cos(row * pi / 5)))
    return polygon(points)


@lru_cache(maxsize=64)
def _ring_and_star(x: float, y: float, radius: float) -> bytes:
    ring = stroke(SEAL_RED, radius * 0.06) + circle(x, y, radius) + b"S\n"
    return ring + fill(SEAL_RED) + star(x, y, radius * 0.3) + b"f\n" + stroke(SEAL_RED, 0.35)


def seal(pen: Pen, text: str, x: float, y: float, radius: float) -> bytes:
    """A round seal: ring, star, the office's name clockwise on the arc. Its text does not copy out."""
    base, most = radius * 0.61, 1.5 * pi
    size = min(radius * 0.3, most * base / (width(text) / 1000 * 1.06))
    reach = min(most, width(text) / 1000 * size * 1.5 / base)
    return b"".join(
        (
            b"q\n",
            _ring_and_star(x, y, radius),
            b"2 Tr\n" + pen.on_arc(text, (x, y), base, size, reach),
            b"Q\n",
        )
    )
