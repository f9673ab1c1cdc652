"""How long do scores take, the model of severity, and everything from the database to stored prizes?

    python benchmarks/results.py [--quick]     medians of interleaved rounds; the last line is RESULT {json}

scores      exact means and trimmed means, rounded half up and ranked, against pandas' float means of the same sheets
severity    variances by restricted maximum likelihood and the whole robust model with intervals, on the same sheets
            against the textbook's dense covariance, statsmodels' MixedLM, the Rust package mixedlm and, with R, lme4.
            mixedlm and lme4 are charged for variances alone; ours also for intervals ("model")
database    marks in SQLite to stored standings, prizes and their list: 5 sheets of 5 criteria an entry; seconds of the
            processor, so that what else the machine does is not counted, and how they grow with the entries

What the model is worth is in `benchmarks/fairness.py`. Installs nothing; a peer that is missing is named and left out.
"""

import argparse
import json
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from importlib import import_module
from importlib.metadata import PackageNotFoundError, version
from itertools import pairwise
from pathlib import Path

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # as config.settings; before numpy loads

import numpy as np
import pandas as pd
import scipy
from scipy import linalg, optimize

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from judging.core.scores import competition_ranks, means, trimmed_means
from judging.core.severity import Constants, Marked, estimated, severity

SHEETS = 5
CRITERIA_POINTS = 10_000  # a sheet's total in hundredths
ENTRY, JUDGE, CHANCE = 8.0, 4.0, 6.0  # standard deviations in points: a quarter as severe as works differ
Peer = Callable[[pd.DataFrame], tuple[float, Constants]]


# ---- scores


def sheets(entries: int, seed: int) -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(seed)
    rows = np.repeat(np.arange(entries, dtype=np.int64), SHEETS)
    rng.shuffle(rows)
    return rng.integers(0, CRITERIA_POINTS, len(rows), dtype=np.int64), rows


def exact(totals: np.ndarray, rows: np.ndarray, entries: int) -> list[int | None]:
    return competition_ranks(means(totals, rows, entries).published(1, 2))


def trimmed(totals: np.ndarray, rows: np.ndarray, entries: int) -> list[int | None]:
    return competition_ranks(trimmed_means(totals, rows, entries).published(1, 2))


def by_pandas(totals: np.ndarray, rows: np.ndarray, entries: int) -> pd.Series:
    scores = pd.DataFrame({"entry": rows, "total": totals}).groupby("entry")["total"].mean().round(2)
    return scores.rank(method="min", ascending=False)


def median_seconds(entries: int, rounds: int) -> dict[str, float]:
    """Each in turn, round after round; the sums alone too, before rounding and ranks."""
    totals, rows = sheets(entries, seed=entries)
    frame = pd.DataFrame({"entry": rows, "total": totals})
    works = {
        "exact": exact,
        "trimmed": trimmed,
        "pandas": by_pandas,
        "sums": means,
        "pandas sums": lambda *_: frame.groupby("entry")["total"].mean(),
    }
    times: dict[str, list[float]] = {name: [] for name in works}
    for _ in range(rounds):
        for name, work in works.items():
            start = time.perf_counter()
            work(totals, rows, entries)
            times[name].append(time.perf_counter() - start)
    return {name: statistics.median(found) for name, found in times.items()}


def report_scores(*, is_quick: bool) -> dict[str, object]:
    result: dict[str, object] = {}
    for entries in [100, 10_000] + ([] if is_quick else [100_000, 1_000_000]):
        found = median_seconds(entries, rounds=7 if entries < 1_000_000 else 1)
        print(
            f"{entries:>8} entries: exact mean {found['exact']:.4f} s, exact trimmed mean {found['trimmed']:.4f} s, "
            f"pandas float mean {found['pandas']:.4f} s; sums alone {found['sums']:.4f} s, pandas "
            f"{found['pandas sums']:.4f} s"
        )
        result[f"scores_{entries}_s"] = round(found["exact"], 5)
        result[f"trimmed_{entries}_s"] = round(found["trimmed"], 5)
        result[f"scores_{entries}_vs_pandas"] = round(found["exact"] / found["pandas"], 2)
        result["bincount_ratio"] = round(found["pandas sums"] / found["sums"], 1)
    return result


# ---- the model of severity


