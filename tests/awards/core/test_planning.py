"""What is wrong and what is odd about a plan: one case for each word, and laws."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from awards.core.planning import oddities, plan_faults
from awards.core.prizes import GroupPlan, LevelPlan, seats

E, P, C, R, REST = "percent_entries", "percent_prizes", "count", "ratio", "rest"
NAMES = ("first", "second", "third", "merit", "own name")
RANKS = {"first": 1, "second": 2, "third": 3, "merit": 4}


def plan(*levels, **group) -> GroupPlan:
    """(code, kind, value[, least score])."""
    return GroupPlan(
        tuple(
            LevelPlan(code, kind, None if value is None else Fraction(value), *more)
            for code, kind, value, *more in levels
        ),
        **group,
    )


CAP = {"cap_percent": Fraction(60)}
GOOD = plan(("first", P, 15), ("second", P, 35), ("own name", C, 2), ("third", REST, None), **CAP)


def found(made: GroupPlan, **more) -> list[tuple[str, str, int | None]]:
    return [(one.code, one.where, one.row) for one in plan_faults(made, RANKS, **more)]


def test_a_plan_that_can_be_carried_out_has_no_fault():
    assert found(GOOD) == []
    assert found(plan()) == []


@pytest.mark.parametrize(
    ("made", "fault"),
    [
        (plan(("first", C, None)), ("value-missing", "value", 0)),
        (plan(("first", C, -1)), ("below-zero", "value", 0)),
        (plan(("first", C, "1.5")), ("not-whole", "value", 0)),
        (plan(("first", E, 101)), ("over-hundred", "value", 0)),
        (plan(("first", C, 1), ("second", P, 101), **CAP), ("over-hundred", "value", 1)),
        (plan(("first", REST, 3), **CAP), ("rest-has-value", "value", 0)),
        (plan(("first", C, 1, -1)), ("below-zero", "minimum", 0)),
        (plan(("first", C, 1), ("second", C, 1), ("first", C, 1)), ("prize-twice", "prize", 2)),
        (plan(("second", C, 1), ("own name", C, 1), ("first", C, 1)), ("prize-order", "prize", 2)),
        (plan(("first", REST, None), ("second", REST, None), **CAP), ("rest-twice", "kind", 1)),
        (plan(("first", P, 15)), ("cap-missing", "cap", None)),
        (plan(("first", R, 1)), ("cap-missing", "cap", None)),
        (plan(("first", C, 1), ("second", REST, None)), ("cap-missing", "cap", None)),
        (plan(("first", C, 1), cap_count=1, cap_percent=Fraction(1)), ("two-caps", "cap", None)),
        (plan(("first", C, 1), cap_count=-1), ("below-zero", "cap", None)),
        (plan(("first", C, 1), cap_percent=Fraction(101)), ("over-hundred", "cap", None)),
    ],
)
def test_each_fault_is_found_where_it_is(made, fault):
    assert found(made) == [fault]


def test_a_least_score_of_a_track_of_time_alone_is_a_fault():
    made = plan(("first", C, 1, 8000), ("second", C, 1))
    assert found(made) == []
    assert found(made, is_timed=True) == [("minimum-of-time", "minimum", 0)]


def odd(made: GroupPlan, entries: int) -> list[tuple[str, str]]:
    return [(one.code, one.level) for one in oddities(made, entries)]


@pytest.mark.parametrize(
    ("made", "entries", "expected"),
    [
        (GOOD, 40, []),
        (plan(("first", C, 1)), 0, [("no-entries", "")]),
        (plan(("first", E, 1), ("second", E, 20)), 20, [("level-empty", "first")]),
        (plan(("first", C, 3), ("second", C, 5)), 7, [("more-than-entries", "")]),
        # 10 + 20 of 20 entries; 60 % of them are 12
        (plan(("first", C, 10), ("second", C, 20), **CAP), 20, [("cap-takes", "")]),
        # 15 % and 35 % of 12: 1.8 and 4.2, so 2 and 4; six are left
        (plan(("first", P, 15), ("second", P, 35), **CAP), 20, [("prizes-left", "")]),
        (plan(("first", C, 12), ("second", REST, None), **CAP), 20, [("level-empty", "second")]),
        (plan(("first", C, 1, 6000), ("second", C, 1, 8000)), 9, [("minimum-rises", "second")]),
        (plan(("first", C, 1), ("second", C, 1, 8000)), 9, [("minimum-rises", "second")]),
        (plan(("first", C, 1, 8000), ("second", C, 1, 6000)), 9, []),
    ],
)
def test_each_oddity_is_told(made, entries, expected):
    assert odd(made, entries) == expected


values = st.one_of(st.none(), st.fractions(min_value=-5, max_value=150, max_denominator=4))
levels = st.builds(LevelPlan, st.sampled_from(NAMES), st.sampled_from((E, P, C, R, REST)), values)
plans = st.builds(
    GroupPlan,
    st.lists(levels, max_size=4).map(tuple),
    st.sampled_from(("half_up", "down", "up", "largest_remainder")),
    cap_count=st.one_of(st.none(), st.integers(-1, 60)),
)


@given(plans, st.integers(0, 200))
def test_a_plan_without_faults_gives_whole_prizes_and_never_more_than_its_cap(made, entries):
    if plan_faults(made, RANKS):
        return
    given_now = seats(made, entries)
    assert all(number >= 0 for number in given_now)
    assert made.cap_count is None or sum(given_now) <= made.cap_count
    oddities(made, entries)


@given(plans, st.integers(1, 200))
def test_more_prizes_than_entries_never_go_unsaid(made, entries):
    if plan_faults(made, RANKS):
        return
    told = "more-than-entries" in {one.code for one in oddities(made, entries)}
    assert told == (sum(seats(made, entries)) > entries)
