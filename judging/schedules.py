"""Rounds that are held in one place, as they stand: who comes, who is where and when. Reads only."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import QuerySet

from competition.models import District, Track
from competition.states import EntryState
from judging.core.draw import start_times
from judging.models import Reply, Room, Round, RoundEntry, Sheet
from judging.states import Attendance


def places_of(one: Round) -> QuerySet[RoundEntry]:
    """The entries of a round that count and are judged in it, the absent too, in the order of their tracks."""
    rows = one.round_entries.filter(entry__state=EntryState.PASSED, entry__track__rubrics__round=one)
    rows = rows.select_related("entry__track", "entry__division", "entry__school__district", "room", "round__contest")
    return rows.order_by("entry__track__order", "entry__order")


def attendance_counts(one: Round) -> list[tuple[Attendance, int]]:
    states = Counter(places_of(one).order_by().values_list("state", flat=True))
    return [(state, states[state]) for state in Attendance]


@dataclass(frozen=True)
class UnitLine:
    """A unit with entries in the round, and what it answered."""

    unit: District
    entries: int
    coming: int
    cancelled: int
    reply: Reply | None

    @property
    def is_silent(self) -> bool:
        """Somebody has to be called: there is no answer, or not on every entry."""
        return self.reply is None or self.unsaid > 0

    @property
    def unsaid(self) -> int:
        return self.entries - self.coming - self.cancelled


def unit_lines(one: Round) -> list[UnitLine]:
    """Those that have not answered first."""
    states: dict[District, Counter[str]] = defaultdict(Counter)
    for place in places_of(one):
        if place.entry.school is not None:
            states[place.entry.school.district][place.state] += 1
    replies = {row.district_id: row for row in one.replies.all()}
    lines = [
        UnitLine(
            unit,
            found.total(),
            found.total() - found[Attendance.EXPECTED] - found[Attendance.CANCELLED],
            found[Attendance.CANCELLED],
            replies.get(unit.pk),
        )
        for unit, found in states.items()
    ]
    return sorted(lines, key=lambda line: (not line.is_silent, line.unit.pk))


@dataclass(frozen=True)
class Slot:
    """An entry at its time. `sheets` of `wanted` have arrived."""

    place: RoundEntry
    at: datetime
    sheets: int = 0
    wanted: int = 0

    @property
    def is_absent(self) -> bool:
        return self.place.state == Attendance.ABSENT

    @property
    def is_seen(self) -> bool:
        return self.sheets > 0


@dataclass(frozen=True)
class RoomPlan:
    """A room with its entries in order. `now` is the first that is neither seen nor absent."""

    room: Room
    slots: list[Slot] = field(default_factory=list)

    @property
    def now(self) -> Slot | None:
        return next((one for one in self.slots if not one.is_absent and not one.is_seen), None)

    @property
    def ends_at(self) -> datetime | None:
        return self.slots[-1].at if self.slots else None


def rooms_of(one: Round) -> QuerySet[Room]:
    return one.rooms.prefetch_related("tracks", "judges__person").order_by("order")


def sheets_in(one: Round) -> Counter[int]:
    """By entry, those that stand."""
    return Counter(Sheet.objects.standing().filter(assignment__round=one).values_list("assignment__entry", flat=True))


def timetable(one: Round) -> list[RoomPlan]:
    """The rooms of a round with who is seen in them when; as many questions for one room as for many."""
    by_room: dict[int | None, list[RoundEntry]] = defaultdict(list)
    for place in places_of(one).exclude(room=None).order_by("place"):
        by_room[place.room_id].append(place)
    sheets = sheets_in(one)
    wanted = Counter(one.assignments.values_list("entry", flat=True))
    return [planned(room, by_room[room.pk], sheets, wanted) for room in rooms_of(one)]


def planned(room: Room, places: list[RoundEntry], sheets: Counter[int], wanted: Counter[int]) -> RoomPlan:
    pause = (room.pause_from, room.pause_until) if room.pause_from and room.pause_until else None
    numbers = [one.place for one in places if one.place is not None]
    times = start_times(numbers, first=room.starts_at, minutes=room.minutes, pause=pause)
    slots = [
        Slot(one, times[one.place], sheets[one.entry_id], wanted[one.entry_id])
        for one in places
        if one.place is not None
    ]
    return RoomPlan(room, slots)


def times_of(one: Round) -> dict[int, Slot]:
    """By entry."""
    return {slot.place.entry_id: slot for plan in timetable(one) for slot in plan.slots}


def tracks_without_room(one: Round) -> list[Track]:
    """Tracks that have entries here which nobody can place."""
    housed = Track.objects.filter(rooms__round=one)
    rows = Track.objects.filter(entries__round_entries__in=unplaced(one)).exclude(pk__in=housed)
    return list(rows.distinct().order_by("order"))


def unplaced(one: Round) -> QuerySet[RoundEntry]:
    """Entries that come, as far as is known, and have no room yet."""
    gone = [Attendance.ABSENT, Attendance.CANCELLED]
    return places_of(one).filter(room=None).exclude(state__in=gone)


def rooms_clashing(plans: Iterable[RoomPlan]) -> list[str]:
    """Codes of judges who sit in two rooms at a time."""
    busy: dict[str, list[tuple[datetime, datetime]]] = defaultdict(list)
    for plan in plans:
        if plan.ends_at is not None:
            for judge in plan.room.judges.all():
                busy[judge.code].append((plan.slots[0].at, plan.ends_at))
    return sorted(
        code
        for code, spans in busy.items()
        if any(a[0] <= b[1] and b[0] <= a[1] for n, a in enumerate(spans) for b in spans[n + 1 :])
    )
