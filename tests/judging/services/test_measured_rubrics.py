"""Which measured rounds a contest may have; what they do to judges, copies, finalists and workbooks."""

import pytest
from django.test import Client
from django.urls import reverse

from awards.workbook.playing import refuse_measured
from competition.errors import Refused
from competition.models import Contest, Role, User
from competition.services.setting_up import copy_contest
from competition.states import RoleKind
from judging.core.finalists import Cut
from judging.models import Assignment, Judge, Mark, Round, RoundEntry, Rubric, Sheet
from judging.selectors import entries_short, sheet_counts
from judging.services.assignments import add_assignment, propose_assignments
from judging.services.finalists import choose_finalists, propose_finalists
from judging.services.rounds import (
    CriterionDetails,
    MeasureDetails,
    RoundDetails,
    RubricDetails,
    change_rounds,
    change_rubric,
    save_rounds,
    save_rubrics,
)
from tests.factories.contests import AT, WHO, small_contest
from tests.factories.measuring import VOID, Measured, reading, robot_contest

pytestmark = pytest.mark.django_db
MARKS = (CriterionDetails("总评", 100),)


def refused(code: str, do, **more) -> None:
    with pytest.raises(Refused) as fault:
        do(**more)
    assert fault.value.denial.code == code
    assert "%(" not in fault.value.denial.message


@pytest.fixture
def robots() -> Measured:
    """Being set up, with a second round."""
    made = robot_contest()
    Contest.objects.filter(pk=made.contest.pk).update(state="setup")
    made.contest.refresh_from_db()
    return made


def two_rounds(robots: Measured, *, is_for_finalists: bool) -> None:
    wanted = [RoundDetails("比赛"), RoundDetails("决赛", is_for_finalists=is_for_finalists)]
    change_rounds(contest=robots.contest, rounds=wanted, by=robots.users["甲"], at=AT)


def set_final(robots: Measured, rubric: RubricDetails) -> None:
    change_rubric(contest=robots.contest, rubric=rubric, by=robots.users["甲"], at=AT)


def final(robots: Measured, measured: MeasureDetails | None = None, places: int = 0) -> RubricDetails:
    criteria = () if measured else MARKS
    return RubricDetails("决赛", robots.track, criteria, places=places, measured=measured)


def test_a_final_is_measured_like_the_round_before(robots):
    two_rounds(robots, is_for_finalists=True)
    set_final(robots, final(robots, MeasureDetails("points_time", 1, "sum")))
    assert Rubric.objects.measured().count() == 2


def test_a_track_is_not_marked_in_one_round_and_measured_in_another(robots):
    two_rounds(robots, is_for_finalists=True)
    refused("measured-and-marked", set_final, robots=robots, rubric=final(robots))
    assert Rubric.objects.count() == 1


def test_a_track_is_measured_in_one_way(robots):
    two_rounds(robots, is_for_finalists=True)
    refused("measured-differs", set_final, robots=robots, rubric=final(robots, MeasureDetails("time", 1, "best")))


def test_times_beside_points_are_not_added(robots):
    two_rounds(robots, is_for_finalists=True)
    wanted = final(robots, MeasureDetails("points_time", 2, "sum"))
    refused("measured-sum-of-times", set_final, robots=robots, rubric=wanted)


def test_two_measured_rounds_that_are_open_to_all_are_refused(robots):
    two_rounds(robots, is_for_finalists=False)
    wanted = final(robots, MeasureDetails("points_time", 1, "best"))
    refused("measured-twice", set_final, robots=robots, rubric=wanted)
    two_rounds(robots, is_for_finalists=True)
    set_final(robots, wanted)
    refused("measured-twice", two_rounds, robots=robots, is_for_finalists=False)
    assert robots.contest.rounds.get(order=2).is_for_finalists


def test_points_are_not_finer_than_what_is_published(robots):
    Contest.objects.filter(pk=robots.contest.pk).update(places=1)
    robots.contest.refresh_from_db()
    two_rounds(robots, is_for_finalists=True)
    refused("measured-finer", set_final, robots=robots, rubric=final(robots, MeasureDetails(), places=2))
    set_final(robots, final(robots, MeasureDetails(), places=1))


def test_an_award_measures_nobody(robots):
    Contest.objects.filter(pk=robots.contest.pk).update(kind="award")
    robots.contest.refresh_from_db()
    refused("measured-award", two_rounds, robots=robots, is_for_finalists=True)


def test_what_was_measured_does_not_come_to_mean_something_else():
    robots = robot_contest()
    robots.enter("R01", 1, VOID)
    rounds = {"比赛": robots.round}
    others = [
        RubricDetails("比赛", robots.track, (), places=places, measured=measured)
        for places, measured in [
            (1, MeasureDetails("points_time", 3, "best")), (0, MeasureDetails("points", 3, "best")),
            (0, MeasureDetails("points_time", 2, "best")), (0, MeasureDetails("points_time", 3, "sum")),
        ]
    ]  # fmt: skip
    for wanted in [*others, RubricDetails("比赛", robots.track, MARKS, places=0)]:
        refused("measured-in-use", save_rubrics, contest=robots.contest, rounds=rounds, rubrics=[wanted], **WHO)
    same = RubricDetails("比赛", robots.track, (), places=0, measured=MeasureDetails("points_time", 3, "best"))
    save_rubrics(contest=robots.contest, rounds=rounds, rubrics=[same], **WHO)


def test_a_round_with_attempts_stays(robots):
    Contest.objects.filter(pk=robots.contest.pk).update(state="judging")
    robots.enter("R01", 1, VOID)
    Contest.objects.filter(pk=robots.contest.pk).update(state="setup")
    robots.contest.refresh_from_db()
    wanted = {"contest": robots.contest, "rounds": [RoundDetails("别的")], "by": robots.users["甲"], "at": AT}
    refused("round-in-use", change_rounds, **wanted)


