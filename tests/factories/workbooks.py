"""Workbooks out of dicts: a table is a list of rows by heading, a record is a dict of items."""

import io
from collections.abc import Mapping, Sequence
from typing import Any

import openpyxl

Table = Sequence[Mapping[str, Any]] | Mapping[str, Any]


def workbook(sheets: Mapping[str, Table], *, above: Mapping[str, Sequence[Any]] | None = None) -> bytes:
    """The bytes of an .xlsx.

    sheets  title -> rows; headings are those of all rows, in the order in which they first occur
    above   title -> cells of a line above the headings, such as a title
    """
    book = openpyxl.Workbook()
    book.remove(book.active)
    for title, table in sheets.items():
        page = book.create_sheet(title)
        if above and title in above:
            page.append(list(above[title]))
        for cells in cells_of(table):
            page.append(cells)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def cells_of(table: Table) -> list[list[Any]]:
    if isinstance(table, Mapping):
        return [[name, value] for name, value in table.items()]
    headings = list(dict.fromkeys(heading for row in table for heading in row))
    return [headings, *([row.get(heading) for heading in headings] for row in table)]


def rows(headings: str, *lines: Sequence[Any]) -> list[dict[str, Any]]:
    """rows("作品编号 得分", ("A1", 90)) -> [{"作品编号": "A1", "得分": 90}]; a heading with spaces uses |."""
    names = headings.split("|") if "|" in headings else headings.split()
    return [dict(zip(names, line, strict=True)) for line in lines]
