"""One score is another one: who moves, against giving all prizes anew."""

from fractions import Fraction
from time import perf_counter

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from awards.core.by_sheet import Ladder
from awards.core.deciding import HELD, Change, changes, levels_of
from awards.core.prizes import GroupPlan, LevelPlan
from judging.core.tiebreaks import CRITERION, TieBreaker

score = st.none() | st.tuples(st.integers(1, 2), st.integers(0, 6))
level = st.tuples(st.integers(0, 3), st.none() | st.integers(0, 6))
value = st.none() | st.tuples(st.integers(0, 2).map(Fraction))


@settings(max_examples=600, deadline=None)
@given(st.data())
def test_it_is_exactly_what_giving_all_prizes_anew_says(data: st.DataObject) -> None:
    scores = data.draw(st.lists(score, min_size=1, max_size=9))
    levels = [
        LevelPlan(str(at), "count", Fraction(number), least)
        for at, (number, least) in enumerate(data.draw(st.lists(level, min_size=1, max_size=3)))
    ]
    cap = data.draw(st.none() | st.integers(0, 6))
    steps = data.draw(st.integers(0, 2))
    plan = GroupPlan(tuple(levels), ties=data.draw(st.sampled_from(["extend", "shrink", "hold"])), cap_count=cap)
    values = [data.draw(st.lists(value, min_size=len(scores), max_size=len(scores))) for _ in range(steps)]
    row, now = data.draw(st.integers(0, len(scores) - 1)), data.draw(score)
    others = [[data.draw(value) if at == row else one for at, one in enumerate(said)] for said in values]
    ladder = Ladder(scores, plan, len(scores), values)
    before = levels_of(scores, plan, len(scores), values)
    assert ladder.levels == before
    after = levels_of([now if at == row else one for at, one in enumerate(scores)], plan, len(scores), others)
    assert ladder.changes_with(row, now, others) == changes(before, after)


def plan(*numbers: int, **more: object) -> GroupPlan:
    levels = tuple(LevelPlan(str(at), "count", Fraction(number)) for at, number in enumerate(numbers))
    return GroupPlan(levels, **more)  # type: ignore[arg-type]


def test_who_falls_lets_another_up() -> None:
    ladder = Ladder([(1, 90), (1, 80), (1, 70)], plan(1, 1), 3)
    assert ladder.changes_with(0, (1, 75)) == [Change(0, 0, 1), Change(1, 1, 0)]
    assert ladder.changes_with(0, (1, 85)) == []
    assert ladder.changes_with(0, (1, 80)) == [Change(0, 0, HELD), Change(1, 1, HELD)]
    assert ladder.changes_with(0, None) == [Change(0, 0, None), Change(1, 1, 0), Change(2, None, 1)]


def test_a_tie_breaker_that_says_something_else_without_the_sheet() -> None:
    made = plan(1, 1, breakers=(TieBreaker(CRITERION, "1"),))
    ladder = Ladder([(1, 90), (1, 90)], made, 2, [[(Fraction(2),), (Fraction(1),)]])
    assert ladder.changes_with(0, (1, 90), [[(Fraction(0),), (Fraction(1),)]]) == [Change(0, 0, 1), Change(1, 1, 0)]


def test_five_thousand_sheets_take_about_a_second() -> None:
    rng = np.random.default_rng(7)
    scores = [(1, int(one)) for one in rng.normal(8000, 600, 1700).round()]
    ladder, begun = Ladder(scores, plan(85, 255, 425, ties="hold"), 1700), perf_counter()
    for sheet, by in enumerate(rng.normal(0, 250, 5000).round().tolist()):
        row = sheet % 1700
        ladder.changes_with(row, (1, scores[row][1] + int(by)))
    assert perf_counter() - begun < 3  # three times what a busy machine took
