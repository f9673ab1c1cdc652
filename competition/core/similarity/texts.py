"""What of a text is compared: letters, characters and digits, in one width and case, whatever stands between."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from unicodedata import category, normalize

import numpy as np
from numpy.typing import NDArray

IntArray = NDArray[np.int64]
BoolArray = NDArray[np.bool_]

# 〇, kana, Han, the private codes that old systems gave rare characters, Han beyond the BMP.
WIDE_RANGES = (
    ("\u3007", "\u3007"),
    ("\u3040", "\u30ff"),
    ("\u3400", "\u9fff"),
    ("\ue000", "\uf8ff"),
    ("\U00020000", "\U0003ffff"),
)
WIDE = "".join(f"{first}-{last}" for first, last in WIDE_RANGES)
WIDE_EDGES = np.array([edge for first, last in WIDE_RANGES for edge in (ord(first), ord(last) + 1)], dtype=np.uint32)
NARROW_IN_WIDE = 3  # letters that say about as much as one wide character

# Nothing of these is seen: soft hyphens, zero-width and direction marks, variation selectors, tags.
UNSEEN = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\U000e0000-\U000e0fff]")
BETWEEN = re.compile(f"[^\\w{WIDE}]+")
BESIDE_WIDE = re.compile(f" (?=[{WIDE}])|(?<=[{WIDE}]) ")
# Letters that NFKC may join to the one before though they are no marks: Hangul, half-width sound marks.
JOINING = re.compile("[\u1160-\u11ff\u3131-\u318e\uff9e\uff9f\uffa0-\uffdc]")
BEFORE_ANY_JOINING = "\u02ff"


def normalised(text: str) -> str:
    """A text as it is compared: NFKC, no case; what is no letter or digit becomes one space, or nothing
    beside a wide character (Chinese, kana). Traditional and simplified characters stay different.

    Twice is the same as once. Lone surrogates count as spaces.
    """
    flat = BETWEEN.sub(" ", folded(UNSEEN.sub("", text)))
    return (flat if flat.isascii() else BESIDE_WIDE.sub("", flat)).strip(" ")


def folded(text: str) -> str:
    """NFKC without case; the underscore, a letter to regular expressions, as a space."""
    flat = text.lower() if text.isascii() else normalize("NFKC", normalize("NFKC", text).casefold())
    return flat.replace("_", " ")


def codes_of(text: str) -> NDArray[np.uint32]:
    """(characters,) the code points of a normalised text."""
    return np.frombuffer(text.encode("utf-32-le"), dtype=np.uint32)


def wide(codes: NDArray[np.uint32]) -> BoolArray:
    """Which code points are wide characters."""
    inside: BoolArray = np.searchsorted(WIDE_EDGES, codes, side="right") % 2 == 1
    return inside


def substance(text: str) -> float:
    """How much a normalised text says, in wide characters: three letters count as one."""
    broad = 0 if text.isascii() else int(wide(codes_of(text)).sum())
    return broad + (len(text) - broad) / NARROW_IN_WIDE


@dataclass(frozen=True, eq=False)
class Placed:
    """A normalised text with the place of each of its characters in the text as written.

    text            as `normalised` gives it
    starts, ends    (characters,) where the cluster that it came from begins and ends
    """

    text: str
    starts: IntArray
    ends: IntArray


def placed(text: str) -> Placed:
    """The same text as `normalised` gives, with places."""
    flat, starts, ends = [], [], []
    for start, end in clusters(text):
        piece = folded(UNSEEN.sub("", text[start:end]))
        flat.append(piece)
        starts += [start] * len(piece)
        ends += [end] * len(piece)
    kept, places = without_gaps("".join(flat))
    return Placed(kept, np.array(starts, dtype=np.int64)[places], np.array(ends, dtype=np.int64)[places])


def clusters(text: str) -> Iterator[tuple[int, int]]:
    """Start and end of each character with the marks that belong to it: what NFKC may change together."""
    start = 0
    for end in range(1, len(text) + 1):
        if end == len(text) or not joins(text[end]):
            yield start, end
            start = end


def joins(char: str) -> bool:
    if char < BEFORE_ANY_JOINING:
        return char == "\u00ad"
    return category(char)[0] == "M" or bool(JOINING.match(char) or UNSEEN.match(char))


def without_gaps(flat: str) -> tuple[str, IntArray]:
    """A folded text with its gaps closed as in `normalised`, and the index in it of each character kept."""
    places = np.arange(len(flat))
    for gap, mark in ((BETWEEN, " "), (BESIDE_WIDE, "")):
        kept = np.ones(len(flat), dtype=np.bool_)
        for match in gap.finditer(flat):
            kept[match.start() + len(mark) : match.end()] = False
        flat, places = gap.sub(mark, flat), places[kept]
    left, right = len(flat) - len(flat.lstrip(" ")), len(flat.rstrip(" "))
    return flat.strip(" "), places[left : max(left, right)]
