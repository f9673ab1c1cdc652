"""Seeded chance that is the same on every machine: no logarithms or sines, whose last digit differs between them."""

import random
from collections.abc import Sequence
from typing import Any, TypeVar

T = TypeVar("T")
Tables = dict[str, list[dict[str, Any]]]  # rows by column name, by the name of their sheet


def stream(seed: int, part: str) -> random.Random:
    """A part's own numbers, so that a change in one part leaves the others as they are."""
    return random.Random(f"laurel-demo:{seed}:{part}")


def bell(rng: random.Random, spread: float = 1.0) -> float:
    """Near enough to a normal number of mean 0: the sum of twelve uniform ones."""
    return (sum(rng.random() for _ in range(12)) - 6.0) * spread


def pick(rng: random.Random, weighted: Sequence[tuple[T, float]]) -> T:
    """One of (thing, weight)."""
    return rng.choices([thing for thing, _ in weighted], [weight for _, weight in weighted])[0]
