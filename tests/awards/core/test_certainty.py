"""How many reviews a certainty takes: against what can be worked out by hand, and what must hold of every answer."""

from dataclasses import replace
from fractions import Fraction
from itertools import pairwise
from math import asin, pi, sqrt

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from awards.core.certainty import REVIEWS, Planned, Scatter, certainties, drawn_panels, fewest, scores_of
from awards.core.prizes import GroupPlan, LevelPlan
from judging.core.scores import METHODS, published

PRIZES = GroupPlan(tuple(LevelPlan(code, "percent_entries", Fraction(n)) for code, n in (("a", 10), ("b", 20))))
USUAL = Planned(entries=60, load=20, prizes=PRIZES, method="mean", places=2)
SCATTER = Scatter(level=75, entry=25, judge=4, residual=16)


def test_of_two_entries_and_one_prize_the_better_wins_as_often_as_the_normal_law_says() -> None:
    """Everyone marks both, so strictness cancels: P = 1/2 + arcsin(√(entry / (entry + residual / R))) / π."""
    one = GroupPlan((LevelPlan("first", "count", Fraction(1)),))
    for found in certainties(SCATTER, Planned(2, 60, one, "mean", 4)):
        expected = 0.5 + asin(sqrt(25 / (25 + 16 / found.reviews))) / pi
        assert abs(found.right - expected) < 4 * found.right_error
        assert found.deserved == found.right  # the one who lacks it is the other one's mistake


def test_where_every_entry_has_judges_of_its_own_strictness_is_chance() -> None:
    one = GroupPlan((LevelPlan("first", "count", Fraction(1)),))
    own = certainties(SCATTER, Planned(2, 1, one, "mean", 4))
    for found in own:
        assert found.judges == 2 * found.reviews
        expected = 0.5 + asin(sqrt(25 / (25 + 20 / found.reviews))) / pi
        assert abs(found.right - expected) < 4 * found.right_error


@pytest.mark.parametrize("method", ["mean", "trimmed", "median"])
@pytest.mark.parametrize("places", [0, 2])
def test_without_judges_and_chance_everyone_is_where_they_belong(method: str, places: int) -> None:
    """Ties too: at whole points there are many."""
    exact = certainties(replace(SCATTER, judge=0, residual=0), replace(USUAL, method=method, places=places))
    assert {(one.right, one.deserved, one.right_error) for one in exact} == {(1.0, 1.0, 0.0)}


@given(st.floats(1, 100), st.floats(0, 50), st.floats(0.5, 100), st.integers(3, 90), st.integers(1, 80))
@settings(max_examples=8, deadline=None)
def test_more_reviews_never_lower_the_share_beyond_chance(entry, judge, residual, entries, load) -> None:
    found = certainties(Scatter(75, entry, judge, residual), replace(USUAL, entries=entries, load=load))
    for fewer, more in pairwise(found):
        assert more.right > fewer.right - 4 * (fewer.right_error + more.right_error) - 1e-9


def test_the_same_seed_gives_the_same_answer_and_another_one_nearly() -> None:
    found = certainties(SCATTER, USUAL)
    assert found == certainties(SCATTER, USUAL)
    for one, other in zip(found, certainties(SCATTER, USUAL, seed=1), strict=True):
        assert one != other and abs(one.right - other.right) < 5 * (one.right_error + other.right_error)


@given(st.integers(1, 40), st.integers(2, 10), st.integers(1, 50), st.integers(0, 9))
def test_panels_are_of_different_judges_and_loads_are_kept(entries, reviews, load, seed) -> None:
    judges = replace(USUAL, entries=entries, load=load).judges(reviews)
    panels = drawn_panels(entries, reviews, judges, np.random.default_rng(seed))
    assert panels.shape == (entries, reviews)
    assert all(len(set(panel)) == reviews for panel in panels.tolist())
    loads = np.bincount(panels.ravel(), minlength=judges)
    assert loads.max() <= load and loads.max() - loads.min() <= 1


@given(st.lists(st.integers(0, 10_000), min_size=2, max_size=10), st.sampled_from(sorted(METHODS)))
def test_scores_are_those_of_the_published_rules(sheets: list[int], method: str) -> None:
    rows = np.zeros(len(sheets), dtype=np.int64)
    [exact] = METHODS[method](np.array(sheets), rows, 1).fractions()
    assert scores_of(np.array([[sheets]]), method).tolist() == [[published(exact, 0)]]


def test_the_fewest_that_are_enough_or_none() -> None:
    found = certainties(SCATTER, USUAL)
    assert fewest(found, 0.0) is found[0]
    enough = fewest(found, found[4].right)
    assert enough and enough.reviews <= REVIEWS[4] and enough.right >= found[4].right
    assert fewest(found, 1.0) is None


def test_a_minimum_is_met_by_level_and_marks_of_another_scale_by_their_share() -> None:
    """Nobody reaches 95 of 100 here, whatever judges say: no prize, and everyone rightly without one."""
    high = GroupPlan((LevelPlan("first", "count", Fraction(6), minimum=9_500),))
    quiet = Scatter(level=75, entry=1, judge=1, residual=1)
    assert {(one.right, one.deserved) for one in certainties(quiet, replace(USUAL, prizes=high))} == {(1.0, None)}
    assert Scatter(30, 9, 4, 1).scaled(2) == Scatter(60, 36, 16, 4)
