"""A vote is counted, never said; moves add no place."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from awards.core.moving import Count, is_carried, over_places


@pytest.mark.parametrize(
    ("present", "in_favour", "against", "abstained", "recused", "half", "two_thirds"),
    [
        (7, 4, 3, 0, 0, True, False),
        (7, 5, 2, 0, 0, True, True),
        (6, 3, 3, 0, 0, False, False),  # half is not more than half
        (6, 4, 0, 2, 0, True, True),  # who abstains counts among those present
        (7, 3, 2, 2, 0, False, False),
        (7, 3, 2, 0, 2, True, False),  # who is recused does not
        (7, 4, 2, 0, 1, True, True),
        (3, 0, 0, 0, 3, False, False),  # nobody votes
        (2, 0, 0, 2, 0, False, False),
        (1, 1, 0, 0, 0, True, True),
    ],
)
def test_a_vote_is_carried_by_its_majority(present, in_favour, against, abstained, recused, half, two_thirds):
    count = Count(present, in_favour, against, abstained, recused)
    assert count.adds_up
    assert (is_carried(count, "half"), is_carried(count, "two_thirds")) == (half, two_thirds)


def test_a_vote_adds_up_to_those_present():
    assert not Count(7, 4, 2, 0, 0).adds_up
    assert not Count(7, 8, -1, 0, 0).adds_up
    assert not Count(0, 0, 0, 0, 0).adds_up


def test_another_majority_is_none():
    with pytest.raises(ValueError, match="all"):
        is_carried(Count(1, 1, 0, 0, 0), "all")


@pytest.mark.parametrize(
    ("before", "after", "seats", "over"),
    [
        ((0, 1, None), (1, 0, None), (1, 1), None),  # they change places
        ((0, 1, None), (0, 0, None), (1, 1), (0, 2, 1)),
        ((0, 1, None), (0, None, None), (1, 1), None),  # down: the seat stays free
        ((0, 1, None), (0, None, 1), (1, 1), None),
        ((0, None, None), (0, None, 1), (1, 1), None),  # a place that nobody had
        ((0, 0, 1), (0, 0, 1), (1, 2), None),  # the plan let both tied have the first
        ((0, 0, 1), (0, 1, 1), (1, 2), None),
        ((0, 0, 1, None), (0, 0, 1, 1), (1, 2), (None, 4, 3)),  # their second place was taken for it
        ((0, 0, 1, None), (0, 0, None, 0), (1, 2), (0, 3, 2)),
        ((0, 0, 0), (0, 0, 0), (1,), None),
    ],
)
def test_moves_keep_to_the_places_of_the_plan(before, after, seats, over):
    found = over_places(before, after, seats)
    assert (found and (found.level, found.given, found.most)) == over


levels = st.none() | st.integers(0, 2)


@given(rows=st.lists(st.tuples(levels, levels), max_size=9), seats=st.tuples(*[st.integers(0, 4)] * 3))
def test_what_is_let_pass_never_exceeds_plan_or_extended_ties(rows, seats):
    before, after = [one[0] for one in rows], [one[1] for one in rows]
    if over_places(before, after, seats) is None:
        was, now = Counter(before), Counter(after)
        assert all(now[level] <= max(seats[level], was[level]) for level in range(3))
        assert len(rows) - now[None] <= max(sum(seats), len(rows) - was[None])


@given(levels=st.lists(levels, max_size=9), seats=st.tuples(*[st.integers(0, 4)] * 3))
def test_without_a_move_nothing_is_over(levels, seats):
    assert over_places(levels, levels, seats) is None
