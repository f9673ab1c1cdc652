from judging.models.judge import Conflict, Judge
from judging.models.rubric import Criterion, Round, RoundEntry, Rubric
from judging.models.sheet import Assignment, Mark, Sheet
from judging.models.standing import Standing, StandingRun

__all__ = [
    "Assignment",
    "Conflict",
    "Criterion",
    "Judge",
    "Mark",
    "Round",
    "RoundEntry",
    "Rubric",
    "Sheet",
    "Standing",
    "StandingRun",
]
