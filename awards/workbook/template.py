"""The empty workbook: every sheet with its headings, choices to pick from, and one example; and its manual."""

import io
from typing import Any

import xlsxwriter

from awards.workbook.spec import SHEETS
from competition.core.columns import Column, Kind, SheetSpec, letter
from competition.spreadsheets import OPTIONS

ROWS_WITH_CHOICES = 2000
WITH_EXAMPLE = ("contest", "tracks", "rubric", "schools", "entries", "judges", "marks", "prize_plan")
KINDS = {
    Kind.TEXT: ("文字", "text"),
    Kind.INTEGER: ("整数", "whole number"),
    Kind.NUMBER: ("数", "number"),
    Kind.YES_NO: ("是/否", "yes or no"),
    Kind.CHOICE: ("选择", "choice"),
    Kind.DATE: ("日期", "date"),
    Kind.MOMENT: ("日期时间", "date and time"),
    Kind.NAME: ("姓名", "name"),
    Kind.NAMES: ("一个或多个名称", "one or more names"),
}
GUIDE = {
    "zh": (
        "桂冠 · 大赛工作簿",
        "每张工作表一类内容；表头可用中文或英文，列的顺序随意，多出的列会保留。",
        "带 * 的列必填。灰色的示例请改写。不需要的工作表可以留空或删掉；其中的示例在表头的批注里。",
        "填好后运行：python manage.py run_contest 文件.xlsx --out 输出文件夹",
        "不填“评委分配”和“评分”时，系统分配评委并打印评分表；填上评分再运行一次即出结果。",
    ),
    "en": (
        "Laurel · workbook of a contest",
        "One kind of thing a sheet; headings in Chinese or English, columns in any order, further columns are kept.",
        "Columns with * must be filled. Overwrite the grey examples. Leave sheets you do not need empty; "
        "their examples are in the remarks on their headings.",
        "Then run: python manage.py run_contest FILE.xlsx --out FOLDER",
        "Without assignments and marks the system assigns judges and prints score sheets; "
        "enter the marks and run again.",
    ),
}


def template_xlsx(language: str = "zh") -> bytes:
    """language   "zh" or "en": of headings, explanations and choices"""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, OPTIONS)
    book.set_properties({"title": GUIDE[language][0]})
    styles = {
        "head": book.add_format({"bold": True, "text_wrap": True, "bottom": 1, "valign": "vcenter"}),
        "example": book.add_format({"font_color": "#808080", "num_format": "@"}),
        "title": book.add_format({"bold": True, "font_size": 16}),
    }
    guide = book.add_worksheet("说明" if language == "zh" else "Guide")
    guide.set_column(0, 0, 100)
    for row, line in enumerate(GUIDE[language]):
        guide.write_string(row, 0, line, styles["title"] if row == 0 else None)
    for spec in SHEETS:
        (write_record if spec.is_record else write_table)(book, spec, language, styles)
    book.close()
    return buffer.getvalue()


def heading(column: Column, language: str) -> str:
    return (column.zh if language == "zh" else column.en) + ("*" if column.required else "")


def help_of(thing: Column | SheetSpec, language: str) -> str:
    return thing.help_zh if language == "zh" else thing.help_en


def example(column: Column, language: str) -> str:
    """In the template's language where the example is one of the choices."""
    for words in column.choices.values():
        if column.example in words:
            return str(words[0] if language == "zh" else words[1])
    return {"是": "yes", "否": "no"}.get(column.example, column.example) if language == "en" else column.example


def remark(column: Column, language: str) -> str:
    """What a column is for, and an example of it."""
    text = example(column, language)
    label = "例：" if language == "zh" else "Example: "
    return "\n".join(filter(None, [help_of(column, language), f"{label}{text}" if text else ""]))


def write_table(book: Any, spec: SheetSpec, language: str, styles: dict[str, Any]) -> None:
    page = book.add_worksheet(spec.zh if language == "zh" else spec.en.replace("'", "’"))
    page.freeze_panes(1, 0)
    page.set_row(0, 30)
    examples = example_row(spec, language)
    for index, column in enumerate(spec.columns):
        page.set_column(index, index, max(12, 2 * len(column.zh)))
        page.write_string(0, index, heading(column, language), styles["head"])
        if text := remark(column, language):
            page.write_comment(0, index, text, {"x_scale": 2})
        if examples[index] and spec.name in WITH_EXAMPLE:
            page.write_string(1, index, examples[index], styles["example"])
        add_choices(page, 1, index, ROWS_WITH_CHOICES, column, language)
    for offset, (name, mark) in enumerate(example_marks(spec, language)):
        page.write_string(0, len(spec.columns) + offset, name, styles["head"])
        page.write_string(1, len(spec.columns) + offset, mark, styles["example"])


