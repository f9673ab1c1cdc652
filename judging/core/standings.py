"""Scores of all entries of a contest, in order."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
import pandas as pd

from judging.core.scores import (
    FEWEST_TO_TRIM,
    METHODS,
    combined,
    competition_ranks,
    integer_weights,
    published,
    sheet_totals,
)

RULE_VERSION = "1"  # rises when the same marks may give other standings


@dataclass(frozen=True)
class RubricPlan:
    """criteria: primary keys in order; weights: of each; places: a mark counts 10^-places points."""

    criteria: tuple[int, ...]
    weights: tuple[Fraction, ...]
    method: str
    reviews: int
    places: int


@dataclass(frozen=True)
class RoundScore:
    """One entry in one round. `score` in points, exact; None without a complete sheet, or without a result where it is
    measured. Measured: sheets are attempts, and `milliseconds` is the time that decides between equal scores."""

    score: Fraction | None
    sheets: int
    missing: int
    is_trimmed: bool
    milliseconds: int | None = None


@dataclass(frozen=True)
class Placed:
    """One entry. `stage`: rounds it took part in (later rounds rank first); `score` in published units; `milliseconds`:
    the time that decides between equal scores, where it is measured."""

    entry: int
    stage: int
    score: int | None
    rank: int | None
    sheets: int
    missing: int
    is_trimmed: bool
    milliseconds: int | None = None


def complete_sheets(
    marks: pd.DataFrame, rubric: RubricPlan, by: Sequence[str] = ("entry", "judge", "sheet")
) -> pd.DataFrame:
    """Sheets without a blank, one a row, points by criterion in the rubric's order.

    marks    columns criterion, points and those of `by`, which tell one sheet from another
    """
    # Int64 knows blanks; a plain pivot would turn a column with a blank into floats
    table = marks.astype({"points": "Int64"}).pivot(index=list(by), columns="criterion", values="points")
    return table.reindex(columns=list(rubric.criteria)).dropna().astype("int64")


def round_scores(marks: pd.DataFrame, entries: Sequence[int], rubric: RubricPlan) -> dict[int, RoundScore]:
    """Scores of the entries of one track in one round.

    marks    columns sheet, entry, criterion, points; sheets that lack a mark do not count
    entries  primary keys
    """
    table = complete_sheets(marks, rubric, by=("entry", "sheet"))
    row_of = {entry: row for row, entry in enumerate(entries)}
    rows = pd.Index(entries, dtype=np.int64).get_indexer(table.index.get_level_values("entry")).astype(np.int64)
    weights, common = integer_weights(rubric.weights)
    totals = sheet_totals(table.to_numpy(dtype=np.int64).reshape(len(rows), len(rubric.criteria)), weights)
    values = METHODS[rubric.method](totals, rows, len(entries)).fractions()
    counts = np.bincount(rows, minlength=len(entries)).tolist()
    unit = common * 10**rubric.places
    return {
        entry: RoundScore(
            None if (value := values[row]) is None else value / unit,
            counts[row],
            max(rubric.reviews - counts[row], 0),
            rubric.method == "trimmed" and counts[row] >= FEWEST_TO_TRIM,
        )
        for entry, row in row_of.items()
    }


def placed(
    entries: Sequence[int],
    rounds: Sequence[Mapping[int, RoundScore]],
    weights: Sequence[Fraction],
    places: int,
) -> list[Placed]:
    """The entries of one track with their scores over all rounds that they took part in, and their ranks.

    rounds   entry -> its score, for each round in order; an entry that is not in it took no part
    weights  of each round
    """
    scored = []
    for entry in entries:
        mine = [(one[entry], weight) for one, weight in zip(rounds, weights, strict=True) if entry in one]
        score = combined([part.score for part, _ in mine], [weight for _, weight in mine])
        scored.append((mine, published(score, places)))
    ranks = competition_ranks([None if score is None else (len(mine), score) for mine, score in scored])
    return [
        Placed(
            entry,
            len(mine),
            score,
            rank,
            sum(part.sheets for part, _ in mine),
            sum(part.missing for part, _ in mine),
            any(part.is_trimmed for part, _ in mine),
        )
        for entry, (mine, score), rank in zip(entries, scored, ranks, strict=True)
    ]
