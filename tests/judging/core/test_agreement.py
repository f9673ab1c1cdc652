"""How far judges agree: a published example, closed forms, and silence about judges of few sheets."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from judging.core.agreement import (
    FEWEST_TO_SPEAK,
    habits,
    halo,
    holm,
    homes,
    intraclass,
    krippendorff,
    paces,
    same_sheets,
    welch,
)
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


def test_halo_is_near_one_where_one_impression_makes_all_marks() -> None:
    rng = np.random.default_rng(1)
    whim = rng.normal(0, 1, (40, 1))
    assert halo(np.hstack([whim, 2 * whim, whim + 1])) == pytest.approx(1)
    assert halo(np.hstack([whim, -whim])) == pytest.approx(-1)
    assert abs(halo(rng.normal(0, 1, (4000, 4)))) < 0.05


def test_halo_leaves_out_what_is_truly_good_in_all() -> None:
    """Two judges who see the same good works, and stray in each criterion for itself."""
    rng = np.random.default_rng(2)
    good = np.repeat(rng.integers(0, 15, 300), 2)[:, None]
    points = good + rng.integers(0, 5, (600, 3))
    entries, judges = np.repeat(np.arange(300), 2), np.tile([0, 1], 300)
    first, _second = habits(points, points.sum(axis=1).astype(float), entries, judges, 2)
    assert np.corrcoef(points, rowvar=False)[0, 1] > 0.8
    assert abs(first.halo) < 0.15


def test_halo_is_silent_of_one_criterion_of_few_sheets_and_of_who_never_strays() -> None:
    rng = np.random.default_rng(3)
    assert halo(rng.normal(0, 1, (40, 1))) is None
    assert halo(rng.normal(0, 1, (FEWEST_TO_SPEAK - 1, 3))) is None
    assert halo(np.column_stack([np.zeros(40), rng.normal(0, 1, 40)])) is None


def at_home(favour: float, *, judges: int = 12, works: int = 60, seed: int = 1):
    """Judge 0 gives works of the own district so much more; all mark all, a fifth of the works is of anybody's."""
    rng = np.random.default_rng(seed)
    entries, who = np.repeat(np.arange(works), judges), np.tile(np.arange(judges), works)
    own = entries % 5 == 0
    values = rng.normal(0, 8, works)[entries] + rng.normal(0, 3, judges)[who] + rng.normal(0, 4, len(who))
    return homes(values + favour * (own & (who == 0)), entries, who, own, judges)


def test_a_favour_for_the_own_district_stands_out_and_strict_or_mild_does_not() -> None:
    found = at_home(10.0)
    assert found[0].stands_out and found[0].advantage == pytest.approx(10, abs=4)
    assert not any(one.stands_out for one in found[1:])
    assert found[0].sheets == 12


def test_without_favours_hardly_anybody_is_asked_about() -> None:
    """All judges of a contest together, not each: in one contest of twenty at most."""
    contests = [at_home(0.0, seed=seed) for seed in range(200)]
    assert sum(any(one.stands_out for one in found) for found in contests) <= 20


def test_own_district_is_silent_where_there_is_little_to_compare() -> None:
    few = at_home(0.0, works=FEWEST_TO_SPEAK - 1)
    assert few == [None] * 12
    values, entries, judges = np.arange(40.0), np.repeat(np.arange(20), 2), np.tile([0, 1], 20)
    assert homes(values, entries, judges, np.zeros(40, bool), 2) == [None, None]
    assert homes(values, entries, judges, entries < 2, 2) == [None, None]
    alone = homes(values[:20], np.arange(20), np.zeros(20, np.int64), np.arange(20) < 10, 1)
    assert alone == [None]


def test_welch_of_a_worked_example() -> None:
    """Two samples by hand: means 3 and 2, variances 1 and 1, three each: t = 1.2247 at 4 degrees of freedom."""
    assert welch(np.array([2.0, 3, 4]), np.array([1.0, 2, 3])) == pytest.approx(0.1439, abs=1e-4)
    assert welch(np.array([2.0, 2]), np.array([1.0, 1])) == 0
    assert welch(np.array([1.0, 1]), np.array([1.0, 1])) == 1


def test_holm_of_a_worked_example() -> None:
    assert holm([0.01, 0.04, 0.03, 0.005]) == pytest.approx([0.03, 0.06, 0.06, 0.02])
    assert holm([]) == []
    assert holm([0.9, 0.8]) == [1.0, 1.0]


def test_pace_is_the_middle_of_what_lies_between_two_sheets() -> None:
    regular = np.arange(20) * 240.0
    assert paces(regular, np.zeros(20, np.int64), 1) == [240.0]
    with_breaks = np.concatenate([regular, regular + 86_400, regular[:1] + 2 * 86_400])
    assert paces(with_breaks, np.zeros(41, np.int64), 1) == [240.0]
    assert paces(regular[::-1], np.arange(20) % 1, 2) == [240.0, None]


def test_pace_is_silent_of_few_sheets_and_of_those_handed_in_together() -> None:
    assert paces(np.arange(14) * 60.0, np.zeros(14, np.int64), 1) == [None]
    assert paces(np.repeat(5.0, 30), np.zeros(30, np.int64), 1) == [None]
    assert paces(np.concatenate([np.repeat(5.0, 20), [65.0, 125.0]]), np.zeros(22, np.int64), 1) == [None]
    assert paces(np.zeros(0), np.zeros(0, np.int64), 2) == [None, None]
