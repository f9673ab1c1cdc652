"""Titles of units, schools and tutors on the web: rules, whom the committee names, ties, and what a list says of them."""

import pytest
from django.db import IntegrityError, transaction

from awards.dues import dues
from awards.models import RecognitionDecision, RecognitionRule
from awards.outputs.figures import recognitions_sentence
from awards.services.amending import amend_list
from awards.services.certificates import issue_certificates
from awards.services.lists import check_list, lock_list, standing_list
from awards.services.recognitions import recognitions_due
from awards.services.running import decide
from awards.services.titles import (
    RecognitionDetails,
    drop_recognition,
    name_recognised,
    ranking_of,
    reopen_title_tie,
    rule_tutor_prizes,
    save_recognition,
    settle_title_tie,
    take_recognised_back,
)
from awards.states import Ties
from competition.errors import Refused
from competition.models import Contest, Entry, Event, Person, Role, School, User
from competition.services.copying import copied
from competition.states import RoleKind
from tests.factories.contests import AT, bare_contest, decided
from tests.factories.sheets import small

pytestmark = pytest.mark.django_db
MINUTES = "评委会纪要〔2026〕9号"


@pytest.fixture
def contest() -> Contest:
    return decided(small())


@pytest.fixture
def office(contest) -> User:
    user = User.objects.create_user("office", name="办公室")
    Role.objects.create(user=user, kind=RoleKind.ORGANISER, contest=contest)
    return user


@pytest.fixture
def save(contest, office):
    def saved(rule: RecognitionRule | None = None, **more) -> RecognitionRule:
        said = {"name": "优秀活动示范学校", "name_en": "Model School", "kind": "school", "number": 1,
                "points": {"entry": "1", "first": "5"}}  # fmt: skip
        details = RecognitionDetails(**(said | more))
        return save_recognition(contest=contest, details=details, rule=rule, by=office, at=AT)

    return saved


def found(contest: Contest) -> list[str]:
    return [one.code for one in check_list(standing_list(contest))]


def listed(contest: Contest) -> list[tuple[str, str]]:
    return [(one.rule.label_zh, str(one.recipient)) for one in standing_list(contest).recognitions.all()]


def refused(code: str, act, **more) -> None:
    before = (list(RecognitionDecision.objects.values()), list(RecognitionRule.objects.values()), Event.objects.count())
    with pytest.raises(Refused) as fault:
        act(**more)
    assert fault.value.denial.code == code
    assert "%(" not in fault.value.denial.message
    assert (
        list(RecognitionDecision.objects.values()), list(RecognitionRule.objects.values()), Event.objects.count()
    ) == before  # fmt: skip


def school(name: str) -> School:
    return School.objects.get(name=name)


def equal_schools(contest: Contest) -> None:
    """Each school has one entry that passed, and nothing else counts."""
    for one in School.objects.all():
        mine = Entry.objects.countable().filter(contest=contest, school=one).order_by("order")
        mine.exclude(pk=mine[0].pk).update(state="not_passed")


def test_a_saved_title_is_on_the_proposed_list_at_once(contest, save):
    save()
    assert [title for title, _name in listed(contest)] == ["优秀活动示范学校"]
    assert found(contest) == []


def test_figures_say_what_was_sent_what_passed_and_the_share(contest, save):
    rule = save()
    mine = contest.entries.filter(school=school("晴川一中"))
    number = mine.count()
    mine.filter(pk=mine.order_by("order")[0].pk).update(state="not_passed")
    ranks = ranking_of(rule)
    figures = dict(zip(ranks.keys, ranks.figures, strict=True))[school("晴川一中").pk]
    assert (figures.sent, figures.passed) == (number, number - 1)
    assert figures.share == int(100 * (number - 1) / number + 0.5)
    mine.update(state="withdrawn")
    assert school("晴川一中").pk not in ranking_of(rule).keys


