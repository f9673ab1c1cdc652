"""Entries and judges given the marks and the constants, under Huber's weights."""

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from scipy import linalg, sparse

from judging.core.severity.marked import HIGHEST, LOWEST, Constants, FloatArray, Marked

STEPS = 500
MEMORY = 6  # steps that a next one is mixed from
SLICE = 1 << 20  # covariances of judges that are looked up at once


@dataclass(frozen=True)
class Posterior:
    """Entries and judges given the marks, jointly normal: approximate in that weights and variances count as known.

    x          (1 + judges,)      level and judges, in points
    root       (1 + judges,)²     root @ z with z ~ N(0, 1) is the deviation of x
    own        (entries,)         mean of an entry is own - slope @ x …
    slope      (entries, 1 + judges) sparse
    chance     (entries,)         … with this standard deviation of its own
    """

    x: FloatArray
    root: FloatArray
    own: FloatArray
    slope: sparse.csr_array
    chance: FloatArray

    def means(self) -> FloatArray:
        return self.own - self.slope @ self.x

    def deviations(self) -> FloatArray:
        """(entries,) standard deviation of each entry's score."""
        together = self.root @ self.root.T
        found, sizes = np.empty(len(self.own)), np.diff(self.slope.indptr)
        for size in map(int, np.flatnonzero(np.bincount(sizes))):
            first, second = np.triu_indices(size)
            alike, step = np.flatnonzero(sizes == size), max(1, SLICE // len(first))
            for start in range(0, len(alike), step):
                rows = alike[start : start + step]
                places = self.slope.indptr[rows, None] + np.arange(size)
                slopes, judges = self.slope.data[places], self.slope.indices[places]
                pairs = slopes[:, first] * slopes[:, second] * together[judges[:, first], judges[:, second]]
                found[rows] = pairs @ np.where(first == second, 1.0, 2.0)
        return np.sqrt(found + self.chance**2)

    def draws(self, count: int, rng: np.random.Generator) -> FloatArray:
        """(count, entries) scores as they may truly be, drawn jointly."""
        x = self.x[:, None] + self.root @ rng.standard_normal((len(self.x), count))
        own = self.own[:, None] + self.chance[:, None] * rng.standard_normal((len(self.own), count))
        return np.ascontiguousarray((own - self.slope @ x).T)


def weighted(marked: Marked, constants: Constants) -> tuple[Posterior, FloatArray]:
    """The posterior under Huber's weights. The sum that it makes least is convex, so there is one answer, wherever it
    began; it rises with every mark.

    source   winsorised values solved again and again with one factor: Huber (1981), Robust Statistics, 7.8
    """
    system = System(marked, np.ones(len(marked.values)), constants)
    bound, fine = constants.huber * np.sqrt(constants.residual), 1e-11 * np.sqrt(constants.residual)
    effects = system.solved(marked.values)
    if np.isfinite(bound):
        effects = settled(lambda now: system.winsorised(now, bound), effects, fine)
    far = np.abs(marked.values - system.fitted(effects))
    weights = np.where(far > bound, bound / np.maximum(far, np.finfo(float).tiny), 1.0)
    if weights.min() < 1:
        system = System(marked, weights, constants)
    return system.posterior(marked.values), weights


def settled(step: Callable[[FloatArray], FloatArray], start: FloatArray, fine: float) -> FloatArray:
    """Where `step` no longer moves anything by more than `fine`, in a third of the steps of plain repetition or fewer.

    source   Anderson's mixing: Walker, Ni (2011), SIAM J. Numer. Anal. 49; where a mixture leads away,
             plain steps go on from the nearest
    """
    now, known, nearest, best = start, deque[tuple[FloatArray, FloatArray]](maxlen=MEMORY), np.inf, start
    for _ in range(STEPS):
        after = step(now)
        left = after - now
        if np.abs(left).max() <= fine:
            break
        if (apart := float(left @ left)) > nearest:
            known.clear()
            now, nearest = best, np.inf
            continue
        nearest, best = apart, after
        known.append((left, after))
        now = mixed(np.array([one for one, _ in known]), np.array([one for _, one in known]))
    return after


def mixed(lefts: FloatArray, afters: FloatArray) -> FloatArray:
    """The mixture of the last steps, (steps, parameters), that leaves least: by least squares, ridged where they say
    the same."""
    apart = np.diff(lefts, axis=0)
    gram = apart @ apart.T
    gram[np.diag_indices_from(gram)] += 1e-14 * np.trace(gram)
    shares = linalg.solve(gram, apart @ lefts[-1], assume_a="pos") if len(gram) else np.zeros(0)
    mixture: FloatArray = afters[-1] - shares @ np.diff(afters, axis=0)
    return mixture


class System:
    """Henderson's equations with the entries taken out: they meet no two judges' equations but through themselves."""

    def __init__(self, marked: Marked, weights: FloatArray, constants: Constants):
        self.marked, self.weights, self.residual = marked, weights, constants.residual
        of_entries = np.bincount(marked.entries, weights, marked.entry_count)
        self.shrunk = of_entries + 1 / ratio(constants.entry, constants.residual)
        is_full = (weights == 1).all()
        table = marked.counts if is_full else marked.table(weights)
        self.over = (sparse.diags_array(1 / self.shrunk) @ table).tocsr()
        matrix = marked.judges_matrix(weights)
        matrix[np.arange(1, len(matrix)), np.arange(1, len(matrix))] += 1 / ratio(constants.judge, constants.residual)
        if is_full:
            matrix -= marked.gram(lambda size: 1 / (size + 1 / ratio(constants.entry, constants.residual)))
        else:
            matrix -= (table.T @ self.over).toarray()
        self.lower = linalg.cholesky(matrix, lower=True, check_finite=False)

    def solved(self, values: FloatArray) -> FloatArray:
        """(1 + judges + entries,) level, judges, entries."""
        weighed = self.weights * values
        pulled = np.bincount(self.marked.entries, weighed, self.marked.entry_count)
        side = self.marked.judges_side(weighed) - self.over.T @ pulled
        x = linalg.cho_solve((self.lower, True), side, check_finite=False)
        return np.concatenate([x, pulled / self.shrunk - self.over @ x])

    def parts(self, effects: FloatArray) -> tuple[FloatArray, FloatArray]:
        """Level and judges; entries."""
        return effects[: 1 + self.marked.judge_count], effects[1 + self.marked.judge_count :]

    def fitted(self, effects: FloatArray) -> FloatArray:
        x, of_entries = self.parts(effects)
        return x[0] + of_entries[self.marked.entries] + x[1:][self.marked.judges]

    def winsorised(self, effects: FloatArray, bound: float) -> FloatArray:
        """Solved with marks that lie no farther from what was fitted than the bound."""
        fitted = self.fitted(effects)
        return self.solved(fitted + np.clip(self.marked.values - fitted, -bound, bound))

    def posterior(self, values: FloatArray) -> Posterior:
        x, effects = self.parts(self.solved(values))
        inverse = linalg.solve_triangular(self.lower, np.eye(len(x)), lower=True)
        rows = np.arange(len(effects))
        # the score of an entry is level + effect, so the level comes back with a minus
        level = sparse.csr_array((np.ones(len(rows)), (rows, np.zeros_like(rows))), shape=self.over.shape)
        return Posterior(
            x,
            np.sqrt(self.residual) * inverse.T,
            effects + self.over @ x,
            (self.over - level).tocsr(),
            np.sqrt(self.residual / self.shrunk),
        )


def ratio(variance: float, residual: float) -> float:
    return float(np.clip(variance / residual, np.exp(LOWEST), np.exp(HIGHEST)))
