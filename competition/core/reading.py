"""A workbook's bytes as tables of values, with everything that is wrong, all at once."""

import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pandas as pd
from pypinyin import lazy_pinyin

from competition.core.broken_cells import broken_cells
from competition.core.canon import digest
from competition.core.cells import EXCEL_ERRORS, Fault, text_of, value_of
from competition.core.columns import (
    Column,
    SheetSpec,
    column_by_heading,
    letter,
    plain_heading,
    spec_by_title,
)
from competition.core.separated import separated

HEADING_ROWS = 10  # a heading row is looked for this far down: above it stand titles and remarks
MOST_ROWS = 200_000


@dataclass(frozen=True)
class Problem:
    """Something a person has to mend. `row` counts as the spreadsheet does; 0 means the sheet as a whole."""

    sheet: str
    row: int
    column: str
    heading: str
    code: str
    facts: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Row:
    """One row of a table: values by column name (None where blank), further cells by their heading."""

    number: int
    values: dict[str, Any]
    extra: dict[str, str]

    def __getitem__(self, name: str) -> Any:
        return self.values.get(name)


@dataclass
class Table:
    """One sheet as read. `letters` tells where a column stands, for problems found later."""

    spec: SheetSpec
    title: str
    rows: list[Row]
    letters: dict[str, str]
    headings: dict[str, str]

    def problem(self, row: Row | None, column: str, code: str, **facts: Any) -> Problem:
        heading = self.headings.get(column, column)
        where = self.letters.get(column, "")
        number = row.number if row else 0
        if self.spec.is_record and column in self.headings:
            number, where = int(self.letters[column] or 0), "B"
        return Problem(self.title, number, where, heading, code, facts)


@dataclass
class Reading:
    """All tables by the name of their sheet, the problems found, and the digest of every cell."""

    tables: dict[str, Table]
    problems: list[Problem]
    digest: str


def read_workbook(data: bytes, specs: Sequence[SheetSpec]) -> Reading:
    """Read .xlsx, .xlsm, .xls, .xlsb or .ods.

    data     the file's bytes
    returns  a table for every sheet of `specs` (empty where it is missing), problems in reading order
    """
    try:
        frames = pd.read_excel(
            io.BytesIO(data),
            sheet_name=None,
            header=None,
            dtype=object,
            keep_default_na=False,
            engine="calamine",
        )
    except Exception as fault:  # noqa: BLE001 - whatever a broken file raises inside the reader means the same
        problem = Problem("", 0, "", "", "not-a-workbook", {"detail": type(fault).__name__})
        return Reading({spec.name: empty_table(spec) for spec in specs}, [problem], "")
    problems: list[Problem] = []
    tables: dict[str, Table] = {}
    broken = broken_cells(data)
    unknown: list[str] = []
    for title, frame in frames.items():
        spec = spec_by_title(tuple(specs), str(title))
        if spec is None:
            unknown.append(str(title))
            continue
        if spec.name in tables:
            problems.append(Problem(str(title), 0, "", "", "sheet-twice", {"other": tables[spec.name].title}))
            continue
        cells = with_errors(cells_of(frame), broken.get(str(title), {}))
        tables[spec.name] = read_sheet(spec, str(title), cells, problems)
    absent = {word: spec.zh for spec in specs if spec.name not in tables for word in spec.titles}
    problems += [
        Problem(title, 0, "", "", "sheet-near", {"found": title, "near": absent[near]})
        for title in unknown
        if (near := slip_of(title, absent))
    ]
    for spec in specs:
        if spec.name not in tables:
            tables[spec.name] = empty_table(spec)
            if spec.required:
                problems.append(Problem(spec.zh, 0, "", "", "sheet-missing", {"zh": spec.zh, "en": spec.en}))
    problems += [
        Problem(tables[spec.name].title, 0, "", "", "sheet-empty")
        for spec in specs
        if spec.required and spec.name in tables and not tables[spec.name].rows and not problems
    ]
    return Reading(tables, problems, digest_of(frames))


def frames_of(data: bytes) -> dict[str, pd.DataFrame]:
    """All sheets of a workbook, or the one table of a .csv or .txt.

    raises   ValueError where it is neither
    """
    try:
        frames = pd.read_excel(
            io.BytesIO(data), sheet_name=None, header=None, dtype=object, keep_default_na=False, engine="calamine"
        )
        return {str(title): frame for title, frame in frames.items()}
    except Exception:  # noqa: BLE001 - whatever the reader raises: then it may be text
        return {"": pd.DataFrame(separated(data), dtype=object)}


