"""A dry run beside moves of the committee: a moved entry is no cut, and a move that lapses is named."""

from collections.abc import Callable
from decimal import Decimal
from functools import partial
from typing import Any

import pytest

from awards.core.prizes import cuts_by_code
from awards.outputs.analysis import analysed
from awards.outputs.analysis_pictures import cuts_of, entry_chart, ranked
from awards.outputs.explanations import explanation_of
from awards.outputs.moving_words import shown
from awards.outputs.pictures import score_charts
from awards.prizes import BY_CODE
from awards.services.beside import beside, places_of
from awards.services.dry_run import DryRun, NotAsShown, apply_as_shown, dry_run
from awards.services.lists import standing_list
from awards.services.planning import change_plan
from awards.services.plans import GroupDetails, LevelDetails
from awards.states import SeatKind
from competition.core.numbers import decimal_text
from judging.models import Mark
from tests.factories.contests import AT
from tests.factories.moves import Moving, moving_contest
from tests.factories.replay import replayed

pytestmark = pytest.mark.django_db


@pytest.fixture
@replayed
def moving() -> Moving:
    """By plan A1 first, A2 and A3 second; the committee gave A4 (80) the prize of A3 (85)."""
    made = moving_contest()
    made.carry(A4="second", A3="")
    return made


def marked(moving: Moving, number: str, points: int) -> Callable[[], Any]:
    return lambda: Mark.objects.filter(sheet__assignment__entry__number=number).update(points=points)


def planned(moving: Moving, *counts: int, minimum: int | None = None) -> Callable[[], Any]:
    levels = tuple(
        LevelDetails(BY_CODE[code], SeatKind.COUNT, Decimal(number), minimum)
        for code, number in zip(("first", "second"), counts, strict=True)
    )
    group = GroupDetails(moving.made.tracks["创新"], None, levels)
    return partial(
        change_plan, contest=moving.contest, group=group, base=moving.contest.prize_plans.count(), by=moving.office,
        at=AT, reason="评审会议决定", minutes="组委会纪要 2 号",
    )  # fmt: skip


def looked(moving: Moving, act: Callable[[], Any]) -> DryRun:
    return dry_run(contest=moving.contest, act=act, by=moving.office, at=AT)


def reasons_of(run: DryRun) -> dict[str, list[str]]:
    return {one.number: [reason.code for reason in one.reasons] for one in run.comparison.moved}


def lapsed(run: DryRun) -> list[tuple[int, tuple[str, ...], list[str]]]:
    return [(one.number, one.entries, [reason.code for reason in one.reasons]) for one in run.comparison.lapsed]


def test_a_moved_entry_is_no_cut(moving):
    [group] = looked(moving, lambda: None).before.groups.values()
    assert {code: score[1] for code, score in group.least.items() if score} == {"first": 9500, "second": 9000}


def test_a_move_lapses_with_the_places_of_the_plan(moving):
    run = looked(moving, planned(moving, 1, 1))
    assert lapsed(run) == [(1, ("A4", "A3"), ["move-places"])]
    assert reasons_of(run) == {"A4": ["seats", "move-lapsed"]}
    [line] = shown(moving.contest, run).lapsed
    assert (line.number, line.entries) == (1, "A4、A3")
    assert line.why


def test_a_move_lapses_with_the_ranking(moving):
    run = looked(moving, marked(moving, "A5", 99))
    assert lapsed(run) == [(1, ("A4", "A3"), ["move-ranking"])]
    assert "move-lapsed" in reasons_of(run)["A4"]


def test_a_move_lapses_under_a_least_score_although_no_rank_changes():
    moving = moving_contest()
    planned(moving, 1, 2, minimum=7800)()
    moving.carry(A4="second", A3="")
    run = looked(moving, marked(moving, "A4", 77))
    assert lapsed(run) == [(1, ("A4", "A3"), ["move-under-minimum"])]
    assert reasons_of(run)["A3"] == ["cut", "move-lapsed"]


def test_a_lapse_alone_has_to_be_looked_at_first(moving):
    """A4 overtakes A3: marks give what the committee gave, and nobody has another prize."""
    act = marked(moving, "A4", 86)
    run = looked(moving, act)
    assert (run.comparison.moved, len(run.comparison.lapsed)) == ((), 1)
    with pytest.raises(NotAsShown):
        apply_as_shown(contest=moving.contest, act=act, seen="", by=moving.office, at=AT)
    apply_as_shown(contest=moving.contest, act=act, seen=run.seen, by=moving.office, at=AT)


def test_a_move_that_stays_lapses_not(moving):
    run = looked(moving, marked(moving, "A5", 74))
    assert (lapsed(run), run.comparison.counting) == ([], ())


def test_a_move_that_counts_again_is_named(moving):
    lapse, back = marked(moving, "A5", 99), marked(moving, "A5", 75)
    run = looked(moving, lapse)
    apply_as_shown(contest=moving.contest, act=lapse, seen=run.seen, by=moving.office, at=AT)
    run = looked(moving, back)
    assert (lapsed(run), run.comparison.counting) == ([], ((1, ("A4", "A3")),))
    assert shown(moving.contest, run).counting == [(1, "A4、A3")]
    assert not run.comparison.moves_nothing


# ---- one lowest score, wherever it is named


def test_list_explanation_and_analysis_name_the_same_lowest_scores(moving):
    award_list, contest = standing_list(moving.contest), moving.contest
    [chart] = score_charts(award_list)
    by_list = {row[0]: row[2] for row in chart.rows if row[0] in ("一等奖", "二等奖")}
    told = explanation_of(award_list, moving.made.entries["A2"], "marks")
    assert told is not None
    [place] = places_of(contest)
    both = beside(contest, place)
    assert by_list == {"一等奖": "95.00", "二等奖": "90.00"}
    assert {one.prize: one.least for one in told.levels} == by_list
    assert [one.at for one in cuts_of(both)] == [95.0, 90.0]
    [group] = looked(moving, lambda: None).before.groups.values()
    assert {decimal_text(score[1], 2) for score in group.least.values() if score} == set(by_list.values())
    picture = entry_chart(both, ranked(both))
    if picture is not None:
        assert {row[0]: row[3] for row in picture.rows}["A4"] == "二等奖"


def test_the_analysis_says_the_lists_prizes_and_what_the_plan_gave(moving):
    [place] = places_of(moving.contest)
    lines = {one.entry.number: one for one in analysed(moving.contest, place).lines}
    assert {number: one.listed and one.listed.code for number, one in lines.items()} == {
        "A1": None, "A2": None, "A3": "", "A4": "second", "A5": None,
    }  # fmt: skip
    assert (lines["A3"].prize.code, lines["A4"].prize.code) == ("second", "")
    assert [number for number, one in lines.items() if one.is_by_move] == ["A3", "A4"]


def test_the_lowest_is_of_points_whatever_the_rounds():
    given = [("second", (2, 60), False), ("second", (1, 95), False), ("first", (2, 90), True), ("third", None, False)]
    assert cuts_by_code(given) == {"second": (2, 60)}
