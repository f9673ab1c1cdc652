"""Copies planted among the abstracts, changed by kind and by share."""

import random
from collections.abc import Callable, Sequence

from _similarity.texts import SENTENCE, UNIT


def changed(text: str, share: float, pool: Sequence[str], rng: random.Random) -> str:
    """Words (English) or characters (Chinese) replaced, followed by one more, or dropped; sentences shuffled."""
    space = " " if text.isascii() else ""
    units = UNIT.findall(text)
    live = [place for place, unit in enumerate(units) if unit.strip()]
    for place in rng.sample(live, round(share * len(live))):
        other = rng.choice(pool)
        units[place] = rng.choices((other, units[place] + space + other, ""), (3, 1, 1))[0]
    sentences = [sentence.strip() for sentence in SENTENCE.split("".join(units)) if sentence.strip()]
    rng.shuffle(sentences)
    return space.join(sentences)


def scattered(text: str, share: float, pool: Sequence[str], rng: random.Random) -> str:
    """Single letters replaced anywhere."""
    letters = list(text)
    for place in rng.sample(range(len(letters)), round(share * len(letters))):
        letters[place] = rng.choice(rng.choice(pool))
    return "".join(letters)


PLANTED: dict[str, tuple[Callable[..., str], float]] = {
    "5": (changed, 0.05),
    "15": (changed, 0.15),
    "30": (changed, 0.30),
    "15_letters": (scattered, 0.15),
    "30_letters": (scattered, 0.30),
}
Copies = dict[str, list[tuple[int, str]]]  # by kind: row of the original, the copy
Recalls = dict[str, dict[str, list[float]]]  # by peer and kind: Chinese, English


def planted(texts: Sequence[str], each: int, seed: int) -> Copies:
    """`each` copies of a kind in each language."""
    rng = random.Random(seed)
    pools = [[unit for text in texts[start:400:2] for unit in UNIT.findall(text) if unit.strip()] for start in (0, 1)]
    rows = [row for start in (0, 1) for row in rng.sample(range(start, len(texts), 2), each)]
    return {
        name: [(row, change(texts[row], share, pools[row % 2], rng)) for row in rows]
        for name, (change, share) in PLANTED.items()
    }
