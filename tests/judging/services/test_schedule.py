"""Rooms, turns by lot, booths: nobody chooses, nobody is lost, and what is published stays until it is taken back."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from competition.errors import Refused
from competition.models import Event
from judging.models import Assignment, Conflict, Room, Round, RoundEntry, Rubric
from judging.schedules import rooms_clashing, timetable, tracks_without_room
from judging.services import schedule as services
from judging.services.schedule import RoomDetails
from judging.states import Attendance
from tests.factories.contests import AT
from tests.factories.judging import Judged, judged_contest

pytestmark = pytest.mark.django_db


@pytest.fixture
def judged() -> Judged:
    return judged_contest()


def the_round(judged: Judged) -> Round:
    return Round.objects.select_related("contest").get(contest=judged.contest)


def room(judged: Judged, name: str = "101", **more: Any) -> Room:
    details: dict[str, Any] = {"starts_at": AT, "minutes": 10, "tracks": list(judged.made.tracks.values())}
    return services.save_room(
        one=the_round(judged), room=None, details=RoomDetails(name, **(details | more)), by=judged.office, at=AT
    )


def do(judged: Judged, name: str) -> Any:
    return getattr(services, name)(one=the_round(judged), by=judged.office, at=AT)


def turns(judged: Judged) -> dict[str, list[str]]:
    return {
        plan.room.label_zh: [slot.place.entry.number for slot in plan.slots] for plan in timetable(the_round(judged))
    }


def code_of(do_it, *args, **more) -> str:
    with pytest.raises(Refused) as fault:
        do_it(*args, **more)
    return fault.value.denial.code


def test_a_draw_gives_everybody_a_turn_and_the_same_one_again(judged):
    room(judged)
    assert do(judged, "draw_places") == 3
    first = turns(judged)
    assert sorted(first["101"]) == ["A1", "A2", "A3"]
    assert do(judged, "draw_places") == 0
    assert do(judged, "clear_places") == 3
    assert turns(judged) == {"101": []}
    do(judged, "draw_places")
    assert turns(judged) == first


def test_the_lots_come_from_the_secret_of_the_contest(judged):
    room(judged)
    orders = set()
    for secret in range(8):
        judged.contest.secret = str(secret).zfill(32).encode()
        judged.contest.save()
        do(judged, "draw_places")
        orders.add(tuple(turns(judged)["101"]))
        do(judged, "clear_places")
    assert len(orders) > 1


def test_who_is_late_comes_after_those_who_have_a_turn(judged):
    room(judged)
    RoundEntry.objects.filter(entry__number="A1").update(state=Attendance.CANCELLED)
    assert do(judged, "draw_places") == 2
    before = turns(judged)["101"]
    RoundEntry.objects.filter(entry__number="A1").update(state=Attendance.COMING)
    assert do(judged, "draw_places") == 1
    assert turns(judged)["101"] == [*before, "A1"]


def test_who_is_absent_keeps_the_turn_so_that_nobodys_time_moves(judged):
    room(judged)
    do(judged, "draw_places")
    times = [slot.at for plan in timetable(the_round(judged)) for slot in plan.slots]
    RoundEntry.objects.filter(entry__number=turns(judged)["101"][0]).update(state=Attendance.ABSENT)
    plans = timetable(the_round(judged))
    assert [slot.at for plan in plans for slot in plan.slots] == times
    assert plans[0].slots[0].is_absent
    assert plans[0].now == plans[0].slots[1]


def test_nobody_draws_without_a_room(judged):
    assert code_of(do, judged, "draw_places") == "room-missing"


def test_tracks_that_no_room_takes_are_told(judged):
    assert [one.label_zh for one in tracks_without_room(the_round(judged))] == ["创新"]
    room(judged)
    assert tracks_without_room(the_round(judged)) == []


def test_turns_drawn_on_the_spot_are_typed_in(judged):
    found = room(judged)
    do(judged, "draw_places")
    rows = {row.entry.number: row.pk for row in found.places.select_related("entry")}
    order = {rows["A3"]: 1, rows["A1"]: 2, rows["A2"]: 3}
    services.put_in_order(room=found, wanted=order, by=judged.office, at=AT)
    assert turns(judged)["101"] == ["A3", "A1", "A2"]
    events = Event.objects.count()
    services.put_in_order(room=found, wanted=order, by=judged.office, at=AT)
    assert Event.objects.count() == events


def test_two_rooms_of_one_round_have_two_names_and_a_pause_two_ends(judged):
    found = room(judged)
    assert code_of(room, judged) == "room-twice"
    pause = (AT + timedelta(hours=1), AT)
    assert code_of(room, judged, "102", pause=pause) == "pause-ends-first"
    again = RoomDetails("101", starts_at=AT, minutes=12, tracks=[])
    services.save_room(one=the_round(judged), room=found, details=again, by=judged.office, at=AT)
    assert Room.objects.get().minutes == 12


def test_a_room_that_goes_frees_its_places(judged):
    found = room(judged)
    do(judged, "draw_places")
    services.remove_room(room=found, by=judged.office, at=AT)
    assert not RoundEntry.objects.exclude(room=None).exists()
    assert not RoundEntry.objects.exclude(place=None).exists()


def test_a_published_schedule_is_not_cleared(judged):
    assert code_of(do, judged, "publish_schedule") == "no-places"
    room(judged)
    do(judged, "draw_places")
    do(judged, "publish_schedule")
    assert code_of(do, judged, "publish_schedule") == "schedule-published"
    assert code_of(do, judged, "clear_places") == "schedule-published"
    do(judged, "take_schedule_back")
    assert code_of(do, judged, "take_schedule_back") == "no-places"
    do(judged, "clear_places")


def test_booths_go_on_where_they_ended(judged):
    assert do(judged, "give_booths") == 3
    assert dict(RoundEntry.objects.values_list("entry__number", "booth")) == {"A1": "A01", "A2": "A02", "A3": "A03"}
    RoundEntry.objects.filter(entry__number="A2").update(booth="")
    assert do(judged, "give_booths") == 1
    assert RoundEntry.objects.get(entry__number="A2").booth == "A04"
    assert do(judged, "give_booths") == 0


def test_the_database_gives_a_turn_and_a_booth_once(judged):
    found = room(judged)
    do(judged, "draw_places")
    do(judged, "give_booths")
    for values in ({"place": 1, "room": found}, {"booth": "A01"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            RoundEntry.objects.filter(round=the_round(judged)).update(**values)


def test_judges_of_a_room_get_its_entries_without_conflicts(judged):
    Assignment.objects.all().delete()
    judges = [judged.judge("J1"), judged.judge("J2")]
    room(judged, judges=judges)
    do(judged, "draw_places")
    Conflict.objects.create(judge=judges[1], entry=judged.made.entries["A2"])
    RoundEntry.objects.filter(entry__number="A3").update(state=Attendance.ABSENT)
    made = do(judged, "assign_rooms")
    assert (made.added, made.barred) == (3, [("J2", "A2")])
    pairs = set(Assignment.objects.values_list("judge__code", "entry__number"))
    assert pairs == {("J1", "A1"), ("J1", "A2"), ("J2", "A1")}
    assert do(judged, "assign_rooms").added == 0


def test_judges_of_a_room_mark_nothing_that_is_measured(judged):
    Assignment.objects.all().delete()
    room(judged, judges=[judged.judge("J1")])
    do(judged, "draw_places")
    Rubric.objects.update(kind="measured", measure="points", attempts=1, combine="best")
    assert do(judged, "assign_rooms").added == 0


def test_a_judge_in_two_rooms_at_a_time_is_told(judged):
    both = [judged.judge("J1")]
    RoundEntry.objects.filter(entry__number="A3").update(state=Attendance.CANCELLED)
    room(judged, "101", judges=both)
    room(judged, "102", judges=both)
    do(judged, "draw_places")
    assert rooms_clashing(timetable(the_round(judged))) == ["J1"]
    Room.objects.filter(label_zh="102").update(starts_at=AT + timedelta(hours=2))
    assert rooms_clashing(timetable(the_round(judged))) == []


def test_only_the_office_and_only_while_it_is_judged(judged):
    details = RoomDetails("101", starts_at=AT, minutes=10, tracks=[])
    one = the_round(judged)
    assert code_of(services.save_room, one=one, room=None, details=details, by=judged.users["J1"], at=AT) == "hidden"
    type(judged.contest).objects.update(state="decision")
    for name in ("draw_places", "clear_places", "give_booths", "publish_schedule", "assign_rooms"):
        assert code_of(do, judged, name) == "wrong-state"


def test_a_timetable_asks_the_same_for_three_rooms_as_for_one(judged, django_assert_num_queries):
    room(judged)
    do(judged, "draw_places")
    with django_assert_num_queries(7):
        timetable(the_round(judged))
    room(judged, "102")
    room(judged, "103")
    with django_assert_num_queries(7):
        timetable(the_round(judged))
