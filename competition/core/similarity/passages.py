"""What two texts have in common, in any order, for a page to mark.

Greedy string tiling (M. J. Wise 1993, as in JPlag): the longest common run first, then the longest of what is
left. Unlike an edit script it finds sentences that changed their places.
"""

from dataclasses import dataclass
from heapq import heapify, heappop, heappush

import numpy as np

from competition.core.similarity.grams import WIDE_GRAM, HashArray, windows
from competition.core.similarity.texts import NARROW_IN_WIDE, BoolArray, IntArray, Placed, codes_of, placed, wide

LONGEST = 20_000  # characters of each text that are compared
PLACES_EACH = 16  # places of one gram in the other text that are looked at; bounds texts that repeat themselves


@dataclass(frozen=True)
class Passage:
    """Characters of two texts as written, text[start:end], that are equal but for gaps."""

    start_a: int
    end_a: int
    start_b: int
    end_b: int


@dataclass(frozen=True)
class Tile:
    """Equal normalised characters: `size` of them from `a` in one text and from `b` in the other."""

    a: int
    b: int
    size: int


def passages(a: str, b: str, *, shortest: int = 8, gap: int = 3) -> list[Passage]:
    """What both texts say, by its place in the first; no two overlap, in either text.

    a, b      as written; of each only the first LONGEST characters
    shortest  equal wide characters (or three times as many letters) under which a passage is none
    gap       wide characters that may differ between equal parts of one passage, in each text; with 0
              the marked texts are equal after normalisation
    """
    one, other = placed(a[:LONGEST]), placed(b[:LONGEST])
    tiles = sorted(whole_words(one, other, tiling(one.text, other.text)), key=lambda tile: tile.a)
    worth_one, worth_other = worth_before(one.text), worth_before(other.text)
    return [
        Passage(
            int(one.starts[group[0].a]),
            int(one.ends[group[-1].a + group[-1].size - 1]),
            int(other.starts[group[0].b]),
            int(other.ends[group[-1].b + group[-1].size - 1]),
        )
        for group in grouped(tiles, worth_one, worth_other, gap * NARROW_IN_WIDE)
        if sum(worth_one[tile.a + tile.size] - worth_one[tile.a] for tile in group) >= shortest * NARROW_IN_WIDE
    ]


def worth_before(text: str) -> IntArray:
    """(characters + 1,) how much the text says before each character, in letters."""
    return np.concatenate([[0], np.cumsum(np.where(wide(codes_of(text)), NARROW_IN_WIDE, 1))])


# ------------------------------------------------------------------ tiles


def tiling(one: str, other: str) -> list[Tile]:
    """Common runs that do not overlap, longest first; of equal ones the earliest."""
    free_one, free_other = np.ones(len(one), dtype=np.bool_), np.ones(len(other), dtype=np.bool_)
    waiting = [(-run.size, run.a, run.b) for run in common_runs(one, other)]
    heapify(waiting)
    tiles = []
    while waiting:
        size, a, b = heappop(waiting)
        free = free_one[a : a - size] & free_other[b : b - size]
        if free.all():
            tiles.append(Tile(a, b, -size))
            free_one[a : a - size] = free_other[b : b - size] = False
            continue
        for start, end in stretches(free):
            if end - start >= WIDE_GRAM:
                heappush(waiting, (start - end, a + start, b + start))
    return tiles


def stretches(free: BoolArray) -> list[tuple[int, int]]:
    """Start and end of each run of true values."""
    edges = np.flatnonzero(np.diff(np.concatenate([[False], free, [False]])))
    return list(zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True))


def common_runs(one: str, other: str) -> list[Tile]:
    """Runs of grams that both texts have, along each diagonal."""
    starts, lengths, hashes = windows(one)
    places, _, hashes_other = windows(other)
    mine, theirs = meetings(hashes, starts, hashes_other, places)
    a, b, ends = starts[mine], places[theirs], starts[mine] + lengths[mine]
    order = np.lexsort((a, b - a))
    a, b, ends = a[order], b[order], ends[order]
    diagonal = (b - a - (b - a).min(initial=0)) * (len(one) + 1)
    reached = np.maximum.accumulate(diagonal + ends)
    firsts = np.flatnonzero(np.concatenate([[True], (diagonal + a)[1:] > reached[:-1]])[: len(a)])
    lasts = np.concatenate([firsts[1:] - 1, [len(a) - 1]])[: len(firsts)]
    sizes = (reached - diagonal)[lasts] - a[firsts]
    return [Tile(*run) for run in zip(a[firsts].tolist(), b[firsts].tolist(), sizes.tolist(), strict=True)]


