"""Empty forms of higher contests as they are sent out: titles, joined cells, lines, notes and signatures below."""

import io
from collections.abc import Sequence

import openpyxl
from openpyxl.drawing.image import Image as Picture
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet
from PIL import Image

# Four published lists of one city: the row of their headings, the first column, the headings.
GUANGZHOU: dict[str, tuple[int, int, list[str]]] = {
    "2024": (4, 1, ["成员", "负责人", "单位", "指导老师", "奖次", "项目", "区属"]),
    "2025": (3, 1, ["序号", "项目", "负责人", "成员", "单位", "指导老师", "区属", "奖项"]),
    "2026初中": (3, 1, ["序号", "项目", "学校", "负责人", "成员", "指导老师", "奖项", "区属"]),
    "2026小学": (2, 1, ["序号", "学校", "项目", "指导老师", "获奖等级", "备注", "负责人", "成员"]),
}
NOTE, SIGNED = "填表说明：作品名称不超过二十字。", "推荐单位（盖章）："
THIN, THICK = Side(style="thin"), Side(style="medium", color="FF8B1A1A")


def their_form(
    headings: Sequence[str], *, row: int = 3, empty: int = 3, has_notes: bool = True, **more: object
) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "报名表"
    wide = len(headings)
    titles(sheet, row, wide)
    for at, heading in enumerate(headings, 1):
        cell = sheet.cell(row, at, heading)
        cell.font, cell.fill = Font(name="黑体", size=12, bold=True), PatternFill("solid", fgColor="FFDDEBF7")
        cell.border, cell.alignment = Border(THIN, THIN, THIN, THICK), Alignment("center", "center", wrap_text=True)
        sheet.column_dimensions[cell.column_letter].width = 8 + 3 * at
    for down in range(1, empty + 1):
        sheet.row_dimensions[row + down].height = 27
        for at, heading in enumerate(headings, 1):
            cell = sheet.cell(row + down, at, down if heading == "序号" else None)
            cell.font, cell.border = Font(name="仿宋", size=11), Border(THIN, THIN, THIN, THIN)
    if has_notes:
        notes(sheet, row + empty + 1, wide, row + 1)
    rules(sheet, headings, row, empty)
    if more.get("picture"):
        put_picture(sheet, row + empty + 2)
    book.create_sheet("选项")["A1"] = "小学"
    book["选项"].sheet_state = "hidden"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def titles(sheet: Worksheet, row: int, wide: int) -> None:
    for at in range(1, row):
        sheet.cell(at, 1, "第四十届省青少年科技创新大赛推荐作品汇总表" if at == 1 else f"附件{at}")
        sheet.merge_cells(start_row=at, end_row=at, start_column=1, end_column=wide)
    sheet["A1"].font, sheet["A1"].alignment = Font(name="宋体", size=20, bold=True), Alignment("center")
    sheet.row_dimensions[1].height = 40


def notes(sheet: Worksheet, at: int, wide: int, first: int) -> None:
    sheet.cell(at, 1, NOTE).font = Font(name="楷体", italic=True)
    sheet.merge_cells(start_row=at, end_row=at, start_column=1, end_column=wide)
    sheet.cell(at + 1, 1, SIGNED)
    sheet.cell(at + 1, 2, f"=COUNTA(B{first}:B{at - 1})")
    sheet.merge_cells(start_row=at + 1, end_row=at + 1, start_column=wide - 1, end_column=wide)
    sheet.row_dimensions[at].height = 33


def rules(sheet: Worksheet, headings: Sequence[str], row: int, empty: int) -> None:
    rule = DataValidation(type="list", formula1='"一等奖,二等奖,三等奖"', allow_blank=True)
    rule.add(f"E{row + 1}:E{row + max(empty, 1)}")
    sheet.add_data_validation(rule)
    last = get_column_letter(len(headings))
    sheet.print_area = f"A1:{last}{row + empty + 2}"
    sheet.print_title_rows = f"1:{row}"
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 8
    sheet.oddFooter.center.text = "第 &P 页"
    sheet.freeze_panes = f"A{row + 1}"


def put_picture(sheet: Worksheet, row: int) -> None:
    out = io.BytesIO()
    Image.new("RGB", (60, 60), "#B22").save(out, "PNG")
    out.seek(0)
    sheet.add_image(Picture(out), f"C{row}")
