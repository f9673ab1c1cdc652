"""Centred by judge, and z-scores: worked by hand, and laws that hold for any sheets."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from judging.core.by_judge import centred_means, standardised_means
from judging.core.scores import ScoreInputError, means

WAYS = [centred_means, standardised_means]
SHEETS = st.lists(st.tuples(st.integers(0, 100), st.integers(0, 5), st.integers(0, 3)), min_size=1, max_size=40)


def arrays(rows):
    totals, entries, judges = (np.array(one, dtype=np.int64) for one in zip(*rows, strict=True))
    return totals, entries, judges


# Judge 0 gives 60 70 80 (mean 70, deviation 10), judge 1 gives 90 100 (mean 95, deviation √50); all: mean 80,
# squares 400 + 100 + 0 + 100 + 400, deviation √250.
BY_HAND = [(60, 0, 0), (70, 1, 0), (80, 2, 0), (90, 1, 1), (100, 2, 1)]


def test_centred_by_hand() -> None:
    found = centred_means(*arrays(BY_HAND), (4, 2))
    assert found == [70, Fraction(0 - 5, 2) + 80, Fraction(10 + 5, 2) + 80, None]


def test_standardised_by_hand() -> None:
    found = standardised_means(*arrays(BY_HAND), (4, 2))
    wide = 250**0.5
    expected = [80 - wide, 80 - wide * (5 / 50**0.5) / 2, 80 + wide * (1 + 5 / 50**0.5) / 2]
    assert [float(one) for one in found[:3] if one is not None] == pytest.approx(expected)
    assert found[3] is None


def test_a_judge_who_gives_all_the_same_tells_nobody_apart() -> None:
    assert standardised_means(*arrays([(70, 0, 0), (70, 1, 0)]), (2, 1)) == [70, 70]
    assert standardised_means(*arrays([(70, 0, 0), (90, 1, 1)]), (2, 2)) == [80, 80], "nor one of a single sheet"


@pytest.mark.parametrize("way", WAYS)
@given(SHEETS, st.randoms())
def test_neither_the_order_of_rows_nor_who_is_which_judge_matters(way, rows, random) -> None:
    found = way(*arrays(rows), (6, 4))
    names = [0, 1, 2, 3]
    random.shuffle(names)
    other = [(total, entry, names[judge]) for total, entry, judge in rows]
    random.shuffle(other)
    assert way(*arrays(other), (6, 4)) == found


@pytest.mark.parametrize("way", WAYS)
@given(SHEETS, st.integers(0, 1000))
def test_a_constant_on_all_sheets_moves_all_by_it(way, rows, constant) -> None:
    found = way(*arrays(rows), (6, 4))
    moved = way(*arrays([(total + constant, entry, judge) for total, entry, judge in rows]), (6, 4))
    assert moved == [None if one is None else one + constant for one in found]


@given(SHEETS, st.integers(0, 1000))
def test_a_constant_of_one_judge_moves_nobody_beside_another(rows, constant) -> None:
    strict = [(total + constant * (judge == 0), entry, judge) for total, entry, judge in rows]
    gaps = []
    for one in (rows, strict):
        found = [value for value in centred_means(*arrays(one), (6, 4)) if value is not None]
        gaps.append([value - found[0] for value in found])
    assert gaps[0] == gaps[1]


@given(st.lists(st.lists(st.integers(0, 100), min_size=3, max_size=3), min_size=2, max_size=8))
def test_where_every_judge_marked_everything_centring_is_the_mean(table) -> None:
    rows = [(total, entry, judge) for entry, line in enumerate(table) for judge, total in enumerate(line)]
    totals, entries, judges = arrays(rows)
    counts = (len(table), 3)
    assert centred_means(totals, entries, judges, counts) == means(totals, entries, counts[0]).fractions()


@pytest.mark.parametrize("way", WAYS)
def test_no_sheets_no_scores_and_faults_are_named(way) -> None:
    nothing = np.zeros(0, np.int64)
    assert way(nothing, nothing, nothing, (2, 0)) == [None, None]
    with pytest.raises(ScoreInputError):
        way(*arrays([(1, 0, 0)]), (1, 0))
    with pytest.raises(ScoreInputError):
        way(np.zeros(2, np.int64), np.zeros(3, np.int64), np.zeros(2, np.int64), (1, 1))


@pytest.mark.parametrize("way", WAYS)
def test_the_order_of_many_sheets_does_not_show_in_the_last_bit(way) -> None:
    rng = np.random.default_rng(1)
    totals, entries, judges = rng.integers(0, 100, 400), rng.integers(0, 6, 400), rng.integers(0, 20, 400)
    found = way(totals, entries, judges, (6, 20))
    for _ in range(20):
        order = rng.permutation(400)
        assert way(totals[order], entries[order], judges[order], (6, 20)) == found
