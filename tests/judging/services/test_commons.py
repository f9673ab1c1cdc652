"""Common entries: given to every judge, first where the office wants it, compared when all are in."""

from decimal import Decimal

import pytest

from competition.errors import Refused
from competition.models import Contest, Entry, Event, Person, Role, User
from judging.access import CommonOfJudge, why_not_compare_commons, why_not_see_work
from judging.comparing import comparison_of, grid_of_common
from judging.models import Assignment, CommonSet, Conflict, Draft, Judge, PaperReading, RoundEntry, Rubric, Sheet
from judging.services import commons, marking
from judging.services.assignments import propose_assignments
from judging.services.sorting import sort_work
from judging.services.standings import scores_in
from judging.sheet_rows import rows_of_judge
from judging.states import AssignedBy, JudgeState, QuestionKind, SortedAs
from tests.factories.contests import AT
from tests.factories.judging import Judged, judged_contest

pytestmark = pytest.mark.django_db


@pytest.fixture
def judged() -> Judged:
    """Each judge has an entry of their own, and there are six judges."""
    made = judged_contest()
    Rubric.objects.update(reviews=1)
    for number in (1, 2, 3):
        Assignment.objects.filter(judge__code=f"J{number}").exclude(entry__number=f"A{number}").delete()
    return made


def rubric() -> Rubric:
    return Rubric.objects.select_related("round__contest", "track").prefetch_related("criteria").get()


def choose(judged: Judged, *numbers: str, is_first: bool = False, **more) -> CommonSet:
    entries = list(Entry.objects.filter(number__in=numbers).order_by("order"))
    common = {"rubric": rubric(), "entries": entries, "is_first": is_first, "by": judged.office, "at": AT}
    return commons.choose_common_entries(**(common | more))


def more_judges(judged: Judged, *codes: str) -> None:
    for code in codes:
        person = Person.objects.create(kind="judge", name=f"评委{code}", code=code)
        user = User.objects.create_user(code.lower(), name=f"评委{code}")
        Role.objects.create(user=user, kind="judge", contest=judged.contest)
        Judge.objects.create(
            contest=judged.contest, code=code, person=person, user=user, state=JudgeState.ACCEPTED, pledged_at=AT
        )
        judged.users[code] = user


def pairs() -> set[tuple[str, str]]:
    return set(Assignment.objects.values_list("judge__code", "entry__number"))


def denied(do, **facts) -> str:
    with pytest.raises(Refused) as fault:
        do(**facts)
    return fault.value.denial.code


# ---- chosen and given


def test_every_judge_gets_the_common_entries(judged):
    before = pairs()
    choose(judged, "A1")
    assert pairs() == before | {("J2", "A1"), ("J3", "A1")}
    assert Assignment.objects.filter(by=AssignedBy.COMMON).count() == 2
    assert Event.objects.get(action="common.chosen").body == {
        "entries": 1, "first": False, "created": 2, "removed": 0,
    }  # fmt: skip


def test_who_may_not_judge_it_does_not_get_it(judged):
    Conflict.objects.create(judge=judged.judge("J2"), entry=Entry.objects.get(number="A1"))
    Judge.objects.filter(code="J3").update(state=JudgeState.DECLINED)
    before = pairs()
    choose(judged, "A1")
    assert pairs() == before


def test_a_load_does_not_keep_them_away_and_is_told(judged):
    Judge.objects.filter(code="J2").update(max_load=1)
    choose(judged, "A1")
    assert ("J2", "A1") in pairs()
    assert [one.code for one in commons.over_their_load(list(Judge.objects.all()))] == ["J2"]


def test_assigning_again_keeps_them(judged):
    choose(judged, "A1")
    proposal = propose_assignments(judged.contest, seed=7)
    assert (proposal.kept, proposal.added, proposal.released) == (5, 0, 0)
    assert proposal.parts[0].components == 1  # they link the judges


