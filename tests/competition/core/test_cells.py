"""What a cell means for its column, and what is wrong with it."""

from datetime import date, datetime
from fractions import Fraction

import pytest

from competition.core.cells import Fault, folded, text_of, value_of
from competition.core.columns import Column, Kind


def column(kind: Kind = Kind.TEXT, **more) -> Column:
    return Column("one", "一", "One", kind, **more)


def fault_of(kind: Kind, cell, **more) -> str:
    with pytest.raises(Fault) as caught:
        value_of(column(kind, **more), cell)
    return caught.value.code


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (None, ""),
        (float("nan"), ""),
        ("", ""),
        ("  张三\u3000", "张三"),
        ("a\xa0b", "a b"),
        (12.0, "12"),
        (12.5, "12.5"),
        (0.1 + 0.2, "0.3"),
        (7, "7"),
        (True, "TRUE"),
        (False, "FALSE"),
        (999_999_999_999_999, "999999999999999"),
        (datetime(2017, 12, 17), "2017-12-17"),  # noqa: DTZ001
        (datetime(2017, 12, 17, 17), "2017-12-17 17:00:00"),  # noqa: DTZ001
        (date(2017, 12, 17), "2017-12-17"),
        ("e\u0301", "é"),
        ("341102200501011234", "341102200501011234"),
    ],
)
def test_text_of_shows_what_the_person_saw(cell, text):
    assert text_of(cell) == text


@pytest.mark.parametrize("cell", [10**15, 1234567890123456.0, -(10**15), 341102200501011234])
def test_a_numeric_cell_of_16_digits_has_lost_some(cell):
    assert fault_of(Kind.TEXT, cell) == "digits-lost"


@pytest.mark.parametrize("kind", list(Kind))
def test_a_blank_is_no_value_and_no_zero(kind):
    assert value_of(column(kind), "  ") is None
    assert value_of(column(kind), None) is None


@pytest.mark.parametrize("kind", list(Kind))
def test_a_blank_is_a_fault_where_something_is_needed(kind):
    assert fault_of(kind, " ", required=True) == "value-missing"


@pytest.mark.parametrize("kind", list(Kind))
@pytest.mark.parametrize("word", ["#REF!", "#N/A", "#VALUE!", "#NAME?", "#DIV/0!", "#NUM!", "#NULL!"])
def test_an_excel_error_is_never_a_value(kind, word):
    assert fault_of(kind, word) == "excel-error"


@pytest.mark.parametrize(
    ("cell", "number"), [("８６．５", Fraction(173, 2)), (86.5, Fraction(173, 2)), ("1/3", Fraction(1, 3)), (0, 0)]
)
def test_number_is_exact(cell, number):
    assert value_of(column(Kind.NUMBER), cell) == number


@pytest.mark.parametrize("cell", ["NaN", "inf", "-inf", float("inf"), "九十", "86分", "8,5"])
def test_what_is_no_number_is_not_taken_for_one(cell):
    assert fault_of(Kind.NUMBER, cell) == "not-a-number"


@pytest.mark.parametrize("number", ["0", "100", "-0"])
def test_borders_of_a_range_are_inside(number):
    assert value_of(column(Kind.NUMBER, low=0, high=100), number) == abs(int(number))


@pytest.mark.parametrize(("cell", "code"), [("-0.01", "too-low"), ("100.01", "too-high"), ("1e9", "too-high")])
def test_beyond_the_borders_is_a_fault(cell, code):
    assert fault_of(Kind.NUMBER, cell, low=0, high=100) == code


def test_an_immense_number_is_a_fault():
    assert fault_of(Kind.NUMBER, "1e400", low=0, high=100) in ("too-high", "not-a-number")


@pytest.mark.parametrize(("cell", "number"), [("3", 3), ("3.0", 3), (3.0, 3), ("6/2", 3), ("-2", -2)])
def test_whole_number_is_whole_by_value(cell, number):
    found = value_of(column(Kind.INTEGER), cell)
    assert (found, type(found)) == (number, int)


@pytest.mark.parametrize("cell", ["3.5", 3.5, "50%", "1/3"])
def test_a_broken_number_is_not_whole(cell):
    assert fault_of(Kind.INTEGER, cell) == "not-whole"


@pytest.mark.parametrize("cell", ["是", "Yes", "ＹＥＳ", "y", "TRUE", True, 1, 1.0, "1", "√", "✓", "有", "对"])
def test_words_for_yes(cell):
    assert value_of(column(Kind.YES_NO), cell) is True