def test_too_few_entries_are_not_named(contest, save):
    most = max(contest.entries.filter(school=one).count() for one in School.objects.all())
    rule = save(fewest=most + 1)
    assert listed(contest) == []
    save(rule, fewest=most)
    assert len(listed(contest)) == 1


def test_a_district_has_no_more_than_its_most(contest, save):
    School.objects.update(district=school("晴川一中").district)
    rule = save(number=2)
    assert len(listed(contest)) == 2
    save(rule, number=2, per_district=1)
    assert len(listed(contest)) == 1


def test_a_title_without_points_names_nobody_and_is_refused(save):
    refused("title-without-points", save, points={"entry": "0"})
    refused("title-number", save, number=0)
    refused("title-number", save, per_district=0)
    save()
    refused("title-twice", save)


# ---- by the committee


def test_the_committee_names_whom_it_wants_under_minutes(contest, office, save):
    rule = save(is_by_committee=True, points={})
    assert listed(contest) == []
    key = school("晴川二中").key
    refused("title-without-minutes", name_recognised, rule=rule, key=key, minutes=" ", by=office, at=AT)
    refused("title-nobody", name_recognised, rule=rule, key="x" * 26, minutes=MINUTES, by=office, at=AT)
    name_recognised(rule=rule, key=key, minutes=MINUTES, by=office, at=AT)
    assert listed(contest) == [("优秀活动示范学校", "晴川二中")]
    assert standing_list(contest).recognitions.get().place == 0
    assert found(contest) == []
    refused("title-has-it", name_recognised, rule=rule, key=key, minutes=MINUTES, by=office, at=AT)
    other = school("晴川一中").key
    refused("title-over-number", name_recognised, rule=rule, key=other, minutes=MINUTES, by=office, at=AT)
    refused("title-given", drop_recognition, rule=rule, by=office, at=AT)
    refused("title-given", save, rule=rule, is_by_committee=False)
    take_recognised_back(rule=rule, key=key, by=office, at=AT)
    assert listed(contest) == []
    drop_recognition(rule=rule, by=office, at=AT)
    assert not contest.recognition_rules.filter(is_in_force=True)


def test_the_committee_keeps_to_the_limits_of_a_title(contest, office, save):
    School.objects.update(district=school("晴川一中").district)
    rule = save(is_by_committee=True, number=2, per_district=1, points={})
    name_recognised(rule=rule, key=school("晴川一中").key, minutes=MINUTES, by=office, at=AT)
    key = school("晴川二中").key
    refused("title-limits", name_recognised, rule=rule, key=key, minutes=MINUTES, by=office, at=AT)
    save(rule, is_by_committee=True, number=2, fewest=99, points={})
    refused("title-limits", name_recognised, rule=rule, key=key, minutes=MINUTES, by=office, at=AT)
    refused("title-gone", name_recognised, rule=save(name="别的"), key=key, minutes=MINUTES, by=office, at=AT)


def test_more_named_than_there_are_stop_the_lock(contest, office, save):
    rule = save(is_by_committee=True, number=2, points={})
    for one in School.objects.all()[:2]:
        name_recognised(rule=rule, key=one.key, minutes=MINUTES, by=office, at=AT)
    refused("title-over-number", save, rule=rule, is_by_committee=True, number=1, points={})
    RecognitionRule.objects.update(number=1)  # as a workbook may say it
    assert found(contest) == ["recognition-over"]


# ---- ties


def test_equals_at_the_last_place_wait_and_the_committee_settles_them(contest, office, save):
    rule = save(ties=Ties.HOLD, points={"entry": "1"})
    equal_schools(contest)
    decide(contest=contest, by=None, at=AT)
    assert found(contest) == ["recognition-tied"]
    [tie] = ranking_of(rule).ties
    key, other = school("晴川二中").key, school("晴川一中").key
    act = {"rule": rule, "terms": tie.terms, "by": office, "at": AT}
    refused("title-over-seats", settle_title_tie, named=[key, other], minutes=MINUTES, **act)
    refused("title-without-minutes", settle_title_tie, named=[key], minutes="", **act)
    refused("title-tie-changed", settle_title_tie, named=["x"], minutes=MINUTES, **act)
    settle_title_tie(named=[key], minutes=MINUTES, **act)
    assert listed(contest) == [("优秀活动示范学校", "晴川二中")]
    assert found(contest) == []
    refused("title-tie-changed", settle_title_tie, named=[other], minutes=MINUTES, **act)
    reopen_title_tie(**act)
    assert listed(contest) == [] and found(contest) == ["recognition-tied"]


