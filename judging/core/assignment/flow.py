"""The network: entries -> (subject cap) -> (institution cap) -> judges -> sink, all in integers.

Costs have three levels. One affinity point is worth more than all ties together, so the seed never
costs affinity; a broken bridge costs `BRIDGE_POINTS`; loads cost `load_step` points more with each entry.

source  Ahuja, Magnanti, Orlin, "Network Flows" (1993), 10 (cost scaling) and 14 (convex costs);
        solver: OR-Tools SimpleMinCostFlow
"""

import numpy as np
from ortools.graph.python.min_cost_flow import SimpleMinCostFlow

from judging.core.assignment.candidates import Rest
from judging.core.assignment.chance import BRIDGE, LOT, TIE, chance
from judging.core.assignment.problem import (
    AFFINITY_MAX,
    AssignmentInputError,
    AssignmentProblem,
    BoolArray,
    IntArray,
)

TIES = 64  # levels of chance below one affinity point
BRIDGE_PART = 10  # one entry in ten of each subject
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
    point = TIES * int(rest.need.sum()) + 1
    tail = _through_subjects(net, problem, rest, offered, point)
    tail, is_detour = _through_institutions(net, problem, offered, tail)
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
    """Mask of a tenth of the entries of each subject, rounded up, drawn by the seed; none if not linked."""
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


def _through_institutions(
    net: Network, problem: AssignmentProblem, offered: IntArray, tail: IntArray
) -> tuple[IntArray, BoolArray]:
    """Tails of the offered arcs behind the institution caps, and which arcs cost a broken bridge.

    Two caps that cross are no longer a flow. An institution with judges on both sides of a subject cap
    therefore stands by lot on one side with all of them: inside (two of three), where all count as of the
    main subject, or outside, where those of the main subject cost a broken bridge. So both caps hold,
    nobody is lost, and now and then an entry goes without its bridge.
    """
    is_detour = np.zeros(len(offered), dtype=bool)
    at = np.flatnonzero(problem.institution[offered[:, 1]] >= 0)
    if not problem.institution_cap or not len(at):
        return tail, is_detour
    groups, first, group, size = np.unique(
        _institution_keys(problem, offered[at]), return_index=True, return_inverse=True, return_counts=True
    )
    held = np.sort(_institution_keys(problem, problem.fixed))
    held_in_group = np.searchsorted(held, groups, "right") - np.searchsorted(held, groups, "left")
    left = np.maximum(problem.institution_cap - held_in_group, 0)
    capped = size > left
    inside, outside = tail[at[first]].copy(), tail[at[first]].copy()  # differ where an institution spans both
    np.maximum.at(inside, group, tail[at])
    np.minimum.at(outside, group, tail[at])
    lot = chance(problem.seed, LOT, offered[at[first], 0], problem.institution[offered[at[first], 1]] % 2**31)
    parent = np.where(lot % np.uint64(3) > 0, inside, outside)
    is_detour[at] = capped[group] & (tail[at] != offered[at, 0]) & (parent[group] == offered[at, 0])
    node = np.full(len(groups), -1)
    node[capped] = net.grow(int(capped.sum()))
    net.add(parent[capped], node[capped], left[capped], np.zeros(int(capped.sum()), np.int64))
    tail = tail.copy()
    tail[at] = np.where(capped[group], node[group], tail[at])
    return tail, is_detour


def _institution_keys(problem: AssignmentProblem, pairs: IntArray) -> IntArray:
    """One number for each (entry, institution); pairs without an institution get a negative one."""
    groups = int(problem.institution.max(initial=0)) + 1
    institution = problem.institution[pairs[:, 1]].astype(np.int64)
    return np.where(institution >= 0, pairs[:, 0].astype(np.int64) * groups + institution, -1)
