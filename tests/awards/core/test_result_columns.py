"""What columns, names and prizes of a published list seem to be."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from awards.core.result_columns import LEVELS, SEVERAL, WORDS, fits, guessed_columns, names_in, prize_code
from competition.core.cells import folded

EVERY_WORD = [word for words in WORDS.values() for word in words]
HEADINGS = st.lists(st.sampled_from([*EVERY_WORD, "序号", "备注", "省份", "学生年级", "作者性别", ""]), max_size=12)
HAN = st.text(st.sampled_from("张王李赵欧阳娜三四五伟芳"), min_size=2, max_size=4)


@pytest.mark.parametrize(
    ("headings", "role", "found"),
    [
        (["序号", "项目名称", "作者", "学校", "辅导教师", "奖次"], "title", ("项目名称",)),
        (["作品名称", "学生姓名", "所在学校", "指导教师", "奖项", "类别"], "authors", ("学生姓名",)),
        (["姓名", "单位", "获奖等级"], "prize", ("获奖等级",)),
        (["第一作者姓名", "第二作者姓名", "学生年级", "等级"], "authors", ("第一作者姓名", "第二作者姓名")),
        (["Project title", "Finalists", "School", "Award"], "title", ("Project title",)),
        (["学校代码", "学校名称（全称）", "奖项"], "school", ("学校名称（全称）",)),
        (["作者联系电话", "作者", "奖项"], "authors", ("作者",)),
    ],
)
def test_guessed_columns_by_the_words_of_published_lists(headings, role, found):
    assert guessed_columns(headings)[role] == found


@given(HEADINGS)
def test_no_column_is_two_things(headings):
    found = guessed_columns(headings)
    named = [one for some in found.values() for one in some]
    assert len(named) == len(set(named))
    assert set(named) <= set(headings)
    assert all(len(some) == 1 for role, some in found.items() if role not in SEVERAL)


@given(HEADINGS)
def test_what_was_guessed_fits_the_list_it_was_guessed_from(headings):
    found = guessed_columns(headings)
    assert fits(found, headings) == bool(found)


@given(st.sampled_from(EVERY_WORD))
def test_a_word_alone_is_what_it_says(word):
    assert next(role for role, words in WORDS.items() if word in words) in guessed_columns([word])


def test_a_column_that_is_missing_does_not_fit():
    assert not fits({"prize": ("奖次",)}, ["奖项"])


@given(st.lists(HAN, min_size=1, max_size=4, unique=True), st.sampled_from("、;；,，\n"))
def test_names_set_apart_come_back_in_order(names, separator):
    assert names_in(separator.join(names)) == tuple(names)


@given(st.lists(HAN, min_size=1, max_size=3, unique=True))
def test_a_space_parts_whole_names(names):
    assert names_in(" ".join(names)) == tuple(names)


def test_a_known_name_stays_whole():
    assert names_in("欧阳 娜娜") == ("欧阳", "娜娜")
    assert names_in("欧阳 娜娜、张 三", {folded("欧阳娜娜")}) == ("欧阳娜娜", "张三")


@pytest.mark.parametrize(
    ("word", "code"),
    [
        ("一等奖", "first"), ("金奖", "first"), ("First Award", "first"), ("小学组二等", "second"), ("铜奖", "third"),
        ("特等奖", "grand"), ("优秀奖", "merit"), ("", ""), ("未获奖", ""), ("最佳创意奖", None), ("高士其科普奖", None),
    ],
)  # fmt: skip
def test_prize_code_of_published_words(word, code):
    assert prize_code(word) == code


@given(st.sampled_from([word for _code, words in LEVELS for word in words]), st.sampled_from(["first", "", "special"]))
def test_what_a_person_said_of_a_word_comes_first(word, said):
    assert prize_code(word, {folded(word): said}) == said
