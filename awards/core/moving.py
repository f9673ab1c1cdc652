"""合议调整: the committee moves an entry to another level, by a vote. Never beyond the places of the plan."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

HALF, TWO_THIRDS = "half", "two_thirds"


@dataclass(frozen=True)
class Count:
    """A vote as the minutes have it. `recused` members are present and vote on this not."""

    present: int
    in_favour: int
    against: int
    abstained: int
    recused: int

    @property
    def adds_up(self) -> bool:
        parts = (self.in_favour, self.against, self.abstained, self.recused)
        return self.present > 0 and min(parts) >= 0 and sum(parts) == self.present

    @property
    def voters(self) -> int:
        return self.present - self.recused


def is_carried(count: Count, majority: str) -> bool:
    """A recused member leaves numerator and denominator; who abstains stays in the denominator.

    majority   "half": more than half; "two_thirds": at least two thirds
    source     docs/rulebook.md "Moves by the committee"
    """
    if majority == TWO_THIRDS:
        return count.voters > 0 and 3 * count.in_favour >= 2 * count.voters
    if majority == HALF:
        return 2 * count.in_favour > count.voters
    raise ValueError(f"no majority: {majority}")


@dataclass(frozen=True)
class Over:
    """More than there are. `level`: which, None for all levels together."""

    level: int | None
    given: int
    most: int


def most_together(before: Sequence[int | None], seats: Sequence[int]) -> int:
    """Prizes of a group that may be given by people: the plan's, or as many as all tied have where it lets them."""
    return max(sum(seats), sum(level is not None for level in before))


def over_places(before: Sequence[int | None], after: Sequence[int | None], seats: Sequence[int]) -> Over | None:
    """What people gave beyond the plan's places; None where they kept to them.

    before   (n,)   level of each entry by plan and settled ties, None for no prize
    after    (n,)   the same after all moves
    seats           prizes of each level, the cap taken into account
    rule            Where the plan lets all tied have a better prize, a level may keep what that gives it, but not grow.
    """
    was, now = Counter(before), Counter(after)
    for level, number in enumerate(seats):
        most = max(number, was[level])
        if now[level] > most:
            return Over(level, now[level], most)
    given, most = len(after) - now[None], most_together(before, seats)
    return Over(None, given, most) if given > most else None
