"""Pairs that were not offered to the solver but would improve its answer: column generation.

source  Ahuja, Magnanti, Orlin, "Network Flows" (1993), 9.3 (optimality by reduced costs)
"""

import numpy as np

from judging.core.assignment.candidates import Rest, chunks
from judging.core.assignment.flow import bridge_entries, load_step
from judging.core.assignment.problem import AssignmentProblem, BoolArray, IntArray

PER_ENTRY = 8  # new pairs an entry and round
ROUNDS = 200  # of price rises; enough for prices to settle where no cap is in the way
NOTHING = np.int64(1) << 40  # more than any affinity and price


def better_pairs(
    problem: AssignmentProblem, rest: Rest, offered: IntArray, taken: BoolArray, *, bridged: bool
) -> IntArray:
    """Pairs worth offering in addition, at most 8 an entry.

    offered  (n, 2) pairs, sorted; taken (n,) bool, a best assignment among them that serves everyone
    returns  (m, 2) sorted. None left means: the assignment is best among all pairs (where institution
             caps and bridges are in the way, only nearly: their own prices are left out)
    """
    price, floor = _prices(problem, rest, offered, taken)
    if bridged:
        floor[bridge_entries(problem)] = NOTHING
    is_offered = np.zeros(rest.free.shape, dtype=bool)
    is_offered[offered[:, 0], offered[:, 1]] = True
    panels = np.concatenate([problem.fixed, offered[taken]])
    found = [np.zeros((0, 2), np.int64)]
    for rows in chunks(np.flatnonzero(floor < NOTHING), problem.judges):
        gain = problem.affinity[rows] - price - floor[rows][:, None]
        gain[~rest.free[rows] | (rest.room == 0) | is_offered[rows] | _at_cap(problem, panels, rows)] = 0
        row = np.flatnonzero((gain > 0).any(axis=1))
        keys = (gain[row] << 20) + np.arange(problem.judges)
        top = np.argpartition(keys, problem.judges - PER_ENTRY, axis=1)[:, problem.judges - PER_ENTRY :]
        row, judge = np.repeat(row, PER_ENTRY), top.ravel()
        better = gain[row, judge] > 0
        found.append(np.stack([rows[row[better]], judge[better]], axis=1))
    return np.concatenate(found)


def _prices(
    problem: AssignmentProblem, rest: Rest, offered: IntArray, taken: BoolArray
) -> tuple[IntArray, IntArray]:
    """Least prices of judges at which nobody wants another judge, and what each entry then gets at worst.

    returns  price (judges,) affinity points; floor (entries,) affinity less price of the least of its new
             judges, NOTHING for an entry without new judges
    """
    entry, judge = offered[:, 0], offered[:, 1]
    value = problem.affinity[entry, judge].astype(np.int64)
    load = rest.load + np.bincount(judge[taken], minlength=problem.judges)
    price = load_step(problem) * np.maximum(load - 1, 0)
    want = ~taken & ~_at_cap_pairs(problem, offered, taken)
    floor = np.full(problem.entries, NOTHING)
    for _ in range(ROUNDS):
        floor = np.full(problem.entries, NOTHING)
        np.minimum.at(floor, entry[taken], value[taken] - price[judge[taken]])
        bid = price.copy()
        np.maximum.at(bid, judge[want], value[want] - floor[entry[want]])
        if np.array_equal(bid, price):
            break
        price = bid
    return price, floor


def _at_cap_pairs(problem: AssignmentProblem, offered: IntArray, taken: BoolArray) -> BoolArray:
    panels = np.concatenate([problem.fixed, offered[taken]])
    blocked = np.zeros(len(offered), dtype=bool)
    if problem.institution_cap:
        rows = np.unique(offered[:, 0])
        for part in chunks(rows, problem.judges):
            at = slice(*np.searchsorted(offered[:, 0], [part[0], part[-1] + 1]))
            cap = _at_cap(problem, panels, part)
            blocked[at] = cap[np.searchsorted(part, offered[at, 0]), offered[at, 1]]
    return blocked


def _at_cap(problem: AssignmentProblem, panels: IntArray, rows: IntArray) -> BoolArray:
    """(rows, judges): the entry has as many judges of this judge's institution as it may."""
    if not problem.institution_cap:
        return np.zeros((1, problem.judges), dtype=bool)
    groups = int(problem.institution.max(initial=0)) + 2
    place = np.full(problem.entries, -1)
    place[rows] = np.arange(len(rows))
    mine = panels[place[panels[:, 0]] >= 0]
    count = np.zeros((len(rows), groups), np.int64)
    np.add.at(count, (place[mine[:, 0]], problem.institution[mine[:, 1]] + 1), 1)
    count[:, 0] = 0
    return (count >= problem.institution_cap)[:, problem.institution + 1]
