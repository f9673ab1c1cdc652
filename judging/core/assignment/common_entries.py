"""The fewest entries that, marked in common, link what has no judge in common."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain, combinations, islice

import numpy as np

from judging.core.assignment.cross_reviews import CrossReviews, fewest_cross_reviews
from judging.core.assignment.links import linked_components
from judging.core.assignment.problem import AssignmentProblem, IntArray

TRIES = 200  # sets of entries that are looked at, then one entry after the other is left out
LOOKED_AT = 2_000_000  # pairs of entries and judges, over all tries: a page waits for it
MOST_TOGETHER = 4


@dataclass(frozen=True, eq=False)
class CommonEntries:
    """What links the groups by few entries.

    entries  rows of those that are marked in common; sorted
    pairs    (k, 2) entry, judge: to be added; sorted
    groups   how many there are without them
    left     how many there are with them: 1 where all entries can be compared
    """

    entries: IntArray
    pairs: IntArray
    groups: int
    left: int


def fewest_common_entries(problem: AssignmentProblem, whole: CrossReviews) -> CommonEntries:
    """The fewest entries by which as many groups are linked as cross reviews of any entries can link, and the fewest
    reviews of these.

    problem  as for `fewest_cross_reviews`; never a conflict, never over a load or cap
    whole    its cross reviews, which say how many groups can be linked

    The number of entries is the least where all sets of up to `MOST_TOGETHER` could be looked at and one of them links
    (few groups, or one entry that all may mark, which is the usual case); else no entry can be left out.
    """
    if not len(whole.pairs):
        none = np.zeros(0, np.int64)
        return CommonEntries(none, whole.pairs, whole.groups, whole.left)
    needed = whole.groups - whole.left
    tries = max(min(TRIES, LOOKED_AT // problem.allowed.size), 1)
    for chosen in islice(_sets(problem, needed), tries):
        found = _only(problem, chosen)
        if found is not None and found.left <= whole.left:
            return found
    return _fewer(problem, whole)


def _sets(problem: AssignmentProblem, needed: int) -> Iterator[tuple[int, ...]]:
    """Small sets first, of entries that reach most groups; none that could not link so many."""
    reach = _reach(problem)
    order = [row for row in np.argsort(-reach, kind="stable").tolist() if reach[row]]
    sizes = range(1, min(len(order), MOST_TOGETHER) + 1)
    every = chain.from_iterable(combinations(order, size) for size in sizes)
    return (chosen for chosen in islice(every, 100 * TRIES) if reach[list(chosen)].sum() >= needed)


def _reach(problem: AssignmentProblem) -> IntArray:
    """(entries,) how many groups and judges without work an entry could be given to; 0 without a judge of its own."""
    part, of_judge = linked_components(problem.fixed.astype(np.int64), problem.entries, problem.judges)
    load = np.bincount(problem.fixed[:, 1].astype(np.int64), minlength=problem.judges)
    free = problem.allowed & (load < problem.load_max) & (part[:, None] != of_judge)
    groups = int(part.max(initial=-1)) + 1
    node = np.where(of_judge >= 0, of_judge, groups + np.arange(problem.judges))
    counts = [len(np.unique(node[row])) for row in free]
    return np.where(part >= 0, np.array(counts, dtype=np.int64), 0)


def _only(problem: AssignmentProblem, chosen: Sequence[int]) -> CommonEntries | None:
    """What can be linked by these alone, each of which is needed; None where one of them is not."""
    allowed = np.zeros_like(problem.allowed)
    allowed[list(chosen)] = problem.allowed[list(chosen)]
    allowed[problem.fixed[:, 0], problem.fixed[:, 1]] = True
    found = fewest_cross_reviews(replace(problem, allowed=allowed))
    entries = np.unique(found.pairs[:, 0])
    return CommonEntries(entries, found.pairs, found.groups, found.left) if len(entries) == len(chosen) else None


def _fewer(problem: AssignmentProblem, whole: CrossReviews) -> CommonEntries:
    """The entries of the cross reviews, which suffice, without those that can be left out."""
    chosen = np.unique(whole.pairs[:, 0]).tolist()
    for entry in list(chosen):
        fewer = [one for one in chosen if one != entry]
        found = _only(problem, fewer) if fewer else None
        if found is not None and found.left <= whole.left:
            chosen = fewer
    found = _only(problem, chosen)
    if found is not None and found.left <= whole.left:
        return found
    return CommonEntries(np.unique(whole.pairs[:, 0]), whole.pairs, whole.groups, whole.left)
