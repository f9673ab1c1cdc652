"""How much of a wall hangs on one page.

A page begins at a work and not at a number: what is sorted meanwhile leaves the group that is shown, and a second page
by number would leave as many out.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from judging.sheet_rows import SheetRow

MOST = 120


@dataclass(frozen=True)
class Stretch:
    """first        place of the first one, counted from 1; 0 where nothing hangs
    before, after   work that the page before or after begins at; blank where there is none
    before_last     last work of the page before
    starts          (first, last, work) of the pages that there are, from the beginning
    """

    rows: tuple[SheetRow, ...]
    first: int
    last: int
    total: int
    before: str
    before_last: str
    after: str
    starts: tuple[tuple[int, int, str], ...]


def stretch_of(hung: Sequence[SheetRow], shown: Sequence[SheetRow], *, begin: str = "", around: str = "") -> Stretch:
    """hung     all of the wall, in order; `shown` are some of them in the same order
    begin    key of a work of the wall, shown or not: the page begins with it, or with the next that is shown
    around   key of a work: the page among `starts` where it hangs, or would
    """
    keys = [row.assignment.key for row in shown]
    start = place_of(begin, hung, keys) if begin else place_of(around, hung, keys) // MOST * MOST
    if start >= len(keys):
        start = max(len(keys) - 1, 0) // MOST * MOST
    end, back = min(start + MOST, len(keys)), max(start - MOST, 0)
    return Stretch(
        rows=tuple(shown[start:end]),
        first=start + 1 if keys else 0,
        last=end,
        total=len(keys),
        before=keys[back] if start else "",
        before_last=keys[start - 1] if start else "",
        after=keys[end] if end < len(keys) else "",
        starts=tuple((at + 1, min(at + MOST, len(keys)), keys[at]) for at in range(0, len(keys), MOST)),
    )


def place_of(key: str, hung: Sequence[SheetRow], shown: Sequence[str]) -> int:
    """How many of those that are shown hang before it; 0 where it does not hang here."""
    everywhere = [row.assignment.key for row in hung]
    if key not in everywhere:
        return 0
    before = set(everywhere[: everywhere.index(key)])
    return sum(one in before for one in shown)
