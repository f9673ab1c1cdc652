"""Absent is not zero; a unit's word is not the desk's; who is absent is not marked."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from awards.services.lists import check_list
from awards.services.running import decide
from competition.errors import Refused
from competition.models import Event, Role, User
from competition.services.places import save_places
from competition.states import RoleKind
from judging.access import UnitInRound
from judging.core.finalists import Cut
from judging.models import Assignment, Judge, Reply, Round, RoundEntry, Rubric
from judging.selectors import begun_sheets, entries_short, sheet_counts, waited_for
from judging.services.assignments import add_assignment, assign_judges, propose_assignments
from judging.services.attendance import Leader, ask_units, reply, set_attendance
from judging.services.copying import copy_rubrics
from judging.services.finalists import propose_finalists
from judging.services.standings import computed_standings
from judging.sheet_rows import rows_of_judge
from judging.states import Attendance
from tests.factories.contests import AT, MINT, WHO, bare_contest
from tests.factories.judging import Judged, judged_contest

pytestmark = pytest.mark.django_db
LATER = AT + timedelta(days=1)


@pytest.fixture
def judged() -> Judged:
    return judged_contest()


def place(judged: Judged, number: str = "A1") -> RoundEntry:
    rows = RoundEntry.objects.select_related("round__contest", "entry__track")
    return rows.get(entry__contest=judged.contest, entry__number=number)


def put(judged: Judged, number: str, to: Attendance) -> None:
    set_attendance(place=place(judged, number), to=to, by=judged.office, at=AT)


def everything_marked(judged: Judged, *, but: str = "") -> None:
    for number, points in {"A1": 90, "A2": 80, "A3": 70}.items():
        for code in judged.users:
            if number != but:
                judged.submit(points, code=code, entry=number)


def code_of(do, *args, **more) -> str:
    with pytest.raises(Refused) as fault:
        do(*args, **more)
    return fault.value.denial.code


def standing_of(judged: Judged) -> dict[str, tuple]:
    numbers = dict(judged.contest.entries.values_list("pk", "number"))
    found = computed_standings(judged.contest).results
    return {numbers[one.entry]: (one.score, one.rank, one.missing) for one in found}


def test_who_is_absent_has_no_score_and_no_rank_and_nothing_is_missing_of_them(judged):
    put(judged, "A1", Attendance.ABSENT)
    everything_marked(judged, but="A1")
    assert standing_of(judged) == {"A1": (None, None, 0), "A2": (8000, 1, 0), "A3": (7000, 2, 0)}
    counts = sheet_counts(judged.contest)
    assert (counts.expected, counts.arrived, counts.missing) == (6, 6, 0)


def test_what_was_marked_of_the_absent_does_not_count_and_counts_again(judged):
    everything_marked(judged)
    before = standing_of(judged)
    put(judged, "A1", Attendance.ABSENT)
    assert standing_of(judged)["A1"] == (None, None, 0)
    assert standing_of(judged)["A2"][1] == 1
    put(judged, "A1", Attendance.PRESENT)
    assert standing_of(judged) == before


def test_a_run_says_who_was_absent_and_is_the_same_as_before_where_nobody_was(judged):
    everything_marked(judged)
    said = computed_standings(judged.contest).made["parameters"]["tracks"]
    assert all("absent" not in one for track in said.values() for one in track.values())
    put(judged, "A2", Attendance.ABSENT)
    said = computed_standings(judged.contest).made["parameters"]["tracks"]
    assert [one["absent"] for track in said.values() for one in track.values()] == [["A2"]]


def test_a_list_may_be_locked_without_the_absent_and_they_win_nothing(judged):
    put(judged, "A1", Attendance.ABSENT)
    everything_marked(judged, but="A1")
    type(judged.contest).objects.filter(pk=judged.contest.pk).update(state="decision")
    judged.contest.refresh_from_db()
    found = decide(contest=judged.contest, by=judged.office, at=AT)
    assert check_list(found) == []
    assert [award.entry.number for award in found.awards.order_by("order")] == ["A2", "A3"]


def test_an_unmarked_entry_that_was_not_absent_still_stops_the_list(judged):
    everything_marked(judged, but="A1")
    type(judged.contest).objects.filter(pk=judged.contest.pk).update(state="decision")
    judged.contest.refresh_from_db()
    found = decide(contest=judged.contest, by=judged.office, at=AT)
    assert {one.code for one in check_list(found)} == {"sheets-missing"}


def decided_list(judged: Judged):
    type(judged.contest).objects.filter(pk=judged.contest.pk).update(state="decision")
    judged.contest.refresh_from_db()
    return decide(contest=judged.contest, by=judged.office, at=AT)


def test_who_is_absent_where_nothing_is_judged_is_excused_of_nothing(judged):
    """A second round that has no rubric for the track does not make one sheet of three enough."""
    other = Round.objects.create(contest=judged.contest, code="展示", label_zh="展示", order=2)
    RoundEntry.objects.create(round=other, entry=place(judged).entry)
    judged.submit(99, code="J1", entry="A1")
    everything_marked(judged, but="A1")
    RoundEntry.objects.filter(round=other).update(state=Attendance.ABSENT)
    found = decided_list(judged)
    assert [(one.code, one.entry) for one in check_list(found)] == [("sheets-missing", "A1")]


def test_marks_that_are_typed_and_not_handed_in_stop_the_list(judged):
    Rubric.objects.update(reviews=2)
    for number, points in {"A1": 90, "A2": 80, "A3": 70}.items():
        for code in ("J1", "J2"):
            judged.submit(points, code=code, entry=number)
    judged.save(10, code="J3", entry="A1")
    judged.save(None, code="J3", entry="A2")  # opened, and nothing typed
    found = decided_list(judged)
    named = {(one.code, one.entry, one.facts["judge"]) for one in check_list(found)}
    assert named == {("sheet-begun", "A1", "J3"), ("review-open", "A2", "J3"), ("review-open", "A3", "J3")}
    Judge.objects.filter(code="J3").update(is_active=False)
    assert check_list(found) == []


def test_however_many_have_begun_it_asks_the_same(judged, django_assert_num_queries):
    judged.save(10, code="J1", entry="A1")
    with CaptureQueriesContext(connection) as few:
        assert begun_sheets(judged.contest) == [("A1", "J1")]
    for code in ("J1", "J2", "J3"):
        for number in ("A2", "A3"):
            judged.save(10, code=code, entry=number)
    with django_assert_num_queries(len(few)):
        assert len(begun_sheets(judged.contest)) == 7


def test_who_has_gone_on_is_not_absent_before(judged):
    final = Round.objects.create(contest=judged.contest, code="终评", label_zh="终评", order=2, is_for_finalists=True)
    RoundEntry.objects.create(round=final, entry=place(judged).entry)
    first = RoundEntry.objects.select_related("round__contest", "entry").get(
        round__order=1, round__contest=judged.contest, entry__number="A1"
    )
    refused = code_of(set_attendance, place=first, to=Attendance.ABSENT, by=judged.office, at=AT)
    assert refused == "absent-went-on"
    there = RoundEntry.objects.select_related("round__contest", "entry").get(round=final)
    set_attendance(place=there, to=Attendance.ABSENT, by=judged.office, at=AT)


def test_a_judge_neither_sees_nor_hands_in_who_is_absent_and_keeps_what_was_typed(judged):
    judged.save(50)
    put(judged, "A1", Attendance.ABSENT)
    assert [row.assignment.entry.number for row in rows_of_judge(judged.judge())] != []
    assert "A1" not in {row.assignment.entry.number for row in rows_of_judge(judged.judge())}
    assert code_of(judged.submit, 50, base=1) == "entry-absent"
    put(judged, "A1", Attendance.EXPECTED)
    assert judged.work().draft.marks != {}
    judged.submit(50, base=1)


def test_nobody_waits_for_the_absent(judged):
    put(judged, "A1", Attendance.ABSENT)
    assert {row.entry.number for row in waited_for(judged.contest)} == {"A2", "A3"}
    assert {one.entry.number for one in entries_short(judged.contest)} == {"A2", "A3"}


def test_assigning_again_leaves_the_pairs_of_the_absent_alone_and_makes_none(judged):
    put(judged, "A1", Attendance.ABSENT)
    there = set(Assignment.objects.filter(entry__number="A1").values_list("pk", flat=True))
    proposal = propose_assignments(judged.contest, seed=1)
    assert {entry.number for part in proposal.parts for entry in part.entries} == {"A2", "A3"}
    assign_judges(contest=judged.contest, seed=1, by=judged.office, at=AT)
    assert set(Assignment.objects.filter(entry__number="A1").values_list("pk", flat=True)) == there
    Assignment.objects.filter(entry__number="A1").delete()
    one = judged.made.rounds["评审"]
    refused = code_of(add_assignment, one=one, entry=place(judged).entry, judge=judged.judge(), by=judged.office, at=AT)
    assert refused == "not-in-round"


def test_the_absent_do_not_go_on(judged):
    everything_marked(judged)
    put(judged, "A1", Attendance.ABSENT)
    final = Round.objects.create(contest=judged.contest, code="终评", label_zh="终评", order=2, is_for_finalists=True)
    choice = propose_finalists(final, {judged.made.tracks["创新"].pk: Cut("count", 2)}, by_division=False)
    assert (choice.missing, {choice.groups[0].entries[0].number}) == (0, {"A1"})
    assert sorted(judged.contest.entries.filter(pk__in=choice.chosen).values_list("number", flat=True)) == ["A2", "A3"]


def test_every_change_is_one_event_that_names_the_entry(judged):
    put(judged, "A1", Attendance.PRESENT)
    last = Event.objects.order_by("-pk").first()
    assert last is not None
    assert (last.action, last.subject) == ("roundentry.present", f"competition.entry:{place(judged).entry.key}")


def test_only_the_office_and_only_while_it_is_judged(judged):
    assert code_of(set_attendance, place=place(judged), to="absent", by=judged.users["J1"], at=AT) == "hidden"
    type(judged.contest).objects.filter(pk=judged.contest.pk).update(state="decision")
    assert code_of(put, judged, "A1", Attendance.ABSENT) == "wrong-state"


def test_the_database_knows_the_states():
    judged = judged_contest()
    with pytest.raises(IntegrityError), transaction.atomic():
        RoundEntry.objects.filter(pk=place(judged).pk).update(state="late")


# the units


@pytest.fixture
def unit(judged) -> tuple[UnitInRound, User]:
    one = Round.objects.select_related("contest").get(contest=judged.contest)
    ask_units(one=one, until=LATER, by=judged.office, at=AT)
    one.refresh_from_db()
    officer = User.objects.create_user("unit", name="东区")
    district = judged.made.schools["东区", "晴川一中"].district
    Role.objects.create(user=officer, kind=RoleKind.DISTRICT, district=district)
    return UnitInRound(one, district), officer


LEADER = Leader("领队甲", "13900000000")


def answer(judged: Judged, unit, said: dict[str, bool], *, leader: Leader = LEADER, at=AT, by=None) -> Reply:
    where, officer = unit
    coming = {place(judged, number): comes for number, comes in said.items()}
    return reply(place=where, coming=coming, leader=leader, by=by or officer, at=at)


def states(judged: Judged) -> dict[str, str]:
    return {row.entry.number: row.state for row in RoundEntry.objects.select_related("entry")}


def test_a_unit_says_who_comes_and_who_leads_them(judged, unit):
    found = answer(judged, unit, {"A1": True, "A2": False})
    assert states(judged) == {"A1": "coming", "A2": "cancelled", "A3": "expected"}
    assert (found.leader, found.phone) == ("领队甲", "13900000000")
    answer(judged, unit, {"A1": False, "A2": True, "A3": True})
    assert states(judged) == {"A1": "cancelled", "A2": "coming", "A3": "coming"}
    assert Reply.objects.count() == 1


def test_its_names_and_phones_are_not_in_the_log(judged, unit):
    answer(judged, unit, {"A1": True})
    assert not any("领队甲" in str(event.body) or "139" in str(event.body) for event in Event.objects.all())


def test_a_cancelled_entry_is_still_waited_for_until_the_desk_says_absent(judged, unit):
    answer(judged, unit, {"A1": False})
    assert sheet_counts(judged.contest).expected == 9


def test_what_the_desk_wrote_a_unit_does_not_change(judged, unit):
    put(judged, "A1", Attendance.ABSENT)
    put(judged, "A2", Attendance.PRESENT)
    answer(judged, unit, {"A1": True, "A2": False, "A3": True})
    assert states(judged) == {"A1": "absent", "A2": "present", "A3": "coming"}


def test_another_units_entries_are_not_touched(judged, unit):
    ((_, school),) = save_places(places=[("西区", "", "望江中学", "")], mint=MINT, **WHO).items()
    other = school.district
    place_there = UnitInRound(unit[0].round, other)
    Role.objects.create(user=unit[1], kind=RoleKind.DISTRICT, district=other)
    reply(place=place_there, coming={place(judged): True}, leader=LEADER, by=unit[1], at=AT)
    assert states(judged)["A1"] == "expected"


def test_who_comes_needs_a_leader_with_a_phone(judged, unit):
    assert code_of(answer, judged, unit, {"A1": True}, leader=Leader("领队甲", "")) == "leader-missing"
    assert states(judged)["A1"] == "expected"
    answer(judged, unit, {"A1": False}, leader=Leader("", ""))


def test_after_the_date_only_the_office_writes_an_answer_down(judged, unit):
    assert code_of(answer, judged, unit, {"A1": True}, at=LATER) == "reply-over"
    answer(judged, unit, {"A1": True}, at=LATER, by=judged.office)
    assert states(judged)["A1"] == "coming"


def test_who_was_not_asked_does_not_answer(judged, unit):
    ask_units(one=unit[0].round, until=None, by=judged.office, at=AT)
    unit[0].round.refresh_from_db()
    assert code_of(answer, judged, unit, {"A1": True}) == "hidden"


def test_the_date_lies_ahead_and_somebody_takes_part(judged):
    one = Round.objects.select_related("contest").get(contest=judged.contest)
    assert code_of(ask_units, one=one, until=AT, by=judged.office, at=AT) == "reply-until-past"
    one.round_entries.all().delete()
    assert code_of(ask_units, one=one, until=LATER, by=judged.office, at=AT) == "no-finalists"


def test_the_next_edition_takes_no_dates_and_no_finalists_along(judged, unit):
    Round.objects.update(finalists_at=AT, schedule_at=AT, opens_at=AT, closes_at=LATER, cut={"cuts": {}})
    made = bare_contest(name="下届", ordinal=2)
    made.tracks.create(code="创新", label_zh="创新", order=1)
    copy_rubrics(judged.contest, made, by=judged.office, at=AT)
    one = made.rounds.get()
    assert [one.opens_at, one.closes_at, one.finalists_at, one.reply_until, one.schedule_at, one.cut] == [None] * 5 + [
        {}
    ]
