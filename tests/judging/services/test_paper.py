"""Sheets of paper: a slip shows, nobody's sheet is overwritten, and two people agree where that is asked."""

from decimal import Decimal
from typing import Any

import pytest

from competition.errors import Refused
from competition.models import Event, Role, User
from competition.states import RoleKind
from judging.models import Conflict, Criterion, Draft, PaperReading, RoundEntry, Rubric, Sheet
from judging.services.marking import reopen_sheet, submit_sheet
from judging.services.paper import PaperTotal, bring_back_draft, differences, draft_aside, enter_paper, save_paper_rule
from judging.services.setting_aside import close_again
from judging.services.sheets import record_sheets
from judging.services.standings import computed_standings
from judging.states import Attendance, SheetState
from tests.factories.contests import AT
from tests.factories.judging import SAVES, Judged, judged_contest

pytestmark = pytest.mark.django_db


@pytest.fixture
def judged() -> Judged:
    return judged_contest()


@pytest.fixture
def second(judged) -> User:
    user = User.objects.create_user("second", name="第二人")
    Role.objects.create(user=user, kind=RoleKind.ORGANISER, contest=judged.contest)
    return user


def enter(
    judged: Judged, points: int | None = 80, *, total: Any = None, wrong: bool = False, **more: Any
) -> Sheet | None:
    said = PaperTotal(Decimal(str(points if total is None else total)), wrong)
    common = {"save": next(SAVES), "by": judged.office, "at": AT} | more
    return enter_paper(assignment=judged.work(), typed=judged.typed(points), total=said, **common)


def code_of(do: Any, *args: Any, **more: Any) -> str:
    with pytest.raises(Refused) as fault:
        do(*args, **more)
    return fault.value.denial.code


def points(judged: Judged) -> list[int]:
    return [mark.points for sheet in judged.work().sheets.standing() for mark in sheet.marks.all()]


def test_what_stands_on_the_paper_counts(judged):
    made = enter(judged, 83)
    assert made is not None and made.state == SheetState.SUBMITTED
    assert points(judged) == [83]
    assert [one.sheets for one in computed_standings(judged.contest).results if one.sheets] == [1]
    event = Event.objects.order_by("-pk")[0]
    assert (event.action, event.actor, event.body["paper"]) == ("sheet.submitted", judged.office, True)


def test_another_total_shows_a_slip_and_saves_nothing(judged):
    events = Event.objects.count()
    assert code_of(enter, judged, 83, total=85) == "total-differs"
    assert code_of(enter_paper, assignment=judged.work(), typed=judged.typed(83), total=PaperTotal(None),
                   save="s", by=judged.office, at=AT) == "total-missing"  # fmt: skip
    assert (points(judged), Event.objects.count()) == ([], events)


def test_a_judge_who_added_up_wrongly_is_recorded_so(judged):
    enter(judged, 83, total="85.5", wrong=True)
    assert points(judged) == [83]
    assert Event.objects.order_by("-pk")[0].body["paper_total"] == "85.5"


def test_the_total_counts_weights_and_the_smallest_step(judged):
    Rubric.objects.update(places=1)
    Criterion.objects.update(weight=Decimal("0.4"), maximum=1000)
    judged.criterion.refresh_from_db()
    assert code_of(enter, judged, 835, total="83.5") == "total-differs"
    enter(judged, 835, total="33.4")
    assert points(judged) == [835]


def test_a_blank_is_not_a_zero(judged):
    assert code_of(enter, judged, None, total=0) == "marks-missing"


def test_sent_twice_it_is_one_sheet(judged):
    first = enter(judged, 83, save="the-same")
    assert enter(judged, 83, save="the-same") == first
    assert Sheet.objects.filter(assignment=judged.work()).count() == 1
    assert code_of(enter, judged, 84, save="the-same") == "paper-is-in"


def test_a_sheet_that_stands_is_not_overwritten(judged):
    judged.submit(90)
    assert code_of(enter, judged, 83) == "paper-is-in"
    assert points(judged) == [90]


def test_opened_again_it_is_typed_anew_as_the_next_version(judged):
    made = enter(judged, 83)
    reopen_sheet(sheet=made, reason="看错一栏", by=judged.office, at=AT)
    again = enter(judged, 84)
    assert again is not None and again.version == 2
    assert points(judged) == [84]


