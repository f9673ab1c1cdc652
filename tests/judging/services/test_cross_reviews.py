"""Judges who have no work in common: what would link them is shown, done as shown, and stays."""

import threading
from collections import Counter
from dataclasses import replace
from functools import partial

import pytest
from django.db import DatabaseError, connection
from django.db.models import QuerySet

from competition.errors import Refused
from competition.models import Entry, Event
from judging.models import Assignment, Conflict, Judge, Rubric
from judging.selectors import entries_short, sheet_counts
from judging.services import commons, cross_reviews
from judging.services.assignments import assign_judges, propose_assignments
from judging.services.cross_reviews import Linking, add_cross_reviews, propose_cross_reviews
from judging.services.rounds import take_part_late
from judging.services.standings import scores_in
from tests.factories.contests import AT
from tests.factories.crowds import PATIENCE_S, at_once, shared_database
from tests.factories.judging import Judged, judged_contest

FINGERS = 6


def islands() -> Judged:
    """One judge an entry and one entry a judge: three groups."""
    made = judged_contest()
    Rubric.objects.update(reviews=1)
    for number in (1, 2, 3):
        Assignment.objects.filter(judge__code=f"J{number}").exclude(entry__number=f"A{number}").delete()
    return made


@pytest.fixture
def judged(db) -> Judged:
    return islands()


def shown(judged: Judged) -> list[Linking]:
    return propose_cross_reviews(propose_assignments(judged.contest, seed=7))


def add(judged: Judged, linking: Linking, **more):
    common = {"rubric": linking.rubric, "seed": 7, "shown": linking.digest, "by": judged.office, "at": AT}
    return add_cross_reviews(**(common | more))


def pairs() -> set[tuple[str, str]]:
    return set(Assignment.objects.values_list("judge__code", "entry__number"))


def test_looking_changes_nothing_and_adding_does_what_was_shown(judged):
    before, events = pairs(), Event.objects.count()
    (linking,) = shown(judged)
    assert (linking.groups, linking.left, len(linking.reviews), linking.apart) == (3, 1, 2, [])
    assert (pairs(), Event.objects.count()) == (before, events)
    assert add(judged, linking) == 2
    assert pairs() == before | {(judge.code, entry.number) for entry, judge in linking.reviews}
    assert Event.objects.get(action="assignments.linked").body == {"created": 2, "groups": 3, "seed": 7}
    assert shown(judged) == []


def test_a_cross_review_stays_when_it_is_assigned_again(judged):
    add(judged, *shown(judged))
    before = pairs()
    proposal = propose_assignments(judged.contest, seed=7)
    assert (proposal.kept, proposal.added, proposal.released) == (5, 0, 0)
    assign_judges(contest=judged.contest, seed=7, by=judged.office, at=AT)
    assert pairs() == before


def test_something_else_than_was_shown_is_not_added(judged):
    (linking,) = shown(judged)
    entry, judge = linking.reviews[0]
    Conflict.objects.create(judge=judge, entry=entry)
    before = pairs()
    with pytest.raises(Refused) as fault:
        add(judged, linking)
    assert fault.value.denial.code == "assignment-changed"
    assert pairs() == before


def test_who_still_waits_for_a_judge_comes_first(judged):
    late = Entry.objects.get(number="A1")
    late.pk, late.key, late.number, late.order = None, "a" * 26, "A4", 4
    late.save()
    take_part_late(late, by=judged.office, at=AT)
    (linking,) = shown(judged)
    assert len(linking.reviews) == 2  # counted with the judge whom the late entry would get
    with pytest.raises(Refused) as fault:
        add(judged, linking)
    assert fault.value.denial.code == "assign-first"


def test_only_the_office_adds_and_only_while_it_is_judged(judged):
    (linking,) = shown(judged)
    with pytest.raises(Refused):
        add(judged, linking, by=judged.users["J1"])
    judged.contest.state = "decision"
    judged.contest.save(update_fields=["state"])
    with pytest.raises(Refused):
        add(judged, linking)


def test_what_cannot_be_linked_says_why(judged):
    Judge.objects.update(max_load=1)
    (linking,) = shown(judged)
    assert (linking.reviews, linking.left, len(linking.apart)) == ([], 3, 3)
    assert all("4" in one for one in linking.apart)  # four pairs across, all with a full judge


def test_a_conflict_is_never_a_cross_review(judged):
    for code, number in (("J1", "A2"), ("J1", "A3"), ("J2", "A3"), ("J3", "A1")):
        Conflict.objects.create(judge=judged.judge(code), entry=Entry.objects.get(number=number))
    found = {(judge.code, entry.number) for entry, judge in shown(judged)[0].reviews}
    assert found == {("J2", "A1"), ("J3", "A2")}