def marked(entries: int, judges: int, seed: int) -> pd.DataFrame:
    """Points, entry, judge of every sheet: every entry by five judges drawn at random."""
    rng = np.random.default_rng(seed)
    of = np.repeat(np.arange(entries), SHEETS)
    by = rng.random((entries, judges), np.float32).argpartition(SHEETS, axis=1)[:, :SHEETS].ravel()
    quality = rng.normal(70, ENTRY, entries)
    values = quality[of] + rng.normal(0, JUDGE, judges)[by] + rng.normal(0, CHANCE, len(of))
    return pd.DataFrame({"points": values, "entry": of, "judge": by})


def arrays(rows: pd.DataFrame) -> tuple[np.ndarray, np.ndarray, np.ndarray, tuple[int, int]]:
    counts = (int(rows["entry"].max()) + 1, int(rows["judge"].max()) + 1)
    return rows["points"].to_numpy(), rows["entry"].to_numpy(), rows["judge"].to_numpy(), counts


def ours(rows: pd.DataFrame) -> tuple[float, Constants]:
    values, of, by, counts = arrays(rows)
    start = time.perf_counter()
    found, _ = estimated(Marked(values, of, by, *counts))
    return time.perf_counter() - start, found


def model(rows: pd.DataFrame) -> tuple[float, Constants]:
    start = time.perf_counter()
    found = severity(*arrays(rows))
    spent = time.perf_counter() - start
    assert found.constants is not None
    return spent, found.constants


def dense(rows: pd.DataFrame) -> tuple[float, Constants]:
    """The same likelihood as the textbook writes it: one dense covariance of all sheets, Nelder and Mead's search."""
    values, of, by, _ = arrays(rows)
    start = time.perf_counter()
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
    found = Constants(np.exp(best.x[0]) * residual, np.exp(best.x[1]) * residual, residual)
    return time.perf_counter() - start, found


def by_statsmodels(rows: pd.DataFrame) -> tuple[float, Constants]:
    lm = import_module("statsmodels.regression.mixed_linear_model").MixedLM
    parts = {"entry": "0 + C(entry)", "judge": "0 + C(judge)"}
    start = time.perf_counter()
    found = lm.from_formula("points ~ 1", rows, groups=np.ones(len(rows)), re_formula="0", vc_formula=parts).fit(
        reml=True
    )
    spent = time.perf_counter() - start
    entry, judge = (float(found.vcomp[found.model.exog_vc.names.index(name)]) for name in parts)
    return spent, Constants(entry, judge, float(found.scale))


def by_mixedlm(rows: pd.DataFrame) -> tuple[float, Constants]:
    lmer = import_module("mixedlm").lmer
    named = rows.astype({"entry": str, "judge": str})
    start = time.perf_counter()
    found = lmer("points ~ 1 + (1|entry) + (1|judge)", named)
    spent = time.perf_counter() - start
    residual = float(found.sigma) ** 2
    by_name = dict(zip(found.ngrps(), np.asarray(found.theta) ** 2 * residual, strict=True))
    return spent, Constants(float(by_name["entry"]), float(by_name["judge"]), residual)


LME4 = """
suppressMessages(library(lme4)); rows <- read.csv(commandArgs(TRUE)[1])
spent <- system.time(found <- lmer(points ~ 1 + (1|entry) + (1|judge), rows))[["elapsed"]]
parts <- as.data.frame(VarCorr(found)); at <- function(name) parts$vcov[parts$grp == name]
cat(spent, at("entry"), at("judge"), at("Residual"))
"""


def by_lme4(rows: pd.DataFrame) -> tuple[float, Constants]:
    with tempfile.TemporaryDirectory() as folder:
        rows.to_csv(f"{folder}/rows.csv", index=False)
        Path(folder, "fit.R").write_text(LME4)
        run = ["Rscript", f"{folder}/fit.R", f"{folder}/rows.csv"]
        spent, *parts = map(float, subprocess.run(run, check=True, capture_output=True, text=True).stdout.split())
    return spent, Constants(*parts)


def has_lme4() -> bool:
    if shutil.which("Rscript") is None:
        return False
    return subprocess.run(["Rscript", "-e", "library(lme4)"], check=False, capture_output=True).returncode == 0


def peers_here() -> dict[str, Peer]:
    found: dict[str, Peer] = {"ours": ours, "model": model, "dense": dense}
    for name, peer in (("statsmodels", by_statsmodels), ("mixedlm", by_mixedlm)):
        try:
            version(name)
            found[name] = peer
        except PackageNotFoundError:
            print(f"{name} is not installed: left out")
    if has_lme4():
        found["lme4"] = by_lme4
    else:
        print("R with lme4 is not installed: left out")
    return found


