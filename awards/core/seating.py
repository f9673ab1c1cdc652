"""Seats of a hall for schools: each beside its own, in one row where that is possible."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


class TooFewSeats(ValueError):
    """`lacking`: for how many there is no seat."""

    def __init__(self, lacking: int) -> None:
        super().__init__(f"{lacking} people have no seat")
        self.lacking = lacking


@dataclass(frozen=True)
class Hall:
    """front: rows that are kept for others, before all."""

    rows: int
    seats: int
    front: int = 0

    @property
    def free(self) -> int:
        return max(self.rows - self.front, 0) * self.seats


@dataclass(frozen=True)
class Block:
    """Seats beside each other, counted from 1, the last included."""

    row: int
    first: int
    last: int


def blocks_of(counts: Sequence[int], hall: Hall) -> list[list[Block]]:
    """The seats of each school, row after row from the front, in the order of the schools.

    counts   people of each school
    returns  seats may stay free at the end of a row so that the next school is not torn, which goes on in the next row
             from its first seat on: of all limits to what may stay free in one row, that which tears the fewest
             schools, and of those the lowest. Where there are seats enough none that fits into a row is torn
    raises   TooFewSeats
    """
    if (lacking := sum(counts) - hall.free) > 0:
        raise TooFewSeats(lacking)
    ways = (in_rows(counts, hall, most) for most in range(max(hall.seats, 1)))
    return min(ways, key=torn)


def torn(found: Sequence[Sequence[Block]]) -> int:
    return sum(len(blocks) > 1 for blocks in found)


def in_rows(counts: Sequence[int], hall: Hall, most: int) -> list[list[Block]]:
    """most: seats that may stay free at the end of one row."""
    spare = hall.free - sum(counts)
    row, seat, found = hall.front + 1, 1, []
    for count in counts:
        left = hall.seats - seat + 1
        if left < count <= hall.seats and left <= min(spare, most):
            row, seat, spare = row + 1, 1, spare - left
        blocks: list[Block] = []
        while count:
            taken = min(count, hall.seats - seat + 1)
            if taken:
                blocks.append(Block(row, seat, seat + taken - 1))
            count, seat = count - taken, seat + taken
            if count:
                row, seat = row + 1, 1
        found.append(blocks)
    return found
