"""Who may be honoured with the Mayor's Award: alternatives joined by "or", each tried on every achievement; and what
the award asks of the nominee. What nobody knows yet is neither met nor missed: the office decides."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

LEVELS = ("school", "county", "city", "province", "nation", "world")
PRIZE_ORDER = {"grand": 0, "first": 1, "second": 2, "third": 3, "merit": 4, "encouragement": 5}
PRIZE = "prize"
OPEN = frozenset({"document", "stage-unknown", "birth-unknown"})  # what the office has yet to find out


@dataclass(frozen=True)
class Won:
    """An achievement. `prize_order`: 0 grand, 1 first, 2 second …; 9 for a prize without a level.

    kind        prize; patent, title: no contest gave it, so it counts once the office has seen the document
    contest     who or what gave it: the contest, the name of the title, the kind of patent
    """

    contest: str
    level: str
    prize_order: int
    role: str
    track: str = ""
    author_order: int = 1
    won_on: date = date.min
    kind: str = PRIZE
    is_checked: bool = False


@dataclass(frozen=True)
class Condition:
    """One alternative: every field that is set must hold for one and the same achievement.

    contests          it has one of these names in its own
    tracks_included   it was won in one of these tracks
    """

    order: int
    level: str = ""
    contests: tuple[str, ...] = ()
    prize_order: int | None = None
    role: str = ""
    first_author_only: bool = False
    tracks_excluded: tuple[str, ...] = ()
    tracks_included: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None
    kind: str = PRIZE


@dataclass(frozen=True)
class Asked:
    """What an award asks of the nominees of one kind, whatever they have won: a stage of school, an age."""

    stages: tuple[str, ...] = ()
    born_since: date | None = None


@dataclass(frozen=True)
class Missing:
    """What one alternative misses at its nearest achievement (its index; None: there is none); nothing where met."""

    order: int
    parts: tuple[str, ...]
    index: int | None = None

    @property
    def is_open(self) -> bool:
        """Only the office's own look is missing."""
        return bool(self.parts) and OPEN.issuperset(self.parts)


@dataclass(frozen=True)
class Verdict:
    """Met by (alternative, index of achievement), or what each alternative misses; and what the nominee lacks."""

    met: tuple[int, int] | None
    failures: tuple[Missing, ...] = field(default=())
    lacks: tuple[str, ...] = ()

    @property
    def is_eligible(self) -> bool | None:
        """None: the office has to decide, since something is not known or not looked at yet."""
        if not OPEN.issuperset(self.lacks):
            return False
        if self.met is None:
            return None if any(one.is_open for one in self.failures) else False
        return None if self.lacks else True


def years_before(day: date, years: int) -> date:
    """The same day so many years earlier; of 29 February the 1 March, so that a window is never longer than it says.

    >>> years_before(date(2018, 11, 10), 2), years_before(date(2024, 2, 29), 2)
    (datetime.date(2016, 11, 10), datetime.date(2022, 3, 1))
    """
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, month=3, day=1)


def failures(condition: Condition, won: Won) -> tuple[str, ...]:
    """The parts of a condition that an achievement does not meet; () where it meets all."""
    tests = {
        "kind": won.kind == condition.kind,
        "level": not condition.level or won.level == condition.level,
        "contest": not condition.contests or any(name in won.contest for name in condition.contests),
        "prize": condition.prize_order is None or won.prize_order <= condition.prize_order,
        "role": not condition.role or won.role == condition.role,
        "first-author": not condition.first_author_only or won.author_order == 1,
        "track": won.track not in condition.tracks_excluded,
        "track-other": not condition.tracks_included or won.track in condition.tracks_included,
        "since": condition.since is None or won.won_on >= condition.since,
        "until": condition.until is None or won.won_on <= condition.until,
        "document": won.kind == PRIZE or won.is_checked,
    }
    return tuple(name for name, holds in tests.items() if not holds)


def lacks_of(asked: Asked, *, stage: str, born_on: date | None) -> tuple[str, ...]:
    """What a nominee does not meet, or what nobody knows; stage "" and birth None are not known."""
    lacks = []
    if asked.stages and stage not in asked.stages:
        lacks.append("stage" if stage else "stage-unknown")
    if asked.born_since and (born_on is None or born_on < asked.born_since):
        lacks.append("birth-unknown" if born_on is None else "born-before")
    return tuple(lacks)


def nearest(condition: Condition, achievements: Sequence[Won]) -> Missing:
    """The achievement at which least is missing, counted without what the office has yet to look at; the first such."""
    tried = [failures(condition, won) for won in achievements]
    if not tried:
        return Missing(condition.order, ("none",))
    index = min(range(len(tried)), key=lambda at: (len(set(tried[at]) - OPEN), len(tried[at])))
    return Missing(condition.order, tried[index], index)


def verdict(conditions: Sequence[Condition], achievements: Sequence[Won], lacks: tuple[str, ...] = ()) -> Verdict:
    """The first alternative that an achievement meets, or for every alternative what is missing at the nearest.

    source   docs/rulebook.md "Who is eligible"
    """
    found = [nearest(condition, achievements) for condition in conditions]
    for one in found:
        if not one.parts and one.index is not None:
            return Verdict((one.order, one.index), lacks=lacks)
    return Verdict(None, tuple(found), lacks)
