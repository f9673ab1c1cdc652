"""Pairs that were not offered to the solver but would improve its answer: column generation.

source  Ahuja, Magnanti, Orlin, "Network Flows" (1993), 9.3 (optimality by reduced costs)
"""

import numpy as np

from judging.core.assignment.candidates import Rest, chunks
from judging.core.assignment.flow import bridge_entries, load_step
from judging.core.assignment.problem import AssignmentProblem, BoolArray, IntArray

PER_ENTRY = 8  # new pairs an entry and round
JUDGE_BITS = 20
ROUNDS = 200  # of price rises; enough for prices to settle where no cap is in the way
NOTHING = np.int64(1) << 40  # more than any affinity and price


def better_pairs(problem: AssignmentProblem, rest: Rest, offered: IntArray, taken: BoolArray) -> IntArray:
    """Pairs worth offering in addition, at most 8 an entry.

    offered  (n, 2) pairs, sorted; taken (n,) bool, a best assignment among them that serves everyone
    returns  (m, 2) sorted. None left means: the assignment is best among all pairs (where caps
             and bridges are in the way, only nearly: their own prices are left out)
    """
    watched = (rest.need > 0) & ~bridge_entries(problem)
    full = _full_groups(problem, np.concatenate([problem.fixed, offered[taken]]))
    usable = watched[offered[:, 0]]
    for shut, column in full:
        usable &= ~shut[offered[:, 0], column[offered[:, 1]]]
    price, floor = _prices(problem, rest, offered, taken, usable)
    known = offered[watched[offered[:, 0]]]
    found = [np.zeros((0, 2), np.int64)]
    for rows in chunks(np.flatnonzero(watched), problem.judges):
        gain = problem.affinity[rows] - price - floor[rows][:, None]
        gain[~rest.free[rows] | (rest.room == 0)] = 0
        here = known[slice(*np.searchsorted(known[:, 0], [rows[0], rows[-1] + 1]))]
        gain[np.searchsorted(rows, here[:, 0]), here[:, 1]] = 0
        for shut, column in full:
            gain[shut[rows][:, column]] = 0
        row = np.flatnonzero((gain > 0).any(axis=1))
        keys = (gain[row] << JUDGE_BITS) + np.arange(problem.judges)  # all different: no tie to break
        top = np.argpartition(keys, problem.judges - PER_ENTRY, axis=1)[:, problem.judges - PER_ENTRY :]
        row, judge = np.repeat(row, PER_ENTRY), top.ravel()
        better = gain[row, judge] > 0
        found.append(np.stack([rows[row[better]], judge[better]], axis=1))
    return np.concatenate(found)


def _prices(
    problem: AssignmentProblem,
    rest: Rest,
    offered: IntArray,
    taken: BoolArray,
    usable: BoolArray,
) -> tuple[IntArray, IntArray]:
    """Least prices of judges at which no entry wants another judge among the offered.

    usable   (n,) bool, offered pairs whose entry may follow prices: held back neither by a bridge nor,
             for a pair not taken, by a cap
    returns  price (judges,) affinity points; floor (entries,) affinity less price of the least of an
             entry's new judges
    """
    entry, judge = offered[:, 0], offered[:, 1]
    value = problem.affinity[entry, judge].astype(np.int64)
    load = rest.load + np.bincount(judge[taken], minlength=problem.judges)
    price = load_step(problem) * np.maximum(load - 1, 0)
    has, want = np.flatnonzero(taken), np.flatnonzero(~taken & usable)
    for _ in range(ROUNDS):
        floor = np.full(problem.entries, NOTHING)
        np.minimum.at(floor, entry[has], value[has] - price[judge[has]])
        bid = price.copy()
        np.maximum.at(bid, judge[want], value[want] - floor[entry[want]])
        if np.array_equal(bid, price):
            break
        price = bid
    return price, floor


def _full_groups(problem: AssignmentProblem, pairs: IntArray) -> list[tuple[BoolArray, IntArray]]:
    """Of each cap: (entries, groups) the entry has all the judges it may of this group; (judges,) their group."""
    found = []
    for group, cap in problem.caps:
        groups, column = np.unique(group, return_inverse=True)
        keys = pairs[:, 0] * len(groups) + column[pairs[:, 1]]
        count = np.bincount(keys, minlength=problem.entries * len(groups)).reshape(problem.entries, len(groups))
        found.append(((count >= cap) & (groups >= 0), column))
    return found
