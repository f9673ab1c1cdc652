"""The fewest additional reviews that link what has no judge in common."""

from collections.abc import Iterable
from dataclasses import dataclass
from heapq import heapify, heappop, heappush
from itertools import chain, combinations, islice

import numpy as np

from judging.core.assignment.chance import CROSS, chance
from judging.core.assignment.links import linked_components
from judging.core.assignment.problem import AssignmentProblem, BoolArray, IntArray, check

TRIES = 200  # sets of judges without work, then they are left out one by one
RETRIES = 20  # where caps leave no entry for a judge in a group
STEPS = 5_000_000  # pairs looked at for an exchange, bounds the time where there are very many groups


@dataclass(frozen=True, eq=False)
class Apart:
    """A group that cannot be linked to the others. Every pair of a judge with work and an entry, one of the two in
    this group and the other outside, is counted once:

    entries, judges  rows of those who belong to it
    not_allowed      pairs with a conflict, or whose judge left
    full             allowed pairs whose judge has as much as they take
    capped           allowed pairs with room, kept out by a cap of institutions or districts
    """

    entries: IntArray
    judges: IntArray
    not_allowed: int
    full: int
    capped: int


@dataclass(frozen=True, eq=False)
class CrossReviews:
    """What links the groups.

    pairs   (k, 2) entry, judge: to be added; sorted
    groups  how many there are without them
    left    how many there are with them: 1 where all entries can be compared
    apart   each of those that are left, where it is more than one, by its first entry
    """

    pairs: IntArray
    groups: int
    left: int
    apart: tuple[Apart, ...]


@dataclass(eq=False)
class Ground:
    """Where links may be. Nodes are the groups, then the judges without work, each by itself.

    part    (entries,) group of each entry, -1 without a judge
    node    (judges,) group of each judge, or a node of their own
    reach   (groups, judges) the group has an entry that this judge may still take
    worth   (groups, judges) the most affinity of such an entry
    room    (judges,) entries a judge may still take; load what they have
    luck    (groups, judges) chance
    """

    part: IntArray
    node: IntArray
    reach: BoolArray
    worth: IntArray
    room: IntArray
    load: IntArray
    luck: IntArray

    @property
    def groups(self) -> int:
        return len(self.reach)


Link = tuple[int, int]  # group of the entry, judge


def fewest_cross_reviews(problem: AssignmentProblem) -> CrossReviews:
    """The fewest reviews beyond those that stand, so that the fewest groups without a common judge are left.

    problem  `fixed` are the pairs that stand; `reviews` and `linked` say nothing here

    An entry without a judge belongs to no group and gets none here. Two groups are linked by a judge of one
    who marks an entry of the other: n groups by n - 1 reviews. Where conflicts and full loads forbid that, by
    judges without work so far, of whom each costs a review more. Never a conflict, never over a load or cap.
    Among equal numbers: the judge with the least load, then the most affinity, then the seed. Without caps
    nothing else links more, or as much with fewer reviews (with more than `TRIES` sets of judges without work
    to look at: without one of these judges); caps may leave a group apart that another choice would link.

    source   matroid intersection by shortest augmenting paths (forests, and entries a judge can still take):
             Lawler (1975), Mathematical Programming 9
    """
    check(problem)
    groups = int(linked_components(problem.fixed, problem.entries, problem.judges)[0].max(initial=-1)) + 1
    if groups <= 1:
        return CrossReviews(np.zeros((0, 2), np.int64), groups, groups, ())
    ground = _ground(problem)
    for _ in range(RETRIES):
        links = _links(ground)
        pairs, without = _with_entries(problem, ground, links)
        if not without:
            break
        ground.reach[tuple(np.array(without).T)] = False
    together = np.concatenate([problem.fixed.astype(np.int64), pairs])
    of_entry, of_judge = linked_components(together, problem.entries, problem.judges)
    left = int(of_entry.max()) + 1
    apart = _apart(problem, together, of_entry, of_judge) if left > 1 else ()
    return CrossReviews(pairs[np.lexsort((pairs[:, 1], pairs[:, 0]))], ground.groups, left, apart)


