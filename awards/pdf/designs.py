"""The designs that ship: each its own line work, as one form that all pages call. Drawn here, from nobody else's art.

A design takes the paper, the colour of the fine lines and the stronger one, and where the title ends.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from math import cos, pi, sin
from typing import NamedTuple

from awards.pdf import ornament
from awards.pdf.document import PdfFile, Ref, number
from awards.pdf.ink import Colour, Point, circle, curve, fill, polygon, rectangle, rule, stroke
from awards.pdf.ornament import tint

Size = tuple[float, float]


class Tile(NamedTuple):
    """What repeats along the sides, around its x axis; `wide` of one."""

    content: bytes
    wide: float
    half: float


def frame(size: Size, inset: float) -> bytes:
    wide, high = size
    return rectangle(inset, inset, wide - 2 * inset, high - 2 * inset) + b"S\n"


def sides(size: Size, tile: Tile, middle: float, start: float) -> bytes:
    """The tile as /W along all four sides, `middle` from the edge, between corners that end at `start`."""
    wide, high = size
    parts = []
    for y in (middle, high - middle):
        parts.append(run(tile, wide - 2 * start, f"1 0 0 1 {number(start)} {number(y)} cm"))
    for x in (middle, wide - middle):
        parts.append(run(tile, high - 2 * start, f"0 1 -1 0 {number(x)} {number(start)} cm"))
    return b"".join(parts)


def run(tile: Tile, length: float, place: str) -> bytes:
    count = max(1, round(length / tile.wide))
    first = f"{place}\n{length / count / tile.wide:.5f} 0 0 1 0 0 cm /W Do\n"
    return ("q " + first + f"1 0 0 1 {number(tile.wide)} 0 cm /W Do\n" * (count - 1) + "Q\n").encode()


def short_rule(middle: float, y: float, reach: float, colour: Colour, line_width: float) -> bytes:
    return stroke(colour, line_width) + rule(middle - reach, y, middle + reach, y)


# ---- science: a graticule around the page, atoms in its corners, orbits behind the text

TICKS = 50.0  # points of one tile: ten ticks, one of them long


def science_tile(line: Colour) -> Tile:
    parts = [stroke(line, 0.4)]
    for at in range(10):
        high = 7.5 if at == 0 else 5.5 if at == 5 else 3.5
        parts.append(rule(at * TICKS / 10 + 0.2, -4, at * TICKS / 10 + 0.2, -4 + high))
    return Tile(b"".join(parts), TICKS, 5)


def orbit(x: float, y: float, reach: float, flat: float, turn: float) -> bytes:
    """An ellipse, turned; a path."""

    def at(t: float) -> Point:
        along, across = reach * cos(t), reach * flat * sin(t)
        return x + along * cos(turn) - across * sin(turn), y + along * sin(turn) + across * cos(turn)

    return curve(at, 0, 2 * pi, 12) + b"h\n"


def atom(x: float, y: float, reach: float, line: Colour, accent: Colour) -> bytes:
    turns = [pi / 6 + step * pi / 3 for step in range(3)]
    parts = [stroke(line, 0.55), *(orbit(x, y, reach, 0.36, turn) + b"S\n" for turn in turns)]
    parts.append(fill(accent) + circle(x, y, reach * 0.15) + b"f\n")
    for step, turn in enumerate(turns):
        t = 0.6 + step * 2.1
        along, across = reach * cos(t), reach * 0.36 * sin(t)
        place = x + along * cos(turn) - across * sin(turn), y + along * sin(turn) + across * cos(turn)
        parts.append(fill(line) + circle(*place, reach * 0.085) + b"f\n")
    return b"".join(parts)


def science(size: Size, line: Colour, accent: Colour, divider_y: float) -> bytes:
    wide, high = size
    edge, corner = 24.0, 40.0
    far = min(size) * 0.36
    parts = [stroke(tint(line, 0.2), 0.5)]
    parts += [orbit(wide / 2, high * 0.46, far, 0.34, pi / 6 + step * pi / 6) + b"S\n" for step in range(6)]
    parts.append(stroke(tint(line, 0.2), 0.5) + circle(wide / 2, high * 0.46, far * 1.04) + b"S\n")
    parts.append(stroke(accent, 1.4) + frame(size, edge) + stroke(line, 0.4) + frame(size, edge + 16))
    parts.append(sides(size, science_tile(line), edge + 8, edge + corner))
    for x in (edge + corner / 2, wide - edge - corner / 2):
        for y in (edge + corner / 2, high - edge - corner / 2):
            box = rectangle(x - corner / 2, y - corner / 2, corner, corner)
            parts.append(fill((1, 1, 1)) + box + b"f\n" + stroke(accent, 0.7) + box + b"S\n")
            parts.append(atom(x, y, corner * 0.38, line, accent))
    parts.append(short_rule(wide / 2, divider_y, 120, line, 0.5))
    parts.append(short_rule(wide / 2, divider_y, 26, accent, 1.6))
    return b"".join(parts)


# ---- modern: white, one thin frame, four strong corners, quarter rings

BRACKET = 46.0


def modern(size: Size, line: Colour, accent: Colour, divider_y: float) -> bytes:
    wide, high = size
    edge = 30.0
    parts = [b"q\n" + rectangle(edge, edge, wide - 2 * edge, high - 2 * edge) + b"W n\n"]
    for ring in range(9):
        parts.append(stroke(tint(line, 0.34), 0.5) + circle(wide - edge, edge, 60 + ring * 13) + b"S\n")
        parts.append(circle(edge, high - edge, 60 + ring * 13) + b"S\n")
    parts.append(b"Q\n" + stroke(line, 0.6) + frame(size, edge))
    for x, to in ((edge, 1), (wide - edge, -1)):
        for y, up in ((edge, 1), (high - edge, -1)):
            parts.append(fill(accent) + rectangle(x, y, to * BRACKET, up * 3.2) + b"f\n")
            parts.append(rectangle(x, y, to * 3.2, up * BRACKET) + b"f\n")
    parts.append(short_rule(wide / 2, divider_y, 22, accent, 2.2))
    return b"".join(parts)


# ---- ink: a meander (回纹) around the page, waves at its foot

KEY = 21.0  # points of one tile of the meander
WAVE = 13.0  # radius of one scale


def ink_tile(line: Colour) -> Tile:
    """Out along the foot, up, and curled in: one stroke from tile to tile."""
    u = KEY / 7
    shown = [(x * u, (y - 2) * u) for x, y in ((0, 0), (6, 0), (6, 4), (2, 4), (2, 2), (4, 2))]
    (x, y), *rest = shown
    path = f"{number(x)} {number(y)} m " + "".join(f"{number(x)} {number(y)} l " for x, y in rest) + "S\n"
    foot = rule(6 * u, -2 * u, KEY, -2 * u)
    return Tile(stroke(line, 0.9) + b"2 J\n" + path.encode() + foot, KEY, 3 * u)


def scales(size: Size, low: float, rows: int, colour: Colour) -> bytes:
    """Overlapping waves (海水纹): of each scale the upper half of three rings, the nearer row over the farther."""
    wide, _ = size
    inset = 45.0
    parts = [
        f"q {number(inset)} {number(low)} {number(wide - 2 * inset)} {number(WAVE * (rows + 1))} re W n\n".encode()
    ]
    count = int((wide - 2 * inset) / WAVE / 2) + 2
    for row in reversed(range(rows)):
        for place in range(count):
            x, y = inset + (place + (row % 2) / 2) * WAVE * 2 - WAVE, low + row * WAVE * 0.55
            parts.append(fill((1, 1, 1)) + circle(x, y, WAVE) + b"f\n" + stroke(colour, 0.5))
            parts += [circle(x, y, WAVE * share) + b"S\n" for share in (1, 0.7, 0.4)]
    return b"".join(parts) + b"Q\n"


def ink(size: Size, line: Colour, accent: Colour, divider_y: float) -> bytes:
    wide, high = size
    edge, corner = 24.0, 27.0
    parts = [scales(size, 45, 1, tint(line, 0.34))]
    parts.append(stroke(accent, 1.6) + frame(size, edge - 3) + stroke(line, 0.5) + frame(size, edge + 19))
    parts.append(sides(size, ink_tile(line), edge + 8, edge + corner))
    for x in (edge + 8, wide - edge - 8):
        for y in (edge + 8, high - edge - 8):
            for reach, colour, width in ((8.0, accent, 1.2), (4.6, line, 0.8)):
                parts.append(stroke(colour, width) + rectangle(x - reach, y - reach, 2 * reach, 2 * reach) + b"S\n")
            parts.append(fill(accent) + rectangle(x - 1.6, y - 1.6, 3.2, 3.2) + b"f\n")
    middle = wide / 2
    parts.append(stroke(line, 0.5) + rule(middle - 110, divider_y, middle - 8, divider_y))
    parts.append(rule(middle + 8, divider_y, middle + 110, divider_y) + fill(accent))
    parts.append(polygon([(middle - 4, divider_y), (middle, divider_y + 4), (middle + 4, divider_y),
                          (middle, divider_y - 4)]) + b"f\n")  # fmt: skip
    return b"".join(parts)


Drawing = Callable[[Size, Colour, Colour, float], bytes]
DRAWN: dict[str, tuple[Drawing, Callable[[Colour], Tile] | None]] = {
    "science": (science, science_tile),
    "modern": (modern, None),
    "ink": (ink, ink_tile),
}
CLASSIC = "classic"
DESIGNS = (CLASSIC, *DRAWN)


@lru_cache(maxsize=16)
def drawn(work: str, size: Size, line: Colour, accent: Colour, divider_y: float) -> bytes:
    return DRAWN[work][0](size, line, accent, divider_y)


def write_backdrop(pdf: PdfFile, work: str, size: Size, line: Colour, accent: Colour, divider_y: float) -> Ref:
    """All line work of a page as a form. Curves are computed once a process.

    work   of DESIGNS; "" for a form with nothing in it
    """
    if work == CLASSIC:
        return ornament.write_backdrop(pdf, size, line, accent, divider_y)
    if not work:
        return pdf.form(b"", (0, 0, *size), {})
    make = DRAWN[work][1]
    own = {}
    if make:
        tile = make(line)
        own["W"] = pdf.form(tile.content, (-1, -tile.half - 4, tile.wide + 1, tile.half + 4), {}, shared=True)
    return pdf.form(drawn(work, size, line, accent, divider_y), (0, 0, *size), own, shared=True)
