"""Scores of all entries of a track, in order: blanks are not zeros, finalists stand before the others."""

import random
from fractions import Fraction

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from judging.core.scores import ScoreInputError
from judging.core.standings import Placed, RoundScore, RubricPlan, placed, round_scores

ONE = Fraction(1)
COLUMNS = ["sheet", "entry", "criterion", "points"]
Marks = list[tuple[int, int, int, int]]


def rubric(method: str = "mean", weights: tuple[Fraction, ...] = (ONE,), reviews: int = 1, places: int = 0):
    return RubricPlan(tuple(range(101, 101 + len(weights))), weights, method, reviews, places)


def frame(marks: Marks) -> pd.DataFrame:
    return pd.DataFrame(marks, columns=COLUMNS).astype("int64")


def sheets(*totals: tuple[int, int]) -> Marks:
    """One criterion: (entry, points) each on its own sheet."""
    return [(number, entry, 101, points) for number, (entry, points) in enumerate(totals, 1)]


def scores(marks: Marks, entries: list[int], plan: RubricPlan) -> list[Fraction | None]:
    return [one.score for one in round_scores(frame(marks), entries, plan).values()]


def score_of(points: int | None) -> RoundScore:
    return RoundScore(None if points is None else Fraction(points), 1, 0, False)


def ranked(*rounds: dict[int, int | None], entries: list[int], weights: list[Fraction] | None = None) -> list[Placed]:
    given_scores = [{entry: score_of(points) for entry, points in one.items()} for one in rounds]
    return placed(entries, given_scores, weights or [ONE] * len(rounds), 2)


def test_criteria_count_by_their_weights():
    marks = [(1, 7, 101, 80), (1, 7, 102, 90)]
    assert scores(marks, [7], rubric(weights=(Fraction(2, 5), Fraction(3, 5)))) == [86]
    assert scores(marks, [7], rubric(weights=(ONE, ONE))) == [170]


def test_marks_are_counted_in_the_rubrics_unit():
    assert scores([(1, 7, 101, 8675)], [7], rubric(places=2)) == [Fraction("86.75")]


@pytest.mark.parametrize("method", ["mean", "trimmed", "median"])
def test_a_sheet_that_lacks_a_mark_never_counts(method):
    """Sheet 2 has 100 of its one mark; counted with a zero it would give 150 / 2, counted alone 100."""
    marks = [(1, 7, 101, 40), (1, 7, 102, 40), (2, 7, 101, 100)]
    found = round_scores(frame(marks), [7], rubric(method, (ONE, ONE), reviews=2))[7]
    assert found == RoundScore(Fraction(80), 1, 1, False)


def test_an_entry_with_only_incomplete_sheets_has_no_score():
    marks = [(1, 7, 101, 40), (2, 8, 101, 40), (2, 8, 102, 0)]
    assert scores(marks, [7, 8], rubric(weights=(ONE, ONE))) == [None, Fraction(40)]


def test_a_mark_of_zero_counts():
    assert scores(sheets((7, 0), (7, 80)), [7], rubric()) == [40]


def test_entries_keep_their_order_and_the_unmarked_are_there():
    found = round_scores(frame(sheets((9, 50))), [9, 7, 8], rubric(reviews=3))
    assert list(found) == [9, 7, 8]
    assert [(one.score, one.sheets, one.missing) for one in found.values()] == [(50, 1, 2), (None, 0, 3), (None, 0, 3)]


def test_no_marks_at_all_give_no_scores():
    assert scores([], [7, 8], rubric()) == [None, None]


def test_more_sheets_than_needed_leave_none_missing():
    assert round_scores(frame(sheets((7, 1), (7, 2))), [7], rubric(reviews=1))[7].missing == 0


@pytest.mark.parametrize(("count", "is_trimmed", "score"), [(3, False, 70), (4, True, 80)])
def test_exactly_four_sheets_are_trimmed(count, is_trimmed, score):
    totals = [50, 80, 80, 80][:count]
    found = round_scores(frame(sheets(*((7, one) for one in totals))), [7], rubric("trimmed"))[7]
    assert (found.is_trimmed, found.score) == (is_trimmed, score)


def test_only_a_trimmed_mean_is_called_trimmed():
    marks = sheets(*[(7, 80)] * 5)
    assert not round_scores(frame(marks), [7], rubric("mean"))[7].is_trimmed
    assert not round_scores(frame(marks), [7], rubric("median"))[7].is_trimmed


def test_only_one_of_two_equal_highest_sheets_is_dropped():
    assert scores(sheets((7, 60), (7, 70), (7, 90), (7, 90)), [7], rubric("trimmed")) == [80]


