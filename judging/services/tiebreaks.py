"""The values of tie-breakers from marks and attempts as they stand. Reads only."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property

import pandas as pd

from competition.models import Contest, Track
from competition.models.base import Labelled
from judging.core.tiebreaks import (
    CRITERION,
    EXACT,
    HIGHEST,
    MEAN,
    MEDIAN,
    ROUND,
    TieBreaker,
    Value,
    over_rounds,
    round_values,
    value_of_round,
)
from judging.frames import marks_frame
from judging.models import Rubric
from judging.services.standings import Field, field_of, plan_of, rows_of, scores_of


@dataclass(frozen=True)
class Judged:
    """What a contest's tie-breakers are computed from, read once and only where a plan asks.

    marks, known   what has been read already, or marks as they would be without some
    """

    contest: Contest
    marks: pd.DataFrame | None = field(default=None, compare=False, repr=False)
    known: Field | None = field(default=None, compare=False, repr=False)

    @cached_property
    def frame(self) -> pd.DataFrame:
        return marks_frame(self.contest) if self.marks is None else self.marks

    @cached_property
    def field(self) -> Field:
        return field_of(self.contest) if self.known is None else self.known

    def values(self, track: Track, entries: Sequence[int], breakers: Sequence[TieBreaker]) -> list[list[Value | None]]:
        """(breakers, entries): what each says of each entry, by primary key; None where it says nothing."""
        return [self.values_of(track, entries, one) for one in breakers]

    def values_of(self, track: Track, entries: Sequence[int], breaker: TieBreaker) -> list[Value | None]:
        rubrics = self.field.rubrics[track.pk]
        if breaker.by == ROUND:
            scores = {}
            for rubric in rubrics:
                if rubric.round.code == breaker.of:
                    scores = scores_of(rubric, self.field, self.frame)
            return [value_of_round(scores.get(entry)) for entry in entries]
        known = [one for one in rubrics if not one.is_measured and is_known_in(one, breaker)]
        rounds = [self.in_round(one, breaker) for one in known]
        return over_rounds(entries, rounds, [Fraction(one.round.weight) for one in known])

    def in_round(self, rubric: Rubric, breaker: TieBreaker) -> dict[int, Fraction | None]:
        present = self.field.present(rubric.track_id, rubric.round_id)
        rows = rows_of(self.frame, rubric)
        criterion = next((one.pk for one in rubric.criteria.all() if one.label_zh == breaker.of), None)
        marks = rows[rows["entry"].isin(present)]
        return round_values(marks, present, plan_of(rubric), breaker.by, criterion)


def is_known_in(rubric: Rubric, breaker: TieBreaker) -> bool:
    return breaker.by != CRITERION or any(one.label_zh == breaker.of for one in rubric.criteria.all())


def known_breakers(track: Track) -> dict[TieBreaker, Labelled | None]:
    """What a plan can ask about a tie of this track, with the criterion or the round that it is about."""
    rubrics = list(Rubric.objects.filter(track=track).select_related("round").prefetch_related("criteria"))
    found: dict[TieBreaker, Labelled | None] = {}
    if rubrics and not any(one.is_measured for one in rubrics):
        criteria = {row.label_zh: row for one in rubrics for row in one.criteria.all()}
        found |= {TieBreaker(CRITERION, name): row for name, row in criteria.items()}
        found |= {TieBreaker(by): None for by in (MEAN, MEDIAN, HIGHEST, EXACT)}
    if len(rubrics) > 1:
        found |= {TieBreaker(ROUND, one.round.code): one.round for one in rubrics}
    return found