def test_a_judge_who_comes_later_gets_them_when_it_is_saved_again(judged):
    choose(judged, "A1")
    more_judges(judged, "J4")
    assert [(entry.number, judge.code) for entry, judge in commons.not_given(rubric(), list(Entry.objects.all()[:1]))]
    choose(judged, "A1")
    assert ("J4", "A1") in pairs()


def test_what_is_taken_out_goes_unless_somebody_has_begun(judged):
    choose(judged, "A1")
    judged.submit(80, code="J2", entry="A1")
    judged.save(70, code="J3", entry="A1")
    more_judges(judged, "J4")
    choose(judged, "A1")
    choose(judged, "A2")
    assert {("J1", "A1"), ("J2", "A1"), ("J3", "A1")} <= pairs()  # their own, a sheet, a draft
    assert ("J4", "A1") not in pairs()
    commons.drop_common_entries(common=CommonSet.objects.get(), by=judged.office, at=AT)
    assert ("J4", "A2") not in pairs()
    assert ("J2", "A2") in pairs()  # its own judge
    assert not CommonSet.objects.exists()


def test_what_does_not_take_part_is_no_common_entry(judged):
    with pytest.raises(Refused) as fault:
        choose(judged)
    assert fault.value.denial.code == "common-none"
    RoundEntry.objects.filter(entry__number="A2").update(state="absent")
    with pytest.raises(Refused) as fault:
        choose(judged, "A1", "A2")
    assert (fault.value.denial.code, fault.value.denial.facts) == ("common-unknown", {"numbers": "A2"})
    assert not CommonSet.objects.exists()


def test_only_the_office_chooses(judged):
    with pytest.raises(Refused):
        choose(judged, "A1", by=judged.users["J1"])
    Contest.objects.update(state="decision")
    with pytest.raises(Refused):
        choose(judged, "A1")


def test_their_sheets_count_like_others(judged):
    choose(judged, "A1")
    for code, points in (("J1", 80), ("J2", 90), ("J3", 94)):
        judged.submit(points, code=code, entry="A1")
    score = scores_in(judged.contest.rounds.get())[Entry.objects.get(number="A1").pk]
    assert (score.score, score.sheets, score.missing) == (88, 3, 0)


# ---- first


def tries(judged: Judged, code: str, number: str) -> dict[str, object]:
    work = judged.work(code, number)
    common = {"assignment": work, "by": judged.users[code], "at": AT}
    return {
        "read": lambda: _raise(why_not_see_work(judged.users[code], work, at=AT)),
        "save": lambda: judged.save(70, code=code, entry=number),
        "submit": lambda: judged.submit(70, code=code, entry=number),
        "recuse": lambda: marking.recuse(reason="认识", save="save-recuse", **common),
        "ask": lambda: marking.ask_question(kind=QuestionKind.DOUBT, text="？", save="save-asking", **common),
        "sort": lambda: sort_work(sorted_as=SortedAs.OUT, **common),
    }


def _raise(denial) -> None:
    if denial:
        raise Refused(denial)


def codes_of(judged: Judged, code: str, number: str) -> dict[str, str]:
    return {name: denied(do) for name, do in tries(judged, code, number).items()}


def test_other_works_open_once_the_common_ones_are_handed_in(judged):
    choose(judged, "A1", is_first=True)
    assert set(codes_of(judged, "J2", "A2").values()) == {"common-first"}
    judged.save(80, code="J2", entry="A1")
    assert denied(lambda: judged.submit(70, code="J2", entry="A2")) == "common-first"  # typed is not handed in
    judged.submit(80, code="J2", entry="A1", base=1)
    assert judged.submit(70, code="J2", entry="A2")


