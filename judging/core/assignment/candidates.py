"""What is left to assign, and which pairs are worth offering to the solver."""

from dataclasses import dataclass

import numpy as np

from judging.core.assignment.chance import BEST, SPREAD, chance
from judging.core.assignment.problem import AFFINITY_MAX, AssignmentProblem, BoolArray, IntArray

BEST_PART = 0.6  # of an entry's candidates by affinity, the rest by chance
CHUNK = 1_000_000  # pairs looked at in one go, bounds the memory


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
    free = problem.allowed
    if len(entry):  # without fixed pairs no copy: a large contest's is a gigabyte
        free = free.copy()
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

    returns  (n, 2) entry, judge, sorted; all usable pairs where no more judges than `width` have room, else
             the best by affinity (60 %, equal ones by chance) and as many draws by chance (40 %, some twice or
             in conflict), which keep the graph linked and the flow feasible
    """
    open_rows = np.flatnonzero(rest.need > 0)
    parts = [_of_rows(problem, rest, rows, width) for rows in chunks(open_rows, problem.judges)]
    return np.concatenate([np.zeros((0, 2), np.int64), *parts])


def chunks(rows: IntArray, judges: int) -> list[IntArray]:
    """The rows in parts of about CHUNK pairs."""
    step = max(1, CHUNK // max(judges, 1))
    return [rows[i : i + step] for i in range(0, len(rows), step)]


def value_counts(values: IntArray, top: int) -> IntArray:
    """How often each of 0..top stands in each row: (rows, top + 1). Many times faster than sorting so few values."""
    rows = len(values)
    keys = np.add(values, np.arange(rows)[:, None] * (top + 1), dtype=np.int64)
    return np.bincount(keys.ravel(), minlength=rows * (top + 1)).reshape(rows, top + 1)


def _of_rows(problem: AssignmentProblem, rest: Rest, rows: IntArray, width: int) -> IntArray:
    kept = rest.free[rows] & (rest.room > 0)
    active = np.flatnonzero(rest.room > 0)
    if width < len(active):
        best = round(width * BEST_PART)
        drawn = active[(chance(problem.seed, SPREAD, rows[:, None], np.arange(width - best)) % len(active))]
        usable, kept = kept, _liked(problem, rows, kept, best)
        row = np.arange(len(rows))[:, None]
        kept[row, drawn] |= usable[row, drawn]
    place = np.flatnonzero(kept)
    return np.stack([rows[place // problem.judges], place % problem.judges], axis=1)


def _liked(problem: AssignmentProblem, rows: IntArray, usable: BoolArray, count: int) -> BoolArray:
    """Mask of the `count` usable judges of each row with the most affinity, equal ones by chance."""
    value = np.where(usable, problem.affinity[rows] + 1, 0)
    often = value_counts(value, AFFINITY_MAX + 1)[:, ::-1]
    so_far = np.cumsum(often, axis=1)
    step = np.argmax(so_far >= count, axis=1)  # the last, 0 for "not usable", where fewer are usable than asked
    least, row = AFFINITY_MAX + 1 - step, np.arange(len(rows))
    liked: BoolArray = value > least[:, None]
    equal = np.flatnonzero((value == least[:, None]) & (least > 0)[:, None])
    row_of, judge = equal // problem.judges, equal % problem.judges
    luck = chance(problem.seed, BEST, rows[row_of], judge) >> np.uint64(32)
    order = np.argsort((row_of.astype(np.uint64) << np.uint64(32)) | luck, kind="stable")
    rank = np.arange(len(equal)) - np.searchsorted(row_of, row_of)
    wanted = count - (so_far - often)[row, step]
    taken = order[rank < wanted[row_of]]
    liked[row_of[taken], judge[taken]] = True
    return liked
