"""The draw, the times and the booths, by hand and by law."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from judging.core.draw import Seats, booth_names, drawn, letters, start_times

NINE = datetime(2026, 5, 1, 9, 0, tzinfo=UTC)
LOTS = {1: b"c", 2: b"a", 3: b"b", 4: b"d"}


def test_the_lower_lot_goes_first():
    assert drawn(LOTS, dict.fromkeys(LOTS, 1), [Seats(7, (1,))]) == {7: [2, 3, 1, 4]}


def test_two_rooms_share_a_track_evenly():
    assert drawn(LOTS, dict.fromkeys(LOTS, 1), [Seats(7, (1,)), Seats(8, (1,))]) == {7: [2, 1], 8: [3, 4]}


def test_the_fuller_room_waits():
    assert drawn(LOTS, dict.fromkeys(LOTS, 1), [Seats(7, (1,), 3), Seats(8, (1,))]) == {7: [4], 8: [2, 3, 1]}


def test_tracks_follow_each_other_in_the_order_of_the_room():
    groups = {1: 1, 2: 2, 3: 1, 4: 2}
    assert drawn(LOTS, groups, [Seats(7, (2, 1))]) == {7: [2, 4, 3, 1]}


def test_an_entry_whose_track_no_room_takes_is_in_none():
    assert drawn(LOTS, {1: 1, 2: 1, 3: 1, 4: 2}, [Seats(7, (1,))]) == {7: [2, 3, 1]}


fields = st.dictionaries(
    st.integers(1, 60), st.tuples(st.binary(min_size=4, max_size=4), st.integers(1, 3)), max_size=30
)
rooms = st.lists(st.tuples(st.sets(st.integers(1, 3), min_size=1), st.integers(0, 5)), min_size=1, max_size=4)


def made(field, wanted):
    lots = {entry: lot + bytes([entry]) for entry, (lot, _) in field.items()}  # no two lots are equal
    groups = {entry: group for entry, (_, group) in field.items()}
    return lots, groups, [Seats(n, tuple(sorted(groups_)), filled) for n, (groups_, filled) in enumerate(wanted)]


@given(fields, rooms)
def test_every_entry_is_placed_once_where_its_track_is_taken(field, wanted):
    lots, groups, seats = made(field, wanted)
    found = drawn(lots, groups, seats)
    placed = [entry for entries in found.values() for entry in entries]
    takes = {group for one in seats for group in one.groups}
    assert sorted(placed) == sorted(entry for entry in lots if groups[entry] in takes)
    assert all(groups[entry] in seats[room].groups for room, entries in found.items() for entry in entries)


@given(fields, rooms, st.randoms())
def test_the_order_of_rows_does_not_matter(field, wanted, chance):
    lots, groups, seats = made(field, wanted)
    shuffled = list(lots.items())
    chance.shuffle(shuffled)
    assert drawn(dict(shuffled), groups, seats) == drawn(lots, groups, seats)


@given(fields, st.integers(1, 4))
def test_rooms_that_take_everything_differ_by_one_at_most(field, count):
    lots, groups, _ = made(field, [])
    sizes = [len(entries) for entries in drawn(lots, groups, [Seats(n, (1, 2, 3)) for n in range(count)]).values()]
    assert max(sizes) - min(sizes) <= 1


@given(fields, rooms)
def test_within_a_track_and_a_room_the_lots_rule(field, wanted):
    lots, groups, seats = made(field, wanted)
    for entries in drawn(lots, groups, seats).values():
        for group in (1, 2, 3):
            mine = [lots[entry] for entry in entries if groups[entry] == group]
            assert mine == sorted(mine)


def test_times_by_hand():
    pause = (NINE + timedelta(minutes=25), NINE + timedelta(minutes=60))
    found = start_times([1, 2, 3, 4], first=NINE, minutes=10, pause=pause)
    assert [int((at - NINE).total_seconds()) // 60 for at in found.values()] == [0, 10, 60, 70]


def test_a_place_that_nobody_has_keeps_its_time():
    assert start_times([3], first=NINE, minutes=10) == {3: NINE + timedelta(minutes=20)}


@given(st.integers(1, 40), st.integers(1, 60), st.integers(0, 600), st.integers(1, 120))
def test_nobody_is_interrupted_by_the_pause(count, minutes, begins, long):
    pause = (NINE + timedelta(minutes=begins), NINE + timedelta(minutes=begins + long))
    found = start_times(range(1, count + 1), first=NINE, minutes=minutes, pause=pause)
    each = timedelta(minutes=minutes)
    assert all(at + each <= pause[0] or at >= pause[1] for at in found.values())
    times = list(found.values())
    assert all(b - a >= each for a, b in pairwise(times))


@pytest.mark.parametrize("plan", [{"minutes": 0}, {"minutes": 5, "pause": (NINE + timedelta(1), NINE)}])
def test_an_impossible_plan_is_refused(plan):
    with pytest.raises(ValueError, match="impossible"):
        start_times([1], first=NINE, **plan)


def test_booths_go_on_after_the_last_one_of_their_letter():
    assert booth_names({1: 2, 2: 1, 5: 1}, []) == {1: ["A01", "A02"], 2: ["B01"], 5: ["C01"]}
    assert booth_names({1: 1, 2: 1}, ["A07", "AA3", "gate"]) == {1: ["A08"], 2: ["B01"]}


def test_letters_go_on_after_z():
    assert [letters(n) for n in (0, 25, 26, 27, 701, 702)] == ["A", "Z", "AA", "AB", "ZZ", "AAA"]


@given(
    st.dictionaries(st.integers(1, 30), st.integers(0, 120), max_size=30),
    st.sets(st.from_regex(r"[A-C][0-9]{2}", fullmatch=True)),
)
def test_no_two_booths_have_one_name(counts, given_names):
    names = [name for found in booth_names(counts, given_names).values() for name in found]
    assert len({*names, *given_names}) == len(names) + len(given_names)
