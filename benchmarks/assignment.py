"""How fast, how good and how steady is the judge assigner?

    python benchmarks/assignment.py [--quick]

Contests of 1,000 entries x 100 judges, 10,000 x 1,000 and, once, 100,000 x 10,000, five judges an entry,
subjects, conflicts (3 %) and loads at most a fifth above the fair share. Times are medians of interleaved
rounds of the whole `solve`, arrays to arrays. The peers get the same 32 candidates an entry as our flow
and are charged for their solver alone, not for building the model; our flow is charged for both:

    vs_lp        the plain linear programme, HiGHS (scipy) or GLOP (OR-Tools) where scipy is missing
    vs_networkx  networkx.network_simplex (only at 1,000 entries, and where it is installed)

`--quick` leaves out the linear programme at 10,000 entries and the contest of 100,000, which takes a minute and
2.5 GB, 2 GB of them the problem itself. Installs nothing; a peer that is missing is named in one line and null.
"""

import argparse
import json
import platform
import resource
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from importlib import import_module
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from statistics import median
from typing import Any

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from judging.core.assignment import AssignmentProblem, load_step, solve
from judging.core.assignment.candidates import Rest, candidates, what_remains
from judging.core.assignment.flow import chosen

SUBJECTS = 12
REVIEWS = 5
WIDTH = 32
Measured = tuple[float, int]  # seconds, worth of the answer in affinity points


