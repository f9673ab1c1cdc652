"""How far judges agree, and what is odd about one of them. Questions to the chair, never findings."""

from dataclasses import dataclass

import numpy as np

from judging.core.scores import IntArray, ScoreInputError
from judging.core.severity import Constants, FloatArray

FEWEST_TO_SPEAK = 15  # sheets of a judge under which nothing is said of them


@dataclass(frozen=True)
class Habit:
    """One judge of whom there are enough sheets.

    deviation   mean of their sheets less the mean of the other sheets of the same entries, in points; None where they
                met no other judge
    spread      standard deviation of their sheets, in points
    misfit      mean square of what the model leaves unexplained, over its variance: about 1 where they err as all do;
                None without a model
    same        sheets that say mark for mark what another of theirs says
    """

    sheets: int
    deviation: float | None
    spread: float
    misfit: float | None
    same: int


def intraclass(constants: Constants) -> float | None:
    """ICC(2,1), the share of a single sheet's variance that is the entry's; None where nothing varies.

    source   Shrout, Fleiss (1979), Psychological Bulletin 86
    """
    whole = constants.entry + constants.judge + constants.residual
    return constants.entry / whole if whole else None


def krippendorff(values: FloatArray, entries: IntArray) -> float | None:
    """Alpha of points as an interval scale: 1 full agreement, 0 as by chance.

    values   (sheets,)  points; entries (sheets,) rows; an entry of one sheet says nothing and is left out
    returns  None where there are no two sheets of one entry, or where all are equal
    raises   ScoreInputError on shapes that differ
    source   Krippendorff (2004), Content Analysis, ch. 11, with squares summed about means instead of over pairs
    """
    if values.shape != entries.shape:
        raise ScoreInputError(f"{values.shape} values do not fit {entries.shape} entries.")
    if not len(values):
        return None
    kept = np.bincount(entries)[entries] > 1
    values, entries = values[kept], np.unique(entries[kept], return_inverse=True)[1]
    if not len(values) or np.ptp(values) == 0:
        return None
    sizes = np.bincount(entries)
    far = values - (np.bincount(entries, values) / sizes)[entries]
    within = (np.bincount(entries, far**2) * sizes / (sizes - 1)).sum() / len(values)
    return float(1 - within / values.var(ddof=1))


def habits(
    points: IntArray,
    values: FloatArray,
    entries: IntArray,
    judges: IntArray,
    count: int,
    residuals: FloatArray | None = None,
    variance: float = 0.0,
) -> list[Habit | None]:
    """Of each judge of 0..count-1; None under FEWEST_TO_SPEAK sheets.

    points      (sheets, criteria)  marks as given
    values      (sheets,)           points of a sheet
    residuals   (sheets,)           what a model leaves unexplained, and its variance
    """
    sums, sizes = np.bincount(entries, values), np.bincount(entries)
    others = sizes[entries] - 1
    apart = np.where(others > 0, values - (sums[entries] - values) / np.maximum(others, 1), np.nan)
    found: list[Habit | None] = []
    for judge in range(count):
        mine = np.flatnonzero(judges == judge)
        if len(mine) < FEWEST_TO_SPEAK:
            found.append(None)
            continue
        met = apart[mine][~np.isnan(apart[mine])]
        found.append(
            Habit(
                len(mine),
                float(met.mean()) if len(met) else None,
                float(values[mine].std(ddof=1)),
                float((residuals[mine] ** 2).mean() / variance) if residuals is not None and variance else None,
                same_sheets(points[mine]),
            )
        )
    return found


def same_sheets(points: IntArray) -> int:
    """Sheets of one judge that have a twin, mark for mark. Of one criterion every equal mark would be one: none."""
    if points.shape[1] < 2:
        return 0
    sizes = np.unique(points, axis=0, return_counts=True)[1]
    return int(sizes[sizes > 1].sum())
