"""How far judges agree: a published example, closed forms, and silence about judges of few sheets."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from judging.core.agreement import FEWEST_TO_SPEAK, habits, intraclass, krippendorff, same_sheets
from judging.core.scores import ScoreInputError
from judging.core.severity import Constants

# Krippendorff (2011), Computing Krippendorff's Alpha-Reliability, example C: four observers, twelve units; 0 is a blank.
PUBLISHED = [
    [1, 2, 3, 3, 2, 1, 4, 1, 2, 0, 0, 0],
    [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, 0, 3],
    [0, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, 0],
    [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, 0],
]


def sheets_of(table):
    rows = [(unit, value) for line in table for unit, value in enumerate(line) if value]
    units, values = zip(*rows, strict=True)
    return np.array(values, dtype=float), np.array(units)


def test_alpha_of_the_published_example() -> None:
    assert krippendorff(*sheets_of(PUBLISHED)) == pytest.approx(0.849, abs=5e-4)


def by_pairs(values, units):
    """As it is defined: over all pairs."""
    sizes = np.bincount(units)
    kept = sizes[units] > 1
    values, units = values[kept], units[kept]
    apart = (values[:, None] - values[None, :]) ** 2
    together = units[:, None] == units[None, :]
    observed = (apart * together / (sizes[units] - 1)[:, None]).sum() / len(values)
    return 1 - observed / (apart.sum() / len(values) / (len(values) - 1))


@given(st.lists(st.lists(st.integers(0, 9), min_size=5, max_size=5), min_size=2, max_size=4))
def test_alpha_is_what_all_pairs_give(table) -> None:
    if not any(any(line) for line in table):
        return
    values, units = sheets_of(table)
    found = krippendorff(values, units)
    if found is not None:
        assert found == pytest.approx(by_pairs(values, units), abs=1e-9)


def test_alpha_of_nothing_to_compare_is_none() -> None:
    assert krippendorff(np.zeros(0), np.zeros(0, np.int64)) is None
    assert krippendorff(np.array([1.0, 2.0]), np.array([0, 1])) is None
    assert krippendorff(np.array([2.0, 2.0]), np.array([0, 0])) is None
    with pytest.raises(ScoreInputError):
        krippendorff(np.zeros(2), np.zeros(3, np.int64))


def test_intraclass_is_the_share_of_entries() -> None:
    assert intraclass(Constants(60, 20, 20)) == 0.6
    assert intraclass(Constants(0, 0, 0)) is None


def habits_of(counts, **more):
    """Judge 0 gives 70, 71 … ; judge 1 always two more on the same entries."""
    values = np.concatenate([70 + np.arange(number) % 5 + 2.0 * judge for judge, number in enumerate(counts)])
    entries = np.concatenate([np.arange(number) for number in counts])
    judges = np.repeat(np.arange(len(counts)), counts)
    points = np.column_stack([values // 2, values - values // 2]).astype(np.int64)
    return habits(points, values, entries, judges, len(counts), **more)


def test_nothing_is_said_of_a_judge_under_15_sheets() -> None:
    enough, few = habits_of([FEWEST_TO_SPEAK, FEWEST_TO_SPEAK - 1])
    assert enough is not None and enough.sheets == 15 and few is None


def test_deviation_is_against_others_on_the_same_entries() -> None:
    first, second = habits_of([20, 20])
    assert first and second
    assert (first.deviation, second.deviation) == (-2, 2)
    assert first.spread == pytest.approx(np.std(np.arange(20) % 5, ddof=1))
    alone = habits_of([20])[0]
    assert alone and alone.deviation is None


def test_misfit_is_1_where_a_judge_errs_as_all_do() -> None:
    residuals = np.tile([3.0, -3.0], 20)
    plain = habits_of([20, 20])[0]
    first = habits_of([20, 20], residuals=residuals, variance=9.0)[0]
    assert plain and first
    assert (plain.misfit, first.misfit) == (None, 1)


def test_sheets_alike_are_alike_in_every_mark() -> None:
    points = np.array([[8, 9], [8, 9], [9, 8], [7, 7]])
    assert same_sheets(points) == 2
    assert same_sheets(points[:, :1]) == 0  # one criterion: an equal mark says nothing
