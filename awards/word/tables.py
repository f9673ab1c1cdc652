"""A list as a Word table: 附件 line, title, tables with a head that repeats, counts, issuers and date."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from awards.word.document import document_bytes, paragraph, text_width, title_paragraphs, words

LARGE, SMALL = 24, 21  # half points in the table: 小四 where there is room, else 五号
ROOM = 8.0  # weights of columns that an upright page has room for at the smaller size
LEAST = 0.55  # of a weight: no column is narrower
SIDES = ("top", "left", "bottom", "right", "insideH", "insideV")


@dataclass(frozen=True)
class WordColumn:
    title: str
    weight: float = 1.0
    is_centred: bool = False


@dataclass(frozen=True)
class WordGroup:
    """Of level 1: a heading of the document with a table of its own; deeper: a row across the table."""

    heading: str
    level: int
    rows: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True)
class WordPaper:
    """annex: such as 附件1; foot: paragraphs after the table; closing: issuers and date; notes: small print"""

    title: str
    columns: tuple[WordColumn, ...]
    groups: tuple[WordGroup, ...]
    annex: str = ""
    foot: tuple[str, ...] = ()
    closing: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def is_lying(self) -> bool:
        return sum(one.weight for one in self.columns) > ROOM


def table_docx(paper: WordPaper, *, at: datetime, author: str) -> bytes:
    """The list as .docx, to be edited in Word and WPS. Equal papers give equal bytes.

    raises   ValueError for a row whose cells are not as many as the columns
    """
    is_roomy = len(paper.columns) <= 5
    return document_bytes(
        blocks(paper),
        title=paper.title,
        author=author,
        at=at,
        is_lying=paper.is_lying,
        table_size=LARGE if is_roomy else SMALL,
    )


def blocks(paper: WordPaper) -> Iterator[str]:
    if paper.annex:
        yield paragraph("Annex", paper.annex)
        yield paragraph("Normal")
    yield from title_paragraphs(paper.title)
    yield paragraph("Normal")
    yield from tables(paper)
    if paper.foot:
        yield paragraph("Normal")
    yield from (paragraph("Text", one) for one in paper.foot)
    if paper.closing:
        yield paragraph("Normal")
    yield from (paragraph("Closing", one) for one in paper.closing)
    if paper.notes:
        yield paragraph("Note")
    yield from (paragraph("Note", one) for one in paper.notes)


def tables(paper: WordPaper) -> Iterator[str]:
    """A table ends where a heading of level 1 stands."""
    grid = Grid(paper.columns, text_width(is_lying=paper.is_lying))
    waiting: list[str] = []
    for group in paper.groups:
        if group.heading and group.level == 1:
            yield from grid.closed(waiting)
            waiting = []
            yield paragraph("Heading1", group.heading)
        elif group.heading:
            waiting.append(grid.across(group.heading, group.level))
        waiting += grid.rows(group.rows)
    yield from grid.closed(waiting)


class Grid:
    """Columns on the page, and what is the same in every row of them."""

    def __init__(self, columns: Sequence[WordColumn], measure: int):
        weights = [max(one.weight, LEAST) for one in columns]
        self.columns = columns
        self.widths = [round(measure * weight / sum(weights)) for weight in weights]
        self.before = [
            f'<w:tc><w:tcPr><w:tcW w:w="{wide}" w:type="dxa"/><w:vAlign w:val="center"/></w:tcPr><w:p><w:pPr>'
            f'<w:pStyle w:val="{"TC" if one.is_centred else "T"}"/></w:pPr><w:r><w:t xml:space="preserve">'
            for one, wide in zip(columns, self.widths, strict=True)
        ]

    def head(self) -> str:
        cells = "".join(
            f'<w:tc><w:tcPr><w:tcW w:w="{wide}" w:type="dxa"/><w:vAlign w:val="center"/></w:tcPr>'
            f"{paragraph('TH', one.title)}</w:tc>"
            for one, wide in zip(self.columns, self.widths, strict=True)
        )
        return f"<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{cells}</w:tr>"

    def rows(self, rows: Sequence[tuple[str, ...]]) -> Iterator[str]:
        """10,000 of them in a second: as text, since building them node by node takes ten times as long."""
        before, after = self.before, "</w:t></w:r></w:p></w:tc>"
        for cells in rows:
            if len(cells) != len(before):
                raise ValueError(f"a row has {len(cells)} cells, the table {len(before)} columns")
            inner = "".join(f"{start}{words(text)}{after}" for start, text in zip(before, cells, strict=True))
            yield f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{inner}</w:tr>"

    def across(self, text: str, level: int) -> str:
        indent = "　" * max(level - 2, 0)
        return (
            f'<w:tr><w:trPr><w:cantSplit/></w:trPr><w:tc><w:tcPr><w:tcW w:w="{sum(self.widths)}" w:type="dxa"/>'
            f'<w:gridSpan w:val="{len(self.columns)}"/><w:vAlign w:val="center"/></w:tcPr>'
            f"{paragraph('TG', indent + text)}</w:tc></w:tr>"
        )

    def closed(self, rows: Sequence[str]) -> Iterator[str]:
        """The table of these rows; none without any."""
        if not rows:
            return
        borders = "".join(f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>' for side in SIDES)
        grid = "".join(f'<w:gridCol w:w="{wide}"/>' for wide in self.widths)
        yield (
            f'<w:tbl><w:tblPr><w:tblW w:w="{sum(self.widths)}" w:type="dxa"/><w:jc w:val="center"/>'
            f'<w:tblBorders>{borders}</w:tblBorders><w:tblLayout w:type="fixed"/></w:tblPr>'
            f"<w:tblGrid>{grid}</w:tblGrid>{self.head()}{''.join(rows)}</w:tbl>"
        )
