"""The order of a defence by draw, and the times that follow from it."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True)
class Seats:
    """A room as the draw sees it.

    groups   of the entries that it takes, in the order in which they are seen
    filled   how many have a place in it already
    """

    room: int
    groups: tuple[int, ...]
    filled: int = 0


def drawn(lots: Mapping[int, bytes], group_of: Mapping[int, int], rooms: Sequence[Seats]) -> dict[int, list[int]]:
    """Rooms with the entries that are new in them, in the order in which they are seen.

    lots      entry -> its lot; whoever draws the lower one goes first
    group_of  entry -> its group: those of one group follow each other within a room
    returns   every entry once, in a room that takes its group: of those the one with the fewest so far, of equals the
              first; an entry whose group no room takes is in none
    """
    found: dict[int, list[int]] = {one.room: [] for one in rooms}
    filled = {one.room: one.filled for one in rooms}
    for group in sorted(set(group_of.values())):
        takers = [one.room for one in rooms if group in one.groups]
        for entry in sorted((one for one in lots if group_of[one] == group), key=lots.__getitem__):
            if takers:
                room = min(takers, key=filled.__getitem__)
                found[room].append(entry)
                filled[room] += 1
    for one in rooms:
        found[one.room].sort(key=lambda entry, order=one.groups: order.index(group_of[entry]))  # type: ignore[misc]
    return found


def start_times(
    places: Collection[int], *, first: datetime, minutes: int, pause: tuple[datetime, datetime] | None = None
) -> dict[int, datetime]:
    """When each place of a room begins. Nobody is interrupted by the pause: who would be begins after it.

    places   numbers from 1; a place that nobody has keeps its time, so that the others do not move
    minutes  for each, at least 1
    raises   ValueError where minutes is not positive, or the pause ends before it begins
    """
    if minutes < 1 or (pause and pause[0] > pause[1]):
        raise ValueError("an impossible plan")
    each, begins, found = timedelta(minutes=minutes), first, {}
    for place in range(1, max(places, default=0) + 1):
        if pause and begins + each > pause[0] and begins < pause[1]:
            begins = pause[1]
        found[place] = begins
        begins += each
    return {place: found[place] for place in places}


def booth_names(count_of: Mapping[int, int], given: Collection[str]) -> dict[int, list[str]]:
    """Names of booths for the entries of each group that have none: A01, A02 … for the first, B01 … for the second.

    count_of  group, in order -> how many booths it needs
    given     names that are taken; numbers go on after the last one of the same letter
    """
    found: dict[int, list[str]] = {}
    for index, (group, count) in enumerate(count_of.items()):
        letter = letters(index)
        taken = [int(name[len(letter) :]) for name in given if is_named(name, letter)]
        last = max(taken, default=0)
        found[group] = [f"{letter}{number:02}" for number in range(last + 1, last + count + 1)]
    return found


def is_named(name: str, letter: str) -> bool:
    rest = name.removeprefix(letter)
    return rest != name and rest.isascii() and rest.isdecimal()


def letters(index: int) -> str:
    """0 -> A, 25 -> Z, 26 -> AA."""
    text = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        text = chr(ord("A") + rest) + text
    return text
