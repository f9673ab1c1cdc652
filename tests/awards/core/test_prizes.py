"""How many prizes, and where the cuts fall: published rules worked by hand, and laws."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from awards.core.prizes import GroupPlan, LevelPlan, PlanError, cut, seats


def plan(*levels, **group) -> GroupPlan:
    return GroupPlan(
        tuple(
            LevelPlan(str(n), kind, None if value is None else Fraction(value))
            for n, (kind, value) in enumerate(levels)
        ),
        **group,
    )


E, P, C, R = "percent_entries", "percent_prizes", "count", "ratio"
SHENZHEN = {"cap_percent": Fraction(60)}


@pytest.mark.parametrize(
    ("made", "entries", "expected"),
    [
        # 深圳 36th: 科幻绘画 529: 30; 105.8; 158.7. 科技实践 126: 12.6; 25.2; 37.8. 辅导员 116: 20; 23.2; 26.68, cap 69.6
        (plan((C, 30), (E, 20), (E, 30), **SHENZHEN), 529, (30, 106, 159)),
        (plan((E, 10), (E, 20), (E, 30), **SHENZHEN), 126, (13, 25, 37)),  # 13+25+38 = 76, cap 75.6 → 75
        (plan((C, 20), (E, 20), (E, 23), **SHENZHEN), 116, (20, 23, 26)),
        # 科技发明 661 and 科学论文 270: third prizes 30 % of entries at the online round: 198.3 and 81
        (plan((E, 30), **SHENZHEN), 661, (198,)),
        (plan((E, 30), **SHENZHEN), 270, (81,)),
        # 宝鸡 34th, 1:2:4 of 82, 21, 11 and 77; tutors' 3/7/12 is no such ratio and stands as numbers
        (plan((R, 1), (R, 2), (R, 4), rounding="largest_remainder", cap_count=82), 200, (12, 23, 47)),
        (plan((R, 1), (R, 2), (R, 4), rounding="largest_remainder", cap_count=21), 200, (3, 6, 12)),
        (plan((R, 1), (R, 2), (R, 4), rounding="largest_remainder", cap_count=11), 200, (2, 3, 6)),
        (plan((R, 1), (R, 2), (R, 4), rounding="largest_remainder", cap_count=77), 200, (11, 22, 44)),
        (plan((C, 3), (C, 7), (C, 12)), 40, (3, 7, 12)),
        # Anhui 37th: 15 % and 35 % of 248 prizes rounded up, the rest; tutors' 20/47/63 as numbers
        (plan((P, 15), (P, 35), ("rest", None), rounding="up", cap_count=248), 500, (38, 87, 123)),
        (plan((C, 20), (C, 47), (C, 63)), 200, (20, 47, 63)),
        # "not more than" is a floor; about 15/35/50 % of 66 by largest remainder
        (plan((E, 15), (E, 35), (E, 50), rounding="down"), 66, (9, 23, 33)),
        (plan((E, 15), (E, 35), (E, 50), rounding="largest_remainder"), 66, (10, 23, 33)),
    ],
)
def test_seats_of_published_rules(made, entries, expected):
    assert seats(made, entries) == expected


def test_a_share_of_prizes_without_a_total_is_refused():
    with pytest.raises(PlanError):
        seats(plan((P, 15)), 100)


def cuts(points, ties, *numbers, **group):
    made = plan(*((C, n) for n in numbers), ties=ties, **group)
    return cut([None if one is None else (1, one) for one in points], made, len(points))


@pytest.mark.parametrize(
    ("ties", "levels", "held"),
    [
        ("extend", (0, 0, 0, None), []),  # the surplus takes the only second prize
        ("shrink", (0, None, None, None), []),  # two do not fit into one second place, and nobody passes them
        ("hold", (0, None, None, None), [((1, 2), (1, 1))]),
    ],
)
def test_a_tie_across_the_first_cut(ties, levels, held):
    found = cuts([95, 90, 90, 80], ties, 2, 1)
    assert found.levels == levels
    assert [(one.rows, one.seats) for one in found.held] == held


def test_a_tie_over_the_cap_is_held_even_where_ties_extend():
    found = cuts([95, 90, 90], "extend", 2, cap_count=2)
    assert found.levels == (0, None, None)
    assert [one.rows for one in found.held] == [(1, 2)]


def test_places_under_a_minimum_lapse():
    levels = (LevelPlan("first", C, Fraction(2), 90), LevelPlan("second", C, Fraction(1)))
    assert cut([(1, 95), (1, 85), (1, 80)], GroupPlan(levels), 3).levels == (0, 1, None)


SCORES = st.lists(st.none() | st.integers(0, 6), min_size=1, max_size=12)
TIES = st.sampled_from(["extend", "shrink", "hold"])
NUMBERS = st.lists(st.integers(0, 4), min_size=1, max_size=3)


def worth(found, row, levels) -> tuple[int, int]:
    """Best and worst prize that an entry may end with; `levels` is none."""
    mine = [one for one in found.held if row in one.rows]
    if mine:
        return (min(int(code) for code in mine[0].codes), levels)
    level = found.levels[row]
    return (levels, levels) if level is None else (level, level)


@given(SCORES, TIES, NUMBERS, st.data())
def test_raising_a_score_never_lowers_its_prize(points, ties, numbers, data):
    row = data.draw(st.integers(0, len(points) - 1))
    if points[row] is None:
        return
    better = list(points)
    better[row] += data.draw(st.integers(1, 6))
    before = worth(cuts(points, ties, *numbers), row, len(numbers))
    after = worth(cuts(better, ties, *numbers), row, len(numbers))
    assert after[0] <= before[1]


@given(SCORES, TIES, NUMBERS)
def test_equal_scores_never_get_different_prizes(points, ties, numbers):
    found = cuts(points, ties, *numbers)
    for one, score in enumerate(points):
        for other, same in enumerate(points):
            if score == same:
                assert found.levels[one] == found.levels[other]


@given(SCORES, st.sampled_from(["shrink", "hold"]), NUMBERS)
def test_no_level_gives_more_than_its_number(points, ties, numbers):
    found = cuts(points, ties, *numbers)
    for level, number in enumerate(numbers):
        waiting = sum(dict(zip(one.codes, one.seats, strict=True)).get(str(level), 0) for one in found.held)
        assert found.levels.count(level) + waiting <= number


@given(SCORES, TIES, NUMBERS, st.integers(0, 6))
def test_the_cap_is_never_exceeded(points, ties, numbers, cap):
    found = cuts(points, ties, *numbers, cap_count=cap)
    assert sum(level is not None for level in found.levels) + sum(sum(one.seats) for one in found.held) <= cap


# ---- tie-breakers


def chained(points, ties, numbers, *values, **group):
    made = plan(*((C, n) for n in numbers), ties=ties, **group)
    columns = [[None if one is None else (Fraction(one),) for one in column] for column in values]
    return cut([None if one is None else (1, one) for one in points], made, len(points), columns)


@pytest.mark.parametrize(
    ("ties", "values", "levels", "held"),
    [
        # 95 90 90 90 80, two first and one second: creativity 17 18 16 parts all three
        ("hold", [[1, 17, 18, 16, 20]], (0, 1, 0, None, None), []),
        # 18 18 16: two stay equal and share the first and the second that are left
        ("hold", [[1, 18, 18, 16, 20]], (0, None, None, None, None), [((1, 2), (1, 1))]),
        ("extend", [[1, 18, 18, 16, 20]], (0, 0, 0, None, None), []),
        ("shrink", [[1, 18, 18, 16, 20]], (0, None, None, None, None), []),
        # and the second tie-breaker parts these two, not the third, who would have most of it
        ("hold", [[1, 18, 18, 16, 20], [1, 5, 6, 9, 9]], (0, 1, 0, None, None), []),
        # one of the tied has no value: the first says nothing, the second is asked
        ("hold", [[1, 19, None, 16, 20], [1, 5, 6, 4, 9]], (0, 1, 0, None, None), []),
    ],
)
def test_tie_breakers_by_hand(ties, values, levels, held):
    found = chained([95, 90, 90, 90, 80], ties, (2, 1), *values)
    assert found.levels == levels
    assert [(one.rows, one.seats) for one in found.held] == held


def test_it_is_known_which_tie_breaker_parted_whom():
    [tie] = chained([90, 90, 90, 90], "hold", (2,), [5, 5, 5, 9], [1, 3, 2, 0]).parted
    assert tie.parts == ((3,), (1,), (2,), (0,))
    assert tie.steps == (0, 1, 1)
    assert (tie.step_between(0, 3), tie.step_between(1, 3)) == (0, 1)


def test_a_tie_that_fits_is_not_asked_about():
    assert chained([90, 90, 80], "hold", (2, 1), [1, 2, 3]).parted == ()


@st.composite
def chains(draw):
    """Points, values of two tie-breakers."""
    points = draw(SCORES)
    value = st.none() | st.integers(0, 2)
    return points, [draw(st.lists(value, min_size=len(points), max_size=len(points))) for _ in range(2)]


def outside(found, points):
    """Rows whose score no broken tie has."""
    asked = {points[row] for one in found.parted for part in one.parts for row in part}
    return [row for row, one in enumerate(points) if one not in asked]


@given(chains(), TIES, NUMBERS)
def test_nobody_with_a_lower_score_passes_by_a_tie_breaker(made, ties, numbers):
    points, values = made
    found = chained(points, ties, numbers, *values)
    for one, score in enumerate(points):
        for other, less in enumerate(points):
            if score is not None and less is not None and score > less:
                assert worth(found, one, len(numbers))[0] <= worth(found, other, len(numbers))[1]


@given(chains(), NUMBERS)
def test_where_ties_are_held_a_chain_changes_nobody_outside_them(made, numbers):
    points, values = made
    found, before = chained(points, "hold", numbers, *values), cuts(points, "hold", *numbers)
    for row in outside(found, points):
        assert found.levels[row] == before.levels[row]


@given(chains(), TIES, NUMBERS)
def test_who_is_better_than_every_tie_keeps_the_prize(made, ties, numbers):
    points, values = made
    found, before = chained(points, ties, numbers, *values), cuts(points, ties, *numbers)
    asked = [points[part[0]] for one in found.parted for part in one.parts]
    for row, score in enumerate(points):
        if score is not None and all(score > one for one in asked):
            assert found.levels[row] == before.levels[row]


@given(SCORES, TIES, NUMBERS, st.none() | st.integers(0, 3))
def test_a_chain_that_says_the_same_of_all_is_no_chain(points, ties, numbers, value):
    found, before = chained(points, ties, numbers, [value] * len(points)), cuts(points, ties, *numbers)
    assert (found.levels, found.held) == (before.levels, before.held)


@given(chains(), TIES, NUMBERS, st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_matter(made, ties, numbers, rng):
    points, values = made
    order = list(range(len(points)))
    rng.shuffle(order)
    found = chained(points, ties, numbers, *values)
    other = chained([points[at] for at in order], ties, numbers, *([one[at] for at in order] for one in values))
    assert [other.levels[order.index(row)] for row in range(len(points))] == list(found.levels)
    assert sorted(tuple(sorted(order[row] for row in one.rows)) for one in other.held) == sorted(
        one.rows for one in found.held
    )


@given(chains(), st.sampled_from(["shrink", "hold"]), NUMBERS)
def test_with_a_chain_no_level_gives_more_than_its_number(made, ties, numbers):
    found = chained(made[0], ties, numbers, *made[1])
    for level, number in enumerate(numbers):
        waiting = sum(dict(zip(one.codes, one.seats, strict=True)).get(str(level), 0) for one in found.held)
        assert found.levels.count(level) + waiting <= number


@given(chains(), TIES, NUMBERS, st.integers(0, 6))
def test_with_a_chain_the_cap_is_never_exceeded(made, ties, numbers, cap):
    found = chained(made[0], ties, numbers, *made[1], cap_count=cap)
    assert sum(level is not None for level in found.levels) + sum(sum(one.seats) for one in found.held) <= cap


@given(chains(), TIES, NUMBERS)
def test_who_is_equal_in_all_is_treated_alike(made, ties, numbers):
    points, values = made
    found = chained(points, ties, numbers, *values)
    said = list(zip(points, *values, strict=True))
    for one, mine in enumerate(said):
        for other, same in enumerate(said):
            if mine == same:
                assert found.levels[one] == found.levels[other]
