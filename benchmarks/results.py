"""How long do exact scores take, against pandas' float means of the same sheets? How long does the model of severity
take, against restricted maximum likelihood written down plainly, and what is it worth against the mean?

python benchmarks/results.py [--quick]     medians of interleaved rounds; the last line is RESULT {json}
"""

import argparse
import json
import os
import statistics
import sys
import time
from pathlib import Path

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # as config.settings; before numpy loads

import numpy as np
import pandas as pd
import scipy
from scipy import linalg, optimize, stats

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from judging.core.scores import competition_ranks, means, published, trimmed_means
from judging.core.severity import Answer, Constants, Marked, estimated, severity

SHEETS = 5
CRITERIA_POINTS = 10_000  # a sheet's total in hundredths


def sheets(entries: int, seed: int) -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(seed)
    rows = np.repeat(np.arange(entries, dtype=np.int64), SHEETS)
    rng.shuffle(rows)
    return rng.integers(0, CRITERIA_POINTS, len(rows), dtype=np.int64), rows


def exact(totals: np.ndarray, rows: np.ndarray, entries: int) -> list[int | None]:
    return competition_ranks([published(score, 2) for score in means(totals, rows, entries).fractions()])


def trimmed(totals: np.ndarray, rows: np.ndarray, entries: int) -> list[int | None]:
    return competition_ranks([published(score, 2) for score in trimmed_means(totals, rows, entries).fractions()])


def by_pandas(totals: np.ndarray, rows: np.ndarray, entries: int) -> pd.Series:
    scores = pd.DataFrame({"entry": rows, "total": totals}).groupby("entry")["total"].mean().round(2)
    return scores.rank(method="min", ascending=False)


def median_seconds(entries: int, rounds: int) -> dict[str, float]:
    """Each of the three in turn, round after round."""
    totals, rows = sheets(entries, seed=entries)
    times: dict[str, list[float]] = {"exact": [], "trimmed": [], "pandas": []}
    for _ in range(rounds):
        for name, work in (("exact", exact), ("trimmed", trimmed), ("pandas", by_pandas)):
            start = time.perf_counter()
            work(totals, rows, entries)
            times[name].append(time.perf_counter() - start)
    return {name: statistics.median(found) for name, found in times.items()}


# ---- the model of severity

ENTRY, JUDGE, CHANCE = 8.0, 4.0, 6.0  # standard deviations in points: a quarter as severe as works differ
REVIEWS = 5


def marked(entries: int, judges: int, seed: int) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Values, entries, judges, true qualities: every entry by five judges drawn at random."""
    rng = np.random.default_rng(seed)
    of = np.repeat(np.arange(entries), REVIEWS)
    by = rng.random((entries, judges)).argpartition(REVIEWS, axis=1)[:, :REVIEWS].ravel()
    quality = rng.normal(70, ENTRY, entries)
    return quality[of] + rng.normal(0, JUDGE, judges)[by] + rng.normal(0, CHANCE, len(of)), of, by, quality


def plainly(values: np.ndarray, of: np.ndarray, by: np.ndarray, entries: int, judges: int) -> Constants:
    """The same likelihood as the textbook writes it: one dense covariance of all sheets, Nelder and Mead's search."""
    same_entry, same_judge = (of[:, None] == of).astype(float), (by[:, None] == by).astype(float)
    n, ones = len(values), np.ones(len(values))

    def of_logs(logs: np.ndarray) -> tuple[float, float]:
        lower = linalg.cholesky(np.exp(logs[0]) * same_entry + np.exp(logs[1]) * same_judge + np.eye(n), lower=True)
        y = linalg.solve_triangular(lower, values - values.mean(), lower=True)
        x = linalg.solve_triangular(lower, ones, lower=True)
        left = y @ y - (x @ y) ** 2 / (x @ x)
        return (n - 1) * np.log(left) + 2 * np.log(np.diag(lower)).sum() + np.log(x @ x), left / (n - 1)

    best = optimize.minimize(lambda logs: of_logs(logs)[0], [0.0, -1.0], method="Nelder-Mead",
                             options={"xatol": 1e-4, "fatol": 1e-6})  # fmt: skip
    residual = of_logs(best.x)[1]
    return Constants(np.exp(best.x[0]) * residual, np.exp(best.x[1]) * residual, residual)


