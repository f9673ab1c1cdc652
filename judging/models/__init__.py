from judging.models.judge import Conflict, HintDecision, Judge
from judging.models.rubric import Criterion, Round, RoundEntry, Rubric
from judging.models.sheet import Assignment, Draft, Mark, Question, Sheet
from judging.models.standing import Standing, StandingRun

__all__ = [
    "Assignment",
    "Conflict",
    "Criterion",
    "Draft",
    "HintDecision",
    "Judge",
    "Mark",
    "Question",
    "Round",
    "RoundEntry",
    "Rubric",
    "Sheet",
    "Standing",
    "StandingRun",
]
