"""Rows are tampered with behind the services' backs; no list that is wrong can be locked."""

from collections.abc import Callable
from fractions import Fraction

import pytest
from django.db import IntegrityError, transaction

from awards.access import why_not_lock_list
from awards.models import Achievement, Award, AwardList, Certificate, Decision, Vote
from awards.prizes import BY_CODE
from awards.services.eligibility import check_eligibility
from awards.services.lists import check_list, lock_list, standing_list
from awards.services.proposals import said_now
from awards.services.running import decide
from awards.states import AwardedBy, ListState
from competition.errors import Refused
from competition.lifecycle import move
from competition.models import Contest, Entry, Event, Person, Role, School, User
from competition.services.agreeing import take
from competition.states import ContestState, RoleKind, StepKind
from judging.models import Assignment, Judge, Mark, Sheet, Standing
from tests.factories.contests import AT, decided, loaded, played
from tests.factories.sheets import marks, plan, small, votes, with_mayor

pytestmark = pytest.mark.django_db


def codes(contest: Contest) -> list[str]:
    return sorted({finding.code for finding in check_list(standing_list(contest))})


def assert_refused(contest: Contest, *expected: str) -> None:
    """lock_list says no for these reasons and leaves no trace."""
    assert codes(contest) == sorted(expected)
    before = (Event.objects.count(), contest.state, list(AwardList.objects.values()), list(Award.objects.values()))
    with pytest.raises(Refused) as refused:
        lock_list(contest=contest, by=None, at=AT)
    assert refused.value.denial.code == "list-not-clean"
    assert "%(" not in refused.value.denial.message
    contest.refresh_from_db()
    after = (Event.objects.count(), contest.state, list(AwardList.objects.values()), list(Award.objects.values()))
    assert after == before


@pytest.fixture
def contest() -> Contest:
    made = decided(small())
    assert check_list(standing_list(made)) == []
    return made


def held() -> Contest:
    made = small({"A1": (95,) * 3, "A2": (95,) * 3, "A3": (80,) * 3})
    made["奖项方案"] = plan(("一等奖", 1), ("二等奖", 1))
    return decided(made)


def entry(contest: Contest, number: str) -> Entry:
    return contest.entries.get(number=number)


def test_a_clean_list_locks(contest: Contest) -> None:
    lock_list(contest=contest, by=None, at=AT)
    contest.refresh_from_db()
    assert (contest.state, standing_list(contest).state) == ("locked", "locked")


def test_sheets_missing(contest: Contest) -> None:
    Standing.objects.filter(entry__number="A6").update(missing=1)
    assert_refused(contest, "sheets-missing", "standing-differs")


def test_a_further_review_that_is_not_handed_in(contest: Contest) -> None:
    person = Person.objects.create(kind="judge", name="第九位", code="J9")
    judge = Judge.objects.create(contest=contest, code="J9", person=person)
    asked = Assignment.objects.create(round=contest.rounds.get(), entry=entry(contest, "A1"), judge=judge, by="hand")
    assert_refused(contest, "review-open")
    asked.delete()
    assert codes(contest) == []


def test_winner_unscored(contest: Contest) -> None:
    """A5 loses its score. The plan would now give its prize to A6, which is on no list."""
    Standing.objects.filter(entry__number="A5").update(score=None, rank=None)
    assert "winner-unscored" in codes(contest)
    with pytest.raises(Refused):
        lock_list(contest=contest, by=None, at=AT)


def test_winner_not_countable(contest: Contest) -> None:
    Entry.objects.filter(number="A1").update(state="withdrawn")
    assert "winner-not-countable" in codes(contest)
    with pytest.raises(Refused):
        lock_list(contest=contest, by=None, at=AT)


def test_two_level_prizes_are_refused_by_the_database(contest: Contest) -> None:
    first = Award.objects.get(entry__number="A1")
    with pytest.raises(IntegrityError), transaction.atomic():
        Award.objects.create(list=first.list, entry=first.entry, code="second", order=2, by="plan", label_zh="二等奖")
    with pytest.raises(IntegrityError), transaction.atomic():
        Award.objects.filter(entry__number="A2").update(entry=first.entry)


