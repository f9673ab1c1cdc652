"""Scores with one sheet left out, all at once and exactly."""

import numpy as np

from judging.core.scores import FEWEST_TO_TRIM, IntArray, Ratios, checked


def left_out(method: str, totals: IntArray, entries: IntArray, count: int) -> Ratios:
    """For each sheet the score of its entry without it.

    method    "mean", "trimmed" or "median", as in `scores.METHODS`
    totals    (sheets,)  weighted points, integers over one common denominator
    entries   (sheets,)  row of the entry, 0 <= entry < count
    returns   (sheets,)  denominator 0 where no other sheet is left
    raises    ScoreInputError
    rule      what is left is reckoned as if it were all: under four sheets nothing is dropped
    """
    checked(totals, entries, count)
    order = np.lexsort((totals, entries))
    ordered = totals[order]
    sizes = np.bincount(entries, minlength=count).astype(np.int64)
    starts = (np.cumsum(sizes) - sizes)[entries]
    left = sizes[entries] - 1
    places = np.empty(len(totals), dtype=np.int64)
    places[order] = np.arange(len(totals))
    own = places - starts  # which of its entry's sheets it is, from the lowest

    def rest(at: IntArray) -> IntArray:
        """The sheet at this place among those that are left; any number where none is."""
        at = np.clip(at, 0, np.maximum(left - 1, 0))
        found = np.minimum(starts + at + (at >= own), max(len(ordered) - 1, 0))
        return np.asarray(ordered[found]) if len(ordered) else at

    if method == "median":
        num, den = rest((left - 1) // 2) + rest(left // 2), np.full(len(totals), 2)
    else:
        sums = np.zeros(count, dtype=np.int64)
        np.add.at(sums, entries, totals)
        num, den = sums[entries] - totals, left
        if method == "trimmed":
            is_trimmed = left >= FEWEST_TO_TRIM
            num = np.where(is_trimmed, num - rest(left - 1) - rest(np.zeros_like(left)), num)
            den = np.where(is_trimmed, left - 2, left)
    return Ratios(np.where(left > 0, num, 0), np.where(left > 0, den, 0).astype(np.int64))
