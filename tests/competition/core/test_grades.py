"""Grades as people write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from competition.core.grades import GRADES, STAGES, grade_of, stage_of

WRITTEN = {
    0: ["幼儿园", "Kindergarten", "kindergarten"],
    1: ["小学一年级", "一年级", "小一", "小学1年级", "1", "1年级", "Primary 1", "primary1", "一"],
    3: ["三年级", "小三", "小学三年级（2）班", "三年级(2)班", " 三 年 级 "],
    5: ["小学五年级", "小五", "五（1）班"],
    6: ["六年级", "小六", "小学六"],
    7: ["初一", "七年级", "初中一年级", "初一年级", "初1", "七年级（3）班", "Junior 1"],
    8: ["八年级", "初二", "初中二"],
    9: ["九年级", "初三"],
    10: ["高一", "高一年级", "高中一年级", "高1", "10", "SENIOR 1"],
    12: ["高三", "高三（7）班", "高中三年级"],
    21: ["职一", "中职一", "中职一年级", "Vocational 1"],
    23: ["中职三年级", "职三"],
}
NO_GRADE = [
    "",
    "大一",
    "研一",
    "2017",
    "初四",
    "高四",
    "小七",
    "职四",
    "十年级",
    "初中",
    "高中",
    "小学",
    "年级",
    "班",
    "13",
    "20",
    "-1",
]


@pytest.mark.parametrize(("grade", "text"), [(grade, text) for grade, texts in WRITTEN.items() for text in texts])
def test_grade_is_known_as_people_write_it(grade: int, text: str) -> None:
    assert grade_of(text) == grade


@pytest.mark.parametrize("text", NO_GRADE)
def test_other_words_are_no_grade(text: str) -> None:
    assert grade_of(text) is None


@pytest.mark.parametrize("text", ["５年级", "初１", "１０"])
def test_width_of_a_digit_does_not_count(text: str) -> None:
    assert grade_of(text) is not None


@pytest.mark.parametrize("grade", GRADES)
def test_every_label_and_number_is_its_own_grade(grade: int) -> None:
    _, zh, en = GRADES[grade]
    assert {grade_of(zh), grade_of(en), grade_of(str(grade))} == {grade}
    assert stage_of(grade) in STAGES


@pytest.mark.parametrize("grade", [None, -1, 13, 20, 24, 2017])
def test_no_grade_has_no_stage(grade: int | None) -> None:
    assert stage_of(grade) == ""


@given(st.text(max_size=12))
def test_whatever_is_written_is_a_known_grade_or_none(text: str) -> None:
    found = grade_of(text)
    assert found is None or found in GRADES


@given(st.sampled_from(sorted(GRADES)), st.sampled_from(["", " ", "（1）班", "(12)班"]), st.sampled_from(["", " "]))
def test_class_and_spaces_do_not_change_a_grade(grade: int, after: str, before: str) -> None:
    assert grade_of(f"{before}{GRADES[grade][1]}{after}") == grade
