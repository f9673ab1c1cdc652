"""Small workbooks for the tests of reading."""

import io
from collections.abc import Sequence
from datetime import date
from typing import Any

import xlsxwriter

from competition.core.columns import Column, Kind, SheetSpec
from competition.core.reading import Reading, Row, Table, read_workbook

ENTRIES = SheetSpec(
    "entries",
    "参赛作品",
    "Entries",
    required=True,
    also=("作品",),
    columns=(
        Column("number", "作品编号", "Entry number", required=True, also=("编号",)),
        Column("title", "作品名称", "Title"),
        Column("score", "分数", "Score", Kind.NUMBER, low=0, high=100),
        Column("day", "日期", "Date", Kind.DATE),
    ),
)
MARKS = SheetSpec("marks", "评分", "Marks", open=True, columns=(Column("entry", "作品编号", "Entry", required=True),))
CONTEST = SheetSpec(
    "contest",
    "大赛",
    "Contest",
    is_record=True,
    columns=(
        Column("name", "大赛名称", "Contest name", required=True),
        Column("ordinal", "届次", "Edition", Kind.INTEGER, low=1),
    ),
)
SPECS = (ENTRIES, MARKS, CONTEST)
Cells = Sequence[Sequence[Any]]


def book(**sheets: Cells) -> bytes:
    """An .xlsx with these sheets; None leaves a cell empty; text that starts with "=" is a formula worth #N/A."""
    target = io.BytesIO()
    made = xlsxwriter.Workbook(target, {"in_memory": True, "default_date_format": "yyyy-mm-dd"})
    for title, rows in sheets.items():
        sheet = made.add_worksheet(title)
        for number, row in enumerate(rows):
            for column, cell in enumerate(row):
                write(sheet, number, column, cell)
    made.close()
    return target.getvalue()


def write(sheet: Any, row: int, column: int, cell: Any) -> None:
    if isinstance(cell, str) and cell.startswith("="):
        sheet.write_formula(row, column, cell, None, "#N/A")
    elif isinstance(cell, str):
        sheet.write_string(row, column, cell)
    elif isinstance(cell, date):
        sheet.write_datetime(row, column, cell)
    elif cell is not None:
        sheet.write(row, column, cell)


def read(**sheets: Cells) -> Reading:
    return read_workbook(book(**sheets), SPECS)


def entries(*rows: Sequence[Any]) -> Table:
    return read(参赛作品=rows).tables["entries"]


def values(table: Table, name: str) -> list[Any]:
    return [row[name] for row in table.rows]


def only(table: Table) -> Row:
    (row,) = table.rows
    return row


def codes(reading: Reading) -> list[str]:
    return [problem.code for problem in reading.problems]


def places(reading: Reading) -> list[tuple[str, int, str]]:
    """(code, row, column letter) of each problem."""
    return [(problem.code, problem.row, problem.column) for problem in reading.problems]
