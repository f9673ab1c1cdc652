"""How sure a prize is, and on whom it hangs. What a plan gives is in `prizes`; nothing here changes it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from awards.core.prizes import GroupPlan, Score, Values, cut, seats

FloatArray = NDArray[np.float64]
HELD = -1  # instead of a level: tied across a cut, for the committee
SLICE = 200  # draws that are ordered at once


def level_shares(draws: FloatArray, stages: Sequence[int], plan: GroupPlan, entries: int) -> FloatArray:
    """In which share of the draws each entry wins each level.

    draws    (draws, n)   scores as they may truly be, in published units; NaN where an entry has none
    stages   (n,)         rounds that an entry took part in: who came further stands before
    entries               number of countable entries that the plan's shares refer to
    returns  (levels, n)  0..1; a column may sum to less, the rest is no prize
    rule     as `prizes.cut`, but that two draws are never tied
    """
    numbers, found = seats(plan, entries), np.zeros((len(plan.levels), draws.shape[1]))
    scored = np.where(np.isnan(draws), -np.inf, draws)
    for start in range(0, len(draws), SLICE):
        part = scored[start : start + SLICE]
        further = np.where(np.isneginf(part), -1, np.asarray(stages))
        order = np.lexsort((-part, -further), axis=1)
        for level, winners in enumerate(winning(np.take_along_axis(part, order, axis=1), plan, numbers)):
            found[level] += np.bincount(order[winners], minlength=draws.shape[1])
    return found / len(draws)


def winning(ordered: FloatArray, plan: GroupPlan, numbers: Sequence[int]) -> list[NDArray[np.bool_]]:
    """Which places of each draw win each level.

    ordered   (draws, n)  scores from the best down; minus infinity has none
    """
    place = np.arange(ordered.shape[1])
    start = np.zeros((len(ordered), 1), dtype=np.int64)
    found = []
    for level, number in zip(plan.levels, numbers, strict=True):
        least = -np.inf if level.minimum is None else level.minimum - 0.5  # half up: it is published as the minimum
        short = ((ordered < least) | np.isneginf(ordered)) & (place >= start)
        first = np.where(short.any(axis=1), short.argmax(axis=1), ordered.shape[1])[:, None]
        end = np.minimum(start + max(number, 0), first)
        found.append((place >= start) & (place < end))
        start = np.maximum(end, start)
    return found


@dataclass(frozen=True)
class Change:
    """An entry that would have another prize. Levels by index; None for none, HELD for a tie."""

    row: int
    before: int | None
    after: int | None


def levels_of(scores: Sequence[Score | None], plan: GroupPlan, entries: int, values: Values = ()) -> list[int | None]:
    """By the plan alone, before any committee; `values` of its tie-breakers as for `prizes.cut`."""
    outcome = cut(scores, plan, entries, values)
    held = {row for one in outcome.held for row in one.rows}
    return [HELD if row in held else level for row, level in enumerate(outcome.levels)]


def changes(before: Sequence[int | None], after: Sequence[int | None]) -> list[Change]:
    return [Change(row, was, now) for row, (was, now) in enumerate(zip(before, after, strict=True)) if was != now]


def hanging_on(
    scores: Sequence[Score | None],
    without: Mapping[str, Mapping[int, Score | None]],
    plan: GroupPlan,
    entries: int,
    values: Values = (),
    values_without: Callable[[str], Values] = lambda _judge: (),
) -> dict[str, list[Change]]:
    """Whose prize would be another one if one judge had not been: by the code of the judge, those of whom it is true.

    without          judge -> row -> score without their sheets, of the entries that they marked
    values           of tie-breakers; `values_without`: without the sheets of a judge
    """
    before = levels_of(scores, plan, entries, values)
    found = {}
    for judge, replaced in without.items():
        now = [replaced.get(row, score) for row, score in enumerate(scores)]
        if other := changes(before, levels_of(now, plan, entries, values_without(judge))):
            found[judge] = other
    return found
