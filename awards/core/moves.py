"""Two outlooks on the same prizes, before and after: who moves, and why. Nothing here changes a result."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from awards.core.prizes import Score, published_part

HELD = "held"  # instead of the code of a prize: tied across a cut, for people


@dataclass(frozen=True)
class Spot:
    """An entry in an outlook.

    group   the name of the group whose prizes it competes for
    prize   a code; "" for none, HELD for an open tie
    by      who gives it: plan, committee, minutes; "" for no prize
    is_moved  by a move of the committee, away from where plan and settled ties put it
    """

    group: str
    score: Score | None = None
    place: int | None = None
    prize: str = ""
    by: str = ""
    is_moved: bool = False


@dataclass(frozen=True)
class GroupOutlook:
    """A group of the plan. By code, the best prize first: places by the plan, the lowest score that wins it by marks
    (as `prizes.cuts_by_code`), the minimum asked for; and the ties that are open."""

    seats: Mapping[str, int] = field(default_factory=dict)
    least: Mapping[str, Score | None] = field(default_factory=dict)
    minimum: Mapping[str, int | None] = field(default_factory=dict)
    ties: frozenset[frozenset[str]] = frozenset()


@dataclass(frozen=True)
class Outlook:
    """What marks, plan and decisions give at one moment.

    spots    by the number of the entry, those that count
    titles   (title, kind of recipient, primary key)
    undue    entries with a decision that no tie asks for
    moves    the committee's moves that count, by number: each entry and the code that it gives it, "" for no prize
    lapsed   numbers of those that were carried and do not count: they were decided on another state of things
    missing  sheets and attempts that are still expected: while there are any, nothing is final
    """

    spots: Mapping[str, Spot] = field(default_factory=dict)
    groups: Mapping[str, GroupOutlook] = field(default_factory=dict)
    titles: frozenset[tuple[str, str, int]] = frozenset()
    undue: frozenset[str] = frozenset()
    moves: Mapping[int, tuple[tuple[str, str], ...]] = field(default_factory=dict)
    lapsed: frozenset[int] = frozenset()
    missing: int = 0


@dataclass(frozen=True)
class Reason:
    """`code` finds the sentence."""

    code: str
    facts: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Moved:
    """An entry whose prize is another one. `was` or `now` is None where it did not or does not count any more."""

    number: str
    was: Spot | None
    now: Spot | None
    reasons: tuple[Reason, ...]


@dataclass(frozen=True)
class LapsedMove:
    """A move of the committee that counted before and does not after: its number, its entries, and why."""

    number: int
    entries: tuple[str, ...]
    reasons: tuple[Reason, ...]


@dataclass(frozen=True)
class Counted:
    """How many have a prize of a group."""

    group: str
    prize: str
    was: int
    now: int


@dataclass(frozen=True)
class Comparison:
    """What lies between two outlooks. `rescored`: entries whose score is another one, whether their prize moves or not;
    titles as in `Outlook`, those that go and those that come; counting: moves of the committee that count after and did
    not before, with their entries."""

    moved: tuple[Moved, ...]
    counts: tuple[Counted, ...]
    opened: tuple[tuple[str, ...], ...]
    closed: tuple[tuple[str, ...], ...]
    rescored: int
    lost: frozenset[tuple[str, str, int]]
    won: frozenset[tuple[str, str, int]]
    undue: tuple[str, ...]
    lapsed: tuple[LapsedMove, ...] = ()
    counting: tuple[tuple[int, tuple[str, ...]], ...] = ()

    @property
    def moves_nothing(self) -> bool:
        return not (
            self.moved or self.opened or self.closed or self.lost or self.won or self.undue or self.lapsed
            or self.counting
        )  # fmt: skip


def compared(before: Outlook, after: Outlook) -> Comparison:
    """Who has another prize, by number; and what a reader wants to know besides."""
    numbers = sorted({*before.spots, *after.spots})
    pairs = {number: (before.spots.get(number), after.spots.get(number)) for number in numbers}
    ties_was, ties_now = all_ties(before), all_ties(after)
    return Comparison(
        moved=tuple(
            Moved(number, was, now, tuple(reasons(number, was, now, before, after)))
            for number, (was, now) in pairs.items()
            if has_moved(was, now)
        ),
        counts=tuple(counted(before, after)),
        opened=in_order(ties_now - ties_was),
        closed=in_order(ties_was - ties_now),
        rescored=sum(score_in(was) != score_in(now) for was, now in pairs.values()),
        lost=before.titles - after.titles,
        won=after.titles - before.titles,
        undue=tuple(sorted(after.undue - before.undue)),
        lapsed=tuple(
            LapsedMove(number, entries_of(steps), tuple(why_lapsed(steps, before, after)))
            for number, steps in sorted(before.moves.items())
            if number in after.lapsed
        ),
        counting=tuple(
            (number, entries_of(steps)) for number, steps in sorted(after.moves.items()) if number not in before.moves
        ),
    )


def entries_of(steps: tuple[tuple[str, str], ...]) -> tuple[str, ...]:
    return tuple(entry for entry, _code in steps)


def why_lapsed(steps: tuple[tuple[str, str], ...], before: Outlook, after: Outlook) -> Iterator[Reason]:
    """What is another than when the committee voted: a move is of one group, and holds for one state of it."""
    spots = [(after.spots[entry], code) for entry, code in steps if entry in after.spots]
    if len(spots) < len(steps):
        yield Reason("move-left")
        return
    name = spots[0][0].group
    was, now = before.groups.get(name), after.groups.get(name)
    if was is None or now is None:
        yield Reason("group-gone")
        return
    found = []
    if dict(was.seats) != dict(now.seats):
        found.append(Reason("move-places"))
    if dict(was.minimum) != dict(now.minimum):
        found.append(Reason("move-minimum"))
    if ranking_in(before, name) != ranking_in(after, name):
        found.append(Reason("move-ranking"))
    if any(is_under(spot.score, now.minimum.get(code)) for spot, code in spots):
        found.append(Reason("move-under-minimum"))
    yield from found or [Reason("move-prizes")]


def is_under(score: Score | None, minimum: int | None) -> bool:
    return score is not None and minimum is not None and published_part(score) < minimum


def ranking_in(outlook: Outlook, group: str) -> dict[str, int | None]:
    return {number: spot.place for number, spot in outlook.spots.items() if spot.group == group}


def has_moved(was: Spot | None, now: Spot | None) -> bool:
    return (was.prize if was else "") != (now.prize if now else "")


def score_in(spot: Spot | None) -> Score | None:
    return spot.score if spot else None


def all_ties(outlook: Outlook) -> set[frozenset[str]]:
    return {tie for group in outlook.groups.values() for tie in group.ties}


def in_order(ties: set[frozenset[str]]) -> tuple[tuple[str, ...], ...]:
    return tuple(sorted(tuple(sorted(tie)) for tie in ties))


def counted(before: Outlook, after: Outlook) -> Iterator[Counted]:
    """Every prize of every group that is there before or after, groups and prizes in their order."""
    was, now = prizes_given(before), prizes_given(after)
    order = list(dict.fromkeys(key for outlook in (after, before) for key in planned(outlook)))
    for group, prize in dict.fromkeys([*order, *sorted({*was, *now})]):
        yield Counted(group, prize, was[group, prize], now[group, prize])


def planned(outlook: Outlook) -> Iterator[tuple[str, str]]:
    for name, group in outlook.groups.items():
        for prize in group.seats:
            yield name, prize


def prizes_given(outlook: Outlook) -> Counter[tuple[str, str]]:
    return Counter((spot.group, spot.prize) for spot in outlook.spots.values() if spot.prize)


def reasons(number: str, was: Spot | None, now: Spot | None, before: Outlook, after: Outlook) -> Iterator[Reason]:
    """Why the prize of an entry is another one: what changed of itself first, then what changed around it."""
    if "minutes" in (was.by if was else "", now.by if now else ""):
        yield Reason("by-minutes")
        return
    if was is None or now is None:
        yield Reason("joined" if was is None else "left")
        return
    found = [
        *of_score(was, now),
        *of_ties(number, was, now, after),
        *of_plan(was, now, before.groups.get(was.group), after.groups.get(now.group)),
    ]
    if was.is_moved != now.is_moved:
        found.append(Reason("move-lapsed" if was.is_moved else "move-counts"))
    elif was.prize and now.prize and was.by != now.by and HELD not in (was.prize, now.prize):
        found.append(Reason("decided-otherwise"))
    yield from found or [Reason("by-the-rule")]


def of_score(was: Spot, now: Spot) -> Iterator[Reason]:
    """Its own score; or the place alone, where others passed it."""
    if was.score != now.score:
        code = "score" if was.score and now.score else "score-came" if now.score else "score-gone"
        yield Reason(code, {"was": was.score, "now": now.score})
    elif was.place != now.place:
        yield Reason("place", {"was": was.place, "now": now.place})


def of_ties(number: str, was: Spot, now: Spot, after: Outlook) -> Iterator[Reason]:
    if now.prize == HELD:
        yield Reason("tie-opened", {"number": next((len(tie) for tie in all_ties(after) if number in tie), 0)})
    elif was.prize == HELD:
        yield Reason("tie-settled" if now.by == "committee" else "tie-closed")


def of_plan(was: Spot, now: Spot, before: GroupOutlook | None, after: GroupOutlook | None) -> Iterator[Reason]:
    """The prizes that it leaves and comes to: their places, their minimum, the score from which they are won."""
    if before is None or after is None:
        if before is not after:  # neither: prizes by ballot or by minutes
            yield Reason("group-came" if before is None else "group-gone")
        return
    for code in dict.fromkeys([now.prize, was.prize]):
        if code in ("", HELD):
            continue
        if before.seats.get(code, 0) != after.seats.get(code, 0):
            yield Reason("seats", {"prize": code, "was": before.seats.get(code, 0), "now": after.seats.get(code, 0)})
        if before.minimum.get(code) != after.minimum.get(code):
            facts = {"prize": code, "was": before.minimum.get(code), "now": after.minimum.get(code)}
            yield Reason("minimum", facts)
        if (old := before.least.get(code)) and (new := after.least.get(code)) and old != new:
            yield Reason("cut", {"prize": code, "was": old, "now": new})
