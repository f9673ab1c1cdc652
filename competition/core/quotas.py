"""Shares of a quota that are kept for divisions."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from competition.core.numbers import rounded_half_up


@dataclass(frozen=True)
class Shares:
    """kept: places for each division; free: places for any; free_taken: how many of the free are used."""

    kept: Mapping[str, int]
    free: int
    free_taken: int

    @property
    def is_full(self) -> bool:
        return self.free_taken >= self.free


def shares_of(most: int, percents: Mapping[str, int], counts: Mapping[str, int]) -> Shares:
    """How a quota of `most` places is kept for divisions, and what `counts` takes of the rest.

    percents  division -> whole per cent of the quota that is kept for it; each rounded half up (四舍五入)
    counts    division -> entries that count against the quota; "" for those without a division
    raises    ValueError where more than the whole is kept
    source    Anhui 2020: 10, 20 and 50 % of a city's quota for primary, junior and senior, the rest free
    """
    if any(one < 0 for one in percents.values()) or sum(percents.values()) > 100:
        raise ValueError("the shares are more than the whole")
    kept, left = {}, most
    for code, percent in percents.items():
        kept[code] = min(rounded_half_up(Fraction(most * percent, 100)), left)  # halves rounded up may exceed the whole
        left -= kept[code]
    taken = sum(max(number - kept.get(code, 0), 0) for code, number in counts.items())
    return Shares(kept, left, taken)
