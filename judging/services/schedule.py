"""Rooms, the order of the defence by draw, booths, and the schedule that everybody may read."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Max

from competition import events
from competition.core.canon import digest
from competition.errors import Denial, Refused
from competition.models import Track, User
from judging.conflicts import conflicted_pairs
from judging.core.draw import Seats, booth_names, drawn
from judging.models import Assignment, Judge, Room, Round, RoundEntry, Rubric
from judging.schedules import places_of, unplaced
from judging.services.attendance import kept_round
from judging.states import AssignedBy


@dataclass(frozen=True)
class RoomDetails:
    """As `Room` has them; `pause` is both ends, or None."""

    name: str
    starts_at: datetime
    minutes: int
    tracks: Sequence[Track]
    name_en: str = ""
    pause: tuple[datetime, datetime] | None = None
    judges: Sequence[Judge] = ()


@transaction.atomic
def save_room(*, one: Round, room: Room | None, details: RoomDetails, by: User, at: datetime) -> Room:
    """A new room, or what is said of one. Who has a place in it keeps it; times follow.

    raises   Refused "room-twice", "pause-ends-first"
    """
    one = kept_round(one, by, at)
    twin = one.rooms.filter(label_zh=details.name).first()
    if twin is not None and twin != room:
        raise Refused(Denial("room-twice", {"room": details.name}))
    if details.pause and details.pause[0] >= details.pause[1]:
        raise Refused(Denial("pause-ends-first", {"room": details.name}))
    if room is None:
        last = one.rooms.aggregate(last=Max("order"))["last"] or 0
        room = Room(round=one, order=last + 1)
    room.label_zh, room.label_en = details.name, details.name_en
    room.starts_at, room.minutes = details.starts_at, details.minutes
    room.pause_from, room.pause_until = details.pause or (None, None)
    room.save()
    room.tracks.set(details.tracks)
    room.judges.set(details.judges)
    body = {"round": one.order, "room": room.order, "starts": room.starts_at.isoformat(), "minutes": room.minutes}
    events.record(one.contest, "room.saved", one.contest, by=by, at=at, body=body)
    return room


@transaction.atomic
def remove_room(*, room: Room, by: User, at: datetime) -> None:
    """Its entries have no place any more; the next draw gives them one."""
    one = kept_round(room.round, by, at)
    freed = room.places.update(room=None, place=None)
    body = {"round": one.order, "room": room.order, "freed": freed}
    room.delete()
    events.record(one.contest, "room.removed", one.contest, by=by, at=at, body=body)


@transaction.atomic
def draw_places(*, one: Round, by: User, at: datetime) -> int:
    """Give every entry that comes and has no place its room and its turn; how many.

    The lots come from the contest's secret and the entry alone: nobody can choose them, and whoever draws again finds
    the same order. Who has a place keeps it; who is late comes after them.

    raises   Refused "room-missing"
    """
    one = kept_round(one, by, at)
    rooms = {room.pk: room for room in one.rooms.prefetch_related("tracks").order_by("order")}
    if not rooms:
        raise Refused(Denial("room-missing", {"round": one.label}))
    rows = {row.pk: row for row in unplaced(one)}
    mint = one.contest.mint
    lots = {pk: mint.bytes("lot", one.code, row.entry.key) for pk, row in rows.items()}
    groups = {pk: row.entry.track.order for pk, row in rows.items()}
    last = dict(one.round_entries.exclude(room=None).values_list("room").annotate(last=Max("place")))
    seats = [
        Seats(pk, tuple(track.order for track in room.tracks.all()), last.get(pk, 0)) for pk, room in rooms.items()
    ]
    order = drawn(lots, groups, seats)
    for pk, found in order.items():
        for number, place in enumerate(found, last.get(pk, 0) + 1):
            RoundEntry.objects.filter(pk=place).update(room=pk, place=number)
    count = sum(map(len, order.values()))
    if count:
        said = [[rooms[pk].order, *(rows[place].entry.number for place in found)] for pk, found in order.items()]
        body = {"round": one.order, "drawn": count, "order": digest(said)}
        events.record(one.contest, "places.drawn", one.contest, by=by, at=at, body=body)
    return count


@transaction.atomic
def clear_places(*, one: Round, by: User, at: datetime) -> int:
    """Take every room and turn back. raises   Refused "schedule-published" """
    one = kept_round(one, by, at)
    if one.schedule_at is not None:
        raise Refused(Denial("schedule-published"))
    freed = one.round_entries.exclude(room=None).update(room=None, place=None)
    if freed:
        body = {"round": one.order, "freed": freed}
        events.record(one.contest, "places.cleared", one.contest, by=by, at=at, body=body)
    return freed


@transaction.atomic
def put_in_order(*, room: Room, wanted: Mapping[int, int], by: User, at: datetime) -> None:
    """The turns of a room as they were drawn on the spot, or as the office wants them.

    wanted   place (primary key) -> the number typed beside it; equal ones keep the order they had, others follow
    """
    one = kept_round(room.round, by, at)
    rows = list(room.places.order_by("place"))
    later = len(rows) + 1
    was = [row.pk for row in rows]
    rows.sort(key=lambda row: (wanted.get(row.pk, later), row.place or later))
    if [row.pk for row in rows] == was:
        return
    room.places.update(place=None)
    for number, row in enumerate(rows, 1):
        RoundEntry.objects.filter(pk=row.pk).update(place=number)
    body = {"round": one.order, "room": room.order, "order": digest([row.entry_id for row in rows])}
    events.record(one.contest, "places.ordered", one.contest, by=by, at=at, body=body)


@transaction.atomic
def give_booths(*, one: Round, by: User, at: datetime) -> int:
    """A booth (展位号) for every entry that has none: a letter a track, numbers in the order of the entries."""
    one = kept_round(one, by, at)
    tracks = one.contest.tracks.filter(rubrics__round=one).order_by("order")
    by_track: dict[int, list[RoundEntry]] = {track.order: [] for track in tracks}
    given = set()
    for row in places_of(one):
        if row.booth:
            given.add(row.booth)
        else:
            by_track[row.entry.track.order].append(row)
    names = booth_names({order: len(rows) for order, rows in by_track.items()}, given)
    for order, rows in by_track.items():
        for row, name in zip(rows, names[order], strict=True):
            RoundEntry.objects.filter(pk=row.pk).update(booth=name)
    count = sum(map(len, by_track.values()))
    if count:
        body = {"round": one.order, "booths": count}
        events.record(one.contest, "booths.given", one.contest, by=by, at=at, body=body)
    return count


@transaction.atomic
def publish_schedule(*, one: Round, by: User, at: datetime) -> None:
    """Everybody may read who is seen where and when. raises   Refused "no-places", "schedule-published" """
    one = kept_round(one, by, at)
    if not one.round_entries.exclude(room=None).exists():
        raise Refused(Denial("no-places"))
    if not Round.objects.filter(pk=one.pk, schedule_at=None).update(schedule_at=at):
        raise Refused(Denial("schedule-published"))
    events.record(one.contest, "schedule.published", one.contest, by=by, at=at, body={"round": one.order})


@transaction.atomic
def take_schedule_back(*, one: Round, by: User, at: datetime) -> None:
    one = kept_round(one, by, at)
    if not Round.objects.filter(pk=one.pk).exclude(schedule_at=None).update(schedule_at=None):
        raise Refused(Denial("no-places"))
    events.record(one.contest, "schedule.taken-back", one.contest, by=by, at=at, body={"round": one.order})


@dataclass(frozen=True)
class RoomPanel:
    """What seating the judges of a room means. `barred`: pairs that would be a conflict and are left out."""

    added: int
    barred: list[tuple[str, str]]


@transaction.atomic
def assign_rooms(*, one: Round, by: User, at: datetime) -> RoomPanel:
    """The judges of each room mark the entries of that room. Conflicts and what is measured are left out; nothing is
    taken away."""
    one = kept_round(one, by, at)
    conflicts = conflicted_pairs(one.contest)
    there = set(one.assignments.values_list("entry", "judge"))
    judges: dict[int | None, list[Judge]] = {room.pk: list(room.judges.assignable()) for room in one.rooms.all()}
    barred, made = [], []
    marked = Rubric.objects.marked().filter(round=one).values("track")
    rows = places_of(one).exclude(room=None).filter(pk__in=one.round_entries.taking_part(), entry__track__in=marked)
    for row in rows:
        for judge in judges[row.room_id]:
            if (judge.pk, row.entry_id) in conflicts:
                barred.append((judge.code, row.entry.number))
            elif (row.entry_id, judge.pk) not in there:
                made.append(Assignment(round=one, entry=row.entry, judge=judge, by=AssignedBy.HAND))
    Assignment.objects.bulk_create(made, batch_size=500)
    if made:
        body = {"round": one.order, "created": len(made), "barred": len(barred)}
        events.record(one.contest, "assignments.rooms", one.contest, by=by, at=at, body=body)
    return RoomPanel(len(made), barred)
