"""How many planted copies are found, how many hints are false, and how long does it take?

    python benchmarks/similarity.py [--quick]

Abstracts, half Chinese, half English, from a small grammar with a seed: 300 topics a language with their own
words, sentences from shared templates, so that unrelated works of one topic do have phrases in common, as real
ones have. Of each language copies are planted, changed by 5, 15 and 30 %: that share of the characters
(Chinese) or words (English) replaced, followed by another or dropped, and the sentences shuffled. The harder
`letters` are single letters replaced anywhere, which leaves few English words whole. Recall: the original is
among the five best hints. False hits: pairs found within the abstracts themselves, none of which is a copy.

Peers, on the same texts:

    scikit-learn   HashingVectorizer of character 4-grams, TfidfTransformer, sparse-dot-topn, and for each
                   language the lowest fixed score without a false hit here: the best such a score can do
    MinHash        128 values of character 4-grams, 42 bands of 3, hits from an estimate of 0.2; own lines on numpy

Full: 100,000 abstracts, of which 10,000 are asked for false hits; quick: 10,000, all pairs of them. Medians
of interleaved rounds (full: one round of building).
"""

import argparse
import json
import platform
import random
import resource
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from importlib.metadata import version
from pathlib import Path
from statistics import median
from typing import Any

from _similarity.copies import Copies, Recalls, planted
from _similarity.peers import FixedScore, MinHash
from _similarity.texts import abstracts

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from competition.core.similarity import Index, all_matches, build_index, matches, passages


def timed(work: Callable[[], Any]) -> tuple[float, Any]:
    start = time.perf_counter()
    answer = work()
    return time.perf_counter() - start, answer


def built(texts: Sequence[str], rounds: int) -> tuple[dict[str, float], dict[str, Any]]:
    """Median seconds of building, ready to be asked, and what was built."""
    makers: dict[str, Callable[[], Any]] = {
        "ours": lambda: ready(texts),
        "sklearn": lambda: FixedScore(texts),
        "minhash": lambda: MinHash(texts),
    }
    seconds: dict[str, list[float]] = {name: [] for name in makers}
    made: dict[str, Any] = {}
    for _ in range(rounds):
        for name, make in makers.items():
            made.pop(name, None)
            spent, made[name] = timed(make)
            seconds[name].append(spent)
    return {name: median(spent) for name, spent in seconds.items()}, made


def ready(texts: Sequence[str]) -> Index:
    index = build_index(texts, [f"{row:06d}" for row in range(len(texts))])
    assert index.postings.nnz  # made when first needed
    return index


def asked(made: dict[str, Any], copies: Copies) -> tuple[dict[str, float], dict[str, dict[str, list[Any]]]]:
    """Median milliseconds of a question, and by peer and kind of copy all answers as (row, score) lists."""
    askers: dict[str, Callable[[str], list[tuple[int, float]]]] = {
        "ours": lambda text: [(int(match.key), match.score) for match in matches(made["ours"], text)],
        "sklearn": made["sklearn"].nearest,
        "minhash": made["minhash"].nearest,
    }
    seconds: dict[str, list[float]] = {name: [] for name in askers}
    answers: dict[str, dict[str, list[Any]]] = {name: defaultdict(list) for name in askers}
    for kind, pairs in copies.items():
        for _, text in pairs:
            for name, ask in askers.items():
                spent, answer = timed(lambda ask=ask, text=text: ask(text))  # type: ignore[misc]
                seconds[name].append(spent)
                answers[name][kind].append(answer)
    return {name: 1000 * median(spent) for name, spent in seconds.items()}, answers


def recall(answers: Sequence[Any], pairs: Sequence[tuple[int, str]], least: float, start: int) -> float:
    """Share of the copies of one language whose original is among the hints."""
    found = [
        any(row == original and score > least for row, score in answer)
        for answer, (original, _) in zip(answers, pairs, strict=True)
        if original % 2 == start
    ]
    return sum(found) / len(found)


def marked(texts: Sequence[str], copies: Copies) -> tuple[float, float]:
    """Milliseconds to mark the passages of a copy changed by 15 %, and the share of the original marked."""
    pairs = [(texts[row], copy) for row, copy in copies["15"]]
    seconds, found = timed(lambda: [passages(original, copy) for original, copy in pairs])
    shares = [
        sum(one.end_a - one.start_a for one in got) / len(text) for got, (text, _) in zip(found, pairs, strict=True)
    ]
    return 1000 * seconds / len(pairs), median(shares)


