"""A workbook's tables with every problem, each where the person finds it."""

from datetime import date
from fractions import Fraction
from itertools import permutations

import pytest

from competition.core.reading import read_workbook
from tests.competition.core.books import SPECS, book, codes, entries, only, places, read, values

HEAD = ("作品编号", "作品名称", "分数", "日期")
ROW = ("A001", "会飞的学校", 86.5, date(2017, 12, 17))


@pytest.mark.parametrize("order", permutations(range(4)))
def test_order_of_columns_does_not_matter(order):
    row = only(entries([HEAD[i] for i in order], [ROW[i] for i in order]))
    assert row.values == {"number": "A001", "title": "会飞的学校", "score": Fraction(173, 2), "day": date(2017, 12, 17)}


def test_headings_may_stand_below_a_title_and_remarks():
    table = entries(["2017 年作品名单"], [], ["填表说明：*为必填", "x"], HEAD, ROW)
    assert only(table).number == 5
    assert only(table)["title"] == "会飞的学校"


@pytest.mark.parametrize(("above", "is_found"), [(9, True), (10, False)])
def test_headings_are_looked_for_in_ten_rows(above, is_found):
    reading = read(参赛作品=[["注"]] * above + [HEAD, ROW])
    assert bool(reading.tables["entries"].rows) == is_found
    assert ("column-missing" in codes(reading)) != is_found


def test_row_with_most_known_headings_is_the_heading():
    table = entries(["作品"], ["作品编号", "作品名称"], ["A001", "作品名称"])
    assert [row.values for row in table.rows] == [{"number": "A001", "title": "作品名称"}]


def test_unknown_columns_are_kept_by_their_heading():
    table = entries(["备注", "作品编号", "电话"], ["好", "A001", 13800000000])
    assert only(table).extra == {"备注": "好", "电话": "13800000000"}
    assert table.letters == {"备注": "A", "number": "B", "电话": "C"}


def test_two_columns_meaning_the_same_are_a_problem_and_the_first_counts():
    reading = read(参赛作品=[["作品编号", "编号"], ["A001", "B001"]])
    assert places(reading) == [("column-meant-twice", 0, "B")]
    assert reading.problems[0].facts == {"other": "作品编号"}
    assert values(reading.tables["entries"], "number") == ["A001"]


def test_two_unknown_columns_of_one_name_are_a_problem():
    assert places(read(参赛作品=[["作品编号", "备注", "备注"], ["A001", "a", "b"]])) == [("column-twice", 0, "C")]


@pytest.mark.parametrize("second", ["创新性（50分）", "创新性 *", "创 新 性"])
def test_two_columns_for_one_criterion_are_a_problem(second):
    """On a sheet whose further columns mean something, one of two marks would win without a word."""
    reading = read(参赛作品=[HEAD, ROW], 评分=[["作品编号", "创新性", second], ["A001", 40, 50]])
    assert [(p.sheet, p.column) for p in reading.problems] == [("评分", "C")]


def test_remarks_that_differ_in_brackets_are_kept_where_they_mean_nothing():
    table = entries(["作品编号", "备注（一）", "备注（二）"], ["A001", "a", "b"])
    assert only(table).extra == {"备注（一）": "a", "备注（二）": "b"}


def test_a_missing_column_is_named_once_and_its_sheet_not_read():
    reading = read(参赛作品=[["作品名称", "分数"], ["a", "b"], ["c", "d"]])
    assert [(p.code, p.heading) for p in reading.problems] == [("column-missing", "作品编号")]
    assert reading.tables["entries"].rows == []


def test_every_fault_is_told_with_row_and_letter():
    reading = read(参赛作品=[["名单"], HEAD, [None, "a", "x", None], ["A2", "b", 101, "2017-02-30"], ["A3"]])
    assert places(reading) == [
        ("value-missing", 3, "A"),
        ("not-a-number", 3, "C"),
        ("too-high", 4, "C"),
        ("not-a-date", 4, "D"),
    ]
    assert values(reading.tables["entries"], "number") == [None, "A2", "A3"]


def test_blank_rows_are_left_out_but_counted():
    assert [row.number for row in entries(HEAD, [], ["A1"], [" ", "\u3000"], ["A2"]).rows] == [3, 5]


def test_leading_blank_rows_are_counted():
    assert [row.number for row in entries([], [], HEAD, ["A1"]).rows] == [4]


