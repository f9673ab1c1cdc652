"""A plan tried: what each way with ties does, worked by hand, and made-up scores that can be made again."""

from fractions import Fraction
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from awards.core.prizes import GroupPlan, LevelPlan, cut
from awards.core.trials import POLICIES, in_places, made_up_scores, shared_by, tried

PLAN = GroupPlan((LevelPlan("first", "count", Fraction(2)), LevelPlan("second", "count", Fraction(1))), ties="shrink")


def test_each_way_with_ties_by_hand():
    """95 90 90 80, two first and one second: docs/rulebook.md "Ties across a cut"."""
    found = tried([(1, 95), (1, 90), (1, 90), (1, 80), None], PLAN, 5)
    assert (found.entries, found.scored, found.shared, found.seats, found.across) == (5, 4, 2, (2, 1), 1)
    assert {one.ties: (one.given, one.held, one.held_seats) for one in found.policies} == {
        "extend": ((3, 0), 0, 0), "shrink": ((1, 0), 0, 0), "hold": ((1, 0), 2, 2),
    }  # fmt: skip
    assert found.cuts == ((1, 95), None)  # by the plan's own way


@given(st.lists(st.none() | st.integers(0, 6), max_size=12), st.sampled_from(POLICIES))
def test_a_trial_gives_what_the_plan_gives(points, ties):
    scores = [None if one is None else (1, one) for one in points]
    plan = GroupPlan(PLAN.levels, ties=ties)
    levels = cut(scores, plan, len(scores)).levels
    mine = next(one for one in tried(scores, plan, len(scores)).policies if one.ties == ties)
    assert mine.given == tuple(levels.count(level) for level in range(2))


@pytest.mark.parametrize("shared", [0, Fraction(1, 5), Fraction(1, 2), 1])
def test_about_so_many_share_their_score(shared):
    scores = made_up_scores(200, places=2, shared=Fraction(shared), rng=Random("7"))
    assert abs(shared_by(scores) / 200 - shared) < 0.2
    assert all(0 <= units <= 10_000 for _stage, units, _time in scores)


def test_the_same_seed_gives_the_same_scores_and_another_gives_others():
    one, again, other = (made_up_scores(30, places=2, shared=Fraction(1, 5), rng=Random(seed)) for seed in "aab")
    assert one == again != other


def test_made_up_scores_are_about_normal():
    scores = [
        units / 100 for _stage, units, _time in made_up_scores(2000, places=2, shared=Fraction(), rng=Random("1"))
    ]
    assert abs(sum(scores) / 2000 - 75) < 1
    assert 0.6 < sum(67 <= one <= 83 for one in scores) / 2000 < 0.76


def test_scores_of_another_precision():
    assert in_places((1, 875, 0), 1, 2) == (1, 8750, 0)
    assert in_places((1, 8755, 0), 2, 1) == (1, 876, 0)
    assert in_places(None, 2, 1) is None
