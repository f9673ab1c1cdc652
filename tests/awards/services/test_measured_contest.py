"""A robot contest from its first attempt to its locked list; the winners were worked out by hand."""

import pytest

from awards.models import Award
from awards.outputs.facts import standing_lines
from awards.outputs.reasons import why
from awards.outputs.tables import standing_sheet
from awards.services.lists import check_list, lock_list, standing_list
from awards.services.plans import save_decisions
from awards.services.running import decide
from competition.errors import Refused
from competition.models import Contest
from judging.models import Attempt
from tests.factories.contests import AT, decided
from tests.factories.measuring import VOID, Measured, give_plan, reading, robot_contest
from tests.factories.replay import replayed
from tests.factories.sheets import small

pytestmark = pytest.mark.django_db

# Each entry's three attempts, points/time; - is void. The best counts, of equal points the shorter time.
#                                              best        place
FIELD = {
    "R01": ["50/1:20", "60/1:10", "55/0:50"],  # 60/1:10   5
    "R02": ["80/2:00", "80/1:45", "-"],        # 80/1:45   2: the points of R05, and slower
    "R03": ["-", "-", "-"],                    # none      without a place
    "R04": ["10/0:30", "0/3:00", "20/0:40"],   # 20/0:40   10
    "R05": ["80/1:44.99", "70/1:00", "80/1:50"],  # 80/1:44.99  1: a hundredth of a second before R02
    "R06": ["70/1:30", "-", "60/1:00"],        # 70/1:30   3: the full tie with R09
    "R07": ["45/1:00", "45/0:59", "-"],        # 45/0:59   7
    "R08": ["0/3:00", "-", "-"],               # 0/3:00    11: a zero is a result
    "R09": ["-", "70/1:30", "70/1:30.01"],     # 70/1:30   3
    "R10": ["40/1:00", "45/1:00", "30/1:00"],  # 45/1:00   8
    "R11": ["50/1:00", "-", "50/0:59.5"],      # 50/0:59.5 6
    "R12": ["30/2:00", "35/2:30", "-"],        # 35/2:30   9
}  # fmt: skip
PLACES = {"R05": 1, "R02": 2, "R06": 3, "R09": 3, "R01": 5, "R11": 6, "R07": 7, "R10": 8, "R12": 9, "R04": 10, "R08": 11,
          "R03": None}  # fmt: skip


def said(text: str):
    if text == "-":
        return VOID
    points, time = text.split("/")
    return reading(int(points), time)


@pytest.fixture
@replayed
def robots() -> Measured:
    """All measured but the last attempt of R12, which is entered and not confirmed. One first, one second, one third
    prize: the first cut falls between R05 and R02, the third prize between R06 and R09."""
    made = robot_contest(12)
    give_plan(made, 1, 1, 1)
    for number, attempts in FIELD.items():
        *others, last = attempts
        made.measure(number, *map(said, others))
        made.enter(number, 3, said(last))
        if number != "R12":
            made.confirm(number, 3, said(last))
    return made


def codes(contest: Contest) -> list[str]:
    return sorted({finding.code for finding in check_list(standing_list(contest))})


def prizes(contest: Contest) -> dict[str, str]:
    rows = Award.objects.filter(list=standing_list(contest)).values_list("entry__number", "code")
    return dict(rows)


def test_from_the_last_attempt_to_the_locked_list(robots):
    contest = robots.contest
    decide(contest=contest, by=None, at=AT)
    # equal points and different times are no tie: the cut between R05 and R02 is clean
    assert prizes(contest) == {"R05": "first", "R02": "second"}
    assert codes(contest) == ["attempts-missing", "tie-across-cut"]
    with pytest.raises(Refused) as fault:
        lock_list(contest=contest, by=None, at=AT)
    assert fault.value.denial.code == "list-not-clean"

    Contest.objects.filter(pk=contest.pk).update(state="judging")
    robots.confirm("R12", 3, VOID)
    contest.refresh_from_db()
    decide(contest=contest, by=None, at=AT)
    # R03 has no result and blocks nothing: nothing more is to come of it
    assert codes(contest) == ["tie-across-cut"]

    third = {robots.entries["R06"]: (None, "纪要 1"), robots.entries["R09"]: (third_prize(), "纪要 1")}
    save_decisions(contest=contest, decisions=third, by=None, at=AT)
    decide(contest=contest, by=None, at=AT)
    assert codes(contest) == []
    lock_list(contest=contest, by=None, at=AT)
    assert prizes(contest) == {"R05": "first", "R02": "second", "R09": "third"}
    lines = {line.entry.number: line for line in standing_lines(standing_list(contest))}
    assert {number: line.place for number, line in lines.items()} == PLACES
    assert (lines["R05"].score, lines["R05"].time, lines["R05"].result) == ("80.00", "1:44.99", "80.00 · 1:44.99")
    assert (lines["R08"].score, lines["R08"].time) == ("0.00", "3:00.00")
    assert (lines["R03"].score, lines["R03"].time, lines["R03"].place) == ("", "", None)