def test_nobody_gets_more_than_they_take(judged):
    Judge.objects.filter(code__in=["J1", "J2"]).update(max_load=1)
    assert {judge.code for _entry, judge in shown(judged)[0].reviews} == {"J3"}


def test_one_sheet_more_counts_in_the_score_and_never_makes_a_count_negative(judged):
    add(judged, *shown(judged))
    extra = next(number for number, many in Counter(entry for _code, entry in pairs()).items() if many == 2)
    first, second = sorted(code for code, entry in pairs() if entry == extra)
    judged.submit(80, code=first, entry=extra)
    counts = sheet_counts(judged.contest)
    assert (counts.expected, counts.arrived, counts.missing, counts.assigned) == (3, 1, 2, 5)
    judged.submit(90, code=second, entry=extra)
    counts = sheet_counts(judged.contest)
    assert (counts.expected, counts.arrived, counts.missing) == (4, 2, 2)
    assert extra not in {one.entry.number for one in entries_short(judged.contest)}
    score = scores_in(judged.contest.rounds.get())[Entry.objects.get(number=extra).pk]
    assert (score.score, score.sheets, score.missing) == (85, 2, 0)


@pytest.mark.parametrize(
    ("method", "reviews", "most", "warns"),
    [("mean", 3, 4, False), ("trimmed", 3, 4, True), ("trimmed", 2, 3, False), ("trimmed", 4, 5, False)],
)
def test_it_is_told_where_one_sheet_more_changes_what_is_left_out(judged, method, reviews, most, warns):
    (linking,) = shown(judged)
    assert linking.most == 2
    linking.rubric.method, linking.rubric.reviews = method, reviews
    assert replace(linking, most=most).changes_trimming is warns


def test_common_entries_are_the_other_choice_and_are_done_as_shown(judged):
    """Three groups: two cross reviews of some entries, or one entry for a judge of each other group."""
    (linking,) = shown(judged)
    assert (len(linking.common), len(linking.common_entries), linking.to_all) == (2, 1, 2)
    (common,) = linking.common_entries
    before = pairs()
    assert add(judged, linking, shown=linking.common_digest) == 2
    assert pairs() - before == {(judge.code, common.number) for _entry, judge in linking.common}
    body = {"created": 2, "groups": 3, "seed": 7, "common": 1}
    assert Event.objects.get(action="assignments.linked").body == body
    assert shown(judged) == []


def test_a_conflict_is_never_a_common_entry(judged):
    for code, number in (("J1", "A2"), ("J1", "A3"), ("J2", "A3"), ("J3", "A1")):
        Conflict.objects.create(judge=judged.judge(code), entry=Entry.objects.get(number=number))
    (linking,) = shown(judged)
    assert {(judge.code, entry.number) for entry, judge in linking.common} == {("J2", "A1"), ("J3", "A2")}
    assert not linking.is_other  # no fewer entries than the cross reviews have


def test_to_give_them_to_every_judge_costs_what_it_says(judged):
    (linking,) = shown(judged)
    entries, before = linking.common_entries, len(pairs())
    common = {"rubric": linking.rubric, "entries": entries, "is_first": False, "by": judged.office, "at": AT}
    commons.choose_common_entries(**common)
    assert len(pairs()) - before == linking.to_all
    assert shown(judged) == []


# ---- two clicks at once


def codes(results) -> Counter[str]:
    return Counter(one.denial.code if isinstance(one, Refused) else "done" for one in results)


@pytest.mark.django_db(transaction=True)
def test_of_many_clicks_at_once_one_adds(django_db_setup, django_db_blocker, tmp_path):
    with django_db_blocker.unblock(), shared_database(tmp_path):
        judged = islands()
        (linking,) = shown(judged)
        assert codes(at_once([partial(add, judged, linking)] * FINGERS)) == {
            "done": 1,
            "assignment-changed": FINGERS - 1,
        }
        assert Assignment.objects.count() == 5


@pytest.mark.django_db(transaction=True)
def test_without_the_lock_clicks_break_off(django_db_setup, django_db_blocker, tmp_path, monkeypatch):
    """The twin: the database's own constraint is the last line."""
    gate = threading.Barrier(FINGERS, timeout=PATIENCE_S)

    def all_see_the_same(proposal, propose=propose_cross_reviews):
        found = propose(proposal)
        gate.wait()
        return found

    off = {"transaction_mode": None} if connection.vendor == "sqlite" else {}
    with django_db_blocker.unblock(), shared_database(tmp_path, **off):
        judged = islands()
        (linking,) = shown(judged)
        monkeypatch.setattr(QuerySet, "select_for_update", lambda self, *facts, **more: self)
        monkeypatch.setattr(cross_reviews, "propose_cross_reviews", all_see_the_same)
        results = at_once([partial(add, judged, linking)] * FINGERS)
        assert [one for one in results if isinstance(one, DatabaseError)]