@pytest.mark.parametrize("cell", ["否", "No", "ｎ", "false", False, 0, "0", "×", "无", "不"])
def test_words_for_no(cell):
    assert value_of(column(Kind.YES_NO), cell) is False


@pytest.mark.parametrize("cell", ["不是", "maybe", 2, "？", "-"])
def test_other_words_are_neither_yes_nor_no(cell):
    assert fault_of(Kind.YES_NO, cell) == "not-yes-no"


@pytest.mark.parametrize(
    "cell",
    ["2017-12-17", "2017/12/17", "2017.12.17", "2017年12月17日", "2017 年 12 月 17 日", "２０１７年１２月１７日",
     "2017-12-17 17:00", "2017-12-17T17:00:00", "2017-12-17 17:00:00.000", "2017年12月17日 17：00", date(2017, 12, 17),
     datetime(2017, 12, 17, 23, 59)],  # noqa: DTZ001
)  # fmt: skip
def test_dates_in_several_forms_are_one_day(cell):
    assert value_of(column(Kind.DATE), cell) == date(2017, 12, 17)


@pytest.mark.parametrize(
    ("cell", "moment"),
    [
        ("2017-12-17 9:05", (9, 5, 0)),
        ("2017-12-17T17:00:30", (17, 0, 30)),
        ("2017年12月17日 17:00", (17, 0, 0)),
        ("2017-12-17", (0, 0, 0)),
        (datetime(2017, 12, 17, 17), (17, 0, 0)),  # noqa: DTZ001
    ],
)
def test_moments_keep_their_time(cell, moment):
    assert value_of(column(Kind.MOMENT), cell) == datetime(2017, 12, 17, *moment)  # noqa: DTZ001


@pytest.mark.parametrize(
    "cell",
    ["2017-02-29", "2017-13-01", "2017-12-32", "17/12/2017", "20171217", 43086, "2017年12月", "2017-12-17 25:00",
     "去年", "2017-12-17 下午5:00", "0000-01-01"],
)  # fmt: skip
def test_no_day_is_guessed(cell):
    assert fault_of(Kind.DATE, cell) == "not-a-date"


@pytest.mark.parametrize(
    ("cell", "names"),
    [
        ("张三、李四", ("张三", "李四")),
        ("张三，李四；王五,赵六;钱七", ("张三", "李四", "王五", "赵六", "钱七")),
        ("张三\n李四\r\n王五", ("张三", "李四", "王五")),
        ("张三、 李四 、", ("张三", "李四")),
        ("阿卜杜拉·买买提、玛丽·居里", ("阿卜杜拉·买买提", "玛丽·居里")),
        ("Ann Lee; John Smith", ("Ann Lee", "John Smith")),
        ("张三", ("张三",)),
    ],
)
def test_names_part_at_separators_but_not_within_a_name(cell, names):
    assert value_of(column(Kind.NAMES), cell) == names


def test_order_of_names_is_kept():
    assert value_of(column(Kind.NAMES), "b、a、c") == ("b", "a", "c")


def test_length_counts_for_each_name_and_for_a_text():
    assert value_of(column(Kind.NAMES, longest=2), "张三、李四") == ("张三", "李四")
    assert fault_of(Kind.NAMES, "张三、欧阳锋", longest=2) == "too-long"
    assert value_of(column(longest=3), "一二三") == "一二三"
    assert fault_of(Kind.TEXT, "一二三四", longest=3) == "too-long"


CHOICES = {"first": ("一等奖", "First Prize"), "second": ("二等奖",)}


@pytest.mark.parametrize("cell", ["一等奖", "FIRST PRIZE", "firstprize", "first", "ｆｉｒｓｔ", " 一等 奖 "])
def test_choice_does_not_mind_width_case_and_spaces(cell):
    assert value_of(column(Kind.CHOICE, choices=CHOICES), cell) == "first"


@pytest.mark.parametrize("cell", ["三等奖", "一等", "first prizes", "1"])
def test_choice_is_not_guessed(cell):
    assert fault_of(Kind.CHOICE, cell, choices=CHOICES) == "not-a-choice"


def test_folded_keeps_different_words_apart():
    assert folded("Ａ b") == folded("aB")
    assert folded("小学") != folded("初中")