def against_peers(entries: int, judges: int, peers: dict[str, Peer], rounds: int) -> dict[str, float]:
    """Median seconds by name, and by how much of itself any variance differs from ours."""
    rows = marked(entries, judges, seed=3)
    times: dict[str, list[float]] = {name: [] for name in peers}
    known: dict[str, Constants] = {}
    for _ in range(rounds):
        for name, peer in peers.items():
            spent, known[name] = peer(rows)
            times[name].append(spent)
    medians = {name: statistics.median(found) for name, found in times.items()}
    parts = ("entry", "judge", "residual")
    apart = max(abs(getattr(one, part) / getattr(known["ours"], part) - 1) for one in known.values() for part in parts)
    words = ", ".join(f"{name} {seconds:.4f} s" for name, seconds in medians.items())
    print(f"{entries:>8} entries, {judges} judges: {words}; variances differ by {apart:.1e} at most")
    return medians | {"apart": apart}


SMALL = ("ours", "model", "dense", "statsmodels", "mixedlm", "lme4")
LARGE = ("ours", "model", "mixedlm", "lme4")
SIZES = [(100, 15, SMALL), (10_000, 400, LARGE), (100_000, 1_000, LARGE)]


def report_severity(*, is_quick: bool) -> dict[str, object]:
    result: dict[str, object] = {}
    peers, differences = peers_here(), []
    for entries, judges, names in [(100, 15, SMALL), (10_000, 400, LARGE)] + (
        [] if is_quick else [(100_000, 1_000, LARGE)]
    ):
        here = {name: peer for name, peer in peers.items() if name in names}
        found = against_peers(entries, judges, here, rounds=3 if entries < 100_000 else 1)
        differences.append(found["apart"])
        result[f"exact_{entries}_s"], result[f"robust_{entries}_s"] = round(found["ours"], 5), round(found["model"], 5)
        for name in here.keys() - {"ours", "model"}:
            result[f"{name}_{entries}_vs_ours"] = round(found[name] / found["ours"], 2)
            result[f"{name}_{entries}_vs_model"] = round(found[name] / found["model"], 2)
    if not is_quick:
        spent, _ = model(marked(1_000_000, 1_500, seed=3))
        print(f" 1000000 entries, 1500 judges: robust model with intervals {spent:.1f} s")
        result["robust_1000000_s"] = round(spent, 2)
    result["vs_mixedlm"] = result.get("mixedlm_10000_vs_ours")
    return result | {"variance_rel_diff": float(f"{max(differences):.2g}")}


# ---- from the database to stored prizes


def report_database(entries: int) -> float:
    """One contest in a fresh file of SQLite: everything between the last sheet and the list that is looked at."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
    import_module("django").setup()
    servers, analysing = import_module("tests.factories.servers"), import_module("tests.factories.analysing")
    decide = import_module("awards.services.running").decide
    who = import_module("tests.factories.contests").WHO
    states = import_module("competition.states").ContestState
    with tempfile.TemporaryDirectory() as folder, servers.scratch_sqlite(Path(folder)) as url, servers.pointed_at(url):
        contest = analysing.marked_contest(entries, entries // 100, 500)
        contest.state = states.JUDGING
        contest.save(update_fields=["state"])
        start = time.process_time()
        award_list = decide(contest=contest, **who)
        spent = time.process_time() - start
        prizes = award_list.awards.count()
    print(f"{entries:>8} entries x 5 sheets x 5 criteria in SQLite to standings and {prizes} prizes: {spent:.1f} s")
    return spent


def report_databases(sizes: list[int]) -> dict[str, object]:
    spent = {entries: report_database(entries) for entries in sizes}
    for fewer, more in pairwise(sizes):
        print(f"         from {fewer} to {more} entries {spent[more] / spent[fewer]:.1f} times as long")
    return {f"database_{entries}_s": round(seconds, 2) for entries, seconds in spent.items()}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="smaller sizes")
    is_quick = parser.parse_args().quick
    print(f"numpy {np.__version__}, scipy {scipy.__version__}, pandas {pd.__version__}; {SHEETS} sheets an entry")
    result = report_scores(is_quick=is_quick)
    result |= report_severity(is_quick=is_quick)
    result |= report_databases([1_000] if is_quick else [1_000, 10_000, 100_000])
    result["peak_mb"] = round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
    print("RESULT", json.dumps(result))


if __name__ == "__main__":
    main()
