"""What are further reviews worth where the prize is least certain, against as many spread evenly and against none?

python benchmarks/borderline.py [--quick]     in the right tier by the mean; the last line is RESULT {json}
"""

import argparse
import json
import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # as config.settings; before numpy loads

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from awards.core.borderline import likeliest, next_reviews
from awards.core.deciding import level_shares
from awards.core.prizes import GroupPlan, LevelPlan
from judging.core.severity import severity

ENTRY, JUDGE, CHANCE = 8.0, 4.0, 6.0  # standard deviations in points: as in results.py
DRAWS, MOST, BATCHES = 500, 3, 3


@dataclass(frozen=True)
class Situation:
    """`levels`: prizes in per cent of the entries."""

    entries: int
    judges: int
    reviews: int
    levels: tuple[int, ...]

    @property
    def plan(self) -> GroupPlan:
        return GroupPlan(tuple(LevelPlan(str(n), "percent_entries", Fraction(n)) for n in self.levels))

    @property
    def budget(self) -> int:
        return self.entries // 2

    def tiers(self, scores: np.ndarray) -> np.ndarray:
        shares = level_shares(scores[None, :], [1] * self.entries, self.plan, self.entries)
        return np.where(shares.any(axis=0), shares.argmax(axis=0), len(shares))


SITUATIONS = {
    "five reviews, all win": Situation(66, 15, 5, (15, 35, 50)),
    "three reviews, some win": Situation(120, 12, 3, (10, 20, 30)),
}


@dataclass
class Fair:
    """One contest: true qualities, strictness, and the sheets so far."""

    of: Situation
    rng: np.random.Generator
    quality: np.ndarray
    strictness: np.ndarray
    entries: list[int]
    judges: list[int]
    values: list[float]

    def review(self, entry: int) -> None:
        """By a judge who has not marked it, of those with the fewest sheets one at random."""
        known = {judge for one, judge in zip(self.entries, self.judges, strict=True) if one == entry}
        load = np.bincount(self.judges, minlength=self.of.judges) + self.rng.random(self.of.judges)
        judge = min((one for one in range(self.of.judges) if one not in known), key=lambda one: load[one])
        self.entries.append(entry)
        self.judges.append(judge)
        self.values.append(self.quality[entry] + self.strictness[judge] + self.rng.normal(0, CHANCE))

    def counts(self) -> np.ndarray:
        return np.bincount(self.entries, minlength=self.of.entries)

    def right(self) -> float:
        means = np.bincount(self.entries, self.values, self.of.entries) / self.counts()
        return float((self.of.tiers(means) == self.of.tiers(self.quality)).mean())

    def sure(self) -> np.ndarray:
        values, of, by = np.array(self.values), np.array(self.entries), np.array(self.judges)
        count = self.of.entries
        found = severity(values, of, by, (count, self.of.judges))
        return likeliest(level_shares(found.draws(DRAWS, self.rng), [1] * count, self.of.plan, count))


def begun(of: Situation, seed: int) -> Fair:
    rng = np.random.default_rng(seed)
    fair = Fair(of, rng, rng.normal(75, ENTRY, of.entries), rng.normal(0, JUDGE, of.judges), [], [], [])
    for _ in range(of.reviews):
        for entry in rng.permutation(of.entries).tolist():
            fair.review(entry)
    return fair


def none(fair: Fair) -> None:
    pass


def half_evenly(fair: Fair) -> None:
    for entry in fair.rng.permutation(fair.of.entries)[: fair.of.budget].tolist():
        fair.review(entry)


def two_evenly(fair: Fair) -> None:
    for entry in [*range(fair.of.entries), *range(fair.of.entries)]:
        fair.review(entry)


def half_placed(fair: Fair) -> None:
    """In batches: what the first say moves the next."""
    for _ in range(BATCHES):
        counts = fair.counts()
        order = next_reviews(fair.sure(), counts, np.maximum(MOST + fair.of.reviews - counts, 0))
        for entry in order[: fair.of.budget // BATCHES]:
            fair.review(entry)


WAYS: dict[str, Callable[[Fair], None]] = {
    "none": none, "half_evenly": half_evenly, "half_placed": half_placed, "two_evenly": two_evenly,
}  # fmt: skip


def rights(of: Situation, contests: int) -> dict[str, list[float]]:
    found: dict[str, list[float]] = {name: [] for name in WAYS}
    for seed in range(contests):
        for name, way in WAYS.items():
            fair = begun(of, seed)  # the same contest each time
            way(fair)
            found[name].append(fair.right())
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="fewer contests")
    contests = 50 if parser.parse_args().quick else 600
    result: dict[str, dict[str, float]] = {}
    for situation, of in SITUATIONS.items():
        print(f"numpy {np.__version__}; {contests} contests, {situation}: {of}")
        found = rights(of, contests)
        for name, one in found.items():
            error = np.std(np.subtract(one, found["none"])) / np.sqrt(contests)
            print(f"{name:>12}: in the right tier {np.mean(one):.1%} (standard error of what it adds {error:.1%})")
        result[situation] = {name: round(float(np.mean(one)), 4) for name, one in found.items()}
    print("RESULT", json.dumps({"right_tier": result, "contests": contests}))


if __name__ == "__main__":
    main()
