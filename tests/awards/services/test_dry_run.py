"""A dry run is the act itself: dropped without a trace, or done just as it was shown."""

from collections.abc import Callable
from decimal import Decimal
from functools import partial
from typing import Any

import pytest

from awards.models import PrizePlan
from awards.prizes import BY_CODE
from awards.services.amending import amend_list
from awards.services.dry_run import NotAsShown, apply_as_shown, dry_run
from awards.services.eligibility import check_eligibility
from awards.services.lists import lock_list, standing_list
from awards.services.planning import change_plan
from awards.services.plans import GroupDetails, LevelDetails
from awards.services.proposals import plan_in_force
from awards.services.running import decide
from awards.states import SeatKind, Ties
from competition.errors import Denial, Refused
from competition.models import Contest, Entry, Event, Track, User
from competition.services.entering import withdraw_entry
from judging.models import Judge, Mark, Sheet, StandingRun
from judging.services.marking import reopen_sheet
from judging.services.setting_aside import bring_sheets_back, set_sheets_aside
from judging.sheet_rows import rows_of_entry
from judging.states import SheetState
from tests.factories.contests import AT, loaded
from tests.factories.judging import Judged, judged_contest
from tests.factories.replay import replayed, rows_now
from tests.factories.sheets import small, votes, with_mayor

pytestmark = pytest.mark.django_db
WHY = {"reason": "评审会议决定", "minutes": "组委会纪要 2 号"}
POINTS = {"A1": (95, 93, 94), "A2": (90, 91, 89), "A3": (80, 80, 80)}  # means 94, 90, 80


@pytest.fixture
@replayed
def judged() -> Judged:
    """Handed in by all judges: A1 first, A2 second, A3 nothing."""
    made = judged_contest()
    for entry, given in POINTS.items():
        for at, points in enumerate(given, 1):
            made.submit(points, code=f"J{at}", entry=entry)
    return made


def everything() -> list[tuple[str, list[str]]]:
    """Every row of every table of the product."""
    return [(table, sorted(map(str, rows))) for table, _columns, rows in rows_now()]


def plan_of(judged: Judged, *counts: int, minimum: int | None = None, **more: Any) -> Callable[[], PrizePlan]:
    levels = tuple(
        LevelDetails(BY_CODE[code], SeatKind.COUNT, Decimal(number), minimum)
        for code, number in zip(("first", "second", "third"), counts, strict=False)
    )
    group = GroupDetails(judged.made.tracks["创新"], None, levels, **more)
    base = judged.contest.prize_plans.count()
    return partial(change_plan, contest=judged.contest, group=group, base=base, by=judged.office, at=AT, **WHY)


def sheet(judged: Judged, code: str = "J1", entry: str = "A1") -> Sheet:
    return Sheet.objects.standing().get(assignment=judged.work(code, entry))


def looked(judged: Judged, act: Callable[[], Any], **more: Any):
    return dry_run(contest=judged.contest, act=act, by=judged.office, at=AT, **more)


def moved(run) -> list[tuple[str, str, str, list[str]]]:
    return [
        (one.number, one.was.prize if one.was else "-", one.now.prize if one.now else "-",
         [reason.code for reason in one.reasons])
        for one in run.comparison.moved
    ]  # fmt: skip


def acts(judged: Judged) -> dict[str, Callable[[], Any]]:
    who = {"by": judged.office, "at": AT}
    judge = judged.judge("J1")
    return {
        "plan": plan_of(judged, 2, 1),
        "reopen": lambda: reopen_sheet(sheet=sheet(judged), reason="写错了", **who),
        "aside": lambda: set_sheets_aside(judge=judge, reason="与作者有关", only_conflicts=False, **who),
        "withdraw": lambda: withdraw_entry(entry=judged.made.entries["A1"], **who),
        "decide": lambda: decide(contest=judged.contest, **who),
    }


@pytest.mark.parametrize("name", ["plan", "reopen", "aside", "withdraw", "decide"])
def test_a_dropped_dry_run_leaves_the_database_equal_to_the_byte(judged, name):
    act = acts(judged)[name]
    before = everything()
    run = looked(judged, act)
    assert everything() == before
    assert run.seen.startswith("sha256:")
    act()  # the guard of this test: done for real it does leave something
    assert everything() != before


