"""A row of weights cut into parts that are as even as its order allows: schools over tables, names over columns."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import accumulate


def even_parts(weights: Sequence[int], parts: int) -> list[range]:
    """Which weights each part has, in their order; nothing is split. Parts may be empty.

    weights   each above 0
    parts     how many, at least 1
    returns   of all ways to cut, one with the least difference between the heaviest and the lightest part; it is never
              more than the largest weight. Equal weights give equal parts
    raises    ValueError
    source    that such a cut always exists: Bárány and Grinberg, Block partitions of sequences, 2015
    """
    if parts < 1 or min(weights, default=1) < 1:
        raise ValueError("there is at least one part, and every weight is above 0")
    sums = [0, *accumulate(weights)]
    low, high = 0, max(weights, default=0)
    while low < high:
        middle = (low + high) // 2
        low, high = (low, middle) if cut_within(sums, parts, middle) else (middle + 1, high)
    ends = cut_within(sums, parts, low)
    if ends is None:
        raise AssertionError("a cut within the largest weight always exists")
    return [range(start, end) for start, end in zip([0, *ends], ends, strict=False)]


def cut_within(sums: Sequence[int], parts: int, spread: int) -> list[int] | None:
    """Ends of parts of which none is heavier than another by more than `spread`; None where there is no such cut."""
    share = sums[-1] // parts
    for least in range(share, max(share - spread, 0) - 1, -1):
        if ends := cut_between(sums, parts, least, least + spread):
            return ends
    return None


def cut_between(sums: Sequence[int], parts: int, least: int, most: int) -> list[int] | None:
    """Ends of parts that weigh at least `least` and at most `most` each."""
    reached, end = [[0]], len(sums) - 1
    for left in range(parts - 1, -1, -1):
        reached.append(next_ends(sums, reached[-1], least, most, left))
        if not reached[-1]:
            return None
    ends = [end]
    for before in reached[-2:0:-1]:  # backwards: the last end from which this one is reached
        ends.append(before[bisect_right(before, sums[ends[-1]] - least, key=sums.__getitem__) - 1])
    return ends[::-1]


def next_ends(sums: Sequence[int], before: Sequence[int], least: int, most: int, left: int) -> list[int]:
    """Where a part may end that begins where one before it may end, with neither too much nor too little behind it for
    the `left` parts that follow."""
    starts = [sums[at] for at in before]
    first = bisect_left(sums, max(starts[0] + least, sums[-1] - left * most))
    behind = bisect_right(sums, min(starts[-1] + most, sums[-1] - left * least))
    found = []
    for end in range(first, behind):
        at = bisect_left(starts, sums[end] - most)
        if at < len(starts) and starts[at] <= sums[end] - least:
            found.append(end)
    return found