def test_marks_beyond_the_reach_of_floats_stay_exact_beside_an_incomplete_sheet():
    marks = [(1, 7, 101, 2**53 + 1), (1, 7, 102, 0), (2, 8, 101, 5)]
    try:
        found = scores(marks, [7, 8], rubric(weights=(ONE, ONE)))
    except ScoreInputError:
        return  # refusing them is right as well
    assert found == [2**53 + 1, None]


marks_of_entries = st.lists(st.tuples(st.integers(1, 4), st.integers(0, 100)), max_size=25)


@pytest.mark.parametrize("method", ["mean", "trimmed", "median"])
@given(totals=marks_of_entries, seed=st.integers(0, 99))
def test_order_of_rows_never_matters(method, totals, seed):
    marks = [(n, entry, 101 + c, points + c) for n, (entry, points) in enumerate(totals) for c in (0, 1)]
    shuffled = random.Random(seed).sample(marks, len(marks))
    plan = rubric(method, (ONE, Fraction(1, 3)))
    assert round_scores(frame(shuffled), [1, 2, 3, 4], plan) == round_scores(frame(marks), [1, 2, 3, 4], plan)


@pytest.mark.parametrize("method", ["mean", "trimmed", "median"])
@given(totals=marks_of_entries, more=st.integers(1, 50))
def test_a_constant_added_to_every_sheet_changes_no_rank(method, totals, more):
    def ranks(add: int) -> list[int | None]:
        marks = sheets(*((entry, points + add) for entry, points in totals))
        return [one.rank for one in placed([1, 2, 3, 4], [round_scores(frame(marks), [1, 2, 3, 4], rubric(method))],
                                           [ONE], 2)]  # fmt: skip

    assert ranks(more) == ranks(0)


def test_ties_share_a_rank_and_the_unscored_have_none():
    found = ranked({1: 90, 2: 90, 3: 80, 4: None}, entries=[1, 2, 3, 4])
    assert [one.rank for one in found] == [1, 1, 3, None]
    assert [one.score for one in found] == [9000, 9000, 8000, None]


def test_finalists_stand_before_all_others():
    found = ranked({1: 99, 2: 60, 3: 70}, {2: 50, 3: 40}, entries=[1, 2, 3])
    assert [(one.stage, one.score, one.rank) for one in found] == [(1, 9900, 3), (2, 5500, 1), (2, 5500, 1)]


def test_rounds_count_by_their_weights():
    found = ranked({1: 80, 2: 90}, {1: 90, 2: 82}, entries=[1, 2], weights=[Fraction(2, 5), Fraction(3, 5)])
    assert [(one.score, one.rank) for one in found] == [(8600, 1), (8520, 2)]


def test_a_finalist_without_a_score_in_the_final_is_unranked():
    found = ranked({1: 99, 2: 60}, {1: None, 2: 50}, entries=[1, 2])
    assert [(one.stage, one.score, one.rank) for one in found] == [(2, None, None), (2, 5500, 1)]


def test_an_entry_in_no_round_is_unranked():
    assert [(one.stage, one.rank) for one in ranked({1: 99}, entries=[1, 2])] == [(1, 1), (0, None)]


def test_ties_are_compared_as_shown():
    rounds = [{1: RoundScore(Fraction("86.745"), 1, 0, False), 2: RoundScore(Fraction("86.754"), 1, 0, False)}]
    assert [one.rank for one in placed([1, 2], rounds, [ONE], 2)] == [1, 1]
    assert [one.rank for one in placed([1, 2], rounds, [ONE], 3)] == [2, 1]


def test_sheets_and_missing_ones_add_up_over_the_rounds():
    rounds = [{1: RoundScore(ONE, 3, 0, True)}, {1: RoundScore(ONE, 4, 1, False)}]
    (found,) = placed([1], rounds, [ONE, ONE], 2)
    assert (found.sheets, found.missing, found.is_trimmed) == (7, 1, True)


@given(st.lists(st.integers(0, 3) | st.none(), min_size=1, max_size=6), st.randoms(use_true_random=False))
def test_permuting_entries_permutes_their_ranks(points, chance):
    rounds = {entry: one for entry, one in enumerate(points)}
    order = chance.sample(list(rounds), len(rounds))
    before = {one.entry: one for one in ranked(rounds, entries=list(rounds))}
    assert all(one == before[one.entry] for one in ranked(rounds, entries=order))


def test_rounds_without_their_weights_are_refused():
    with pytest.raises(ValueError, match="zip"):
        ranked({1: 1}, {1: 1}, entries=[1], weights=[ONE])
