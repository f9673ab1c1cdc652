"""Cut as evenly as the order allows, and nothing lost."""

from itertools import combinations_with_replacement, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from awards.core.even_parts import even_parts

WEIGHTS = st.lists(st.integers(1, 60), max_size=40)


def sums_of(weights, parts):
    return [sum(weights[at] for at in one) for one in even_parts(weights, parts)]


@given(WEIGHTS, st.integers(1, 9))
def test_everything_is_in_exactly_one_part_in_its_order(weights, parts):
    cut = even_parts(weights, parts)
    assert len(cut) == parts
    assert [at for one in cut for at in one] == list(range(len(weights)))


@given(WEIGHTS, st.integers(1, 9))
def test_no_part_is_heavier_than_another_by_more_than_the_largest_weight(weights, parts):
    found = sums_of(weights, parts)
    assert max(found) - min(found) <= max(weights, default=0)


@given(st.lists(st.integers(1, 12), min_size=1, max_size=9), st.integers(1, 4))
def test_no_other_cut_is_more_even(weights, parts):
    found = sums_of(weights, parts)
    spreads = []
    for ends in combinations_with_replacement(range(len(weights) + 1), parts - 1):
        each = [sum(weights[one:other]) for one, other in pairwise((0, *ends, len(weights)))]
        spreads.append(max(each) - min(each))
    assert max(found) - min(found) == min(spreads)


def test_equal_weights_are_shared_equally():
    assert [len(one) for one in even_parts([3] * 12, 4)] == [3, 3, 3, 3]
    assert sums_of([30, 1, 1, 1, 1], 2) == [30, 4]


def test_a_city_is_cut_at_once():
    weights = [1 + at * 37 % 90 for at in range(600)]
    found = sums_of(weights, 12)
    assert max(found) - min(found) <= 90


@pytest.mark.parametrize(("weights", "parts"), [([1], 0), ([1, 0], 2)])
def test_what_makes_no_sense_is_refused(weights, parts):
    with pytest.raises(ValueError, match="at least one part"):
        even_parts(weights, parts)
