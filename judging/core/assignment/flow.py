"""The network: entries -> (subject cap) -> (district cap) -> (institution cap) -> judges -> sink, all in integers.

Costs have three levels. One affinity point is worth more than all ties that an exchange among eight judges could
bring; a longer one could in theory cost a point for its ties (worth it: smaller costs are solved a third faster).
A broken bridge costs `BRIDGE_POINTS`; loads cost `load_step` points more with each entry.

source  Ahuja, Magnanti, Orlin, "Network Flows" (1993), 10 (cost scaling) and 14 (convex costs);
        solver: OR-Tools SimpleMinCostFlow
"""

import numpy as np
from ortools.graph.python.min_cost_flow import SimpleMinCostFlow

from judging.core.assignment.candidates import Rest
from judging.core.assignment.chance import BRIDGE, DISTRICT, LOT, TIE, UIntArray, chance
from judging.core.assignment.problem import (
    AFFINITY_MAX,
    AssignmentInputError,
    AssignmentProblem,
    BoolArray,
    IntArray,
)

TIES = 64  # levels of chance below one affinity point
EXCHANGE = 8  # judges in one exchange
BRIDGE_PART = 12  # one entry in twelve of each subject: what is left of the affinity stays above 99 %
BRIDGE_POINTS = 1_000  # affinity points for R judges of the main subject where R - 1 were wanted
FINE_SHARES = 2  # loads up to so many fair shares are priced entry by entry, above in growing bands


class Network:
    """Arcs in bulk; nodes are numbered as they come."""

    def __init__(self, nodes: int) -> None:
        self.nodes = nodes
        self.solver = SimpleMinCostFlow()

    def grow(self, count: int) -> IntArray:
        self.nodes += count
        return np.arange(self.nodes - count, self.nodes)

    def add(self, tail: IntArray, head: IntArray, room: IntArray, cost: IntArray) -> IntArray:
        arcs: IntArray = self.solver.add_arcs_with_capacity_and_unit_cost(tail, head, room, cost)
        return arcs


def chosen(problem: AssignmentProblem, rest: Rest, offered: IntArray) -> BoolArray:
    """Mask of the offered pairs in a best assignment.

    offered  (n, 2) pairs, sorted; each entry gets its need, or the most that is possible
    returns  (n,) bool: as many pairs as possible, then the most affinity less the price of loads
    raises   AssignmentInputError where the costs leave 64 bits
    """
    entry, judge = offered[:, 0], offered[:, 1]
    net = Network(problem.entries + problem.judges + 1)
    point = TIES * min(problem.judges, EXCHANGE) + 1
    tail = _through_subjects(net, problem, rest, offered, point)
    tail, is_detour = _through_caps(net, problem, offered, tail)
    cost = point * (AFFINITY_MAX - problem.affinity[entry, judge].astype(np.int64))
    cost += (chance(problem.seed, TIE, entry, judge) % np.uint64(TIES)).astype(np.int64)
    cost[is_detour] += point * BRIDGE_POINTS
    arcs = net.add(tail, problem.entries + judge, np.ones_like(judge), cost)
    _add_loads(net, problem, rest, point)
    net.solver.set_nodes_supplies(np.arange(problem.entries), rest.need)
    net.solver.set_node_supply(problem.entries + problem.judges, -int(rest.need.sum()))
    status = net.solver.solve_max_flow_with_min_cost()
    if status != net.solver.OPTIMAL:
        raise AssignmentInputError(f"the solver stopped with {status}; the numbers are too large")
    return np.asarray(net.solver.flows(arcs)) > 0


def load_step(problem: AssignmentProblem) -> int:
    """Affinity points that each further entry on a judge costs more than the one before.

    `balance` over the fair share (reviews in all over judges who take any), at least 1 unless balance
    is 0. An entry goes to a judge with d entries more only if that brings at least d * load_step points.
    """
    if not problem.balance:
        return 0
    return max(1, round(problem.balance / _fair_share(problem)))


