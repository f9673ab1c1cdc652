"""Who wins under which method? Kendall's tau with the truth, entries in their true tier, and what a saboteur gains.

    python benchmarks/fairness.py [--quick]     the last line is RESULT {json}

Made-up contests of known quality, a third of the field in each of three tiers, judges as strict and as mistaken as in
`benchmarks/results.py`. Methods: mean; trimmed (without the highest and the lowest sheet); median; centred (each
judge's mean taken away); zscore (and divided by the judge's deviation); robust (the model of severity, and the mean
where it refuses or finds nothing: what the analysis shows). Centred and zscore never refuse, as peers do not.

    city        66 entries, 5 of 15 judges each, drawn at random
    mixed       the same, and every second judge uses half the scale with twice the error
    equal       three closed panels of five, entries drawn at random
    unequal     three closed panels of five, one of them with the stronger entries
    neighbours  strong entries share judges more often than not, but all hang together
    few         3 sheets a judge, 3 an entry
    saboteur    city, and a judge gives one entry near a cut 30 points less
"""

import argparse
import json
import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # as config.settings; before numpy loads

import numpy as np
import scipy
from scipy import stats

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from judging.core.severity import Severity, severity

ENTRY, JUDGE, CHANCE = 8.0, 4.0, 6.0  # standard deviations in points: a quarter as severe as works differ
FIELD, JUDGES, REVIEWS, PANELS = 66, 15, 5, 3
STRUCK = 30.0
TIERS = 3
Array = np.ndarray


@dataclass(frozen=True)
class Contest:
    """Sheets of one made-up contest: points, rows of entries and judges; and what each entry is worth."""

    values: Array
    of: Array
    by: Array
    quality: Array
    judges: int

    def found(self, values: Array) -> Severity:
        return severity(values, self.of, self.by, (len(self.quality), self.judges))


def marked(quality: Array, by: Array, judges: int, rng: np.random.Generator, *, is_mixed: bool = False) -> Contest:
    """by   (entries, reviews) judges of each entry"""
    reviews = by.shape[1]
    of, by = np.repeat(np.arange(len(quality)), reviews), by.ravel()
    odd = (np.arange(judges) % 2 == 1) & is_mixed
    scale, error = np.where(odd, 0.5, 1.0), np.where(odd, 2 * CHANCE, CHANCE)
    told = 70 + (quality - 70)[of] * scale[by]
    values = told + rng.normal(0, JUDGE, judges)[by] + rng.normal(0, 1, len(of)) * error[by]
    return Contest(values, of, by, quality, judges)


def drawn(rng: np.random.Generator, entries: int, judges: int, reviews: int) -> Array:
    return rng.random((entries, judges)).argpartition(reviews, axis=1)[:, :reviews]


def panels(order: Array) -> Array:
    """Closed panels of five for entries in this order, one third each."""
    panel = np.empty(len(order), np.int64)
    panel[order] = np.arange(len(order)) * PANELS // len(order)
    return panel[:, None] * REVIEWS + np.arange(REVIEWS)


def neighbours(quality: Array, rng: np.random.Generator) -> Array:
    """Each entry has five of the seven judges who stand near its own place in a circle of judges."""
    order = np.argsort(np.argsort(quality + rng.normal(0, ENTRY, len(quality))))
    middle = order * JUDGES // len(order)
    near = (middle[:, None] + np.arange(REVIEWS + 2)) % JUDGES
    return np.take_along_axis(near, drawn(rng, len(quality), REVIEWS + 2, REVIEWS), axis=1)


def few(rng: np.random.Generator) -> Array:
    """As many judges as entries, three sheets each."""
    return (np.arange(FIELD)[:, None] + rng.choice(np.arange(1, FIELD), 3, replace=False)) % FIELD


def contest(kind: str, rng: np.random.Generator) -> Contest:
    quality = rng.normal(70, ENTRY, FIELD)
    if kind == "few":
        return marked(quality, few(rng), FIELD, rng)
    by = {
        "equal": lambda: panels(rng.permutation(FIELD)),
        "unequal": lambda: panels(np.argsort(quality + rng.normal(0, ENTRY, FIELD))),
        "neighbours": lambda: neighbours(quality, rng),
    }.get(kind, lambda: drawn(rng, FIELD, JUDGES, REVIEWS))()
    made = marked(quality, by, JUDGES, rng, is_mixed=kind == "mixed")
    if kind == "saboteur":
        made.values[struck(made)[1]] -= STRUCK
    return made


