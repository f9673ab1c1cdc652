"""What a judge does with an entry: saved once, handed in once, never overwritten silently."""

from datetime import timedelta

import pytest

from competition.errors import Refused
from competition.models import Contest, Entry, Event
from judging.models import Conflict, Draft, Judge, Mark, Question, Sheet
from judging.services import marking
from judging.services.assignments import propose_assignments
from judging.services.setting_aside import close_again
from judging.services.sheets import record_sheets
from judging.services.standings import computed_standings
from judging.sheet_rows import asides_of
from judging.states import JudgeState, QuestionKind, SheetState
from tests.factories.contests import AT, WHO, sheet_details
from tests.factories.judging import Judged, judged_contest

pytestmark = pytest.mark.django_db


@pytest.fixture
def judged() -> Judged:
    return judged_contest()


def refused(do, *args, **more) -> str:
    with pytest.raises(Refused) as fault:
        do(*args, **more)
    return fault.value.denial.code


# ---- saving


def test_a_save_is_kept_and_counts_nowhere(judged):
    events = Event.objects.count()
    assert judged.save(80).assignment.revision == 1
    assert judged.save(None, base=1).assignment.revision == 2
    assert Draft.objects.get().marks == {}
    assert not Sheet.objects.exists()
    assert Event.objects.count() == events


def test_a_save_sent_again_is_the_same(judged):
    first = judged.save(80, save="one-and-the-same")
    again = judged.save(80, save="one-and-the-same")
    assert (first.pk, judged.work().revision) == (again.pk, 1)


@pytest.mark.parametrize("base", [0, 1, 3])
def test_a_stale_save_overwrites_nothing(judged, base):
    judged.save(80)
    judged.save(81, base=1)
    assert refused(judged.save, 10, base=base) == "draft-changed"
    assert Draft.objects.get().marks == {str(judged.criterion.pk): 81}


# ---- handing in


def test_a_sheet_is_handed_in_whole_and_once(judged):
    judged.save(80)
    sheet = judged.submit(85, base=1, save="handed-in")
    assert (sheet.version, sheet.state, sheet.submitted_at) == (1, "submitted", AT)
    assert judged.submit(85, base=1, save="handed-in") == sheet
    assert list(Mark.objects.values_list("points", flat=True)) == [85]
    assert not Draft.objects.exists()
    assert Event.objects.filter(action="sheet.submitted").count() == 1


def test_a_blank_is_not_handed_in(judged):
    judged.save(None)
    assert refused(judged.submit, None, base=1) == "marks-missing"
    assert not Sheet.objects.exists()
    assert Draft.objects.exists()


def test_the_answer_to_a_save_that_got_lost_does_not_stop_handing_in(judged):
    judged.save(80, save="lost-answer")
    assert judged.submit(80, base=0, save="lost-answer").state == "submitted"


def test_another_version_stops_handing_in(judged):
    judged.save(80)
    assert refused(judged.submit, 85, base=0) == "draft-changed"
    assert not Sheet.objects.exists()


def test_what_was_handed_in_is_not_touched_by_the_judge(judged):
    judged.submit(80)
    assert refused(judged.submit, 90) == "sheet-handed-in"
    assert refused(judged.save, 90) == "sheet-handed-in"
    assert Mark.objects.get().points == 80


# ---- who, what, when


def test_only_the_judge_marks(judged):
    for by in (judged.users["J2"], judged.office):
        assert refused(judged.save, 80, by=by) == "hidden"
        assert refused(judged.submit, 80, by=by) == "hidden"


@pytest.mark.parametrize("change", ["left", "not accepted", "withdrawn", "conflict", "decided"])
def test_who_may_not_mark_cannot(judged, change):
    judge, entry = judged.judge(), judged.made.entries["A1"]
    expected = "hidden"
    if change == "left":
        Judge.objects.filter(pk=judge.pk).update(is_active=False)
    elif change == "not accepted":
        Judge.objects.filter(pk=judge.pk).update(state=JudgeState.INVITED)
        expected = "judge-not-accepted"
    elif change == "withdrawn":
        Entry.objects.filter(pk=entry.pk).update(state="withdrawn")
    elif change == "conflict":
        Conflict.objects.create(judge=judge, school=entry.school)
    else:
        Contest.objects.filter(pk=judged.contest.pk).update(state="decision")
        expected = "wrong-state"
    assert refused(judged.save, 80) == expected
    assert refused(judged.submit, 80) == expected
    assert not Draft.objects.exists()
    assert not Sheet.objects.exists()


