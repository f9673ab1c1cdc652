"""Who marks what: judges assigned to entries by minimum-cost flow. Arrays in, arrays out.

problem        what is asked, what is answered, and the two ways to refuse
chance         numbers that depend on a seed and a pair only
candidates     which pairs are worth offering to the solver
flow           the network, solved exactly in integers
links          which entries can be compared through shared judges
cross_reviews  the fewest reviews more that link what has no judge in common
common_entries the fewest entries that link it, marked in common
solver         all of it in order: `solve`
"""

from judging.core.assignment.common_entries import CommonEntries, fewest_common_entries
from judging.core.assignment.cross_reviews import Apart, CrossReviews, fewest_cross_reviews
from judging.core.assignment.links import linked_components
from judging.core.assignment.problem import (
    AssignmentInputError,
    AssignmentProblem,
    AssignmentResult,
    BoolArray,
    Infeasible,
    IntArray,
    Shortage,
)
from judging.core.assignment.solver import load_step, solve

__all__ = [
    "Apart",
    "AssignmentInputError",
    "AssignmentProblem",
    "AssignmentResult",
    "BoolArray",
    "CommonEntries",
    "CrossReviews",
    "Infeasible",
    "IntArray",
    "Shortage",
    "fewest_common_entries",
    "fewest_cross_reviews",
    "linked_components",
    "load_step",
    "solve",
]
