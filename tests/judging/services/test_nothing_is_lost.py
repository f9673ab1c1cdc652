"""What could make a wrong winner or lose a score, one by one: late entries, old pages, workbooks beside online sheets,
judges who leave, people of one name."""

from datetime import timedelta

import pytest

from awards.services.lists import check_list
from awards.services.running import decide
from competition.errors import Refused
from competition.models import Contest, Entry, Person, Role, School
from competition.services.contests import resume_judging
from competition.services.reviewing import review_entry
from competition.states import ReviewStep, Verdict
from judging.conflicts import conflict_reasons, is_conflicted, open_hints
from judging.importing import judges_plan
from judging.models import Assignment, Conflict, Criterion, Draft, HintDecision, Judge, Question, Rubric, Sheet
from judging.selectors import entries_short, waited_for
from judging.services import marking
from judging.services.assignments import add_assignment, assign_judges, propose_assignments, take_assignment
from judging.services.importing import import_judges
from judging.services.judges import JudgeDetails, save_judges
from judging.services.panel import (
    JudgeAnswer,
    JudgeFacts,
    accept_invitation,
    add_conflict,
    add_judge,
    change_judge,
    decide_hint,
    decline_invitation,
    dismiss_judge,
    invite_judges,
    take_back_judge,
)
from judging.services.rounds import CriterionDetails, RubricDetails, save_rubrics
from judging.services.setting_aside import close_again
from judging.services.sheets import SheetDetails, record_sheets
from judging.services.standings import computed_standings
from judging.states import QuestionKind
from tests.factories.contests import AT, WHO, bare_contest
from tests.factories.judging import Judged, judged_contest

pytestmark = pytest.mark.django_db


@pytest.fixture
def judged() -> Judged:
    return judged_contest()


def office(judged: Judged) -> dict:
    return {"by": judged.office, "at": AT}


def refused(do, *args, **more) -> str:
    with pytest.raises(Refused) as fault:
        do(*args, **more)
    return fault.value.denial.code


def pairs_added(judged: Judged) -> set[tuple[str, str]]:
    proposal = propose_assignments(judged.contest, seed=1)
    return {(judge.code, entry.number) for part in proposal.parts for entry, judge in part.added}


def one_more(judged: Judged, name: str = "评委丁") -> Judge:
    return add_judge(contest=judged.contest, facts=JudgeFacts(name), **office(judged))


# ---- late entries


def late(judged: Judged) -> Entry:
    entry = Entry.objects.get(number="A3")
    Assignment.objects.filter(entry=entry).delete()
    entry.round_entries.all().delete()
    Entry.objects.filter(pk=entry.pk).update(state="not_passed")
    return entry


def test_an_entry_that_passes_while_it_is_judged_is_judged_too(judged):
    entry = late(judged)
    review_entry(entry=entry, step=ReviewStep.OFFICE, verdict=Verdict.PASSED, **office(judged))
    assert {number for _, number in pairs_added(judged)} == {"A3"}
    assert "A3" in {short.entry.number for short in entries_short(judged.contest)}


def test_a_list_with_an_entry_that_nobody_was_asked_to_judge_is_not_fixed(judged):
    entry = late(judged)
    Entry.objects.filter(pk=entry.pk).update(state="passed")
    for code in judged.users:
        for number in ("A1", "A2"):
            judged.submit(80 if number == "A1" else 70, code=code, entry=number)
    award_list = decide(contest=judged.contest, by=None, at=AT)
    assert [(one.code, one.entry) for one in check_list(award_list)] == [("not-judged", "A3")]


# ---- old pages


def test_a_page_from_before_a_reopening_overwrites_nothing(judged):
    judged.save(80)
    sheet = judged.submit(85, base=1)
    marking.reopen_sheet(sheet=sheet, reason="改评语", **office(judged))
    assert refused(judged.save, 10, base=1) == "draft-changed"
    assert refused(judged.submit, 10, base=1) == "draft-changed"
    assert Draft.objects.get().marks == {str(judged.criterion.pk): 85}


def test_a_hand_in_that_is_sent_again_after_a_reopening_is_none(judged):
    sheet = judged.submit(80, save="handed-in")
    marking.reopen_sheet(sheet=sheet, reason="改", **office(judged))
    assert refused(judged.submit, 80, save="handed-in") == "draft-changed"


