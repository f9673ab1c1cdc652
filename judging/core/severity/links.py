"""How a group of entries and judges hangs together: what a comparison of judges rests on."""

from dataclasses import dataclass

import numpy as np
from scipy import linalg

from judging.core.assignment.links import linked_components
from judging.core.severity.marked import Marked

MOST_JUDGES = 1_500  # the dense system of judges takes the square of this in memory


@dataclass(frozen=True)
class Linked:
    """How a group of entries hangs together.

    components   parts that no judge joins
    link         algebraic connectivity 0..1 of the normalised graph: 0 in parts, 1 where everyone marked everything
    spare        sheets - entries - judges + components: what is left to tell chance from strictness
    fewest       sheets of the judge with fewest
    is_full      every judge marked every entry, once
    """

    sheets: int
    entries: int
    judges: int
    components: int
    link: float
    spare: int
    fewest: int
    is_full: bool


def how_linked(marked: Marked) -> Linked:
    """Parts of the graph of judges and entries, and how firmly it hangs together.

    source   link: second smallest eigenvalue of the normalised Laplacian; Chung (1997), Spectral Graph Theory, ch. 1
    """
    sheets, entries, judges = len(marked.values), marked.entry_count, marked.judge_count
    if not sheets:
        return Linked(0, 0, 0, 0, 0.0, 0, 0, is_full=False)
    pairs = np.column_stack([marked.entries, marked.judges])
    parts = int(linked_components(pairs, entries, judges)[0].max()) + 1
    of_judges = np.bincount(marked.judges, minlength=judges)
    is_full = sheets == entries * judges == len(np.unique(pairs, axis=0))
    return Linked(
        sheets,
        entries,
        judges,
        parts,
        0.0 if parts > 1 or judges > MOST_JUDGES else connectivity(marked),
        sheets - entries - judges + parts,
        int(of_judges.min()),
        is_full,
    )


def connectivity(marked: Marked) -> float:
    half = np.sqrt(np.bincount(marked.judges))
    singular = linalg.eigvalsh(marked.gram(lambda size: 1 / size)[1:, 1:] / np.outer(half, half))
    return float(1 - np.sqrt(max(singular[-2], 0))) if len(singular) > 1 else 1.0