def meetings(one: HashArray, at: IntArray, other: HashArray, places: IntArray) -> tuple[IntArray, IntArray]:
    """Indexes of equal hashes in both; of many in the second, the PLACES_EACH around the same place as in the first.

    at, places   where each hash of `one` and of `other` stands in its text
    """
    order = np.lexsort((places, other))
    kinds, firsts = np.unique(other[order], return_index=True)
    kind = np.searchsorted(kinds, one)
    known = np.flatnonzero(kind < len(kinds))
    known = known[kinds[kind[known]] == one[known]]
    low, high = firsts[kind[known]], np.append(firsts, len(other))[kind[known] + 1]
    counts = np.minimum(high - low, PLACES_EACH)
    longest = max(int(at.max(initial=0)), int(places.max(initial=0))) + 1
    ordered = np.repeat(np.arange(len(kinds)), np.diff(np.append(firsts, len(other)))) * longest + places[order]
    here = np.searchsorted(ordered, kind[known] * longest + at[known])
    low = np.clip(here - counts // 2, low, high - counts)
    steps = np.arange(int(counts.sum())) - np.repeat(np.cumsum(counts) - counts, counts)
    return np.repeat(known, counts), order[np.repeat(low, counts) + steps]


# ------------------------------------------------------------------ passages


def whole_words(one: Placed, other: Placed, tiles: list[Tile]) -> list[Tile]:
    """The tiles, less the parts of words and clusters at their ends; those that were nothing else are gone."""
    first_one, last_one = word_ends(one)
    first_other, last_other = word_ends(other)
    whole = []
    for tile in tiles:
        mine, theirs = slice(tile.a, tile.a + tile.size), slice(tile.b, tile.b + tile.size)
        firsts = np.flatnonzero(first_one[mine] & first_other[theirs])
        lasts = np.flatnonzero(last_one[mine] & last_other[theirs])
        if len(firsts) and len(lasts) and firsts[0] <= lasts[-1]:
            start = int(firsts[0])
            whole.append(Tile(tile.a + start, tile.b + start, int(lasts[-1]) + 1 - start))
    return whole


def word_ends(text: Placed) -> tuple[BoolArray, BoolArray]:
    """(characters,) whether a word or a wide character begins there, and whether one ends."""
    codes = codes_of(text.text)
    narrow = (codes != ord(" ")) & ~wide(codes)
    inner = (narrow[1:] & narrow[:-1]) | (text.starts[1:] == text.starts[:-1])
    edge, letter = np.ones(min(len(codes), 1), dtype=np.bool_), codes != ord(" ")
    return np.concatenate([edge, ~inner]) & letter, np.concatenate([~inner, edge]) & letter


def grouped(tiles: list[Tile], worth_one: IntArray, worth_other: IntArray, gap: int) -> list[list[Tile]]:
    """Tiles that follow each other in both texts with at most `gap` letters between them, and nothing else's."""
    taken = np.zeros(len(worth_other), dtype=np.bool_)
    for tile in tiles:
        taken[tile.b : tile.b + tile.size] = True
    groups: list[list[Tile]] = []
    for tile in tiles:
        if groups and follows(groups[-1][-1], tile, worth_one, worth_other, gap, taken):
            groups[-1].append(tile)
        else:
            groups.append([tile])
    return groups


def follows(before: Tile, tile: Tile, worth_one: IntArray, worth_other: IntArray, gap: int, taken: BoolArray) -> bool:
    end_one, end_other = before.a + before.size, before.b + before.size
    if tile.b < end_other or taken[end_other : tile.b].any():
        return False
    return bool(worth_one[tile.a] - worth_one[end_one] <= gap and worth_other[tile.b] - worth_other[end_other] <= gap)
