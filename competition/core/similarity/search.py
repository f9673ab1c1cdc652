"""Which texts stand out as similar."""

from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from competition.core.similarity.index import Index, taken, weights_of
from competition.core.similarity.texts import IntArray

# Measured with the abstracts of benchmarks/similarity.py, indexes of 2 to 100,000: unrelated works had up to 0.40
# in common and copies changed by 30 % as little as 0.14, so no fixed score parts them. Over what is usual for the
# text itself they do part: unrelated ones stood up to 4.7 times at 100,000 (6.5 times at 10,000, a pair with three
# equal sentences), those copies at least 6.2 times.
STANDS_OUT = 6.0
LEAST = 0.12
LEAST_AMONG_FEW = 0.22  # unrelated works of a small index had up to 0.24 in common, those copies at least 0.23
FEW = 50  # texts; among fewer nobody can tell what is usual
CERTAIN = 0.5  # more than unrelated works ever had in common: counts though many copies make it usual
PLACES = 4  # decimals of a score
TWINS = 20  # pairs that one text makes with equal ones: "见附件" given a thousand times is half a million pairs


@dataclass(frozen=True)
class Match:
    """A text of the index: score 1 for an equal one after normalisation, else the cosine of worths."""

    key: str
    score: float


@dataclass(frozen=True)
class Pair:
    """Two texts of an index, the smaller key first."""

    one: str
    other: str
    score: float


def matches(
    index: Index,
    text: str,
    *,
    most: int = 5,
    least: float = LEAST,
    stands_out: float = STANDS_OUT,
    besides: Collection[str] = (),
) -> list[Match]:
    """Texts of the index that are similar to this one, best first.

    A score counts from `least` on where it is also `stands_out` times what is usual for this text: the
    score of its nearest text number `index.rank`. From CERTAIN on it counts anyway. Short texts are
    similar to equal ones only, blank ones to none. Ask with the newer text: a changed copy has less in
    common with all others than its original has, so it is the copy that stands out.

    most     how many at most
    besides  keys to pass over: the text's own, its author's earlier versions
    """
    digests, starts, columns = taken([text])
    rows, scores = standing_out(index, columns, weights_of(starts, columns, index.worths), least, stands_out)
    found = dict(zip(rows.tolist(), scores.tolist(), strict=True))
    found |= dict.fromkeys(np.flatnonzero(index.digests == digests[0]).tolist() if digests[0] else [], 1.0)
    ordered = sorted((-score, index.keys[row]) for row, score in found.items())
    return [Match(key, -score) for score, key in ordered if key not in besides][:most]


def all_matches(index: Index, *, least: float = LEAST, stands_out: float = STANDS_OUT) -> list[Pair]:
    """Pairs of the index that stand out for at least one of the two, best first; rules as in `matches`.

    Equal texts make at most TWINS pairs each. Takes as long as asking for every text in turn.
    """
    found: dict[tuple[int, int], float] = {}
    for row in np.flatnonzero(np.diff(index.starts)).tolist():
        own = slice(index.starts[row], index.starts[row + 1])
        others, scores = standing_out(index, index.columns[own], index.weights[own], least, stands_out)
        for other, score in zip(others.tolist(), scores.tolist(), strict=True):
            if index.digests[row] != index.digests[other]:
                found[min(row, other), max(row, other)] = score
    found |= dict.fromkeys(twins(index), 1.0)
    pairs = [pair_of(index.keys[one], index.keys[other], score) for (one, other), score in found.items()]
    return sorted(pairs, key=lambda pair: (-pair.score, pair.one, pair.other))


def pair_of(one: str, other: str, score: float) -> Pair:
    return Pair(min(one, other), max(one, other), score)


def standing_out(
    index: Index, columns: NDArray[np.int32], weights: NDArray[np.float32], least: float, stands_out: float
) -> tuple[IntArray, NDArray[np.float64]]:
    """Rows whose score stands out, and the scores."""
    scores = (index.postings[columns].T @ weights).astype(np.float64).round(PLACES)
    place = len(scores) - index.rank
    usual = np.partition(scores, place)[place] if place >= 0 else 0.0
    lowest = max(least, LEAST_AMONG_FEW) if index.filled < FEW else least
    rows = np.flatnonzero(scores >= max(lowest, min(CERTAIN, stands_out * usual)))
    return rows, scores[rows]


def twins(index: Index) -> Iterator[tuple[int, int]]:
    """Pairs of rows with equal texts, the smaller row first."""
    groups: dict[int, list[int]] = defaultdict(list)
    for row in sorted(np.flatnonzero(index.digests).tolist(), key=index.keys.__getitem__):
        groups[int(index.digests[row])].append(row)
    for group in groups.values():
        for place, row in enumerate(group):
            yield from ((min(row, twin), max(row, twin)) for twin in group[place + 1 : place + 1 + TWINS])
