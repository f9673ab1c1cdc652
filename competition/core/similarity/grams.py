"""Short windows of texts as numbers: three characters around a Chinese one, eight of letters alone.

Eight letters say about what three Chinese characters say: shorter ones are shared by all English texts
(measured: with 4 letters unrelated abstracts were as alike as copies changed by 30 %).
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from competition.core.similarity.texts import BoolArray, IntArray, codes_of, wide

HashArray = NDArray[np.uint64]

WIDE_GRAM = 3
NARROW_GRAM = 8
BITS = 20  # columns of an index are 2^20; two grams that share one only add a little noise
BATCH = 2_000_000  # characters hashed in one go, bounds the memory
MULTIPLIER = np.uint64(0x9E3779B97F4A7C15)  # 2^64 over the golden ratio; a polynomial in it, modulo 2^64
MIXER = np.uint64(0xBF58476D1CE4E5B9)  # splitmix64's (S. Vigna): the upper bits depend on every character


def windows(text: str) -> tuple[IntArray, IntArray, HashArray]:
    """Start, length and hash of every gram of a normalised text, in no order that counts."""
    codes = codes_of(text)
    wide_before = np.concatenate([[0], np.cumsum(wide(codes))])
    parts = [of_length(codes, wide_before, size, size == WIDE_GRAM) for size in (WIDE_GRAM, NARROW_GRAM)]
    lengths = np.repeat([WIDE_GRAM, NARROW_GRAM], [len(starts) for starts, _ in parts])
    return np.concatenate([starts for starts, _ in parts]), lengths, np.concatenate([hashes for _, hashes in parts])


def of_length(
    codes: NDArray[np.uint32], wide_before: IntArray, size: int, with_wide: bool
) -> tuple[IntArray, HashArray]:
    """Starts and hashes of the windows of one length, those with a wide character or those without any."""
    count = max(len(codes) - size + 1, 0)
    starts = np.flatnonzero((wide_before[size:] > wide_before[:count]) == with_wide)
    hashes = np.zeros(len(starts), dtype=np.uint64)
    for step in range(size):
        hashes = hashes * MULTIPLIER + codes[starts + step]
    return starts, hashes * MIXER


def columns_of(texts: Sequence[str]) -> tuple[IntArray, NDArray[np.int32]]:
    """Which grams each text has, once each.

    texts    normalised
    returns  (texts + 1,) where each text's columns begin, and all columns, ascending in each text, < 2^BITS
    """
    counts, parts = [np.zeros(1, dtype=np.int64)], [np.zeros(0, dtype=np.int32)]
    for batch in batches(texts):
        rows = np.repeat(np.arange(len(batch)), [len(one) for one in batch])
        keys = np.sort(joined(batch, rows))
        keys = keys[np.diff(keys, prepend=-1) > 0]  # np.unique hashes, which took ten times as long
        counts.append(np.bincount(keys >> BITS, minlength=len(batch)))
        parts.append((keys & ((1 << BITS) - 1)).astype(np.int32))
    return np.cumsum(np.concatenate(counts)), np.concatenate(parts)


def joined(batch: Sequence[str], rows: IntArray) -> IntArray:
    """Row and column of every gram as one number; a window over the border of two texts is none."""
    starts, lengths, hashes = windows("".join(batch))
    inside: BoolArray = rows[starts] == rows[starts + lengths - 1]
    columns = (hashes[inside] >> np.uint64(64 - BITS)).astype(np.int64)
    return (rows[starts[inside]] << BITS) | columns


def batches(texts: Sequence[str]) -> Iterator[Sequence[str]]:
    """The texts in order, in parts of about BATCH characters."""
    ends = np.cumsum([len(text) for text in texts], dtype=np.int64)
    borders = np.searchsorted(ends, np.arange(0, max(int(ends.max(initial=0)), 1), BATCH))
    for start, stop in pairwise([*borders.tolist(), len(texts)]):
        if start < stop:
            yield texts[start:stop]