def test_the_same_key_with_other_marks_is_not_the_same(judged):
    judged.save(80, save="one-and-the-same")
    assert refused(judged.save, 60, save="one-and-the-same") == "draft-changed"
    judged.submit(80, base=1, save="handed-in-too")
    assert refused(judged.submit, 60, base=1, save="handed-in-too") == "sheet-handed-in"


def test_the_key_of_a_hand_in_is_no_recusal(judged):
    judged.submit(80, save="one-and-the-same")
    common = judged.common("J1", {"save": "one-and-the-same"})
    assert refused(marking.recuse, assignment=judged.work(), reason="我的学生", **common) == "sheet-handed-in"


def test_two_questions_of_one_form_are_two(judged):
    for text in ("一", "二"):
        common = judged.common("J1", {"save": "one-and-the-same"})
        marking.ask_question(assignment=judged.work(), kind=QuestionKind.DOUBT, text=text, **common)
    assert set(Question.objects.values_list("text", flat=True)) == {"一", "二"}


def test_after_the_end_of_the_round_a_reopened_sheet_still_comes_in(judged):
    sheet = judged.submit(80)
    judged.contest.rounds.update(closes_at=AT + timedelta(hours=1))
    later = AT + timedelta(days=1)
    marking.reopen_sheet(sheet=sheet, reason="改", by=judged.office, at=later)
    assert judged.submit(81, base=2, at=later).state == "submitted"


def test_a_taken_back_recusal_keeps_what_the_judge_said(judged):
    sheet = marking.recuse(assignment=judged.work(), reason="我的学生", **judged.common("J1", {}))
    marking.reopen_sheet(sheet=sheet, reason="可以评", **office(judged))
    found = Sheet.objects.get()
    assert (found.reason, found.reopening) == ("我的学生", "可以评")


# ---- who takes part


def test_an_entry_that_is_out_of_the_round_takes_no_sheet_and_breaks_no_score(judged):
    judged.submit(80, code="J2")
    judged.made.entries["A1"].round_entries.all().delete()
    assert refused(judged.submit, 80) == "hidden"
    assert judged.made.entries["A1"].pk in {one.entry for one in computed_standings(judged.contest).results}


# ---- a workbook beside online sheets


@pytest.mark.parametrize("rubric", [("总评", 10000, 2), ("总评", 90, 0), ("别的", 100, 0)])
def test_a_workbook_does_not_change_what_online_marks_mean(judged, rubric):
    name, most, places = rubric
    judged.save(80)
    wanted = RubricDetails("评审", judged.made.tracks["创新"], (CriterionDetails(name, most),), places=places)
    rounds = {one.code: one for one in judged.contest.rounds.all()}
    assert refused(save_rubrics, contest=judged.contest, rounds=rounds, rubrics=[wanted], **WHO) == "rubric-in-use"


def test_a_workbook_leaves_a_reopened_online_sheet_alone(judged):
    sheet = judged.submit(80)
    marking.reopen_sheet(sheet=sheet, reason="改", **office(judged))
    record_sheets(contest=judged.contest, sheets=[], **WHO)
    close_again(sheet=Sheet.objects.get(), **office(judged))
    assert Sheet.objects.get().state == "submitted"


def as_workbook(judged: Judged) -> list[JudgeDetails]:
    return [JudgeDetails(one.code, one.person) for one in judged.contest.judges.select_related("person")]


def test_a_workbook_takes_no_conflict_back_that_was_said_on_the_web(judged):
    add_conflict(judge=judged.judge(), thing=judged.made.entries["A1"], **office(judged))
    save_judges(contest=judged.contest, judges=as_workbook(judged), **WHO)
    assert is_conflicted(judged.judge(), judged.made.entries["A1"])


def test_a_workbook_takes_no_own_school_back_that_the_judge_said(judged):
    answer = JudgeAnswer(institution="晴川一中")
    accept_invitation(judge=judged.judge(), answer=answer, by=judged.users["J1"], at=AT)
    save_judges(contest=judged.contest, judges=as_workbook(judged), **WHO)
    assert is_conflicted(judged.judge(), judged.made.entries["A1"])


def test_a_recusal_on_paper_is_a_conflict_like_any_other(judged):
    record_sheets(contest=judged.contest, sheets=[SheetDetails(judged.work(), {}, is_recused=True)], **WHO)
    assert is_conflicted(judged.judge(), judged.made.entries["A1"])
    one_more(judged)
    assert pairs_added(judged) == {("P01", "A1")}
    assign_judges(contest=judged.contest, seed=1, **office(judged))


