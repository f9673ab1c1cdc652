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