def test_a_decision_counts_for_its_own_tie_alone(contest, office, save):
    rule = save(ties=Ties.HOLD, points={"entry": "1"})
    equal_schools(contest)
    [tie] = ranking_of(rule).ties
    settle_title_tie(rule=rule, terms=tie.terms, named=[], minutes=MINUTES, by=office, at=AT)
    assert listed(contest) == []
    save(rule, ties=Ties.HOLD, points={"entry": "2"})
    [again] = ranking_of(rule).ties
    assert not again.is_settled
    refused("title-tie-changed", settle_title_tie, rule=rule, terms=tie.terms, named=[], minutes=MINUTES, by=office,
            at=AT)  # fmt: skip


def test_a_settled_tie_stands_in_nobody_s_way(contest, office, save):
    rule = save(ties=Ties.HOLD, points={"entry": "1"})
    equal_schools(contest)
    [tie] = ranking_of(rule).ties
    key = school("晴川二中").key
    settle_title_tie(rule=rule, terms=tie.terms, named=[key], minutes=MINUTES, by=office, at=AT)
    save(rule, is_by_committee=True, points={})
    assert listed(contest) == []
    name_recognised(rule=rule, key=key, minutes=MINUTES, by=office, at=AT)
    assert listed(contest) == [("优秀活动示范学校", "晴川二中")]
    take_recognised_back(rule=rule, key=key, by=office, at=AT)
    save(rule, ties=Ties.HOLD, points={"entry": "1"})
    settle_title_tie(rule=rule, terms=tie.terms, named=[key], minutes=MINUTES, by=office, at=AT)
    drop_recognition(rule=rule, by=office, at=AT)
    assert listed(contest) == [] and not rule.decisions.exists()


# ---- the lock, and after


def test_after_the_lock_nothing_is_changed_and_an_amended_list_follows(contest, office, save):
    rule = save(is_by_committee=True, number=2, points={})
    name_recognised(rule=rule, key=school("晴川一中").key, minutes=MINUTES, by=office, at=AT)
    lock_list(contest=contest, by=office, at=AT)
    key = school("晴川二中").key
    refused("titles-fixed", save, rule=rule, is_by_committee=True, number=3, points={})
    refused("titles-fixed", drop_recognition, rule=rule, by=office, at=AT)
    refused("wrong-state", name_recognised, rule=rule, key=key, minutes=MINUTES, by=office, at=AT)
    refused("wrong-state", take_recognised_back, rule=rule, key=school("晴川一中").key, by=office, at=AT)
    issue_certificates(award_list=standing_list(contest), by=office, at=AT)
    was = standing_list(contest)
    amend_list(contest=contest, reason="更正", by=office, at=AT)
    contest.refresh_from_db()
    decide(contest=contest, by=None, at=AT)
    take_recognised_back(rule=rule, key=school("晴川一中").key, by=office, at=AT)
    name_recognised(rule=rule, key=key, minutes=MINUTES, by=office, at=AT)
    lock_list(contest=contest, by=office, at=AT)
    assert listed(contest) == [("优秀活动示范学校", "晴川二中")]
    assert [str(one.recipient) for one in was.recognitions.all()] == ["晴川一中"]  # the old version stays readable
    issue_certificates(award_list=standing_list(contest), by=office, at=AT)
    states = dict(contest.certificates.filter(kind="recognition").values_list("recipients__0", "state"))
    assert states == {"晴川一中": "revoked", "晴川二中": "valid"}


