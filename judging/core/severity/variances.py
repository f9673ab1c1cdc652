"""Variances of entries, judges and chance by restricted maximum likelihood."""

from dataclasses import replace

import numpy as np
from scipy import linalg
from scipy.optimize import minimize

from judging.core.severity.marked import HIGHEST, LOWEST, Constants, FloatArray, Marked

SIGNIFICANT = 2.706  # of a variance on its border: half of chi-square with one degree of freedom, 5 %


def estimated(marked: Marked) -> tuple[Constants, bool]:
    """Variances by restricted maximum likelihood, and whether judges differ by more than chance.

    source   likelihood ratio of a variance on its border: Self, Liang (1987), JASA 82
    """
    likelihood = Likelihood(marked)
    best = minimize(
        likelihood.of,
        np.array([0.0, -1.0]),
        jac=True,
        method="L-BFGS-B",
        bounds=[(LOWEST, HIGHEST)] * 2,
        options={"ftol": 1e-13, "gtol": 1e-9, "maxiter": 200},
    )
    at = polished(likelihood, best.x)
    alone, _ = least_without_judges(marked)
    return likelihood.constants(at), bool(alone - likelihood.of(at)[0] > SIGNIFICANT)


def without_judges(marked: Marked) -> Constants:
    return Likelihood(marked).constants(least_without_judges(marked)[1])


def least_without_judges(marked: Marked) -> tuple[float, FloatArray]:
    """As if one judge of no variance had marked everything, which is the same likelihood in a system of two rows."""
    likelihood = Likelihood(replace(marked, judges=np.zeros_like(marked.judges), judge_count=1))

    def of(one: FloatArray) -> tuple[float, FloatArray]:
        value, slope = likelihood.of(np.array([one[0], LOWEST]))
        return value, slope[:1]

    best = minimize(of, np.array([0.0]), jac=True, method="L-BFGS-B", bounds=[(LOWEST, HIGHEST)])
    return float(best.fun), np.array([best.x[0], LOWEST])


def polished(likelihood: "Likelihood", at: FloatArray) -> FloatArray:
    """A few steps of Newton's, so that the order of rows does not show in where a search stopped."""
    inner = (at > LOWEST + 0.1) & (at < HIGHEST - 0.1)
    for _ in range(4 if inner.any() else 0):
        value, slope = likelihood.of(at)
        bend = np.array([(likelihood.of(at + 1e-4 * one)[1] - likelihood.of(at - 1e-4 * one)[1]) for one in np.eye(2)])
        bend = (bend + bend.T)[np.ix_(inner, inner)] / 4e-4
        if np.linalg.eigvalsh(bend).min() <= 0:
            break
        step = np.zeros(2)
        step[inner] = np.linalg.solve(bend, slope[inner])
        after = np.clip(at - step, LOWEST, HIGHEST)
        if np.abs(step).max() > 1 or likelihood.of(after)[0] > value + 1e-9:
            break
        at = after
        if np.abs(step).max() < 1e-8:
            break
    return at


def trace_of_product(lower_half: FloatArray, other: FloatArray) -> float:
    """Of two symmetric matrices, the first by its lower half with noughts above."""
    return float(2 * np.einsum("ij,ij->", lower_half, other) - np.diag(lower_half) @ np.diag(other))


class Likelihood:
    """Minus twice the restricted log likelihood, by the logs of two variances, entries and judges, over the residual's.

    source   Harville (1977); gradient from the traces of Henderson's inverse: Searle, Casella, McCulloch (1992),
             Variance Components, ch. 6 and 7
    """

    def __init__(self, marked: Marked):
        ones = np.ones(len(marked.values))
        self.sheets, self.entries, self.judges = len(ones), marked.entry_count, marked.judge_count
        # the likelihood does not know the level, and small numbers cancel less
        self.values = marked.values - marked.values.mean()
        centred = Marked(self.values, marked.entries, marked.judges, marked.entry_count, marked.judge_count)
        self.matrix, self.right = centred.judges_matrix(ones), centred.judges_side(self.values)
        self.of_entries = np.bincount(marked.entries, minlength=self.entries)
        self.pulled = np.bincount(marked.entries, self.values, self.entries)
        self.table = centred.table(ones)
        # entries with equally many sheets are shrunk alike: their share of the system is computed once
        self.sizes = np.unique(self.of_entries)
        parts = [self.table[self.of_entries == size] for size in self.sizes]
        self.grams = [(part.T @ part).toarray() for part in parts]
        pulls = [self.pulled[self.of_entries == size] for size in self.sizes]
        self.pulls = [part.T @ pull for part, pull in zip(parts, pulls, strict=True)]
        self.square = float(self.values @ self.values)

    def of(self, logs: FloatArray) -> tuple[float, FloatArray]:
        entry, judge = np.exp(logs)
        lower, x, effects, left = self.solved(entry, judge)
        shrunk = self.of_entries + 1 / entry
        value = (
            (self.sheets - 1) * np.log(left / (self.sheets - 1))
            + 2 * np.log(np.diag(lower)).sum()
            + np.log(shrunk).sum()
            + self.entries * logs[0]
            + self.judges * logs[1]
        )
        inverse = linalg.lapack.dpotri(lower, lower=1)[0]  # of a symmetric matrix its lower half
        residual = left / (self.sheets - 1)
        over = [gram / (size + 1 / entry) ** 2 for gram, size in zip(self.grams, self.sizes, strict=True)]
        of_entries = (1 / shrunk).sum() + sum(trace_of_product(inverse, one) for one in over)
        of_judges = np.diag(inverse)[1:].sum()
        slope = np.array(
            [
                self.entries - of_entries / entry - effects @ effects / (entry * residual),
                self.judges - of_judges / judge - x[1:] @ x[1:] / (judge * residual),
            ]
        )
        return float(value), slope

    def solved(self, entry: float, judge: float) -> tuple[FloatArray, FloatArray, FloatArray, float]:
        """Root of the judges' system, level and judges, entries, and what is left of the sum of squares."""
        matrix, right = self.matrix.copy(), self.right.copy()
        matrix[np.arange(1, len(matrix)), np.arange(1, len(matrix))] += 1 / judge
        for gram, pull, size in zip(self.grams, self.pulls, self.sizes, strict=True):
            matrix -= gram / (size + 1 / entry)
            right -= pull / (size + 1 / entry)
        lower = linalg.cholesky(matrix, lower=True)
        x = linalg.cho_solve((lower, True), right)
        effects = (self.pulled - self.table @ x) / (self.of_entries + 1 / entry)
        left = self.square - x @ self.right - effects @ self.pulled
        return lower, x, effects, max(float(left), 1e-12 * self.square)

    def constants(self, logs: FloatArray) -> Constants:
        """A variance on its lower border is none."""
        entry, judge = np.where(logs <= LOWEST + 0.01, 0, np.exp(logs))
        residual = self.solved(*np.exp(logs))[3] / (self.sheets - 1)
        return Constants(float(entry * residual), float(judge * residual), residual)