def test_nothing_waits_for_a_commit_that_will_not_be(judged, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks() as waiting:
        looked(judged, plan_of(judged, 2, 1))
    assert waiting == []


def test_a_refusal_is_the_acts_own_and_leaves_nothing(judged):
    before = everything()
    with pytest.raises(Refused) as fault:
        looked(judged, plan_of(judged, 1, 1, 1, minimum=-1))
    assert fault.value.denial.code == "plan-unsound"
    assert everything() == before


def test_more_places_say_who_moves_and_why(judged):
    run = looked(judged, plan_of(judged, 2, 1))
    assert moved(run) == [("A2", "second", "first", ["seats", "cut", "cut"]), ("A3", "", "second", ["cut"])]
    counts = {one.prize: (one.was, one.now) for one in run.comparison.counts}
    assert counts == {"first": (1, 2), "second": (1, 1)}


def test_a_minimum_takes_a_prize_away(judged):
    assert moved(looked(judged, plan_of(judged, 1, 1, minimum=9100))) == [("A2", "second", "", ["minimum"])]


def test_what_becomes_of_ties_is_shown(judged):
    for at, points in enumerate((90, 90, 90), 1):
        judged.contest.refresh_from_db()
        reopen_sheet(sheet=sheet(judged, f"J{at}", "A3"), reason="更正", by=judged.office, at=AT)
        work = judged.work(f"J{at}", "A3")
        judged.submit(points, base=work.revision, code=f"J{at}", entry="A3")
    apply(judged, plan_of(judged, 1, 1, ties=Ties.EXTEND))
    run = looked(judged, plan_of(judged, 1, 1, ties=Ties.HOLD))
    assert run.comparison.opened == (("A2", "A3"),)
    assert [one[:3] for one in moved(run)] == [("A2", "second", "held"), ("A3", "second", "held")]
    assert all("tie-opened" in reasons for *_rest, reasons in moved(run))


def apply(judged: Judged, act: Callable[[], Any], **more: Any) -> Any:
    run = looked(judged, act, **more)
    return apply_as_shown(contest=judged.contest, act=act, seen=run.seen, by=judged.office, at=AT, **more)


def test_a_sheet_that_is_opened_again_changes_its_score(judged):
    run = looked(judged, acts(judged)["reopen"])  # 93 and 94 are left of A1: it stays first
    assert moved(run) == []
    assert run.comparison.rescored == 1
    assert (run.before.missing, run.after.missing) == (0, 1)


def test_all_sheets_of_a_judge_set_aside_and_brought_back(judged):
    for entry, points in (("A1", 10), ("A2", 100)):  # one judge alone would make it 65.67 and 93.33
        reopen_sheet(sheet=sheet(judged, "J1", entry), reason="更正", by=judged.office, at=AT)
        judged.submit(points, base=judged.work("J1", entry).revision, code="J1", entry=entry)
    act = acts(judged)["aside"]
    run = looked(judged, act)
    assert moved(run) == [("A1", "", "first", ["score", "cut"]), ("A2", "first", "second", ["score", "cut", "cut"]),
                          ("A3", "second", "", ["place", "cut"])]  # fmt: skip
    assert apply_as_shown(contest=judged.contest, act=act, seen=run.seen, by=judged.office, at=AT) == 3
    assert not Sheet.objects.standing().filter(assignment__judge=judged.judge("J1")).exists()
    assert not judged.judge("J1").is_active
    back = partial(bring_sheets_back, judge=judged.judge("J1"), by=judged.office, at=AT)
    assert [one[:3] for one in moved(looked(judged, back))] == [
        ("A1", "first", ""), ("A2", "second", "first"), ("A3", "", "second"),
    ]  # fmt: skip


def test_an_entry_that_leaves_lets_the_others_move_up(judged):
    run = looked(judged, acts(judged)["withdraw"])
    assert moved(run) == [("A1", "first", "-", ["left"]), ("A2", "second", "first", ["place", "cut", "cut"]),
                          ("A3", "", "second", ["place", "cut"])]  # fmt: skip


# ---- applied as it was shown, or not at all


def test_what_was_shown_is_applied_whole(judged):
    act = plan_of(judged, 2, 1)
    run = looked(judged, act)
    apply_as_shown(contest=judged.contest, act=act, seen=run.seen, by=judged.office, at=AT)
    assert plan_in_force(judged.contest).version == 2
    award_list = decide(contest=judged.contest, by=judged.office, at=AT)
    given = dict(award_list.awards.values_list("entry__number", "code"))
    assert given == {number: spot.prize for number, spot in run.after.spots.items() if spot.prize}


def test_what_another_changed_meanwhile_is_refused_and_shown_anew(judged):
    act = plan_of(judged, 2, 1)
    run = looked(judged, act)
    reopen_sheet(sheet=sheet(judged, "J1", "A3"), reason="更正", by=judged.office, at=AT)
    before = everything()
    with pytest.raises(NotAsShown) as fault:
        apply_as_shown(contest=judged.contest, act=act, seen=run.seen, by=judged.office, at=AT)
    assert everything() == before
    assert fault.value.run.seen != run.seen
    apply_as_shown(contest=judged.contest, act=act, seen=fault.value.run.seen, by=judged.office, at=AT)
    assert plan_in_force(judged.contest).version == 2


def test_unseen_only_what_moves_nobody_is_done(judged):
    once = partial(apply_as_shown, contest=judged.contest, seen="", by=judged.office, at=AT)
    with pytest.raises(NotAsShown):
        once(act=plan_of(judged, 2, 1))
    assert plan_in_force(judged.contest).version == 1
    once(act=acts(judged)["reopen"])
    assert Sheet.objects.filter(state="reopened").count() == 1


def test_a_list_is_proposed_anew_against_the_one_that_is_there(judged):
    first = decide(contest=judged.contest, by=judged.office, at=AT)
    reopen_sheet(sheet=sheet(judged), reason="更正", by=judged.office, at=AT)
    judged.submit(3, base=judged.work().revision)  # A1 falls to 63.33
    again = acts(judged)["decide"]
    assert moved(looked(judged, again)) == []  # by itself it changes nothing: marks have changed before
    run = looked(judged, again, since_list=True)
    assert [one[:3] for one in moved(run)] == [("A1", "first", ""), ("A2", "second", "first"), ("A3", "", "second")]
    apply(judged, again, since_list=True)
    assert standing_list(judged.contest).version == first.version + 1


def test_after_an_amendment_the_list_that_was_locked_is_the_one_to_compare_with(judged):
    decide(contest=judged.contest, by=judged.office, at=AT)
    lock_list(contest=Contest.objects.get(pk=judged.contest.pk), by=judged.office, at=AT)
    amend_list(contest=judged.contest, reason="更正", by=judged.office, at=AT)
    reopen_sheet(sheet=sheet(judged), reason="更正", by=judged.office, at=AT)
    run = looked(judged, acts(judged)["decide"], since_list=True)
    assert run.comparison.rescored == 1


def test_the_log_knows_one_act_and_its_runs_are_not_kept(judged):
    events, runs = Event.objects.count(), StandingRun.objects.count()
    apply(judged, plan_of(judged, 2, 1))
    assert [one.action for one in Event.objects.order_by("pk")[events:]] == ["plan.saved"]
    assert StandingRun.objects.count() == runs


# ---- setting sheets aside


def refused(code: str, **more: Any) -> Denial:
    with pytest.raises(Refused) as fault:
        set_sheets_aside(**more)
    assert fault.value.denial.code == code
    assert "%(" not in fault.value.denial.message
    return fault.value.denial


def test_what_the_judge_typed_into_an_opened_sheet_is_not_closed_over(judged):
    judge, who = judged.judge("J1"), {"by": judged.office, "at": AT}
    reopen_sheet(sheet=sheet(judged, "J1", "A3"), reason="应为 95", **who)
    judged.save(95, base=judged.work("J1", "A3").revision, code="J1", entry="A3")
    assert set_sheets_aside(judge=judge, reason="核实", only_conflicts=False, **who) == 2
    assert bring_sheets_back(judge=judge, **who) == 2
    kept = judged.work("J1", "A3")
    assert kept.sheets.current().get().state == "reopened"
    assert list(kept.draft.marks.values()) == [95]


def test_only_sheets_of_entries_that_a_judge_may_not_judge(judged):
    judge, who = judged.judge("J1"), {"by": judged.office, "at": AT}
    refused("nothing-to-set-aside", judge=judge, reason="回避", only_conflicts=True, **who)
    judge.conflicts.create(entry=judged.made.entries["A2"], source="office")
    assert set_sheets_aside(judge=judge, reason="回避", only_conflicts=True, **who) == 1
    assert Sheet.objects.get(state="reopened").assignment.entry.number == "A2"
    assert Judge.objects.get(pk=judge.pk).is_active
    assert bring_sheets_back(judge=judge, **who) == 1
    with pytest.raises(Refused) as fault:
        bring_sheets_back(judge=judge, **who)
    assert fault.value.denial.code == "nothing-set-aside"


def test_without_a_reason_nothing_is_set_aside_and_nobody_else_may(judged):
    judge = judged.judge("J1")
    refused("say-why", judge=judge, reason=" ", only_conflicts=False, by=judged.office, at=AT)
    stranger = User.objects.create_user("stranger")
    refused("hidden", judge=judge, reason="回避", only_conflicts=False, by=stranger, at=AT)
    assert Sheet.objects.standing().count() == 9


def test_after_the_lock_nothing_is_set_aside(judged):
    Contest.objects.filter(pk=judged.contest.pk).update(state="locked")
    refused("wrong-state", judge=judged.judge("J1"), reason="回避", only_conflicts=False, by=judged.office, at=AT)


# ---- other contests


def test_an_award_that_is_decided_by_ballot():
    """Two places for students, equal votes for all four: the experts' marks say who has them."""
    points = {"M1": (95,) * 3, "M2": (90,) * 3, "M3": (85,) * 3, "M4": (80,) * 3}
    lines = [line for n in range(1, 5) for line in votes(f"M{n}", yes="abcdefghi")]
    made = loaded(with_mayor(small(), points, lines))
    decide(contest=made.contest, by=None, at=AT)
    assert made.award is not None
    check_eligibility(contest=made.award, by=None, at=AT)
    decide(contest=made.award, by=None, at=AT)
    Mark.objects.filter(sheet__assignment__entry__number="M4").update(points=9900)
    act = partial(decide, contest=made.award, by=None, at=AT)
    run = dry_run(contest=made.award, act=act, by=None, at=AT, since_list=True)
    found = {one.number: (one.was.prize, one.now.prize, [reason.code for reason in one.reasons])
             for one in run.comparison.moved}  # fmt: skip
    assert found == {"M2": ("mayor", "", ["place"]), "M4": ("", "mayor", ["score"])}
    assert apply_as_shown(contest=made.award, act=act, seen=run.seen, by=None, at=AT, since_list=True).version == 2


def test_prizes_by_minutes_stand_beside_those_by_the_plan(judged):
    track = Track.objects.create(contest=judged.contest, code="幻", label_zh="科幻画", order=2, is_by_minutes=True)
    painting = Entry.objects.create(
        contest=judged.contest, track=track, number="B1", title="画", state="passed", order=9, key="b" * 26
    )
    judged.contest.decisions.create(entry=painting, code="first", label="一等奖", minutes="纪要 1 号")
    run = looked(judged, plan_of(judged, 2, 1))
    assert run.after.spots["B1"].prize == "first"
    counts = [(one.group, one.prize, one.was, one.now) for one in run.comparison.counts]
    assert ("科幻画", "first", 1, 1) in counts
    assert "B1" not in [one[0] for one in moved(run)]


def test_lists_say_of_a_sheet_that_was_set_aside_that_it_counts_no_more(judged):
    """And of one that its judge will correct that it is open."""
    entry, who = judged.made.entries["A1"], {"by": judged.office, "at": AT}
    set_sheets_aside(judge=judged.judge("J1"), reason="核实", only_conflicts=False, **who)
    reopen_sheet(sheet=sheet(judged, "J2", "A1"), reason="应为 95", **who)
    words = {row.assignment.judge.code: row.state_word for row in rows_of_entry(entry)}
    assert words["J1"] == "已停止计分"
    assert words["J2"] == SheetState.REOPENED.label
    judged.judge("J2").conflicts.create(entry=entry)
    words = {row.assignment.judge.code: row.state_word for row in rows_of_entry(entry)}
    assert words["J2"] == "已停止计分"
