"""Ties that the plan parted are worked out again from the marks of a bundle."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from fractions import Fraction

import pytest

from awards.outputs.bundle import bundle_of
from awards.prizes import BY_CODE
from awards.services.deliberation import ties_of
from awards.services.lists import standing_list
from awards.services.plans import GroupDetails, LevelDetails, save_decisions, save_plan
from awards.states import SeatKind
from competition.lifecycle import move
from competition.models import Contest
from competition.states import ContestState
from judging.core.finalists import Cut
from judging.core.tiebreaks import TieBreaker
from judging.services.finalists import choose_finalists, propose_finalists
from judging.services.rounds import MeasureDetails, RoundDetails, RubricDetails, save_rounds, save_rubrics
from tests.awards.services.test_tie_breakers import tied_contest
from tests.factories.bundles import change, codes, named, published, rows_of, said, tampered
from tests.factories.contests import AT, WHO
from tests.factories.measuring import reading, robot_contest
from verify.laurel_verify import verify

pytestmark = pytest.mark.django_db
LATER = AT + timedelta(days=1)


CHAIN = "未取整得分；创新性"


def parted_by(chain: str | None = CHAIN, ties: str | None = None) -> bytes:
    return bundle_of(published(tied_contest(chain, ties)))


@pytest.mark.parametrize(
    ("chain", "winner"), [("创新性", "A3"), ("最高一份评分", "A2"), (CHAIN, "A3"), ("科学性；创新性", "A2")]
)
def test_a_tie_that_tie_breakers_parted_is_worked_out_again(chain, winner):
    data = parted_by(chain)
    assert said(data) == []
    assert [one["entry"] for one in rows_of(data)["awards"]] == ["A1", winner]
    assert verify(data).checked["breakers"] == 2


@pytest.mark.parametrize("ties", ["并列都升", "并列都降"])
def test_what_tie_breakers_leave_equal_goes_by_the_policy(ties):
    assert said(parted_by("未取整得分", ties)) == []


def test_a_decision_is_for_a_tie_after_these_tie_breakers():
    contest = tied_contest("未取整得分")
    [tie] = ties_of(contest, standing_list(contest).run)
    decisions = {entry: (BY_CODE["second"] if entry.number == "A2" else None, "纪要 1") for entry in tie.entries}
    save_decisions(contest=contest, decisions=decisions, among=tie.entries, terms=tie.terms, by=None, at=AT)
    data = bundle_of(published(contest))
    assert said(data) == []
    other = tampered(data, change("plan", 0, breakers=[["exact", ""], ["mean", ""]]))
    assert named(other, "decision-other-tie") == ["A2", "A3"]


def test_a_tie_of_a_measured_round_is_worked_out_again():
    """Two rounds measured by points and time: who is equal in the last is parted by the first, there by the time."""
    data = bundle_of(published(measured_twice()))
    assert said(data) == []
    assert [one["entry"] for one in rows_of(data)["awards"]] == ["R01"]
    assert rows_of(data)["lists"][0]["tie_values"][key_of(data, "R01")] == [["60", "-20000"]]
    slower = tampered(data, change("attempts", 0, milliseconds=40_000))
    assert {"tie-value-differs", "award-missing", "award-undue", "digest-differs"} <= codes(slower)


def measured_twice() -> Contest:
    made = robot_contest(2, attempts=1)
    contest = made.contest
    Contest.objects.filter(pk=contest.pk).update(state=ContestState.SETUP)
    contest.refresh_from_db()
    rounds = save_rounds(
        contest=contest, rounds=[RoundDetails("比赛"), RoundDetails("复赛", is_for_finalists=True)], **WHO
    )
    once = MeasureDetails(measure="points_time", attempts=1, combine="best")
    rubrics = [RubricDetails(code, made.track, (), places=0, measured=once) for code in rounds]
    save_rubrics(contest=contest, rounds=rounds, rubrics=rubrics, **WHO)
    level = LevelDetails(BY_CODE["first"], SeatKind.COUNT, Decimal(1))
    group = GroupDetails(made.track, None, (level,), breakers=(TieBreaker("round", "比赛"),))
    save_plan(contest=contest, groups=[group], **WHO)
    move(contest, ContestState.JUDGING, by=None, at=AT)
    made.measure("R01", reading(60, "0:20"))
    made.measure("R02", reading(60, "0:30"))
    cuts = {made.track.pk: Cut("count", Fraction(2))}
    shown = propose_finalists(rounds["复赛"], cuts, by_division=False).digest
    choose_finalists(one=rounds["复赛"], cuts=cuts, by_division=False, shown=shown, by=made.users["甲"], at=AT)
    for number in made.entries:
        replace(made, round=rounds["复赛"]).measure(number, reading(60, "1:00"))
    return contest


def key_of(data: bytes, number: str) -> str:
    return next(one["key"] for one in rows_of(data)["entries"] if one["number"] == number)


@pytest.mark.parametrize(
    ("changed", "found"),
    [
        (change("plan", 0, breakers=[["highest", ""]]), {"award-undue", "award-missing", "tie-value-differs"}),
        (lambda rows: rows["plan"][0]["breakers"].reverse(), {"tie-value-differs", "link-differs"}),
        (lambda rows: rows["plan"][0].pop("breakers"), {"award-undue", "decision-missing", "tie-value-differs"}),
        (change("plan", 0, breakers=[]), {"line-malformed"}),
        (change("plan", 0, breakers=[["luck", ""]]), {"rule-unknown"}),
        (change("plan", 0, breakers=[["criterion", "气质"]]), {"rule-unknown"}),
        (change("plan", 0, breakers=[["round", "决赛"]]), {"rule-unknown"}),
        (change("plan", 0, breakers=["exact"]), {"line-malformed"}),
        (change("lists", 0, tie_values={"x": [["90"], ["45"]]}), {"tie-value-differs"}),
        (lambda rows: rows["lists"][0].pop("tie_values"), {"tie-value-differs"}),
    ],
)
def test_changed_tie_breakers_are_found(changed, found):
    assert found <= codes(tampered(parted_by(), changed))


def test_a_mark_that_a_tie_breaker_asks_is_found_where_no_score_moves():
    """The same sheets, the points moved between their criteria: A2 would be first in one and stays at 90.00."""

    def moved(rows):
        for sheet in rows["sheets"]:
            if sheet["entry"] == "A2":
                creative, other = sheet["marks"]
                total = creative[1] + other[1]
                creative[1], other[1] = 4700, total - 4700

    report = tampered(parted_by(), moved)
    assert codes(report) == {"digest-differs", "award-missing", "award-undue", "tie-value-differs"}
    assert named(report, "award-undue")[0].startswith("A3")
