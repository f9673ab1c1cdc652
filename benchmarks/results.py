"""How long do exact scores take, against pandas' float means of the same sheets?

python benchmarks/results.py [--quick]     medians of interleaved rounds; the last line is RESULT {json}
"""

import argparse
import json
import statistics
import sys
import time
from pathlib import Path

import numpy as np
import pandas as pd

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from judging.core.scores import competition_ranks, means, published, trimmed_means

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


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="10,000 entries only")
    sizes = [10_000] if parser.parse_args().quick else [10_000, 100_000]
    print(f"numpy {np.__version__}, pandas {pd.__version__}; {SHEETS} sheets an entry, scores and ranks")
    result: dict[str, float] = {}
    for entries in sizes:
        found = median_seconds(entries, rounds=7)
        print(
            f"{entries:>8} entries: exact mean {found['exact']:.3f} s, exact trimmed mean {found['trimmed']:.3f} s, "
            f"pandas float mean {found['pandas']:.3f} s"
        )
        result[f"exact_{entries}_s"] = round(found["exact"], 4)
        result[f"trimmed_{entries}_s"] = round(found["trimmed"], 4)
        result[f"exact_{entries}_vs_pandas"] = round(found["exact"] / found["pandas"], 2)
    print("RESULT", json.dumps(result))


if __name__ == "__main__":
    main()