def test_tie_across_cut() -> None:
    assert_refused(held(), "tie-across-cut")


def test_tie_over_seats() -> None:
    contest = held()
    for number in ("A1", "A2"):
        Decision.objects.create(
            contest=contest, entry=entry(contest, number), code="first", label="一等奖", minutes="x"
        )
    assert "tie-over-seats" in codes(contest)
    with pytest.raises(Refused):
        lock_list(contest=contest, by=None, at=AT)


def test_plan_exceeded(contest: Contest) -> None:
    level = BY_CODE["first"]
    Award.objects.create(
        list=standing_list(contest), entry=entry(contest, "A6"), code="first", label_zh=level.label_zh, order=1,
        place=6, by=AwardedBy.PLAN, said=said_now(entry(contest, "A6")),
    )  # fmt: skip
    assert "plan-exceeded" in codes(contest)
    with pytest.raises(Refused):
        lock_list(contest=contest, by=None, at=AT)


def test_judge_conflicted(contest: Contest) -> None:
    school = School.objects.get(name="晴川一中")
    Judge.objects.filter(code="J2").update(school=school)
    assert_refused(contest, "judge-conflicted")


def test_decision_without_tie(contest: Contest) -> None:
    Decision.objects.create(contest=contest, entry=entry(contest, "A6"), code="first", label="一等奖", minutes="x")
    assert_refused(contest, "decision-without-tie")


def test_certificate_name_differs() -> None:
    """On a list that is published and prepared anew for locking."""
    done = played(small())
    assert done.contest is not None
    contest = Contest.objects.get(pk=done.contest.pk)
    one = Certificate.objects.get(purpose="author:A2")
    Certificate.objects.filter(pk=one.pk).update(recipients=["别人"])
    Contest.objects.filter(pk=contest.pk).update(state="decision")
    AwardList.objects.filter(contest=contest).update(state="draft")
    contest.refresh_from_db()
    assert_refused(contest, "certificate-name-differs")


WRONG: dict[str, Callable[[Contest], object]] = {
    "two winners swapped": lambda contest: swap(contest, "A1", "A2"),
    "a winner left out": lambda contest: Award.objects.filter(entry__number="A5").delete(),
    "the prize of another": lambda contest: Award.objects.filter(entry__number="A5").update(entry=entry(contest, "A6")),
    "a place that is wrong": lambda contest: Award.objects.filter(entry__number="A5").update(place=1),
}


def swap(contest: Contest, one: str, other: str) -> None:
    first, second = (Award.objects.get(entry=entry(contest, number)) for number in (one, other))
    for award, like in ((first, second), (second, first)):
        Award.objects.filter(pk=award.pk).update(
            code=like.code, label_zh=like.label_zh, label_en=like.label_en, order=like.order
        )


@pytest.mark.parametrize("wrong", WRONG)
def test_a_list_that_is_not_what_the_plan_gives(contest: Contest, wrong: str) -> None:
    """The counts still fit the plan; the winners do not."""
    WRONG[wrong](contest)
    with pytest.raises(Refused):
        lock_list(contest=contest, by=None, at=AT)


@pytest.mark.parametrize("change", [{"score": 9999}, {"score": 100}])
def test_a_score_that_the_marks_do_not_give(contest: Contest, change: dict[str, int]) -> None:
    Standing.objects.filter(entry__number="A1").update(**change)
    with pytest.raises(Refused):
        lock_list(contest=contest, by=None, at=AT)


def test_a_mark_changed_behind_the_standings(contest: Contest) -> None:
    """A6 would be first with 100, 100, 100; the standings were computed before."""
    assert Mark.objects.filter(sheet__assignment__entry__number="A6").update(points=10000) == 3
    with pytest.raises(Refused):
        lock_list(contest=contest, by=None, at=AT)


