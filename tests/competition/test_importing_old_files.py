"""Last year's files as offices still have them: .xls of Excel 97 and WPS, text in the encodings that Excel saves."""

import csv
import io
from collections.abc import Sequence
from datetime import date
from typing import Any

import pytest
import xlwt

from competition.importing import NEW, WRONG, Plan
from tests.competition.test_importing import GOOD, HEAD, plan_of, row, statuses, wrong_cells
from tests.factories.entering import Open

pytestmark = pytest.mark.django_db
DAY = xlwt.easyxf(num_format_str="yyyy-mm-dd")
DAY_IN_CHINESE = xlwt.easyxf(num_format_str='yyyy"年"m"月"d"日"')


def xls(rows: Sequence[Sequence[Any]], *, title: str = "", hidden: Sequence[int] = (), blank: int = 0,
        is_1904: bool = False, style: xlwt.XFStyle = DAY) -> bytes:  # fmt: skip
    """A BIFF8 file: every number a float, every day a serial number with a format.

    title    merged over all columns, above the headings
    hidden   rows of the list, as a filter leaves them, by their place in `rows`
    blank    formatted rows without a word after the last one
    """
    made = xlwt.Workbook(encoding="utf-8")
    made.dates_1904 = is_1904
    page = made.add_sheet("Sheet1")
    top = 0
    if title:
        page.write_merge(0, 0, 0, len(HEAD) - 1, title)
        top = 1
    for at, cells in enumerate(rows):
        for column, cell in enumerate(cells):
            if cell is not None:
                page.write(top + at, column, cell, *([style] if isinstance(cell, date) else []))
        page.row(top + at).hidden = at in hidden
    for at in range(blank):
        for column in range(len(HEAD)):
            page.write(top + len(rows) + at, column, "" if at % 2 else " ", DAY)
    data = io.BytesIO()
    made.save(data)
    return data.getvalue()


def list_of(*rows: Sequence[Any], head: Sequence[str] = HEAD, **more: Any) -> bytes:
    return xls([head, *rows], **more)


def said(plan: Plan, name: str) -> list[Any]:
    assert plan.problems == []
    return [line.values.get(name) for line in plan.lines]


def people(plan: Plan) -> list[list[dict[str, Any]]]:
    return said(plan, "authors")


def test_it_is_a_file_of_that_time() -> None:
    assert list_of(row(1)).startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")


def test_numbers_that_xls_keeps_as_floats_are_read_as_typed(made: Open) -> None:
    plan = plan_of(made, list_of([*row(1, 年级=5.0, 学号=20250301.0), 13905501234.0], head=[*HEAD, "联系电话"]))
    assert statuses(plan) == [NEW]
    assert people(plan) == [[{"name": "学生1", "code": "20250301", "grade": 5}]]
    assert plan.table.rows[0].extra == {"联系电话": "13905501234"}


def test_digits_that_a_float_has_lost_are_a_fault(made: Open) -> None:
    plan = plan_of(made, list_of(row(1, 学号=341102201503012345.0)))
    assert (statuses(plan), wrong_cells(plan)) == ([WRONG], {(2, "H")})


@pytest.mark.parametrize("is_1904", [False, True], ids=["since 1900", "since 1904"])
@pytest.mark.parametrize("style", [DAY, DAY_IN_CHINESE], ids=["2026-02-28", "2026年2月28日"])
@pytest.mark.parametrize("day", [date(2026, 2, 28), date(2024, 2, 29), date(2025, 12, 31)], ids=str)
def test_days_are_read_by_the_calendar_of_their_file(made: Open, is_1904: bool, style: Any, day: date) -> None:
    plan = plan_of(made, list_of(row(1, 完成日期=day), is_1904=is_1904, style=style))
    assert (statuses(plan), said(plan, "finished_on")) == ([NEW], [day])


def test_a_day_without_a_format_is_a_number_and_told_so(made: Open) -> None:
    """It could be counted from 1900 or from 1904: a guess would be four years off."""
    plan = plan_of(made, list_of(row(1, 完成日期=46081.0)))
    assert (statuses(plan), wrong_cells(plan)) == ([WRONG], {(2, "L")})


def test_a_title_merged_above_the_headings_and_blank_rows_below_are_no_entries(made: Open) -> None:
    data = list_of(row(1), row(2), title="第三届晴川青少年科技竞赛参赛作品汇总表", blank=60)
    plan = plan_of(made, data)
    assert (statuses(plan), said(plan, "title")) == ([NEW, NEW], ["作品1", "作品2"])
    assert [line.number for line in plan.lines] == [3, 4]  # as Excel counts them


