"""The workbook given back with its problems: a list of them first, then its sheets with the cells marked."""

import io
from collections import defaultdict
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

import pandas as pd
import xlsxwriter

from competition.core.broken_cells import column_index
from competition.core.reading import Problem, cells_of, safe_text
from competition.problems import sentence
from competition.spreadsheets import OPTIONS

EPOCH = datetime(2000, 1, 1, tzinfo=UTC)


def problems_xlsx(data: bytes, problems: Sequence[Problem]) -> bytes:
    """data   the workbook as it came in; a file that is none gives the list alone"""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, OPTIONS)
    book.set_properties({"created": EPOCH.replace(tzinfo=None)})
    red = book.add_format({"bg_color": "#F7C8C0", "text_wrap": True, "num_format": "@"})
    text = book.add_format({"num_format": "@"})
    list_problems(book, problems)
    for title, cells in sheets_of(data):
        mark_sheet(book, title, cells, [one for one in problems if one.sheet == title], red, text)
    book.close()
    return buffer.getvalue()


def sheets_of(data: bytes) -> list[tuple[str, list[list[Any]]]]:
    try:
        frames = pd.read_excel(
            io.BytesIO(data), sheet_name=None, header=None, dtype=object, keep_default_na=False, engine="calamine"
        )
    except Exception:  # noqa: BLE001 - the list of problems says already that this is no workbook
        return []
    return [(str(title), cells_of(frame)) for title, frame in frames.items()]


def list_problems(book: xlsxwriter.Workbook, problems: Sequence[Problem]) -> None:
    page = book.add_worksheet("问题 Problems")
    page.freeze_panes(1, 0)
    page.set_column(0, 3, 12)
    page.set_column(4, 4, 90)
    for column, heading in enumerate(("工作表 Sheet", "行 Row", "列 Column", "列名 Heading", "问题 Problem")):
        page.write_string(0, column, heading)
    for row, one in enumerate(problems, 1):
        page.write_string(row, 0, one.sheet)
        page.write_number(row, 1, one.row)
        page.write_string(row, 2, one.column)
        page.write_string(row, 3, one.heading)
        page.write_string(row, 4, sentence(one))


def mark_sheet(
    book: xlsxwriter.Workbook, title: str, cells: list[list[Any]], problems: Sequence[Problem], red: Any, text: Any
) -> None:
    page = book.add_worksheet(title[:31])
    for row, values in enumerate(cells):
        for column, value in enumerate(values):
            if said := safe_text(value):
                page.write_string(row, column, said, text)
    remarks: dict[tuple[int, int], list[str]] = defaultdict(list)
    for one in problems:
        if one.row and one.column:
            remarks[one.row - 1, column_index(one.column)].append(sentence(one))
    for (row, column), sentences in remarks.items():
        value = safe_text(cells[row][column]) if row < len(cells) and column < len(cells[row]) else ""
        page.write_string(row, column, value, red) if value else page.write_blank(row, column, None, red)
        page.write_comment(row, column, "\n".join(sentences), {"x_scale": 2.5, "y_scale": 1.5})
