"""Tables as the bytes of a workbook, headed as the specification says, in Chinese or English."""

import io
import unicodedata
import zipfile
from datetime import datetime
from typing import Any, Literal

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from awards.demo.chance import Tables
from awards.workbook.spec import SHEETS
from competition.core.columns import Column, Kind, SheetSpec

Language = Literal["zh", "en"]
CREATED = datetime(2017, 12, 17, 9, 0)  # noqa: DTZ001 - a workbook's own date has no zone
PACKED = (1980, 1, 1, 0, 0, 0)
WIDEST = 60


def workbook(tables: Tables, language: Language, title: str) -> bytes:
    """The same tables give the same bytes, on any machine.

    tables     rows by column name, by name of sheet; a key that is no column's name becomes a further column
    """
    target = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with Workbook(target, options) as book:
        book.set_properties({"title": title, "author": "Laurel", "created": CREATED})
        formats = {
            "head": book.add_format({"bold": True, "bg_color": "#F1E9DC", "bottom": 1}),
            "date": book.add_format({"num_format": "yyyy-mm-dd", "align": "left"}),
            "moment": book.add_format({"num_format": "yyyy-mm-dd hh:mm", "align": "left"}),
        }
        for spec in SHEETS:
            if tables.get(spec.name):
                page = book.add_worksheet(getattr(spec, language))
                (write_record if spec.is_record else write_table)(page, spec, tables[spec.name], language, formats)
    return unpressed(target.getvalue())


def unpressed(data: bytes) -> bytes:
    """The same archive stored as it is: compressed bytes differ from one zlib to another."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            entry = zipfile.ZipInfo(name, PACKED)
            entry.create_system, entry.external_attr = 3, 0o600 << 16
            new.writestr(entry, old.read(name))
    return target.getvalue()


def write_table(
    page: Worksheet,
    spec: SheetSpec,
    rows: list[dict[str, Any]],
    language: Language,
    formats: dict[str, Format],
) -> None:
    columns = used_columns(spec, rows)
    for place, column in enumerate(columns):
        heading = getattr(column, language)
        page.write_string(0, place, heading, formats["head"])
        widest = wide(heading)
        for line, row in enumerate(rows, 1):
            cell = cell_of(column, row.get(column.name), language)
            write_cell(page, line, place, column, cell, formats)
            widest = max(widest, wide(str(cell)))
        page.set_column(place, place, width(widest, column))
    page.freeze_panes(1, 1)


def write_record(
    page: Worksheet,
    spec: SheetSpec,
    rows: list[dict[str, Any]],
    language: Language,
    formats: dict[str, Format],
) -> None:
    """Item and value side by side."""
    for line, column in enumerate(used_columns(spec, rows)):
        page.write_string(line, 0, getattr(column, language), formats["head"])
        write_cell(page, line, 1, column, cell_of(column, rows[0].get(column.name), language), formats)
    page.set_column(0, 0, 24)
    page.set_column(1, 1, WIDEST)


def used_columns(spec: SheetSpec, rows: list[dict[str, Any]]) -> list[Column]:
    """The specification's columns that are required or have a value, then the others as they come."""
    filled = {key: True for row in rows for key, value in row.items() if value not in (None, "", ())}
    known = {column.name for column in spec.columns}
    others = [Column(key, key, key, Kind.TEXT) for key in filled if key not in known]
    ours = [column for column in spec.columns if column.required or column.name in filled]
    ends = [column for column in ours if column.name == "comment"]
    return [column for column in ours if column not in ends] + others + ends


def cell_of(column: Column, value: Any, language: Language) -> Any:
    """A value in the words that people write."""
    if value is None or value == ():
        return ""
    if column.kind is Kind.CHOICE:
        return column.choices[value][0 if language == "zh" else 1]
    if isinstance(value, bool):
        return {"zh": ("否", "是"), "en": ("no", "yes")}[language][value]
    if isinstance(value, tuple):
        return {"zh": "、", "en": "; "}[language].join(value)
    if column.kind in (Kind.DATE, Kind.MOMENT):
        return datetime.fromisoformat(value)
    return value


def write_cell(page: Worksheet, line: int, place: int, column: Column, cell: Any, formats: dict[str, Format]) -> None:
    if cell == "":
        return
    if isinstance(cell, datetime):
        page.write_datetime(line, place, cell, formats["moment" if column.kind is Kind.MOMENT else "date"])
    elif isinstance(cell, int | float):
        page.write_number(line, place, cell)
    else:
        page.write_string(line, place, cell)


def wide(text: str) -> int:
    """Chinese characters take two places."""
    return sum(2 if unicodedata.east_asian_width(one) in "WF" else 1 for one in text)


def width(widest: int, column: Column) -> int:
    return 12 if column.kind is Kind.DATE else min(widest + 2, WIDEST)