def test_a_title_that_comes_again_is_its_old_row(contest, office, save):
    rule = save()
    drop_recognition(rule=rule, by=office, at=AT)
    assert listed(contest) == []
    again = save(number=2)
    assert again.pk == rule.pk and contest.recognition_rules.count() == 1


def test_names_stay_out_of_the_log(contest, office, save):
    rule = save(kind="tutor", is_by_committee=True, points={})
    [pk, *_more] = ranking_of(rule).keys
    tutor = Person.objects.get(pk=pk)
    name_recognised(rule=rule, key=tutor.key, minutes=f"关于{tutor.name}的纪要", by=office, at=AT)
    bodies = [str(one.body) for one in Event.objects.filter(action__startswith="recognition.")]
    assert len(bodies) == 2 and not any(tutor.name in body for body in bodies)


def test_a_copied_contest_takes_the_rules_and_nobody_s_name(contest, office, save):
    rule = save(is_by_committee=True, fewest=2, per_district=1, points={})
    name_recognised(rule=save(rule, is_by_committee=True, points={}), key=school("晴川一中").key, minutes=MINUTES,
                    by=office, at=AT)  # fmt: skip
    fresh = bare_contest(year=2027, ordinal=2)
    twin = copied(RecognitionRule.objects.get(pk=rule.pk), contest=fresh)
    assert twin.is_by_committee and twin.decisions.count() == 0
    assert recognitions_due(fresh, []) == []


def test_the_database_keeps_one_decision_of_each(contest, office, save):
    rule = save(is_by_committee=True, number=2, points={})
    name_recognised(rule=rule, key=school("晴川一中").key, minutes=MINUTES, by=office, at=AT)
    with pytest.raises(IntegrityError), transaction.atomic():
        rule.decisions.create(is_named=True, minutes=MINUTES, decided_at=AT, school=school("晴川一中"))
    with pytest.raises(IntegrityError), transaction.atomic():
        rule.decisions.create(is_named=True, minutes=MINUTES, decided_at=AT)


def test_the_report_names_schools_and_counts_tutors(contest, office, save):
    rule = save(is_by_committee=True, number=2, points={})
    name_recognised(rule=rule, key=school("晴川一中").key, minutes=MINUTES, by=office, at=AT)
    assert recognitions_sentence(standing_list(contest)) == "晴川一中被评为优秀活动示范学校。"
    name_recognised(rule=rule, key=school("晴川二中").key, minutes=MINUTES, by=office, at=AT)
    save(name="十佳辅导员", kind="tutor", number=1)
    said = recognitions_sentence(standing_list(contest))
    tutors = standing_list(contest).recognitions.filter(person__isnull=False).count()
    assert said == f"晴川一中、晴川二中等2所学校被评为优秀活动示范学校，{tutors}名教师被评为十佳辅导员。"


# ---- tutors' prizes


def tutors_due(contest: Contest) -> int:
    contest.refresh_from_db()
    return sum(one.kind == "tutor" for one in dues(standing_list(contest)))


def test_tutors_get_prizes_with_their_entries_unless_the_contest_says_no(contest, office):
    assert tutors_due(contest) > 0
    names = [len(one.names) for one in dues(standing_list(contest)) if one.kind == "author"]
    rule_tutor_prizes(contest=contest, is_on=False, by=office, at=AT)
    assert tutors_due(contest) == 0
    assert [len(one.names) for one in dues(standing_list(contest)) if one.kind == "author"] == names
    events = Event.objects.count()
    rule_tutor_prizes(contest=contest, is_on=False, by=office, at=AT)  # nothing changes, nothing is written
    assert Event.objects.count() == events
    assert found(contest) == []
    lock_list(contest=contest, by=office, at=AT)
    refused("titles-fixed", rule_tutor_prizes, contest=contest, is_on=True, by=office, at=AT)
    issue_certificates(award_list=standing_list(contest), by=office, at=AT)
    assert not contest.certificates.filter(kind="tutor").exists()
