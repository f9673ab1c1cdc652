"""Whose prize would be another one if one entry's score were: the places above it stand, and what lies below is given
anew only until the places are as they were. Nothing here changes a result."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence

from awards.core.deciding import HELD, Change
from awards.core.prizes import Filling, GroupPlan, Score, Values, parted, published_part, seats, tied_groups

State = tuple[int, tuple[int, ...]]


class Ladder:
    """Entries by score from the best down, and the places that are free before each score.

    scores    (n,)     as in `prizes.cut`
    entries            number of countable entries that the plan's shares refer to
    values    (k, n)   of tie-breakers in their order
    """

    def __init__(self, scores: Sequence[Score | None], plan: GroupPlan, entries: int, values: Values = ()):
        self.scores, self.plan, self.values = scores, plan, values
        self.groups = tied_groups(scores)
        self.falling = [negative(scores[rows[0]]) for rows in self.groups]
        self.passed = [0]
        for rows in self.groups:
            self.passed.append(self.passed[-1] + len(rows))
        filling = Filling(plan, list(seats(plan, entries)))
        self.states: list[State] = []
        self.levels: list[int | None] = [None] * len(scores)
        for rows in self.groups:
            self.states.append(state_of(filling))
            for row, level in given(filling, rows, self.score_of(rows[0]), values):
                self.levels[row] = level
        self.states.append(state_of(filling))

    def score_of(self, row: int) -> Score:
        score = self.scores[row]
        if score is None:
            raise TypeError("An unscored entry has no place.")
        return score

    def changes_with(self, row: int, score: Score | None, values: Values = ()) -> list[Change]:
        """Who has another level if this entry had this score, by row; levels as in `deciding.levels_of`.

        values   of tie-breakers as they would then be; of the other entries as they are
        rule     exactly `prizes.cut` before and after
        """
        if self.is_same(row, score):
            return []
        found = dict(self.given_anew(row, score, values or self.values))
        return [Change(at, self.levels[at], level) for at, level in sorted(found.items()) if level != self.levels[at]]

    def is_same(self, row: int, score: Score | None) -> bool:
        """Sure that nobody moves: between both scores all have the same level, with places for all of them."""
        was = self.scores[row]
        if was is None or score is None:
            return was is score
        high, low = max(was, score), min(was, score)
        if high[0] != low[0]:  # who came further stands before with fewer points: minima say nothing of what is between
            return False
        first, after = self.span(high, low)
        filling = self.filling_at(first)
        filling.skip_full(published_part(high))
        if filling.is_full:
            return True
        number = self.passed[after] - self.passed[first]
        return number <= filling.free[filling.at] and filling.reaches(filling.at, published_part(low))

    def span(self, high: Score, low: Score) -> tuple[int, int]:
        """The groups from one score down to another: the first, and the one after the last."""
        return bisect_left(self.falling, negative(high)), bisect_right(self.falling, negative(low))

    def filling_at(self, group: int) -> Filling:
        """The places as they are before a group."""
        at, free = self.states[group]
        filling = Filling(self.plan, list(free))
        filling.at = at
        return filling

    def given_anew(self, row: int, score: Score | None, values: Values) -> Iterator[tuple[int, int | None]]:
        """(row, level) of everybody from the better of both scores down, until the places are as they were."""
        both = [one for one in (self.scores[row], score) if one is not None]
        first, after = self.span(max(both), min(both))
        filling = self.filling_at(first)
        is_placed = score is None
        if score is None:
            yield row, None
        for at in range(first, len(self.groups)):
            if at >= after and is_placed and state_of(filling) == self.states[at]:
                return
            mine, rows = self.score_of(self.groups[at][0]), tuple(one for one in self.groups[at] if one != row)
            if not is_placed and score is not None and score >= mine:
                is_placed = True
                if score == mine:
                    rows = tuple(sorted((*rows, row)))
                else:
                    yield from given(filling, (row,), score, values)
            if rows:
                yield from given(filling, rows, mine, values)
        if not is_placed and score is not None:
            yield from given(filling, (row,), score, values)


def negative(score: Score | None) -> Score:
    """What sorts the best first."""
    return tuple(-part for part in score or ())


def state_of(filling: Filling) -> State:
    """Levels that are full are passed already."""
    at = filling.at
    while at < len(filling.free) and filling.free[at] <= 0:
        at += 1
    return at, tuple(filling.free)


def given(filling: Filling, rows: tuple[int, ...], score: Score, values: Values) -> Iterator[tuple[int, int | None]]:
    """What entries of one score get, as `prizes.cut` gives it."""
    points = published_part(score)
    parts: tuple[tuple[int, ...], ...] = (rows,)
    if values and filling.is_across_a_cut(len(rows), points):
        parts = parted(rows, values).parts
    for part in parts:
        level = filling.place(len(part), points)
        for row in part:
            yield row, HELD if isinstance(level, dict) else level
