"""Columns of a higher contest's form: told by whole words of headings, wherever the headings stand."""

import pytest

from awards.core.up_layouts import CODE_OF, LATE_AUTHOR, NOTHING, USUAL, WORDS, Layout, UpColumn, faults_of, guessed
from awards.outputs.up_form import CELLS
from awards.their_form import read_form
from awards.up_layout_forms import GROUPS, KINDS, columns_typed
from competition.core.columns import plain_heading
from competition.errors import Refused
from tests.competition.core.books import book

# Four published lists of one city, with its headings where they stood: row 4, row 3, then the first rows.
GUANGZHOU = [
    (3, ["成员", "负责人", "单位", "指导老师", "奖次", "项目", "区属"],
     ["other_authors", "first_author", "school", "tutors", "prize", "title", "district"]),
    (2, ["序号", "项目", "负责人", "成员", "单位", "指导老师", "区属", "奖项"],
     ["row", "title", "first_author", "other_authors", "school", "tutors", "district", "prize"]),
    (1, ["序号", "项目", "学校", "负责人", "成员", "指导老师", "奖项", "区属"],
     ["row", "title", "school", "first_author", "other_authors", "tutors", "prize", "district"]),
    (1, ["序号", "学校", "项目", "指导老师", "获奖等级", "备注", "负责人", "成员"],
     ["row", "school", "title", "tutors", "prize", NOTHING, "first_author", "other_authors"]),
]  # fmt: skip


@pytest.mark.parametrize(("above", "headings", "codes"), GUANGZHOU)
def test_headings_are_found_below_titles_and_keep_their_order(above, headings, codes):
    rows = [["广州市中小学生创新大赛名单"], ["填表说明：作品名称不超过二十字", "", "联系人"], ["（盖章）"]][:above]
    found = read_form(book(名单=[*rows, headings, ["", "", "", ""]]))
    assert [(one.heading, one.code) for one in found.columns] == list(zip(headings, codes, strict=True))


def test_a_heading_about_something_else_stays_blank_and_no_kind_stands_twice():
    found = guessed(["指导老师单位", "指导老师", "作者姓名", "作者", "身份证号（必填）"])
    assert [one.code for one in found] == [NOTHING, "tutors", "authors", NOTHING, LATE_AUTHOR + "id_number"]


def test_a_word_that_stands_twice_says_nothing():
    found = guessed(["姓名", "身份证号", "项目名称", "姓 名", "身份证号（18位）"])
    assert [one.code for one in found] == [NOTHING, NOTHING, "title", NOTHING, NOTHING]


def test_what_has_no_headings_is_no_form():
    with pytest.raises(Refused) as found:
        read_form(book(名单=[["", ""]]))
    assert found.value.denial.code == "layout-unread"


def test_every_kind_has_words_a_place_in_the_choice_and_a_cell():
    offered = [code for _group, codes in GROUPS for code in codes]
    assert sorted(offered) == sorted(WORDS) == sorted(KINDS)
    assert {code for code in WORDS if not code.startswith("late-")} == set(CELLS)
    words = [plain_heading(word) for each in WORDS.values() for word in each]
    assert len(words) == len(CODE_OF)  # no word means two kinds
    assert set(USUAL) <= set(WORDS)


def test_columns_are_moved_by_their_places_and_go_with_their_heading():
    typed = {"heading-0": "甲", "place-0": "3", "heading-1": "乙", "code-1": "title", "place-1": "2",
             "heading-2": "", "code-2": "", "place-2": "1", "code-3": "school"}  # fmt: skip
    assert columns_typed(typed) == (UpColumn("title", "乙"), UpColumn("", "甲"), UpColumn("school", "学校"))


def test_a_layout_comes_back_as_it_was_kept():
    layout = Layout("省赛", (UpColumn("title", "项目"), UpColumn("", "备注")), "author", "winners", False)
    assert Layout.of(layout.kept) == layout
    assert faults_of(layout) == ""
    assert faults_of(Layout("", layout.columns)) == "layout-name"
    assert faults_of(Layout("省赛")) == faults_of(Layout("省赛", (UpColumn("nothing", "x"),))) == "layout-columns"
    assert faults_of(Layout("省赛", (UpColumn("title", " "),))) == "layout-heading"
