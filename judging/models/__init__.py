from judging.models.attempt import Attempt
from judging.models.common import CommonSet
from judging.models.judge import Conflict, HintDecision, Judge
from judging.models.panel import Panel
from judging.models.paper import PaperReading
from judging.models.practice import PracticeFile, PracticeMark, PracticeSet, PracticeSheet, PracticeWork
from judging.models.referee import Referee
from judging.models.rubric import Criterion, Round, RoundEntry, Rubric
from judging.models.schedule import Reply, Room
from judging.models.sheet import Assignment, Draft, Mark, Question, Sheet, Sorting
from judging.models.standing import Standing, StandingRun

__all__ = [
    "Assignment",
    "Attempt",
    "CommonSet",
    "Conflict",
    "Criterion",
    "Draft",
    "HintDecision",
    "Judge",
    "Mark",
    "Panel",
    "PaperReading",
    "PracticeFile",
    "PracticeMark",
    "PracticeSet",
    "PracticeSheet",
    "PracticeWork",
    "Question",
    "Referee",
    "Reply",
    "Room",
    "Round",
    "RoundEntry",
    "Rubric",
    "Sheet",
    "Sorting",
    "Standing",
    "StandingRun",
]
