"""How strict each judge is, and what an entry's score would be under a judge of middling strictness.

Advice for organisers, never a result: what counts is the rule that the contest published (`judging.core.scores`).
The model is mark = level + entry + judge + chance, entry and judge shrunk towards nought by variances estimated
by restricted maximum likelihood; then Huber's weights hold a judge who pushes one entry. Floats throughout.

marked     sheets as the model wants them, and the constants that a fit rests on
links      how a group of entries and judges hangs together
variances  restricted maximum likelihood
system     entries and judges given marks and constants, under Huber's weights
model      whether a correction means anything, and what it would be: `severity`
"""

from judging.core.severity.links import MOST_JUDGES, Linked, how_linked
from judging.core.severity.marked import Constants, FloatArray, Marked
from judging.core.severity.model import Answer, Reason, Severity, severity
from judging.core.severity.variances import estimated

__all__ = [
    "MOST_JUDGES",
    "Answer",
    "Constants",
    "FloatArray",
    "Linked",
    "Marked",
    "Reason",
    "Severity",
    "estimated",
    "how_linked",
    "severity",
]
