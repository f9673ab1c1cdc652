"""Which texts stand out as similar."""

from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sparse_dot_topn import sp_matmul_topn  # type: ignore[import-untyped]

from competition.core.similarity.index import Index, taken, weighted
from competition.core.similarity.texts import IntArray

LEAST = 0.12
STANDS_OUT = 6.0
CERTAIN = 0.5
PLACES = 4
CHUNK = 2_000  # rows compared with all in one go, bounds the memory
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
    similar to equal ones only, blank ones to none.

    most     how many at most
    besides  keys to pass over: the text's own, its author's earlier versions
    """
    digests, starts, columns = taken([text])
    query = weighted(starts, columns, index.worths)
    _, rows, scores = standing_out(index, query, least, stands_out, top=index.rank + most + len(besides))
    found = dict(zip(rows.tolist(), scores.tolist(), strict=True))
    found |= dict.fromkeys(np.flatnonzero(index.digests == digests[0]).tolist() if digests[0] else [], 1.0)
    ordered = sorted((-score, index.keys[row]) for row, score in found.items())
    return [Match(key, -score) for score, key in ordered if key not in besides][:most]


def all_matches(index: Index, *, least: float = LEAST, stands_out: float = STANDS_OUT, threads: int = 1) -> list[Pair]:
    """Pairs of the index that stand out for at least one of the two, best first; rules as in `matches`.

    A text makes at most about `index.rank` pairs from its side, and TWINS with equal ones.
    """
    rows = index.rows
    found: dict[tuple[int, int], float] = {}
    for start in range(0, len(index.keys), CHUNK):
        some = rows[start : start + CHUNK]
        ones, others, scores = standing_out(index, some, least, stands_out, top=index.rank + TWINS, threads=threads)
        ones = ones + start
        ends = zip(np.minimum(ones, others).tolist(), np.maximum(ones, others).tolist(), strict=True)
        found |= {pair: score for pair, score in zip(ends, scores.tolist(), strict=True) if pair[0] < pair[1]}
    found |= dict.fromkeys(twins(index), 1.0)
    pairs = [pair_of(index.keys[one], index.keys[other], score) for (one, other), score in found.items()]
    return sorted(pairs, key=lambda pair: (-pair.score, pair.one, pair.other))


def pair_of(one: str, other: str, score: float) -> Pair:
    return Pair(min(one, other), max(one, other), score)


def standing_out(
    index: Index, queries: csr_matrix, least: float, stands_out: float, *, top: int, threads: int = 1
) -> tuple[IntArray, IntArray, NDArray[np.float64]]:
    """Row of the query, row of the index and score of everything that stands out among the `top` nearest."""
    near = sp_matmul_topn(queries, index.postings, top_n=top, sort=True, n_threads=threads)
    scores = np.round(near.data.astype(np.float64), PLACES)
    sizes = np.diff(near.indptr)
    is_usual = sizes >= index.rank
    usual = np.zeros(len(sizes))
    usual[is_usual] = scores[near.indptr[:-1][is_usual] + index.rank - 1]
    bars = np.maximum(least, np.minimum(CERTAIN, stands_out * usual))
    of_query = np.repeat(np.arange(len(sizes)), sizes)
    out = np.flatnonzero(scores[: len(of_query)] >= bars[of_query])
    return of_query[out], near.indices[out].astype(np.int64), scores[out]


def twins(index: Index) -> Iterator[tuple[int, int]]:
    """Pairs of rows with equal texts, the smaller row first."""
    groups: dict[int, list[int]] = defaultdict(list)
    for row in sorted(np.flatnonzero(index.digests).tolist(), key=index.keys.__getitem__):
        groups[int(index.digests[row])].append(row)
    for group in groups.values():
        for place, row in enumerate(group):
            yield from ((min(row, twin), max(row, twin)) for twin in group[place + 1 : place + 1 + TWINS])