def third_prize():
    from awards.prizes import BY_CODE

    return BY_CODE["third"]


def test_an_attempt_that_nobody_entered_stops_the_list_too(robots):
    robots.confirm("R12", 3, VOID)
    Attempt.objects.filter(entry__number="R04", number=2).delete()
    decide(contest=robots.contest, by=None, at=AT)
    assert "attempts-missing" in codes(robots.contest)


def test_a_list_that_rests_on_an_older_result_is_not_locked(robots):
    robots.confirm("R12", 3, VOID)
    decide(contest=robots.contest, by=None, at=AT)
    Attempt.objects.filter(entry__number="R02", number=2).update(milliseconds=104_000)
    assert {"standing-differs"} <= set(codes(robots.contest))


def test_an_entry_in_no_round_is_not_forgotten(robots):
    robots.confirm("R12", 3, VOID)
    robots.entries["R03"].round_entries.all().delete()
    decide(contest=robots.contest, by=None, at=AT)
    assert "not-judged" in codes(robots.contest)


def test_why_and_the_workbook_of_standings_tell_points_and_time(robots):
    robots.confirm("R12", 3, VOID)
    decide(contest=robots.contest, by=None, at=AT)
    award_list = standing_list(robots.contest)
    lines = {line.entry.number: line for line in standing_lines(award_list)}
    assert "80.00 · 1:44.99" in why(lines["R05"])
    assert why(lines["R03"]) != why(lines["R08"])
    assert lines["R02"].attempts[2][1] == "无成绩" or lines["R02"].attempts[2][1] == "no result"
    sheet = standing_sheet(award_list)
    time = [heading.zh for heading in sheet.headings].index("用时")
    assert sheet.rows[0][3:5] == [80.0, "1:44.99"]
    assert time == 4


def test_the_workbook_of_standings_of_a_marked_contest_has_no_column_of_time():
    contest = decided(small())
    assert "用时" not in [heading.zh for heading in standing_sheet(standing_list(contest)).headings]


# ---- time alone


def test_where_time_alone_is_measured_the_fastest_wins_and_no_score_is_shown():
    robots = robot_contest(4, measure="time", attempts=2, combine="best")
    times = {"R01": ("1:00", "0:58"), "R02": ("0:58.001", "2:00"), "R03": ("-", "0:59"), "R04": ("-", "-")}
    for number, both in times.items():
        robots.measure(number, *(VOID if one == "-" else reading(time=one) for one in both))
    decide(contest=robots.contest, by=None, at=AT)
    assert prizes(robots.contest) == {"R01": "first", "R02": "second"}
    assert codes(robots.contest) == []
    lines = {line.entry.number: line for line in standing_lines(standing_list(robots.contest))}
    assert (lines["R01"].score, lines["R01"].time, lines["R01"].result) == ("", "0:58.00", "0:58.00")
    assert [lines[number].place for number in times] == [1, 2, 3, None]
    assert standing_sheet(standing_list(robots.contest)).rows[0][3:5] == [None, "0:58.00"]


def test_a_sum_of_times_wants_every_attempt():
    robots = robot_contest(2, measure="time", attempts=2, combine="sum")
    robots.measure("R01", reading(time="1:00"), reading(time="1:30"))
    robots.measure("R02", reading(time="0:10"), VOID)
    decide(contest=robots.contest, by=None, at=AT)
    assert prizes(robots.contest) == {"R01": "first"}


def test_a_least_score_means_nothing_where_time_alone_is_measured():
    robots = robot_contest(1, measure="time", attempts=1)
    give_plan(robots, 1, minimum=6000)
    robots.measure("R01", reading(time="1:00"))
    with pytest.raises(Refused) as fault:
        decide(contest=robots.contest, by=None, at=AT)
    assert fault.value.denial.code == "minimum-of-time"