# ---- conflicts


def test_a_judge_who_names_another_institution_keeps_the_conflict_with_the_old_one(judged):
    Judge.objects.filter(code="J1").update(institution="晴川 一中")
    accept_invitation(judge=judged.judge(), answer=JudgeAnswer(), by=judged.users["J1"], at=AT)
    assert is_conflicted(judged.judge(), judged.made.entries["A1"])


@pytest.mark.parametrize(
    "text", ["学生A1（女儿）", "学生A1 学生A2", "女儿：学生A1", "学 生A1", "学生Ａ1", "学生A1。", "学生A1"]
)
def test_whom_a_judge_names_in_any_way_is_at_least_asked_about(judged, text):
    Judge.objects.filter(code="J1").update(relations=text)
    pair = (judged.judge().pk, judged.made.entries["A1"].pk)
    hints = {(hint.judge, hint.entry) for hint in open_hints(judged.contest)}
    assert pair in conflict_reasons(judged.contest) or pair in hints


def test_an_institution_like_a_school_is_asked_about_though_another_school_is_known(judged):
    school = School.objects.get(name="晴川一中")
    Judge.objects.filter(code="J1").update(school=school, institution="晴川市第三中学")
    third = School.objects.create(district=school.district, name="晴川三中")
    Entry.objects.filter(number="A2").update(school=third)
    Person.objects.filter(name="学生A2").update(school=third)
    assert judged.made.entries["A2"].pk in {hint.entry for hint in open_hints(judged.contest)}


def test_a_hint_is_not_decided_once_the_list_is_fixed(judged):
    Contest.objects.filter(pk=judged.contest.pk).update(state="published")
    decide_it = {"judge": judged.judge(), "entry": judged.made.entries["A1"], "is_conflict": True, "reason": "x"}
    assert refused(decide_hint, **decide_it, **office(judged)) == "wrong-state"
    assert not HintDecision.objects.exists()


# ---- replacing judges


def test_a_reopened_sheet_of_who_left_is_marked_by_somebody_else(judged):
    one_more(judged)
    sheet = judged.submit(80)
    marking.reopen_sheet(sheet=sheet, reason="改", **office(judged))
    dismiss_judge(judge=judged.judge(), **office(judged))
    assert ("P01", "A1") in pairs_added(judged)


def test_a_reopened_sheet_in_conflict_is_marked_by_somebody_else(judged):
    one_more(judged)
    sheet = judged.submit(80)
    Conflict.objects.create(judge=judged.judge(), entry=judged.made.entries["A1"])
    marking.reopen_sheet(sheet=sheet, reason="回避", **office(judged))
    assert ("P01", "A1") in pairs_added(judged)


def test_what_a_judge_wrote_survives_their_leaving(judged):
    one_more(judged)
    judged.save(80)
    common = judged.common("J1", {})
    marking.ask_question(assignment=judged.work("J1", "A2"), kind=QuestionKind.DOUBT, text="代做？", **common)
    sheet = marking.recuse(assignment=judged.work("J1", "A3"), reason="x", **judged.common("J1", {}))
    marking.reopen_sheet(sheet=sheet, reason="可以评", **office(judged))
    decline_invitation(judge=judged.judge(), reason="", by=judged.users["J1"], at=AT)
    dismiss_judge(judge=judged.judge(), **office(judged))
    assign_judges(contest=judged.contest, seed=1, **office(judged))
    assert Draft.objects.get().marks == {str(judged.criterion.pk): 80}
    assert Question.objects.count() == 1
    assert {row.judge.code for row in waited_for(judged.contest)} == {"J2", "J3", "P01"}
    take_back_judge(judge=judged.judge(), **office(judged))
    accept_invitation(judge=judged.judge(), answer=JudgeAnswer(), by=judged.users["J1"], at=AT)
    assert judged.save(81, base=1).marks == {str(judged.criterion.pk): 81}


def test_what_a_judge_has_begun_is_not_taken_away_by_hand(judged):
    judged.save(80)
    assert refused(take_assignment, assignment=judged.work(), **office(judged)) == "assignment-begun"
    assert Draft.objects.exists()


def test_who_declined_is_not_assigned_by_hand(judged):
    decline_invitation(judge=judged.judge(), reason="", by=judged.users["J1"], at=AT)
    work = judged.work()
    take_assignment(assignment=work, **office(judged))
    again = {"one": work.round, "entry": work.entry, "judge": judged.judge()}
    assert refused(add_assignment, **again, **office(judged)) == "judge-declined"


