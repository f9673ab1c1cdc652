"""From a problem to an assignment, or to the reasons why there is none."""

from dataclasses import replace

import numpy as np

from judging.core.assignment.candidates import Rest, candidates, chunks, value_counts, what_remains
from judging.core.assignment.flow import chosen, crossed, load_step
from judging.core.assignment.links import joined_by_swaps, linked_components
from judging.core.assignment.prices import better_pairs
from judging.core.assignment.problem import (
    AFFINITY_MAX,
    AssignmentProblem,
    AssignmentResult,
    BoolArray,
    Infeasible,
    IntArray,
    Shortage,
    check,
)

__all__ = ["load_step", "solve"]

SMALL = 300_000  # pairs up to which all are offered at once
WIDTHS = (32, 128)  # candidates an entry in larger problems, before all are offered
ROUNDS = 8  # of offering pairs that would improve the answer; two to six were enough when measured
PER_REVIEW = 4  # candidates an entry at least, for each judge it wants


def solve(problem: AssignmentProblem) -> AssignmentResult:
    """Give every entry its judges: most affinity less the price of uneven loads, then by the seed.

    The answer depends on the problem alone: the same on every machine, whatever the order of `fixed`.
    Exact up to 300,000 pairs. Above, some 32 candidates an entry are offered, then every pair that
    would improve the answer, until there is none: also exact, or nearly so under caps and bridges. With
    `linked`, swaps follow that keep loads and may cost a little affinity. An institution that spans
    districts, where both have caps, is kept within its own by leaving out what is too much and solving
    again: lawful always, but there may be a better assignment, or one where this says infeasible.

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
    """The new pairs by the first attempt that serves every entry; again without those where caps cross."""
    taken = _serving_all(problem, rest)
    while len(shut := crossed(problem, taken)):
        rest = replace(rest, free=rest.free.copy())
        rest.free[shut[:, 0], shut[:, 1]] = False
        taken = _serving_all(problem, rest)
    return taken


def _serving_all(problem: AssignmentProblem, rest: Rest) -> IntArray:
    wanted = int(rest.need.sum())
    if not wanted:
        return np.zeros((0, 2), np.int64)
    for width in _widths(problem, rest):
        taken = _best(problem, rest, width)
        if len(taken) == wanted:
            return taken
    raise Infeasible(_shortages(problem, rest, taken))


def _best(problem: AssignmentProblem, rest: Rest, width: int) -> IntArray:
    """The best pairs among the candidates, then among those and all that would still improve them."""
    offered = candidates(problem, rest, width)
    for _ in range(ROUNDS):
        taken = chosen(problem, rest, offered)
        best = offered[taken]
        if width >= problem.judges or len(best) < rest.need.sum():
            break
        more = better_pairs(problem, rest, offered, taken)
        if not len(more):
            break
        offered = _merged(offered, more)[0]
    return best


def _widths(problem: AssignmentProblem, rest: Rest) -> list[int]:
    """Candidates an entry, attempt by attempt; the last offers all, so that its refusal is final."""
    open_rows = chunks(np.flatnonzero(rest.need > 0), problem.judges)
    lacks = any(((rest.free[rows] & (rest.room > 0)).sum(axis=1) < rest.need[rows]).any() for rows in open_rows)
    hopeless = lacks or rest.room.sum() < rest.need.sum()
    if hopeless or np.count_nonzero(rest.need) * problem.judges <= SMALL:
        return [problem.judges]
    widths = (max(width, PER_REVIEW * problem.reviews) for width in WIDTHS)
    return [*(width for width in widths if width < problem.judges), problem.judges]


def _shortages(problem: AssignmentProblem, rest: Rest, taken: IntArray) -> list[Shortage]:
    """Why each unserved entry is unserved, given a largest assignment over all pairs."""
    pairs = np.concatenate([problem.fixed.astype(np.int64), taken])
    full = np.bincount(pairs[:, 1], minlength=problem.judges) >= problem.load_max
    lacking = rest.need - np.bincount(taken[:, 0], minlength=problem.entries)
    found = []
    for entry in np.flatnonzero(lacking > 0).tolist():
        allowed = problem.allowed[entry].copy()
        not_allowed = int((~allowed).sum())
        here = pairs[pairs[:, 0] == entry, 1]
        allowed[here] = False
        at_cap = allowed & ~full  # the flow is largest: nothing but a cap can hold a judge back
        of_district = at_cap & _only_at_district_cap(problem, here)
        found.append(
            Shortage(
                entry, int(lacking[entry]), not_allowed, int((allowed & full).sum()),
                int((at_cap & ~of_district).sum()), int(of_district.sum()),
            )
        )  # fmt: skip
    return found


def _only_at_district_cap(problem: AssignmentProblem, here: IntArray) -> BoolArray:
    """Judges kept from an entry by the cap of their district, and not by that of their institution.

    here   judges whom the entry has
    """
    if problem.district is None or not problem.district_cap:
        return np.zeros(problem.judges, dtype=bool)
    district = _at_cap(problem.district, problem.district_cap, here)
    return district & ~_at_cap(problem.institution, problem.institution_cap, here)


def _at_cap(group: IntArray, cap: int, here: IntArray) -> BoolArray:
    """(judges,) whether as many of the same group are here already as may be."""
    held = group[here]
    return (group >= 0) & ((group[:, None] == held).sum(axis=1) >= cap) if cap else np.zeros(len(group), dtype=bool)


def _merged(fixed: IntArray, added: IntArray) -> tuple[IntArray, BoolArray]:
    """All pairs sorted by entry, then judge, and a mask of the added ones."""
    pairs = np.concatenate([fixed.astype(np.int64), added])
    order = np.lexsort((pairs[:, 1], pairs[:, 0]))
    return pairs[order], order >= len(fixed)


def _affinity_share(problem: AssignmentProblem, rest: Rest, pairs: IntArray) -> float:
    """Affinity of the pairs over fixed pairs plus each entry's best free judges, loads ignored."""
    bound = int(problem.affinity[problem.fixed[:, 0], problem.fixed[:, 1]].sum(dtype=np.int64))
    for rows in chunks(np.flatnonzero(rest.need > 0), problem.judges):
        bound += _largest(np.where(rest.free[rows], problem.affinity[rows], 0), rest.need[rows])
    total = int(problem.affinity[pairs[:, 0], pairs[:, 1]].sum(dtype=np.int64))
    return total / bound if bound else 1.0


def _largest(affinity: IntArray, count: IntArray) -> int:
    """Sum of the `count` largest of each row, by counting how often each of the few values stands in it."""
    often = value_counts(affinity, AFFINITY_MAX)[:, ::-1]
    before = np.cumsum(often, axis=1) - often
    taken = np.clip(count[:, None] - before, 0, often)
    return int((taken * np.arange(AFFINITY_MAX + 1)[::-1]).sum())
