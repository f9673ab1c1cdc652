"""Rows put into a sheet: what stands above keeps its place, what stands below moves, what spans both grows."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from awards.core.shifting import Shift, moved, moved_all, moved_formula

SIX_INTO_THREE = Shift(first=5, below=8, rows=6)


@pytest.mark.parametrize(
    ("was", "now"),
    [
        ("A1:H2", "A1:H2"), ("$A$8", "$A$11"), ("B5:B7", "B5:B10"), ("B5:B6", "B5:B6"), ("A9:C12", "A12:C15"),
        ("A4:A20", "A4:A23"), ("$1:$4", "$1:$4"), ("8:9", "11:12"), ("A:C", "A:C"), ("A4", "A4"),
    ],
)  # fmt: skip
def test_references_follow_what_they_mean(was, now):
    assert moved(was, SIX_INTO_THREE.span) == now


def test_where_the_rows_fit_nothing_moves():
    fits = Shift(first=5, below=8, rows=3)
    assert fits.added == 0 and moved_all("A1 B5:B7 C8:D9", fits.span) == "A1 B5:B7 C8:D9"
    assert Shift(5, None, 500).row(700) == 700


def test_what_holds_for_the_first_row_holds_for_all_and_is_printed():
    assert SIX_INTO_THREE.ruled(5, 5) == (5, 10) and SIX_INTO_THREE.ruled(6, 6) == (6, 6)
    assert Shift(5, None, 40).ruled(5, 9) == (5, 44)
    assert Shift(5, None, 40).printed(1, 9) == (1, 44) and SIX_INTO_THREE.printed(1, 9) == (1, 12)
    without_space = Shift(5, 5, 2)
    assert without_space.ruled(5, 5) == (7, 7) and without_space.span(1, 4) == (1, 4)


@pytest.mark.parametrize(
    ("was", "now"),
    [
        ("SUM(C5:C7)+C9", "SUM(C5:C10)+C12"), ('IF(A9="A9",LOG10(B8),"")', 'IF(A9="A9",LOG10(B8),"")'),
        ("表!A9+'报 名'!$A$9+A9", "表!A9+'报 名'!$A$12+A12"), ("A9_total+B9(1)+FY2024", "A9_total+B9(1)+FY2027"),
    ],
)  # fmt: skip
def test_formulas_follow_but_for_their_texts_and_other_sheets(was, now):
    now = now.replace('A9="A9",LOG10(B8)', 'A12="A9",LOG10(B11)')
    assert moved_formula(was, SIX_INTO_THREE.span, title="报 名", is_home=True) == now


def test_a_formula_of_another_sheet_follows_only_where_it_names_the_sheet():
    assert moved_formula("报名!A9+A9+别!A9", SIX_INTO_THREE.span, title="报名", is_home=False) == "报名!A12+A9+别!A9"


@given(st.integers(1, 30), st.integers(0, 20), st.integers(0, 60), st.integers(1, 90), st.integers(1, 90))
def test_no_two_rows_become_one_and_their_order_stays(first, space, rows, one, other):
    shift = Shift(first, first + space, rows)
    assert (shift.row(one) < shift.row(other)) == (one < other)
    assert one < shift.below or shift.row(one) > shift.last