def test_nobody_waits_for_who_left_or_for_what_was_withdrawn(judged):
    dismiss_judge(judge=judged.judge(), **office(judged))
    Entry.objects.filter(number="A3").update(state="withdrawn")
    assert {(row.judge.code, row.entry.number) for row in waited_for(judged.contest)} == {
        ("J2", "A1"), ("J2", "A2"), ("J3", "A1"), ("J3", "A2")
    }  # fmt: skip
    assert all(short.has_nobody for short in entries_short(judged.contest))


def test_room_that_one_track_frees_is_used_in_another(judged):
    contest = judged.contest
    second = contest.tracks.create(code="二", order=2, label_zh="二")
    one = contest.rounds.get()
    rubric = Rubric.objects.create(round=one, track=second, reviews=1)
    Criterion.objects.create(rubric=rubric, order=1, label_zh="总", maximum=100)
    Rubric.objects.filter(track__code="创新").update(reviews=1)
    Assignment.objects.all().delete()
    Entry.objects.filter(number__in=["A2", "A3"]).update(track=second)
    Judge.objects.exclude(code="J1").update(is_active=False)
    Judge.objects.filter(code="J1").update(max_load=2)
    for number in ("A2", "A3"):
        entry = Entry.objects.get(number=number)
        Assignment.objects.create(round=one, entry=entry, judge=judged.judge(), by="solver")
    Entry.objects.filter(number="A3").update(state="withdrawn")
    assert propose_assignments(contest, seed=1).shortages == []


# ---- people of one name


def test_two_rows_of_one_name_are_two_judges(judged):
    one_more(judged, "张三")
    data = "姓名,手机\n张三,111\n张三,222\n".encode()
    plan = judges_plan(data, judged.contest)
    import_judges(contest=judged.contest, data=data, shown=plan.digest, **office(judged))
    assert judged.contest.judges.filter(person__name="张三").count() == 2


def test_a_name_that_is_put_right_here_stays_elsewhere(judged):
    other = bare_contest(name="去年", series="去年", year=2025, ordinal=9)
    Judge.objects.create(contest=other, person=judged.judge().person, code="J1")
    change_judge(judge=judged.judge(), facts=JudgeFacts(name="新名"), **office(judged))
    assert Judge.objects.get(contest=other).person.name == "评委J1"
    assert judged.judge().person.name == "新名"


def test_a_name_that_somebody_had_before_is_no_error(judged):
    Person.objects.create(kind="judge", name="去年的甲", code=judged.judge().person.code)
    change_judge(judge=judged.judge(), facts=JudgeFacts(name="去年的甲"), **office(judged))
    assert judged.judge().person.name == "去年的甲"


def test_one_who_signs_in_otherwise_does_not_stop_the_links_of_the_others(judged):
    other = bare_contest(name="别处", series="别处", year=2025, ordinal=9)
    Role.objects.create(user=judged.users["J2"], kind="judge", contest=other)
    made = invite_judges(contest=judged.contest, judges=list(judged.contest.judges.all()), **office(judged))
    assert [bool(one.token) for one in made] == [True, False, True]


def test_a_link_gives_the_role_back(judged):
    Role.objects.filter(user=judged.users["J1"]).delete()
    invite_judges(contest=judged.contest, judges=[judged.judge()], **office(judged))
    assert Role.objects.filter(user=judged.users["J1"], kind="judge").exists()


def test_from_the_decision_there_is_a_way_back_to_judging(judged):
    Contest.objects.filter(pk=judged.contest.pk).update(state="decision")
    contest = Contest.objects.get(pk=judged.contest.pk)
    resume_judging(contest=contest, **office(judged))
    assert judged.save(80).assignment.revision == 1
    assert refused(resume_judging, contest=contest, **office(judged)) == "wrong-state"


def test_a_workbook_keeps_what_was_typed_online_and_what_was_set_on_the_web(judged):
    judged.save(80)
    record_sheets(contest=judged.contest, sheets=[SheetDetails(judged.work(), {judged.criterion: 70})], **WHO)
    assert Draft.objects.get().marks == {str(judged.criterion.pk): 80}
    Contest.objects.filter(pk=judged.contest.pk).update(settings={"institution_cap": 1, "district_cap": 2, "line": "x"})
    again = bare_contest()
    assert (again.pk, again.settings) == (judged.contest.pk, {"institution_cap": 1, "district_cap": 2})