def test_what_was_typed_before_waits_and_is_kept(judged):
    """Also where the device kept it: the service refuses, and nothing is lost."""
    judged.save(70, code="J2", entry="A2")
    choose(judged, "A1", is_first=True)
    assert denied(lambda: judged.save(71, base=1, code="J2", entry="A2")) == "common-first"
    assert denied(lambda: judged.submit(71, base=1, code="J2", entry="A2")) == "common-first"
    assert list(Draft.objects.get().marks.values()) == [70]
    work = judged.work("J2", "A2")
    assert denied(
        lambda: marking.submit_draft(assignment=work, base=1, save="save-review", by=judged.users["J2"], at=AT)
    ) == ("common-first")


def test_without_the_switch_nothing_is_closed(judged):
    choose(judged, "A1")
    assert judged.submit(70, code="J2", entry="A2")


def test_a_common_entry_that_the_judge_cannot_hand_in_closes_nothing(judged):
    choose(judged, "A1", "A3", is_first=True)
    judged.submit(80, code="J2", entry="A1")
    Conflict.objects.create(judge=judged.judge("J2"), entry=Entry.objects.get(number="A3"))
    assert judged.submit(70, code="J2", entry="A2")


def test_an_absent_common_entry_closes_nothing(judged):
    choose(judged, "A1", is_first=True)
    RoundEntry.objects.filter(entry__number="A1").update(state="absent")
    assert judged.submit(70, code="J2", entry="A2")


def test_stepping_back_from_the_common_entry_opens_the_others(judged):
    choose(judged, "A1", is_first=True)
    work = judged.work("J2", "A1")
    marking.recuse(assignment=work, reason="认识", save="save-recuse", by=judged.users["J2"], at=AT)
    assert judged.submit(70, code="J2", entry="A2")


def test_what_was_handed_in_before_stays_readable_and_can_be_corrected(judged):
    sheet = judged.submit(70, code="J2", entry="A2")
    choose(judged, "A1", is_first=True)
    assert why_not_see_work(judged.users["J2"], judged.work("J2", "A2"), at=AT) is None
    marking.reopen_sheet(sheet=sheet, reason="改", by=judged.office, at=AT)
    assert judged.submit(71, base=judged.work("J2", "A2").revision, code="J2", entry="A2")


def test_opening_a_common_sheet_again_closes_nothing(judged):
    choose(judged, "A1", is_first=True)
    sheet = judged.submit(80, code="J2", entry="A1")
    marking.reopen_sheet(sheet=sheet, reason="改", by=judged.office, at=AT)
    assert judged.submit(70, code="J2", entry="A2")


@pytest.mark.parametrize("step", ["fresh", "submitted", "recused", "barred", "absent", "reopened"])
def test_the_pile_closes_what_the_rule_closes(judged, step):
    """One question asked in two places has one answer."""
    choose(judged, "A1", is_first=True)
    work = judged.work("J2", "A1")
    if step in ("submitted", "reopened"):
        sheet = judged.submit(80, code="J2", entry="A1")
        if step == "reopened":
            marking.reopen_sheet(sheet=sheet, reason="改", by=judged.office, at=AT)
    if step == "recused":
        marking.recuse(assignment=work, reason="认识", save="save-recuse", by=judged.users["J2"], at=AT)
    if step == "barred":
        Conflict.objects.create(judge=judged.judge("J2"), entry=work.entry)
    if step == "absent":
        RoundEntry.objects.filter(entry=work.entry).update(state="absent")
    for row in rows_of_judge(judged.judge("J2")):
        denial = why_not_see_work(judged.users["J2"], judged.work("J2", row.assignment.entry.number), at=AT)
        assert row.is_later == bool(denial and denial.code == "common-first")
        assert row.is_later == (step == "fresh" and row.assignment.entry.number == "A2")


def test_common_entries_stand_on_top_of_the_pile(judged):
    for numbers in (["A1"], ["A2"], ["A3"]):
        choose(judged, *numbers)
        rows = rows_of_judge(judged.judge("J1"))
        assert [row.assignment.entry.number for row in rows if row.is_common] == numbers
        assert rows[0].is_common


# ---- compared

GIVEN = {"J1": 80, "J2": 90, "J3": 84, "J4": 70, "J5": 86}


