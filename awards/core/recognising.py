"""Which units, schools or tutors a title goes to: by points, within its number and the limit of each district."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

Win = tuple[int, int]  # order of a prize and place in it, the less the better


@dataclass(frozen=True)
class Contender:
    """`district`: 0 where it is unknown; `entries`: those that count; `points`: whole units, the more the better."""

    district: int
    entries: int
    points: int


@dataclass(frozen=True)
class TitleRule:
    """What a title asks for.

    number         how many there are
    ties           what becomes of equals across the last place: "extend" (all have it), "shrink" (none of them has it),
                   "hold" (the committee says)
    fewest         entries that one must have
    per_district   the most of one district, None for any number
    """

    number: int
    ties: str
    fewest: int = 0
    per_district: int | None = None


@dataclass(frozen=True)
class HeldTitle:
    """Rows of equals that share fewer places: `seats` in all, and of a district at most what `most` says of it."""

    rows: tuple[int, ...]
    seats: int
    most: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True)
class Titled:
    """By row of the contenders who has the title, and who waits for the committee."""

    has_it: tuple[bool, ...]
    held: tuple[HeldTitle, ...]


def titled(contenders: Sequence[Contender], rule: TitleRule) -> Titled:
    """Give the places of a title from the best down. Nobody has it for no points, or with too few entries.

    A district that has its most gets no more; its places go to the next. Equals stay together within a district, and
    across the last place: `ties` decides of those, and of those alone.
    source   docs/rulebook.md "Recognitions"
    """
    filling = Places(contenders, rule)
    for tied in equals(contenders, rule.fewest):
        if filling.free <= 0:
            break
        filling.place(tied)
    return Titled(tuple(row in filling.has_it for row in range(len(contenders))), tuple(filling.held))


def points_of_wins(wins: Sequence[Sequence[Win]]) -> list[int]:
    """Points that put in order whoever has a title because of others' prizes: by the best of those prizes, then by the
    next best, and so on; who has one more goes before. Equal prizes give equal points.

    >>> points_of_wins([[(1, 2)], [(2, 9), (1, 1)], [(1, 1)], [(1, 2)]])
    [1, 3, 2, 1]
    """
    none_left = (max((order for one in wins for order, _place in one), default=0) + 1, 0)
    ranks = [(*sorted(one), none_left) for one in wins]
    worth = {rank: points for points, rank in enumerate(sorted(set(ranks), reverse=True), 1)}
    return [worth[rank] for rank in ranks]


def equals(contenders: Sequence[Contender], fewest: int) -> Iterator[list[int]]:
    """Rows of equal points, the best first, each in the given order; only of those who may have a title."""
    rows: dict[int, list[int]] = {}
    for row, one in enumerate(contenders):
        if one.points > 0 and one.entries >= fewest:
            rows.setdefault(one.points, []).append(row)
    return (rows[points] for points in sorted(rows, reverse=True))


class Places:
    """What is still free, in all and of each district."""

    def __init__(self, contenders: Sequence[Contender], rule: TitleRule):
        self.contenders, self.rule, self.free = contenders, rule, rule.number
        self.taken: Counter[int] = Counter()
        self.full: set[int] = set()  # districts whose equals went without: nobody below them has it instead
        self.has_it: set[int] = set()
        self.held: list[HeldTitle] = []

    def left(self, district: int) -> int:
        if district in self.full:
            return 0
        most = self.rule.per_district
        return self.free if most is None else most - self.taken[district]

    def place(self, tied: Sequence[int]) -> None:
        """One group of equals: those of a district that is full are out of it."""
        by_district: dict[int, list[int]] = {}
        for row in tied:
            by_district.setdefault(self.contenders[row].district, []).append(row)
        open_to = {district: rows for district, rows in by_district.items() if self.left(district) > 0}
        is_limited = self.rule.per_district is not None
        crowded = {
            district for district, rows in open_to.items() if is_limited and len(rows) > self.left(district)
        }  # fmt: skip
        wanted = sum(self.left(one) if one in crowded else len(rows) for one, rows in open_to.items())
        if wanted > self.free:
            self.settle([row for row in tied if self.contenders[row].district in open_to], self.free)
            self.free = 0
            return
        for district, rows in open_to.items():
            if district in crowded:
                self.settle(rows, self.left(district))
            else:
                self.give(rows)

    def settle(self, rows: Sequence[int], seats: int) -> None:
        """Equals that are more than their places."""
        if self.rule.ties == "extend":
            self.give(rows)
        elif self.rule.ties == "hold":
            sizes = Counter(self.contenders[row].district for row in rows)
            most = [(district, min(size, self.left(district))) for district, size in sorted(sizes.items())]
            self.held.append(HeldTitle(tuple(rows), seats, tuple(most) if self.rule.per_district is not None else ()))
            self.free -= seats
            self.taken.update(dict(most))
        else:
            self.full |= {self.contenders[row].district for row in rows}

    def give(self, rows: Sequence[int]) -> None:
        self.has_it.update(rows)
        self.free -= len(rows)
        self.taken.update(self.contenders[row].district for row in rows)