def struck(one: Contest) -> tuple[int, int]:
    """The entry at the end of the first tier, and the sheet of it that is a saboteur's."""
    victim = int(np.argsort(-one.quality)[len(one.quality) // TIERS])
    return victim, int(np.flatnonzero(one.of == victim)[0])


# ---- methods: contest, sheets -> score of each entry


def by_entry(values: Array, of: Array) -> Array:
    return np.bincount(of, values) / np.bincount(of)


def mean(one: Contest, values: Array) -> Array:
    return by_entry(values, one.of)


def table(one: Contest, values: Array) -> Array:
    """(entries, reviews) sorted; every entry has equally many here."""
    return np.sort(values[np.argsort(one.of, kind="stable")].reshape(len(one.quality), -1), axis=1)


def trimmed(one: Contest, values: Array) -> Array:
    return table(one, values)[:, 1:-1].mean(axis=1)


def median(one: Contest, values: Array) -> Array:
    return np.median(table(one, values), axis=1)


def centred(one: Contest, values: Array) -> Array:
    return by_entry(values - by_entry(values, one.by)[one.by], one.of)


def zscore(one: Contest, values: Array) -> Array:
    apart = values - by_entry(values, one.by)[one.by]
    deviation = np.sqrt(by_entry(apart**2, one.by))
    return by_entry(apart / np.maximum(deviation, 1e-9)[one.by], one.of)


def robust(one: Contest, values: Array) -> Array:
    found = one.found(values)
    return found.scores if found.is_corrected else mean(one, values)


METHODS: dict[str, Callable[[Contest, Array], Array]] = {
    one.__name__: one for one in (mean, trimmed, median, centred, zscore, robust)
}
KINDS = ("city", "mixed", "equal", "unequal", "neighbours", "few", "saboteur")


# ---- what comes of them


def tiers(scores: Array) -> Array:
    return np.argsort(np.argsort(-scores)) * TIERS // len(scores)


def worth(kind: str, contests: int) -> dict[str, dict[str, float]]:
    """By method: mean tau and share of entries in their true tier, each with its standard error."""
    rng = np.random.default_rng(2017)
    rows: dict[str, list[tuple[float, float]]] = {name: [] for name in METHODS}
    for _ in range(contests):
        one = contest(kind, rng)
        for name, method in METHODS.items():
            score = method(one, one.values)
            tau = float(stats.kendalltau(score, one.quality).statistic)
            rows[name].append((tau, float((tiers(score) == tiers(one.quality)).mean())))
    return {name: summary(np.array(found)) for name, found in rows.items()}


def summary(rows: Array) -> dict[str, float]:
    errors = rows.std(axis=0, ddof=1) / np.sqrt(len(rows))
    return {"tau": rows[:, 0].mean(), "tau_error": errors[0], "right_tier": rows[:, 1].mean(), "tier_error": errors[1]}


def saboteur_gain(contests: int) -> dict[str, float]:
    """Share of the field by which the entry is thrown back, by method."""
    rng, fallen = np.random.default_rng(5), dict.fromkeys(METHODS, 0.0)
    for _ in range(contests):
        one = contest("city", rng)
        victim, sheet = struck(one)
        worse = one.values - STRUCK * (np.arange(len(one.values)) == sheet)
        for name, method in METHODS.items():
            before, after = method(one, one.values), method(one, worse)
            fallen[name] += int((after > after[victim]).sum()) - int((before > before[victim]).sum())
    return {name: value / contests / FIELD for name, value in fallen.items()}


def coverage(kind: str, contests: int) -> float:
    """Share of true qualities within the interval that says 90 %, where the model answers."""
    rng, inside = np.random.default_rng(90), []
    for _ in range(contests):
        one = contest(kind, rng)
        found = one.found(one.values)
        if found.posterior is not None:
            inside.append((np.abs(found.scores - one.quality) <= found.score_margins).mean())
    return float(np.mean(inside)) if inside else float("nan")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="fewer contests")
    contests = 60 if parser.parse_args().quick else 400
    print(f"numpy {np.__version__}, scipy {scipy.__version__}; {contests} contests of {FIELD} entries each")
    result: dict[str, dict[str, object]] = {"tau": {}, "right_tier": {}, "coverage_90": {}}
    for kind in KINDS:
        found = worth(kind, contests)
        line = ", ".join(f"{name} {one['tau']:.3f} {one['right_tier']:.1%}" for name, one in found.items())
        errors = [max(one[key] for one in found.values()) for key in ("tau_error", "tier_error")]
        print(f"{kind:>10}: tau and right tier: {line}; standard errors up to {errors[0]:.3f}, {errors[1]:.1%}")
        for key in ("tau", "right_tier"):
            result[key][kind] = {name: round(float(one[key]), 4) for name, one in found.items()}
    for kind in ("city", "neighbours", "few"):
        share = coverage(kind, contests)
        print(f"{kind:>10}: intervals that say 90 % hold the truth in {share:.1%}")
        result["coverage_90"][kind] = round(share, 4)
    gain = saboteur_gain(contests)
    told = ", ".join(f"{name} {value:.1%}" for name, value in gain.items())
    print(f"  a saboteur throws an entry back by this share of the field: {told}")
    print("RESULT", json.dumps(result | {"saboteur_gain": {name: round(one, 4) for name, one in gain.items()}}))


if __name__ == "__main__":
    main()