def false_hits(index: Index, texts: Sequence[str], asked_for: int) -> int:
    """Pairs of abstracts that are no copies of each other and stand out all the same."""
    if asked_for == len(texts):
        return len(all_matches(index))
    rows = random.Random(4).sample(range(len(texts)), asked_for)
    found = ((index.keys[row], matches(index, texts[row], besides={index.keys[row]})) for row in rows)
    return len({frozenset((key, match.key)) for key, hints in found for match in hints})


def false_scores(peer: FixedScore | MinHash, texts: Sequence[str], rows: Sequence[int]) -> dict[int, list[float]]:
    """By language every score that a peer gives to a pair of these abstracts and another."""
    scores: dict[int, list[float]] = {0: [], 1: []}
    for row in rows:
        scores[row % 2] += [score for other, score in peer.nearest(texts[row], 6) if other != row]
    return scores


def peers_false(made: dict[str, Any], texts: Sequence[str], asked_for: int) -> tuple[list[float], int]:
    """The fixed score of each language above which scikit-learn has no false hit, and MinHash's false hits."""
    rows = random.Random(3).sample(range(len(texts)), asked_for)
    fixed, hints = false_scores(made["sklearn"], texts, rows), false_scores(made["minhash"], texts, rows)
    return [max(fixed[start]) for start in (0, 1)], sum(len(scores) for scores in hints.values())


def recalls(answers: dict[str, dict[str, list[Any]]], copies: Copies, fixed: Sequence[float]) -> Recalls:
    least = {"sklearn": fixed}
    return {
        name: {
            kind: [recall(got[kind], copies[kind], least.get(name, (0, 0))[start], start) for start in (0, 1)]
            for kind in copies
        }
        for name, got in answers.items()
    }


def told(recalls: Recalls, seconds: dict[str, float], query: dict[str, float], words: dict[str, str]) -> None:
    for name, shares in recalls.items():
        print(
            f"{name:8} built in {seconds[name]:.2f} s, {query[name]:.2f} ms a question, {words[name]}; found zh / en:"
        )
        print("        ", ", ".join(f"{kind} % {zh:.0%} / {en:.0%}" for kind, (zh, en) in shares.items()))


def measured(quick: bool) -> dict[str, Any]:
    texts = abstracts(10_000 if quick else 100_000, seed=1)
    copies = planted(texts, each=40 if quick else 100, seed=2)
    seconds, made = built(texts, rounds=2 if quick else 1)
    query, answers = asked(made, copies)
    false_s, false = timed(lambda: false_hits(made["ours"], texts, 10_000))
    sample = 300 if quick else 1_000
    fixed, minhash_false = peers_false(made, texts, sample)
    found = recalls(answers, copies, fixed)
    words = {
        "ours": f"{false} false hits of 10000 abstracts in {false_s:.1f} s",
        "sklearn": f"no false hit of {sample} abstracts above {fixed[0]:.3f} zh, {fixed[1]:.3f} en",
        "minhash": f"{minhash_false} false hits of {sample} abstracts",
    }
    told(found, seconds, query, words)
    passage_ms, share = marked(texts, copies)
    store_s, stored = timed(made["ours"].to_bytes)
    print(
        f"passages: {passage_ms:.1f} ms a pair, {share:.0%} of the original marked; stored {len(stored) / 1e6:.1f} MB"
    )
    answer: dict[str, Any] = {"abstracts": len(texts), "index_s": seconds["ours"], "query_ms": query["ours"]}
    answer |= {f"recall_{kind}": sum(both) / 2 for kind, both in found["ours"].items()}
    answer |= {"false_hits": false, "false_hits_s": false_s, "passages_ms": passage_ms, "store_s": store_s}
    for name in ("sklearn", "minhash"):
        answer |= {f"{name}_recall_{kind}": sum(found[name][kind]) / 2 for kind in ("15", "30")}
        answer |= {f"vs_{name}_index": seconds[name] / seconds["ours"], f"vs_{name}_query": query[name] / query["ours"]}
    return answer | {"minhash_false_hits": minhash_false, "minhash_asked": sample}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="10,000 abstracts, under 50 seconds")
    versions = {name: version(name) for name in ("numpy", "scipy", "scikit-learn", "sparse-dot-topn")}
    print(f"Python {platform.python_version()}, {versions}; MinHash: our own lines")
    answer = measured(parser.parse_args().quick)
    answer["peak_mb"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    rounded = {key: round(value, 4) if isinstance(value, float) else value for key, value in answer.items()}
    print("RESULT", json.dumps(rounded | {"versions": versions}))


if __name__ == "__main__":
    main()
