"""Numbers that look random and depend on a seed and on the pair alone.

Not on the shape of the arrays, the order of calls or the version of numpy: a late entry leaves the
numbers of all others as they were, and every machine draws the same.
"""

from hashlib import sha256

import numpy as np
import numpy.typing as npt

UIntArray = npt.NDArray[np.uint64]

# one stream for each use, so that they do not echo each other
BEST, SPREAD, TIE, BRIDGE, LOT, DISTRICT, CROSS = range(7)


def chance(seed: int, stream: int, entry: npt.ArrayLike, judge: npt.ArrayLike = 0) -> UIntArray:
    """64 bits for each pair, evenly spread.

    entry, judge  integers that broadcast, 0 <= both < 2**32
    source        SplitMix64, Steele, Lea, Flood, "Fast splittable pseudorandom number generators" (2014)
    """
    start = np.uint64(int.from_bytes(sha256(f"{seed}/{stream}".encode()).digest()[:8], "big"))
    row, column = np.atleast_1d(np.asarray(entry, np.uint64)), np.asarray(judge, np.uint64)
    bits = (row << np.uint64(32)) | column
    bits *= np.uint64(0x9E3779B97F4A7C15)
    bits += start
    for shift, factor in ((30, 0xBF58476D1CE4E5B9), (27, 0x94D049BB133111EB)):
        bits ^= bits >> np.uint64(shift)
        bits *= np.uint64(factor)
    bits ^= bits >> np.uint64(31)
    return bits
