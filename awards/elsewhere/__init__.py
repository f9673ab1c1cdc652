"""Published results of contests that are not kept here, against the people who are. Reads only.

A row is ours where it names one of our schools or people; all others are counted and forgotten. A name is taken for a
person without a question only where kind, name and school are exactly theirs, and even then it is shown first."""

from awards.elsewhere.planner import result_plan
from awards.elsewhere.reading import Reading, headings_in, read_results, samples_in
from awards.elsewhere.rows import (
    ASKED,
    CHANGED,
    NEW,
    OUT,
    SAME,
    WRONG,
    Fault,
    Line,
    Plan,
    PrizeWord,
    Said,
    Who,
)

__all__ = [
    "ASKED",
    "CHANGED",
    "NEW",
    "OUT",
    "SAME",
    "WRONG",
    "Fault",
    "Line",
    "Plan",
    "PrizeWord",
    "Reading",
    "Said",
    "Who",
    "headings_in",
    "read_results",
    "result_plan",
    "samples_in",
]
