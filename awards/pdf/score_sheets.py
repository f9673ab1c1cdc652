"""Score sheets on paper: what a judge fills in by hand where there is no network. No school, no author.

Two sheets on a page of A4, to be cut in the middle; a page each where the criteria are too many for that.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from awards.pdf.certificate_layout import DoesNotFit
from awards.pdf.document import PdfFile
from awards.pdf.embedding import embed_fonts
from awards.pdf.fonts import FontBook, GlyphMissing, missing_from, prepared, width
from awards.pdf.ink import GREY, INK, Line, Pen, at_most, centred, fill, rule, stroke
from awards.pdf.qr import QrImages
from awards.pdf.table_layout import lines_of

WIDE, HIGH = 595.28, 841.89
SIDE, EDGE = 42.0, 24.0  # margins of a block: left and right; top and bottom
TEXT, LABEL, NUMBER, HEADING = 9.6, 8.2, 15.0, 12.5
ROW_PAD, LEADING = 8.5, 12.4
HAND_ROW = 20.0  # the least height of a row to write in
COMMENT_ROW = 21.0
SIGNATURE = 30.0
CODE_SIDE = 50.0  # of the square code, at the upper right
PAGE_LEVEL = 1


@dataclass(frozen=True)
class ScoreSheetLabels:
    """The words printed on a sheet, in the languages the contest wants."""

    heading: str = "评分表 Score sheet"
    round: str = "轮次 Round"
    judge: str = "评委 Judge"
    entry_number: str = "作品编号 Entry No."
    entry_title: str = "作品名称 Title"
    track: str = "类别 Track"
    criterion: str = "评分项目 Criterion"
    points: str = "分值 Points"
    mark: str = "得分 Mark"
    total: str = "总分 Total"
    comments: str = "评语 Comments"
    signature: str = "评委签名 Signature"
    date: str = "日期 Date"


@dataclass(frozen=True)
class ScoreSheet:
    """One judge's sheet for one entry.

    criteria   name and range of points, such as ("创新性", "0–50")
    code       what the square code says, by which the office finds the sheet again; "" for none
    """

    contest: str
    round: str
    judge: str
    entry_number: str
    entry_title: str
    track: str
    criteria: tuple[tuple[str, str], ...]
    labels: ScoreSheetLabels = ScoreSheetLabels()
    code: str = ""


def _texts(sheet: ScoreSheet) -> list[str]:
    own = [sheet.contest, sheet.round, sheet.judge, sheet.entry_number, sheet.entry_title, sheet.track]
    return [*own, *(text for pair in sheet.criteria for text in pair), *vars(sheet.labels).values()]


class _Block:
    """One sheet laid out from `top` down to `bottom`; `fits` is False where it needs more room."""

    def __init__(self, sheet: ScoreSheet, top: float, bottom: float) -> None:
        self.sheet, self.labels = sheet, sheet.labels
        self.lines: list[Line] = []
        self.grey: list[Line] = []
        self.rules: list[bytes] = []
        self.left, self.right, self.top = SIDE, WIDE - SIDE, top
        self.beside_code = self.right - (CODE_SIDE + 8 if sheet.code else 0)
        self.points_x, self.mark_x = self.right - 190, self.right - 105
        self.y = top
        self._head()
        self._facts()
        self._table()
        self._comments(bottom + SIGNATURE)
        self._signature(bottom)
        self.fits = self.y >= bottom + SIGNATURE

    def _head(self) -> None:
        room = self.right - self.left - 2 * (self.right - self.beside_code)
        size = at_most(prepared(self.sheet.contest), HEADING, room)
        self.y -= HEADING
        middle = WIDE / 2
        self.lines.append(centred(prepared(self.sheet.contest), middle, self.y, size, weight=size * 0.016))
        self.y -= 15
        self.grey.append(centred(prepared(self.labels.heading), middle, self.y, TEXT, face="sans"))
        self.y -= 8

    def _fact(self, label: str, value: str, x: float, room: float, size: float = TEXT) -> int:
        """A label and its value under it; the count of the value's lines."""
        self.grey.append(Line(prepared(label), x, self.y - LABEL, LABEL, face="sans"))
        lines = lines_of(prepared(value), room, size, "serif")
        for row, text in enumerate(lines):
            self.lines.append(Line(text, x, self.y - LABEL - size * 1.25 - row * LEADING, size))
        return len(lines)

    def _facts(self) -> None:
        sheet, labels, wide = self.sheet, self.labels, self.beside_code - self.left
        columns = [self.left, self.left + wide * 0.34, self.left + wide * 0.6, self.left + wide * 0.8]
        pairs = [(labels.entry_number, sheet.entry_number), (labels.track, sheet.track)]
        pairs += [(labels.round, sheet.round), (labels.judge, sheet.judge)]
        most = 1
        for row, (label, value) in enumerate(pairs):
            end = columns[row + 1] if row + 1 < len(columns) else self.beside_code
            room = end - columns[row] - 8
            if row == 0:
                size = at_most(prepared(value), NUMBER, room)
                self._fact(label, value, columns[row], room + 1, size)
            else:
                most = max(most, self._fact(label, value, columns[row], room))
        self.y -= LABEL + max(NUMBER * 1.25, TEXT * 1.25 + (most - 1) * LEADING) + 10
        count = self._fact(labels.entry_title, sheet.entry_title, self.left, wide)
        self.y -= LABEL + TEXT * 1.25 + (max(count, 1) - 1) * LEADING + 8

    def _table(self) -> None:
        labels, top = self.labels, self.y
        self._row([prepared(labels.criterion)], labels.points, labels.mark, "sans", 17.0)
        self.rules.append(stroke(INK, 0.9) + rule(self.left, top, self.right, top))
        for name, points in self.sheet.criteria:
            room = self.points_x - self.left - 12
            self._row(lines_of(prepared(name), room, TEXT, "serif"), points, "", "serif", HAND_ROW)
        if labels.total:
            self._row([prepared(labels.total)], "", "", "sans", HAND_ROW + 3)
        self.rules.append(stroke(INK, 0.9) + rule(self.left, self.y, self.right, self.y))
        for x in (self.points_x, self.mark_x):
            self.rules.append(stroke(GREY, 0.4) + rule(x, top, x, self.y))

    def _row(self, lines: Sequence[str], points: str, mark: str, face: str, least: float) -> None:
        height = max(least, len(lines) * LEADING + ROW_PAD)
        first = self.y - height / 2 + (len(lines) - 1) * LEADING / 2 - TEXT * 0.36
        for row, text in enumerate(lines):
            self.lines.append(Line(text, self.left + 6, first - row * LEADING, TEXT, face=face))
        middles = (self.points_x + self.mark_x) / 2, (self.mark_x + self.right) / 2
        for text, middle in zip((points, mark), middles, strict=True):
            y = self.y - height / 2 - TEXT * 0.36
            self.lines.append(centred(prepared(text), middle, y, TEXT, face=face))
        self.y -= height
        self.rules.append(stroke(GREY, 0.4) + rule(self.left, self.y, self.right, self.y))

    def _comments(self, bottom: float) -> None:
        """Lines to write on, as many as there is room for, at least one; none where they have no label."""
        if not self.labels.comments:
            return
        self.y -= 13
        label = prepared(self.labels.comments)
        self.grey.append(Line(label, self.left, self.y, LABEL, face="sans"))
        start = self.left + width(label, "sans") * LABEL / 1000 + 8
        self.rules.append(stroke(GREY, 0.4) + rule(start, self.y - 2, self.right, self.y - 2))
        y = self.y - 2
        while y - COMMENT_ROW >= bottom + 6:
            y -= COMMENT_ROW
            self.rules.append(rule(self.left, y, self.right, y))

    def _signature(self, bottom: float) -> None:
        """Nothing where it has no label: a ballot is not signed."""
        if not self.labels.signature:
            return
        y, x = bottom + 8, self.left
        for label, end in ((self.labels.signature, self.left + 290), (self.labels.date, self.right)):
            text = prepared(label)
            self.grey.append(Line(text, x, y, LABEL, face="sans"))
            start = x + width(text, "sans") * LABEL / 1000 + 8
            self.rules.append(stroke(INK, 0.5) + rule(start, y - 2, end, y - 2))
            x = end + 18

    def content(self, pen: Pen, codes: QrImages) -> bytes:
        """The block as content bytes. codes: those of this place on the page"""
        rules = b"".join(self.rules)
        symbol = fill(INK) + codes.image(self.sheet.code) if self.sheet.code else b""
        return fill(INK) + pen.write(self.lines) + fill(GREY) + pen.write(self.grey) + rules + symbol


