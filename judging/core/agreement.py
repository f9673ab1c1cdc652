"""How far judges agree, and what is odd about one of them. Questions to the chair, never findings."""

from dataclasses import dataclass

import numpy as np
from scipy.special import stdtr

from judging.core.scores import BoolArray, IntArray, ScoreInputError
from judging.core.severity import Constants, FloatArray

FEWEST_TO_SPEAK = 15  # sheets of a judge under which nothing is said of them
LONGEST_S = 1800  # between two sheets; after a longer time the judge had been away
FEWEST_AT_HOME = 3  # sheets on either side under which a judge's own district is not compared with others
STANDS_OUT = 0.05  # of what chance alone brings, for all judges together


@dataclass(frozen=True)
class Habit:
    """One judge of whom there are enough sheets.

    deviation   mean of their sheets less the mean of the other sheets of the same entries, in points; None where they
                met no other judge
    spread      standard deviation of their sheets, in points
    misfit      mean square of what the model leaves unexplained, over its variance: about 1 where they err as all do;
                None without a model
    same        sheets that say mark for mark what another of theirs says
    halo        -1..1, mean correlation of criteria in how far they stray from others: near 1 where one impression makes
                all marks of a sheet; None of one criterion, or where one never strays
    """

    sheets: int
    deviation: float | None
    spread: float
    misfit: float | None
    same: int
    halo: float | None


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
    others = np.bincount(entries)[entries] - 1
    apart = apart_from_others(values, entries)
    strays = np.column_stack([apart_from_others(column, entries) for column in points.T.astype(np.float64)])
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
                halo(strays[mine[others[mine] > 0]]),
            )
        )
    return found


def apart_from_others(values: FloatArray, entries: IntArray) -> FloatArray:
    """(sheets,) each value less the mean of the other sheets of the same entry; NaN of an entry's only sheet."""
    sums, others = np.bincount(entries, values), np.bincount(entries)[entries] - 1
    return np.where(others > 0, values - (sums[entries] - values) / np.maximum(others, 1), np.nan)


def halo(strays: FloatArray) -> float | None:
    """Mean correlation over pairs of criteria; what is truly good in all is in the others' marks too, and so left out.

    strays   (sheets, criteria) of one judge, each mark less the mean of others on the same work
    source   Cooper (1981), Ubiquitous halo, Psychological Bulletin 90
    """
    criteria = strays.shape[1]
    if criteria < 2 or len(strays) < FEWEST_TO_SPEAK or (np.ptp(strays, axis=0) < 1e-9).any():
        return None
    found = np.corrcoef(strays, rowvar=False)
    return float((found.sum() - criteria) / (criteria * (criteria - 1)))


@dataclass(frozen=True)
class Home:
    """A judge's own district beside others.

    sheets       on works of the own district that others marked too
    advantage    points: how much further above the other judges they are there than elsewhere
    chance       0..1, how often as much comes about where nobody favours anybody, for all judges together
    """

    sheets: int
    advantage: float
    chance: float

    @property
    def stands_out(self) -> bool:
        return self.chance < STANDS_OUT


def homes(values: FloatArray, entries: IntArray, judges: IntArray, at_home: BoolArray, count: int) -> list[Home | None]:
    """Of each judge of 0..count-1; None under FEWEST_TO_SPEAK sheets, or FEWEST_AT_HOME at home or away.

    at_home   (sheets,) the work is of the judge's own district
    rule      one-sided t-test of Welch on how far each sheet stands above the others of its work, with Holm's
              correction for as many judges as are spoken of. Its power is low: a flag is a question, no flag no proof
    source    Welch (1947), Biometrika 34; Holm (1979), Scandinavian Journal of Statistics 6
    """
    apart = apart_from_others(values, entries)
    met = ~np.isnan(apart)
    tried: dict[int, tuple[int, float, float]] = {}
    for judge in range(count):
        mine = (judges == judge) & met
        here, away = apart[mine & at_home], apart[mine & ~at_home]
        if (judges == judge).sum() >= FEWEST_TO_SPEAK and min(len(here), len(away)) >= FEWEST_AT_HOME:
            tried[judge] = (len(here), float(here.mean() - away.mean()), welch(here, away))
    chances = dict(zip(tried, holm([one[2] for one in tried.values()]), strict=True))
    return [Home(*tried[judge][:2], chances[judge]) if judge in tried else None for judge in range(count)]


def welch(here: FloatArray, away: FloatArray) -> float:
    """Chance of a difference of means at least as large, 0..1; where nothing varies, 1 or 0 by the means alone."""
    difference = here.mean() - away.mean()
    parts = np.array([here.var(ddof=1) / len(here), away.var(ddof=1) / len(away)])
    spread = parts.sum()
    if spread < 1e-12:
        return float(difference <= 0)
    freedom = spread**2 / (parts**2 / [len(here) - 1, len(away) - 1]).sum()
    return float(stdtr(freedom, -difference / np.sqrt(spread)))


def holm(chances: list[float]) -> list[float]:
    """Corrected for their number: each times how many are not smaller, never less than a smaller one's, at most 1."""
    found, highest = [0.0] * len(chances), 0.0
    for rank, at in enumerate(sorted(range(len(chances)), key=lambda one: chances[one])):
        highest = max(highest, min(1.0, chances[at] * (len(chances) - rank)))
        found[at] = highest
    return found


def paces(seconds: FloatArray, judges: IntArray, count: int) -> list[float | None]:
    """Of each judge of 0..count-1 the median seconds from one sheet to the next; None under FEWEST_TO_SPEAK sheets, or
    where fewer than half of them tell any.

    seconds   (sheets,)  when it was handed in first
    rule      sheets handed in together tell nothing of each, nor does one after a break of over LONGEST_S
    """
    found: list[float | None] = []
    for judge in range(count):
        times = np.sort(seconds[judges == judge])
        gaps = np.diff(times)
        gaps = gaps[(gaps > 0) & (gaps <= LONGEST_S)]
        tells = len(times) >= FEWEST_TO_SPEAK and 2 * len(gaps) >= len(times)
        found.append(float(np.median(gaps)) if tells else None)
    return found


def same_sheets(points: IntArray) -> int:
    """Sheets of one judge that have a twin, mark for mark. Of one criterion every equal mark would be one: none."""
    if points.shape[1] < 2:
        return 0
    sizes = np.unique(points, axis=0, return_counts=True)[1]
    return int(sizes[sizes > 1].sum())