@pytest.fixture
def all_in(judged) -> Judged:
    more_judges(judged, "J4", "J5")
    choose(judged, "A1", is_first=True)
    for code, points in GIVEN.items():
        judged.submit(points, code=code, entry="A1")
    return judged


def release(judged: Judged, **more) -> CommonSet:
    common = {"common": CommonSet.objects.select_related("round__contest").get(), "by": judged.office, "at": AT}
    return commons.release_comparison(**(common | more))


def looks(judged: Judged, code: str):
    common = CommonSet.objects.select_related("round__contest").get()
    return why_not_compare_commons(judged.users[code], CommonOfJudge(judged.judge(code), common), at=AT)


def test_nothing_is_released_while_somebody_has_not_handed_in(all_in):
    more_judges(all_in, "J6")
    choose(all_in, "A1")
    with pytest.raises(Refused) as fault:
        release(all_in)
    assert fault.value.denial.code == "common-waited-for"
    assert "J6 → A1" in str(fault.value)
    Assignment.objects.filter(judge__code="J6").delete()
    assert release(all_in).released_at == AT


def test_a_sheet_that_is_open_again_is_waited_for(all_in):
    marking.reopen_sheet(sheet=Sheet.objects.get(assignment__judge__code="J4"), reason="改", by=all_in.office, at=AT)
    with pytest.raises(Refused) as fault:
        release(all_in)
    assert fault.value.denial.code == "common-waited-for"


def test_with_three_judges_nothing_is_released(judged):
    choose(judged, "A1")
    for code in ("J1", "J2", "J3"):
        judged.submit(80, code=code, entry="A1")
    with pytest.raises(Refused) as fault:
        release(judged)
    assert fault.value.denial.code == "common-few"


def test_a_judge_sees_nothing_before_the_office_says_so(all_in):
    assert looks(all_in, "J1").hide
    release(all_in)
    assert looks(all_in, "J1") is None
    commons.take_back_comparison(common=CommonSet.objects.get(), by=all_in.office, at=AT)
    assert looks(all_in, "J1").hide
    assert not CommonSet.objects.get().compared.exists()


def test_who_has_not_handed_in_sees_nothing(all_in):
    """A judge who came after it was shown, and one whose sheet is open again."""
    release(all_in)
    more_judges(all_in, "J6")
    assert looks(all_in, "J6").hide
    Assignment.objects.create(
        round=rubric().round, entry=Entry.objects.get(number="A1"), judge=all_in.judge("J6"), by=AssignedBy.COMMON
    )
    assert looks(all_in, "J6").hide
    all_in.submit(50, code="J6", entry="A1")
    assert looks(all_in, "J6") is None
    marking.reopen_sheet(sheet=Sheet.objects.get(assignment__judge__code="J6"), reason="改", by=all_in.office, at=AT)
    assert looks(all_in, "J6") is not None


def test_another_judge_and_a_stranger_see_nothing(all_in):
    release(all_in)
    common = CommonSet.objects.get()
    assert why_not_compare_commons(all_in.users["J2"], CommonOfJudge(all_in.judge("J1"), common), at=AT).hide
    assert why_not_compare_commons(all_in.office, CommonOfJudge(all_in.judge("J1"), common), at=AT).hide


def test_the_comparison_by_hand(all_in):
    release(all_in)
    found = comparison_of(CommonSet.objects.get(), all_in.judge("J4"), rubric())
    (one,) = found.works
    assert (one.others, one.own, one.median) == (4, "70", "85")  # of 80, 84, 86, 90
    assert [(row.own, row.median, row.spread, row.most) for row in one.criteria] == [("70", "85", "5", "100")]
    assert (found.deviation, found.leaning) == ("-15", -1)
    assert found.leanings == [("总评", "-15", -1)]
    mild = comparison_of(CommonSet.objects.get(), all_in.judge("J2"), rubric())
    assert (mild.works[0].median, mild.deviation, mild.leaning) == ("82", "+8", 1)