def _check(sheets: Sequence[ScoreSheet]) -> None:
    if not missing_from(text for sheet in sheets for text in _texts(sheet)):
        return
    for sheet in sheets:
        if missing := missing_from(_texts(sheet)):
            raise GlyphMissing(missing, sheet.entry_number)


def _blocks(sheets: Sequence[ScoreSheet]) -> list[list[_Block]]:
    """The blocks of each page: two where every sheet fits into a half, else one."""
    half = HIGH / 2
    halves = [
        _Block(sheet, HIGH - EDGE if row % 2 == 0 else half - EDGE, half + EDGE if row % 2 == 0 else EDGE)
        for row, sheet in enumerate(sheets)
    ]
    if all(block.fits for block in halves):
        rest = iter(halves)
        return [pair for _ in range(0, len(halves), 2) if (pair := list(islice(rest, 2)))]
    whole = [_Block(sheet, HIGH - EDGE * 2, EDGE * 2) for sheet in sheets]
    for block in whole:
        if not block.fits:
            raise DoesNotFit(block.sheet.entry_number, "the list of criteria")
    return [[block] for block in whole]


def score_sheets_pdf(sheets: Sequence[ScoreSheet], *, at: datetime, title: str, author: str) -> bytes:
    """All sheets in the given order, to print and fill in by hand. Equal data give equal bytes.

    at       the file's date, with a time zone
    raises   GlyphMissing (where: the entry's number), DoesNotFit (number: the entry's), ValueError without
             sheets
    """
    if not sheets:
        raise ValueError("no score sheets to print")
    _check(sheets)
    pages = _blocks(sheets)
    texts: dict[str, set[str]] = {"serif": set(), "sans": set()}
    for page in pages:
        for block in page:
            for line in (*block.lines, *block.grey):
                texts[line.face].add(line.text)
    book = FontBook({name: sorted(found) for name, found in texts.items()})
    pen, pdf = Pen(book), PdfFile()
    tops = {block.top for page in pages for block in page}
    every, x = [sheet.code for sheet in sheets], WIDE - SIDE - CODE_SIDE
    codes = {top: QrImages(every, x, top - CODE_SIDE, CODE_SIDE) for top in tops}
    cut = b"q [3 3] 0 d " + stroke(GREY, 0.4) + rule(0, HIGH / 2, WIDE, HIGH / 2) + b"Q\n"
    for page in pages:
        parts = [block.content(pen, codes[block.top]) for block in page]
        pdf.page(b"".join([*parts, cut] if len(page) == 2 else parts), level=PAGE_LEVEL)
    embed_fonts(pdf, book)
    return pdf.finish(size=(WIDE, HIGH), title=title, author=author, at=at)
