"""Breaking paragraphs into lines: Chinese between characters, Latin between words (kinsoku, 避头尾)."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from itertools import accumulate

from awards.pdf.fonts import ADVANCES, DASH, EM, EVEN, STANDS_FOR

_NARROW = {STANDS_FOR[form]: form for form in STANDS_FOR if form != DASH}
# Never first in a line, and never last.
NO_START = frozenset(
    "，。、；：？！）》〉」』】〕〗〙｝］”’…·・％‰℃°!%),.:;?]}»›～ー–—々〻‐"
    + DASH
    + "".join(_NARROW[mark] for mark in "”’…")
)
NO_END = frozenset("（《〈「『【〔〖〘｛［“‘([{«‹￥＄#§№$" + _NARROW["“"] + _NARROW["‘"])
# A Latin word: no break inside, but after a hyphen or a slash.
_WORD = re.compile("[A-Za-z0-9\u00c0-\u024f\u0370-\u052f\u1e00-\u1eff'_@&+.,:%\u2019" + _NARROW["’"] + "-]")
_AFTER = frozenset("-/‐–")


def may_break(before: str, after: str) -> bool:
    """Whether a line may end with `before` and the next begin with `after`."""
    if after == " ":
        return False  # spaces hang at the end of their line
    if after in NO_START or before in NO_END:
        return False
    if before == " ":
        return True
    if before in _AFTER:
        return not after.isdigit()
    return not (_WORD.match(before) and _WORD.match(after))


def break_lines(text: str, width: float, indent: float = 0, face: str = "serif") -> list[str]:
    """Lines of one paragraph; joined they are the text, and each, without its last spaces, fits.

    width    of a line, thousandths of an em; one character too wide for it stands alone
    indent   of the first line, thousandths of an em
    """
    return [line for line, _ in measured_lines(text, width, indent, face)]


def measured_lines(text: str, width: float, indent: float = 0, face: str = "serif") -> list[tuple[str, int]]:
    """The same, each line with its width and its last spaces in it."""
    if EVEN.fullmatch(text):
        return list(_even_lines(text, width, indent))
    sums = [0, *accumulate(map(ADVANCES[face].__getitem__, text))]
    lines, start, room, size = [], 0, width - indent, len(text)
    while start < size:
        end = bisect_right(sums, sums[start] + room) - 1
        if end < size:
            end = _break_before(text, start, end)
        lines.append((text[start:end], sums[end] - sums[start]))
        start, room = end, width
    return lines


def _even_lines(text: str, width: float, indent: float) -> Iterator[tuple[str, int]]:
    """The same where every character is an em wide."""
    start, room, size = 0, width - indent, len(text)
    while start < size:
        end = min(start + int(room // EM), size)
        if end < size:
            end = _break_before(text, start, end)
        yield text[start:end], (end - start) * EM
        start, room = end, width


def _break_before(text: str, start: int, end: int) -> int:
    """The last place after `start` and up to `end` where the line may break; by force where there is none."""
    hanging = end
    while hanging < len(text) and text[hanging] == " ":
        hanging += 1
    if hanging == len(text):
        return hanging
    if hanging > end:
        end = hanging
    for place in range(end, start, -1):
        if may_break(text[place - 1], text[place]):
            return place
    return max(end, start + 1)
