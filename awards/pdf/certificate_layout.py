"""Where everything stands on a certificate: sizes, lines, and what to do when the text is long."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from awards.pdf.fonts import width
from awards.pdf.ink import Line
from awards.pdf.linebreak import break_lines, measured_lines

_CHINESE = re.compile("[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_AFTER_NAME = re.compile("(?<=[、，；：,;:])")
NAME_WEIGHT = 0.02  # of the size
MOST_TRACKING = 0.09  # of an em: a line is stretched to the margin by no more
SECOND = 0.72  # of the size of the body: the same in a second language
LAST_LINE = 3.1  # ems: a shorter last line of a paragraph is avoided where a slightly smaller size does it


class DoesNotFit(ValueError):
    """A text is too long for the paper at the smallest size. number: of the certificate."""

    def __init__(self, number: str, what: str) -> None:
        self.number = number
        super().__init__(f"{number}: {what} does not fit on the page")


@dataclass(frozen=True)
class Sheet:
    """The measures of a paper, points."""

    wide: float
    high: float
    side: float  # margin left and right of the text
    title_y: float  # baseline
    title_size: float
    top: float  # where the names and the text may begin
    body_sizes: tuple[float, ...]
    name_size: float
    foot_y: float
    low_y: float  # baseline of the date and of the number

    @property
    def measure(self) -> float:
        """Length of a line."""
        return self.wide - 2 * self.side


LANDSCAPE = Sheet(841.89, 595.28, 112, 456, 50, 403, (19, 18, 17, 16, 15, 14, 13, 12, 11, 10, 9), 25, 64, 94)
PORTRAIT = Sheet(595.28, 841.89, 86, 672, 48, 606, (19, 18, 17, 16, 15, 14, 13, 12, 11, 10, 9), 24, 68, 118)
SHEETS = {"A4 landscape": LANDSCAPE, "A4 portrait": PORTRAIT}
POINTS = 72 / 25.4  # of a millimetre
_MILLIMETRES = re.compile(r"(\d{2,3})x(\d{2,3}) mm")
SMALLEST_BODY, LARGEST = 9, 1.25  # size of the body; times A4's sizes on larger paper
SMALLEST_NAME = 7.5


def sheet_of(paper: str) -> Sheet | None:
    """The measures of one of SHEETS, or of a paper such as "285x210 mm": A4's, drawn larger or smaller."""
    if found := _MILLIMETRES.fullmatch(paper):
        return _scaled(int(found[1]) * POINTS, int(found[2]) * POINTS)
    return SHEETS.get(paper)


def _scaled(wide: float, high: float) -> Sheet:
    like = LANDSCAPE if wide >= high else PORTRAIT
    x, y = wide / like.wide, high / like.high
    size = min(x, y, LARGEST)
    bodies = tuple(range(max(round(like.body_sizes[0] * size), SMALLEST_BODY), SMALLEST_BODY - 1, -1))
    return Sheet(
        wide, high, like.side * x, like.title_y * y, like.title_size * size, like.top * y, bodies,
        like.name_size * size, like.foot_y * y, like.low_y * y,
    )  # fmt: skip


class Wording(NamedTuple):
    """The text of one page, typeset and ready to measure."""

    number: str
    names: tuple[str, ...]
    honorific: str
    paragraphs: tuple[str, ...]
    closing: str
    tutors: str
    second: str = ""


def is_chinese(text: str) -> bool:
    """Whether the text has Chinese characters: it then is indented by two ems and set wider."""
    return _CHINESE.search(text) is not None


def name_atoms(names: Sequence[str], honorific: str) -> list[str]:
    """What must stay in one piece: each name with its separator, the last with the honorific."""
    separator = "、" if any(map(is_chinese, names)) else ", "
    return [name + separator for name in names[:-1]] + ([names[-1] + honorific] if names else [])


def fill_lines(atoms: Sequence[str], measure: float, face: str = "serif") -> list[str] | None:
    """The atoms in lines; None where one alone is wider than the line. measure: thousandths of an em."""
    lines: list[str] = []
    for atom in atoms:
        if width(atom.rstrip(), face) > measure:
            return None
        if lines and width(lines[-1] + atom.rstrip(), face) <= measure:
            lines[-1] += atom
        else:
            lines.append(atom)
    return lines


def _name_lines(words: Wording, sheet: Sheet, size: float) -> list[str] | None:
    atoms = name_atoms(words.names, words.honorific)
    return fill_lines(atoms, sheet.measure / size * 1000)


