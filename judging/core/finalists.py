"""Who goes on: the entries of a round from the scores of the one before."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import ceil

COUNT, SHARE, SCORE = "count", "share", "score"
Key = int | tuple[int, ...]  # what is compared: a published score; where it is measured, then the time


@dataclass(frozen=True)
class Cut:
    """How many of a group go on.

    kind        "count": so many; "share": so many per cent of its entries, rounded up; "score": all from this score on
    value       entries, per cent, or a score in published units
    with_tied   who is tied across the cut goes on like the others; else none of them does
    """

    kind: str
    value: Fraction
    with_tied: bool = True


@dataclass(frozen=True)
class GoingOn:
    """The entries that go on, the best first; `tied`: those that are equal at the cut and more than its places."""

    chosen: tuple[int, ...]
    tied: tuple[int, ...] = ()


def going_on(scores: Mapping[int, Key | None], cut: Cut) -> GoingOn:
    """A tie across the cut is never broken by order.

    scores   of one group by entry, the greater the better; None without a score: such an entry does not go on
    raises   ValueError on a cut that is no cut
    source   docs/rulebook.md "Ranks and finalists"
    """
    if cut.kind not in (COUNT, SHARE, SCORE) or cut.value < 0 or (cut.kind == SHARE and cut.value > 100):
        raise ValueError(f"no cut: {cut}")
    found = [((key,) if isinstance(key, int) else key, entry) for entry, key in scores.items() if key is not None]
    ranked = sorted(found, key=lambda one: one[0], reverse=True)
    if cut.kind == SCORE:
        return GoingOn(tuple(entry for score, entry in ranked if score[0] >= cut.value))
    wanted = cut.value if cut.kind == COUNT else len(scores) * cut.value / 100
    places = min(ceil(wanted), len(ranked))
    if not places:
        return GoingOn(())
    border = ranked[places - 1][0]
    above = tuple(entry for score, entry in ranked if score > border)
    equal = tuple(entry for score, entry in ranked if score == border)
    if len(above) + len(equal) == places:
        return GoingOn(above + equal)
    return GoingOn(above + equal if cut.with_tied else above, equal)