def read_one_table(data: bytes, spec: SheetSpec) -> tuple[Table, list[Problem]]:
    """The sheet that has most of the known headings, whatever it is called."""
    try:
        frames = frames_of(data)
    except ValueError as fault:
        return empty_table(spec), [Problem("", 0, "", "", "not-a-workbook", {"detail": type(fault).__name__})]
    sheets = {title: cells_of(frame) for title, frame in frames.items()}
    best = max(sheets, key=lambda title: known_headings(spec, sheets[title]), default=None)
    if best is None or not known_headings(spec, sheets[best]):
        return empty_table(spec), [Problem("", 0, "", "", "sheet-missing", {"zh": spec.zh, "en": spec.en})]
    problems: list[Problem] = []
    cells = with_errors(sheets[best], broken_cells(data).get(best, {}))
    return read_table(spec, best or spec.zh, cells, problems), problems


def known_headings(spec: SheetSpec, cells: list[list[Any]]) -> int:
    rows = [row for row in cells[:HEADING_ROWS] if any(safe_text(cell) for cell in row)]
    return max((sum(column_by_heading(spec, safe_text(cell)) is not None for cell in row) for row in rows), default=0)


def empty_table(spec: SheetSpec) -> Table:
    return Table(spec, spec.zh, [], {}, {})


def cells_of(frame: pd.DataFrame) -> list[list[Any]]:
    return frame.astype(object).to_numpy().tolist()


def with_errors(cells: list[list[Any]], broken: dict[tuple[int, int], str]) -> list[list[Any]]:
    """The cells with the errors that the reader left blank."""
    for (row, column), shown in broken.items():
        if row < len(cells) and column < len(cells[row]):
            cells[row][column] = shown
    return cells


def digest_of(frames: dict[Any, pd.DataFrame]) -> str:
    """Of what the cells say: saving the file again without a change keeps it."""
    return digest([[str(title), [[safe_text(cell) for cell in row] for row in cells_of(frame)]]
                   for title, frame in frames.items()])  # fmt: skip


def safe_text(cell: Any) -> str:
    try:
        return text_of(cell)
    except Fault as fault:
        return str(fault.facts["found"])


def read_sheet(spec: SheetSpec, title: str, cells: list[list[Any]], problems: list[Problem]) -> Table:
    return (read_record if spec.is_record else read_table)(spec, title, cells, problems)


def read_record(spec: SheetSpec, title: str, cells: list[list[Any]], problems: list[Problem]) -> Table:
    """Item in the first column, value in the second."""
    table = Table(spec, title, [], {}, {column.name: column.zh for column in spec.columns})
    values: dict[str, Any] = {}
    extra: dict[str, str] = {}
    if not any(safe_text(row[1]) for row in cells if len(row) > 1 and column_by_heading(spec, safe_text(row[0]))):
        return table
    for index, row in enumerate(cells):
        heading, cell = safe_text(row[0] if row else ""), (row[1] if len(row) > 1 else "")
        column = column_by_heading(spec, heading) if heading else None
        if column is None:
            if heading and safe_text(cell):
                extra[heading] = safe_text(cell)
            continue
        table.headings[column.name], table.letters[column.name] = heading, str(index + 1)
        if column.name in values:
            problems.append(table.problem(None, column.name, "column-twice"))
            continue
        values[column.name] = parsed(table, Row(index + 1, {}, {}), column, cell, problems)
    problems += near_misses(table, extra, 0)
    for column in spec.columns:
        if column.required and column.name not in values:
            problems.append(Problem(title, 0, "A", column.zh, "column-missing", {"zh": column.zh, "en": column.en}))
    table.rows.append(Row(0, values, extra))
    return table


def read_table(spec: SheetSpec, title: str, cells: list[list[Any]], problems: list[Problem]) -> Table:
    """A heading row, then one row a thing."""
    table = Table(spec, title, [], {}, {})
    if not any(safe_text(cell) for row in cells for cell in row):
        return table
    top = heading_row(spec, cells)
    columns, others = columns_of(table, cells[top], problems)
    if not spec.open:  # there a further column means something: the checks know what
        problems += near_misses(table, {letter(index): heading for index, heading in others.items()}, top + 1)
    missing = [column for column in spec.columns if column.required and column.name not in table.letters]
    if missing:
        problems.extend(
            Problem(title, top + 1, "", column.zh, "column-missing", {"zh": column.zh, "en": column.en})
            for column in missing
        )
        return table
    if len(cells) - top > MOST_ROWS:
        problems.append(Problem(title, 0, "", "", "too-many-rows", {"found": len(cells) - top, "most": MOST_ROWS}))
        return table
    for index in range(top + 1, len(cells)):
        if any(safe_text(cell) for cell in cells[index]):
            table.rows.append(read_row(table, index + 1, cells[index], columns, others, problems))
    return table