def _fair_share(problem: AssignmentProblem) -> int:
    active = int(np.count_nonzero(problem.load_max))
    return max(1, -(-problem.entries * problem.reviews // max(active, 1)))


def _add_loads(net: Network, problem: AssignmentProblem, rest: Rest, point: int) -> None:
    """Arcs judge -> sink whose price rises with the load, fixed entries counted."""
    most = int(rest.load.max(initial=0)) + int(min(rest.room.max(initial=0), problem.entries))
    edges = list(range(min(most, FINE_SHARES * _fair_share(problem) + 16) + 1))
    while edges[-1] < most:
        edges.append(min(most, edges[-1] + edges[-1] // 4 + 1))
    low, high = np.array(edges[:-1], np.int64), np.array(edges[1:], np.int64)
    full = (rest.load + rest.room)[:, None]
    width = np.minimum(full, high) - np.maximum(rest.load[:, None], low)
    judge, band = np.nonzero(width > 0)
    sink = np.full(len(judge), problem.entries + problem.judges)
    price = point * load_step(problem) * low[band]
    net.add(problem.entries + judge, sink, width[judge, band], price)


def bridge_entries(problem: AssignmentProblem) -> BoolArray:
    """Mask of a twelfth of the entries of each subject, rounded up, drawn by the seed; none if not linked."""
    drawn = np.zeros(problem.entries, dtype=bool)
    if problem.subject_of_entry is None or problem.reviews < 2 or not problem.linked:
        return drawn
    luck = chance(problem.seed, BRIDGE, np.arange(problem.entries))
    for subject in np.unique(problem.subject_of_entry[problem.subject_of_entry >= 0]):
        rows = np.flatnonzero(problem.subject_of_entry == subject)
        drawn[rows[np.argsort(luck[rows], kind="stable")[: -(-len(rows) // BRIDGE_PART)]]] = True
    return drawn


def _through_subjects(net: Network, problem: AssignmentProblem, rest: Rest, offered: IntArray, point: int) -> IntArray:
    """Tails of the offered arcs: a bridge entry reaches its main subject through one capped node."""
    of_entry, of_judge = problem.subject_of_entry, problem.subject_of_judge
    if of_entry is None or of_judge is None:
        return offered[:, 0].copy()
    entry, judge = offered[:, 0], offered[:, 1]
    rows = np.flatnonzero(bridge_entries(problem) & (rest.need > 0))
    node = np.arange(problem.entries)
    node[rows] = net.grow(len(rows))
    fixed = problem.fixed[of_entry[problem.fixed[:, 0]] == of_judge[problem.fixed[:, 1]], 0]
    left = np.maximum(problem.reviews - 1 - np.bincount(fixed, minlength=problem.entries)[rows], 0)
    net.add(rows, node[rows], left, np.zeros(len(rows), np.int64))
    net.add(rows, node[rows], rest.need[rows], np.full(len(rows), point * BRIDGE_POINTS))
    return np.where(of_entry[entry] == of_judge[judge], node[entry], entry)


def _through_caps(
    net: Network, problem: AssignmentProblem, offered: IntArray, tail: IntArray
) -> tuple[IntArray, BoolArray]:
    """Tails of the offered arcs behind the caps of districts and institutions, and which cost a broken bridge.

    An institution in several districts crosses their caps, and two caps that cross are no longer a flow: it is
    taken apart by districts here, and `crossed` finds where its parts are too many together.
    """
    is_detour = np.zeros(len(offered), dtype=bool)
    of_district = problem.district if problem.district_cap else None
    if of_district is not None:
        left = _left(problem, offered, of_district, problem.district_cap)
        lot = chance(problem.seed, DISTRICT, offered[:, 0], of_district[offered[:, 1]] % 2**31)
        tail, is_detour = _through_groups(net, offered, tail, _keys(of_district, offered), left, lot)
    if problem.institution_cap:
        keys = _keys(problem.institution, offered)
        left = _left(problem, offered, problem.institution, problem.institution_cap)
        lot = chance(problem.seed, LOT, offered[:, 0], problem.institution[offered[:, 1]] % 2**31)
        if of_district is not None:
            keys = _split(keys, of_district[offered[:, 1]])
        tail, detours = _through_groups(net, offered, tail, keys, left, lot)
        is_detour |= detours
    return tail, is_detour


def _left(problem: AssignmentProblem, pairs: IntArray, group: IntArray, cap: int) -> IntArray:
    """How many more of the judge's group the entry of each pair may have beside its fixed ones."""
    return np.maximum(cap - _counts(_keys(group, problem.fixed), _keys(group, pairs)), 0)


def _through_groups(
    net: Network, offered: IntArray, tail: IntArray, keys: IntArray, left: IntArray, lot: UIntArray
) -> tuple[IntArray, BoolArray]:
    """Tails of the offered arcs behind a capped node for each group of an entry.

    keys     (n,) a number for the entry and group of each arc, negative without a group; left (n,) how many more
             the entry may have of it; lot (n,) chance, equal in a group

    A group with judges on both sides of a subject cap would cross it. It therefore stands by lot on one side with
    all of them: inside (two of three), where all count as of the main subject, or outside, where those of the main
    subject cost a broken bridge. So both caps hold, nobody is lost, and now and then an entry goes without its bridge.
    """
    is_detour = np.zeros(len(offered), dtype=bool)
    at = np.flatnonzero(keys >= 0)
    if not len(at):
        return tail, is_detour
    groups, first, group, size = np.unique(keys[at], return_index=True, return_inverse=True, return_counts=True)
    room = left[at[first]]
    capped = size > room
    inside, outside = tail[at[first]].copy(), tail[at[first]].copy()  # differ where a group spans both
    np.maximum.at(inside, group, tail[at])
    np.minimum.at(outside, group, tail[at])
    parent = np.where(lot[at[first]] % np.uint64(3) > 0, inside, outside)
    is_detour[at] = capped[group] & (tail[at] != offered[at, 0]) & (parent[group] == offered[at, 0])
    node = np.full(len(groups), -1)
    node[capped] = net.grow(int(capped.sum()))
    net.add(parent[capped], node[capped], room[capped], np.zeros(int(capped.sum()), np.int64))
    tail = tail.copy()
    tail[at] = np.where(capped[group], node[group], tail[at])
    return tail, is_detour


def _keys(group_of_judge: IntArray, pairs: IntArray) -> IntArray:
    """One number for each (entry, group); pairs without a group get a negative one."""
    groups = int(group_of_judge.max(initial=0)) + 1
    group = group_of_judge[pairs[:, 1]].astype(np.int64)
    return np.where(group >= 0, pairs[:, 0].astype(np.int64) * groups + group, -1)


def _split(keys: IntArray, part: IntArray) -> IntArray:
    """The keys taken apart by a second number; negative ones stay so."""
    whole, piece = np.unique(keys, return_inverse=True)[1], np.unique(part, return_inverse=True)[1]
    return np.where(keys >= 0, whole.astype(np.int64) * (int(piece.max(initial=0)) + 1) + piece, -1)


def _counts(held: IntArray, keys: IntArray) -> IntArray:
    """How often each key stands in `held`."""
    held = np.sort(held)
    return np.searchsorted(held, keys, "right") - np.searchsorted(held, keys, "left")


def crossed(problem: AssignmentProblem, taken: IntArray) -> IntArray:
    """Pairs that may not be, so that an institution in several districts keeps its cap.

    taken    (n, 2) a best assignment, sorted, the fixed pairs left out
    returns  (m, 2) of each entry that has too many of an institution: what is beyond the cap, the most affinity
             first, and all of that institution in districts from which nobody is left. None where both caps hold
    """
    found = [np.zeros((0, 2), np.int64)]
    if not (problem.institution_cap and problem.district_cap and problem.district is not None):
        return found[0]
    keys = _keys(problem.institution, taken)
    left = _left(problem, taken, problem.institution, problem.institution_cap)
    for key in np.unique(keys[(keys >= 0) & (_counts(keys, keys) > left)]).tolist():
        rows = np.flatnonzero(keys == key)
        entry, judges = int(taken[rows[0], 0]), taken[rows, 1]
        best = judges[np.argsort(-problem.affinity[entry, judges].astype(np.int64), kind="stable")]
        stay, go = best[: left[rows[0]]], best[left[rows[0]] :]
        same = problem.institution == problem.institution[judges[0]]
        away = np.flatnonzero(same & ~np.isin(problem.district, problem.district[stay]))
        shut = np.unique(np.concatenate([go, away]))
        found.append(np.stack([np.full(len(shut), entry), shut], axis=1))
    return np.concatenate(found)
