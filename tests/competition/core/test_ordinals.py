"""Editions counted as people count them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from competition.core.ordinals import DIGITS, english_ordinal, next_in, numeral

GOLDEN = {
    1: "一", 9: "九", 10: "十", 11: "十一", 19: "十九", 20: "二十", 21: "二十一", 90: "九十", 99: "九十九", 100: "一百",
    101: "一百〇一", 105: "一百〇五", 110: "一百一十", 111: "一百一十一", 120: "一百二十", 200: "二百", 999: "九百九十九",
}  # fmt: skip


def value(text: str) -> int:
    """What a numeral below 1,000 says, read by itself."""
    total = digit = 0
    for char in text:
        if char in "百十":
            total += (digit or 1) * (100 if char == "百" else 10)
            digit = 0
        else:
            digit = DIGITS.index(char)
    return total + digit


@pytest.mark.parametrize("number", GOLDEN)
def test_numeral_golden(number: int) -> None:
    assert numeral(number) == GOLDEN[number]


@given(st.integers(1, 999))
def test_a_numeral_reads_as_its_number(number: int) -> None:
    assert value(numeral(number)) == number


def test_no_two_numbers_share_a_numeral() -> None:
    assert len({numeral(number) for number in range(1, 1000)}) == 999


@pytest.mark.parametrize(
    ("number", "text"),
    [(1, "1st"), (2, "2nd"), (3, "3rd"), (4, "4th"), (11, "11th"), (12, "12th"), (13, "13th"), (21, "21st"),
     (22, "22nd"), (101, "101st"), (111, "111th"), (113, "113th")],
)  # fmt: skip
def test_english_ordinal_golden(number: int, text: str) -> None:
    assert english_ordinal(number) == text


@pytest.mark.parametrize(
    ("label", "year", "ordinal", "after"),
    [
        ("第九届晴川青少年科技创新大赛", 2017, 9, "第十届晴川青少年科技创新大赛"),
        ("第十届大赛", 2017, 10, "第十一届大赛"),
        ("第9届大赛", 2017, 9, "第10届大赛"),
        ("第九十九届大赛", 2017, 99, "第一百届大赛"),
        ("9th Science Contest", 2017, 9, "10th Science Contest"),
        ("The 1st Contest", 2017, 1, "The 2nd Contest"),
        ("2025年科技节", 2025, None, "2026年科技节"),
        ("2025年科技节", 2025, 3, "2026年科技节"),
        ("科技节", 2025, None, "2026 科技节"),
        ("科技节", 2025, 4, "2026 科技节"),
        ("第十九届大赛", 2017, 9, "2018 第十九届大赛"),
    ],
)
def test_next_in_moves_what_stands_there(label: str, year: int, ordinal: int | None, after: str) -> None:
    assert next_in(label, year, ordinal) == after


@pytest.mark.parametrize(
    ("label", "after"),
    [("2017年第九届大赛", "2018年第十届大赛"), ("9th Contest 2017", "10th Contest 2018")],
)
def test_ordinal_and_year_both_move(label: str, after: str) -> None:
    assert next_in(label, 2017, 9) == after


def test_an_ordinal_inside_another_word_is_left_alone() -> None:
    assert next_in("21st Century Cup 2017", 2017, 1) == "21st Century Cup 2018"


@given(st.integers(1, 998), st.integers(2000, 2100))
def test_the_next_of_the_next_counts_two(ordinal: int, year: int) -> None:
    name = f"第{numeral(ordinal)}届大赛"
    once = next_in(name, year, ordinal)
    if ordinal < 998:
        assert next_in(once, year + 1, ordinal + 1) == f"第{numeral(ordinal + 2)}届大赛"
    assert once == f"第{numeral(ordinal + 1)}届大赛"
