"""How sure a prize is, and on whom it hangs: what the plan's own cut gives, draw by draw and judge by judge."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from awards.core.deciding import HELD, Change, changes, hanging_on, level_shares, levels_of
from awards.core.prizes import GroupPlan, LevelPlan, cut


def plan_of(*counts: int, minimums: tuple = ()) -> GroupPlan:
    least = [*minimums, *[None] * len(counts)]
    return GroupPlan(tuple(LevelPlan(f"L{at}", "count", one, least[at]) for at, one in enumerate(counts)))


@given(
    st.lists(st.tuples(st.integers(1, 2), st.none() | st.integers(0, 100)), min_size=1, max_size=12),
    st.lists(st.tuples(st.integers(0, 4), st.none() | st.integers(0, 100)), min_size=1, max_size=3),
    st.randoms(use_true_random=False),
)
@settings(deadline=None)
def test_of_one_draw_the_levels_are_those_of_the_cut(entries, levels, chance) -> None:
    """Where nobody is tied: two draws never are."""
    apart = chance.sample(range(len(entries)), len(entries))
    draw = [
        None if score is None else score + 0.4 * at / len(entries)
        for (_, score), at in zip(entries, apart, strict=True)
    ]
    plan = plan_of(*(number for number, _ in levels), minimums=tuple(least for _, least in levels))
    shares = level_shares(
        np.array([[np.nan if one is None else one for one in draw]]),
        [stage for stage, _ in entries],
        plan,
        len(entries),
    )
    scores = [None if one is None else (stage, one) for (stage, _), one in zip(entries, draw, strict=True)]
    expected = cut(scores, plan, len(entries)).levels
    assert [None if not column.any() else int(column.argmax()) for column in shares.T] == list(expected)


def test_shares_count_draws() -> None:
    draws = np.array([[90.0, 80, 70], [80, 90, 70], [95, 80, 70], [91, 60, 70]])
    assert level_shares(draws, [1, 1, 1], plan_of(1, 1), 3).tolist() == [[0.75, 0.25, 0], [0.25, 0.5, 0.25]]


def test_shares_are_the_same_in_slices(monkeypatch) -> None:
    draws = np.random.default_rng(3).normal(80, 5, (37, 9))
    whole = level_shares(draws, [1] * 9, plan_of(2, 3), 9)
    monkeypatch.setattr("awards.core.deciding.SLICE", 5)
    assert level_shares(draws, [1] * 9, plan_of(2, 3), 9).tolist() == whole.tolist()
    assert whole.sum(axis=1).round(9).tolist() == [2, 3]


def test_a_minimum_is_met_by_what_is_published_as_it() -> None:
    draws = np.array([[79.5, 79.4]])
    assert level_shares(draws, [1, 1], plan_of(2, minimums=(80,)), 2).tolist() == [[1, 0]]


def test_a_prize_hangs_on_the_judge_without_whom_it_is_another() -> None:
    scores = [(1, 90), (1, 85), (1, 80), None]
    without = {"J1": {1: (1, 91)}, "J2": {2: (1, 84)}, "J3": {0: None}, "J4": {1: (1, 90)}}
    found = hanging_on(scores, without, plan_of(1, 1), 4)
    assert found == {
        "J1": [Change(0, 0, 1), Change(1, 1, 0)],
        "J3": [Change(0, 0, None), Change(1, 1, 0), Change(2, None, 1)],
        "J4": [Change(0, 0, HELD), Change(1, 1, HELD)],
    }


def test_levels_say_what_is_held() -> None:
    assert levels_of([(1, 90), (1, 90), (1, 80)], plan_of(1, 2), 3) == [HELD, HELD, 1]
    assert changes([0, None], [0, None]) == []