def name_block(words: Wording, sheet: Sheet, room: float) -> tuple[float, list[str]]:
    """Size and lines of the names: as large as two lines allow, else as large as `room` points allow."""
    size = sheet.name_size
    fallback: tuple[float, list[str]] | None = None
    while size >= SMALLEST_NAME:
        lines = _name_lines(words, sheet, size)
        if lines is not None:
            if len(lines) <= 2:
                return size, lines
            if fallback is None and len(lines) * size * 1.45 <= room:
                fallback = size, lines
        if fallback and size <= 14:
            return fallback
        size -= 0.5
    if fallback is None:
        raise DoesNotFit(words.number, "a name")
    return fallback


Row = tuple[str, float, float, float, float]  # text, x, y, size, tracking, as of a line


def _set(texts: Sequence[str], sheet: Sheet, size: float) -> tuple[list[Row], bool]:
    """Paragraphs as rows from y = 0 downwards, one leading before each; whether one ends in a scrap."""
    made: list[Row] = []
    y, scrap, em = 0.0, False, size / 1000
    measure = sheet.measure
    full = measure / em
    for text in texts:
        chinese = is_chinese(text)
        indent = 2 * size if chinese else 0.0
        lines = measured_lines(text, full, indent / em)
        if made and not chinese:
            y -= size * 0.4  # what the indent is to Chinese paragraphs
        last = len(lines) - 1
        leading, shift = size * (1.78 if chinese else 1.5), indent
        for row, (line, wide) in enumerate(lines):
            y -= leading
            shown = line.rstrip(" ")
            tracking = 0.0
            if chinese and row < last and len(shown) == len(line) > 1:
                tracking = (measure - shift - wide * em) / (len(shown) - 1)
                tracking = tracking if tracking <= MOST_TRACKING * size else 0.0
            made.append((shown, sheet.side + shift, y, size, tracking))
            shift = 0.0
        scrap = scrap or (last > 0 and lines[-1][1] < LAST_LINE * 1000)
    return made, scrap


def _tutor_lines(words: Wording, sheet: Sheet, size: float) -> list[str]:
    """A tutor's name does not break either."""
    measure = (sheet.measure - 2 * size) / size * 1000
    lines = fill_lines(_AFTER_NAME.split(words.tutors), measure)
    return break_lines(words.tutors, measure) if lines is None else lines


def text_block(words: Wording, sheet: Sheet, size: float) -> tuple[list[Row], bool]:
    """All of the text at a size of the body, from y = 0 downwards; whether a line is a scrap."""
    texts = [*words.paragraphs, words.closing] if words.closing else words.paragraphs
    made, scrap = _set(texts, sheet, size)
    if words.tutors:
        small = max(size * 0.84, 9)
        y = made[-1][2] - size * 0.35 if made else 0
        indent = 2 * size if is_chinese(words.tutors) else 0
        for line in _tutor_lines(words, sheet, small):
            y -= small * 1.75
            made.append((line.rstrip(" "), sheet.side + indent, y, small, 0.0))
    if words.second:
        y = made[-1][2] - size * 0.7 if made else 0
        made += _second_lines(words.second, sheet, max(size * SECOND, 9), y)
    return made, scrap


def _second_lines(text: str, sheet: Sheet, size: float, y: float) -> Iterator[Row]:
    """Downwards from y; it yields to the text that it repeats."""
    for line in break_lines(text, sheet.measure / size * 1000):
        y -= size * 1.5
        yield line.rstrip(" "), sheet.side, y, size, 0.0


def page_lines(words: Wording, sheet: Sheet, bottom: float) -> list[Line]:
    """Names and text, placed between the sheet's top and `bottom` (points above the paper's edge).

    raises   DoesNotFit where the smallest size is too large
    """
    room = sheet.top - bottom
    name_size, names = name_block(words, sheet, room * 0.5) if words.names else (0.0, [])
    head = len(names) * name_size * 1.45 + name_size * 0.1
    chosen = _best_size(words, sheet, room - head)
    if chosen is None:
        raise DoesNotFit(words.number, "the text")
    spare = room - head + chosen[-1][2] if chosen else 0
    y = sheet.top - min(spare * 0.3, sheet.high * 0.05)
    made: list[Line] = []
    for line in names:
        made.append(Line(line.rstrip(" "), sheet.side, y - name_size, name_size, weight=name_size * NAME_WEIGHT))
        y -= name_size * 1.45
    y -= name_size * 0.1
    made += [Line(text, x, at + y, size, "serif", tracking) for text, x, at, size, tracking in chosen]
    return made


def _best_size(words: Wording, sheet: Sheet, room: float) -> list[Row] | None:
    """The block at the largest size that fits; up to two points less where that mends a scrap of a line."""
    best: list[Row] | None = None
    best_size = 0.0
    for size in sheet.body_sizes:
        rows, scrap = text_block(words, sheet, size)
        if rows and -rows[-1][2] > room:
            continue
        if best is None:
            best, best_size = rows, size
        if not scrap:
            return rows
        if size <= best_size - 2:
            break
    return best
