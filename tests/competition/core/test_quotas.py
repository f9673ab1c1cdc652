"""Shares of a quota kept for divisions."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from competition.core.quotas import shares_of

ANHUI = {"primary": 10, "junior": 20, "senior": 50}


def test_anhui_2020_worked_by_hand():
    """45 places: 4.5, 9 and 22.5 are rounded half up to 5, 9 and 23; 8 are free. 7 primary take 2 of them."""
    found = shares_of(45, ANHUI, {"primary": 7, "junior": 9, "senior": 20, "": 1})
    assert (found.kept, found.free, found.free_taken) == ({"primary": 5, "junior": 9, "senior": 23}, 8, 3)
    assert not found.is_full


def test_halves_rounded_up_never_exceed_the_whole():
    assert shares_of(1, {"a": 50, "b": 50}, {}).kept == {"a": 1, "b": 0}


def test_more_than_the_whole_is_no_share():
    with pytest.raises(ValueError, match="more than the whole"):
        shares_of(10, {"a": 60, "b": 50}, {})


@given(
    st.integers(0, 500), st.lists(st.integers(0, 50), max_size=2), st.lists(st.integers(0, 300), min_size=3, max_size=3)
)
def test_what_is_kept_and_free_adds_up(most, percents, numbers):
    found = shares_of(most, dict(zip("ab", percents, strict=False)), dict(zip("abc", numbers, strict=True)))
    assert sum(found.kept.values()) + found.free == most
    assert min([*found.kept.values(), found.free, 0]) == 0
    if found.free_taken <= found.free:
        assert sum(numbers) <= most
