"""A letter on the office's paper: title, whom it goes to, paragraphs, who signs it and when."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from awards.pdf.document import PdfFile
from awards.pdf.embedding import embed_fonts
from awards.pdf.fonts import FontBook, GlyphMissing, missing_from, prepared
from awards.pdf.ink import GREY, INK, Line, Pen, centred, fill, line_width
from awards.pdf.table_layout import lines_of

WIDE, HIGH = 595.28, 841.89
SIDE, TOP, BOTTOM = 79.0, 96.0, 72.0
TITLE, BODY, FOOT = 20.0, 13.0, 8.0
LEADING, BETWEEN = 1.75, 4.0
INDENT = "　　"  # the first line of a paragraph stands two characters in
WEIGHT = 0.016
PAGE_LEVEL = 1


@dataclass(frozen=True)
class Letter:
    """`closing`: set to the right, below the paragraphs and together: who writes, the date."""

    title: str
    salutation: str
    paragraphs: tuple[str, ...]
    closing: tuple[str, ...]
    foot: str = ""


def letter_pdf(letter: Letter, *, at: datetime, author: str) -> bytes:
    """The letter as PDF, over as many pages as it takes. Equal data give equal bytes.

    at       the file's date, with a time zone
    raises   GlyphMissing (where: the title)
    """
    texts = [letter.title, letter.salutation, *letter.paragraphs, *letter.closing, letter.foot]
    if missing := missing_from(texts):
        raise GlyphMissing(missing, letter.title)
    pages = pages_of(letter)
    book = FontBook({"serif": [line.text for page in pages for line in page], "sans": [prepared(letter.foot)]})
    pen, pdf = Pen(book), PdfFile()
    foot = [centred(prepared(letter.foot), WIDE / 2, BOTTOM / 2, FOOT, face="sans")] if letter.foot else []
    for page in pages:
        pdf.page(fill(INK) + pen.write(page) + fill(GREY) + pen.write(foot), level=PAGE_LEVEL)
    embed_fonts(pdf, book)
    return pdf.finish(size=(WIDE, HIGH), title=letter.title, author=author, at=at)


def pages_of(letter: Letter) -> list[list[Line]]:
    """Lines by page; the closing is not torn apart."""
    measure = WIDE - 2 * SIDE
    front, y = titled(letter.title, measure)
    pages = [front]
    for text, gap in typeset(letter, measure):
        y -= BODY * LEADING + gap
        if y < BOTTOM:
            pages.append([])
            y = HIGH - TOP
        pages[-1].append(Line(text, SIDE, y, BODY))
    closing = [prepared(text) for text in letter.closing]
    y -= 2 * BODY
    if y - len(closing) * BODY * LEADING < BOTTOM:
        pages.append([])
        y = HIGH - TOP
    for text in closing:
        y -= BODY * LEADING
        pages[-1].append(at_right(text, y))
    return pages


def titled(title: str, measure: float) -> tuple[list[Line], float]:
    y, made = HIGH - TOP, []
    for text in lines_of(prepared(title), measure, TITLE, "serif"):
        made.append(centred(text, WIDE / 2, y, TITLE, weight=TITLE * WEIGHT))
        y -= TITLE * 1.4
    return made, y


def typeset(letter: Letter, measure: float) -> Iterator[tuple[str, float]]:
    """(line, extra space above it)."""
    if letter.salutation:
        for text in lines_of(prepared(letter.salutation), measure, BODY, "serif"):
            yield text, 0
    for paragraph in letter.paragraphs:
        for part in filter(None, paragraph.splitlines()):
            for row, text in enumerate(lines_of(prepared(INDENT + part.strip()), measure, BODY, "serif")):
                yield text, BETWEEN if row == 0 else 0


def at_right(text: str, y: float) -> Line:
    line = Line(text, 0, y, BODY)
    return line._replace(x=WIDE - SIDE - line_width(line))
