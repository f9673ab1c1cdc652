"""Measured rounds: by hand, and as laws. Best and sum are compared with another way to work them out."""

import random
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from judging.core.measured import (
    Attempted,
    MeasurePlan,
    measured_scores,
    milliseconds_of,
    placed_by_last_round,
    result_text,
    time_text,
)
from judging.core.scores import ScoreInputError
from judging.core.standings import Placed

HAND = Path(__file__).parents[2] / "data" / "measured_by_hand.csv"
MEASURES, COMBINES = ["points", "points_time", "time"], ["best", "sum"]


def hand_rows() -> list[list[str]]:
    lines = HAND.read_text(encoding="utf-8").splitlines()
    return [line.split(",") for line in lines if line and not line.startswith("#")]


def attempt_of(number: int, text: str, measure: str) -> Attempted:
    if text == "-":
        return Attempted(7, number, None, None, is_valid=False)
    points, time = {"points": (text, ""), "time": ("", text)}.get(measure) or tuple(text.split("/"))
    return Attempted(7, number, int(points) if points else None, milliseconds_of(time))


@pytest.mark.parametrize("row", hand_rows(), ids=lambda row: f"{row[0]}: {row[1]}")
@pytest.mark.parametrize("combine", COMBINES)
def test_by_hand(row, combine):
    measure, attempts, *expected = row
    score, time = expected[:2] if combine == "best" else expected[2:]
    given_attempts = [attempt_of(number, text, measure) for number, text in enumerate(attempts.split(), 1)]
    found = measured_scores(given_attempts, [7], MeasurePlan(measure, 3, combine))[7]
    assert found.score == (Fraction(score) if score else None)
    assert found.milliseconds == milliseconds_of(time)
    assert (found.sheets, found.missing) == (len(given_attempts), 3 - len(given_attempts))


# ---- laws


def valid(measure: str) -> st.SearchStrategy:
    """(points, milliseconds) as the measure has them; few values, so that there are ties."""
    points = st.integers(0, 3) if measure != "time" else st.none()
    time = st.sampled_from([1, 1000, 60_000]) if measure != "points" else st.none()
    return st.tuples(points, time)


@st.composite
def fields(draw):
    """(plan, attempts of up to six entries)"""
    measure = draw(st.sampled_from(MEASURES))
    plan = MeasurePlan(measure, draw(st.integers(1, 4)), draw(st.sampled_from(COMBINES)))
    result = st.none() | valid(measure)  # None: void
    entries = draw(st.integers(1, 6))
    places = [(entry, number) for entry in range(entries) for number in range(1, plan.attempts + 1)]
    attempts = []
    for entry, number in draw(st.lists(st.sampled_from(places), unique=True)):
        said = draw(result)
        attempts.append(
            Attempted(
                entry, number, *(said or (None, None)), said is not None, draw(st.sampled_from([True, True, False]))
            )
        )
    return plan, list(range(entries)), attempts


def placed(plan: MeasurePlan, entries: list[int], attempts: list[Attempted]) -> dict[int, Placed]:
    return {one.entry: one for one in placed_by_last_round(entries, [measured_scores(attempts, entries, plan)], 2)}


def results(plan: MeasurePlan, entry: int, attempts: list[Attempted]) -> tuple[int, int] | None:
    """(points, milliseconds) by brute force: every valid confirmed attempt tried against all others, or added up."""
    mine = [one for one in attempts if one.entry == entry and one.is_confirmed and one.is_valid]
    if not mine or (plan.measure == "time" and plan.combine == "sum" and len(mine) < plan.attempts):
        return None
    pairs = [(one.points or 0, one.milliseconds or 0) for one in mine]
    if plan.combine == "sum":
        return sum(points for points, _ in pairs), sum(time for _, time in pairs)
    return next(
        one for one in pairs if all(one[0] > two[0] or (one[0] == two[0] and one[1] <= two[1]) for two in pairs)
    )


@given(fields())
def test_best_and_sum_are_what_brute_force_finds(field):
    plan, entries, attempts = field
    for entry, one in measured_scores(attempts, entries, plan).items():
        expected = results(plan, entry, attempts)
        assert one.score == (None if expected is None else expected[0])
        assert one.milliseconds == (None if expected is None or plan.measure == "points" else expected[1])


@given(fields())
def test_ranks_are_one_more_than_the_number_of_better_results_and_ties_stay_ties(field):
    plan, entries, attempts = field
    known = {entry: results(plan, entry, attempts) for entry in entries}
    for entry, one in placed(plan, entries, attempts).items():
        mine = known[entry]
        if mine is None:
            assert one.rank is None
            continue
        better = [
            two for two in known.values() if two and (two[0] > mine[0] or (two[0] == mine[0] and two[1] < mine[1]))
        ]
        assert one.rank == 1 + len(better)


@given(fields(), st.integers(0, 99))
def test_order_of_rows_never_matters(field, seed):
    plan, entries, attempts = field
    shuffled = random.Random(seed).sample(attempts, len(attempts))
    assert placed(plan, entries, shuffled) == placed(plan, entries, attempts)


@given(fields())
def test_an_unconfirmed_attempt_is_as_if_it_had_never_been(field):
    plan, entries, attempts = field
    assert placed(plan, entries, attempts) == placed(plan, entries, [one for one in attempts if one.is_confirmed])


