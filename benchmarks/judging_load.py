"""Do 500 judges save every ten seconds without an error, and how long does each wait?

    python benchmarks/judging_load.py [--quick]

The server of docs/operator.md (gunicorn, 4 workers of 2 threads, production settings, spoken to as by the web server
before it), on a fresh SQLite file, then on PostgreSQL where one answers (LAUREL_POSTGRESQL_URL). Server and load
generator share two cores. 500 judges who have accepted, piles of 6 of 600 entries, a rubric of 5 criteria. For a minute
each saves every 10 seconds, begun evenly over them, each save with its key on the revision of the one before, and opens
the page of the work once. A time runs from the moment at which the request was due to the last byte of the answer, so
that a queue counts. Before it 40 pages are opened, so that the workers are warm.

At the end every judge's last acknowledged save must be in the database, revision and marks, or it is an error; with an
error the exit code is 1. Peers in the same run: SQLite against PostgreSQL under the same load; and a save against the
whole form sent as a page and read again, as it goes without JavaScript, one after the other on the idle server.

Quick: 100 judges, 15 seconds, every 5.
"""

import argparse
import asyncio
import json
import os
import platform
import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from importlib.metadata import version
from pathlib import Path
from statistics import median, quantiles
from typing import Any

from _judging import ROOM
from _judging.crowd import AtWork, Load, Log, evening
from django.core.management import call_command

from judging.models import Draft
from tests.factories.panels import panel
from tests.factories.servers import Server, pointed_at, scratch_postgresql, scratch_sqlite
from tests.on_postgresql import answers

CORES = 2
WORKS, REVIEWS = 6, 5
WARMING = 40
SIDE_BY_SIDE = 40


@contextmanager
def sqlite() -> Iterator[str]:
    with tempfile.TemporaryDirectory(dir=ROOM.name) as folder, scratch_sqlite(Path(folder)) as url:
        yield url


def databases() -> dict[str, Callable[[], AbstractContextManager[str]]]:
    found: dict[str, Callable[[], AbstractContextManager[str]]] = {"sqlite": sqlite}
    if answers():
        found["postgresql"] = scratch_postgresql
    else:
        print("Left out: PostgreSQL. Start one and set LAUREL_POSTGRESQL_URL to measure it too.")
    return found


