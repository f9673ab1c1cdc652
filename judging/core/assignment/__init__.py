"""Who marks what: judges assigned to entries by minimum-cost flow. Arrays in, arrays out.

problem      what is asked, what is answered, and the two ways to refuse
chance       numbers that depend on a seed and a pair only
candidates   which pairs are worth offering to the solver
flow         the network, solved exactly in integers
links        which entries can be compared through shared judges
solver       all of it in order: `solve`
"""

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
    "AssignmentInputError",
    "AssignmentProblem",
    "AssignmentResult",
    "BoolArray",
    "Infeasible",
    "IntArray",
    "Shortage",
    "linked_components",
    "load_step",
    "solve",
]
