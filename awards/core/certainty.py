"""How many judges and reviews a wanted certainty takes: a competition as it may be, judged again and again."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, sqrt

import numpy as np
from numpy.typing import NDArray

from awards.core.deciding import FloatArray, winning
from awards.core.prizes import GroupPlan, seats
from judging.core.scores import FEWEST_TO_TRIM, IntArray

REVIEWS = tuple(range(2, 11))
DRAWN_ENTRIES = 80_000  # entries that are drawn in all: fewer draws of more entries are as exact
FEWEST_DRAWS, MOST_DRAWS = 40, 20_000
SEED = 20_170_325  # stands in the code, so that the page says the same tomorrow


@dataclass(frozen=True)
class Scatter:
    """Level and variances of entries, judges and chance, in points and points squared."""

    level: float
    entry: float
    judge: float
    residual: float

    def scaled(self, factor: float) -> "Scatter":
        """As with marks out of `factor` times as many points."""
        square = factor**2
        return Scatter(self.level * factor, self.entry * square, self.judge * square, self.residual * square)


@dataclass(frozen=True)
class Planned:
    """What is judged. `load`: entries a judge takes at most; `method`: of the rubric; `places`: of what is shown."""

    entries: int
    load: int
    prizes: GroupPlan
    method: str
    places: int

    def judges(self, reviews: int) -> int:
        """As many as their loads ask for; an entry never meets a judge twice."""
        return max(ceil(self.entries * reviews / self.load), reviews)


@dataclass(frozen=True)
class Certainty:
    """What so many reviews an entry come to. Shares 0..1 with their standard errors.

    right      of all entries, those in the level (or in none) where their true scores put them
    deserved   of all prizes, those whose winner deserves this one or a better one; None where nobody wins any
    """

    reviews: int
    judges: int
    right: float
    right_error: float
    deserved: float | None
    deserved_error: float


def certainties(scatter: Scatter, planned: Planned, seed: int = SEED) -> list[Certainty]:
    """For 2 to 10 reviews an entry, on the same true scores each time.

    rule     true scores, judges and sheets are normal; sheets, true scores and scores are rounded half up at the
             published precision. The plan cuts scores and true scores; who is tied across a cut is parted by lot, the
             same for both. Judges are drawn at random with loads that differ by one at most
    source   docs/rulebook.md "How many reviews a certainty takes"
    """
    draws = int(np.clip(DRAWN_ENTRIES // planned.entries, FEWEST_DRAWS, MOST_DRAWS))
    rng = np.random.default_rng(seed)
    shape = (draws, planned.entries)
    true = scatter.level + sqrt(scatter.entry) * rng.standard_normal(shape)
    lots = rng.random(shape)
    truth = Truth(true, lots, levels_won(half_up(true * 10**planned.places), lots, planned.prizes))
    return [certainty_of(scatter, planned, n, truth, np.random.default_rng([seed, n])) for n in REVIEWS]


@dataclass(frozen=True)
class Truth:
    """(draws, entries): true scores in points, the lot of each, and the level that it deserves."""

    scores: FloatArray
    lots: FloatArray
    levels: IntArray


def certainty_of(scatter: Scatter, planned: Planned, reviews: int, truth: Truth, rng: np.random.Generator) -> Certainty:
    true, judges = truth.scores, planned.judges(reviews)
    panels = drawn_panels(planned.entries, reviews, judges, rng)
    severities = sqrt(scatter.judge) * rng.standard_normal((len(true), judges))
    sheets = np.empty((*true.shape, reviews), dtype=np.int64)
    for at in range(reviews):
        chance = sqrt(scatter.residual) * rng.standard_normal(true.shape)
        sheets[:, :, at] = half_up((true + severities[:, panels[:, at]] + chance) * 10**planned.places)
    won = levels_won(scores_of(sheets, planned.method), truth.lots, planned.prizes)
    right, right_error = mean_and_error((won == truth.levels).mean(axis=1))
    has_prize = won < len(planned.prizes.levels)
    winners = has_prize.sum(axis=1)
    some = winners > 0
    if not some.any():
        return Certainty(reviews, judges, right, right_error, None, 0.0)
    due = (has_prize & (truth.levels <= won)).sum(axis=1)
    return Certainty(reviews, judges, right, right_error, *mean_and_error(due[some] / winners[some]))


def mean_and_error(values: FloatArray) -> tuple[float, float]:
    return float(values.mean()), float(values.std() / sqrt(len(values)))


def half_up(values: FloatArray) -> IntArray:
    return np.floor(values + 0.5).astype(np.int64)


def scores_of(sheets: IntArray, method: str) -> IntArray:
    """(draws, entries) of (draws, entries, sheets), in the same unit, half up: the rules of `judging.core.scores`."""
    count = sheets.shape[2]
    if method == "median":
        ordered = np.sort(sheets, axis=2)
        return (ordered[:, :, (count - 1) // 2] + ordered[:, :, count // 2] + 1) // 2
    total = sheets.sum(axis=2)
    if method == "trimmed" and count >= FEWEST_TO_TRIM:
        total, count = total - sheets.max(axis=2) - sheets.min(axis=2), count - 2
    return (2 * total + count) // (2 * count)


def levels_won(scores: IntArray, lots: FloatArray, prizes: GroupPlan) -> IntArray:
    """(draws, entries) index of the level; the number of levels for no prize. Ties by the least lot."""
    none, entries = len(prizes.levels), scores.shape[1]
    order = np.lexsort((lots, -scores), axis=1)
    places = np.full(scores.shape, none, dtype=np.int64)
    ordered = np.take_along_axis(scores, order, axis=1).astype(np.float64)
    for level, winners in enumerate(winning(ordered, prizes, seats(prizes, entries))):
        places[winners] = level
    won = np.empty_like(places)
    np.put_along_axis(won, order, places, axis=1)
    return won


def drawn_panels(entries: int, reviews: int, judges: int, rng: np.random.Generator) -> NDArray[np.int64]:
    """(entries, reviews) judges at random: no entry twice the same, loads that differ by one at most.

    All judges in a new order again and again; an entry that such an order begins takes first whom it has not met.
    """
    slots = np.empty(entries * reviews, dtype=np.int64)
    for start in range(0, len(slots), judges):
        order = rng.permutation(judges)
        begun = start % reviews
        if begun:
            met = np.isin(order, slots[start - begun : start])
            first = order[~met][: reviews - begun]
            order = np.concatenate([first, order[~np.isin(order, first)]])
        slots[start : start + judges] = order[: len(slots) - start]
    return slots.reshape(entries, reviews)


def fewest(found: Sequence[Certainty], wanted: float) -> Certainty | None:
    """The fewest reviews whose share of entries in the right place is as wanted; None where none is."""
    return next((one for one in found if one.right >= wanted), None)
