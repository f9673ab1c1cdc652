"""The rules of works to practise on: why_not_<verb>(user, thing, *, at). The office's are those of common entries."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from competition.access import HIDDEN, why_not_in_state
from competition.errors import Denial
from competition.states import ContestState
from judging.access import why_not_read
from judging.models import Judge, PracticeSet, PracticeWork
from judging.practising import practises, rubric_of_practice, scale_of, sheets_of


@dataclass(frozen=True)
class PracticeOfJudge:
    """What a judge practises in one track and round."""

    judge: Judge
    practice: PracticeSet


@dataclass(frozen=True)
class WorkOfJudge:
    """One work that a judge practises on."""

    judge: Judge
    work: PracticeWork


def why_not_practise(user: Any, mine: WorkOfJudge, *, at: datetime) -> Denial | None:
    """Look at it: who reads the pile and may mark the track; the dates of the round are for what counts."""
    if denial := why_not_read(user, mine.judge, at=at):
        return denial
    return None if practises(mine.judge, mine.work.practice.track_id) else HIDDEN


def why_not_mark_practice(user: Any, mine: WorkOfJudge, *, at: datetime) -> Denial | None:
    """Until it is handed in: from then on the judge may be shown what others gave."""
    if denial := why_not_practise(user, mine, at=at) or why_not_in_state(mine.judge.contest, ContestState.JUDGING):
        return denial
    practice = mine.work.practice
    done = sheets_of(practice, scale_of(rubric_of_practice(practice))).filter(judge=mine.judge, work=mine.work)
    return Denial("practice-handed-in", {"work": mine.work.number}) if done.exists() else None


def why_not_compare_practice(user: Any, mine: PracticeOfJudge, *, at: datetime) -> Denial | None:
    """Once the office has said so, who has handed in one of them; the others stay closed to them (`own_sheets`)."""
    if denial := why_not_read(user, mine.judge, at=at):
        return denial
    one = mine.practice
    if one.released_at is None or not practises(mine.judge, one.track_id):
        return HIDDEN
    own = sheets_of(one, scale_of(rubric_of_practice(one))).filter(judge=mine.judge)
    return None if own.exists() else HIDDEN
