"""Objections: who may object, who may decide, what the log says, by when the answer is due."""

from datetime import date, timedelta

import pytest

from awards.models import Objection
from awards.services.objections import find_objection
from awards.states import ObjectionState, ObjectionWay
from competition.models import Contest, Event, User
from judging.models import Judge
from tests.awards.services.test_notices import refused
from tests.factories.noticing import (
    DURING,
    NOW,
    OVER,
    account,
    locked_contest,
    noticed,
    objected,
    office_of,
    ruled,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def contest() -> Contest:
    return locked_contest()


@pytest.fixture
def office(contest) -> User:
    return office_of(contest)


@pytest.fixture
def open_one(contest, office) -> Objection:
    noticed(contest, office)
    return objected(contest)


def test_the_public_objects_while_a_notice_runs(contest, office):
    refused("hidden", lambda: objected(contest))
    made = noticed(contest, office)
    one = objected(contest)
    assert (one.state, one.notice, one.recorded_by) == (ObjectionState.OPEN, made, None)
    refused("notice-over", lambda: objected(contest, at=OVER))
    assert objected(contest, at=OVER - timedelta(seconds=1)).number != one.number


def test_the_answer_is_due_within_working_days(open_one):
    # Thursday 7 May 2026; Saturday 9 May is worked: 8, 9, 11, 12, 13 May
    assert open_one.due_on == date(2026, 5, 13)


def test_on_the_page_people_give_their_names(contest, office):
    noticed(contest, office)
    refused("objection-without-name", lambda: objected(contest, name=" "))
    refused("objection-without-name", lambda: objected(contest, contact=""))
    refused("objection-without-reason", lambda: objected(contest, reason=" \n"))


def test_the_office_records_letters_at_any_time_and_anonymous_ones_need_no_answer(contest, office):
    refused("no-notice", lambda: objected(contest, by=office, way=ObjectionWay.LETTER))
    noticed(contest, office)
    letter = objected(contest, by=office, at=OVER + timedelta(days=3), way=ObjectionWay.LETTER, name="", contact="")
    assert (letter.due_on, letter.recorded_by, letter.state) == (None, office, ObjectionState.OPEN)


def test_only_the_office_types_in(contest, office):
    noticed(contest, office)
    refused("hidden", lambda: objected(contest, by=account("stranger"), way=ObjectionWay.PHONE))


def test_an_entry_of_another_contest_is_a_fault_of_ours(contest, office):
    noticed(contest, office)
    from tests.factories.contests import small_contest

    with pytest.raises(ValueError, match="another contest"):
        objected(contest, entry=small_contest().entries["A1"])


@pytest.mark.parametrize("outcome", [ObjectionState.UPHELD, ObjectionState.REJECTED, ObjectionState.WITHDRAWN])
def test_it_is_decided_once(open_one, office, outcome):
    ruled(open_one, office, outcome=outcome)
    open_one.refresh_from_db()
    assert (open_one.state, open_one.decider, open_one.decided_by) == (outcome, "郑监督", office)
    refused("no-such-move", lambda: ruled(open_one, office))


def test_a_decision_says_what_who_and_in_which_office(open_one, office):
    for gap in ("decider", "decider_role", "decision"):
        refused("objection-undecided", lambda gap=gap: ruled(open_one, office, **{gap: "  "}))


@pytest.mark.parametrize("name", ["{judge}", " {judge} ", "郑监督、{judge}", "{spaced}", "{judge}和郑监督", "周举报"])
def test_nobody_decides_who_judged_here_or_objected(open_one, office, name):
    judge = Judge.objects.filter(contest=open_one.contest).first().person.name
    typed = name.format(judge=judge, spaced=" ".join(judge))
    refused("decider-judged", lambda: ruled(open_one, office, decider=typed))


def test_a_name_that_only_begins_like_a_judges_is_another(open_one, office):
    judge = Judge.objects.filter(contest=open_one.contest).first().person.name
    assert ruled(open_one, office, decider=f"{judge}华").state == ObjectionState.REJECTED


@pytest.mark.parametrize(
    "names", ["Bob Li, Anna Lee", "Bob Li and Anna Lee", "Anna Lee; Bob Li", "Bob Li/Anna  Lee", "Bob Li & ANNA LEE"]
)
def test_a_judge_of_two_words_is_found_among_others(open_one, office, names):
    judge = Judge.objects.filter(contest=open_one.contest).first()
    judge.person.name = "Anna Lee"
    judge.person.save()
    refused("decider-judged", lambda: ruled(open_one, office, decider=names))


def test_a_judge_types_no_decision_in(open_one, office):
    Judge.objects.filter(pk=Judge.objects.filter(contest=open_one.contest).first().pk).update(user=office)
    refused("decider-judged", lambda: ruled(open_one, office))


def test_a_judge_who_declined_never_judged(open_one, office):
    judge = Judge.objects.filter(contest=open_one.contest).first()
    Judge.objects.filter(pk=judge.pk).update(state="declined")
    assert ruled(open_one, office, decider=judge.person.name).state == ObjectionState.REJECTED


def test_only_the_office_decides(open_one):
    refused("hidden", lambda: ruled(open_one, account("stranger")))


def test_the_log_tells_that_and_when_but_not_who_nor_what(open_one, office):
    ruled(open_one, office)
    lines = Event.objects.filter(action__startswith="objection.").order_by("seq")
    assert [one.action for one in lines] == ["objection.received", "objection.rejected"]
    assert lines[0].actor is None
    said = str([one.body for one in lines])
    for word in ("周举报", "13900001111", "抄袭", "郑监督", "监督组", "不属实", open_one.number, open_one.entry.key):
        assert word not in said


def test_number_and_contact_together_find_it(open_one):
    contest, number = open_one.contest, open_one.number
    assert find_objection(contest, number=number, contact="139 0000-1111") == open_one
    assert find_objection(contest, number=number.lower().replace("-", " "), contact="13900001111") == open_one
    assert find_objection(contest, number=number, contact="13900001112") is None
    assert find_objection(contest, number="AAAA-AAAA", contact="13900001111") is None


def test_strokes_for_a_contact_open_nothing(contest, office):
    noticed(contest, office)
    one = objected(contest, by=office, way=ObjectionWay.LETTER, contact="—")
    assert find_objection(contest, number=one.number, contact="。") is None


def test_one_without_contact_is_found_by_nobody(contest, office):
    noticed(contest, office)
    one = objected(contest, by=office, way=ObjectionWay.LETTER, name="", contact="")
    assert find_objection(contest, number=one.number, contact="") is None


def test_numbers_tell_neither_order_nor_count(contest, office):
    noticed(contest, office)
    numbers = [objected(contest, at=NOW + timedelta(minutes=at)).number for at in range(20)]
    assert len(set(numbers)) == 20
    assert numbers != sorted(numbers)
    assert all(len(one) == 9 for one in numbers)


def test_an_objection_during_the_notice_is_kept_with_it(open_one):
    assert open_one.notice.state_at(DURING) == "running"
