"""From marks to scores: every result equals plain arithmetic with fractions, whatever the order."""

import csv
from collections import defaultdict
from fractions import Fraction
from pathlib import Path
from statistics import median

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from judging.core.scores import (
    LARGEST,
    METHODS,
    Ratios,
    ScoreInputError,
    combined,
    competition_ranks,
    integer_weights,
    means,
    medians,
    published,
    sheet_totals,
    sums_by_entry,
    trimmed_means,
)

HAND = Path(__file__).parents[2] / "data" / "scores_by_hand.csv"
COUNT = 5
sheets = st.lists(st.tuples(st.integers(0, COUNT - 1), st.integers(0, 10**6)), max_size=40)


def arrays(rows):
    return np.array([total for _, total in rows], dtype=np.int64), np.array([one for one, _ in rows], dtype=np.int64)


def by_hand(method: str, totals: list[int]) -> Fraction | None:
    """The same with Python's own exact numbers."""
    if not totals:
        return None
    if method == "median":
        return Fraction(median([Fraction(one) for one in totals]))
    if method == "trimmed" and len(totals) >= 4:
        totals = sorted(totals)[1:-1]
    return Fraction(sum(totals), len(totals))


def computed(method: str, rows, count: int = COUNT) -> list[Fraction | None]:
    return METHODS[method](*arrays(rows), count).fractions()


@pytest.mark.parametrize("method", METHODS)
@given(rows=sheets)
def test_method_equals_arithmetic_with_fractions(method, rows):
    totals = defaultdict(list)
    for entry, total in rows:
        totals[entry].append(total)
    assert computed(method, rows) == [by_hand(method, totals[entry]) for entry in range(COUNT)]


@pytest.mark.parametrize("method", METHODS)
@given(rows=sheets, random=st.randoms(use_true_random=False))
def test_order_of_sheets_never_matters(method, rows, random):
    shuffled = random.sample(rows, len(rows))
    assert computed(method, shuffled) == computed(method, rows)


@pytest.mark.parametrize("method", METHODS)
@given(rows=sheets, index=st.integers(0, 39), more=st.integers(1, 1000))
def test_raising_a_sheet_never_lowers_a_score(method, rows, index, more):
    if not rows:
        return
    entry, total = rows[index % len(rows)]
    raised = [*rows]
    raised[index % len(rows)] = (entry, total + more)
    before, after = computed(method, rows), computed(method, raised)
    assert all(a == b if one != entry else a >= b for one, (a, b) in enumerate(zip(after, before, strict=True)))


@pytest.mark.parametrize("method", METHODS)
@given(rows=sheets, more=st.integers(0, 10**6))
def test_a_constant_added_to_every_sheet_is_added_to_every_score(method, rows, more):
    before, after = computed(method, rows), computed(method, [(entry, total + more) for entry, total in rows])
    assert after == [None if score is None else score + more for score in before]


with HAND.open(encoding="utf-8") as file:
    WORKED = list(csv.DictReader(line for line in file if not line.startswith("#")))


@pytest.mark.parametrize("line", WORKED, ids=lambda line: line["sheets"])
@pytest.mark.parametrize("method", METHODS)
def test_scores_worked_by_hand(line, method):
    rows = [(0, int(total)) for total in line["sheets"].split()]
    (score,) = computed(method, rows, 1)
    assert score == Fraction(line[method])
    assert published(score, 2) == int(line[f"{method}_shown"].replace(".", ""))


@pytest.mark.parametrize("method", METHODS)
def test_an_entry_without_sheets_has_no_score_and_not_zero(method):
    assert computed(method, [(1, 0)], 3) == [None, Fraction(0), None]


@pytest.mark.parametrize("method", METHODS)
def test_no_sheets_at_all_give_no_scores(method):
    assert computed(method, [], 2) == [None, None]
    assert computed(method, [], 0) == []


def test_means_keep_what_floats_would_lose():
    totals = [2**53 + 1, 2**53]
    assert computed("mean", [(0, one) for one in totals], 1) == [Fraction(2**54 + 1, 2)]
    assert sums_by_entry(np.array(totals), np.array([0, 0]), 1).tolist() == [2**54 + 1]


@pytest.mark.parametrize("method", [means, medians, trimmed_means])
@pytest.mark.parametrize(("totals", "entries"), [([1, 2], [0]), ([1], [0, 0]), ([1], [1]), ([1], [-1]), ([[1]], [[0]])])
def test_arrays_that_do_not_fit_are_refused(method, totals, entries):
    with pytest.raises(ScoreInputError):
        method(np.array(totals), np.array(entries), 1)


def test_marks_that_do_not_fit_their_weights_are_refused():
    with pytest.raises(ScoreInputError):
        sheet_totals(np.array([[1, 2]]), [1])
    with pytest.raises(ScoreInputError):
        sheet_totals(np.array([1, 2]), [1, 1])


@given(
    st.lists(st.tuples(st.integers(0, 10**5), st.integers(0, 10**5)), max_size=8),
    st.tuples(st.integers(1, 999), st.integers(1, 999)),
)
def test_sheet_totals_are_weighted_sums(points, weights):
    found = sheet_totals(np.array(points, dtype=np.int64).reshape(-1, 2), weights)
    assert found.tolist() == [a * weights[0] + b * weights[1] for a, b in points]


