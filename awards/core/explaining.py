"""What a prize hung on: the score that would have given a better one. Nothing here changes a result."""

from collections.abc import Iterator, Sequence
from copy import copy
from dataclasses import dataclass

from awards.core.deciding import HELD, levels_of
from awards.core.prizes import Filling, GroupPlan, Score, published_part, seats, tied_groups


@dataclass(frozen=True)
class Better:
    """`score` in published units; `level` by index, a better one than was given."""

    score: int
    level: int


def least_for_better(
    scores: Sequence[Score | None], row: int, plan: GroupPlan, entries: int, most: int
) -> Better | None:
    """The least score with which this entry would have had a better level, all others as they are.

    scores    (n,)      as in `prizes.cut`; only the published part of this row's score is varied
    entries             number of countable entries that the plan's shares refer to
    most                the greatest score that the rubric allows, in published units
    returns             None where the entry has no score, is held for the committee, has the best level, or where no
                        score up to `most` would have been enough
    rule                What an entry gets changes only where it meets or passes a rival or a minimum. To meet may be
                        worse than to stay behind, where the tied go down: so each is tried.
    """
    score = scores[row]
    before = levels_of(scores, plan, entries)[row]
    if score is None or before in (HELD, 0):
        return None
    given = len(plan.levels) if before is None else before
    others = [None if at == row else one for at, one in enumerate(scores)]
    tried = [points for points in turning_points(others, published_part(score), plan) if points <= most]
    found = levels_with(others, [(*score[:1], points, *score[2:]) for points in tried], plan, entries)
    better = (Better(points, level) for points, level in zip(tried, found, strict=True) if level is not None)
    return next((one for one in better if one.level < given), None)


def turning_points(others: Sequence[Score | None], own: int, plan: GroupPlan) -> list[int]:
    """Scores above its own at which an entry meets or passes a rival or a minimum, the least first."""
    rivals = {published_part(score) for score in others if score is not None}
    minima = {level.minimum for level in plan.levels if level.minimum is not None}
    return sorted(points for points in rivals | {one + 1 for one in rivals} | minima if points > own)


def levels_with(
    others: Sequence[Score | None], tried: Sequence[Score], plan: GroupPlan, entries: int
) -> list[int | None]:
    """What one more entry would get with each of these scores, from the least up; None for nothing or a tie held."""
    found = []
    groups = [(others[rows[0]], len(rows)) for rows in tied_groups(others)]
    for score, filling, beside in before_each(groups, list(reversed(tried)), plan, entries):
        level = filling.place(1 + beside, published_part(score))
        found.append(None if isinstance(level, dict) else level)
    return found[::-1]


def before_each(
    groups: Sequence[tuple[Score | None, int]], tried: Sequence[Score], plan: GroupPlan, entries: int
) -> Iterator[tuple[Score, Filling, int]]:
    """For each score, from the best down: the places as those above it leave them, and how many it is tied with.

    groups   score and number of the tied, best first
    """
    filling, at = Filling(plan, list(seats(plan, entries))), 0
    for score in tried:
        while at < len(groups) and (above := groups[at][0]) is not None and above > score:
            filling.place(groups[at][1], published_part(above))
            at += 1
        beside = groups[at][1] if at < len(groups) and groups[at][0] == score else 0
        yield score, with_own_places(filling), beside


def with_own_places(filling: Filling) -> Filling:
    made = copy(filling)
    made.free = list(filling.free)
    return made