def test_the_round_has_a_beginning_an_end_and_grace(judged):
    one = judged.contest.rounds.get()
    one.opens_at, one.closes_at, one.grace_minutes = AT, AT + timedelta(hours=1), 10
    one.save()
    second = timedelta(seconds=1)
    assert refused(judged.save, 1, at=AT - second) == "round-not-yet"
    assert judged.save(1, at=AT).assignment.revision == 1
    assert judged.submit(1, base=1, at=one.closes_at + timedelta(minutes=10) - second).version == 1
    assert refused(judged.submit, 1, entry="A2", at=one.closes_at + timedelta(minutes=10)) == "round-closed"


# ---- stepping back, asking


def test_who_knows_the_work_steps_back(judged):
    judged.save(80)
    work = judged.work()
    common = judged.common("J1", {"save": "stepping-back"})
    sheet = marking.recuse(assignment=work, reason="指导过这个团队", **common)
    assert marking.recuse(assignment=work, reason="指导过这个团队", **common) == sheet
    assert sheet.state == SheetState.RECUSED
    assert not sheet.marks.exists()
    assert not Draft.objects.exists()
    assert Conflict.objects.get().entry == work.entry
    assert refused(judged.save, 80) == "hidden"
    assert (
        refused(marking.ask_question, assignment=work, kind=QuestionKind.DOUBT, text="？", **judged.common("J1", {}))
        == "hidden"
    )


def test_a_recused_sheet_is_as_if_it_had_never_been(judged):
    for code, points in (("J2", 90), ("J3", 70)):
        judged.submit(points, code=code)
    before = computed_standings(judged.contest)
    marking.recuse(assignment=judged.work(), reason="认识", **judged.common("J1", {}))
    after = computed_standings(judged.contest)
    assert before.made == after.made
    assert before.results == after.results


def test_somebody_else_is_found_for_a_recused_sheet(judged):
    marking.recuse(assignment=judged.work(), reason="认识", **judged.common("J1", {}))
    proposal = propose_assignments(judged.contest, seed=1)
    assert "A1" in proposal.shortages[0]  # three judges, and one of them may not
    assert proposal.kept == 8


def test_a_question_changes_no_mark_and_is_answered_once(judged):
    common = judged.common("J1", {"save": "a-question"})
    asked = marking.ask_question(assignment=judged.work(), kind=QuestionKind.DOUBT, text="像是专业软件画的", **common)
    assert (
        marking.ask_question(assignment=judged.work(), kind=QuestionKind.DOUBT, text="像是专业软件画的", **common)
        == asked
    )
    assert Question.objects.count() == 1
    assert judged.save(80).assignment.revision == 1
    answer = {"question": asked, "text": "问辩时核实", "by": judged.office, "at": AT}
    assert refused(marking.answer_question, **answer | {"by": judged.users["J1"]}) == "hidden"
    marking.answer_question(**answer)
    assert refused(marking.answer_question, **answer) == "question-answered"


# ---- opening again


def reopened(judged: Judged, **more) -> Sheet:
    sheet = judged.submit(80)
    marking.reopen_sheet(sheet=sheet, reason="笔误", by=judged.office, at=AT, **more)
    sheet.refresh_from_db()
    return sheet


def test_a_reopened_sheet_counts_nowhere_until_it_is_handed_in_again(judged):
    sheet = reopened(judged)
    assert sheet.state == SheetState.REOPENED
    assert [
        one.sheets for one in computed_standings(judged.contest).results if one.entry == judged.made.entries["A1"].pk
    ] == [0]
    assert Draft.objects.get().marks == {str(judged.criterion.pk): 80}
    new = judged.submit(82, base=2)
    sheet.refresh_from_db()
    assert (new.version, sheet.state) == (2, SheetState.SUPERSEDED)
    assert sheet.marks.get().points == 80  # what stood before stays readable


