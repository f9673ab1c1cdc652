"""How long does it take to work a list out again from its bundle, and to find a flipped byte?

    python benchmarks/verify.py [--quick]

A bundle of 100,000 events (quick: 10,000): every sheet came in online, five an entry, five criteria. Beside it,
on the same bytes: SHA-256 of the whole file, which tells that a copy is the same and nothing of what it says, and
`json` of the standard library reading every line, which no verifier can do without. Then 1,000 flips (quick: 100),
one byte each at a place and to a value drawn with a seed; `missed` must be 0. Median of three rounds; seconds of one
core, so that neighbours do not count.
"""

import argparse
import hashlib
import json
import platform
import random
import sys
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tests.verify.crowds import crowded_bundle
from verify.laurel_verify import Report, read_members, verify

ROUNDS = 3


def seconds(work: Callable[[], object]) -> float:
    began = time.process_time()
    work()
    return time.process_time() - began


def read_every_line(data: bytes) -> None:
    for content in read_members(data, Report()).values():
        for line in bytes(content).splitlines():
            json.loads(line)


def flips(data: bytes, number: int) -> tuple[float, int]:
    """(seconds for all of them, how many were missed)"""
    flipped, rng, missed = bytearray(data), random.Random(11), 0
    began = time.process_time()
    for _ in range(number):
        at = rng.randrange(len(data))
        flipped[at] ^= rng.randrange(1, 256)
        missed += verify(flipped).holds
        flipped[at] = data[at]
    return time.process_time() - began, missed


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true")
    is_quick = parser.parse_args().quick
    events, number = (10_000, 100) if is_quick else (100_000, 1000)
    data = crowded_bundle(events)
    assert verify(data).holds
    works: dict[str, Callable[[], object]] = {
        "verify": lambda: verify(data),
        "sha256": lambda: hashlib.sha256(data).digest(),
        "json": lambda: read_every_line(data),
    }
    taken: dict[str, list[float]] = {name: [] for name in works}
    for _ in range(ROUNDS):
        for name, work in works.items():
            taken[name].append(seconds(work))
    found = {name: median(times) for name, times in taken.items()}
    for_flips, missed = flips(data, number)
    print(f"Python {platform.python_version()}; {events} events, {len(data) / 1e6:.1f} MB")
    print(f"verify {found['verify']:.2f} s; SHA-256 {found['sha256']:.3f} s; json {found['json']:.2f} s")
    print(f"{number} flips in {for_flips:.1f} s, {missed} missed")
    result = {
        "events": events,
        "megabytes": round(len(data) / 1e6, 1),
        "verify_s": round(found["verify"], 2),
        "vs_sha256": round(found["verify"] / found["sha256"], 1),
        "vs_json": round(found["verify"] / found["json"], 2),
        "flips": number,
        "flips_s": round(for_flips, 1),
        "flip_ms_per_mb": round(for_flips / number * 1000 / (len(data) / 1e6), 2),
        "missed": missed,
    }
    print("RESULT", json.dumps(result))


if __name__ == "__main__":
    main()