def example_row(spec: SheetSpec, language: str) -> list[str]:
    return [example(column, language) for column in spec.columns]


def example_marks(spec: SheetSpec, language: str) -> list[tuple[str, str]]:
    """The sheet of marks shows the column of the criterion that the rubric has as its example."""
    if not spec.open:
        return []
    return [("创新性" if language == "zh" else "Creativity", "88")]


def write_record(book: Any, spec: SheetSpec, language: str, styles: dict[str, Any]) -> None:
    page = book.add_worksheet(spec.zh if language == "zh" else spec.en.replace("'", "’"))
    page.set_column(0, 0, 26)
    page.set_column(1, 1, 60)
    page.set_column(2, 2, 80)
    for row, column in enumerate(spec.columns):
        page.write_string(row, 0, heading(column, language), styles["head"])
        text = example(column, language)
        if text and spec.name in WITH_EXAMPLE:
            page.write_string(row, 1, text, styles["example"])
        page.write_string(row, 2, remark(column, language))
        add_choices(page, row, 1, row, column, language)


def add_choices(page: Any, first: int, index: int, last: int, column: Column, language: str) -> None:
    """A list to pick from; other words that we know may still be typed."""
    if column.kind == Kind.YES_NO:
        source = ["是", "否"] if language == "zh" else ["yes", "no"]
    elif column.kind == Kind.CHOICE:
        source = [words[0 if language == "zh" else 1] for words in column.choices.values()]
    else:
        return
    page.data_validation(first, index, last, index, {"validate": "list", "source": source, "error_type": "warning"})


def manual() -> str:
    """docs/workbook.md: every column of every sheet."""
    lines = [
        "# The workbook of a contest",
        "",
        "<!-- Made by `manage.py workbook_template --manual docs/workbook.md`; edit awards/workbook/spec/ instead. -->",
        "",
        *MANUAL_INTRODUCTION.strip().splitlines(),
        "",
    ]
    for spec in SHEETS:
        lines += sheet_manual(spec)
    return "\n".join(lines) + "\n"


def sheet_manual(spec: SheetSpec) -> list[str]:
    needed = " (required)" if spec.required else ""
    lines = [f"## {spec.zh} · {spec.en}{needed}", "", f"{spec.help_zh} {spec.help_en}".strip(), ""]
    if spec.also:
        lines += [f"Also called: {', '.join(spec.also)}.", ""]
    lines += ["| column | heading | also | holds | what for |", "|---|---|---|---|---|"]
    for index, column in enumerate(spec.columns):
        kind = KINDS[column.kind][1]
        if column.choices:
            kind += ": " + "; ".join(f"{words[0]} / {words[1]}" for words in column.choices.values())
        where = str(index + 1) if spec.is_record else letter(index)
        name = f"**{column.zh}** · {column.en}" + (" *" if column.required else "")
        what = " ".join(filter(None, [column.help_zh, column.help_en]))
        lines.append(f"| {where} | {name} | {', '.join(column.also)} | {kind} | {what} |")
    return [*lines, ""]


MANUAL_INTRODUCTION = """
One workbook (.xlsx, .xls or .ods) holds a whole contest. `manage.py workbook_template FILE` writes an empty one with
explanations, lists to choose from and an example row; `demo/chuzhou-2017.xlsx` is a full year.

* Sheets and columns are found by name, in Chinese or English, in any order; width, case, spaces, `*` and remarks in
  brackets do not matter. The heading row may stand below a title, within the first ten rows.
* Columns that are not listed here are kept: those of entries come back in the standings.
* A blank is never a zero: a sheet without all its marks does not count.
* Several names in one cell are separated by 、 ; , or new lines.
* An author is told apart by name and school; two students of one name in one school need student codes.
* `*` marks what must be filled. The letters are those of the template; yours may differ.

`manage.py run_contest FILE --out DIR` then reads it. Every problem is reported at once, with sheet, row and column, and
again in `DIR/problems.xlsx` with the cells marked; nothing is half-imported.

| the workbook has | the run |
|---|---|
| no assignments, no marks | assigns the judges and prints `score-sheets.pdf` |
| assignments, no marks | prints `score-sheets.pdf` |
| marks | computes standings and prizes, and writes everything |
| marks, but the list check finds something | writes `standings.xlsx`, names the findings, fixes nothing |
"""
