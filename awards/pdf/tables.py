"""Award lists and other tables as PDF: a repeated header in two languages, groups, wrapped cells."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from awards.pdf.document import PdfFile, number
from awards.pdf.embedding import embed_fonts
from awards.pdf.fonts import FontBook, GlyphMissing, missing_from, prepared
from awards.pdf.ink import GREY, INK, Colour, Line, Pen, centred, fill, font_operator, stroke
from awards.pdf.qr import QrImages
from awards.pdf.table_layout import (
    BODY,
    BOTTOM,
    HEAD,
    HEAD_EN,
    HEADING,
    SIDE,
    TOP,
    Column,
    Grid,
    Group,
    Placed,
    TablePage,
    blocks_of,
    lines_of,
    onto_pages,
)

__all__ = ["Column", "Group", "TablePaper", "table_pdf"]

A4 = (595.28, 841.89)
TITLE, SUBTITLE, CLOSING, FOOT, ANNEX = 17.0, 10.5, 10.5, 7.6, 12.0
HAIR: Colour = (0.8, 0.79, 0.77)
WEIGHT = 0.016  # of the size: outline that makes a title or heading bolder
PAGE_LEVEL = 1
QR_SIDE, QR_LOW = 51.0, 20.0  # 18 mm, in the lower right corner, where printers still print


@dataclass(frozen=True)
class TablePaper:
    """A table and what stands around it.

    foot       small text on every page
    page_text  with {page} and {pages}
    closing    paragraphs after the table, such as the place for stamp and date; kept together
    qr         payload of a QR symbol on every page; "" for none
    least_row  points: rows are no lower, where people sign in them
    annex      stands above the title on the left, such as 附件1
    scale      of all that stands on the page, above 1 where it is read from afar
    """

    title: str
    subtitle: str
    columns: tuple[Column, ...]
    groups: tuple[Group, ...]
    foot: str = ""
    page_text: str = "第 {page} 页 共 {pages} 页"
    landscape: bool = False
    closing: tuple[str, ...] = ()
    qr: str = ""
    least_row: float = 0
    annex: str = ""
    scale: float = 1


def _check(paper: TablePaper) -> None:
    """All characters at once; only where one is missing, piece by piece for its place."""
    around = [paper.title, paper.annex, paper.subtitle, paper.foot, paper.page_text, *paper.closing]
    around += [text for column in paper.columns for text in (column.title, column.title_en)]
    around += [group.heading for group in paper.groups]
    if missing := missing_from(around):
        raise GlyphMissing(missing, paper.title)
    rows = [cells for group in paper.groups for cells in group.rows]
    if missing_from("\n".join(cells) for cells in rows):
        for place, cells in enumerate(rows, start=1):
            if missing := missing_from(cells):
                raise GlyphMissing(missing, f"{paper.title}, row {place}")


class _Writer:
    """The pages of one paper as content bytes."""

    def __init__(self, paper: TablePaper) -> None:
        self.paper = paper
        self.size = (A4[1], A4[0]) if paper.landscape else A4
        self.wide, self.high = (side / paper.scale for side in self.size)
        self.measure = self.wide - 2 * SIDE
        self.bottom = QR_LOW + QR_SIDE + 6 if paper.qr else BOTTOM
        self.grid = Grid(paper.columns, self.measure, least_row=paper.least_row)
        self.head_height, self.titles, self.seconds = self.grid.header()
        self.front, below = self._front()
        blocks = list(blocks_of(self.grid, paper.groups))
        self.first_top = below
        self.pages = onto_pages(
            blocks, below - self.head_height, self.high - TOP - self.head_height, self.bottom, paper.title
        )
        self.closing = self._closing()
        self.book = FontBook({"serif": self._serif_texts(), "sans": self._sans_texts()})
        self.pen = Pen(self.book)
        symbols = QrImages([paper.qr], self.wide - SIDE - QR_SIDE, QR_LOW, QR_SIDE)
        self.symbol = symbols.image(paper.qr)
        self._shown: dict[str, bytes] = {}

    @property
    def scaled(self) -> bytes:
        scale = number(self.paper.scale)
        return b"" if scale == "1" else f"{scale} 0 0 {scale} 0 0 cm\n".encode()

    def _front(self) -> tuple[list[Line], float]:
        """Title and subtitle on the first page, and the y below them."""
        y, middle, made = self.high - TOP, self.wide / 2, []
        for text in lines_of(prepared(self.paper.annex), self.measure, ANNEX, "sans"):
            y -= ANNEX
            made.append(Line(text, SIDE, y, ANNEX, face="sans"))
            y -= ANNEX
        for text in lines_of(prepared(self.paper.title), self.measure, TITLE, "serif"):
            y -= TITLE * 1.15
            made.append(centred(text, middle, y, TITLE, weight=TITLE * WEIGHT))
            y -= TITLE * 0.3
        for text in lines_of(prepared(self.paper.subtitle), self.measure, SUBTITLE, "serif"):
            y -= SUBTITLE * 1.3
            made.append(centred(text, middle, y, SUBTITLE))
            y -= SUBTITLE * 0.2
        return made, y - 14 if made else y

    def _closing(self) -> list[tuple[int, Line]]:
        """Paragraphs after the table with the row of their page; a new page where they do not fit."""
        parts = [lines_of(prepared(text), self.measure, CLOSING, "serif") for text in self.paper.closing]
        height = sum(len(lines) * CLOSING * 1.6 + 5 for lines in parts) + 14
        y = self.pages[-1].used
        if parts and y - height < self.bottom:
            self.pages.append(TablePage(used=self.high - TOP))
            y = self.high - TOP
        y -= 14
        made = []
        for lines in parts:
            for text in lines:
                y -= CLOSING * 1.6
                made.append((len(self.pages) - 1, Line(text, SIDE, y, CLOSING)))
            y -= 5
        return made

    def _serif_texts(self) -> Iterator[str]:
        for page in self.pages:
            for _, block in page.blocks:
                for _, _, text in block.cells:
                    yield text
        yield from (line.text for line in self.front if line.face == "serif")
        yield from (line.text for _, line in self.closing)

    def _sans_texts(self) -> list[str]:
        placed = [text for _, _, text in (*self.titles, *self.seconds)]
        return [
            *placed,
            prepared(self.paper.annex),
            prepared(self.paper.foot),
            prepared(self.paper.page_text),
            "0123456789",
        ]

    def _show(self, text: str) -> bytes:
        """Operators that show a cell's line in the current font, and leave that font current."""
        shown = self._shown.get(text)
        if shown is None:
            runs = self.book.runs(text, "serif")
            if len(runs) == 1 and runs[0][0] == "serif":
                shown = b"Tm(%b)Tj\n" % runs[0][1]
            else:
                switched = self.pen.shown(Line(text, 0, 0, BODY))
                shown = b"Tm\n%b%b\n" % (switched, font_operator("serif", BODY))
            self._shown[text] = shown
        return shown

    def content(self, row: int) -> bytes:
        """Content of the page `row`."""
        page = self.pages[row]
        parts = [self.scaled, fill(INK), stroke(INK, 0.3), self.symbol]
        if row == 0:
            parts.append(self.pen.write(self.front))
        if page.blocks or row == 0:
            top = self.first_top if row == 0 else self.high - TOP
            parts += [self._header(top), self._rows(page), self._rules(page, top)]
        parts.append(self.pen.write([line for at, line in self.closing if at == row]))
        parts.append(self._foot(row))
        return b"".join(parts)

    def _header(self, top: float) -> bytes:
        def lines(placed: Sequence[Placed], size: float, weight: float) -> list[Line]:
            return [Line(text, x, top - y, size, face="sans", weight=weight) for x, y, text in placed]

        bold = self.pen.write(lines(self.titles, HEAD, HEAD * WEIGHT))
        return bold + fill(GREY) + self.pen.write(lines(self.seconds, HEAD_EN, 0)) + fill(INK)

    def _rows(self, page: TablePage) -> bytes:
        """Headings and rows in reading order, which is the order they copy out in."""
        font, show = font_operator("serif", BODY), self._show
        parts = [b"BT\n%b\n" % font]
        for top, block in page.blocks:
            size = HEADING[min(block.level, 3)] if block.level else BODY
            for x, y, text in block.cells:
                parts.append(b"1 0 0 1 %.2f %.2f " % (x, top - y))
                if block.level:
                    heading = self.pen.shown(Line(text, 0, 0, size))
                    parts.append(b"Tm 2 Tr %.2f w %b0 Tr %b\n" % (size * WEIGHT, heading, font))
                else:
                    parts.append(show(text))
        return b"".join(parts) + b"ET\n"

    def _rules(self, page: TablePage, top: float) -> bytes:
        """Strong rules around the table and under its header, hairlines between rows."""
        left, right = SIDE, SIDE + self.measure
        ends = [y - block.height for y, block in page.blocks if not block.level][:-1]
        hair = b"".join(b"%.2f %.2f m %.2f %.2f l\n" % (left, y, right, y) for y in ends)
        parts = [stroke(HAIR, 0.4), hair + b"S\n" if hair else b"", stroke(INK, 0.9)]
        for y in (top, top - self.head_height, page.used):
            parts.append(b"%.2f %.2f m %.2f %.2f l S\n" % (left, y, right, y))
        return b"".join(parts)

    def _foot(self, row: int) -> bytes:
        pages = len(self.pages)
        text = prepared(self.paper.page_text.replace("{page}", str(row + 1)).replace("{pages}", str(pages)))
        lines = [centred(text, self.wide / 2, 26, 8, face="sans")]
        for at, line in enumerate(lines_of(prepared(self.paper.foot), self.measure, FOOT, "sans")[:1]):
            lines.append(Line(line, SIDE, 38 - at * 10, FOOT, face="sans"))
        return fill(GREY) + self.pen.write(lines)


def table_pdf(paper: TablePaper, *, at: datetime, author: str) -> bytes:
    """The table as PDF. Equal data give equal bytes.

    at       the file's date, with a time zone
    raises   GlyphMissing (where: the title, with the row's number), DoesNotFit for a row higher than a page,
             ValueError for a row whose cells are not as many as the columns
    """
    _check(paper)
    writer, pdf = _Writer(paper), PdfFile()
    for row in range(len(writer.pages)):
        pdf.page(writer.content(row), level=PAGE_LEVEL)
    embed_fonts(pdf, writer.book)
    return pdf.finish(size=writer.size, title=paper.title, author=author, at=at)
