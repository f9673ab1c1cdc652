"""A seat for everybody, nobody on two, schools together."""

from itertools import pairwise

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from awards.core.seating import Block, Hall, TooFewSeats, blocks_of

HALLS = st.builds(Hall, st.integers(1, 12), st.integers(1, 15), st.integers(0, 3))
COUNTS = st.lists(st.integers(0, 20), max_size=12)


def seats_in(blocks) -> list[tuple[int, int]]:
    return [(one.row, seat) for one in blocks for seat in range(one.first, one.last + 1)]


@given(COUNTS, HALLS)
def test_everybody_has_one_seat_of_the_hall_in_order(counts, hall):
    assume(sum(counts) <= hall.free)
    each = [seats_in(blocks) for blocks in blocks_of(counts, hall)]
    assert [len(seats) for seats in each] == counts
    every = [seat for seats in each for seat in seats]
    assert all(one < other for one, other in pairwise(every))
    assert all(hall.front < row <= hall.rows and 1 <= seat <= hall.seats for row, seat in every)


@given(COUNTS, HALLS)
def test_where_seats_are_left_no_school_is_torn_that_fits_into_a_row(counts, hall):
    assume(sum(counts) + len(counts) * hall.seats <= hall.free)
    for count, blocks in zip(counts, blocks_of(counts, hall), strict=True):
        assert count > hall.seats or len(blocks) <= 1


@given(COUNTS, HALLS)
def test_too_small_a_hall_is_said_with_how_many_are_left(counts, hall):
    assume(sum(counts) > hall.free)
    with pytest.raises(TooFewSeats) as raised:
        blocks_of(counts, hall)
    assert raised.value.lacking == sum(counts) - hall.free


def test_a_school_goes_to_the_next_row_or_is_torn_where_seats_are_short():
    assert blocks_of([3, 3], Hall(3, 5)) == [[Block(1, 1, 3)], [Block(2, 1, 3)]]
    assert blocks_of([3, 3, 4], Hall(3, 5, 1)) == [
        [Block(2, 1, 3)], [Block(2, 4, 5), Block(3, 1, 1)], [Block(3, 2, 5)]
    ]  # fmt: skip
