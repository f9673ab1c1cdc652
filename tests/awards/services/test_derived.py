"""Titles of tutors and schools follow from prizes of the award: by rule, each once, and gone with what they rest on."""

import pytest

from awards.models import Achievement, Award, Recognition, RecognitionRule
from awards.services.certificates import issue_certificates
from awards.services.lists import check_list
from awards.services.recognitions import following
from awards.services.resolving import withdraw_resolution
from awards.services.running import decide
from awards.services.titles import ranking_of, reopen_title_tie, settle_title_tie
from competition.models import Entry, Person, School, Tutor
from tests.awards.services.test_notices import refused
from tests.factories.approving import CRADLE, TRAINING, Follows, Honoured, decided_award, honoured
from tests.factories.noticing import NOW

pytestmark = pytest.mark.django_db
COUNCIL = {"council": "奖励委员会"}


def titles(made: Honoured) -> list[tuple[str, str, list[str]]]:
    rows = Recognition.objects.filter(list=made.list).select_related("rule", "school", "person", "district")
    return [(one.rule.label_zh, str(one.recipient), one.follows) for one in rows.order_by("rule__order", "pk")]


def tutor(name: str) -> Person:
    school = School.objects.get(name="晴川一中")
    return Person.objects.create(kind="tutor", name=name, school=school)


def entry(made: Honoured, number: str) -> Entry:
    return made.contest.entries.get(number=number)


def valid(made: Honoured) -> set[str]:
    return {one.recipients[0] for one in made.contest.certificates.filter(state="valid")}


def test_the_school_of_winners_has_its_title_once():
    made = honoured(derived=(CRADLE,))
    assert titles(made) == [("摇篮奖", "晴川一中", ["M1", "M2"])]
    assert not check_list(made.list)


def test_a_title_follows_the_prizes_that_its_rule_names():
    both = Follows("组织奖", "", "school", [["student", "mayor"], ["student", "nomination"]])
    others = Follows("育才奖", "", "school", [["tutor", "mayor"]])
    made = honoured(derived=(both, others))
    assert titles(made) == [("组织奖", "晴川一中", ["M1", "M2", "M3"])]


def test_the_tutor_that_a_nomination_names_has_the_title():
    made = decided_award(derived=(TRAINING,))
    Tutor.objects.create(entry=entry(made, "M1"), person=tutor("王辅导"), order=1)
    made.lock()
    assert titles(made) == [("培育奖", "王辅导", ["M1"])]


def test_a_nomination_without_tutors_counts_those_of_the_works_that_won():
    made = decided_award(derived=(TRAINING,))
    work = Entry.objects.get(number="A1")
    one, person = tutor("李辅导"), entry(made, "M2").nomination.person
    Tutor.objects.create(entry=work, person=one, order=9)
    Achievement.objects.filter(person=person).update(entry=work)
    made.lock()
    assert ("培育奖", "李辅导", ["M2"]) in titles(made)
    assert [name for _title, name, _from in titles(made)].count("李辅导") == 1


def test_a_title_is_stale_once_what_it_follows_from_changes():
    made = decided_award(derived=(TRAINING,))
    made.lock()
    Tutor.objects.create(entry=entry(made, "M1"), person=tutor("王辅导"), order=1)
    assert "recognition-differs" in {one.code for one in check_list(made.list)}


def test_a_title_is_revoked_with_the_prizes_it_followed_from():
    made = honoured(derived=(CRADLE,), bodies=COUNCIL)
    first = made.say("council")
    issue_certificates(award_list=made.list, by=made.office, at=NOW)
    assert "晴川一中" in valid(made)
    made.amend()
    withdraw_resolution(resolution=first, reason="举报属实", by=made.office, at=NOW)
    made.lock()
    made.say("council", "struck", {"M1": "抄袭", "M2": "抄袭"})
    made.amend()
    made.lock()
    assert titles(made) == []
    issue_certificates(award_list=made.list, by=made.office, at=NOW)
    assert valid(made) == {"候选3"}
    assert made.contest.certificates.filter(state="revoked").count() == 3


def test_of_several_works_the_one_that_made_the_pupil_eligible_counts():
    made = decided_award(derived=(TRAINING,))
    person, [met, other] = entry(made, "M2").nomination.person, Entry.objects.filter(number__in=["A1", "A2"])
    for work, name in ((met, "李辅导"), (other, "钱辅导")):
        Tutor.objects.create(entry=work, person=tutor(name), order=9)
    won = Achievement.objects.get(person=person)
    Achievement.objects.filter(pk=won.pk).update(entry=met)
    won.pk, won.entry, won.level, won.prize_order = None, other, "county", 9
    won.save()
    made.lock()
    assert {name for _title, name, _from in titles(made)} >= {"李辅导"}
    assert "钱辅导" not in {name for _title, name, _from in titles(made)}


def school(name: str) -> School:
    return School.objects.create(name=name, district=School.objects.get(name="晴川一中").district)


def capped(number: int, ties: str = "hold", kind: str = "school") -> Honoured:
    """M1 has the first place, M2 the second, M3 the nomination prize; each is of a school of its own."""
    rule = Follows("组织奖", "", kind, [["student", "mayor"], ["student", "nomination"]], number, ties)
    made = decided_award(derived=(rule,))
    for nominee, name in (("M1", "三中"), ("M2", "二中"), ("M3", "一小")):
        made.contest.entries.filter(number=nominee).update(school=school(name))
    return made


def test_with_a_number_those_behind_the_best_places_have_the_title():
    made = capped(2)
    made.lock()
    assert titles(made) == [("组织奖", "三中", ["M1"]), ("组织奖", "二中", ["M2"])]
    assert not check_list(made.list)


def test_who_is_equal_at_the_last_of_them_waits_for_the_committee():
    made = capped(1, kind="tutor")
    for order, name in enumerate(("王辅导", "李辅导"), 1):
        Tutor.objects.create(entry=entry(made, "M1"), person=tutor(name), order=order)
    decide(contest=made.contest, by=None, at=NOW)
    made.contest.refresh_from_db()
    assert titles(made) == []
    refused("list-not-clean", made.lock)
    rule = made.contest.recognition_rules.get()
    [tie] = ranking_of(rule).ties
    both = {"rule": rule, "terms": tie.terms, "by": made.office, "at": NOW}
    chosen = [Person.objects.get(name="李辅导").key]
    settle_title_tie(named=chosen, minutes="纪要 3", **both)
    assert titles(made) == [("组织奖", "李辅导", ["M1"])]
    reopen_title_tie(**both)
    assert titles(made) == []
    settle_title_tie(named=chosen, minutes="纪要 3", **both)
    made.lock()
    assert titles(made) == [("组织奖", "李辅导", ["M1"])]


@pytest.mark.parametrize(("ties", "named"), [("extend", 3), ("shrink", 1), ("hold", 1)])
def test_nomination_prizes_have_no_places_and_are_equal(ties, named):
    made = capped(2, ties)
    first = Award(entry=entry(made, "M1"), code="mayor", order=1, place=1)
    others = [Award(entry=entry(made, number), code="nomination", order=2) for number in ("M2", "M3")]
    found = following(RecognitionRule.objects.get(), [*others, first])
    assert sum(found.recognised) == named
    assert len(found.held) == (2 if ties == "hold" else 0)
    assert found.figures[0].follows == ("M1",)
