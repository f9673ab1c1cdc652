"""Prize plans changed on the web: who and when, what is refused, what stays, and that no list rests on an old one."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from awards.models import AwardList, PrizePlan
from awards.prizes import BY_CODE
from awards.services.lists import check_list, lock_list, standing_list
from awards.services.planning import change_plan, entries_counted, look_at, stored_groups, version_of
from awards.services.plans import GroupDetails, LevelDetails, save_plan, why_changed, why_committed
from awards.services.proposals import plan_in_force
from awards.services.running import decide
from awards.states import SeatKind, Ties
from competition.errors import Refused
from competition.models import Contest, Division, Entry, Event, Role, Track, User
from competition.services.setting_up import copy_contest
from competition.states import ContestState, RoleKind
from judging.models import Mark, Sheet
from tests.factories.contests import AT, WHO, Made, plan_groups, small_contest
from tests.factories.measuring import reading, robot_contest

pytestmark = pytest.mark.django_db
COUNT = SeatKind.COUNT


@pytest.fixture
def made() -> Made:
    """Three entries with all sheets, one first and one second prize; being judged."""
    found = small_contest()
    Contest.objects.filter(pk=found.contest.pk).update(state=ContestState.JUDGING)
    found.contest.refresh_from_db()
    return found


@pytest.fixture
def office(made: Made) -> User:
    user = User.objects.create_user("office", name="办公室")
    Role.objects.create(user=user, kind=RoleKind.ORGANISER, contest=made.contest)
    return user


def group_of(track: Track, *levels: Any, division: Division | None = None, **more: Any) -> GroupDetails:
    """(code, number), or a LevelDetails."""
    rows = (
        one if isinstance(one, LevelDetails) else LevelDetails(BY_CODE[one[0]], COUNT, Decimal(one[1]))
        for one in levels
    )
    return GroupDetails(track, division, tuple(rows), **more)


def change(made: Made, office: User, group: GroupDetails, **more: Any) -> PrizePlan:
    usual = {"base": version_of(plan_in_force(made.contest)), "reason": "评审会议决定", "minutes": "组委会纪要 2 号",
             "by": office, "at": AT}  # fmt: skip
    return change_plan(contest=made.contest, group=group, **(usual | more))


def refused(code: str, *args: Any, **more: Any) -> None:
    before = (PrizePlan.objects.count(), Event.objects.count())
    with pytest.raises(Refused) as fault:
        change(*args, **more)
    assert fault.value.denial.code == code
    assert "%(" not in fault.value.denial.message
    assert (PrizePlan.objects.count(), Event.objects.count()) == before


def without_results(made: Made) -> None:
    Mark.objects.all().delete()
    Sheet.objects.all().delete()


def test_a_changed_plan_is_a_new_version_with_who_and_why(made, office):
    track = made.tracks["创新"]
    plan = change(made, office, group_of(track, ("first", 2)), reason=" 经费增加 ")
    assert (plan.version, plan.by, plan.reason) == (2, office, "经费增加")
    assert [len(group.levels) for group in stored_groups(plan)] == [1]
    assert [len(group.levels) for group in stored_groups(made.contest.prize_plans.get(version=1))] == [2]
    assert Event.objects.filter(action="plan.saved").count() == 2


def test_the_other_groups_stay_as_they_are(made, office):
    other = Track.objects.create(contest=made.contest, code="实践", label_zh="实践", order=2)
    before = stored_groups(plan_in_force(made.contest))
    change(made, office, group_of(other, ("merit", 5), ties=Ties.EXTEND))
    after = stored_groups(plan_in_force(made.contest))
    assert after[0] == before[0]
    assert (after[1].track, after[1].ties, after[1].levels[0].prize.code) == (other, Ties.EXTEND, "merit")
    change(made, office, group_of(other))  # and it goes again
    assert stored_groups(plan_in_force(made.contest)) == before


def test_the_same_again_is_no_new_version(made, office):
    same = plan_groups(made, 1, 1)[0]
    assert change(made, office, same, base=0, reason="").version == 1
    assert Event.objects.filter(action="plan.saved").count() == 1


def test_who_looked_at_an_older_version_is_told(made, office):
    track = made.tracks["创新"]
    change(made, office, group_of(track, ("first", 2)))
    refused("plan-changed", made, office, group_of(track, ("first", 3)), base=1)


# ---- who and when


@pytest.mark.parametrize("state", [ContestState.SETUP, ContestState.ENTRY, ContestState.JUDGING, ContestState.DECISION])
def test_until_the_lock_the_plan_may_change(made, office, state):
    Contest.objects.filter(pk=made.contest.pk).update(state=state)
    assert change(made, office, group_of(made.tracks["创新"], ("first", 2))).version == 2


@pytest.mark.parametrize("state", [ContestState.LOCKED, ContestState.PUBLISHED])
def test_after_the_lock_it_stays_even_for_a_page_that_was_loaded_before(made, office, state):
    Contest.objects.filter(pk=made.contest.pk).update(state=state)  # made.contest still says that it is judged
    refused("wrong-state", made, office, group_of(made.tracks["创新"], ("first", 2)))


def test_once_a_list_was_locked_it_stays_also_when_the_contest_goes_back(made, office):
    decide(contest=made.contest, by=None, at=AT)
    lock_list(contest=made.contest, by=None, at=AT)
    Contest.objects.filter(pk=made.contest.pk).update(state=ContestState.DECISION)
    AwardList.objects.filter(contest=made.contest).update(state="superseded")
    refused("plan-fixed", made, office, group_of(made.tracks["创新"], ("first", 2)))


def test_a_stranger_does_not_learn_of_it(made, office):
    stranger = User.objects.create_user("stranger", name="路人")
    refused("hidden", made, stranger, group_of(made.tracks["创新"], ("first", 2)))


# ---- why


def test_before_results_no_reason_is_asked_for(made, office):
    without_results(made)
    plan = change(made, office, group_of(made.tracks["创新"], ("first", 2)), reason="", minutes="")
    assert (plan.reason, plan.minutes) == ("", "")


def test_from_the_first_sheet_on_a_reason_is_asked_for(made, office):
    Sheet.objects.exclude(pk=Sheet.objects.all()[0].pk).update(state="recused")
    refused("plan-without-reason", made, office, group_of(made.tracks["创新"], ("first", 2)), reason="  ")
    refused("plan-without-minutes", made, office, group_of(made.tracks["创新"], ("first", 2)), minutes="  ")


def test_reason_and_minutes_are_committed_to_in_the_log_and_told_beside_it(made, office):
    plan = change(made, office, group_of(made.tracks["创新"], ("first", 2)))
    event = Event.objects.filter(action="plan.saved").last()
    assert event.body["why"] == made.contest.mint.commitment("评审会议决定", "组委会纪要 2 号")
    assert "纪要" not in str(event.body)
    assert why_changed(made.contest, {event.subject}) == {event.subject: "评审会议决定 · 组委会纪要 2 号"}
    assert why_changed(made.contest, {"awards.prizeplan:other"}) == {}
    PrizePlan.objects.filter(pk=plan.pk).update(minutes="另一份纪要")  # the log would not agree any more
    plan.refresh_from_db()
    assert why_committed(plan)["why"] != event.body["why"]


def test_and_from_the_first_confirmed_attempt_on():
    robots = robot_contest(2)
    asked = {"contest": robots.contest, "base": 1, "reason": "", "by": robots.users["丙"], "at": AT}
    robots.enter("R01", 1, reading(5, "1:00"))
    assert change_plan(group=group_of(robots.track, ("first", 2)), **asked).version == 2
    robots.confirm("R01", 1, reading(5, "1:00"))
    with pytest.raises(Refused) as fault:
        change_plan(group=group_of(robots.track, ("first", 1)), **(asked | {"base": 2}))
    assert fault.value.denial.code == "plan-without-reason"


# ---- what a plan may not say


def test_a_plan_that_cannot_be_carried_out_is_refused(made, office):
    share = LevelDetails(BY_CODE["first"], SeatKind.PERCENT_PRIZES, Decimal(15))
    refused("plan-unsound", made, office, group_of(made.tracks["创新"], share))


def test_better_prizes_come_first(made, office):
    refused("plan-unsound", made, office, group_of(made.tracks["创新"], ("second", 1), ("first", 1)))


def test_a_track_of_time_alone_has_no_least_score():
    robots = robot_contest(1, measure="time")
    least = LevelDetails(BY_CODE["first"], COUNT, Decimal(1), 6000)
    with pytest.raises(Refused) as fault:
        change_plan(contest=robots.contest, group=group_of(robots.track, least), base=1, reason="x",
                    by=robots.users["甲"], at=AT)  # fmt: skip
    assert fault.value.denial.code == "plan-unsound"


def test_a_track_has_prizes_as_a_whole_or_by_division(made, office):
    division = Division.objects.create(contest=made.contest, code="小学", label_zh="小学", order=1)
    track = made.tracks["创新"]
    refused("plan-twice", made, office, group_of(track, ("first", 1), division=division))
    change(made, office, replace(group_of(track), levels=()), reason="改为分组设奖")
    assert change(made, office, group_of(track, ("first", 1), division=division)).version == 3
    refused("plan-twice", made, office, group_of(track, ("first", 1)))


def test_a_track_of_minutes_has_no_plan(made, office):
    track = Track.objects.create(contest=made.contest, code="幻", label_zh="幻", order=2, is_by_minutes=True)
    refused("plan-by-minutes", made, office, group_of(track, ("first", 1)))


def test_taking_out_what_is_not_there_makes_no_version(made, office):
    track = Track.objects.create(contest=made.contest, code="实践", label_zh="实践", order=2)
    assert change(made, office, group_of(track)).version == 1
    PrizePlan.objects.all().delete()
    refused("plan-without-levels", made, office, group_of(track))


# ---- lists rest on the plan in force


def codes(contest: Contest) -> set[str]:
    return {one.code for one in check_list(standing_list(contest))}


def test_no_list_is_locked_on_an_old_plan(made, office):
    decide(contest=made.contest, by=None, at=AT)
    assert codes(made.contest) == set()
    change(made, office, group_of(made.tracks["创新"], ("first", 2)))
    assert {"plan-changed", "award-differs"} <= codes(made.contest)
    with pytest.raises(Refused) as fault:
        lock_list(contest=made.contest, by=None, at=AT)
    assert fault.value.denial.code == "list-not-clean"
    made.contest.refresh_from_db()
    decide(contest=made.contest, by=None, at=AT)
    assert codes(made.contest) == set()
    assert lock_list(contest=made.contest, by=None, at=AT).plan == plan_in_force(made.contest)


def test_not_even_where_the_new_plan_gives_the_same_prizes(made, office):
    decide(contest=made.contest, by=None, at=AT)
    first, second = plan_groups(made, 1, 1)[0].levels
    change(made, office, group_of(made.tracks["创新"], replace(first, minimum=100), second))
    assert codes(made.contest) == {"plan-changed"}
    with pytest.raises(Refused):
        lock_list(contest=made.contest, by=None, at=AT)


def test_nobody_is_left_out_of_the_plan_without_a_word(made, office):
    """A2 is put into a track that the plan does not know."""
    decide(contest=made.contest, by=None, at=AT)
    other = Track.objects.create(contest=made.contest, code="实践", label_zh="实践", order=2)
    Entry.objects.filter(number="A2").update(track=other)
    assert "not-in-plan" in codes(made.contest)
    with pytest.raises(Refused) as fault:
        decide(contest=made.contest, by=None, at=AT)
    assert fault.value.denial.code == "plan-lacks-entries"
    assert "%(" not in fault.value.denial.message


def test_where_divisions_have_prizes_an_entry_without_division_is_named(made, office):
    division = Division.objects.create(contest=made.contest, code="小学", label_zh="小学", order=1)
    Entry.objects.exclude(number="A3").update(division=division)
    save_plan(contest=made.contest, groups=[group_of(made.tracks["创新"], ("first", 1), division=division)], **WHO)
    with pytest.raises(Refused) as fault:
        decide(contest=made.contest, by=None, at=AT)
    assert (fault.value.denial.code, fault.value.denial.facts["number"]) == ("plan-lacks-entries", 1)


# ---- looked at before


def test_while_entries_come_in_those_handed_in_are_counted(made):
    track = made.tracks["创新"]
    Entry.objects.filter(number="A1").update(state="submitted")
    Entry.objects.filter(number="A2").update(state="withdrawn")
    assert entries_counted(made.contest)[track.pk, None] == 1
    Contest.objects.filter(pk=made.contest.pk).update(state=ContestState.ENTRY)
    made.contest.refresh_from_db()
    assert entries_counted(made.contest)[track.pk, None] == 2


def test_the_preview_counts_what_the_list_then_gives(made, office):
    wanted = group_of(made.tracks["创新"], ("first", 2), ("second", 1))
    look = look_at(wanted, entries_counted(made.contest)[made.tracks["创新"].pk, None])
    change(made, office, wanted)
    award_list = decide(contest=made.contest, by=None, at=AT)
    given = [award_list.awards.filter(code=code).count() for code in ("first", "second")]
    assert (list(look.seats), look.total, look.entries) == (given, 3, 3)


# ---- the next edition


def test_the_next_edition_has_the_plan_without_its_reasons(made, office):
    Contest.objects.filter(pk=made.contest.pk).update(state=ContestState.PUBLISHED)
    cap = {"cap_percent": Decimal(60)}
    own = LevelDetails(replace(BY_CODE["special"], code="最佳创意奖", label_zh="最佳创意奖"), COUNT, Decimal(1), 8000)
    groups = [group_of(made.tracks["创新"], ("first", 1), own, ties=Ties.SHRINK, **cap)]
    save_plan(contest=made.contest, groups=groups, reason="去年的理由", **WHO)
    Role.objects.create(user=office, kind=RoleKind.ORGANISER)
    made.contest.refresh_from_db()
    fresh = copy_contest(contest=made.contest, by=office, at=AT)
    plan = plan_in_force(fresh)
    assert plan is not None
    assert (plan.version, plan.by, plan.reason) == (1, office, "")
    group = stored_groups(plan)[0]
    was = stored_groups(plan_in_force(made.contest))[0]
    assert group.track.contest == fresh
    assert replace(group, track=was.track) == was
