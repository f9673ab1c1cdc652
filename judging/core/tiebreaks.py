"""What parts entries of one score, where a contest says so: exact, unrounded, the greater the better."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

import pandas as pd

from judging.core.scores import combined
from judging.core.standings import RoundScore, RubricPlan, complete_sheets, round_scores

EXACT, MEAN, MEDIAN, HIGHEST, CRITERION, ROUND = "exact", "mean", "median", "highest", "criterion", "round"
KINDS = (EXACT, MEAN, MEDIAN, HIGHEST, CRITERION, ROUND)

# Points, in a measured round also the time below zero. Compared as a whole.
Value = tuple[Fraction, ...]


@dataclass(frozen=True)
class TieBreaker:
    """by: one of KINDS; of: the criterion by its name, or the round by its code."""

    by: str
    of: str = ""


def round_values(
    marks: pd.DataFrame, entries: Sequence[int], rubric: RubricPlan, by: str, criterion: int | None = None
) -> dict[int, Fraction | None]:
    """What a tie-breaker says of each entry of one track in one round, in points.

    marks      columns sheet, entry, criterion, points; sheets that lack a mark do not count
    entries    primary keys
    by         EXACT: the score before it is rounded; MEAN, MEDIAN: of all sheets, none dropped; HIGHEST: the highest
               sheet; CRITERION: by the method of the rubric from the points for this criterion alone, unweighted
    criterion  primary key, None where the rubric has none of this name
    returns    None without a complete sheet, and for a criterion that the rubric lacks
    source     docs/rulebook.md "Tie-breakers"; worked by hand in tests/judging/core/test_tiebreaks.py
    """
    if by == CRITERION and criterion is None:
        return dict.fromkeys(entries)
    if by == HIGHEST:
        return highest_sheets(marks, entries, rubric)
    if by in (MEAN, MEDIAN):
        rubric = replace(rubric, method=by)
    if by == CRITERION and criterion is not None:
        complete = complete_sheets(marks, rubric, by=("entry", "sheet")).index.get_level_values("sheet")
        marks = marks[marks["sheet"].isin(complete) & (marks["criterion"] == criterion)]
        rubric = replace(rubric, criteria=(criterion,), weights=(Fraction(1),))
    return {entry: one.score for entry, one in round_scores(marks, entries, rubric).items()}


def highest_sheets(marks: pd.DataFrame, entries: Sequence[int], rubric: RubricPlan) -> dict[int, Fraction | None]:
    """The highest weighted total of one sheet of each entry."""
    found: dict[int, Fraction | None] = dict.fromkeys(entries)
    table = complete_sheets(marks, rubric, by=("entry", "sheet"))
    for (entry, _sheet), points in zip(table.index, table.to_numpy().tolist(), strict=True):
        total = sum((one * weight for one, weight in zip(points, rubric.weights, strict=True)), Fraction())
        total /= 10**rubric.places
        known = found[entry]
        found[entry] = total if known is None else max(known, total)
    return found


def over_rounds(
    entries: Sequence[int], rounds: Sequence[Mapping[int, Fraction | None]], weights: Sequence[Fraction]
) -> list[Value | None]:
    """As scores of rounds become one score. A round whose sheets the tie-breaker does not know (it is not in
    `rounds`) is left out; an entry without a value in a round that it took part in has none.

    rounds   entry -> value, of each round; an entry that is not in it took no part
    """
    found: list[Value | None] = []
    for entry in entries:
        mine = [(one[entry], weight) for one, weight in zip(rounds, weights, strict=True) if entry in one]
        value = combined([part for part, _ in mine], [weight for _, weight in mine])
        found.append(None if value is None else (value,))
    return found


def value_of_round(one: RoundScore | None) -> Value | None:
    """The score of one round alone, not rounded; measured, then the shorter time."""
    if one is None or one.score is None:
        return None
    return (one.score,) if one.milliseconds is None else (one.score, Fraction(-one.milliseconds))
