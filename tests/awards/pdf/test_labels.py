"""Labels for judging on paper: the number large, ten to a page, nobody named."""

from __future__ import annotations

import inspect
from itertools import pairwise

import pytest

from awards.pdf import DoesNotFit, GlyphMissing, Label, labels_pdf
from awards.pdf.ink import line_width
from awards.pdf.labels import COLUMNS, EDGE, HIGH, LABEL_HIGH, LABEL_WIDE, PAD, ROWS, SIDE, TRACK, WIDE, ends, placed

from .reading import assert_sound, texts
from .samples import AT, LONG_TITLE, TITLES


def label(number: str = "KH001", **more: str) -> Label:
    return Label(**({"entry_number": number, "entry_title": "月球上的向日葵田", "track": "科幻画"} | more))


def pdf_of(*labels: Label) -> bytes:
    return labels_pdf(labels, at=AT, title="作品标签", author="深圳市科协")


def test_ten_stand_on_a_page_in_the_given_order() -> None:
    data = pdf_of(*(label(f"KH{row:03d}") for row in range(1, 22)))
    assert_sound(data)
    found = texts(data)
    assert [sum(f"KH{row:03d}" in text for row in range(1, 22)) for text in found] == [10, 10, 1]
    places = [found[0].index(f"KH{row:03d}") for row in range(1, 11)]
    assert all(one < next_one for one, next_one in pairwise(places))
    assert "科幻画" in found[2] and "月球上的向日葵田" in found[2]


@pytest.mark.parametrize("number", ["A1", "CZ-2026-KH-00123", "作品编号很长的一种写法第一百二十三号"])
@pytest.mark.parametrize("title", [*TITLES, LONG_TITLE, "长" * 300, "long words " * 27])
def test_everything_stays_inside_its_label(number: str, title: str) -> None:
    """Whole, however long: a title has at most 300 characters."""
    for place in range(COLUMNS * ROWS):
        row, column = divmod(place, COLUMNS)
        left, top = SIDE + column * LABEL_WIDE, HIGH - EDGE - row * LABEL_HIGH
        lines = placed(label(number, entry_title=title), place)
        for line in lines:
            assert left + PAD - 1 <= line.x and line.x + line_width(line) <= left + LABEL_WIDE - PAD + 1
            assert top - LABEL_HIGH + PAD / 2 <= line.y and line.y + line.size <= top - PAD + 1
        assert all(above.y > below.y for above, below in pairwise(lines))
        assert lines[1].size > TRACK or len(number) > 12


def test_cut_marks_touch_no_label() -> None:
    inside = (SIDE, WIDE - SIDE, EDGE, HIGH - EDGE)
    for x, y, to_x, to_y in ends():
        assert (
            max(x, to_x) <= inside[0]
            or min(x, to_x) >= inside[1]
            or max(y, to_y) <= inside[2]
            or min(y, to_y) >= inside[3]
        )
        assert min(x, to_x) > 0 and max(x, to_x) < WIDE and min(y, to_y) > 0 and max(y, to_y) < HIGH


def test_a_label_has_no_place_for_school_or_author() -> None:
    assert set(inspect.signature(Label).parameters) == {"entry_number", "entry_title", "track"}


def test_equal_bytes_missing_glyphs_what_does_not_fit_and_no_labels() -> None:
    assert pdf_of(label(), label("B")) == pdf_of(label(), label("B"))
    with pytest.raises(GlyphMissing) as caught:
        pdf_of(label(), label("B", entry_title="机器人😀"))
    assert caught.value.where == "B"
    with pytest.raises(DoesNotFit) as too_long:
        pdf_of(label("C", entry_title="长" * 900))
    assert too_long.value.number == "C"
    with pytest.raises(ValueError, match="no labels"):
        pdf_of()
