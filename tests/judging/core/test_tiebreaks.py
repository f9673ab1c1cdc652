"""What tie-breakers say, worked by hand: exact, blanks are no zeros, rounds together as scores are."""

from fractions import Fraction

import pandas as pd
import pytest

from judging.core.standings import RoundScore, RubricPlan
from judging.core.tiebreaks import (
    CRITERION,
    EXACT,
    HIGHEST,
    MEAN,
    MEDIAN,
    over_rounds,
    round_values,
    value_of_round,
)

ONE = Fraction(1)
# entry 7: four sheets of (101, 102); the fifth lacks a mark and counts nowhere
SHEETS = {1: (40, 50), 2: (45, 47), 3: (30, 30), 4: (44, 41), 5: (50, None)}


def frame() -> pd.DataFrame:
    rows = [
        (sheet, 7, 101 + at, one) for sheet, both in SHEETS.items() for at, one in enumerate(both) if one is not None
    ]
    return pd.DataFrame(rows, columns=["sheet", "entry", "criterion", "points"]).astype("int64")


@pytest.mark.parametrize(
    ("method", "by", "expected"),
    [
        ("trimmed", EXACT, Fraction(175, 2)),  # 90 92 60 85: without 92 and 60
        ("trimmed", MEAN, Fraction(327, 4)),  # all four
        ("trimmed", MEDIAN, Fraction(175, 2)),
        ("trimmed", HIGHEST, Fraction(92)),
        ("trimmed", CRITERION, Fraction(42)),  # 40 45 30 44 of the first: without 45 and 30
        ("mean", CRITERION, Fraction(159, 4)),
    ],
)
def test_of_one_round(method, by, expected):
    rubric = RubricPlan((101, 102), (ONE, ONE), method, 4, 0)
    assert round_values(frame(), [7, 8], rubric, by, 101) == {7: expected, 8: None}


def test_weights_and_units_count_as_in_the_score_and_a_criterion_is_not_weighted():
    rubric = RubricPlan((101, 102), (ONE, Fraction(1, 2)), "mean", 4, 1)
    assert round_values(frame(), [7], rubric, HIGHEST)[7] == Fraction(685, 100)  # 45 + 23.5 tenths
    assert round_values(frame(), [7], rubric, CRITERION, 102)[7] == Fraction(168, 40)


def test_a_criterion_that_the_rubric_lacks_says_nothing():
    rubric = RubricPlan((101, 102), (ONE, ONE), "mean", 4, 0)
    assert round_values(frame(), [7], rubric, CRITERION, None) == {7: None}


def test_rounds_together():
    first, final = {7: Fraction(80), 8: Fraction(90), 9: None}, {7: Fraction(90)}
    found = over_rounds([7, 8, 9, 10], [first, final], [Fraction(2, 5), Fraction(3, 5)])
    assert found == [(Fraction(86),), (Fraction(90),), None, None]


def test_one_round_alone():
    assert value_of_round(RoundScore(Fraction(80), 3, 0, False)) == (80,)
    assert value_of_round(RoundScore(Fraction(80), 3, 0, False, 61_000)) == (80, -61_000)
    assert value_of_round(RoundScore(None, 3, 0, False)) is None
    assert value_of_round(None) is None
