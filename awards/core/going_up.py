"""The forms that go up: a summary by track, stage and individual or team, a list of each track, received and
recommended; and whether their sums agree with each other and with what there is."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

Place = tuple[str, str]  # track and stage of school


@dataclass(frozen=True)
class Work:
    """A work that goes up. track, stage: as the higher contest calls them; entry: which one it is here, 0 where nobody
    knows; home: its track and stage here."""

    entry: int
    number: str
    title: str
    track: str
    stage: str
    is_team: bool
    home: Place
    authors: str = ""
    school: str = ""
    unit: str = ""
    tutors: str = ""
    prize: str = ""
    authorisation: str = ""
    number_above: str = ""


@dataclass(frozen=True)
class StageSum:
    stage: str
    individual: int
    team: int

    @property
    def total(self) -> int:
        return self.individual + self.team


@dataclass(frozen=True)
class TrackSum:
    """A track with its stages; the sums are those of its lines."""

    track: str
    lines: tuple[StageSum, ...]

    @property
    def individual(self) -> int:
        return sum(one.individual for one in self.lines)

    @property
    def team(self) -> int:
        return sum(one.team for one in self.lines)

    @property
    def total(self) -> int:
        return self.individual + self.team


@dataclass(frozen=True)
class BalanceLine:
    """How many of a track and stage here were received, and how many of them go up."""

    track: str
    stage: str
    received: int
    recommended: int


@dataclass(frozen=True)
class Forms:
    """What is printed; `lists`: (track, its works in their order)."""

    summary: tuple[TrackSum, ...]
    lists: tuple[tuple[str, tuple[Work, ...]], ...]
    balance: tuple[BalanceLine, ...]

    @property
    def total(self) -> int:
        return sum(one.total for one in self.summary)

    @property
    def individual(self) -> int:
        return sum(one.individual for one in self.summary)

    @property
    def team(self) -> int:
        return sum(one.team for one in self.summary)

    @property
    def received(self) -> int:
        return sum(one.received for one in self.balance)

    @property
    def recommended(self) -> int:
        return sum(one.recommended for one in self.balance)


@dataclass(frozen=True)
class Cap:
    """A quota: at most so many of a track and stage, None for any."""

    most: int
    track: str | None = None
    stage: str | None = None


@dataclass(frozen=True)
class Whole:
    """Counted by itself, not from the forms: how many go up, in all and of each track; what was received."""

    sent: int
    by_track: Mapping[str, int]
    received: frozenset[int]
    caps: tuple[Cap, ...] = ()


@dataclass(frozen=True)
class Mismatch:
    """Two numbers that ought to be one, or a work that ought not to be there: a code and its facts."""

    code: str
    facts: Mapping[str, object]


def forms_of(
    works: Sequence[Work], received: Iterable[Place], tracks: Sequence[str], homes: Sequence[str], stages: Sequence[str]
) -> Forms:
    """Tracks and stages in the given order; of a track only the stages that it has works of.

    received  track and stage of every entry that was received here
    tracks    of the higher contest; homes: of this one
    """
    by_place = Counter((one.track, one.stage, one.is_team) for one in works)
    summary = tuple(track_sum(track, by_place, stages) for track in tracks)
    lists = tuple((track, tuple(one for one in works if one.track == track)) for track in tracks)
    came, went = Counter(received), Counter(one.home for one in works)
    balance = tuple(
        BalanceLine(track, stage, came[track, stage], went[track, stage])
        for track in homes
        for stage in stages
        if came[track, stage] or went[track, stage]
    )
    return Forms(
        tuple(one for one in summary if one.total), tuple(one for one in lists if one[1]), balance,
    )  # fmt: skip


def track_sum(track: str, by_place: Counter[tuple[str, str, bool]], stages: Sequence[str]) -> TrackSum:
    lines = (StageSum(stage, by_place[track, stage, False], by_place[track, stage, True]) for stage in stages)
    return TrackSum(track, tuple(one for one in lines if one.total))


def mismatches(forms: Forms, whole: Whole) -> list[Mismatch]:
    """Everything that does not agree: parts with each other, parts with the whole, works with what was received."""
    return [
        *sums_apart(forms, whole),
        *tracks_apart(forms, whole),
        *works_astray(forms, whole),
        *over_caps(forms, whole),
    ]


def sums_apart(forms: Forms, whole: Whole) -> list[Mismatch]:
    listed = sum(len(works) for _, works in forms.lists)
    sums = {"summary": forms.total, "lists": listed, "balance": forms.recommended}
    found = [
        Mismatch("sum-differs", {"form": name, "found": number, "sent": whole.sent})
        for name, number in sums.items()
        if number != whole.sent
    ]
    if forms.received != len(whole.received):
        found.append(Mismatch("received-differs", {"found": forms.received, "received": len(whole.received)}))
    return found


def tracks_apart(forms: Forms, whole: Whole) -> list[Mismatch]:
    summed = {one.track: one.total for one in forms.summary}
    listed = {track: len(works) for track, works in forms.lists}
    tracks = dict.fromkeys([*summed, *listed, *whole.by_track])
    return [
        Mismatch("track-differs", {"track": track, "summed": summed.get(track, 0), "listed": listed.get(track, 0),
                                   "sent": whole.by_track.get(track, 0)})
        for track in tracks
        if len({summed.get(track, 0), listed.get(track, 0), whole.by_track.get(track, 0)}) > 1
    ]  # fmt: skip


def works_astray(forms: Forms, whole: Whole) -> list[Mismatch]:
    works = [one for _, listed in forms.lists for one in listed]
    times = Counter(one.number for one in works)
    found = [Mismatch("listed-twice", {"number": number}) for number, many in times.items() if many > 1]
    found += [Mismatch("not-received", {"number": one.number, "title": one.title}) for one in works
              if one.entry not in whole.received]  # fmt: skip
    found += [
        Mismatch("more-than-received", {"track": one.track, "stage": one.stage, "received": one.received,
                                        "recommended": one.recommended})
        for one in forms.balance
        if one.recommended > one.received
    ]  # fmt: skip
    return found


def over_caps(forms: Forms, whole: Whole) -> list[Mismatch]:
    found = []
    for cap in whole.caps:
        number = sum(
            line.total
            for one in forms.summary
            for line in one.lines
            if cap.track in (None, one.track) and cap.stage in (None, line.stage)
        )
        if number > cap.most:
            facts = {"track": cap.track or "", "stage": cap.stage or "", "most": cap.most, "found": number}
            found.append(Mismatch("over-quota", facts))
    return found