def test_a_sheet_that_appears_behind_the_standings(contest: Contest) -> None:
    Sheet.objects.filter(assignment__entry__number="A1").update(state="recused")
    with pytest.raises(Refused):
        lock_list(contest=contest, by=None, at=AT)


def award_contest(choices: dict[str, dict[str, str]], points: dict[str, int]) -> Contest:
    lines = [line for nominee, said in choices.items() for line in votes(nominee, **said)]
    made = loaded(with_mayor(small(), {n: (one,) * 3 for n, one in points.items()}, lines))
    decide(contest=made.contest, by=None, at=AT)
    assert made.award is not None
    check_eligibility(contest=made.award, by=None, at=AT)
    decide(contest=made.award, by=None, at=AT)
    return made.award


POINTS = {"M1": 90, "M2": 80, "M3": 70, "M4": 60}


def test_no_quorum() -> None:
    award = award_contest({"M1": {"yes": "abcdef"}, "M2": {"yes": "abcdef"}}, POINTS)
    assert codes(award) == []
    Vote.objects.filter(member__name="委员f").delete()
    assert "no-quorum" in codes(award)
    with pytest.raises(Refused):
        lock_list(contest=award, by=None, at=AT)


@pytest.mark.parametrize("choice", ["no", "recused"])
def test_votes_changed_behind_the_award_list(choice: str) -> None:
    """M1 would lose its majority, or its quorum."""
    award = award_contest({"M1": {"yes": "abcdef"}, "M2": {"yes": "abcdef"}, "M3": {"yes": "abcdef"}}, POINTS)
    Vote.objects.filter(entry__number="M1").update(choice=choice)
    with pytest.raises(Refused):
        lock_list(contest=award, by=None, at=AT)


def test_another_winner_on_the_award_list() -> None:
    award = award_contest({"M1": {"yes": "abcdef"}, "M2": {"yes": "abcdef"}}, POINTS)
    Award.objects.filter(entry__number="M2").update(entry=award.entries.get(number="M3"))
    with pytest.raises(Refused):
        lock_list(contest=award, by=None, at=AT)


def test_an_award_that_is_fixed_keeps_its_ground() -> None:
    """The contest below is amended, and M1 loses the prize by which it could win."""
    award = award_contest({"M1": {"yes": "abcdef"}, "M2": {"yes": "abcdef"}}, POINTS)
    below, office = award.belongs_to, User.objects.create_user("office", name="办公室")
    assert below is not None
    lock_list(contest=award, by=None, at=AT)
    Achievement.objects.filter(person=award.entries.get(number="M1").nomination.person).delete()
    with pytest.raises(Refused) as fault:
        take(contest=below, step=StepKind.LOCK, by=office, at=AT)
    assert fault.value.denial.code == "award-loses-ground"
    assert "M1" in fault.value.denial.message
    below.refresh_from_db()
    assert below.state == ContestState.DECISION
    standing = standing_list(award)
    move(standing, ListState.SUPERSEDED, by=office, at=AT)
    take(contest=Contest.objects.get(pk=below.pk), step=StepKind.LOCK, by=office, at=AT)


def test_an_award_is_locked_on_what_its_nominees_have_now() -> None:
    award = award_contest({"M1": {"yes": "abcdef"}, "M2": {"yes": "abcdef"}}, POINTS)
    office = User.objects.create_user("office", name="办公室")
    Role.objects.create(user=office, kind=RoleKind.ORGANISER)
    denial = why_not_lock_list(office, award, at=AT)
    assert denial is not None, "the contest below is being decided"
    assert denial.code == "wrong-state"
    Achievement.objects.filter(person=award.entries.get(number="M1").nomination.person).delete()
    with pytest.raises(Refused):
        take(contest=award, step=StepKind.LOCK, by=office, at=AT)


def test_the_mean_of_the_fixture_is_what_it_says() -> None:
    """Against a slip in the tests themselves."""
    points = [line["总评"] for line in marks({"A1": (95, 93, 94)})]
    assert Fraction(sum(points), 3) == 94
