"""Entries and judges given the marks and the constants, under Huber's weights."""

from dataclasses import dataclass

import numpy as np
from scipy import linalg, sparse

from judging.core.severity.marked import HIGHEST, LOWEST, Constants, FloatArray, Marked

STEPS = 500
SLICE = 4_096  # entries whose intervals are computed at once


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
        found = np.empty(len(self.own))
        for start in range(0, len(found), SLICE):
            part = self.slope[start : start + SLICE] @ self.root
            found[start : start + SLICE] = np.einsum("ij,ij->i", part, part)
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
    fitted = system.fitted(*system.solved(marked.values))
    bound, fine = constants.huber * np.sqrt(constants.residual), 1e-11 * np.sqrt(constants.residual)
    for _ in range(STEPS if np.isfinite(bound) else 0):
        before = fitted
        fitted = system.fitted(*system.solved(fitted + np.clip(marked.values - fitted, -bound, bound)))
        if np.abs(fitted - before).max() <= fine:
            break
    far = np.abs(marked.values - fitted)
    weights = np.where(far > bound, bound / np.maximum(far, np.finfo(float).tiny), 1.0)
    if weights.min() < 1:
        system = System(marked, weights, constants)
    return system.posterior(marked.values), weights


class System:
    """Henderson's equations with the entries taken out: they meet no two judges' equations but through themselves."""

    def __init__(self, marked: Marked, weights: FloatArray, constants: Constants):
        self.marked, self.weights, self.residual = marked, weights, constants.residual
        of_entries = np.bincount(marked.entries, weights, marked.entry_count)
        self.shrunk = of_entries + 1 / ratio(constants.entry, constants.residual)
        table = marked.table(weights)
        self.over = (sparse.diags_array(1 / self.shrunk) @ table).tocsr()
        matrix = marked.judges_matrix(weights)
        matrix[np.arange(1, len(matrix)), np.arange(1, len(matrix))] += 1 / ratio(constants.judge, constants.residual)
        self.lower = linalg.cholesky(matrix - (table.T @ self.over).toarray(), lower=True)

    def solved(self, values: FloatArray) -> tuple[FloatArray, FloatArray]:
        """Level and judges; and effects of entries."""
        weighed = self.weights * values
        pulled = np.bincount(self.marked.entries, weighed, self.marked.entry_count)
        x = linalg.cho_solve((self.lower, True), self.marked.judges_side(weighed) - self.over.T @ pulled)
        return x, pulled / self.shrunk - self.over @ x

    def fitted(self, x: FloatArray, effects: FloatArray) -> FloatArray:
        return x[0] + effects[self.marked.entries] + x[1:][self.marked.judges]

    def posterior(self, values: FloatArray) -> Posterior:
        x, effects = self.solved(values)
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