def test_what_a_judge_has_begun_online_is_not_overwritten(judged):
    judged.save(70)
    assert code_of(enter, judged, 83) == "begun-online"
    assert judged.work().draft.marks != {}


def test_what_a_judge_went_on_with_after_the_reopening_is_not_overwritten(judged):
    made = enter(judged, 83)
    reopen_sheet(sheet=made, reason="看错一栏", by=judged.office, at=AT)
    judged.save(70, base=judged.work().revision)
    assert code_of(enter, judged, 84) == "begun-online"


def test_what_a_judge_only_opened_online_does_not_keep_the_paper_out(judged):
    judged.save(None)
    enter(judged, 83)
    assert points(judged) == [83]


def test_without_criteria_nothing_is_a_sheet(judged):
    assignment, typed = judged.work(), judged.typed(None)
    Criterion.objects.all().delete()
    said = {"assignment": assignment, "typed": typed, "save": "s", "at": AT}
    total = PaperTotal(Decimal(0))
    assert code_of(enter_paper, total=total, by=judged.office, **said) == "nothing-to-mark"
    assert code_of(submit_sheet, base=0, by=judged.users["J1"], **said) == "nothing-to-mark"


def test_a_conflict_refuses(judged):
    Conflict.objects.create(judge=judged.judge(), entry=judged.made.entries["A1"])
    assert code_of(enter, judged) == "judge-in-conflict"


@pytest.mark.parametrize(
    ("spoil", "code"),
    [
        (lambda j: RoundEntry.objects.filter(entry__number="A1").update(state=Attendance.ABSENT), "paper-of-absent"),
        (lambda j: RoundEntry.objects.filter(entry__number="A1").delete(), "not-in-round"),
        (lambda j: j.contest.entries.filter(number="A1").update(state="withdrawn"), "not-in-round"),
        (lambda j: type(j.contest).objects.update(state="decision"), "wrong-state"),
        (lambda j: Role.objects.filter(user=j.office).delete(), "hidden"),
    ],
)
def test_where_no_sheet_counts_none_is_entered(judged, spoil, code):
    spoil(judged)
    assert code_of(enter, judged) == code
    assert points(judged) == []


def test_after_the_end_of_the_round_paper_still_comes_in(judged):
    judged.contest.rounds.update(closes_at=AT)
    enter(judged, 83)
    assert points(judged) == [83]


def test_a_workbook_takes_no_typed_sheet_back(judged):
    enter(judged, 83)
    record_sheets(contest=judged.contest, sheets=[], by=None, at=AT)
    assert points(judged) == [83]


# two people


@pytest.fixture
def twice(judged) -> None:
    save_paper_rule(contest=judged.contest, twice=True, by=judged.office, at=AT)


def test_it_counts_when_two_people_have_read_the_same(judged, second, twice):
    assert enter(judged, 83) is None
    assert points(judged) == []
    assert enter(judged, 83) is None  # the same person again is one person
    assert enter(judged, 83, by=second) is not None
    assert points(judged) == [83]
    assert not PaperReading.objects.exists()


def test_two_readings_that_differ_count_nowhere_until_two_agree(judged, second, twice):
    enter(judged, 83)
    assert enter(judged, 88, by=second) is None
    assert [one.label_zh for one in differences(judged.work())] == ["总评"]
    assert points(judged) == []
    assert enter(judged, 88) is not None
    assert points(judged) == [88]


def test_a_reading_ends_with_the_sheet_that_came_in_meanwhile(judged, second, twice):
    enter(judged, 80)
    sheet = judged.submit(70)
    reopen_sheet(sheet=sheet, reason="改", by=judged.office, at=AT)
    assert enter(judged, 80, by=second) is None
    assert points(judged) == []


def test_a_third_person_settles_it(judged, second, twice):
    third = User.objects.create_user("third", name="第三人")
    Role.objects.create(user=third, kind=RoleKind.ORGANISER, contest=judged.contest)
    enter(judged, 83)
    enter(judged, 88, by=second)
    assert enter(judged, 83, by=third) is not None
    assert points(judged) == [83]


def test_the_rule_is_kept_once_and_by_the_office_alone(judged):
    events = Event.objects.count()
    for _ in range(2):
        save_paper_rule(contest=judged.contest, twice=True, by=judged.office, at=AT)
    assert Event.objects.count() == events + 1
    assert code_of(save_paper_rule, contest=judged.contest, twice=False, by=judged.users["J1"], at=AT) == "hidden"


