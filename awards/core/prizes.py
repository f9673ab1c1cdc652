"""How many prizes there are, and where the cuts fall. A tie across a cut is never broken silently."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor

from competition.core.numbers import rounded_half_up
from judging.core.tiebreaks import TieBreaker, Value


class PlanError(ValueError):
    """A plan that cannot be carried out, such as "all that is left" without a total."""

    def __init__(self, code: str, **facts: object):
        super().__init__(code)
        self.code, self.facts = code, facts


@dataclass(frozen=True)
class LevelPlan:
    """One level, from the best down.

    kind     "count", "percent_entries", "percent_prizes", "ratio" or "rest"
    value    prizes, per cent, per cent, part of the ratio; None for "rest"
    minimum  least score in published units, None for none
    """

    code: str
    kind: str
    value: Fraction | None = None
    minimum: int | None = None


@dataclass(frozen=True)
class GroupPlan:
    """The levels of entries that compete for the same prizes.

    cap        most prizes in all, as a number; also the total that shares of prizes refer to
    rounding   "half_up", "down", "up" or "largest_remainder" (of the shares that are not whole)
    ties       "extend", "shrink" or "hold": what becomes of a tie across a cut that the tie-breakers leave
    breakers   asked in this order about a tie across a cut
    """

    levels: tuple[LevelPlan, ...]
    rounding: str = "half_up"
    ties: str = "hold"
    cap_count: int | None = None
    cap_percent: Fraction | None = None
    breakers: tuple[TieBreaker, ...] = ()

    def cap(self, entries: int) -> int | None:
        """In prizes; a per cent of entries is rounded down, since 不超过 means not more."""
        if self.cap_percent is not None:
            return int(self.cap_percent * entries / 100)
        return self.cap_count


@dataclass(frozen=True)
class Held:
    """Entries tied across a cut, for the committee: `seats` of each level in `codes` are theirs to give.

    What is left of them after the seats gets nothing.
    """

    rows: tuple[int, ...]
    codes: tuple[str, ...]
    seats: tuple[int, ...]


@dataclass(frozen=True)
class Parted:
    """Entries of one score across a cut that tie-breakers parted, best first; who stayed equal is in one part.

    steps   between each part and the next: which tie-breaker parted them, by its place in the chain
    """

    parts: tuple[tuple[int, ...], ...]
    steps: tuple[int, ...]

    def step_between(self, one: int, other: int) -> int:
        """Which tie-breaker parted two parts: the first that tells them apart."""
        return min(self.steps[min(one, other) : max(one, other)])


@dataclass(frozen=True)
class Cut:
    """`levels` (entries,): index of the level won or None; `held`: ties that the plan leaves to people; `parted`: ties
    across a cut that tie-breakers were asked about, also those where they told nobody apart."""

    levels: tuple[int | None, ...]
    held: tuple[Held, ...]
    seats: tuple[int, ...]
    parted: tuple[Parted, ...] = ()


def seats(plan: GroupPlan, entries: int) -> tuple[int, ...]:
    """Prizes of each level for a number of entries.

    raises   PlanError "no-total" where shares of prizes have no cap to refer to
    source   docs/rulebook.md "How many prizes"
    """
    total = plan.cap(entries)
    wanted = [wanted_seats(level, plan, entries, total) for level in plan.levels]
    given = whole_seats(plan, wanted)
    if total is not None:
        given = capped(given, total)
        rest = next((i for i, level in enumerate(plan.levels) if level.kind == "rest"), None)
        if rest is not None:  # a second "all that is left" finds nothing left
            given[rest] = max(total - sum(given), 0)
    return tuple(given)


def wanted_seats(level: LevelPlan, plan: GroupPlan, entries: int, total: int | None) -> Fraction:
    """The exact share, not yet rounded."""
    if level.kind == "count":
        return Fraction(level.value or 0)
    if level.kind == "percent_entries":
        return Fraction(level.value or 0) * entries / 100
    if total is None:
        raise PlanError("no-total", level=level.code)
    if level.kind == "percent_prizes":
        return Fraction(level.value or 0) * total / 100
    if level.kind == "ratio":
        parts = sum((Fraction(one.value or 0) for one in plan.levels if one.kind == "ratio"), Fraction())
        return Fraction(level.value or 0) * total / parts if parts else Fraction()
    return Fraction()


def whole_seats(plan: GroupPlan, wanted: Sequence[Fraction]) -> list[int]:
    if plan.rounding == "largest_remainder":
        return largest_remainder(wanted)
    return [ROUNDINGS[plan.rounding](share) for share in wanted]


ROUNDINGS: dict[str, Callable[[Fraction], int]] = {"half_up": rounded_half_up, "down": floor, "up": ceil}


def largest_remainder(wanted: Sequence[Fraction]) -> list[int]:
    """Hamilton's method: whole parts, then one more to the largest remainders until the rounded sum is reached.

    Equal remainders go to the better prize.
    """
    given = [int(share) for share in wanted]
    left = rounded_half_up(sum(wanted, Fraction())) - sum(given)
    order = sorted(range(len(wanted)), key=lambda i: (-(wanted[i] - given[i]), i))
    for i in order[:left]:
        given[i] += 1
    return given


def capped(given: Sequence[int], total: int) -> list[int]:
    """Taken away from the lowest level upwards until the cap holds."""
    kept, left = [], total
    for number in given:
        kept.append(min(number, left))
        left -= kept[-1]
    return kept


# Rounds taken part in (a finalist stands before who is not), published units; where time is measured,
# then the time below zero. Entries are tied where all of it is equal.
Score = tuple[int, ...]

Values = Sequence[Sequence[Value | None]]


def cut(scores: Sequence[Score | None], plan: GroupPlan, entries: int, values: Values = ()) -> Cut:
    """Give the levels of a plan to scored entries.

    scores   (n,)     None is unscored and gets nothing
    entries           number of countable entries that the plan's shares refer to
    values   (k, n)   of tie-breakers in their order
    returns           the level of each entry, and the ties held
    rule              Levels are filled from the best score down. Equal scores stay together, but that tie-breakers
                      part them where they do not fit into what is left of a level. What stays equal across the end of
                      a level goes up ("extend": the surplus is taken from the places of the next levels; at the last
                      level all tied get it, but beyond a cap they are held), goes down ("shrink": the level gives
                      fewer), or is held for the committee ("hold"). Under a level's minimum its places lapse.
    """
    numbers = seats(plan, entries)
    levels: list[int | None] = [None] * len(scores)
    held: list[Held] = []
    asked: list[Parted] = []
    filling = Filling(plan, list(numbers))
    for tied in tied_groups(scores):
        score = published_part(scores[tied[0]])
        found = Parted((tied,), ())
        if values and filling.is_across_a_cut(len(tied), score):
            found = parted(tied, values)
            asked.append(found)
        for rows in found.parts:
            outcome = filling.place(len(rows), score)
            if isinstance(outcome, dict):
                held.append(Held(rows, tuple(plan.levels[i].code for i in outcome), tuple(outcome.values())))
            elif outcome is not None:
                for row in rows:
                    levels[row] = outcome
        if filling.is_full:
            break
    return Cut(tuple(levels), tuple(held), numbers, tuple(asked))


def parted(tied: tuple[int, ...], values: Values, step: int = 0) -> Parted:
    """Rows of one score by the first tie-breaker that tells them apart, what stays equal by the next, and so on.

    A tie-breaker that says nothing of one of them (a blank is no zero) parts none of them.
    """
    if step == len(values) or len(tied) == 1:
        return Parted((tied,), ())
    rows_of: dict[Value, list[int]] = {}
    for row in tied:
        if (value := values[step][row]) is None:
            return parted(tied, values, step + 1)
        rows_of.setdefault(value, []).append(row)
    parts: list[tuple[int, ...]] = []
    steps: list[int] = []
    for value in sorted(rows_of, reverse=True):
        inner = parted(tuple(rows_of[value]), values, step + 1)
        steps += [step] if parts else []
        steps += inner.steps
        parts += inner.parts
    return Parted(tuple(parts), tuple(steps))


def tied_groups(scores: Sequence[Score | None]) -> list[tuple[int, ...]]:
    """Rows of equal scores, best first; rows within a group in their given order."""
    rows_of: dict[Score, list[int]] = {}
    for row, score in enumerate(scores):
        if score is not None:
            rows_of.setdefault(score, []).append(row)
    return [tuple(rows_of[score]) for score in sorted(rows_of, reverse=True)]


def published_part(score: Score | None) -> int:
    """What a minimum is compared with. An unscored entry is in no tied group, so None is a fault of ours."""
    if score is None:
        raise TypeError("An unscored entry has no place.")
    return score[1]


def cuts_by_code(given: Iterable[tuple[str, Score | None, bool]]) -> dict[str, Score]:
    """The lowest score of each prize among those whom marks placed: whom the committee moved stands where it was put,
    and its score says nothing of where a prize ends.

    given    (code of the prize, score, whether the committee moved it) of each entry that has a prize
    returns  by code; a prize that is won by no marks is not there. The lowest is of published points; of equal points
             who stands lower
    """
    least: dict[str, Score] = {}
    for code, score, is_moved in given:
        if score is not None and not is_moved:
            least[code] = min(least.get(code, score), score, key=lambda one: (published_part(one), one))
    return least


class Filling:
    """The places that are still free, level by level."""

    def __init__(self, plan: GroupPlan, free: list[int]):
        self.plan, self.free, self.at = plan, free, 0

    @property
    def is_full(self) -> bool:
        return self.at >= len(self.free)

    def is_across_a_cut(self, size: int, score: int) -> bool:
        """Not all of `size` tied entries find a place in the level that their score comes to."""
        self.skip_full(score)
        return not self.is_full and size > self.free[self.at]

    def place(self, size: int, score: int) -> int | dict[int, int] | None:
        """Where `size` tied entries go: the index of a level, seats by level where held, or None."""
        self.skip_full(score)
        if self.is_full:
            return None
        if size <= self.free[self.at]:
            self.free[self.at] -= size
            return self.at
        return getattr(self, self.plan.ties)(size, score)

    def skip_full(self, score: int) -> None:
        """Leave levels without places, and levels whose minimum this score does not reach: their places lapse."""
        while not self.is_full and (self.free[self.at] <= 0 or not self.reaches(self.at, score)):
            self.at += 1

    def reaches(self, level: int, score: int) -> bool:
        minimum = self.plan.levels[level].minimum
        return minimum is None or score >= minimum

    def extend(self, size: int, score: int) -> int | dict[int, int]:
        """All tied get the better prize; the surplus comes out of the next levels."""
        if self.has_cap and size > sum(self.free[self.at :]):
            return self.hold(size, score)
        level, surplus = self.at, size - self.free[self.at]
        self.free[level] = 0
        for below in range(level + 1, len(self.free)):
            taken = min(surplus, self.free[below])
            self.free[below] -= taken
            surplus -= taken
        return level

    @property
    def has_cap(self) -> bool:
        return self.plan.cap_count is not None or self.plan.cap_percent is not None

    def shrink(self, size: int, score: int) -> int | dict[int, int] | None:
        """All tied go down; the places that they leave lapse."""
        self.free[self.at] = 0
        return self.place(size, score)

    def hold(self, size: int, score: int) -> dict[int, int]:
        """The places that the tied would have filled, in order, wait for the committee."""
        waiting: dict[int, int] = {}
        while size > 0 and not self.is_full:
            if self.free[self.at] > 0 and self.reaches(self.at, score):
                waiting[self.at] = min(size, self.free[self.at])
                self.free[self.at] -= waiting[self.at]
                size -= waiting[self.at]
            if size > 0:
                self.at += 1
        return waiting
