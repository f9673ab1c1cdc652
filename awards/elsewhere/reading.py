"""The bytes of a list as rows, by the columns that the office has named; every sheet that has them."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from awards.core.result_columns import WORDS, Columns
from competition.core.broken_cells import broken_cells
from competition.core.columns import Column, SheetSpec, plain_heading
from competition.core.reading import (
    HEADING_ROWS,
    Problem,
    Row,
    Table,
    cells_of,
    frames_of,
    read_table,
    safe_text,
    with_errors,
)

SAMPLES = 3
LONGEST = {"authors": 2000, "tutors": 2000, "prize": 200, "track": 200}
PLAIN = {plain_heading(word) for words in WORDS.values() for word in words}
Cells = list[list[Any]]


@dataclass(frozen=True)
class Reading:
    """The tables in the order of the workbook, with what is wrong in their cells."""

    tables: list[Table]
    columns: Columns
    problems: list[Problem] = field(default_factory=list)

    def texts(self, row: Row, role: str) -> list[str]:
        """What a row says in the columns of this role."""
        return [row[name_of(role, at)] or "" for at in range(len(self.columns.get(role, ())))]

    @property
    def rows(self) -> int:
        return sum(len(one.rows) for one in self.tables)


def name_of(role: str, at: int) -> str:
    return f"{role}-{at}"


def sheets_of(data: bytes) -> dict[str, Cells]:
    """raises   ValueError where it is neither a workbook nor a table as text"""
    broken = broken_cells(data)
    return {title: with_errors(cells_of(frame), broken.get(title, {})) for title, frame in frames_of(data).items()}


def top_of(cells: Cells) -> int:
    """The heading row: of the first rows the one with most words of headings, then with most cells, then the first. A
    word inside a cell tells nothing here: titles of works hold such words too."""
    told = [[text for cell in row if (text := safe_text(cell))] for row in cells[:HEADING_ROWS]]
    known = [sum(plain_heading(text) in PLAIN for text in texts) for texts in told]
    return max(range(len(told)), key=lambda at: (known[at], len(told[at]), -at), default=0)


def headings_in(data: bytes) -> list[str]:
    """The headings of all sheets, each once, in order."""
    found: list[str] = []
    for cells in sheets_of(data).values():
        found += [safe_text(cell) for cell in cells[top_of(cells)]] if cells else []
    return [one for one in dict.fromkeys(found) if one]


def samples_in(data: bytes) -> dict[str, list[str]]:
    """heading -> what stands below it in the first rows, so that a person sees what the column holds."""
    found: dict[str, list[str]] = {}
    for cells in sheets_of(data).values():
        top = top_of(cells) if cells else 0
        for at, cell in enumerate(cells[top] if cells else ()):
            texts = [safe_text(row[at]) for row in cells[top + 1 : top + 1 + SAMPLES]]
            found.setdefault(safe_text(cell), [one for one in texts if one])
    return found


def read_results(data: bytes, columns: Columns) -> Reading:
    """columns   role -> headings of the list, see `awards.core.result_columns`"""
    spec = spec_of(columns)
    tables, problems = [], []
    for title, cells in sheets_of(data).items():
        found: list[Problem] = []
        table = read_table(spec, title, cells, found)
        if has_prizes(table, columns):
            tables.append(table)
            problems += found
    return Reading(tables, columns, problems)


def spec_of(columns: Columns) -> SheetSpec:
    """Of exactly these headings: a word that is near another means nothing here, a person has said what is what."""
    named = [
        Column(name_of(role, at), heading, heading, longest=LONGEST.get(role, 300))
        for role, headings in columns.items()
        for at, heading in enumerate(headings)
    ]
    return SheetSpec("results", "获奖名单", "Results", tuple(named), open=True)


def has_prizes(table: Table, columns: Columns) -> bool:
    """A sheet of explanations is no list."""
    needed: Sequence[str] = [name_of(role, 0) for role in ("prize",) if columns.get(role)]
    return bool(needed) and all(one in table.letters for one in needed)
