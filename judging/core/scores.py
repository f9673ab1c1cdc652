"""From marks to scores, exactly: integers over common denominators, rounded once."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import lcm

import numpy as np
from numpy.typing import NDArray

from competition.core.numbers import rounded_half_up

IntArray = NDArray[np.int64]
BoolArray = NDArray[np.bool_]

FEWEST_TO_TRIM = 4  # with fewer sheets nothing is dropped
LARGEST = 2**62


class ScoreInputError(ValueError):
    """Arrays that do not fit each other, or numbers too large to stay exact."""


@dataclass(frozen=True)
class Ratios:
    """Exact values: numerators over denominators, both (n,); a denominator of 0 means there is no value."""

    num: IntArray
    den: IntArray

    def fractions(self) -> list[Fraction | None]:
        return [Fraction(n, d) if d else None for n, d in zip(self.num.tolist(), self.den.tolist(), strict=True)]

    def published(self, unit: int, places: int) -> list[int | None]:
        """As `published` of every value / unit, all at once: still integers, so still exact."""
        scale = 10**places
        if self.num.size and 2 * (int(np.abs(self.num).max()) * scale + int(self.den.max()) * unit) >= LARGEST:
            return [None if one is None else published(one / unit, places) for one in self.fractions()]
        has = self.den > 0
        below = np.where(has, self.den * unit, 1)
        units = np.sign(self.num) * ((2 * np.abs(self.num) * scale + below) // (2 * below))
        return [units if is_known else None for units, is_known in zip(units.tolist(), has.tolist(), strict=True)]


def integer_weights(weights: Sequence[Fraction]) -> tuple[list[int], int]:
    """Weights as integers over their common denominator: [2/5, 3/10] -> ([4, 3], 10).

    raises   ScoreInputError on a weight that is not positive
    """
    if any(weight <= 0 for weight in weights):
        raise ScoreInputError("A weight is positive.")
    common = lcm(*(weight.denominator for weight in weights)) if weights else 1
    return [int(weight * common) for weight in weights], common


def sheet_totals(points: IntArray, weights: Sequence[int]) -> IntArray:
    """Weighted points of each sheet.

    points   (sheets, criteria)  marks in the rubric's smallest unit, every one given
    weights  (criteria,)         integers over one common denominator
    returns  (sheets,)           weighted points over that denominator
    raises   ScoreInputError on shapes that differ or totals over 2^62
    """
    if points.ndim != 2 or points.shape[1] != len(weights):
        raise ScoreInputError(f"{points.shape} marks do not fit {len(weights)} weights.")
    if points.size and int(np.abs(points).max()) * sum(weights) * max(len(points), 1) >= LARGEST:
        raise ScoreInputError("These marks and weights are too large to be added exactly.")
    return points.astype(np.int64) @ np.asarray(weights, dtype=np.int64)


def checked(totals: IntArray, entries: IntArray, count: int) -> None:
    if totals.shape != entries.shape or totals.ndim != 1:
        raise ScoreInputError(f"{totals.shape} totals do not fit {entries.shape} entries.")
    if entries.size and not (int(entries.min()) >= 0 and int(entries.max()) < count):
        raise ScoreInputError(f"An entry is outside 0..{count - 1}.")


def sums_by_entry(totals: IntArray, entries: IntArray, count: int) -> IntArray:
    """Exact sums: np.bincount would add in floats."""
    sums = np.zeros(count, dtype=np.int64)
    np.add.at(sums, entries, totals)
    return sums


def means(totals: IntArray, entries: IntArray, count: int) -> Ratios:
    """Mean of each entry's complete sheets.

    totals   (sheets,)  weighted points, integers over one common denominator
    entries  (sheets,)  row of the entry, 0 <= entry < count
    returns  (count,)   denominator 0 where an entry has no complete sheet
    raises   ScoreInputError
    """
    checked(totals, entries, count)
    return Ratios(sums_by_entry(totals, entries, count), np.bincount(entries, minlength=count).astype(np.int64))


def trimmed_means(totals: IntArray, entries: IntArray, count: int) -> Ratios:
    """Mean of each entry's sheets without one highest and one lowest; the plain mean under four sheets.

    Arguments, result and errors as `means`.
    source   去掉一个最高分和一个最低分; docs/rulebook.md "From marks to a score"
    """
    plain = means(totals, entries, count)
    highest = np.full(count, np.iinfo(np.int64).min)
    lowest = np.full(count, np.iinfo(np.int64).max)
    np.maximum.at(highest, entries, totals)
    np.minimum.at(lowest, entries, totals)
    is_trimmed = plain.den >= FEWEST_TO_TRIM
    return Ratios(
        np.where(is_trimmed, plain.num - np.where(is_trimmed, highest + lowest, 0), plain.num),
        np.where(is_trimmed, plain.den - 2, plain.den),
    )


def medians(totals: IntArray, entries: IntArray, count: int) -> Ratios:
    """Median of each entry's sheets; of an even number the mean of the middle two.

    Arguments, result and errors as `means`.
    """
    checked(totals, entries, count)
    order = np.lexsort((totals, entries))
    ordered = totals[order]
    sizes = np.bincount(entries, minlength=count).astype(np.int64)
    starts = np.cumsum(sizes) - sizes
    has = sizes > 0
    lower, upper = starts + (sizes - 1) // 2, starts + sizes // 2
    num = np.zeros(count, dtype=np.int64)
    num[has] = ordered[lower[has]] + ordered[upper[has]]
    return Ratios(num, np.where(has, 2, 0))


METHODS = {"mean": means, "trimmed": trimmed_means, "median": medians}


def combined(rounds: Sequence[Fraction | None], weights: Sequence[Fraction]) -> Fraction | None:
    """The score over several rounds: their weighted mean, or None where one of them has no value."""
    if len(rounds) != len(weights):
        raise ScoreInputError(f"{len(rounds)} rounds do not fit {len(weights)} weights.")
    if any(weight <= 0 for weight in weights):
        raise ScoreInputError("A weight is positive.")
    known = [value for value in rounds if value is not None]
    if not known or len(known) < len(rounds):
        return None
    return sum((value * weight for value, weight in zip(known, weights, strict=True)), Fraction()) / sum(weights)


def published(score: Fraction | None, places: int) -> int | None:
    """A score in 10^-places points, rounded half up once: what is shown, and where ties are compared."""
    return None if score is None else rounded_half_up(score, 10**places)


def competition_ranks(scores: Sequence[tuple[int, ...] | int | None]) -> list[int | None]:
    """Ranks with ties, 1 2 2 4: one more than the number of better scores. None stays unranked, never last."""
    known = [score for score in scores if score is not None]
    numbers = [score for score in known if isinstance(score, int) and abs(score) < LARGEST]
    ranks = iter(ranks_of_numbers(numbers) if len(numbers) == len(known) else ranks_of(known))
    return [None if score is None else next(ranks) for score in scores]


def ranks_of(known: Sequence[tuple[int, ...] | int]) -> list[int]:
    first = {score: len(known) - index for index, score in enumerate(sorted(known))}
    return [first[score] for score in known]


def ranks_of_numbers(known: Sequence[int]) -> list[int]:
    """The same, of scores that are one number each: three times as fast for many."""
    _, place, sizes = np.unique(np.array(known, dtype=np.int64), return_inverse=True, return_counts=True)
    return (len(known) - np.cumsum(sizes) + 1)[place].tolist()