ASIDE = {"sets_aside": True, "reason": "评委交了纸质表"}


def back(judged: Judged, **more: Any) -> None:
    bring_back_draft(assignment=judged.work(), **({"reason": "弄错了", "by": judged.office, "at": AT} | more))


def test_a_draft_is_set_aside_only_by_choice_and_with_a_reason(judged):
    draft = judged.save(70)
    for more in ({}, {"reason": "x"}, {"sets_aside": True, "reason": " "}):
        events = Event.objects.count()
        assert code_of(enter, judged, 83, **more) == ("say-why" if "sets_aside" in more else "begun-online")
        assert (points(judged), Event.objects.count(), Draft.objects.get().marks) == ([], events, draft.marks)


def test_the_paper_counts_and_the_draft_stays_readable_and_counts_nowhere(judged):
    judged.save(70)
    assert enter(judged, 83, **ASIDE) is not None
    assert points(judged) == [83]
    assert not Draft.objects.exists()
    kept = draft_aside(judged.work())
    assert (kept.state, kept.reopening) == (SheetState.SUPERSEDED, ASIDE["reason"])
    assert [one.points for one in kept.marks.all()] == [70]
    assert [one.sheets for one in computed_standings(judged.contest).results if one.sheets] == [1]
    assert Event.objects.filter(action="draft.set-aside").count() == 1


def test_the_judge_cannot_save_over_the_paper(judged):
    judged.save(70)
    enter(judged, 83, **ASIDE)
    for base in range(4):
        assert code_of(judged.save, 75, base=base) == "sheet-handed-in"
        assert code_of(judged.submit, 75, base=base) == "sheet-handed-in"
    assert points(judged) == [83]


def test_a_draft_that_is_brought_back_is_as_it_was_and_the_paper_counts_no_more(judged):
    judged.save(70)
    before = Draft.objects.values("last_save", "marks", "comment", "feedback").get()
    enter(judged, 83, **ASIDE)
    assert code_of(back, judged, reason="") == "say-why"
    back(judged)
    assert Draft.objects.values("last_save", "marks", "comment", "feedback").get() == before
    assert points(judged) == []
    assert code_of(enter, judged, 83) == "begun-online"
    assert code_of(back, judged) == "no-draft-aside"
    judged.submit(71, base=judged.work().revision)
    assert points(judged) == [71]


def test_a_reopening_that_is_taken_back_keeps_what_was_typed_on_a_draft_that_came_back(judged):
    judged.save(70)
    enter(judged, 83, **ASIDE)
    back(judged)
    judged.save(77, base=judged.work().revision)
    close_again(sheet=Sheet.objects.get(state=SheetState.REOPENED), by=judged.office, at=AT)
    assert points(judged) == [83]
    kept = draft_aside(judged.work())
    assert [one.points for one in kept.marks.all()] == [77]
    assert Sheet.objects.count() == 3
    back(judged)
    assert list(Draft.objects.get().marks.values()) == [77]
    close_again(sheet=Sheet.objects.get(state=SheetState.REOPENED), by=judged.office, at=AT)
    assert Sheet.objects.count() == 3  # it is kept already


def test_nothing_comes_back_once_a_result_is_locked_or_for_who_is_not_the_office(judged):
    judged.save(70)
    enter(judged, 83, **ASIDE)
    assert code_of(back, judged, by=judged.users["J1"]) == "hidden"
    judged.contest.state = "locked"
    judged.contest.save(update_fields=["state"])
    assert code_of(back, judged) == "wrong-state"
    assert points(judged) == [83]


def test_where_two_read_the_draft_stays_until_the_second_has_read_the_same(judged, second):
    save_paper_rule(contest=judged.contest, twice=True, by=judged.office, at=AT)
    judged.save(70)
    assert enter(judged, 83, **ASIDE) is None
    assert Draft.objects.exists()
    assert enter(judged, 83, by=second, **ASIDE) is not None
    assert not Draft.objects.exists()


def test_what_was_handed_in_online_is_not_set_aside(judged):
    judged.submit(70)
    assert code_of(enter, judged, 83, **ASIDE) == "paper-is-in"