def test_judging_begins_without_judges_where_all_is_measured():
    assert robot_contest().round.round_entries.count() == 3


def test_judges_who_have_not_begun_are_released_when_it_is_measured():
    made = small_contest()
    Mark.objects.all().delete()
    Sheet.objects.all().delete()
    wanted = RubricDetails("评审", made.tracks["创新"], (), places=0, measured=MeasureDetails())
    save_rubrics(contest=made.contest, rounds=made.rounds, rubrics=[wanted], **WHO)
    assert Assignment.objects.count() == 0


def test_what_was_marked_does_not_come_to_be_measured():
    made = small_contest()
    wanted = RubricDetails("评审", made.tracks["创新"], (), places=0, measured=MeasureDetails())
    rubrics = {"contest": made.contest, "rounds": made.rounds, "rubrics": [wanted], **WHO}
    refused("criterion-has-marks", save_rubrics, **rubrics)


def test_nobody_is_asked_to_mark_what_is_measured(robots):
    Contest.objects.filter(pk=robots.contest.pk).update(state="judging")
    made = small_contest()  # people who could judge
    judge = made.judges["J1"]
    Judge.objects.filter(pk=judge.pk).update(contest=robots.contest)
    proposal = propose_assignments(robots.contest, seed=1)
    assert (proposal.parts, proposal.changes) == ([], False)
    counts = sheet_counts(robots.contest)
    assert (counts.expected, counts.missing, entries_short(robots.contest)) == (0, 0, [])
    robots.contest.refresh_from_db()
    judge.refresh_from_db()
    pair = {"one": robots.round, "entry": robots.entries["R01"], "judge": judge}
    refused("track-is-measured", add_assignment, **pair, by=robots.users["甲"], at=AT)


def test_a_copied_contest_measures_the_same(robots):
    office = User.objects.create_user("office", name="科协")
    Role.objects.create(user=office, kind=RoleKind.ORGANISER)
    made = copy_contest(contest=robots.contest, by=office, at=AT)
    (rubric,) = Rubric.objects.filter(round__contest=made)
    assert rubric.measure_plan == robots.rubric.measure_plan
    assert rubric.is_measured


def test_a_workbook_does_not_take_measured_rounds_away(robots):
    refused("workbook-measured", refuse_measured, existing=robots.contest)
    refuse_measured(small_contest().contest)
    refuse_measured(None)


# ---- finalists


def with_final(measure: str = "points_time", **more: str) -> Measured:
    robots = robot_contest(4, measure=measure, attempts=1, **more)
    final_round = save_rounds(
        contest=robots.contest, rounds=[RoundDetails("比赛"), RoundDetails("决赛", is_for_finalists=True)], **WHO
    )["决赛"]
    Rubric.objects.create(
        round=final_round, track=robots.track, kind="measured", measure=measure, attempts=1, combine="best"
    )
    return robots


def choose(robots: Measured, cut: Cut) -> set[str]:
    one = Round.objects.select_related("contest").get(contest=robots.contest, order=2)
    cuts = {robots.track.pk: cut}
    shown = propose_finalists(one, cuts, by_division=False).digest
    choose_finalists(one=one, cuts=cuts, by_division=False, shown=shown, by=robots.users["甲"], at=AT)
    return set(RoundEntry.objects.filter(round=one).values_list("entry__number", flat=True))


def test_the_time_decides_who_goes_on_and_equal_results_go_on_together():
    robots = with_final()
    for number, time in (("R01", "1:00"), ("R02", "0:59"), ("R03", "1:00")):
        robots.measure(number, reading(50, time))
    refused("round-not-measured", choose, robots=robots, cut=Cut("count", 1))
    robots.measure("R04", VOID)
    assert choose(robots, Cut("count", 1)) == {"R02"}
    assert choose(robots, Cut("count", 2)) == {"R01", "R02", "R03"}
    assert choose(robots, Cut("count", 2, with_tied=False)) == {"R02"}
    assert choose(robots, Cut("count", 9)) == {"R01", "R02", "R03"}


def test_there_is_no_score_to_cut_at_where_time_alone_is_measured():
    robots = with_final("time")
    for number, time in (("R01", "1:00"), ("R02", "0:59"), ("R03", "1:02"), ("R04", "1:01")):
        robots.measure(number, reading(time=time))
    refused("cut-of-time", choose, robots=robots, cut=Cut("score", 0))
    assert choose(robots, Cut("count", 2)) == {"R01", "R02"}


def test_the_page_of_finalists_offers_no_score_where_there_is_none_and_shows_times():
    for measure, is_offered in (("time", False), ("points_time", True)):
        robots = with_final(measure, name=f"{measure}赛")
        robots.measure("R01", reading(time="1:00") if measure == "time" else reading(50, "1:00"))
        client = Client()
        client.force_login(robots.users["甲"])
        said = {"show": "1", "track-1-kind": "count", "track-1-value": "1", "with_tied": "on"}
        page = client.get(reverse("finalists", args=[robots.contest.key, 2]), said).content.decode()
        assert ('value="score"' in page) == is_offered
        assert ">1:00.00<" in page or ">50.00 · 1:00.00<" in page


def test_what_was_measured_in_the_final_is_not_thrown_out():
    robots = with_final()
    for number in ("R01", "R02", "R03", "R04"):
        robots.measure(number, reading(int(number[-1]), "1:00"))
    choose(robots, Cut("count", 2))
    robots.round = robots.contest.rounds.get(order=2)
    robots.enter("R03", 1, VOID)
    refused("finalists-measured", choose, robots=robots, cut=Cut("count", 1))