def test_what_comes_later_does_not_move_what_a_judge_sees(all_in):
    """Otherwise a mark could be worked out from the difference."""
    release(all_in)
    before = comparison_of(CommonSet.objects.get(), all_in.judge("J1"), rubric())
    more_judges(all_in, "J6")
    Assignment.objects.create(
        round=rubric().round, entry=Entry.objects.get(number="A1"), judge=all_in.judge("J6"), by=AssignedBy.COMMON
    )
    all_in.submit(1, code="J6", entry="A1")
    sheet = Sheet.objects.get(assignment__judge__code="J2")
    marking.reopen_sheet(sheet=sheet, reason="改", by=all_in.office, at=AT)
    all_in.submit(2, code="J2", entry="A1", base=all_in.work("J2", "A1").revision)
    assert comparison_of(CommonSet.objects.get(), all_in.judge("J1"), rubric()) == before


def test_who_may_not_judge_an_entry_learns_nothing_of_it(all_in):
    release(all_in)
    Conflict.objects.create(judge=all_in.judge("J1"), entry=Entry.objects.get(number="A1"))
    assert comparison_of(CommonSet.objects.get(), all_in.judge("J1"), rubric()).works == []


def test_too_few_others_are_hidden(all_in):
    """A second entry that three judges have: two others are too few."""
    Assignment.objects.filter(entry__number="A2").exclude(judge__code="J2").delete()
    for code in ("J3", "J4"):
        Assignment.objects.create(
            round=rubric().round, entry=Entry.objects.get(number="A2"), judge=all_in.judge(code), by=AssignedBy.HAND
        )
    CommonSet.objects.get().entries.add(Entry.objects.get(number="A2"))
    for code in ("J2", "J3", "J4"):
        all_in.submit(60, code=code, entry="A2")
    release(all_in)
    found = comparison_of(CommonSet.objects.get(), all_in.judge("J2"), rubric())
    assert ([one.work.number for one in found.works], found.hidden) == (["A1"], 1)


def test_what_is_shown_is_not_changed_behind_it(all_in):
    release(all_in)
    with pytest.raises(Refused) as fault:
        choose(all_in, "A2")
    assert fault.value.denial.code == "common-released"
    with pytest.raises(Refused) as fault:
        commons.drop_common_entries(common=CommonSet.objects.get(), by=all_in.office, at=AT)
    assert fault.value.denial.code == "common-released"
    assert list(Event.objects.filter(action__startswith="common.").values_list("action", flat=True)) == [
        "common.chosen",
        "common.released",
    ]


def test_releasing_twice_is_once(all_in):
    release(all_in)
    release(all_in)
    assert Event.objects.filter(action="common.released").count() == 1


def test_the_grid_by_hand(all_in):
    Conflict.objects.create(judge=all_in.judge("J5"), entry=Entry.objects.get(number="A1"))
    Judge.objects.filter(code="J5").update(max_load=1)
    more_judges(all_in, "J6")
    choose(all_in, "A1")
    grid = grid_of_common(CommonSet.objects.select_related("round__contest").get(), rubric())
    assert (grid.medians, grid.maximum) == (["84"], "100")
    lines = {line.judge.code: line for line in grid.lines}
    assert (lines["J4"].deviation, lines["J4"].leaning, lines["J2"].deviation) == ("-14", -1, "+6")
    assert lines["J6"].cells[0].row.is_blank
    assert lines["J5"].cells[0].reason is not None
    assert [row.judge.code for row in grid.waiting] == ["J6"]
    assert Decimal(lines["J1"].cells[0].row.total) == 80


def test_who_has_read_a_sheet_of_paper_keeps_the_work(judged):
    choose(judged, "A3")
    work = judged.work("J1", "A3")
    PaperReading.objects.create(assignment=work, by=judged.office, marks={}, at=AT)
    choose(judged, "A2")
    assert PaperReading.objects.filter(assignment=work).exists()
