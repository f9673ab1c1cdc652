"""Median, spread and leaning; and that no mark of another can be worked out from what is shown."""

from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from judging.core.calibration import ALIKE, FEWEST_OTHERS, leaning, middle, spread

marks = st.lists(st.integers(0, 100), min_size=1, max_size=9)


def test_middle_by_hand():
    assert (middle([3, 1, 2]), middle([4, 1, 2, 3])) == (2, Fraction(5, 2))
    with pytest.raises(ValueError):
        middle([])


def test_spread_by_hand():
    assert spread([80, 80, 80], 100) == 5  # never zero
    assert spread([70, 80, 90], 100) == 10
    assert spread([68, 80, 92], 100) == 15  # 12, in whole fives
    assert spread([1, 2, 3], 4) == 1


@given(marks)
def test_at_least_half_lie_within_the_spread(points):
    centre, around = middle(points), spread(points, 100)
    assert 2 * sum(abs(one - centre) <= around for one in points) >= len(points)


@given(marks)
def test_the_order_of_judges_tells_nothing(points):
    assert (middle(points), spread(points, 100)) == (middle(points[::-1]), spread(points[::-1], 100))


@pytest.mark.parametrize("others", [FEWEST_OTHERS, FEWEST_OTHERS + 1])
@pytest.mark.parametrize("maximum", [4, 25])
def test_no_mark_of_another_can_be_worked_out(others, maximum):
    """Whatever is shown, each of the others may have given two different marks at least."""
    scale = range(maximum + 1) if maximum < 10 else range(0, maximum + 1, 3)
    alike: dict[tuple, set[int]] = {}
    for points in product(scale, repeat=others):
        alike.setdefault((middle(points), spread(points, maximum)), set()).add(points[0])  # all orders are there
    assert min(len(one) for one in alike.values()) >= 2


def test_of_two_others_marks_could_be_worked_out():
    """The twin: why three."""
    alike: dict[tuple, set[int]] = {}
    for points in product(range(5), repeat=2):
        alike.setdefault((middle(points), spread(points, 4)), set()).add(points[0])
    assert min(len(one) for one in alike.values()) == 1


@given(st.lists(st.fractions(-1, 1), max_size=6))
def test_leaning_turns_with_the_sign(deviations):
    assert leaning(deviations) == -leaning([-one for one in deviations])


def test_leaning_by_hand():
    assert [leaning([one]) for one in (-ALIKE, Fraction(0), ALIKE, ALIKE / 2)] == [-1, 0, 1, 0]
    assert leaning([]) == 0