def test_a_blank_cell_is_none_and_a_zero_is_zero():
    assert values(entries(HEAD, ["A1", "a", None], ["A2", "b", 0]), "score") == [None, 0]


def test_long_digits_are_refused_as_a_number_and_kept_as_text():
    reading = read(参赛作品=[HEAD, [1234567890123456, "a"], ["1234567890123456", "b"]])
    assert places(reading) == [("digits-lost", 2, "A")]
    assert values(reading.tables["entries"], "number") == [None, "1234567890123456"]


def test_an_excel_error_as_text_is_a_problem():
    assert places(read(参赛作品=[HEAD, ["A1", "#REF!"]])) == [("excel-error", 2, "B")]


def test_a_cell_in_error_is_a_problem_and_not_a_blank():
    """A formula that failed must not pass for a mark that was never given."""
    assert places(read(参赛作品=[HEAD, ["A1", "a", "=NA()"]])) == [("excel-error", 2, "C")]


def test_numeric_numbers_lose_their_point():
    assert values(entries(HEAD, [1, "a"], [2.0, "b"]), "number") == ["1", "2"]


def test_a_record_is_read_line_by_line():
    table = read(参赛作品=[HEAD, ROW], 大赛=[["备注", "x"], ["届次", 9], ["大赛名称", "第九届"]]).tables["contest"]
    assert only(table).values == {"name": "第九届", "ordinal": 9}
    assert only(table).extra == {"备注": "x"}


def test_problems_of_a_record_stand_in_its_second_column():
    reading = read(参赛作品=[HEAD, ROW], 大赛=[["大赛名称", "甲"], ["届次", "九"], ["大赛名称", "乙"]])
    assert [(p.code, p.row, p.column) for p in reading.problems] == [("not-a-number", 2, "B"), ("column-twice", 3, "B")]
    assert only(reading.tables["contest"])["name"] == "甲"


def test_an_item_that_a_record_lacks_is_named():
    reading = read(参赛作品=[HEAD, ROW], 大赛=[["届次", 9]])
    assert [(p.code, p.heading) for p in reading.problems] == [("column-missing", "大赛名称")]


def test_a_record_that_nobody_filled_is_not_there():
    reading = read(参赛作品=[HEAD, ROW], 大赛=[["大赛名称", None], ["届次", " "]])
    assert codes(reading) == []
    assert reading.tables["contest"].rows == []


def test_a_required_sheet_that_is_missing_or_empty_is_a_problem():
    assert codes(read(大赛=[["大赛名称", "甲"]])) == ["sheet-missing"]
    assert codes(read(参赛作品=[HEAD])) == ["sheet-empty"]
    assert codes(read(参赛作品=[])) == ["sheet-empty"]


def test_an_optional_sheet_may_be_missing():
    reading = read(参赛作品=[HEAD, ROW])
    assert codes(reading) == []
    assert reading.tables["marks"].rows == []


def test_two_sheets_of_one_meaning_are_a_problem():
    reading = read(参赛作品=[HEAD, ROW], Entries=[HEAD, ["B1"]])
    assert [(p.code, p.sheet) for p in reading.problems] == [("sheet-twice", "Entries")]
    assert values(reading.tables["entries"], "number") == ["A001"]


def test_unknown_sheets_are_left_alone():
    assert codes(read(参赛作品=[HEAD, ROW], 草稿=[["?"]])) == []


def test_digest_says_what_the_cells_say():
    one = read(参赛作品=[HEAD, ROW])
    assert one.digest.startswith("sha256:")
    assert one.digest == read(参赛作品=[HEAD, ROW]).digest
    assert one.digest != read(参赛作品=[HEAD, ("A001", "会飞的学校", 86.4, ROW[3])]).digest
    assert one.digest != read(参赛作品=[HEAD, ROW], 草稿=[["?"]]).digest


def test_problem_of_a_later_check_knows_its_place():
    table = entries(["备注", "作品编号"], ["x", "A001"])
    found = table.problem(only(table), "number", "twice", found="A001")
    assert (found.row, found.column, found.heading, found.facts) == (2, "B", "作品编号", {"found": "A001"})


def test_reading_does_not_depend_on_names_of_sheets_it_does_not_know():
    assert read_workbook(book(草稿=[HEAD]), SPECS[1:]).problems == []
