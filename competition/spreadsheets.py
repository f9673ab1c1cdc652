"""Workbooks that we write: typed cells, frozen headings in two languages, and no formula out of anybody's text."""

import io
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any

import xlsxwriter

OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


@dataclass(frozen=True)
class Heading:
    """A column: Chinese over English; `width` in characters; `places` of decimals where it holds numbers."""

    zh: str
    en: str = ""
    width: int = 14
    places: int | None = None

    @property
    def text(self) -> str:
        return f"{self.zh}\n{self.en}" if self.en else self.zh


@dataclass(frozen=True)
class Sheet:
    title: str
    headings: Sequence[Heading]
    rows: Sequence[Sequence[Any]]
    marked: dict[tuple[int, int], str] = field(default_factory=dict)


def workbook_bytes(sheets: Sequence[Sheet], *, at: datetime, title: str = "") -> bytes:
    """The bytes of an .xlsx; equal sheets and time give equal bytes.

    marked   (row, column) of a sheet, from 0 below the heading -> the remark on a cell that is shown in red
    """
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, OPTIONS)
    book.set_properties({"title": title, "created": at.replace(tzinfo=None)})
    styles = {
        "head": book.add_format({"bold": True, "text_wrap": True, "valign": "vcenter", "bottom": 1}),
        "text": book.add_format({"num_format": "@", "text_wrap": True, "valign": "top"}),
        "red": book.add_format({"num_format": "@", "text_wrap": True, "valign": "top", "bg_color": "#F7C8C0"}),
    }
    for sheet in sheets:
        write_sheet(book, sheet, styles)
    book.close()
    return buffer.getvalue()


def write_sheet(book: xlsxwriter.Workbook, sheet: Sheet, styles: dict[str, Any]) -> None:
    page = book.add_worksheet(sheet_title(sheet.title))
    page.freeze_panes(1, 0)
    page.repeat_rows(0)
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    page.set_row(0, 32)
    numbers = [
        book.add_format({"valign": "top", "num_format": "0" + ("." + "0" * h.places if h.places else "")})
        if h.places is not None else None
        for h in sheet.headings
    ]  # fmt: skip
    for column, heading in enumerate(sheet.headings):
        page.set_column(column, column, heading.width)
        page.write_string(0, column, heading.text, styles["head"])
    for row, values in enumerate(sheet.rows):
        for column, value in enumerate(values):
            remark = sheet.marked.get((row, column))
            style = styles["red"] if remark else (numbers[column] if column < len(numbers) else None)
            write_cell(page, row + 1, column, value, style or styles["text"])
            if remark:
                page.write_comment(row + 1, column, remark, {"x_scale": 2.5, "y_scale": 1.5})


def write_cell(page: Any, row: int, column: int, value: Any, style: Any) -> None:
    if value is None or value == "":
        page.write_blank(row, column, None, style)
    elif isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        page.write_string(row, column, str(value), style)
    else:
        page.write_number(row, column, float(value), style)


def sheet_title(text: str) -> str:
    """At most 31 characters, without those that a sheet's name may not have."""
    return "".join("_" if char in "[]:*?/\\'" else char for char in text)[:31]
