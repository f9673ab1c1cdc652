"""Two implementations of the published rules, written apart: on whatever input, they agree."""

from fractions import Fraction

import numpy as np
import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from awards.core.ballot import Terms, result
from awards.core.moving import Count, is_carried, over_places
from awards.core.prizes import GroupPlan, LevelPlan
from awards.core.prizes import cut as product_cut
from awards.core.prizes import seats as product_seats
from judging.core.finalists import Cut
from judging.core.finalists import going_on as product_going_on
from judging.core.measured import Attempted, MeasurePlan, result_of
from judging.core.scores import METHODS, competition_ranks, published
from judging.core.standings import RubricPlan
from judging.core.tiebreaks import CRITERION, EXACT, HIGHEST, MEAN, MEDIAN, over_rounds, round_values
from verify import laurel_verify as verifier

KINDS = ("count", "percent_entries", "percent_prizes", "ratio", "rest")
ROUNDINGS = ("half_up", "down", "up", "largest_remainder")
few = st.integers(0, 6)
scores = st.lists(st.none() | st.tuples(st.integers(1, 2), few, st.integers(-2, 0)), max_size=14)


@st.composite
def plans(draw) -> GroupPlan:
    cap_count = draw(st.none() | st.integers(0, 12))
    cap_percent = None if cap_count is not None else draw(st.none() | st.fractions(0, 100, max_denominator=8))
    has_cap = (cap_count, cap_percent) != (None, None)
    kinds = draw(st.lists(st.sampled_from(KINDS if has_cap else KINDS[:2]), min_size=1, max_size=4))
    levels = tuple(
        LevelPlan(
            f"level{at}",
            kind,
            None if kind == "rest" else draw(st.fractions(0, 60, max_denominator=4)) / (1 if kind != "count" else 8),
            draw(st.none() | few),
        )
        for at, kind in enumerate(kinds)
    )
    ties = draw(st.sampled_from(("extend", "shrink", "hold")))
    return GroupPlan(levels, draw(st.sampled_from(ROUNDINGS)), ties, cap_count, cap_percent)


def as_group(plan: GroupPlan) -> dict:
    percent = None if plan.cap_percent is None else str(plan.cap_percent)
    return {"rounding": plan.rounding, "ties": plan.ties, "cap_count": plan.cap_count, "cap_percent": percent}


def as_levels(plan: GroupPlan) -> list[verifier.Level]:
    return [verifier.Level(one.code, one.kind, one.value or Fraction(), one.minimum) for one in plan.levels]


@given(plan=plans(), entries=st.integers(0, 40))
def test_both_give_the_same_number_of_prizes(plan, entries):
    given, _ = verifier.places_of(as_levels(plan), as_group(plan), entries)
    assert tuple(given) == product_seats(plan, entries)


@given(plan=plans(), given_scores=scores)
def test_both_cut_at_the_same_places(plan, given_scores):
    due = product_cut(given_scores, plan, len(given_scores))
    free, cap = verifier.places_of(as_levels(plan), as_group(plan), len(given_scores))
    keys = {str(row): score for row, score in enumerate(given_scores)}
    won, held, told = verifier.cut(keys, as_levels(plan), free, plan.ties, cap is not None)
    assert [won.get(str(row)) for row in range(len(given_scores))] == list(due.levels)
    assert shared(held, plan) == [(tie.rows, tie.codes, tie.seats) for tie in due.held]
    assert told == {}


def shared(held: list[verifier.Tie], plan: GroupPlan) -> list[tuple]:
    """Who shares what, as the product says it."""
    codes = [one.code for one in plan.levels]
    return [(tuple(map(int, tie.numbers)), tuple(codes[at] for at in tie.seats), tuple(tie.seats.values()))
            for tie in held]  # fmt: skip


# few different scores, so that many are tied; what two or three tie-breakers say of each, or nothing
says = st.none() | st.tuples(st.fractions(0, 2, max_denominator=2))
asked = st.lists(
    st.tuples(st.none() | st.tuples(st.just(1), st.integers(0, 2), st.just(0)), says, says, says), max_size=14
)