def test_a_reopening_is_taken_back(judged):
    sheet = reopened(judged)
    close_again(sheet=sheet, by=judged.office, at=AT)
    sheet.refresh_from_db()
    assert sheet.state == SheetState.SUBMITTED
    assert not Draft.objects.exists()
    assert refused(judged.save, 90) == "sheet-handed-in"


def test_what_was_typed_since_the_reopening_is_set_aside_and_counts_nowhere(judged):
    sheet = reopened(judged)
    judged.save(90, base=2, save="typed-since-then")
    close_again(sheet=sheet, by=judged.office, at=AT)
    kept = Sheet.objects.get(version=2)
    assert (kept.state, kept.reopening, kept.marks.get().points) == (SheetState.SUPERSEDED, "笔误", 90)
    assert Sheet.objects.standing().get().marks.get().points == 80
    (row,) = asides_of(judged.judge())
    assert (row.sheet, row.total) == (kept, "90")
    assert not Draft.objects.exists()
    marking.reopen_sheet(sheet=Sheet.objects.standing().get(), reason="再改", by=judged.office, at=AT)
    assert judged.submit(91, base=judged.work().revision).version == 3


def test_what_stands_already_is_not_set_aside(judged):
    sheet = reopened(judged)
    judged.save(80, base=2)
    close_again(sheet=sheet, by=judged.office, at=AT)
    assert Sheet.objects.count() == 1


def test_reopening_wants_a_reason_and_the_office(judged):
    sheet = judged.submit(80)
    assert refused(marking.reopen_sheet, sheet=sheet, reason=" ", by=judged.office, at=AT) == "say-why"
    assert refused(marking.reopen_sheet, sheet=sheet, reason="x", by=judged.users["J1"], at=AT) == "hidden"
    for state in ("locked", "published"):
        Contest.objects.filter(pk=judged.contest.pk).update(state=state)
        assert refused(marking.reopen_sheet, sheet=sheet, reason="x", by=judged.office, at=AT) == "wrong-state"
    sheet.refresh_from_db()
    assert sheet.state == SheetState.SUBMITTED


def test_reopening_during_the_decision_lets_judging_go_on(judged):
    sheet = judged.submit(80)
    Contest.objects.filter(pk=judged.contest.pk).update(state="decision")
    marking.reopen_sheet(sheet=sheet, reason="笔误", by=judged.office, at=AT)
    judged.contest.refresh_from_db()
    assert judged.contest.state == "judging"
    assert judged.submit(81, base=2).version == 2


def test_a_recusal_is_taken_back_with_its_conflict(judged):
    sheet = marking.recuse(assignment=judged.work(), reason="认识", **judged.common("J1", {}))
    marking.reopen_sheet(sheet=sheet, reason="误按", by=judged.office, at=AT)
    assert not Conflict.objects.exists()
    assert judged.submit(77, base=2).version == 2


# ---- paper and online together


def test_a_workbook_takes_back_nothing_that_came_in_online(judged):
    sheet = judged.submit(80)
    record_sheets(contest=judged.contest, sheets=[], **WHO)
    sheet.refresh_from_db()
    assert sheet.state == SheetState.SUBMITTED


def test_a_workbook_that_says_otherwise_is_refused_and_the_same_is_not(judged):
    judged.submit(80)
    same = sheet_details(judged.made, {"A1": (80,)})
    assert record_sheets(contest=judged.contest, sheets=same, **WHO) == (0, 0, 0)
    other = sheet_details(judged.made, {"A1": (81,), "A2": (70, 70, 70)})
    assert refused(record_sheets, contest=judged.contest, sheets=other, **WHO) == "sheet-is-online"
    assert list(Mark.objects.values_list("points", flat=True)) == [80]
