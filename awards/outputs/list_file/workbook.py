"""The list as a workbook: one flat table that sorts and filters, numbers as numbers, codes and names as text."""

import io
from collections.abc import Iterator
from typing import Any

import xlsxwriter

from awards.outputs.list_file.paper import Cell, ListPaper
from competition.spreadsheets import OPTIONS, sheet_title, write_cell

HEAD_ROW = 2  # below the title and what is said of the list
GROUP_WIDE = 20


def list_xlsx(paper: ListPaper) -> bytes:
    """Headings of groups become columns in front, so that no row in between breaks a filter."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, OPTIONS)
    book.set_properties({"title": paper.heading, "author": "", "created": paper.at.replace(tzinfo=None)})
    rows, depth = list(flat_rows(paper)), depth_of(paper)
    write_list(book, paper, rows, depth)
    write_counts(book, paper)
    book.close()
    return buffer.getvalue()


def depth_of(paper: ListPaper) -> int:
    return max((one.level for one in paper.groups if one.heading), default=0)


def flat_rows(paper: ListPaper) -> Iterator[list[Cell]]:
    depth, path = depth_of(paper), [""] * depth_of(paper)
    for group in paper.groups:
        if group.heading:
            path[group.level - 1 :] = [plain(group.heading), *[""] * (depth - group.level)]
        for row in group.rows:
            yield [*path, *row]


def plain(heading: str) -> str:
    """Without the number of its rows."""
    return heading.rpartition("（")[0]


def write_list(book: Any, paper: ListPaper, rows: list[list[Cell]], depth: int) -> None:
    is_english = paper.language == "en"
    sheet = book.add_worksheet(sheet_title("Award list" if is_english else "获奖名单"))
    style = {
        "title": book.add_format({"bold": True, "font_size": 16}),
        "soft": book.add_format({"font_color": "#666666"}),
        "head": book.add_format(
            {
                "bold": True,
                "text_wrap": True,
                "valign": "vcenter",
                "align": "center",
                "border": 1,
                "bg_color": "#EEEEEE",
            }
        ),
        "text": book.add_format({"num_format": "@", "text_wrap": True, "valign": "vcenter", "border": 1}),
        "number": book.add_format({"num_format": "0", "align": "center", "valign": "vcenter", "border": 1}),
    }
    sheet.write_string(0, 0, " ".join(filter(None, [paper.annex, paper.heading])), style["title"])
    sheet.write_string(1, 0, paper.foot[0], style["soft"])
    heads = [*group_heads(paper, depth), *(paper.said(one) for one in paper.columns)]
    for column, text in enumerate(heads):
        sheet.write_string(HEAD_ROW, column, text, style["head"])
    set_widths(sheet, paper, depth)
    kinds = [style["text"]] * depth + [style["number" if one.is_number else "text"] for one in paper.columns]
    for at, row in enumerate(rows, HEAD_ROW + 1):
        for column, (cell, kind) in enumerate(zip(row, kinds, strict=True)):
            write_cell(sheet, at, column, cell, kind)
    last = HEAD_ROW + len(rows)
    for at, text in enumerate((*paper.foot[1:], *paper.closing, *paper.notes), last + 2):
        sheet.write_string(at, 0, text, style["soft"])
    set_print(sheet, last, len(heads), depth)


def group_heads(paper: ListPaper, depth: int) -> list[str]:
    """Special prizes and titles are groups even in a list without any."""
    names = list(paper.group_names) or ["Group" if paper.language == "en" else "分组"]
    return names[:depth]


def set_widths(sheet: Any, paper: ListPaper, depth: int) -> None:
    for column in range(depth):
        sheet.set_column(column, column, GROUP_WIDE)
    for column, one in enumerate(paper.columns, depth):
        sheet.set_column(column, column, one.wide)


def set_print(sheet: Any, last: int, columns: int, depth: int) -> None:
    """A4 lying, as wide as the page, the head again on every page, — 1 — below."""
    sheet.freeze_panes(HEAD_ROW + 1, min(depth + 1, columns - 1))
    sheet.autofilter(HEAD_ROW, 0, last, columns - 1)
    sheet.repeat_rows(HEAD_ROW)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(left=0.6, right=0.6, top=0.8, bottom=0.8)
    sheet.set_footer("&C— &P —")


def write_counts(book: Any, paper: ListPaper) -> None:
    """Works and people by prize; people of two prizes stand in both rows, and once in the sum."""
    is_english, counts = paper.language == "en", paper.counts
    sheet = book.add_worksheet("Counts" if is_english else "汇总")
    head = book.add_format({"bold": True, "border": 1, "bg_color": "#EEEEEE"})
    text, number = book.add_format({"num_format": "@", "border": 1}), book.add_format({"num_format": "0", "border": 1})
    heads = ("Prize", "Works", "Students") if is_english else ("奖项", "作品（件）", "学生（人）")
    total = "In all, everybody once" if is_english else "合计（同一人只计一次）"
    special = "Special prizes" if is_english else "专项奖（项）"
    rows: list[tuple[Cell, ...]] = list(counts.prizes)
    rows += [(special, counts.specials, None)] if counts.specials else []
    rows.append((total, counts.works, counts.people))
    sheet.set_column(0, 0, 30)
    sheet.set_column(1, 2, 14)
    for column, words in enumerate(heads):
        sheet.write_string(0, column, words, head)
    for at, row in enumerate(rows, 1):
        for column, cell in enumerate(row):
            write_cell(sheet, at, column, cell, number if column else text)