def against_plain(entries: int, judges: int, rounds: int) -> dict[str, float]:
    values, of, by, _ = marked(entries, judges, seed=3)
    times: dict[str, list[float]] = {"ours": [], "plain": []}
    for _ in range(rounds):
        start = time.perf_counter()
        ours, _ = estimated(Marked(values, of, by, entries, judges))
        middle = time.perf_counter()
        plain = plainly(values, of, by, entries, judges)
        times["ours"].append(middle - start)
        times["plain"].append(time.perf_counter() - middle)
    apart = max(abs(getattr(ours, name) / getattr(plain, name) - 1) for name in ("entry", "judge", "residual"))
    return {name: statistics.median(found) for name, found in times.items()} | {"apart": apart}


def robust_seconds(entries: int, judges: int, rounds: int) -> float:
    values, of, by, _ = marked(entries, judges, seed=entries)
    times = []
    for _ in range(rounds):
        start = time.perf_counter()
        severity(values, of, by, (entries, judges))
        times.append(time.perf_counter() - start)
    return statistics.median(times)


# ---- what it is worth: 66 entries, as in a city's contest; a third of the field in each of three tiers

FIELD, PANELS = 66, 3


def contest(kind: str, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """linked: five of fifteen judges drawn for each entry. isolated: three closed panels of five, the entries sorted so
    that one panel has the stronger. saboteur: linked, and a judge gives 30 points less to one entry near a cut."""
    quality = rng.normal(70, ENTRY, FIELD)
    if kind == "isolated":
        order = np.argsort(quality + rng.normal(0, ENTRY, FIELD))
        panel = np.empty(FIELD, np.int64)
        panel[order] = np.arange(FIELD) * PANELS // FIELD
        by = (panel[:, None] * REVIEWS + np.arange(REVIEWS)).ravel()
    else:
        by = np.concatenate([rng.choice(PANELS * REVIEWS, REVIEWS, replace=False) for _ in range(FIELD)])
    of = np.repeat(np.arange(FIELD), REVIEWS)
    values = quality[of] + rng.normal(0, JUDGE, PANELS * REVIEWS)[by] + rng.normal(0, CHANCE, len(of))
    return values, of, by, quality


def group_means(values: np.ndarray, of: np.ndarray) -> np.ndarray:
    return np.bincount(of, values) / np.bincount(of)


def corrected(values: np.ndarray, of: np.ndarray, by: np.ndarray) -> dict[str, np.ndarray]:
    """Scores by the model, and by one that is forced where it refuses, as others do, to centre each judge."""
    found = severity(values, of, by, (FIELD, PANELS * REVIEWS))
    model = found.scores if found.is_corrected else group_means(values, of)
    centred = values - group_means(values, by)[by]
    return {"model": model, "forced": group_means(centred, of) if found.answer == Answer.REFUSED else model}


def worth(kind: str, contests: int) -> dict[str, dict[str, float]]:
    """tau and the share of entries in their true tier, by the mean, the model, and a correction that never refuses."""
    rng = np.random.default_rng(2017)
    found: dict[str, list[tuple[float, float]]] = {"mean": [], "model": [], "forced": []}
    for _ in range(contests):
        values, of, by, quality = contest(kind, rng)
        scores = {"mean": group_means(values, of), **corrected(values, of, by)}
        for name, score in scores.items():
            tau = float(stats.kendalltau(score, quality).statistic)
            found[name].append((tau, float((tiers(score) == tiers(quality)).mean())))
    return {
        name: {
            "tau": float(np.mean([one for one, _ in rows])),
            "right_tier": float(np.mean([one for _, one in rows])),
            "error": float(np.std([one for _, one in rows]) / np.sqrt(len(rows))),
        }
        for name, rows in found.items()
    }


def tiers(scores: np.ndarray) -> np.ndarray:
    return np.argsort(np.argsort(-scores)) * 3 // len(scores)


def saboteur_gain(contests: int) -> dict[str, float]:
    """Share of the field by which a judge who gives one entry 30 points less throws it back."""
    rng, fallen = np.random.default_rng(5), {"mean": [], "model": []}
    for _ in range(contests):
        values, of, by, quality = contest("linked", rng)
        victim = int(np.argsort(-quality)[FIELD // 3])
        struck = values - 30.0 * (np.arange(len(of)) == np.flatnonzero(of == victim)[0])
        for name in fallen:
            ranks = []
            for one in (values, struck):
                score = group_means(one, of) if name == "mean" else corrected(one, of, by)["model"]
                ranks.append(int((score > score[victim]).sum()))
            fallen[name].append((ranks[1] - ranks[0]) / FIELD)
    return {name: float(np.mean(rows)) for name, rows in fallen.items()}


def report_severity(*, is_quick: bool) -> dict[str, object]:
    result: dict[str, object] = {}
    found = against_plain(200, 20, rounds=1 if is_quick else 3)
    ratio = found["plain"] / found["ours"]
    print(
        f"variances of 200 entries x {REVIEWS} sheets, 20 judges: {found['ours']:.4f} s; dense covariance with numpy "
        f"and scipy {found['plain']:.2f} s: {ratio:.0f} times as long; variances differ by {found['apart']:.1e}"
    )
    result |= {"severity_vs_dense": round(ratio, 1), "variance_rel_diff": float(f"{found['apart']:.2g}")}
    for entries, judges in [(1_000, 100), (10_000, 400)] + ([] if is_quick else [(100_000, 1_000)]):
        seconds = robust_seconds(entries, judges, rounds=3 if entries < 100_000 else 1)
        print(f"{entries:>8} entries, {judges} judges: robust model with intervals {seconds:.3f} s")
        result[f"robust_{entries}_s"] = round(seconds, 3)
    for kind in ("linked", "isolated"):
        by_method = worth(kind, contests=100 if is_quick else 400)
        for name, one in by_method.items():
            print(
                f"{kind:>9} {name:>7}: tau {one['tau']:.3f}, in the right tier {one['right_tier']:.1%} "
                f"(standard error {one['error']:.1%})"
            )
        result[kind] = {name: {key: round(value, 4) for key, value in one.items()} for name, one in by_method.items()}
    gain = saboteur_gain(100 if is_quick else 400)
    print(f"a saboteur throws an entry back by {gain['mean']:.1%} of the field (mean), {gain['model']:.1%} (model)")
    return result | {"saboteur_gain": {name: round(value, 4) for name, value in gain.items()}}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="smaller sizes, fewer contests")
    is_quick = parser.parse_args().quick
    sizes = [10_000] if is_quick else [10_000, 100_000]
    print(
        f"numpy {np.__version__}, scipy {scipy.__version__}, pandas {pd.__version__}; {SHEETS} sheets an entry, "
        "scores and ranks"
    )
    result: dict[str, object] = {}
    for entries in sizes:
        found = median_seconds(entries, rounds=7)
        print(
            f"{entries:>8} entries: exact mean {found['exact']:.3f} s, exact trimmed mean {found['trimmed']:.3f} s, "
            f"pandas float mean {found['pandas']:.3f} s"
        )
        result[f"exact_{entries}_s"] = round(found["exact"], 4)
        result[f"trimmed_{entries}_s"] = round(found["trimmed"], 4)
        result[f"exact_{entries}_vs_pandas"] = round(found["exact"] / found["pandas"], 2)
    result |= report_severity(is_quick=is_quick)
    print("RESULT", json.dumps(result))


if __name__ == "__main__":
    main()