def measured(url: str, load: Load) -> dict[str, Any]:
    """One database from an empty contest to the last look."""
    with pointed_at(url):
        seats = panel(judges=load.judges, works=WORKS, entries=load.judges * WORKS // REVIEWS)
    server = Server({"DATABASE_URL": url}, Path(ROOM.name) / "server.log")
    crowd = [AtWork(seat, seat.works[0], random.Random(place), server.port) for place, seat in enumerate(seats)]
    alone = AtWork(seats[0], seats[0].works[1], random.Random(), server.port)
    with server.serving():
        asyncio.run(warmed(crowd))
        before, spent = ticks(), server.cpu_seconds()
        log = asyncio.run(evening(crowd, load))
        spent, busy = server.cpu_seconds() - spent, busy_share(before, ticks())
        apart = asyncio.run(side_by_side(alone))
    with pointed_at(url):
        log.errors += lost([*crowd, alone])
    found = facts(log, load)
    found["cpu_ms"] = round(1000 * spent / found["requests"], 1)
    return found | apart | {"machine_busy": round(busy, 2)}


async def warmed(crowd: Sequence[AtWork]) -> None:
    """Each worker has read its addresses and templates before it counts."""
    for turn in range(0, WARMING, 8):
        await asyncio.gather(*(one.look() for one in crowd[turn : turn + 8]))


def ticks() -> list[int]:
    """Of all cores since the machine began: user, nice, system, idle, waiting, …"""
    return [int(word) for word in Path("/proc/stat").read_text().split("\n", 1)[0].split()[1:9]]


def busy_share(before: Sequence[int], after: Sequence[int]) -> float:
    """Of the whole machine, whatever else runs on it included."""
    spent = [late - early for early, late in zip(before, after, strict=True)]
    return 1 - (spent[3] + spent[4]) / sum(spent)


async def side_by_side(one: AtWork) -> dict[str, float]:
    """Median milliseconds of a save, and of the form as a page, in turn."""
    times: dict[str, list[float]] = {"save_alone_ms": [], "page_alone_ms": []}
    for _ in range(SIDE_BY_SIDE):
        for name, do in (("save_alone_ms", one.save), ("page_alone_ms", one.save_as_page)):
            start = time.perf_counter()
            await do()
            times[name].append(1000 * (time.perf_counter() - start))
    return {name: round(median(found), 1) for name, found in times.items()}


def lost(crowd: Sequence[AtWork]) -> list[str]:
    """Every judge whose last acknowledged save is not what the database holds, or who has more than it."""
    drafts = {one.assignment.key: one for one in Draft.objects.select_related("assignment")}
    expected = {one.work: one for one in crowd if one.revision}
    wrong = ["not as acknowledged" for key, one in expected.items() if not is_kept(one, drafts.get(key))]
    asked = {one.work for one in crowd if one.unanswered}
    return wrong + ["kept and never acknowledged" for key in drafts.keys() - expected.keys() - asked]


def is_kept(one: AtWork, draft: Draft | None) -> bool:
    """What was acknowledged last, or what was sent after it and not answered."""
    if draft is None:
        return False
    marks = [str(draft.marks[key]) for key in sorted(draft.marks, key=int)]  # criteria have rising keys in their order
    found = (draft.assignment.revision, [*marks, draft.comment, draft.feedback])
    later = (one.revision + 1, list(one.unanswered["values"].values())) if one.unanswered else None
    return found in ((one.revision, list(one.values.values())), later)


def facts(log: Log, load: Load) -> dict[str, Any]:
    asked = load.judges * (load.saves + 1)
    found: dict[str, Any] = {"requests": asked, "errors": len(log.errors)}
    found["per_s"] = round((len(log.saves) + len(log.pages)) / log.took, 1)
    for name, times in (("save", log.saves), ("look", log.pages)):
        found |= {f"{name}_{what}_ms": round(value, 1) for what, value in spread(times).items()}
    for said, count in Counter(log.errors).most_common(5):
        print(f"  ERROR {count} × {said}")
    return found


def spread(times: Sequence[float]) -> dict[str, float]:
    cuts = quantiles(times, n=100, method="inclusive") if len(times) > 1 else [float("nan")] * 99
    return {"p50": cuts[49], "p95": cuts[94], "p99": cuts[98], "max": max(times, default=float("nan"))}


def told(name: str, found: dict[str, Any]) -> None:
    print(f"{name}: {found['requests']} requests, {found['errors']} errors, {found['per_s']}/s,", end=" ")
    print(f"{found['cpu_ms']} ms of a core each; all in all the machine was {found['machine_busy']:.0%} busy")
    for kind, word in (("save", "a save"), ("look", "a page")):
        print(f"  {word}: p50 {found[f'{kind}_p50_ms']} ms, p95 {found[f'{kind}_p95_ms']} ms,", end=" ")
        print(f"p99 {found[f'{kind}_p99_ms']} ms, max {found[f'{kind}_max_ms']} ms")
    print(f"  alone: a save {found['save_alone_ms']} ms, the form as a page {found['page_alone_ms']} ms")


def compared(found: dict[str, dict[str, Any]]) -> dict[str, float]:
    """Below 1 SQLite waits less; above 1 the page costs more than the save."""
    ratios = {f"{name}_page_vs_save": one["page_alone_ms"] / one["save_alone_ms"] for name, one in found.items()}
    if "postgresql" in found:
        ratios["save_p95_sqlite_vs_postgresql"] = found["sqlite"]["save_p95_ms"] / found["postgresql"]["save_p95_ms"]
    return {name: round(ratio, 2) for name, ratio in ratios.items()}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="100 judges for 15 seconds")
    load = Load(100, 15, 5) if parser.parse_args().quick else Load(500, 60, 10)
    os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[:CORES])
    versions = {name: version(name) for name in ("Django", "gunicorn", "psycopg")}
    print(
        f"Python {platform.python_version()}, {versions}; {load.judges} judges, each saves every {load.every} s", end=""
    )
    print(f" for {load.seconds} s; load before: {os.getloadavg()[0]:.2f}")
    call_command("collectstatic", verbosity=0, interactive=False)
    found = {}
    for name, fresh in databases().items():
        with fresh() as url:
            found[name] = measured(url, load)
        told(name, found[name])
    flat = {f"{name}_{what}": value for name, one in found.items() for what, value in one.items()}
    print("RESULT", json.dumps({"judges": load.judges} | flat | compared(found) | {"versions": versions}))
    return 1 if any(one["errors"] for one in found.values()) else 0


if __name__ == "__main__":
    sys.exit(main())