def heading_row(spec: SheetSpec, cells: list[list[Any]]) -> int:
    """Of the first rows the one that has the most known headings; the first of equals."""
    known = [
        sum(column_by_heading(spec, safe_text(cell)) is not None for cell in row if safe_text(cell))
        for row in cells[:HEADING_ROWS]
    ]
    return known.index(max(known))


def columns_of(table: Table, headings: list[Any], problems: list[Problem]) -> tuple[dict[int, Column], dict[int, str]]:
    """Which column of the sheet is which of ours, and the headings of the others."""
    columns: dict[int, Column] = {}
    others: dict[int, str] = {}
    for index, cell in enumerate(headings):
        heading = safe_text(cell)
        if not heading:
            continue
        column = column_by_heading(table.spec, heading)
        if column and column.name not in table.letters:
            columns[index] = column
            table.letters[column.name], table.headings[column.name] = letter(index), heading
        elif is_there_already(table.spec, heading, others.values()):
            problems.append(Problem(table.title, 0, letter(index), heading, "column-twice"))
        elif column:
            problems.append(
                Problem(table.title, 0, letter(index), heading, "column-meant-twice",
                        {"other": table.headings[column.name]})
            )  # fmt: skip
        else:
            others[index] = heading
            table.letters[heading], table.headings[heading] = letter(index), heading
    return columns, others


def is_there_already(spec: SheetSpec, heading: str, others: Iterable[str]) -> bool:
    """Where further columns mean something (a criterion each), two spellings of one heading are one column twice."""
    if spec.open:
        return plain_heading(heading) in map(plain_heading, others)
    return heading in others


def further_text(table: Table, row: Row, heading: str, cell: Any, problems: list[Problem]) -> str:
    """A cell of a column that is not ours. It comes back as it was, so no digit may be lost in it; where such columns
    mean something, a broken cell is a problem too."""
    text = safe_text(cell)
    try:
        if text_of(cell) in EXCEL_ERRORS and table.spec.open:
            raise Fault("excel-error", {"found": text})
    except Fault as fault:
        problems.append(table.problem(row, heading, fault.code, **fault.facts))
        return ""
    return text


def read_row(
    table: Table,
    number: int,
    cells: list[Any],
    columns: dict[int, Column],
    others: dict[int, str],
    problems: list[Problem],
) -> Row:
    row = Row(number, {}, {})
    for index, heading in others.items():
        row.extra[heading] = further_text(table, row, heading, cells[index], problems)
    for index, column in columns.items():
        row.values[column.name] = parsed(table, row, column, cells[index], problems)
    return row


def parsed(table: Table, row: Row, column: Column, cell: Any, problems: list[Problem]) -> Any:
    try:
        return value_of(column, cell)
    except Fault as fault:
        problems.append(table.problem(row, column.name, fault.code, **fault.facts))
        return None


def near_misses(table: Table, others: Mapping[str, str], row: int) -> list[Problem]:
    """Headings (letter -> heading; of a record item -> value) that are a slip of the pen for a column that is absent.

    A column that is not read would drop its rule without a word.
    """
    absent = {word: one.zh for one in table.spec.columns if one.name not in table.letters for word in one.headings}
    found = []
    for where, heading in others.items():
        said = where if table.spec.is_record else heading
        if near := slip_of(said, absent):
            column = "A" if table.spec.is_record else where
            found.append(Problem(table.title, row, column, said, "heading-near", {"found": said, "near": absent[near]}))
    return found


LONG_ENOUGH = 4  # in shorter words another character is another word: 学号 is no slip for 学段


def slip_of(word: str, known: Iterable[str]) -> str:
    """The known word that this one sounds like (as an input method mistakes it) or is but for one character; "" where
    it is none."""
    plain = plain_heading(word)
    for one in known:
        other = plain_heading(one)
        if plain != other and len(plain) >= 2 and (sounds_like(plain, other) or one_apart(plain, other)):
            return one
    return ""


def sounds_like(one: str, other: str) -> bool:
    return not one.isascii() and len(one) == len(other) and lazy_pinyin(one) == lazy_pinyin(other)


def one_apart(one: str, other: str) -> bool:
    """Whether one character is another, missing, or too many."""
    if min(len(one), len(other)) < LONG_ENOUGH:
        return False
    if len(one) == len(other):
        return sum(a != b for a, b in zip(one, other, strict=True)) == 1
    shorter, longer = sorted((one, other), key=len)
    return len(longer) - len(shorter) == 1 and any(
        longer[:at] + longer[at + 1 :] == shorter for at in range(len(longer))
    )


def nearest(word: str, known: Sequence[str]) -> str:
    """The known word that differs least, or "" where none is near: for "did you mean"."""
    import difflib

    by_plain = {plain_heading(one): one for one in known}
    found = difflib.get_close_matches(plain_heading(word), by_plain, n=1, cutoff=0.6)
    return by_plain[found[0]] if found else ""
