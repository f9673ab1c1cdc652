"""Sheets and columns are found by what people write over them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from awards.workbook.spec import SHEETS
from competition.core.cells import folded
from competition.core.columns import (
    Column,
    SheetSpec,
    column_by_heading,
    letter,
    plain_heading,
    spec_by_title,
)
from competition.core.reading import nearest
from tests.competition.core.books import ENTRIES, SPECS


@pytest.mark.parametrize(
    "heading",
    ["作品编号", "编号", "*作品编号", "作品编号*", "作品编号：", "作品编号（必填）", "【必填】作品编号", "作品 编号",
     "作品\n编号", "Entry number", "ENTRY NUMBER", "entry_number", "Ｅｎｔｒｙ－Ｎｕｍｂｅｒ", "number", " Number "],
)  # fmt: skip
def test_heading_is_known_in_any_dress(heading):
    assert column_by_heading(ENTRIES, heading).name == "number"


@pytest.mark.parametrize("heading", ["", "编", "作品编号二", "备注", "*", "()"])
def test_other_headings_are_not_guessed(heading):
    assert column_by_heading(ENTRIES, heading) is None


@pytest.mark.parametrize("heading", ["（作品编号）", "【作品编号】", "[Entry number]"])
def test_a_heading_in_brackets_alone_keeps_its_words(heading):
    assert plain_heading(heading)
    assert plain_heading(heading) != plain_heading("【备注】")


@given(st.text("AＡb1 　作品*：_－-·/、（）"))
def test_noise_never_makes_two_headings_of_one(text):
    once = plain_heading(text)
    assert plain_heading(f" *{text}：") == once
    if not set("()") & set(once):
        assert plain_heading(once) == once


def test_sheet_is_found_by_any_of_its_titles():
    assert all(spec_by_title(SPECS, title) is ENTRIES for title in ("参赛作品", "作品", "ENTRIES", "参赛作品（终稿）"))
    assert spec_by_title(SPECS, "草稿") is None


@pytest.mark.parametrize(
    ("index", "name"), [(0, "A"), (25, "Z"), (26, "AA"), (51, "AZ"), (52, "BA"), (701, "ZZ"), (702, "AAA")]
)
def test_letter_counts_as_the_spreadsheet_does(index, name):
    assert letter(index) == name


@given(st.integers(0, 20_000))
def test_letter_is_a_number_in_base_26(index):
    value = 0
    for char in letter(index):
        value = value * 26 + ord(char) - 64
    assert value == index + 1


@pytest.mark.parametrize("spec", SHEETS, ids=lambda spec: spec.name)
def test_no_two_columns_of_a_sheet_share_a_heading(spec: SheetSpec):
    owners: dict[str, str] = {}
    for column in spec.columns:
        for heading in column.headings:
            assert plain_heading(heading), (column.name, heading)
            assert owners.setdefault(plain_heading(heading), column.name) == column.name, heading


@pytest.mark.parametrize("spec", SHEETS, ids=lambda spec: spec.name)
def test_every_heading_of_a_sheet_finds_its_column(spec: SheetSpec):
    for column in spec.columns:
        assert all(column_by_heading(spec, heading) is column for heading in column.headings)


def test_no_two_sheets_share_a_title():
    owners: dict[str, str] = {}
    for spec in SHEETS:
        for title in spec.titles:
            assert owners.setdefault(plain_heading(title), spec.name) == spec.name, title


@pytest.mark.parametrize("spec", SHEETS, ids=lambda spec: spec.name)
def test_no_word_means_two_choices(spec: SheetSpec):
    for column in spec.columns:
        owners: dict[str, str] = {}
        for code, known in column.choices.items():
            for word in (code, *known):
                assert owners.setdefault(folded(word), code) == code, (column.name, word)


@pytest.mark.parametrize("spec", SHEETS, ids=lambda spec: spec.name)
def test_names_of_columns_are_unique(spec: SheetSpec):
    names = [column.name for column in spec.columns]
    assert len(names) == len(set(names))
    assert all(spec.column(name).name == name for name in names)


def test_headings_are_chinese_english_code_and_others():
    assert Column("a", "甲", "Alpha", also=("乙",)).headings == ("甲", "Alpha", "a", "乙")


@pytest.mark.parametrize(
    ("word", "found"),
    [("创新项目", "青少年创新项目"), ("Inovation", "Innovation"), ("zzz", ""), ("青少年 创新项目", "青少年创新项目")],
)
def test_nearest_offers_what_differs_least(word, found):
    assert nearest(word, ["青少年创新项目", "少儿科幻画", "Innovation"]) == found
