"""Which names are asked about, and which are told apart without asking."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from competition.core.school_names import likeness, likest, plain, split_names

PERHAPS = [
    ("晴川 一中", "晴川一中", ""),
    ("晴川一中（北校区）", "晴川一中", ""),
    ("Ｎｏ．１ School", "no.1 school", ""),
    ("晴川市第一中学", "晴川一中", ""),
    ("晴川第1中学", "晴川一中", ""),
    ("晴川一种", "晴川一中", ""),
    ("东区实验小学", "实验小学", "东区"),
    ("晴川市东区实验小学", "东区实验小学", "东区"),
    ("晴川市实验中学", "实验中学", ""),
    ("西山中学", "西山初级中学", ""),
    ("外国语学校", "外国语实验学校", ""),
]
APART = [
    ("晴川一中", "晴川二中", ""),
    ("第十一中学", "第一中学", ""),
    ("第11中学", "第1中学", ""),
    ("东坡小学", "西坡小学", ""),
    ("晴川小学", "晴川中学", ""),
    ("晴川初级中学", "晴川高级中学", ""),
    ("红星小学", "红旗小学", ""),
    ("晴川实验学校", "晴川外国语学校", ""),
    ("Qingchuan No. 1", "Qingchuan No. 2", ""),
]


@pytest.mark.parametrize(("one", "other", "unit"), PERHAPS)
def test_what_may_be_one_school_is_asked_about(one: str, other: str, unit: str) -> None:
    assert likeness(one, other, unit) > 0


@pytest.mark.parametrize(("one", "other", "unit"), APART)
def test_what_a_number_a_side_or_a_stage_tells_apart_is_not(one: str, other: str, unit: str) -> None:
    assert likeness(one, other, unit) == 0


@given(st.text("晴川东西一二中小学第市区 1A（）", max_size=8), st.text("晴川东西一二中小学第市区 1A（）", max_size=8))
def test_likeness_does_not_depend_on_who_is_asked_first(one: str, other: str) -> None:
    assert likeness(one, other) == likeness(other, one)


def test_likest_names_the_nearest_first_and_few() -> None:
    known = ["晴川二中", "晴川市第一中学", "晴川一中", "一中", "西山中学"]
    assert likest("晴川一中 ", known)[:2] == ["晴川一中", "晴川市第一中学"]
    assert len(likest("实验小学", [f"{place}实验小学" for place in "甲乙丙丁戊"])) == 3


def test_split_names_takes_every_separator_and_each_name_once() -> None:
    assert split_names("一中、 晴川中学,附中；一中;\n老一中，") == ("一中", "晴川中学", "附中", "老一中")
    assert split_names("") == ()


def test_plain_leaves_out_width_case_spaces_and_brackets() -> None:
    assert plain("Ａb （北）　校 ") == plain("ab北校") == "ab北校"
