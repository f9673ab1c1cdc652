"""Which entries can be compared: parts of the judge-entry graph, and swaps that join them."""

from itertools import islice

import numpy as np

from judging.core.assignment.problem import AssignmentProblem, BoolArray, IntArray

TRIES = 200  # islands looked at before the rest is left as it is
FEW, MANY = 32, 4_096  # pairs compared on the island and outside


def linked_components(pairs: IntArray, entries: int, judges: int) -> tuple[IntArray, IntArray]:
    """Parts of the graph in which two entries are linked by a shared judge, directly or in steps.

    pairs    (n, 2) entry, judge, in any order
    returns  labels (entries,) and (judges,), 0 for the part of the first entry that has a judge, then
             rising; -1 for an entry or a judge without pairs
    source   label propagation with pointer jumping: Shiloach, Vishkin (1982), J. Algorithms 3
    """
    left, right = pairs[:, 0], pairs[:, 1] + entries
    root = np.arange(entries + judges)
    while True:
        a, b = root[left], root[right]
        low = np.minimum(a, b)
        if np.array_equal(a, b):
            break
        np.minimum.at(root, a, low)
        np.minimum.at(root, b, low)
        while not np.array_equal(root[root], root):
            root = root[root]
    label = np.full(entries + judges, -1, np.int64)
    touched = np.unique(np.concatenate([left, right]))
    label[touched] = np.unique(root[touched], return_inverse=True)[1]
    return label[:entries], label[entries:]


def joined_by_swaps(problem: AssignmentProblem, pairs: IntArray, movable: BoolArray) -> IntArray:
    """The same pairs with judges exchanged between unlinked parts where allowed: one swap joins two parts.

    pairs    (n, 2) entry, judge
    movable  (n,) bool, pairs that may change
    returns  (n, 2) in the same order of entries; loads, needs, conflicts and caps hold as before. One
             swap removes two pairs, of which at least one must be spare (its part stays linked without
             it), so it always joins; of the swaps looked at, the one that costs least affinity is taken
    """
    part = linked_components(pairs, problem.entries, problem.judges)[0][pairs[:, 0]]
    if part.max(initial=0) == 0:
        return pairs
    pairs, spare = pairs.copy(), _spare(pairs, problem.entries, problem.judges, movable)
    stuck: set[int] = set()
    for _ in range(TRIES):
        labels, sizes = np.unique(part, return_counts=True)
        islands = [(size, label) for size, label in zip(sizes.tolist(), labels.tolist(), strict=True)]
        island = min((pair for pair in islands if pair[1] not in stuck), default=None)
        if len(islands) == 1 or island is None:
            break
        swap = _best_swap(problem, pairs, movable, spare, part == island[1])
        if swap is None:
            stuck.add(island[1])
            continue
        here, there = swap
        pairs[[here, there], 1] = pairs[[there, here], 1]
        spare[[here, there]] = False, spare[here] and spare[there]
        part[part == part[here]] = part[there]
    return pairs


def _spare(pairs: IntArray, entries: int, judges: int, movable: BoolArray) -> BoolArray:
    """Pairs outside a spanning forest that prefers pairs which cannot move."""
    parent = list(range(entries + judges))

    def find(node: int) -> int:
        while parent[node] != node:
            parent[node] = parent[parent[node]]
            node = parent[node]
        return node

    spare = np.zeros(len(pairs), dtype=bool)
    order = np.argsort(movable, kind="stable")
    for place, (entry, judge) in zip(order.tolist(), pairs[order].tolist(), strict=True):
        a, b = find(entry), find(entries + judge)
        spare[place] = a == b
        parent[a] = b
    return spare


def _best_swap(
    problem: AssignmentProblem, pairs: IntArray, movable: BoolArray, spare: BoolArray, inside: BoolArray
) -> tuple[int, int] | None:
    """Places of two pairs, one inside, one outside, whose judges can change places at the least loss."""
    here = np.flatnonzero(inside & movable & spare)
    there = np.flatnonzero(~inside & movable)
    if not len(here):
        here, there = np.flatnonzero(inside & movable), np.flatnonzero(~inside & movable & spare)
    here, there = _some(here, FEW), _some(there, MANY)
    entry, judge = pairs[here, 0][:, None], pairs[here, 1][:, None]
    other_entry, other_judge = pairs[there, 0], pairs[there, 1]
    fits = problem.allowed[entry, other_judge] & problem.allowed[other_entry, judge]
    value = problem.affinity[entry, other_judge].astype(np.int64) + problem.affinity[other_entry, judge]
    value -= problem.affinity[entry, judge].astype(np.int64) + problem.affinity[other_entry, other_judge]
    i, k = np.nonzero(fits)
    best = np.argsort(-value[i, k], kind="stable")
    swaps = zip(here[i[best]].tolist(), there[k[best]].tolist(), strict=True)
    return next((swap for swap in islice(swaps, TRIES) if _caps_hold(problem, pairs, *swap)), None)


def _some(places: IntArray, count: int) -> IntArray:
    """At most `count` of the places, evenly spaced."""
    return places[:: -(-len(places) // count)] if len(places) > count else places


def _caps_hold(problem: AssignmentProblem, pairs: IntArray, here: int, there: int) -> bool:
    """Whether both entries of a swap stay within the caps of institutions and districts."""
    for group, cap in problem.caps:
        for place, other in ((here, there), (there, here)):
            arriving, leaving = group[pairs[other, 1]], group[pairs[place, 1]]
            panel = group[pairs[pairs[:, 0] == pairs[place, 0], 1]]
            if arriving >= 0 and arriving != leaving and (panel == arriving).sum() >= cap:
                return False
    return True