@given(fields(), st.data())
def test_a_better_result_of_an_attempt_never_lowers_a_rank(field, data):
    """More points, or the same in less time, of a valid attempt."""
    plan, entries, attempts = field
    candidates = [one for one in attempts if one.is_valid and one.is_confirmed]
    assume(candidates)
    was = data.draw(st.sampled_from(candidates))
    more = data.draw(st.integers(0, 3)) if was.points is not None else 0
    less = data.draw(st.integers(0, was.milliseconds - 1)) if was.milliseconds is not None else 0
    better = Attempted(
        was.entry, was.number, None if was.points is None else was.points + more,
        None if was.milliseconds is None else was.milliseconds - less,
    )  # fmt: skip
    before, after = placed(plan, entries, attempts), placed(plan, entries, [*(a for a in attempts if a != was), better])
    assert better_or_equal(after[was.entry].rank, before[was.entry].rank)


@given(fields(), st.data())
def test_a_result_in_place_of_none_never_lowers_a_rank_where_one_attempt_counts(field, data):
    """Nor where points alone or times alone are added: a void attempt gives no advantage."""
    plan, entries, attempts = field
    assume(plan.combine == "best" or plan.measure != "points_time")
    void = [one for one in attempts if not one.is_valid and one.is_confirmed]
    assume(void)
    was = data.draw(st.sampled_from(void))
    better = Attempted(was.entry, was.number, *data.draw(valid(plan.measure)))
    before, after = placed(plan, entries, attempts), placed(plan, entries, [*(a for a in attempts if a != was), better])
    assert better_or_equal(after[was.entry].rank, before[was.entry].rank)


def better_or_equal(now: int | None, before: int | None) -> bool:
    return before is None or (now is not None and now <= before)


@given(fields())
def test_what_is_settled_and_what_is_missing_make_all_attempts(field):
    plan, entries, attempts = field
    for one in measured_scores(attempts, entries, plan).values():
        assert one.sheets + one.missing == plan.attempts


# ---- more than one round, and what is refused


def test_who_is_in_a_later_round_stands_before_the_others_by_that_round_alone():
    plan = MeasurePlan("points_time", 1, "best")
    first = measured_scores([Attempted(1, 1, 99, 1), Attempted(2, 1, 50, 1), Attempted(3, 1, 60, 1)], [1, 2, 3], plan)
    final = measured_scores([Attempted(2, 1, 10, 500), Attempted(3, 1, 10, 400)], [2, 3], plan)
    found = placed_by_last_round([1, 2, 3], [first, final], 0)
    assert [(one.stage, one.score, one.milliseconds, one.rank) for one in found] == [
        (1, 99, 1, 3), (2, 10, 500, 2), (2, 10, 400, 1),
    ]  # fmt: skip


def test_a_finalist_without_a_result_in_the_final_is_unranked():
    plan = MeasurePlan("points", 1, "best")
    first = measured_scores([Attempted(1, 1, 99, None)], [1], plan)
    final = measured_scores([Attempted(1, 1, None, None, is_valid=False)], [1], plan)
    (found,) = placed_by_last_round([1], [first, final], 0)
    assert (found.stage, found.score, found.rank, found.sheets, found.missing) == (2, None, None, 2, 0)


def test_points_are_never_rounded():
    found = measured_scores([Attempted(1, 1, 864, None)], [1], MeasurePlan("points", 1, "best", places=1))
    assert placed_by_last_round([1], [found], 2)[0].score == 8640
    with pytest.raises(ScoreInputError):
        placed_by_last_round([1], [found], 0)


@pytest.mark.parametrize(
    "wrong",
    [
        Attempted(1, 4, 5, 5),
        Attempted(1, 0, 5, 5),
        Attempted(1, 1, None, 5),
        Attempted(1, 1, 5, None),
        Attempted(1, 1, 0, None, is_valid=False),
    ],
)
def test_an_attempt_that_does_not_fit_the_plan_is_refused(wrong):
    with pytest.raises(ScoreInputError):
        measured_scores([wrong], [1], MeasurePlan("points_time", 3, "best"))


def test_one_attempt_that_stands_twice_is_refused():
    with pytest.raises(ScoreInputError):
        measured_scores([Attempted(1, 1, 5, 5), Attempted(1, 1, 6, 5)], [1], MeasurePlan("points_time", 3, "best"))


# ---- times as people write them


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("83.45", 83_450), ("1:23.45", 83_450), ("1：23．45", 83_450), ("８３．４５", 83_450), ("１：２３．４５", 83_450),
        ("1分23秒45", 83_450), ("1分23.45秒", 83_450), ("1分23秒", 83_000), ("１分２３秒", 83_000), ("1'23\"45", 83_450),
        ("1′23″45", 83_450), ("83.45秒", 83_450), ("90", 90_000), ("0:59.999", 59_999), ("1:02:03.5", 3_723_500),
        ("120:00", 7_200_000), ("0.001", 1), (" 5 ", 5_000), ("100.5 s", 100_500), ("", None), ("  ", None),
    ],
)  # fmt: skip
def test_a_time_is_read(text, expected):
    assert milliseconds_of(text) == expected


@pytest.mark.parametrize(
    "text",
    ["0", "0:00.00", "1:60", "1:75.2", "1.23.45", "1,5", "-5", "abc", "1:2:3:4", "5.1234", "1:", ":30", "24:00:00", "1e3",
     "1:61:00", "٣", "99999", "1分", "1分75秒"],
)  # fmt: skip
def test_what_is_no_time_is_refused(text):
    with pytest.raises(ValueError, match="no time"):
        milliseconds_of(text)


@given(st.integers(1, 86_399_999))
def test_a_time_reads_as_it_is_written(milliseconds):
    assert milliseconds_of(time_text(milliseconds)) == milliseconds


def test_what_was_measured_in_words():
    assert result_text(50, 83_450, 0) == "50 · 1:23.45"
    assert result_text(505, None, 1) == "50.5"
    assert result_text(None, 3_723_500, 0) == "1:02:03.50"
    assert result_text(0, 9_007, 0) == "0 · 0:09.007"
