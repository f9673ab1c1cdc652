"""Titles that follow to others than when a list was approved: nobody gets one without a word of the office."""

from functools import partial

import pytest
from django.db import IntegrityError, transaction

from awards.models import TitlesAcknowledged
from awards.services.acknowledging import acknowledge_titles
from awards.services.approvals import approval_of, why_not_final
from awards.services.certificates import issue_certificates
from awards.services.lists import publish_list
from awards.services.restating import restate_list
from competition.models import Event, Person, School, Tutor
from tests.awards.services.test_notices import refused
from tests.factories.approving import CRADLE, TRAINING, Follows, Honoured, decided_award
from tests.factories.noticing import NOW

pytestmark = pytest.mark.django_db
CITY = {"government": "晴川市人民政府"}


def tutored(*names: str, derived=(TRAINING,), bodies=CITY) -> Honoured:
    """M1 has these tutors; the list is locked."""
    made = decided_award(bodies=bodies, derived=derived)
    tutors(made, *names)
    made.lock()
    return made


def tutors(made: Honoured, *names: str) -> None:
    nominee = made.contest.entries.get(number="M1")
    nominee.tutors.all().delete()
    home = School.objects.get(name="晴川一中")
    for order, name in enumerate(names, 1):
        person, _ = Person.objects.get_or_create(kind="tutor", name=name, school=home)
        Tutor.objects.create(entry=nominee, person=person, order=order)


def changed(made: Honoured, *names: str) -> Honoured:
    """Put right between approval and publication, by the office."""
    made.amend()
    tutors(made, *names)
    made.lock()
    return made


def acknowledge(made: Honoured, **more) -> TitlesAcknowledged:
    said = {"change": approval_of(made.list).changes.digest, "reason": "学校来函更正辅导教师"} | more
    return acknowledge_titles(contest=made.contest, by=made.office, at=NOW, **said)


def publish(made: Honoured):
    made.contest.refresh_from_db()
    return publish_list(contest=made.contest, by=made.office, at=NOW)


def test_nobody_gets_a_title_after_the_approval_without_a_word():
    made = tutored("王辅导")
    made.say("government")
    changed(made, "李辅导")
    found = approval_of(made.list)
    assert found.next is None  # the prizes are as they were: the approval stays
    assert [(one.title, one.before, one.now) for one in found.changes.rows] == [("培育奖", ("王辅导",), ("李辅导",))]
    refused("titles-changed", partial(publish, made))
    refused("titles-changed", lambda: issue_certificates(award_list=made.list, by=made.office, at=NOW))
    acknowledge(made)
    assert publish(made).state == "published"


def test_a_title_where_nobody_had_one_is_a_change_too():
    made = tutored()
    made.say("government")
    changed(made, "李辅导")
    assert [(one.before, one.now) for one in approval_of(made.list).changes.rows] == [((), ("李辅导",))]


def test_a_name_that_is_spelt_right_since_is_none():
    made = tutored("王辅导")
    made.say("government")
    Person.objects.filter(name="王辅导").update(name="王辅道")
    made.amend()
    made.lock()
    assert why_not_final(made.list) is None


def test_what_goes_with_a_struck_winner_is_none():
    made = tutored("王辅导", derived=(TRAINING, CRADLE))
    made.say("government", "struck", {"M1": "成果存疑"})
    made.amend()
    made.lock()
    assert not approval_of(made.list).changes.rows
    assert publish(made).state == "published"


def test_whoever_moves_into_a_number_because_of_a_struck_winner_is_a_change():
    made = decided_award(bodies=CITY, derived=(Follows("组织奖", "", "school", [["student", "mayor"]], 1),))
    home = School.objects.create(name="三中", district=School.objects.get(name="晴川一中").district)
    made.contest.entries.filter(number="M1").update(school=home)
    made.lock()
    made.say("government", "struck", {"M1": "成果存疑"})
    made.amend()
    made.lock()
    assert [(one.before, one.now) for one in approval_of(made.list).changes.rows] == [((), ("晴川一中",))]


def test_a_word_counts_for_the_change_that_was_looked_at():
    made = tutored("王辅导")
    made.say("government")
    changed(made, "李辅导")
    seen = approval_of(made.list).changes.digest
    refused("titles-acknowledged-without-reason", partial(acknowledge, made, reason=" "))
    changed(made, "钱辅导")
    refused("titles-changed-since", partial(acknowledge, made, change=seen))
    acknowledge(made)
    refused("titles-changed-since", partial(acknowledge, made))
    changed(made, "孙辅导")
    refused("titles-changed", partial(publish, made))
    changed(made, "王辅导")
    assert not approval_of(made.list).changes.rows


def test_each_body_is_compared_with_what_it_saw():
    made = tutored("王辅导", bodies={"council": "奖励委员会", **CITY})
    made.say("council")
    changed(made, "李辅导")
    assert approval_of(made.list).next.step == "government"
    made.say("government")
    assert [one.resolution.step for one in approval_of(made.list).changes.rows] == ["council"]
    refused("titles-changed", partial(publish, made))


def test_the_log_knows_it_without_names():
    made = tutored("王辅导")
    made.say("government")
    changed(made, "李辅导")
    acknowledge(made)
    body = Event.objects.get(action="titles.acknowledged").body
    assert body["change"] == approval_of(made.list).changes.digest
    said = str([body, Event.objects.get(action="resolution.recorded").body, made.list.titles])
    assert "辅导" not in said
    assert "来函" not in said


def test_a_correction_of_a_published_list_says_why_by_its_own_reason():
    made = tutored("王辅导")
    made.say("government")
    issue_certificates(award_list=made.list, by=made.office, at=NOW)
    publish(made)
    before = Person.objects.get(name="王辅导")
    tutors(made, "李辅导")
    touched = {("person", before.pk), ("person", Person.objects.get(name="李辅导").pk)}
    made.contest.refresh_from_db()
    restate_list(made.contest, touched=touched, renamed=[], reason="录错辅导教师", by=made.office, at=NOW)
    made.contest.refresh_from_db()
    assert made.list.state == "published"
    assert TitlesAcknowledged.objects.get().reason == "录错辅导教师"


def test_decisions_from_before_titles_were_kept_are_compared_with_nothing():
    made = tutored("王辅导")
    made.contest.resolutions.model.objects.filter(pk=made.say("government").pk).update(titles=None)
    changed(made, "李辅导")
    assert why_not_final(made.list) is None


def test_the_database_keeps_a_word_true():
    made = tutored("王辅导")
    made.say("government")
    changed(made, "李辅导")
    one = acknowledge(made)
    with pytest.raises(IntegrityError), transaction.atomic():
        TitlesAcknowledged.objects.filter(pk=one.pk).update(reason="")
