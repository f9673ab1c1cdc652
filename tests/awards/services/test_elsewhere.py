"""Published results of other contests: whose they are, what is asked, whole or not at all, and once more corrected."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from awards.elsewhere import ASKED, CHANGED, NEW, OUT, SAME, WRONG
from awards.models import Achievement, ResultColumns, ResultList
from awards.outputs.delegations import delegation_figures
from awards.services.achievements import forget_achievements
from awards.services.delegations import Sent, send_delegation
from awards.services.eligibility import check_eligibility
from competition.errors import Refused
from competition.models import Contest, Event, Person, School
from tests.factories.contests import Made, small_contest
from tests.factories.elsewhere import EDITION, HEAD, ROWS, SERIES, WON_ON, award_of, bring, csv_of, plan_of
from tests.factories.noticing import NOW, account, office_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def made() -> Made:
    return small_contest()


@contextmanager
def refused(code: str) -> Iterator[None]:
    with pytest.raises(Refused) as found:
        yield
    assert found.value.denial.code == code


def told(contest: Contest) -> set[tuple[str, str, str, str]]:
    rows = Achievement.objects.filter(source=contest, result_list__isnull=False)
    return set(rows.values_list("person__name", "role", "work", "prize_name"))


def test_a_row_is_ours_by_school_or_by_name_and_school(made):
    plan = plan_of(made.contest)
    assert [line.title for line in plan.lines] == ["会浇花的装置", "会数数的钟"]
    assert (plan.rows, plan.skipped) == (4, 2)
    assert plan.is_ready


def test_what_is_not_ours_is_stored_nowhere(made):
    bring(made.contest, office_of(made.contest))
    kept = json.dumps([list(model.objects.values()) for model in (Achievement, ResultList, ResultColumns)], default=str)
    assert "别处作品" not in kept
    assert not Person.objects.filter(name="路人甲").exists()


def test_each_author_and_tutor_has_the_prize(made):
    done = bring(made.contest, office_of(made.contest))
    assert told(made.contest) == {
        ("学生A1", "author", "会浇花的装置", "一等奖"),
        ("新老师", "tutor", "会浇花的装置", "一等奖"),
        ("学生A2", "author", "会数数的钟", "三等奖"),
        ("学生A3", "author", "会数数的钟", "三等奖"),
    }
    assert (done.added, done.dropped, done.kept, done.people) == (4, 0, 0, 1)
    assert Person.objects.get(name="新老师").kind == "tutor"
    one = Achievement.objects.get(person__name="学生A3", result_list__isnull=False)
    assert (one.contest_name, one.series_name, one.level, one.prize_order) == (EDITION, SERIES, "province", 3)
    assert (one.author_order, one.won_on, one.track_name) == (2, WON_ON, "数学")


def test_one_event_counts_and_names_nobody(made):
    bring(made.contest, office_of(made.contest))
    event = Event.objects.get(action="results.imported")
    assert (event.body["added"], event.body["version"]) == (4, 1)
    assert event.body["list"].startswith("hmac:")
    assert not [word for word in ("学生", "老师", "装置", "晴川") if word in json.dumps(event.body, ensure_ascii=False)]


def test_two_of_a_name_are_asked_about(made):
    school = made.schools["东区", "晴川一中"]
    other = Person.objects.create(kind="student", name="学生A1", school=school, code="7")
    plan = plan_of(made.contest)
    [asked] = [line for line in plan.lines if line.status == ASKED]
    [who] = asked.asked
    with refused("results-open"):
        bring(made.contest, office_of(made.contest))
    assert not Achievement.objects.filter(result_list__isnull=False).exists()
    assert not ResultList.objects.exists()
    bring(made.contest, account("o2", kind="organiser", contest=made.contest), answers={who.field: other.key})
    assert Achievement.objects.filter(person=other, prize_name="一等奖").count() == 1


def test_a_school_written_otherwise_is_asked_about(made):
    rows = [("某作品", "学生A1", "安徽省晴川市第一中学", "", "一等奖", "")]
    School.objects.filter(name="晴川一中").update(name="晴川市第一中学")
    [line] = plan_of(made.contest, rows).lines
    assert line.status == ASKED
    assert {one.name for one in line.people[0].choices} == {"学生A1"}
    answers = {line.people[0].field: OUT}
    assert plan_of(made.contest, rows, answers).wanted == []


def test_a_name_without_a_school_is_asked_about_whoever_has_it(made):
    [line] = plan_of(made.contest, [("某作品", "学生A1", "", "", "一等奖", "")]).lines
    assert line.status == ASKED


def test_an_answer_that_was_not_offered_is_none(made):
    stranger = Person.objects.create(kind="student", name="另外的人")
    [line] = plan_of(made.contest, [("某作品", "学生A1", "", "", "一等奖", "")]).lines
    [line] = plan_of(
        made.contest, [("某作品", "学生A1", "", "", "一等奖", "")], {line.people[0].field: stranger.key}
    ).lines
    assert line.status == ASKED


def test_a_prize_that_says_no_level_is_asked_once_a_series(made):
    rows = [("某作品", "学生A1", "晴川一中", "", "小小爱迪生奖", "")]
    plan = plan_of(made.contest, rows)
    assert plan.lines[0].status == ASKED
    office = office_of(made.contest)
    bring(made.contest, office, rows, {plan.words[0].field: "second"})
    one = Achievement.objects.get(result_list__isnull=False)
    assert (one.prize_code, one.prize_order, one.prize_name) == ("second", 2, "小小爱迪生奖")
    assert plan_of(made.contest, rows, name="第三十三届").lines[0].status == NEW


def test_faults_name_row_and_column(made):
    rows = [("某作品", "学生A1", "晴川一中", "", "一等奖", ""), ("#REF!", "学生A2", "晴川一中", "", "一等奖", ""),
            ("某作品", "学生A1", "晴川一中", "", "一等奖", ""), ("无名", "", "晴川一中", "", "二等奖", "")]  # fmt: skip
    lines = plan_of(made.contest, rows).lines
    assert [line.status for line in lines] == [NEW, WRONG, WRONG, WRONG]
    assert [(line.number, line.faults[0].column) for line in lines[1:]] == [(3, "A"), (4, "A"), (5, "B")]
    with refused("results-open"):
        bring(made.contest, office_of(made.contest), rows)
    out = {f"out-1-{number}": "1" for number in (3, 4, 5)}
    assert plan_of(made.contest, rows, out).is_ready


def test_a_corrected_list_replaces_what_the_first_one_brought(made):
    office = office_of(made.contest)
    bring(made.contest, office)
    elsewhere = bring(made.contest, office, [("另", "学生A1", "晴川一中", "", "二等奖", "")], name="另一届")
    corrected = [(*ROWS[1][:4], "二等奖", "工程"), ("新作品", "学生A3", "晴川一中", "", "三等奖", "数学")]
    plan = plan_of(made.contest, corrected)
    assert [line.status for line in plan.lines] == [CHANGED, NEW]
    assert plan.lines[0].changes == [("学生A1", "一等奖", "二等奖"), ("新老师", "一等奖", "二等奖")]
    assert sorted(one.person.name for one in plan.gone) == ["学生A2", "学生A3"]
    done = bring(made.contest, office, corrected)
    assert (done.list.version, done.added, done.dropped, done.kept) == (2, 3, 4, 0)
    assert {(name, prize) for name, _role, _work, prize in told(made.contest)} == {
        ("学生A1", "二等奖"), ("新老师", "二等奖"), ("学生A3", "三等奖"),
    }  # fmt: skip
    assert elsewhere.list.achievements.count() == 1


def test_the_same_list_again_changes_no_achievement(made):
    office = office_of(made.contest)
    bring(made.contest, office)
    before = list(Achievement.objects.order_by("pk").values_list("pk", flat=True))
    assert {line.status for line in plan_of(made.contest).lines} == {SAME}
    assert bring(made.contest, office).kept == 4
    assert list(Achievement.objects.order_by("pk").values_list("pk", flat=True)) == before


def test_whom_somebody_named_is_remembered_for_the_corrected_list(made):
    other = Person.objects.create(kind="student", name="学生A1", school=made.schools["东区", "晴川一中"], code="7")
    who = plan_of(made.contest).lines[0].people[0]
    bring(made.contest, office_of(made.contest), answers={who.field: other.key})
    assert plan_of(made.contest).lines[0].people[0].answer == other.key


def test_something_else_than_was_shown_is_not_taken_in(made):
    shown = plan_of(made.contest).digest
    Person.objects.create(kind="student", name="学生A2", school=made.schools["东区", "晴川一中"], code="9")
    with refused("results-changed"):
        bring(made.contest, office_of(made.contest), shown=shown)
    assert not ResultList.objects.exists()


def test_only_the_office_brings_lists_in(made):
    with refused("hidden"):
        bring(made.contest, account("nobody"))


def test_lists_of_our_own_leave_published_ones_alone(made):
    bring(made.contest, office_of(made.contest))
    forget_achievements(contest=made.contest, by=None, at=NOW)
    assert len(told(made.contest)) == 4


def test_what_came_in_counts_for_the_award(made):
    award = award_of(made, "学生A1")
    assert check_eligibility(contest=award, by=None, at=NOW) == 0
    bring(made.contest, office_of(made.contest))
    assert check_eligibility(contest=award, by=None, at=NOW) == 1


def test_a_fixed_award_does_not_lose_its_ground(made):
    award, office = award_of(made, "学生A1"), office_of(made.contest)
    bring(made.contest, office)
    award_list = award.award_lists.create(version=1, state="locked", made_at=NOW, locked_at=NOW, digest="x")
    award_list.awards.create(entry=award.entries.get(), code="mayor", label_zh="市长奖", order=0, by="committee")
    with refused("award-loses-results"):
        bring(made.contest, office, [(*ROWS[1][:4], "二等奖", "工程")])
    assert ("学生A1", "author", "会浇花的装置", "一等奖") in told(made.contest)


def test_a_fixed_award_does_not_lose_its_ground_by_another_day(made):
    award, office = award_of(made, "学生A1"), office_of(made.contest)
    bring(made.contest, office)
    award.alternatives.update(since=WON_ON)
    award_list = award.award_lists.create(version=1, state="locked", made_at=NOW, locked_at=NOW, digest="x")
    award_list.awards.create(entry=award.entries.get(), code="mayor", label_zh="市长奖", order=0, by="committee")
    with refused("award-loses-results"):
        bring(made.contest, office, won_on=WON_ON - timedelta(days=1))


# ---- a delegation


def sent(**more) -> Sent:
    said = {"series": SERIES, "name": EDITION, "level": "province", "held_on": WON_ON, "numbers": ["A1", "A2"]}
    return Sent(**(said | more))


def test_a_delegation_copies_entries_with_their_people(made):
    delegation = send_delegation(sender=made.contest, sent=sent(), by=office_of(made.contest), at=NOW)
    rows = delegation.contest.entries.order_by("order")
    assert [(one.number, one.title) for one in rows] == [("A1", "作品A1"), ("A2", "作品A2")]
    assert [one.authors.get().person.name for one in rows] == ["学生A1", "学生A2"]


@pytest.mark.parametrize("numbers", [[], ["A1", "Z9"]])
def test_numbers_that_are_not_here_are_not_sent(made, numbers):
    with refused("sent-unknown"):
        send_delegation(sender=made.contest, sent=sent(numbers=numbers), by=office_of(made.contest), at=NOW)


def test_an_edition_is_not_sent_to_twice(made):
    office = office_of(made.contest)
    send_delegation(sender=made.contest, sent=sent(), by=office, at=NOW)
    with refused("sent-before"):
        send_delegation(sender=made.contest, sent=sent(), by=office, at=NOW)


def test_rows_find_the_entries_that_were_sent(made):
    office = office_of(made.contest)
    delegation = send_delegation(sender=made.contest, sent=sent(), by=office, at=NOW)
    rows = [("作品A1", "学生A1", "写错的校名", "", "二等奖", ""), ("作品A2", "", "", "", "三等奖", ""),
            ("作品A1", "别处的人", "远方一中", "", "一等奖", "")]  # fmt: skip
    plan = plan_of(made.contest, rows, delegation=delegation.key)
    assert [line.entry.number for line in plan.lines if line.entry] == ["A1", "A2"]
    assert plan.is_ready
    bring(made.contest, office, rows, delegation=delegation.key)
    figures = delegation_figures(delegation.contest)
    assert (figures.sent, figures.won, dict(figures.counted)) == (2, 2, {"二等奖": 1, "三等奖": 1})
    assert figures.sentence == f"组织2件作品参加{EDITION}，2件作品获奖，其中二等奖1项、三等奖1项。"


def test_a_delegation_whose_list_is_here_takes_no_second_one(made):
    office = office_of(made.contest)
    delegation = send_delegation(sender=made.contest, sent=sent(), by=office, at=NOW)
    Achievement.objects.create(
        person=Person.objects.get(name="学生A1"), source=delegation.contest, contest_name="x", level="province",
        prize_code="first", prize_name="一等奖", prize_order=1, role="author", won_on=WON_ON,
    )  # fmt: skip
    with refused("results-listed"):
        bring(made.contest, office, delegation=delegation.key)


def test_ten_thousand_rows_of_which_sixty_are_ours(made):
    """The list of a province: read, matched, and next to nothing is asked of the database."""
    rows = [(f"作品{n}", f"路人{n}", f"远方{n % 900}中学", f"老师{n}", "二等奖", "工程") for n in range(9_940)]
    rows += [(f"我们的{n}", "学生A1", "晴川一中", "", "三等奖", "工程") for n in range(60)]
    assert len(csv_of(rows, HEAD)) < 10 * 1024 * 1024
    with CaptureQueriesContext(connection) as queries:
        plan = plan_of(made.contest, rows)
    assert (len(plan.lines), plan.skipped) == (60, 9_940)
    assert len(queries) < 12
