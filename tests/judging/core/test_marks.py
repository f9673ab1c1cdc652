"""A mark as it is typed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from competition.core.numbers import decimal_text
from judging.core.marks import points_of


@pytest.mark.parametrize(
    ("text", "places", "points"),
    [
        ("18", 0, 18),
        ("18.5", 1, 185),
        ("１８", 0, 18),
        ("１８．５", 1, 185),
        (" 7 ", 0, 7),
        ("0", 0, 0),
        ("18.50", 1, 185),
        ("18.0", 0, 18),
    ],
)
def test_what_a_mark_is(text, places, points):
    assert points_of(text, places=places, maximum=1000) == points


@pytest.mark.parametrize("text", ["", "  "])
def test_a_blank_is_not_a_zero(text):
    assert points_of(text, places=0, maximum=10) is None


@pytest.mark.parametrize("text", ["11", "-1", "9.5", "x", "1/2", "50%", "1e1000", "nan", "٣"])
def test_what_is_none(text):
    with pytest.raises(ValueError):
        points_of(text, places=0, maximum=10)


@given(st.integers(0, 10**6), st.integers(0, 2))
def test_what_is_written_is_what_is_read(points, places):
    assert points_of(decimal_text(points, places), places=places, maximum=10**6) == points