@given(plan=plans(), rows=asked, steps=st.integers(1, 3))
def test_both_let_tie_breakers_part_the_same(plan, rows, steps):
    given_scores = [row[0] for row in rows]
    values = [[row[step] for row in rows] for step in range(1, steps + 1)]
    due = product_cut(given_scores, plan, len(rows), values)
    free, cap = verifier.places_of(as_levels(plan), as_group(plan), len(rows))
    keys = {str(row): score for row, score in enumerate(given_scores)}
    won, held, told = verifier.cut(
        keys, as_levels(plan), free, plan.ties, cap is not None, lambda number: list(rows[int(number)][1 : steps + 1])
    )
    assert [won.get(str(row)) for row in range(len(rows))] == list(due.levels)
    assert shared(held, plan) == [(tie.rows, tie.codes, tie.seats) for tie in due.held]
    assert {int(number) for number in told} == {row for one in due.parted for part in one.parts for row in part}


sheet_marks = st.lists(st.tuples(st.none() | st.integers(0, 9), st.none() | st.integers(0, 9)), max_size=6)


@given(
    rounds=st.lists(
        st.tuples(
            st.none() | sheet_marks,  # None: it did not belong to the round
            st.sampled_from(sorted(METHODS)),
            st.fractions(Fraction(1, 4), 2, max_denominator=4),
            st.booleans(),
        ),
        min_size=1,
        max_size=3,
    ),
    by=st.sampled_from((CRITERION, EXACT, HIGHEST, MEAN, MEDIAN)),
)
def test_both_say_the_same_of_an_entry_tied(rounds, by):
    """Over rounds of two criteria each, of which some do not know the first."""
    names = [("甲" if is_known else "丁", "乙") for _, _, _, is_known in rounds]
    known = [at for at, name in enumerate(names) if by != CRITERION or "甲" in name]
    if not known:
        return
    found = []
    for at in known:
        sheets, method, weight, _ = rounds[at]
        rubric = RubricPlan((0, 1), (weight, Fraction(1, 2)), method, 3, 1)
        present = [] if sheets is None else [7]
        found.append(round_values(marks_of(sheets or []), present, rubric, by, 0))
    [due] = over_rounds([7], found, [rounds[at][2] for at in known])
    assert verifier.told_by(bundle_of_rounds(rounds, names), "T", [by, "甲" if by == CRITERION else ""], "A7") == due


def marks_of(sheets: list[tuple]) -> pd.DataFrame:
    rows = [
        (sheet, 7, criterion, points)
        for sheet, given in enumerate(sheets)
        for criterion, points in enumerate(given)
        if points is not None
    ]
    return pd.DataFrame(rows, columns=["sheet", "entry", "criterion", "points"]).astype("int64")


def bundle_of_rounds(rounds: list[tuple], names: list[tuple[str, str]]) -> verifier.Bundle:
    rows: dict[str, list] = {name: [] for name in verifier.SHAPES} | {"contest": [{}], "lists": [{}]}
    for at, (sheets, method, weight, _) in enumerate(rounds):
        criteria = [[names[at][0], 9, str(weight)], [names[at][1], 9, "1/2"]]
        rows["rounds"].append({"code": f"R{at}", "weight": str(weight)})
        rows["rubrics"].append({"round": f"R{at}", "track": "T", "kind": "marks", "method": method, "reviews": 3,
                                "places": 1, "criteria": criteria})  # fmt: skip
        if sheets is not None:
            rows["places"].append({"round": f"R{at}", "entry": "A7", "is_absent": False})
        for given_marks in sheets or ():
            marks = [[name, points] for name, points in zip(names[at], given_marks, strict=True) if points is not None]
            rows["sheets"].append({"round": f"R{at}", "entry": "A7", "state": "submitted", "marks": marks})
    return verifier.Bundle(rows)


@given(parts=st.tuples(*[st.integers(0, 5)] * 4), majority=st.sampled_from(("half", "two_thirds")))
def test_both_count_the_vote_on_a_move_alike(parts, majority):
    names = ("in_favour", "against", "abstained", "recused")
    line = {"present": sum(parts), "majority": majority, **dict(zip(names, parts, strict=True))}
    assert verifier.carried(line) == is_carried(Count(sum(parts), *parts), majority)


some_level = st.none() | st.integers(0, 2)