def _ground(problem: AssignmentProblem) -> Ground:
    fixed = problem.fixed.astype(np.int64)
    part, of_judge = linked_components(fixed, problem.entries, problem.judges)
    groups = int(part.max(initial=-1)) + 1
    load = np.bincount(fixed[:, 1], minlength=problem.judges).astype(np.int64)
    room = np.clip(problem.load_max.astype(np.int64) - load, 0, groups)
    node = np.where(of_judge >= 0, of_judge, groups + np.cumsum(of_judge < 0) - 1)
    free = _free(problem, fixed) & (room > 0)
    value = np.where(free, problem.affinity, -1).astype(np.int64)
    order = np.argsort(part, kind="stable")[np.count_nonzero(part < 0) :]
    worth = np.maximum.reduceat(value[order], np.searchsorted(part[order], np.arange(groups)), axis=0)
    worth[of_judge[of_judge >= 0], np.flatnonzero(of_judge >= 0)] = -1  # their own group
    luck = chance(problem.seed, CROSS, np.arange(groups)[:, None], np.arange(problem.judges)) >> np.uint64(1)
    return Ground(part, node, worth >= 0, worth, room, load, luck.astype(np.int64))


def _free(problem: AssignmentProblem, pairs: IntArray) -> BoolArray:
    """(entries, judges) who could be added, as far as conflicts and caps go."""
    free = problem.allowed.copy()
    free[pairs[:, 0], pairs[:, 1]] = False
    for group, cap in problem.caps:
        groups, column = np.unique(group, return_inverse=True)
        count = np.zeros((problem.entries, len(groups)), np.int32)
        np.add.at(count, (pairs[:, 0], column[pairs[:, 1]]), 1)
        free &= ~((count >= cap) & (groups >= 0))[:, column]
    return free


# ------------------------------------------------------------------ which group, which judge


def _links(ground: Ground) -> list[Link]:
    """The fewest that leave the fewest groups: by judges with work; else with the fewest of the others."""
    idle = ground.node >= ground.groups
    links = _forest(ground, ~idle)
    reached = [judge for judge in np.flatnonzero(idle).tolist() if min(ground.room[judge], _reached(ground, judge)) > 1]
    if _left(ground, links) == 1 or not reached:
        return links
    best, most = _with(ground, reached), len(reached)
    aim = _left(ground, best)
    if aim == _left(ground, links):
        return links
    for few in islice(chain.from_iterable(combinations(reached, size) for size in range(1, most)), TRIES):
        found = _with(ground, few)
        if _left(ground, found) == aim:
            return found
    for judge in sorted(reached, key=lambda one: _reached(ground, one)):
        fewer = [one for one in reached if one != judge]
        found = _with(ground, fewer)
        if _left(ground, found) == aim:
            best, reached = found, fewer
    return best


def _reached(ground: Ground, judge: int) -> int:
    return int(ground.reach[:, judge].sum())


def _with(ground: Ground, extra: Iterable[int]) -> list[Link]:
    """The links with these judges who had no work, who must join two groups to be worth one."""
    use = ground.node < ground.groups
    use[list(extra)] = True
    links = _forest(ground, use)
    taken = np.bincount([judge for _, judge in links], minlength=len(use))
    return [(group, judge) for group, judge in links if ground.node[judge] < ground.groups or taken[judge] > 1]


def _forest(ground: Ground, use: BoolArray) -> list[Link]:
    """The most links without a circle, none beyond the room of its judge."""
    links = _by_load(ground, use)
    reach = ground.reach & use
    while len(links) * reach.size < STEPS and (more := _augmented(ground, reach, links)):
        links = more
    return links


def _by_load(ground: Ground, use: BoolArray) -> list[Link]:
    """Link by link to whom has least; some may be missing that an exchange would bring."""
    label = np.arange(ground.groups + len(ground.node))
    links: list[Link] = []
    asked = np.zeros(ground.groups, np.int64)

    def best(judge: int) -> tuple[int, int]:
        """Affinity and group of the entry that would be taken, of equal groups one that was asked least; an affinity
        of -1 where none is left."""
        is_other = label[: ground.groups] != label[ground.node[judge]]
        worth = np.where(ground.reach[:, judge] & is_other, ground.worth[:, judge], -1)
        ties = np.flatnonzero(worth == worth.max())
        return int(worth.max()), int(ties[np.lexsort((ground.luck[ties, judge], asked[ties]))[0]])

    def place(judge: int, taken: int) -> tuple[int, int, int, int, int]:
        return int(ground.load[judge]) + taken, -best(judge)[0], int(ground.luck[0, judge]), judge, taken

    heap = [place(judge, 0) for judge in np.flatnonzero(use & (ground.room > 0)).tolist()]
    heapify(heap)
    while heap:
        *_, judge, taken = first = heappop(heap)
        worth, group = best(judge)
        if -worth != first[1]:  # meanwhile the best one hangs together with theirs
            heappush(heap, place(judge, taken))
        elif worth >= 0:
            links.append((group, judge))
            asked[group] += 1
            _join(label, group, int(ground.node[judge]))
            if taken + 1 < ground.room[judge]:
                heappush(heap, place(judge, taken + 1))
    return links


