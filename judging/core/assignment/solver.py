"""From a problem to an assignment, or to the reasons why there is none."""

import numpy as np

from judging.core.assignment.candidates import Rest, candidates, what_remains
from judging.core.assignment.flow import bridge_entries, chosen, load_step
from judging.core.assignment.links import joined_by_swaps, linked_components
from judging.core.assignment.prices import better_pairs
from judging.core.assignment.problem import (
    AssignmentProblem,
    AssignmentResult,
    BoolArray,
    Infeasible,
    IntArray,
    Shortage,
    check,
)

__all__ = ["load_step", "solve"]

ROUNDS = 8
SMALL = 300_000  # pairs up to which all are offered
WIDTHS = (32, 128)  # candidates an entry in larger problems, before all are offered
PER_REVIEW = 4  # candidates an entry at least, for each judge it wants


def solve(problem: AssignmentProblem) -> AssignmentResult:
    """Give every entry its judges: most affinity less the price of uneven loads, then by the seed.

    The answer depends on the problem alone: the same on every machine, whatever the order of `fixed`.
    Exact where all pairs are offered (up to 300,000 pairs), else exact among the candidates of
    `candidates`. With `linked`, swaps follow that keep loads but may cost a little affinity.

    raises  AssignmentInputError  arrays that contradict each other, fixed pairs that are not allowed
            Infeasible            some entries cannot have `reviews` judges; says which and why
    source  Charlin, Zemel, "The Toronto Paper Matching System" (2013)
    """
    check(problem)
    rest = what_remains(problem)
    added = _added(problem, rest)
    pairs, is_new = _merged(problem.fixed, added)
    if problem.linked:
        pairs, is_new = _merged(pairs[~is_new], joined_by_swaps(problem, pairs, is_new)[is_new])
    labels = linked_components(pairs, problem.entries, problem.judges)[0]
    return AssignmentResult(
        pairs=pairs,
        loads=np.bincount(pairs[:, 1], minlength=problem.judges).astype(np.int64),
        components=int(labels.max(initial=-1)) + 1,
        affinity_share=_affinity_share(problem, rest, pairs),
        added=pairs[is_new],
    )


def _added(problem: AssignmentProblem, rest: Rest) -> IntArray:
    """The new pairs by the first attempt that serves every entry."""
    wanted = int(rest.need.sum())
    if not wanted:
        return np.zeros((0, 2), np.int64)
    for width, bridged in _attempts(problem, rest):
        taken = _priced(problem, rest, candidates(problem, rest, width), bridged=bridged)
        if len(taken) == wanted:
            return taken
    raise Infeasible(_shortages(problem, rest, taken))


def _priced(problem, rest, offered, *, bridged):
    import time
    global TRACE
    for _ in range(ROUNDS):
        t=time.perf_counter()
        taken = chosen(problem, rest, offered, bridged=bridged)
        t1=time.perf_counter()
        if taken.sum() < rest.need.sum() or (rest.need>0).sum()*problem.judges<=SMALL:
            break
        more = better_pairs(problem, rest, offered, taken, bridged=bridged)
        t2=time.perf_counter()
        print('     round',_,len(offered),len(more),'solve %.2f price %.2f'%(t1-t,t2-t1), problem.affinity[offered[taken,0],offered[taken,1]].sum(dtype=int))
        if not len(more): break
        offered = np.concatenate([offered, more]); offered = offered[np.lexsort((offered[:,1],offered[:,0]))]
    return offered[taken]


def _attempts(problem: AssignmentProblem, rest: Rest) -> list[tuple[int, bool]]:
    """Candidates an entry and whether subjects are bridged; the last offers everything, unbridged."""
    everything = (problem.judges, False)
    usable = (rest.free & (rest.room > 0)).sum(axis=1)
    if (usable < rest.need).any() or rest.room.sum() < rest.need.sum():
        return [everything]
    open_pairs = np.count_nonzero(rest.need) * problem.judges
    floor = PER_REVIEW * problem.reviews
    widths = [max(width, floor) for width in WIDTHS] if open_pairs > SMALL else [problem.judges]
    bridged = problem.linked and bool(bridge_entries(problem).any())
    tried = [(min(width, problem.judges), bridged) for width in widths]
    return list(dict.fromkeys([*tried, everything]))


def _shortages(problem: AssignmentProblem, rest: Rest, taken: IntArray) -> list[Shortage]:
    """Why each unserved entry is unserved, given a largest assignment over all pairs."""
    pairs = np.concatenate([problem.fixed.astype(np.int64), taken])
    full = np.bincount(pairs[:, 1], minlength=problem.judges) >= problem.load_max
    lacking = rest.need - np.bincount(taken[:, 0], minlength=problem.entries)
    found = []
    for entry in np.flatnonzero(lacking > 0).tolist():
        allowed = problem.allowed[entry].copy()
        not_allowed = int((~allowed).sum())
        allowed[pairs[pairs[:, 0] == entry, 1]] = False
        at_cap = int((allowed & ~full).sum())  # the flow is largest: nothing else can hold a judge back
        found.append(Shortage(entry, int(lacking[entry]), not_allowed, int((allowed & full).sum()), at_cap))
    return found


def _merged(fixed: IntArray, added: IntArray) -> tuple[IntArray, BoolArray]:
    """All pairs sorted by entry, then judge, and a mask of the added ones."""
    pairs = np.concatenate([fixed.astype(np.int64), added])
    order = np.lexsort((pairs[:, 1], pairs[:, 0]))
    return pairs[order], order >= len(fixed)


def _affinity_share(problem: AssignmentProblem, rest: Rest, pairs: IntArray) -> float:
    """Affinity of the pairs over fixed pairs plus each entry's best free judges, loads ignored."""
    bound = int(problem.affinity[problem.fixed[:, 0], problem.fixed[:, 1]].sum())
    for need in np.unique(rest.need[rest.need > 0]).tolist():
        rows = np.flatnonzero(rest.need == need)
        value = np.where(rest.free[rows], problem.affinity[rows], 0)
        bound += int(np.partition(value, problem.judges - need, axis=1)[:, problem.judges - need :].sum())
    total = int(problem.affinity[pairs[:, 0], pairs[:, 1]].sum())
    return total / bound if bound else 1.0