@given(rows=st.lists(st.tuples(some_level, some_level), max_size=9), seats=st.tuples(*[st.integers(0, 4)] * 3))
def test_both_find_moves_beyond_the_places(rows, seats):
    codes = ("first", "second", "third")
    levels = [verifier.Level(code, "count", Fraction(), None) for code in codes]
    seen = verifier.Seen({"track": "T", "division": ""}, {}, levels, list(seats), {})
    before, after = (
        {str(at): verifier.Due(codes[one[side]], 1, "plan") for at, one in enumerate(rows) if one[side] is not None}
        for side in (0, 1)
    )
    report = verifier.Report()
    verifier.report_over(seen, before, after, report)
    over = over_places([one[0] for one in rows], [one[1] for one in rows], seats)
    assert bool(report.faults) == (over is not None)


@given(given_scores=scores)
def test_both_rank_alike(given_scores):
    ranks = verifier.ranks_of({str(row): score for row, score in enumerate(given_scores)})
    assert list(ranks.values()) == competition_ranks(given_scores)


@given(
    totals=st.lists(st.integers(0, 40), min_size=1, max_size=7),
    method=st.sampled_from(sorted(METHODS)),
    places=st.integers(0, 3),
    common=st.integers(1, 12),
)
def test_both_score_alike(totals, method, places, common):
    (value,) = METHODS[method](np.array(totals), np.zeros(len(totals), dtype=np.int64), 1).fractions()
    mine = verifier.middle(sorted(Fraction(one, common) for one in totals), method)
    assert mine == value / common
    assert verifier.units(mine, places) == published(value / common, places)


@given(
    tries=st.lists(st.tuples(st.booleans(), few, st.integers(1, 5)), max_size=4),
    measure=st.sampled_from(("points", "points_time", "time")),
    combine=st.sampled_from(("best", "sum")),
)
def test_both_measure_alike(tries, measure, combine):
    plan = MeasurePlan(measure, 4, combine, 1)
    attempts = [
        Attempted(
            1,
            at,
            points if is_valid and plan.has_points else None,
            time if is_valid and plan.has_time else None,
            is_valid,
        )
        for at, (is_valid, points, time) in enumerate(tries, 1)
    ]
    due = result_of(attempts, plan)
    rows = [
        {"outcome": "valid" if one.is_valid else "void", "points": one.points, "milliseconds": one.milliseconds}
        for one in attempts
    ]
    rubric = {"measure": measure, "combine": combine, "attempts": 4, "places": 1}
    assert verifier.measured(rows, rubric) == (due.score, due.sheets, due.missing, due.is_trimmed, due.milliseconds)


@given(
    keys=st.dictionaries(st.integers(0, 20), st.none() | st.tuples(few, st.integers(-2, 0)), max_size=9),
    kind=st.sampled_from(("count", "share", "score")),
    value=st.fractions(0, 100, max_denominator=3),
    with_tied=st.booleans(),
)
def test_both_let_the_same_go_on(keys, kind, value, with_tied):
    due = product_going_on(keys, Cut(kind, value, with_tied)).chosen
    mine = verifier.going_on(
        {str(one): None if key is None else (0, *key) for one, key in keys.items()}, kind, value, with_tied
    )
    assert mine == {str(one) for one in due}


@given(
    votes=st.dictionaries(
        st.sampled_from("ABCDEF"),
        st.dictionaries(st.sampled_from("xyzuvw"), st.sampled_from(("yes", "no", "abstain", "recused")), max_size=6),
        min_size=1,
    ),
    majority=st.sampled_from(("2/3", "1/2", "1/1")),
    majority_of=st.sampled_from(("cast", "members")),
    places=st.integers(0, 4),
)
def test_both_count_a_ballot_alike(votes, majority, majority_of, places):
    ranks = {nominee: at // 2 + 1 for at, nominee in enumerate(sorted(votes))}
    rules = Terms(places, Fraction(majority), majority_of, Fraction("1/2"))
    due = result(votes, ranks, 6, rules, places)
    terms = {"track": "学生", "places": places, "nomination_places": 0, "majority": majority, "majority_of": majority_of,
             "quorum": "1/2", "members": 6}  # fmt: skip
    report = verifier.Report()
    winners, _ = verifier.elected(terms, sorted(votes), ranks, {1: votes}, report)
    assert tuple(winners) == due.winners
    codes = {one.code for one in report.faults}
    assert ("no-quorum" in codes, "ballot-tied" in codes) == (not due.has_quorum, bool(due.held))
