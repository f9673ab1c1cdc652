"""Which score would have given a better prize: by hand, and against trying every score."""

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from awards.core.deciding import HELD, levels_of
from awards.core.explaining import Better, least_for_better
from awards.core.prizes import GroupPlan, LevelPlan


def plan(*numbers: int, minima: tuple[int | None, ...] = (), **group) -> GroupPlan:
    least = [*minima, *[None] * len(numbers)]
    levels = (LevelPlan(str(at), "count", Fraction(n), least[at]) for at, n in enumerate(numbers))
    return GroupPlan(tuple(levels), **group)


def better(points: list[int], row: int, made: GroupPlan, most: int = 100) -> Better | None:
    return least_for_better([(1, one) for one in points], row, made, len(points), most)


def test_it_has_to_pass_who_was_the_last_to_get_it():
    """Equal with the last one is a tie across the cut, which the committee holds."""
    assert better([95, 90, 80, 70], 2, plan(2, 1)) == Better(91, 0)
    assert better([95, 90, 80, 70], 3, plan(2, 1)) == Better(81, 1)


def test_to_meet_is_enough_where_the_tied_go_up():
    assert better([95, 90, 80, 70], 3, plan(2, 1, ties="extend")) == Better(80, 1)


def test_to_pass_one_may_be_enough_and_to_meet_the_next_too_much():
    """Where the tied go down: with 1 point it is second, with 2 it shares a tie that gets nothing."""
    assert better([0, 0, 2, 2], 0, plan(2, 1, ties="shrink")) == Better(1, 1)


def test_a_minimum_is_enough_where_places_are_left():
    assert better([95, 70], 1, plan(2, minima=(85,))) == Better(85, 0)


def test_there_is_none_for_the_best_for_the_tied_and_beyond_the_greatest_score():
    assert better([95, 90], 0, plan(1, 1)) is None
    assert better([90, 90, 80], 0, plan(1, 1)) is None
    assert better([100, 90], 1, plan(1, 1)) is None
    assert least_for_better([(1, 95), None], 1, plan(1), 2, 100) is None


def test_who_went_further_stays_before():
    """The best of the first round takes what finalists leave."""
    scores = [(2, 60), (2, 50), (1, 99), (1, 90)]
    assert least_for_better(scores, 3, plan(2, 1), 4, 100) == Better(100, 1)
    assert least_for_better(scores, 2, plan(2, 1), 4, 100) is None


@given(
    points=st.lists(st.integers(0, 12), min_size=1, max_size=9),
    numbers=st.lists(st.integers(0, 3), min_size=1, max_size=3),
    minima=st.lists(st.none() | st.integers(0, 12), max_size=3),
    ties=st.sampled_from(["extend", "shrink", "hold"]),
    cap=st.none() | st.integers(0, 6),
    data=st.data(),
)
def test_no_lesser_score_would_have_been_enough(points, numbers, minima, ties, cap, data):
    row = data.draw(st.integers(0, len(points) - 1))
    made = plan(*numbers, minima=tuple(minima[: len(numbers)]), ties=ties, cap_count=cap)

    def level_with(score: int) -> int | None:
        return levels_of([(1, score if at == row else one) for at, one in enumerate(points)], made, len(points))[row]

    before = level_with(points[row])
    levels = [(score, level_with(score)) for score in range(points[row] + 1, 13)]
    tried = [Better(score, level) for score, level in levels if level not in (None, HELD)]
    given = len(numbers) if before is None else before
    expected = None if before == HELD else next((one for one in tried if one.level < given), None)
    assert better(points, row, made, 12) == expected
