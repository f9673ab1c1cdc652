"""Who may be honoured with the Mayor's Award: alternatives joined by "or", each tried on every achievement."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

LEVELS = ("school", "county", "city", "province", "nation", "world")
PRIZE_ORDER = {"grand": 0, "first": 1, "second": 2, "third": 3, "merit": 4, "encouragement": 5}


@dataclass(frozen=True)
class Won:
    """An achievement. `prize_order`: 0 grand, 1 first, 2 second …; 9 for a prize without a level."""

    contest: str
    level: str
    prize_order: int
    role: str
    track: str = ""
    author_order: int = 1
    won_on: date = date.min


@dataclass(frozen=True)
class Condition:
    """One alternative: every field that is set must hold for one and the same achievement."""

    order: int
    level: str = ""
    contest: str = ""
    prize_order: int | None = None
    role: str = ""
    first_author_only: bool = False
    tracks_excluded: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True)
class Verdict:
    """Eligible by (alternative, index of achievement), or why each alternative fails at its nearest achievement."""

    met: tuple[int, int] | None
    failures: tuple[tuple[int, tuple[str, ...]], ...] = field(default=())


def failures(condition: Condition, won: Won) -> tuple[str, ...]:
    """The parts of a condition that an achievement does not meet; () where it meets all."""
    tests = {
        "level": not condition.level or won.level == condition.level,
        "contest": condition.contest in won.contest,
        "prize": condition.prize_order is None or won.prize_order <= condition.prize_order,
        "role": not condition.role or won.role == condition.role,
        "first-author": not condition.first_author_only or won.author_order == 1,
        "track": won.track not in condition.tracks_excluded,
        "since": condition.since is None or won.won_on >= condition.since,
        "until": condition.until is None or won.won_on <= condition.until,
    }
    return tuple(name for name, holds in tests.items() if not holds)


def verdict(conditions: Sequence[Condition], achievements: Sequence[Won]) -> Verdict:
    """The first alternative that an achievement meets, or for every alternative what is missing at the nearest.

    source   docs/rulebook.md "Who is eligible"
    """
    missing = []
    for condition in conditions:
        tried = [failures(condition, won) for won in achievements]
        if () in tried:
            return Verdict((condition.order, tried.index(())))
        missing.append((condition.order, min(tried, key=len, default=("none",))))
    return Verdict(None, tuple(missing))
