"""What is left to assign, and which pairs are worth offering to the solver."""

from dataclasses import dataclass

import numpy as np

from judging.core.assignment.chance import BEST, SPREAD, chance
from judging.core.assignment.problem import AssignmentProblem, BoolArray, IntArray

BEST_PART = 0.6  # of an entry's candidates by affinity, the rest by chance
CHUNK = 1_000_000  # pairs looked at in one go, bounds the memory
JUDGE_BITS, KEY_BITS = 20, 52  # a sorting key: affinity, 32 bits of chance, judge; no two are equal


@dataclass(frozen=True, eq=False)
class Rest:
    """What the fixed pairs leave open.

    need  (entries,) judges still to find
    room  (judges,) entries a judge can still take
    load  (judges,) entries a judge has
    free  (entries, judges) allowed and not fixed
    """

    need: IntArray
    room: IntArray
    load: IntArray
    free: BoolArray


def what_remains(problem: AssignmentProblem) -> Rest:
    """Needs, room and free pairs after the fixed pairs."""
    entry, judge = problem.fixed[:, 0], problem.fixed[:, 1]
    load = np.bincount(judge, minlength=problem.judges).astype(np.int64)
    has = np.bincount(entry, minlength=problem.entries).astype(np.int64)
    free = problem.allowed.copy()
    free[entry, judge] = False
    missing = np.maximum(problem.reviews - has, 0)
    return Rest(
        need=missing if problem.wanted is None else problem.wanted.astype(np.int64),
        room=np.maximum(problem.load_max.astype(np.int64) - load, 0),
        load=load,
        free=free,
    )


def candidates(problem: AssignmentProblem, rest: Rest, width: int) -> IntArray:
    """Pairs to offer: of each open entry at most `width` judges who are free and have room.

    returns  (n, 2) entry, judge, sorted; all usable pairs where width >= judges, else the best by
             affinity (60 %, equal ones by chance) and others by chance (40 %), which keep the graph
             linked and the flow feasible
    """
    open_rows = np.flatnonzero(rest.need > 0)
    parts = [_of_rows(problem, rest, rows, width) for rows in chunks(open_rows, problem.judges)]
    return np.concatenate([np.zeros((0, 2), np.int64), *parts])


def chunks(rows: IntArray, judges: int) -> list[IntArray]:
    """The rows in parts of about CHUNK pairs."""
    step = max(1, CHUNK // max(judges, 1))
    return [rows[i : i + step] for i in range(0, len(rows), step)]


def _of_rows(problem: AssignmentProblem, rest: Rest, rows: IntArray, width: int) -> IntArray:
    usable = rest.free[rows] & (rest.room > 0)
    if width < problem.judges:
        judge, row = np.arange(problem.judges), rows[:, None]
        best = round(width * BEST_PART)
        value = problem.affinity[rows].astype(np.int64) << KEY_BITS
        kept = _top(np.where(usable, value + _drawn(problem.seed, BEST, row, judge), -1), best)
        luck = _drawn(problem.seed, SPREAD, row, judge)
        kept |= _top(np.where(usable & ~kept, luck, -1), width - best)
        usable &= kept
    found = np.argwhere(usable)
    found[:, 0] = rows[found[:, 0]]
    return found.astype(np.int64)


def _drawn(seed: int, stream: int, row: IntArray, judge: IntArray) -> IntArray:
    bits = (chance(seed, stream, row, judge) >> np.uint64(32)) << np.uint64(JUDGE_BITS)
    return bits.astype(np.int64) + judge


def _top(score: IntArray, count: int) -> BoolArray:
    """Mask of the `count` largest of each row."""
    mask = np.zeros(score.shape, dtype=bool)
    places = np.argpartition(score, score.shape[1] - count, axis=1)[:, score.shape[1] - count :]
    np.put_along_axis(mask, places, True, axis=1)
    return mask
