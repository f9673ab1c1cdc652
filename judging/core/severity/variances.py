"""Variances of entries, judges and chance by restricted maximum likelihood."""

from dataclasses import replace

import numpy as np
from scipy import linalg
from scipy.optimize import minimize

from judging.core.severity.marked import HIGHEST, LOWEST, Constants, FloatArray, Marked

START, WITHOUT_JUDGES = np.array([0.0, -1.0]), np.array([0.0, LOWEST])
STEPS, FARTHEST, SETTLED = 30, 2.0, 1e-8  # of scoring: how many, how far one goes, what no longer counts
SIGNIFICANT = 2.706  # of a variance on its border: half of chi-square with one degree of freedom, 5 %


def estimated(marked: Marked) -> tuple[Constants, bool]:
    """Variances by restricted maximum likelihood, and whether judges differ by more than chance.

    source   likelihood ratio of a variance on its border: Self, Liang (1987), JASA 82
    """
    likelihood = Likelihood(marked)
    at, least = greatest(likelihood, START)
    _, alone = greatest(alike(marked), WITHOUT_JUDGES)
    return likelihood.constants(at), bool(alone - least > SIGNIFICANT)


def without_judges(marked: Marked) -> Constants:
    return Likelihood(marked).constants(greatest(alike(marked), WITHOUT_JUDGES)[0])


def alike(marked: Marked) -> "Likelihood":
    """As if one judge, of no variance, had marked everything: the same likelihood in a system of two rows."""
    return Likelihood(replace(marked, judges=np.zeros_like(marked.judges), judge_count=1))


def greatest(likelihood: "Likelihood", start: FloatArray) -> tuple[FloatArray, float]:
    """Where the likelihood is greatest, and the value there. What begins on the border stays there."""
    at, value, is_settled = scored(likelihood, start)
    if is_settled:
        return at, value
    best = minimize(  # towards a border, or far from any normal curve
        likelihood.of,
        start,
        jac=True,
        method="L-BFGS-B",
        bounds=[(one, one) if one == LOWEST else (LOWEST, HIGHEST) for one in start],
        options={"ftol": 1e-13, "gtol": 1e-9, "maxiter": 200},
    )
    at, value, _ = scored(likelihood, best.x)
    return at, value


def scored(likelihood: "Likelihood", at: FloatArray) -> tuple[FloatArray, float, bool]:
    """Scoring by average information until nothing moves, so that the order of rows does not show in where it stopped;
    the value there, and whether it came so far. What lies on a border stays there.

    source   Gilmour, Thompson, Cullis (1995), Biometrics 51
    """
    inner = (at > LOWEST + 0.1) & (at < HIGHEST - 0.1)
    value, slope, information = likelihood.with_information(at)
    if not inner.any():
        return at, value, True
    for _ in range(STEPS):
        known, step = information[np.ix_(inner, inner)], np.zeros(2)
        bends = np.linalg.eigvalsh(known)
        if bends[0] <= 1e-12 * bends[-1]:  # it says nothing of a direction: where no mark differs by chance
            break
        step[inner] = np.linalg.solve(known, slope[inner])
        after = at - np.clip(step, -FARTHEST, FARTHEST)
        if np.abs(step).max() < SETTLED:
            return after, value, True
        if not ((after > LOWEST) & (after < HIGHEST))[inner].all():
            break
        value_there, slope, information = likelihood.with_information(after)
        if value_there > value + 1e-12 * abs(value):
            break
        at, value = after, value_there
    return at, value, False


def trace_of_product(lower_half: FloatArray, other: FloatArray) -> float:
    """Of two symmetric matrices, the first by its lower half with noughts above."""
    return float(2 * np.vdot(lower_half.T, other) - np.diag(lower_half) @ np.diag(other))


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
        self.table, self.turned = marked.counts, marked.counts.T.tocsr()
        self.gram = marked.gram  # entries with equally many sheets are shrunk alike
        self.square = float(self.values @ self.values)

    def of(self, logs: FloatArray) -> tuple[float, FloatArray]:
        """The value and its slope."""
        value, slope, _ = self.with_information(logs)
        return value, slope

    def with_information(self, logs: FloatArray) -> tuple[float, FloatArray, FloatArray]:
        """Beside them the mean of observed and expected information, (2, 2)."""
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
        of_entries = (1 / shrunk).sum() + trace_of_product(inverse, self.gram(lambda size: (size + 1 / entry) ** -2.0))
        of_judges = np.diag(inverse)[1:].sum()
        slope = np.array(
            [
                self.entries - of_entries / entry - effects @ effects / (entry * residual),
                self.judges - of_judges / judge - x[1:] @ x[1:] / (judge * residual),
            ]
        )
        return float(value), slope, self.information(shrunk, lower, x, effects, left)

    def information(
        self, shrunk: FloatArray, lower: FloatArray, x: FloatArray, effects: FloatArray, left: float
    ) -> FloatArray:
        """From what the model leaves of the working variates, which are what entries and judges add to the fit, and of
        the marks."""
        judges = np.concatenate([[0], x[1:]])
        sides = np.column_stack([self.turned @ effects, self.matrix @ judges, self.right])
        pulls = np.column_stack([self.of_entries * effects, self.table @ judges, self.pulled])
        xs = linalg.cho_solve((lower, True), sides - self.turned @ (pulls / shrunk[:, None]), check_finite=False)
        fitted = sides[:, :2].T @ xs + pulls[:, :2].T @ ((pulls - self.table @ xs) / shrunk[:, None])
        unexplained = np.stack([effects @ pulls, judges @ sides]) - fitted
        information: FloatArray = unexplained[:, :2] / left - np.outer(unexplained[:, 2], unexplained[:, 2]) / left**2
        return (self.sheets - 1) * information

    def solved(self, entry: float, judge: float) -> tuple[FloatArray, FloatArray, FloatArray, float]:
        """Root of the judges' system, level and judges, entries, and what is left of the sum of squares."""
        shrunk = self.of_entries + 1 / entry
        matrix = self.matrix - self.gram(lambda size: 1 / (size + 1 / entry))
        matrix[np.arange(1, len(matrix)), np.arange(1, len(matrix))] += 1 / judge
        lower = linalg.cholesky(matrix, lower=True, check_finite=False)
        x = linalg.cho_solve((lower, True), self.right - self.turned @ (self.pulled / shrunk), check_finite=False)
        effects = (self.pulled - self.table @ x) / shrunk
        left = self.square - x @ self.right - effects @ self.pulled
        return lower, x, effects, max(float(left), 1e-12 * self.square)

    def constants(self, logs: FloatArray) -> Constants:
        """A variance on its lower border is none."""
        entry, judge = np.where(logs <= LOWEST + 0.01, 0, np.exp(logs))
        residual = self.solved(*np.exp(logs))[3] / (self.sheets - 1)
        return Constants(float(entry * residual), float(judge * residual), residual)
