"""Achievements with a document: only confirmed ones count, and why not is said."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

import pytest
from django.db import IntegrityError, transaction

from awards.models import Achievement, Claim
from awards.services.achievements import forget_achievements
from awards.services.claims import confirm_claim, refuse_claim
from awards.services.eligibility import check_eligibility
from competition.errors import Refused
from competition.models import Contest, Event, Person, School, User
from tests.factories.contests import Made, small_contest
from tests.factories.elsewhere import award_of, claim_of
from tests.factories.noticing import NOW, account, office_of

pytestmark = pytest.mark.django_db


@contextmanager
def refused(code: str) -> Iterator[None]:
    with pytest.raises(Refused) as found:
        yield
    assert found.value.denial.code == code


@pytest.fixture
def made() -> Made:
    return small_contest()


@pytest.fixture
def school(made) -> School:
    return made.schools["东区", "晴川一中"]


@pytest.fixture
def award(made) -> Contest:
    return award_of(made, "学生A1")


@pytest.fixture
def office(award) -> User:
    return office_of(award)


@pytest.fixture
def teacher(school) -> User:
    return account("teacher", kind="school", school=school)


def eligible(award: Contest) -> int:
    return check_eligibility(contest=award, by=None, at=NOW)


def test_only_a_confirmed_one_counts(award, school, teacher, office):
    claim = claim_of(award, school, teacher)
    assert (claim.state, eligible(award)) == ("to_check", 0)
    claim = confirm_claim(claim=claim, by=office, at=NOW)
    assert (claim.state, claim.decided_by, eligible(award)) == ("confirmed", office, 1)
    one = Achievement.objects.get(claim=claim)
    assert (one.contest_name, one.prize_name, one.prize_order) == ("国际发明展", "一等奖", 1)
    refuse_claim(claim=claim, reason="撤销了", by=office, at=NOW)
    assert eligible(award) == 0
    assert not Achievement.objects.filter(claim=claim).exists()


def test_a_patent_has_no_level_of_prizes(award, school, teacher, office):
    claim = claim_of(award, school, teacher, what="patent", said_of="国家发明专利", prize="first")
    confirm_claim(claim=claim, by=office, at=NOW)
    one = Achievement.objects.get(claim=claim)
    assert (one.prize_code, one.prize_name, one.prize_order, eligible(award)) == ("special", "专利", 9, 0)


def test_a_refusal_says_why(award, school, teacher, office):
    claim = claim_of(award, school, teacher)
    with refused("claim-without-reason"):
        refuse_claim(claim=claim, reason="  ", by=office, at=NOW)
    assert refuse_claim(claim=claim, reason="看不清", by=office, at=NOW).reason == "看不清"
    with pytest.raises(IntegrityError), transaction.atomic():
        Claim.objects.update(reason="")


def test_a_school_does_not_decide(award, school, teacher):
    claim = claim_of(award, school, teacher)
    for do in (confirm_claim, lambda **more: refuse_claim(reason="x", **more)):
        with refused("hidden"):
            do(claim=claim, by=teacher, at=NOW)


def test_another_school_sends_nothing_for_this_one(award, school, made):
    elsewhere = School.objects.create(name="别校", district=school.district)
    with refused("hidden"):
        claim_of(award, school, account("other", kind="school", school=elsewhere))


def test_an_award_that_is_decided_takes_no_more(award, school, teacher, office):
    Contest.objects.filter(pk=award.pk).update(state="decision")
    with refused("claims-closed"):
        claim_of(award, school, teacher)
    claim_of(award, school, office)
    Contest.objects.filter(pk=award.pk).update(state="locked")
    with refused("wrong-state"):
        claim_of(award, school, office, said_of="另一项")


def test_the_same_is_not_sent_twice_unless_it_was_refused(award, school, teacher, office):
    claim = claim_of(award, school, teacher)
    with refused("claim-twice"):
        claim_of(award, school, teacher)
    refuse_claim(claim=claim, reason="看不清", by=office, at=NOW)
    claim_of(award, school, teacher)


def test_a_day_that_is_to_come_is_a_slip(award, school, teacher):
    with refused("claim-in-future"):
        claim_of(award, school, teacher, won_on=date(2027, 1, 1))


def test_two_of_a_name_need_their_number(award, school, teacher):
    other = Person.objects.create(kind="student", name="学生A1", school=school, code="7")
    with refused("claim-of-several"):
        claim_of(award, school, teacher)
    assert claim_of(award, school, teacher, code="7").person == other


def test_whoever_is_not_here_yet_is_made_once(award, school, teacher):
    first = claim_of(award, school, teacher, name="新同学")
    again = claim_of(award, school, teacher, name="新同学", said_of="另一项")
    assert first.person == again.person
    assert (first.person.school, first.person.kind) == (school, "student")


def test_the_log_names_nobody(award, school, teacher, office):
    confirm_claim(claim=claim_of(award, school, teacher), by=office, at=NOW)
    events = Event.objects.filter(chain__contest=award, action__startswith="claim.")
    assert [one.action for one in events.order_by("seq")] == ["claim.added", "claim.confirmed"]
    assert not [one for one in events if "学生" in str(one.body) or "发明" in str(one.body)]


def test_a_fixed_award_does_not_lose_its_ground(award, school, teacher, office):
    claim = confirm_claim(claim=claim_of(award, school, teacher), by=office, at=NOW)
    award_list = award.award_lists.create(version=1, state="locked", made_at=NOW, locked_at=NOW, digest="x")
    award_list.awards.create(entry=award.entries.get(), code="mayor", label_zh="市长奖", order=0, by="committee")
    with refused("award-loses-results"):
        refuse_claim(claim=claim, reason="撤销了", by=office, at=NOW)
    assert Achievement.objects.filter(claim=claim).exists()


def test_a_workbook_leaves_confirmed_documents_alone(award, school, teacher, office):
    claim = confirm_claim(claim=claim_of(award, school, teacher), by=office, at=NOW)
    forget_achievements(contest=award, by=None, at=NOW)
    assert Achievement.objects.filter(claim=claim).exists()


def test_a_school_has_won_what_its_pupils_show(award, school, teacher, office):
    track = award.tracks.create(code="学校", label_zh="学校", order=2)
    entry = award.entries.create(track=track, number="S1", order=2, title=school.name, state="passed", school=school)
    entry.nomination = type(award.entries.get(number="N1").nomination).objects.create(entry=entry, school=school)
    assert eligible(award) == 0
    confirm_claim(claim=claim_of(award, school, teacher), by=office, at=NOW)
    assert eligible(award) == 2