def _join(label: IntArray, one: int, other: int) -> None:
    label[label == label[one]] = label[other]


def _augmented(ground: Ground, reach: BoolArray, links: list[Link]) -> list[Link]:
    """One link more, by exchanges along a shortest path; empty where there are the most already."""
    room = ground.room - np.bincount([judge for _, judge in links], minlength=len(ground.room)).astype(np.int64)
    before: dict[Link, Link | None] = {}
    queue: list[Link] = []
    unseen = reach.copy()
    for link in links:
        unseen[link] = False

    def look(label: IntArray, came: Link | None) -> None:
        """Everything that may come in where `label` says what hangs together."""
        fresh = unseen & (label[: ground.groups, None] != label[ground.node])
        unseen[fresh] = False
        found = [(group, judge) for group, judge in np.argwhere(fresh).tolist()]
        before.update(dict.fromkeys(found, came))
        queue.extend(found)

    look(_labels(ground, links), None)
    for group, judge in queue:
        if room[judge] > 0:
            return _exchanged(links, before, (group, judge))
        for one in links:
            if one[1] == judge and one not in before:
                before[one] = (group, judge)
                look(_labels(ground, [other for other in links if other != one]), one)
    return []


def _exchanged(links: list[Link], before: dict[Link, Link | None], last: Link) -> list[Link]:
    path: set[Link] = set()
    step: Link | None = last
    while step is not None:
        path.add(step)
        step = before[step]
    return sorted(set(links) ^ path)


def _labels(ground: Ground, links: Iterable[Link]) -> IntArray:
    """What hangs together: a number for each node."""
    label = np.arange(ground.groups + len(ground.node))
    for group, judge in links:
        _join(label, group, int(ground.node[judge]))
    return label


def _left(ground: Ground, links: Iterable[Link]) -> int:
    return len(np.unique(_labels(ground, links)[: ground.groups]))


# ------------------------------------------------------------------ which entry


def _with_entries(problem: AssignmentProblem, ground: Ground, links: list[Link]) -> tuple[IntArray, list[Link]]:
    """An entry for each link: the most affinity, then the fewest judges, then the seed; and links that got none."""
    pairs, without = problem.fixed.astype(np.int64), []
    for group, judge in sorted(links):
        free = (ground.part == group) & _free_for(problem, pairs, judge)
        rows = np.flatnonzero(free)
        if not len(rows):
            without.append((group, judge))
            continue
        has = np.bincount(pairs[:, 0], minlength=problem.entries)[rows]
        luck = chance(problem.seed, CROSS, rows, judge)
        best = rows[np.lexsort((luck, has, -problem.affinity[rows, judge].astype(np.int64)))[0]]
        pairs = np.concatenate([pairs, [[best, judge]]])
    return pairs[len(problem.fixed) :], without


def _free_for(problem: AssignmentProblem, pairs: IntArray, judge: int) -> BoolArray:
    """(entries,) which this judge could take, as far as conflicts and caps go."""
    free = problem.allowed[:, judge].copy()
    free[pairs[pairs[:, 1] == judge, 0]] = False
    for group, cap in problem.caps:
        if group[judge] >= 0:
            same = pairs[group[pairs[:, 1]] == group[judge], 0]
            free &= np.bincount(same, minlength=problem.entries) < cap
    return free


def _apart(problem: AssignmentProblem, pairs: IntArray, of_entry: IntArray, of_judge: IntArray) -> tuple[Apart, ...]:
    load = np.bincount(pairs[:, 1], minlength=problem.judges)
    full, free = load >= problem.load_max, _free(problem, pairs)
    found = []
    for label in range(int(of_entry.max()) + 1):
        here, there = (of_entry == label)[:, None], of_judge == label
        across = (here != there) & (of_entry >= 0)[:, None] & (of_judge >= 0)
        may = across & problem.allowed
        counts = (across & ~may).sum(), (may & full).sum(), (may & ~full & ~free).sum()
        found.append(Apart(np.flatnonzero(of_entry == label), np.flatnonzero(there), *map(int, counts)))
    return tuple(found)