def test_rows_that_a_filter_hides_are_read(made: Open) -> None:
    """They are in the list; left out without a word they would be missed after the deadline."""
    assert said(plan_of(made, list_of(row(1), row(2), row(3), hidden=[2])), "title") == ["作品1", "作品2", "作品3"]


def test_full_width_spaces_digits_and_letters_are_what_they_look_like(made: Open) -> None:
    wide = row(
        1, 作品名称="　浇花器　", 赛项="　创新", 组别="小　学", 学校="晴川一中　", 作者="张　三、李　四", 年级="小五　、小六",
        学号="７、８", 辅导教师="　王老师",
    )  # fmt: skip
    plan = plan_of(made, list_of(wide, head=[f"　{name}　" for name in HEAD]))
    assert (statuses(plan), said(plan, "title")) == ([NEW], ["浇花器"])
    assert people(plan) == [[{"name": "张三", "code": "7", "grade": 5}, {"name": "李四", "code": "8", "grade": 6}]]
    assert said(plan, "tutors") == [[{"name": "王老师"}]]


def test_the_sheet_with_the_list_is_found_among_those_of_last_year(made: Open) -> None:
    book = xlwt.Workbook()
    book.add_sheet("填表说明").write(0, 0, "作品名称不超过 30 字")
    page = book.add_sheet("2025")
    for at, cells in enumerate([HEAD, row(1)]):
        for column, cell in enumerate(cells):
            page.write(at, column, cell)
    book.add_sheet("Sheet3")
    data = io.BytesIO()
    book.save(data)
    assert said(plan_of(made, data.getvalue()), "title") == ["作品1"]


# ---- text


def text(separator: str = ",", *more: Sequence[Any]) -> str:
    target = io.StringIO()
    csv.writer(target, delimiter=separator).writerows([HEAD, row(1), row(2, 作品简介='它"自己"浇花,\n两行'), *more])
    return target.getvalue()


TEXTS = {
    "GBK": text().encode("gbk"),
    "UTF-8": text().encode(),
    "UTF-8 with a mark": text().encode("utf-8-sig"),
    "GBK with tabs": text("\t").encode("gbk"),
    "Unicode text of Excel": text("\t").encode("utf-16"),
    "UTF-16, big end first": b"\xfe\xff" + text("\t").encode("utf-16-be"),
    "UTF-16 with commas": text().encode("utf-16"),
    "semicolons": text(";").encode("utf-8-sig"),
    "a line for Excel": b"sep=;\r\n" + text(";").encode("gbk"),
    "a title first": f"参赛作品汇总表{',' * (len(HEAD) - 1)}\r\n{text()}".encode("gbk"),
    "a title first, tabs": f"参赛作品汇总表\r\n{text(chr(9))}".encode("utf-16"),
    "ends of lines of old Macs": text().replace('浇花,\n', '浇花,\r').replace("\r\n", "\r").encode("gbk"),
    "blank lines after": (text() + "," * 11 + "\r\n" + "\r\n" * 20).encode("gbk"),
}  # fmt: skip


@pytest.mark.parametrize("name", TEXTS)
def test_text_that_excel_and_wps_save_reads_the_same(made: Open, name: str) -> None:
    plan = plan_of(made, TEXTS[name])
    assert (statuses(plan), said(plan, "title")) == ([NEW, NEW], ["作品1", "作品2"])
    assert people(plan) == [[{"name": "学生1", "grade": 5}], [{"name": "学生2", "grade": 5}]]
    assert said(plan, "abstract") == [GOOD["作品简介"], '它"自己"浇花,\n两行']


def test_a_rare_character_that_only_gb18030_has_is_read(made: Open) -> None:
    assert people(plan_of(made, text(",", row(3, 作者="张𬱖")).encode("gb18030")))[2] == [{"name": "张𬱖", "grade": 5}]


@pytest.mark.parametrize("data", [b"\xff\xfe", b"\xff\xfe\x00", b"\xff\xfe\x00\xd8", b"\xfe\xff\xdc\x00"])
def test_broken_utf_16_is_one_clear_problem(made: Open, data: bytes) -> None:
    plan = plan_of(made, data)
    assert (plan.lines, len(plan.problems)) == ([], 1)


def test_a_quote_that_never_ends_is_one_clear_problem(made: Open) -> None:
    data = (text() + '"' + "长" * 200_000).encode()
    plan = plan_of(made, data)
    assert (plan.lines, len(plan.problems)) == ([], 1)
