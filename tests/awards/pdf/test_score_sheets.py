"""Paper score sheets: what a judge needs to know, room to write, two to a page."""

from __future__ import annotations

import inspect

import pytest

from awards.pdf import DoesNotFit, GlyphMissing, ScoreSheet, ScoreSheetLabels, score_sheets_pdf

from .reading import assert_sound, texts
from .samples import AT, LONG_TITLE

CRITERIA = (("创新性 Originality", "0–30"), ("科学性", "0–30"), ("实用性", "0–20"), ("展示与答辩", "0–20"))


def sheet(number: str = "XE-001", criteria: tuple[tuple[str, str], ...] = CRITERIA, **more: str) -> ScoreSheet:
    facts = {"contest": "第三十二届大赛", "round": "终评", "judge": "评委 07", "track": "物理与工程学"}
    facts |= {"entry_title": "会折纸的机器人"} | more
    return ScoreSheet(entry_number=number, criteria=criteria, **facts)


def pdf_of(*sheets: ScoreSheet) -> bytes:
    return score_sheets_pdf(sheets, at=AT, title="评分表", author="深圳市科协")


def test_two_sheets_a_page_with_all_that_a_judge_needs() -> None:
    sheets = [sheet(f"XE-{row:03d}", entry_title=LONG_TITLE) for row in range(5)]
    data = pdf_of(*sheets)
    assert_sound(data)
    found = texts(data)
    assert len(found) == 3
    for row, one in enumerate(sheets):
        text = found[row // 2]
        for wanted in (one.entry_number, LONG_TITLE, "创新性Originality", "0–30", "评委07", "总分Total"):
            assert "".join(wanted.split()) in text
    assert "XE-001" not in found[1]


def test_many_criteria_take_a_page_each() -> None:
    many = tuple((f"第{row}项", "0–5") for row in range(20))
    assert len(texts(pdf_of(sheet("A", many), sheet("B", many)))) == 2
    with pytest.raises(DoesNotFit) as caught:
        pdf_of(sheet("A"), sheet("B", many * 3))
    assert caught.value.number == "B"


def test_labels_are_data() -> None:
    words = ScoreSheetLabels(heading="Score sheet", total="Grand total")
    one = ScoreSheet("Contest", "Final", "J7", "E1", "Robot", "Physics", CRITERIA, words)
    assert "Grandtotal" in texts(pdf_of(one))[0]


def test_a_sheet_has_no_place_for_school_or_author() -> None:
    fields = set(inspect.signature(ScoreSheet).parameters)
    assert fields == {"contest", "round", "judge", "entry_number", "entry_title", "track", "criteria", "labels", "code"}


def test_equal_bytes_missing_glyphs_and_no_sheets() -> None:
    assert pdf_of(sheet(), sheet("B")) == pdf_of(sheet(), sheet("B"))
    with pytest.raises(GlyphMissing) as caught:
        pdf_of(sheet(), sheet("B", entry_title="机器人😀"))
    assert caught.value.where == "B"
    with pytest.raises(ValueError, match="no score sheets"):
        pdf_of()
