"""Who has a title: examples by hand, and laws."""

from collections import Counter
from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from awards.core.prizes import GroupPlan, LevelPlan, cut
from awards.core.recognising import Contender, HeldTitle, TitleRule, points_of_wins, titled

TIES = ("extend", "shrink", "hold")
contenders = st.lists(
    st.builds(Contender, st.integers(1, 4), st.integers(0, 4), st.integers(0, 6)), max_size=14
)  # fmt: skip
rules = st.builds(
    TitleRule, st.integers(1, 6), st.sampled_from(TIES), st.integers(0, 3), st.none() | st.integers(1, 3)
)  # fmt: skip


def names(said: str, number: int, ties: str = "extend", **more: int) -> tuple[str, tuple[HeldTitle, ...]]:
    """said   a word each: name, district, points, such as "a1:5" """
    words = said.split()
    found = titled(
        [Contender(int(one[1]), 9, int(one.split(":")[1])) for one in words], TitleRule(number, ties, **more)
    )
    return "".join(one[0] for one, has_it in zip(words, found.has_it, strict=True) if has_it), found.held


@pytest.mark.parametrize(
    ("said", "number", "ties", "more", "expected"),
    [
        ("a1:5 b1:4 c2:3", 2, "extend", {}, "ab"),
        ("a1:5 b1:4 c2:4", 2, "extend", {}, "abc"),
        ("a1:5 b1:4 c2:4", 2, "shrink", {}, "a"),
        ("a1:5 b1:4 c2:3", 2, "extend", {"per_district": 1}, "ac"),  # the place of the full district goes to the next
        ("a1:5 b1:5 c2:3", 2, "extend", {"per_district": 1}, "ab"),
        ("a1:5 b1:5 c2:3", 2, "shrink", {"per_district": 1}, "c"),
        ("a1:5 b1:5 c1:4 d2:3", 3, "shrink", {"per_district": 1}, "d"),  # nobody below the equals overtakes them
        ("a1:5 b2:0", 2, "extend", {}, "a"),
    ],
)
def test_titled_by_hand(said, number, ties, more, expected) -> None:
    assert names(said, number, ties, **more) == (expected, ())


def test_equals_across_the_last_place_wait_with_its_places() -> None:
    assert names("a1:5 b1:4 c2:4 d3:4", 3, "hold") == ("a", (HeldTitle((1, 2, 3), 2),))


def test_equals_of_one_district_wait_for_its_places_and_others_do_not() -> None:
    found = names("a1:5 b1:5 c2:5 d2:4 e1:3", 3, "hold", per_district=1)
    assert found == ("c", (HeldTitle((0, 1), 1, ((1, 1),)),))


def test_equals_of_several_districts_say_how_many_each_may_have() -> None:
    assert names("a1:5 b1:5 c2:5", 1, "hold", per_district=1) == ("", (HeldTitle((0, 1, 2), 1, ((1, 1), (2, 1))),))


@given(contenders, st.integers(1, 6), st.sampled_from(TIES))
def test_without_limits_a_title_is_cut_as_a_prize_is(people, number, ties) -> None:
    ordered = sorted(people, key=lambda one: -one.points)
    plan = GroupPlan((LevelPlan("title", "count", Fraction(number), minimum=1),), ties=ties)
    as_prize = cut([(1, one.points) for one in ordered], plan, len(ordered))
    found = titled(ordered, TitleRule(number, ties))
    assert found.has_it == tuple(level is not None for level in as_prize.levels)
    assert [set(one.rows) for one in found.held] == [set(one.rows) for one in as_prize.held]
    assert [one.seats for one in found.held] == [sum(one.seats) for one in as_prize.held]


@given(contenders, rules)
def test_no_limit_is_passed_but_by_equals_that_all_have_it(people, rule) -> None:
    found = titled(people, rule)
    winners = [one for one, has_it in zip(people, found.has_it, strict=True) if has_it]
    assert all(one.points > 0 and one.entries >= rule.fewest for one in winners)
    if rule.ties != "extend":
        assert len(winners) + sum(held.seats for held in found.held) <= rule.number
        waiting = Counter(people[row].district for held in found.held for row in held.rows)
        for district, number in Counter(one.district for one in winners).items():
            assert rule.per_district is None or number <= rule.per_district
            assert not (number == rule.per_district and waiting[district])


@given(contenders, rules, st.data())
def test_more_points_never_take_a_title_away(people, rule, data) -> None:
    found = titled(people, rule)
    for row, has_it in enumerate(found.has_it):
        if has_it:
            more = [*people]
            more[row] = replace(people[row], points=people[row].points + data.draw(st.integers(1, 5)))
            assert titled(more, rule).has_it[row]


@given(contenders, rules, st.randoms(use_true_random=False))
def test_the_order_of_the_rows_decides_nothing(people, rule, rng) -> None:
    order = list(range(len(people)))
    rng.shuffle(order)
    found, again = titled(people, rule), titled([people[row] for row in order], rule)
    assert again.has_it == tuple(found.has_it[row] for row in order)


@given(contenders, rules)
def test_equals_of_one_district_fare_the_same(people, rule) -> None:
    found = titled(people, rule)
    fates: dict[tuple[int, int], set[bool]] = {}
    for one, has_it in zip(people, found.has_it, strict=True):
        if one.entries >= rule.fewest:
            fates.setdefault((one.district, one.points), set()).add(has_it)
    assert all(len(fate) == 1 for fate in fates.values())


wins = st.lists(st.lists(st.tuples(st.integers(1, 3), st.integers(1, 4)), min_size=1, max_size=3), max_size=8)


def test_one_more_prize_goes_before_none_left():
    assert points_of_wins([[(1, 2)], [(2, 9), (1, 1)], [(1, 1)], [(1, 2)], [(1, 1), (1, 2)]]) == [1, 3, 2, 1, 4]
    assert points_of_wins([]) == []


@given(wins)
def test_equal_prizes_have_equal_points_in_whatever_order_they_are_named(said):
    assert points_of_wins(said) == points_of_wins([list(reversed(one)) for one in said])
    by_key = {}
    for one, points in zip(said, points_of_wins(said), strict=True):
        assert by_key.setdefault(tuple(sorted(one)), points) == points > 0


@given(wins.filter(bool), st.data())
def test_a_better_place_never_lowers_anybody(said, data):
    row = data.draw(st.integers(0, len(said) - 1))
    order, place = said[row][0]
    before = points_of_wins(said)
    after = points_of_wins([*said[:row], [(order, place - 1), *said[row][1:]], *said[row + 1 :]])
    assert all(after[row] > after[other] for other in range(len(said)) if before[row] > before[other])
