"""Lines: nothing lost, nothing too wide, no mark where none may stand."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import example, given
from hypothesis import strategies as st

from awards.pdf.fonts import width
from awards.pdf.linebreak import NO_END, NO_START, break_lines, may_break

ALPHABET = "在第三十二届深圳市青少年科技创新大赛中荣获一等奖，。、；：？！》）《（“”abcXYZ019 -/.%·"
WORDS = st.text(alphabet=st.sampled_from(ALPHABET), max_size=200)
CALM = st.text(alphabet=st.sampled_from("在第三十二届深圳市青少年科技创新大赛，。《》（）"), max_size=200).filter(
    lambda text: not any(before in NO_END | NO_START and after in NO_END | NO_START for before, after in pairwise(text))
)


@given(WORDS, st.integers(min_value=1000, max_value=30000), st.integers(min_value=0, max_value=900))
@example("，" * 40, 5000, 0)
@example("a" * 60, 3000, 0)
@example("中 " + " " * 30 + "中", 3000, 0)
def test_lines_joined_are_the_text_and_each_fits(text: str, wide: int, indent: int) -> None:
    lines = break_lines(text, wide, indent)
    assert "".join(lines) == text
    assert all(lines)
    for row, line in enumerate(lines):
        room = wide - (0 if row else indent)
        assert width(line.rstrip(" ")) <= room or len(line.rstrip(" ")) == 1


@given(CALM, st.integers(min_value=4000, max_value=30000))
def test_no_closing_mark_begins_a_line_and_no_opening_mark_ends_one(text: str, wide: int) -> None:
    lines = break_lines(text, wide)
    assert not any(line[0] in NO_START for line in lines[1:])
    assert not any(line[-1] in NO_END for line in lines[:-1])


def test_kinsoku_by_hand() -> None:
    assert break_lines("青少年科技，创新", 5000) == ["青少年科", "技，创新"]
    assert break_lines("青少年科《技术》", 5000) == ["青少年科", "《技术》"]
    assert break_lines("青少年科技》，创", 6000) == ["青少年科", "技》，创"]


def test_latin_words_stay_whole_where_they_fit() -> None:
    assert break_lines("基于 convolutional 网络", 8000) == ["基于 ", "convolutional ", "网络"]
    assert break_lines("state-of-the-art", 4500) == ["state-of-", "the-art"]
    assert not may_break("2", "0")
    assert may_break("年", "2")


def test_a_line_is_as_full_as_it_may_be() -> None:
    assert break_lines("一二三四五六七八九十", 4000) == ["一二三四", "五六七八", "九十"]
    assert break_lines("一二三四五六七八九十", 4000, 2000) == ["一二", "三四五六", "七八九十"]
