"""What is measured and how far it has come, found without changing anything."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet

from competition.models import Contest, Entry
from competition.states import EntryState
from judging.models import Attempt, RoundEntry, Rubric
from judging.states import AttemptState


@dataclass(frozen=True)
class AttemptCounts:
    """Attempts of the entries that take part and count; `missing` are those that nobody has entered."""

    expected: int = 0
    confirmed: int = 0
    entered: int = 0
    differing: int = 0

    @property
    def missing(self) -> int:
        return self.expected - self.confirmed - self.to_settle

    @property
    def to_settle(self) -> int:
        """Entered, and not confirmed."""
        return self.entered + self.differing

    @property
    def is_complete(self) -> bool:
        return self.confirmed == self.expected

    def __add__(self, other: "AttemptCounts") -> "AttemptCounts":
        return AttemptCounts(
            self.expected + other.expected,
            self.confirmed + other.confirmed,
            self.entered + other.entered,
            self.differing + other.differing,
        )


def measured_rubrics(contest: Contest) -> list[Rubric]:
    rows = Rubric.objects.measured().filter(round__contest=contest).select_related("round__contest", "track")
    return list(rows.order_by("round__order", "track__order"))


def attempt_counts(contest: Contest) -> list[tuple[Rubric, AttemptCounts]]:
    """Of each measured track in each round."""
    rubrics = measured_rubrics(contest)
    if not rubrics:
        return []
    place = ("round", "entry__track")
    taking_part = (
        RoundEntry.objects.taking_part().filter(round__contest=contest, entry__state=EntryState.PASSED).order_by()
    )
    pairs = Counter(taking_part.values_list(*place))
    known = set(taking_part.values_list("round", "entry"))
    states: dict[tuple[int, int], Counter[str]] = defaultdict(Counter)
    rows = Attempt.objects.current().filter(round__contest=contest).order_by()
    for one, entry, track, state in rows.values_list("round", "entry", "entry__track", "state"):
        if (one, entry) in known:
            states[one, track][state] += 1
    return [
        (
            one,
            AttemptCounts(
                pairs[one.round_id, one.track_id] * one.attempts,
                *(states[one.round_id, one.track_id][state] for state in STANDING),
            ),
        )
        for one in rubrics
    ]


STANDING = (AttemptState.CONFIRMED, AttemptState.ENTERED, AttemptState.DIFFERING)


def all_attempts(contest: Contest) -> AttemptCounts:
    return sum((counts for _, counts in attempt_counts(contest)), AttemptCounts())


@dataclass(frozen=True)
class Slot:
    """One attempt of an entry; `attempt` is None as long as nobody has entered it."""

    entry: Entry
    number: int
    attempt: Attempt | None

    @property
    def state(self) -> str:
        """As the filter calls it."""
        return self.attempt.state if self.attempt else "missing"


@dataclass(frozen=True)
class MeasuredEntry:
    entry: Entry
    slots: tuple[Slot, ...]

    def has(self, state: str) -> bool:
        return any(one.state == state for one in self.slots)


def measured_entries(rubric: Rubric, number: str = "") -> list[MeasuredEntry]:
    """Who takes part and counts, in the order of their numbers, each with all its attempts.

    number   a part of the entry's number; "" for all
    """
    rows = entries_measured(rubric)
    found = list(rows.filter(number__icontains=number) if number else rows)
    attempts = Attempt.objects.current().filter(round=rubric.round_id, entry__in=[one.pk for one in found])
    by_place = {(one.entry_id, one.number): one for one in with_people(attempts)}
    for one in by_place.values():
        one.round = rubric.round
    return [
        MeasuredEntry(
            entry,
            tuple(Slot(entry, at, by_place.get((entry.pk, at))) for at in range(1, rubric.attempts + 1)),
        )
        for entry in found
    ]


def entries_measured(rubric: Rubric) -> QuerySet[Entry]:
    places = RoundEntry.objects.taking_part().filter(round=rubric.round_id)
    rows = Entry.objects.countable().filter(round_entries__in=places, track=rubric.track_id)
    return rows.select_related("school", "division").order_by("number")


def with_people(attempts: QuerySet[Attempt]) -> QuerySet[Attempt]:
    return attempts.select_related("entered_by", "checked_by")


def attempts_of_entry(entry: Entry) -> Iterable[Attempt]:
    """Every version, what was replaced too."""
    rows = Attempt.objects.filter(entry=entry).select_related("round")
    return with_people(rows).order_by("round__order", "number", "version")