def contest(entries: int, judges: int, seed: int = 1) -> AssignmentProblem:
    """Affinity 60..100 within a subject, 10..50 across."""
    rng = np.random.default_rng(seed)
    of_entry, of_judge = rng.integers(0, SUBJECTS, entries), rng.integers(0, SUBJECTS, judges)
    affinity, allowed = np.empty((entries, judges), np.int8), np.empty((entries, judges), bool)
    for start in range(0, entries, 1000):
        rows = slice(start, start + 1000)
        base = np.where(of_entry[rows, None] == of_judge, 60, 10)
        affinity[rows] = base + rng.integers(0, 41, base.shape)
        allowed[rows] = rng.random(base.shape) >= 0.03
    return AssignmentProblem(
        entries=entries,
        judges=judges,
        reviews=REVIEWS,
        allowed=allowed,
        load_max=np.full(judges, -(-entries * REVIEWS * 6 // (5 * judges))),
        affinity=affinity,
        institution=rng.integers(0, max(judges // 4, 1), judges),
        subject_of_entry=of_entry,
        subject_of_judge=of_judge,
        seed=seed,
    )


def popular(problem: AssignmentProblem) -> AssignmentProblem:
    """The same contest where everyone wants the same judges: hard for sparse candidates."""
    rng = np.random.default_rng(2)
    liked = rng.normal(50, 20, problem.judges) + rng.normal(0, 10, problem.affinity.shape)
    return replace(problem, affinity=np.clip(liked, 0, 100).astype(np.int64), linked=False)


def timed(work: Callable[[], Any]) -> tuple[float, Any]:
    start = time.perf_counter()
    answer = work()
    return time.perf_counter() - start, answer


def worth(problem: AssignmentProblem, pairs: np.ndarray) -> int:
    loads = np.bincount(pairs[:, 1], minlength=problem.judges)
    affinity = int(problem.affinity[pairs[:, 0], pairs[:, 1]].sum())
    return affinity - load_step(problem) * int((loads * (loads - 1) // 2).sum())


# ------------------------------------------------------------------ peers, on the same pairs


def by_flow(problem: AssignmentProblem, rest: Rest, offered: np.ndarray) -> Measured:
    seconds, taken = timed(lambda: chosen(problem, rest, offered))
    return seconds, worth(problem, offered[taken])


def columns(problem: AssignmentProblem, offered: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Gains of the pairs, then of each place at each judge; the judge of each place."""
    most = int(problem.load_max.max())
    places = np.repeat(np.arange(problem.judges), most)
    price = np.tile(load_step(problem) * np.arange(most), problem.judges)
    return problem.affinity[offered[:, 0], offered[:, 1]], -price, places


def by_highs(problem: AssignmentProblem, rest: Rest, offered: np.ndarray) -> Measured:
    optimize, sparse = import_module("scipy.optimize"), import_module("scipy.sparse")
    gain, price, places = columns(problem, offered)
    pairs, count = np.arange(len(gain)), len(gain) + len(places)
    row = np.concatenate([offered[:, 0], problem.entries + offered[:, 1], problem.entries + places])
    column = np.concatenate([pairs, pairs, len(gain) + np.arange(len(places))])
    value = np.concatenate([np.ones(2 * len(gain)), -np.ones(len(places))])
    matrix = sparse.csr_array((value, (row, column)), shape=(problem.entries + problem.judges, count))
    right = np.concatenate([rest.need, np.zeros(problem.judges)])
    cost = -np.concatenate([gain, price])
    seconds, answer = timed(lambda: optimize.linprog(cost, A_eq=matrix, b_eq=right, bounds=(0, 1), method="highs"))
    return seconds, round(-answer.fun)


def by_glop(problem: AssignmentProblem, rest: Rest, offered: np.ndarray) -> Measured:
    solver = import_module("ortools.linear_solver.pywraplp").Solver.CreateSolver("GLOP")
    gain, price, places = columns(problem, offered)
    entry_rows = [solver.Constraint(int(need), int(need)) for need in rest.need]
    judge_rows = [solver.Constraint(0, 0) for _ in range(problem.judges)]
    goal = solver.Objective()
    goal.SetMaximization()
    for (entry, judge), points in zip(offered.tolist(), gain.tolist(), strict=True):
        variable = solver.NumVar(0, 1, "")
        entry_rows[entry].SetCoefficient(variable, 1)
        judge_rows[judge].SetCoefficient(variable, 1)
        goal.SetCoefficient(variable, points)
    for judge, points in zip(places.tolist(), price.tolist(), strict=True):
        variable = solver.NumVar(0, 1, "")
        judge_rows[judge].SetCoefficient(variable, -1)
        goal.SetCoefficient(variable, points)
    seconds, _ = timed(solver.Solve)
    return seconds, round(goal.Value())


def by_networkx(problem: AssignmentProblem, rest: Rest, offered: np.ndarray) -> Measured:
    networkx = import_module("networkx")
    gain, price, places = columns(problem, offered)
    graph = networkx.MultiDiGraph()
    graph.add_nodes_from((("entry", entry), {"demand": -need}) for entry, need in enumerate(rest.need.tolist()))
    graph.add_node("end", demand=int(rest.need.sum()))
    for (entry, judge), points in zip(offered.tolist(), gain.tolist(), strict=True):
        graph.add_edge(("entry", entry), ("judge", judge), weight=100 - points, capacity=1)
    for judge, points in zip(places.tolist(), price.tolist(), strict=True):
        graph.add_edge(("judge", judge), "end", weight=-points, capacity=1)
    seconds, answer = timed(lambda: networkx.network_simplex(graph))
    return seconds, 100 * int(rest.need.sum()) - round(answer[0])


def installed(package: str) -> str | None:
    try:
        return version(package)
    except PackageNotFoundError:
        print(f"{package} is not installed: {'GLOP stands in' if package == 'scipy' else 'its figure is null'}")
        return None


# ------------------------------------------------------------------ questions


def against_peers(
    problem: AssignmentProblem, peers: dict[str, Callable[..., Measured]], rounds: int
) -> dict[str, float]:
    """Median seconds by name, interleaved; stops where two answers differ in worth."""
    rest = what_remains(problem)
    offered = candidates(problem, rest, WIDTH)
    seconds: dict[str, list[float]] = {name: [] for name in peers}
    for _ in range(rounds):
        answers = {}
        for name, peer in peers.items():
            spent, answers[name] = peer(problem, rest, offered)
            seconds[name].append(spent)
        if len(set(answers.values())) > 1:
            raise SystemExit(f"the peers do not agree on the best assignment: {answers}")
    medians = {name: median(values) for name, values in seconds.items()}
    words = ", ".join(f"{name} {value:.3f} s" for name, value in medians.items())
    print(f"{problem.entries} entries, same {len(offered)} pairs, same worth {answers['flow']}: {words}")
    return medians


def late_entry(problem: AssignmentProblem) -> dict[str, float]:
    """One entry more: changes to what existed, with fixed pairs and from scratch."""
    late = problem.entries - 1
    assert problem.subject_of_entry is not None
    early = replace(
        problem,
        entries=late,
        allowed=problem.allowed[:late],
        affinity=problem.affinity[:late],
        subject_of_entry=problem.subject_of_entry[:late],
    )
    before = {tuple(pair) for pair in solve(early).pairs.tolist()}
    kept = replace(problem, fixed=np.array(sorted(before)))
    seconds, again = timed(lambda: solve(kept))
    changes = len(before - {tuple(pair) for pair in again.pairs.tolist()})
    scratch = len(before - {tuple(pair) for pair in solve(problem).pairs.tolist()})
    print(f"a late entry: {changes} needless changes in {seconds * 1000:.0f} ms; from scratch {scratch}")
    return {"needless_changes": changes, "needless_from_scratch": scratch, "late_entry_ms": seconds * 1000}


def whole(small: AssignmentProblem, large: AssignmentProblem, rounds: int) -> dict[str, float]:
    """Time and quality of the whole `solve` at both sizes, with links and without, and on hard wishes."""
    spent: dict[str, list[float]] = {"s_1000": [], "s_10000": []}
    for _ in range(rounds):
        for name, problem in zip(spent, (small, large), strict=True):
            seconds, result = timed(partial(solve, problem))
            spent[name].append(seconds)
    alone = solve(replace(large, subject_of_entry=None, subject_of_judge=None, linked=False))
    hard_s, hard = timed(partial(solve, popular(large)))
    medians = {name: median(values) for name, values in spent.items()}
    print(", ".join(f"{name} {value:.3f}" for name, value in medians.items()))
    print(
        f"affinity share {result.affinity_share:.4f} in {result.components} component; affinity alone "
        f"{alone.affinity_share:.4f} in {alone.components}; loads {result.loads.min()}..{result.loads.max()}"
    )
    print(f"10,000 entries that want the same judges: {hard_s:.2f} s, share {hard.affinity_share:.4f}")
    return medians | {
        "affinity_share": result.affinity_share,
        "components": result.components,
        "affinity_share_alone": alone.affinity_share,
        "components_alone": alone.components,
        "popular_s": hard_s,
        "popular_share": hard.affinity_share,
    }


def huge() -> dict[str, float]:
    """100,000 entries, once, and the memory at its highest."""
    problem = contest(100_000, 10_000)
    seconds, result = timed(partial(solve, problem))
    print(f"100,000 entries: {seconds:.1f} s, share {result.affinity_share:.4f} in {result.components} component")
    return {"s_100000": seconds, "huge_share": result.affinity_share, "huge_components": result.components}


def peers_here(versions: dict[str, str | None]) -> dict[str, Callable[..., Measured]]:
    peers = {"flow": by_flow, "lp": by_highs if versions["scipy"] else by_glop}
    return peers | ({"networkx": by_networkx} if versions["networkx"] else {})


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="under 50 seconds")
    quick = parser.parse_args().quick
    versions = {name: installed(name) for name in ("ortools", "numpy", "scipy", "networkx")}
    print(f"Python {platform.python_version()}, {versions}")
    small, large = contest(1_000, 100), contest(10_000, 1_000)
    answer: dict[str, Any] = whole(small, large, 3 if quick else 7) | late_entry(small)
    peers = peers_here(versions)
    seconds = against_peers(replace(small, linked=False), peers, 3)
    answer |= {f"vs_{name}": seconds[name] / seconds["flow"] for name in seconds if name != "flow"}
    peers.pop("networkx", None)
    seconds = {} if quick else against_peers(replace(large, linked=False), peers, 1)
    answer["vs_lp_10000"] = seconds["lp"] / seconds["flow"] if seconds else None
    answer |= {} if quick else huge()
    answer |= {"lp": "HiGHS" if versions["scipy"] else "GLOP", "versions": versions}
    answer["peak_mb"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    rounded = {key: round(value, 4) if isinstance(value, float) else value for key, value in answer.items()}
    print("RESULT", json.dumps({"vs_networkx": None} | rounded))


if __name__ == "__main__":
    main()