@pytest.mark.parametrize(
    ("points", "weights"), [([[2**62]], [1]), ([[2**40]], [2**22]), ([[2**61], [1]], [1]), ([[2**61, 1]], [1, 1])]
)
def test_what_could_overflow_is_refused(points, weights):
    with pytest.raises(ScoreInputError):
        sheet_totals(np.array(points, dtype=np.int64), weights)


def test_what_just_fits_is_exact():
    assert sheet_totals(np.array([[LARGEST - 1]]), [1]).tolist() == [LARGEST - 1]
    for method in METHODS:
        assert computed(method, [(0, LARGEST - 1)], 1) == [LARGEST - 1]


def test_integer_weights_stand_over_their_common_denominator():
    assert integer_weights([Fraction(2, 5), Fraction(3, 10)]) == ([4, 3], 10)
    assert integer_weights([Fraction(1), Fraction(1)]) == ([1, 1], 1)
    assert integer_weights([]) == ([], 1)


@given(st.lists(st.fractions(min_value=Fraction(1, 999), max_value=99), max_size=6))
def test_integer_weights_keep_every_proportion(weights):
    parts, common = integer_weights(weights)
    assert [Fraction(part, common) for part in parts] == weights


@pytest.mark.parametrize("weight", [Fraction(0), Fraction(-1, 2)])
def test_a_weight_is_positive(weight):
    with pytest.raises(ScoreInputError):
        integer_weights([Fraction(1), weight])


def test_rounds_are_joined_by_their_weights():
    assert combined([Fraction(80), Fraction(90)], [Fraction(2, 5), Fraction(3, 5)]) == 86
    assert combined([Fraction(80), Fraction(90)], [Fraction(4), Fraction(6)]) == 86
    assert combined([Fraction(80)], [Fraction(2, 5)]) == 80


def test_a_round_without_a_value_leaves_no_score():
    assert combined([Fraction(80), None], [Fraction(1), Fraction(1)]) is None
    assert combined([None], [Fraction(1)]) is None
    assert combined([], []) is None


@pytest.mark.parametrize(
    ("rounds", "weights"), [([1], []), ([1, 2], [1]), ([1], [0]), ([1, 2], [1, -1]), ([1, 2], [2, -1])]
)
def test_rounds_that_do_not_fit_their_weights_are_refused(rounds, weights):
    with pytest.raises(ScoreInputError):
        combined([Fraction(one) for one in rounds], [Fraction(one) for one in weights])


@pytest.mark.parametrize(
    ("score", "places", "shown"),
    [
        (Fraction("86.745"), 2, 8675),
        (Fraction("86.7449999"), 2, 8674),
        (Fraction("86.675"), 2, 8668),
        (Fraction("1.005"), 2, 101),
        (Fraction("2.5"), 0, 3),
        (Fraction("3.5"), 0, 4),
        (Fraction(260, 3), 2, 8667),
        (Fraction(0), 2, 0),
        (Fraction("99.995"), 2, 10000),
        (None, 2, None),
    ],
)
def test_a_score_is_shown_rounded_half_up(score, places, shown):
    assert published(score, places) == shown


@pytest.mark.parametrize(
    ("scores", "ranks"),
    [
        ([90, 90, 80], [1, 1, 3]),
        ([80, None, 90], [2, None, 1]),
        ([None, None], [None, None]),
        ([0, None], [1, None]),
        ([70, 80, 80, 80, 90], [5, 2, 2, 2, 1]),
        ([(1, 99), (2, 60), (2, 60), (1, 99)], [3, 1, 1, 3]),
        ([], []),
    ],
)
def test_equal_scores_share_a_rank_and_the_unscored_have_none(scores, ranks):
    assert competition_ranks(scores) == ranks


@given(st.lists(st.none() | st.integers(0, 20)))
def test_a_rank_is_one_more_than_the_number_of_better_scores(scores):
    known = [score for score in scores if score is not None]
    expected = [None if score is None else 1 + sum(other > score for other in known) for score in scores]
    assert competition_ranks(scores) == expected


@given(st.lists(st.none() | st.integers(-3, 3) | st.integers(-(2**80), 2**80)))
def test_ranks_of_numbers_are_those_of_what_is_compared_in_order(scores):
    assert competition_ranks(scores) == competition_ranks([None if one is None else (one,) for one in scores])


@given(
    st.lists(st.tuples(st.integers(-LARGEST, LARGEST) | st.integers(-500, 500), st.integers(0, 9)), max_size=30),
    st.integers(1, 1000),
    st.integers(0, 4),
)
def test_publishing_all_at_once_equals_publishing_each(rows, unit, places):
    ratios = Ratios(*(np.array([row[at] for row in rows], dtype=np.int64) for at in (0, 1)))
    each = [None if one is None else published(one / unit, places) for one in ratios.fractions()]
    assert ratios.published(unit, places) == each
    assert all(one is None or type(one) is int for one in ratios.published(unit, places))


def test_ratios_with_denominator_zero_have_no_value():
    assert Ratios(np.array([1, 0, 0]), np.array([2, 0, 1])).fractions() == [Fraction(1, 2), None, Fraction(0)]
