"""No change without an event, no event without a change: every service once, again, and with something new."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from awards.prizes import BY_CODE
from awards.services.certificates import issue_certificates
from awards.services.lists import lock_list, publish_list
from awards.services.plans import save_decisions, save_plan
from awards.services.proposals import propose_awards
from awards.services.running import run_all
from awards.services.titles import RecognitionDetails, save_recognition_rules
from competition import events
from competition.models import Contest, Event
from competition.services.accounts import create_account, grant_role
from competition.services.contests import (
    TrackDetails,
    remember_input,
    save_contest,
    save_divisions,
    save_subjects,
    save_tracks,
)
from competition.services.entries import save_entries
from competition.services.places import save_people, save_places
from competition.states import RoleKind
from judging.services.assignments import assign_judges, save_assignments
from judging.services.judges import JudgeDetails, save_judges
from judging.services.rounds import (
    CriterionDetails,
    RoundDetails,
    RubricDetails,
    save_round_entries,
    save_rounds,
    save_rubrics,
)
from judging.services.sheets import record_sheets
from judging.services.standings import compute_standings
from judging.states import AssignedBy
from tests.factories.contests import (
    AT,
    MINT,
    POINTS,
    WHO,
    Made,
    details,
    entry_details,
    loaded,
    plan_groups,
    sheet_details,
    small_contest,
)
from tests.factories.fixtures import without_triggers
from tests.factories.sheets import small, votes, with_mayor

pytestmark = pytest.mark.django_db
Step = Callable[[Made, bool], Any]


def entries(made: Made, new: bool) -> list:
    found = [entry_details(made, number) for number in POINTS]
    return [replace(found[0], title="另题"), *found[1:]] if new else found


def rubric(made: Made, new: bool) -> RubricDetails:
    return RubricDetails("评审", made.tracks["创新"], (CriterionDetails("总评", 90 if new else 100),), places=0)


def judge_details(made: Made, new: bool) -> list[JudgeDetails]:
    school = made.schools["东区", "晴川一中"]
    return [
        JudgeDetails(code, one.person, conflicts=(school,) if new and code == "J1" else ())
        for code, one in made.judges.items()
    ]


def triples(made: Made, new: bool) -> list:
    found = [(made.rounds["评审"], e, j) for e in made.entries.values() for j in made.judges.values()]
    return found[:-1] if new else found


# name -> (service on the contest that is there already, with nothing new or with something new)
SERVICES: dict[str, Step] = {
    "contest": lambda m, new: save_contest(
        details=details(places=3 if new else 2), mint=MINT, has_verification=False, **WHO
    ),
    "places": lambda m, new: save_places(
        places=[("东区", "", "晴川一中", "")] + ([("西区", "", "晴川二中", "")] if new else []), mint=MINT, **WHO
    ),
    "people": lambda m, new: save_people(
        people=[("student", "新生" if new else "学生A1", m.schools["东区", "晴川一中"], "")], mint=MINT, **WHO
    ),
    "tracks": lambda m, new: save_tracks(
        contest=m.contest, tracks=[TrackDetails("创新", max_tutors=1 if new else 3)], **WHO
    ),
    "entries": lambda m, new: save_entries(contest=m.contest, entries=entries(m, new), **WHO),
    "rounds": lambda m, new: save_rounds(
        contest=m.contest, rounds=[RoundDetails("评审", name_en="Review" if new else "")], **WHO
    ),
    "rubrics": lambda m, new: save_rubrics(contest=m.contest, rounds=m.rounds, rubrics=[rubric(m, new)], **WHO),
    "round entries": lambda m, new: save_round_entries(
        contest=m.contest, wanted={m.rounds["评审"]: list(m.entries.values())[: 2 if new else 3]}, **WHO
    ),
    "judges": lambda m, new: save_judges(contest=m.contest, judges=judge_details(m, new), **WHO),
    "sheets": lambda m, new: record_sheets(
        contest=m.contest, sheets=sheet_details(m, POINTS | ({"A1": (1, 1, 1)} if new else {})), **WHO
    ),
    "plan": lambda m, new: save_plan(contest=m.contest, groups=plan_groups(m, 2 if new else 1, 1), **WHO),
}


@pytest.mark.parametrize("name", SERVICES)
def test_a_service_writes_one_event_a_change_and_none_without(name: str) -> None:
    made = small_contest()
    service = SERVICES[name]
    for new, expected in ((False, 0), (True, 1), (True, 0), (False, 0 if name in ("places", "people") else 1)):
        before = Event.objects.count()
        service(made, new)
        assert Event.objects.count() - before == expected, (name, new)
    assert events.first_broken(made.contest) is events.first_broken(None) is None


STEPS: dict[str, Callable[[Made], Any]] = {
    "divisions": lambda m: save_divisions(contest=m.contest, names=[("primary", "小学", "")], **WHO),
    "subjects": lambda m: save_subjects(contest=m.contest, names=["数学"], **WHO),
    "input": lambda m: remember_input(contest=m.contest, digest="sha256:1", **WHO),
    "recognitions": lambda m: save_recognition_rules(
        contest=m.contest, rules=[RecognitionDetails("优秀", "", "school", 1, {"first": "1"})], **WHO
    ),
    "decisions": lambda m: save_decisions(
        contest=m.contest, decisions={m.entries["A1"]: (BY_CODE["first"], "纪要")}, **WHO
    ),
    "standings": lambda m: compute_standings(contest=m.contest, **WHO),
}


@pytest.mark.parametrize("name", STEPS)
def test_a_first_time_is_one_event_and_a_second_none(name: str) -> None:
    made = small_contest()
    for expected in (1, 0):
        before = Event.objects.count()
        STEPS[name](made)
        assert Event.objects.count() - before == expected


def test_a_role_that_is_there_already_is_no_event() -> None:
    user = create_account(username="anna", name="安娜", password=None, **WHO)
    assert Event.objects.count() == 1
    for expected in (2, 2):
        grant_role(user=user, kind=RoleKind.ORGANISER, **WHO)
        assert Event.objects.count() == expected


def test_assigning_again_assigns_nothing() -> None:
    made = small_contest()
    record_sheets(contest=made.contest, sheets=[], **WHO)
    made.contest.rounds.get().assignments.all()
    from judging.models import Assignment, Mark, Sheet

    for model in (Mark, Sheet, Assignment):
        model.objects.all().delete()
    for expected in (1, 0):
        before = Event.objects.count()
        assert assign_judges(contest=made.contest, seed=1, **WHO) == 9
        assert Event.objects.count() - before == expected


def test_fewer_assignments_are_one_event() -> None:
    made = small_contest()
    record_sheets(contest=made.contest, sheets=[], **WHO)
    before = Event.objects.count()
    for new in (False, False):
        save_assignments(contest=made.contest, triples=triples(made, new), source=AssignedBy.WORKBOOK, **WHO)
    assert Event.objects.count() == before


def test_list_and_certificates_move_with_one_event_each() -> None:
    made = small_contest()
    Contest.objects.filter(pk=made.contest.pk).update(state="decision")
    made.contest.refresh_from_db()
    run = compute_standings(contest=made.contest, **WHO)
    steps = [
        (lambda: propose_awards(contest=made.contest, run=run, **WHO), 1),
        (lambda: propose_awards(contest=made.contest, run=run, **WHO), 0),
        (lambda: lock_list(contest=made.contest, **WHO), 2),  # the list moves, and the contest
        (lambda: issue_certificates(award_list=made.contest.award_lists.get(), **WHO), 1),
        (lambda: issue_certificates(award_list=made.contest.award_lists.get(), **WHO), 0),
        (lambda: publish_list(contest=made.contest, **WHO), 2),
    ]
    for step, expected in steps:
        before = Event.objects.count()
        step()
        assert Event.objects.count() - before == expected
    assert events.first_broken(made.contest) is None


def test_a_whole_year_run_again_adds_no_event() -> None:
    points = {f"M{n}": (90 - n,) * 3 for n in range(1, 5)}
    made = loaded(with_mayor(small(), points, [line for n in (1, 2) for line in votes(f"M{n}", yes="abcdefghi")]))
    parts = {"contest": made.contest, "delegations": made.delegations, "award": made.award}
    assert run_all(**parts, **WHO).is_complete
    before = Event.objects.count()
    for one in (made.contest, made.award):
        one.refresh_from_db()
    assert run_all(**parts, **WHO).is_complete
    assert Event.objects.count() == before


def test_a_refused_service_leaves_no_event() -> None:
    made = small_contest()
    before = Event.objects.count()
    with pytest.raises(Exception, match=r"."):
        lock_list(contest=made.contest, **WHO)
    assert Event.objects.count() == before


@pytest.mark.parametrize("seq", [1, 3, 7])
@pytest.mark.parametrize("field", ["body", "action", "at", "subject"])
def test_tampering_is_found_at_the_right_event(seq: int, field: str) -> None:
    """With the triggers out of the way, as only somebody with the database in hand could do."""
    made = small_contest()
    new = {"body": {"x": 1}, "action": "other", "at": AT.replace(year=2020), "subject": "someone"}[field]
    chain = Event.objects.filter(chain__contest=made.contest)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        chain.filter(seq=seq).update(**{field: new})
    assert events.first_broken(made.contest) is None
    with without_triggers():
        assert chain.filter(seq=seq).update(**{field: new}) == 1
    assert events.first_broken(made.contest) == seq


def test_a_removed_event_is_found_at_its_place_and_at_the_end() -> None:
    made = small_contest()
    chain = Event.objects.filter(chain__contest=made.contest)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        chain.filter(seq=3).delete()
    last = chain.count()
    with without_triggers():
        chain.filter(seq=last).delete()
        assert events.first_broken(made.contest) == last
        chain.filter(seq=3).delete()
    assert events.first_broken(made.contest) == 3


@pytest.mark.django_db(transaction=True)
def test_record_outside_a_transaction_is_refused() -> None:
    """Nothing is written, so nothing has to be flushed that the triggers would keep."""
    assert not connection.in_atomic_block
    with pytest.raises(RuntimeError, match="transaction"):
        events.record(None, "nothing", by=None, at=AT)
    with transaction.atomic():
        pass
    assert Event.objects.count() == 0
