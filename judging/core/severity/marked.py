"""Sheets as the model wants them, and the constants that a fit rests on."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from judging.core.scores import IntArray

FloatArray = NDArray[np.float64]

HUBER = 1.5  # residual standard deviations up to which a sheet weighs in full
LOWEST, HIGHEST = np.log(1e-8), np.log(1e6)  # of a variance as a multiple of that of the residuals


@dataclass(frozen=True)
class Constants:
    """What the fit rests on. Frozen, a raised mark never lowers its entry: kept for corrections and what-ifs.

    entry, judge, residual   variances, in points squared
    huber                    bound of full weight in residual standard deviations; infinite: every sheet in full
    """

    entry: float
    judge: float
    residual: float
    huber: float = HUBER


@dataclass(frozen=True)
class Marked:
    """Sheets of one group with rows 0..n-1 of entries and judges that all occur, and sums that every step needs."""

    values: FloatArray
    entries: IntArray
    judges: IntArray
    entry_count: int
    judge_count: int

    def table(self, weights: FloatArray) -> sparse.csr_array:
        """(entries, 1 + judges): weight of an entry's sheets, together and by judge."""
        ones = np.concatenate([np.zeros(len(self.entries), np.int64), self.judges + 1])
        place = (np.concatenate([self.entries, self.entries]), ones)
        shape = (self.entry_count, 1 + self.judge_count)
        return sparse.csr_array((np.concatenate([weights, weights]), place), shape=shape)

    @cached_property
    def counts(self) -> sparse.csr_array:
        """The table with every sheet in full."""
        return self.table(np.ones(len(self.values)))

    @cached_property
    def grams(self) -> tuple[FloatArray, FloatArray]:
        """How many sheets entries have, every number once; the counts of those that have it, transposed times
        themselves, (numbers, 1 + judges, 1 + judges)."""
        sizes = np.bincount(self.entries, minlength=self.entry_count)
        numbers = np.flatnonzero(np.bincount(sizes))
        parts = [self.counts[sizes == number] for number in numbers]
        return numbers.astype(np.float64), np.stack([(part.T @ part).toarray() for part in parts])

    def gram(self, share: Callable[[FloatArray], FloatArray]) -> FloatArray:
        """(1 + judges,)² of all entries together, each times its share, which its number of sheets says."""
        numbers, grams = self.grams
        return np.tensordot(share(numbers), grams, axes=1)

    def judges_matrix(self, weights: FloatArray) -> FloatArray:
        """Normal matrix of level and judges, before entries are taken out and judges shrunk."""
        of_judges = np.bincount(self.judges, weights, self.judge_count)
        matrix = np.diag(np.concatenate([[weights.sum()], of_judges]))
        matrix[0, 1:] = matrix[1:, 0] = of_judges
        return matrix

    def judges_side(self, weighed: FloatArray) -> FloatArray:
        """Its right side."""
        return np.concatenate([[weighed.sum()], np.bincount(self.judges, weighed, self.judge_count)])
