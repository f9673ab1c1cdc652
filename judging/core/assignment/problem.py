"""What is asked of the assigner and what it answers: frozen data, checked once."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

IntArray = npt.NDArray[np.int64]
BoolArray = npt.NDArray[np.bool_]

AFFINITY_MAX = 100
NAMED = 10  # entries that the message of `Infeasible` spells out


class AssignmentInputError(ValueError):
    """The arrays contradict each other; a fault of the caller, not of the contest."""


@dataclass(frozen=True)
class Shortage:
    """Why one entry cannot have all its judges. Every judge it does not have is counted once:

    not_allowed + full + institution + district + (judges it has) = all judges

    entry        row of the entry
    lacking      judges still missing
    not_allowed  judges with a conflict or of another track
    full         allowed judges whose load is at its maximum
    institution  allowed judges with room, kept out by the institution cap (or by both caps together)
    district     the same by the district cap alone
    """

    entry: int
    lacking: int
    not_allowed: int
    full: int
    institution: int
    district: int = 0

    def __str__(self) -> str:
        parts = [
            f"{count} {word}"
            for count, word in (
                (self.not_allowed, "not allowed"),
                (self.full, "full"),
                (self.institution, "at the institution cap"),
                (self.district, "at the district cap"),
            )
            if count
        ]
        return f"entry {self.entry} lacks {self.lacking}: {', '.join(parts) or 'no judges at all'}"


class Infeasible(ValueError):
    """No assignment serves every entry; `shortages` names those left over, by row.

    As many reviews as possible were placed before counting, so the sum of `lacking` is the smallest
    possible; which of several equal entries goes short is decided by affinity and the seed.
    """

    def __init__(self, shortages: Sequence[Shortage]) -> None:
        self.shortages = tuple(shortages)
        words = "; ".join(str(shortage) for shortage in self.shortages[:NAMED])
        more = f"; and {len(self.shortages) - NAMED} more" if len(self.shortages) > NAMED else ""
        super().__init__(words + more)


def _no_pairs() -> IntArray:
    return np.zeros((0, 2), dtype=np.int64)


@dataclass(frozen=True, kw_only=True, eq=False)
class AssignmentProblem:
    """Judges wanted for entries.

    reviews           judges wanted per entry (R); an entry with more fixed ones keeps them
    allowed           (entries, judges) bool, False for a conflict or a wrong track
    load_max          (judges,) entries a judge takes at most, fixed ones included
    affinity          (entries, judges) integers 0..100; all zero if nothing is known
    institution       (judges,) group, -1 none
    institution_cap   at most so many judges of one institution on an entry; 0 no cap
    district, district_cap   the same for districts; None where nothing is known of them
    subject_of_entry  (entries,) and subject_of_judge (judges,): main subject, -1 none; give both or
                      neither. With them a twelfth of each subject's entries get at most R - 1 judges of it
    fixed             (k, 2) pairs (entry, judge) that exist and are kept, in any order; they count
                      towards loads and caps, and may exceed these (what exists is not undone)
    seed              any integer; decides wherever affinity and loads leave a choice
    balance           affinity points that a whole fair share of load is worth: 0 affinity alone,
                      large loads before everything; see `load_step`
    linked            keep all entries comparable: the twelfth above, and a few exchanges at the end where
                      the entries still fall into parts; False leaves both out
    wanted            (entries,) judges wanted beyond those fixed, instead of `reviews`; None: as many as are missing
    """

    entries: int
    judges: int
    reviews: int
    allowed: BoolArray
    load_max: IntArray
    affinity: IntArray
    institution: IntArray
    institution_cap: int = 0
    district: IntArray | None = None
    district_cap: int = 0
    subject_of_entry: IntArray | None = None
    subject_of_judge: IntArray | None = None
    fixed: IntArray = field(default_factory=_no_pairs)
    seed: int
    balance: int = 100
    linked: bool = True
    wanted: IntArray | None = None

    @property
    def caps(self) -> list[tuple[IntArray, int]]:
        """Groups of judges of which an entry has at most so many: (judges,) group, -1 none."""
        districts = [] if self.district is None else [(self.district, self.district_cap)]
        return [one for one in [(self.institution, self.institution_cap), *districts] if one[1]]


@dataclass(frozen=True, eq=False)
class AssignmentResult:
    """Who marks what.

    pairs           (n, 2) entry, judge; fixed ones included; sorted by entry, then judge
    loads           (judges,) entries per judge
    components      connected parts of the judge-entry graph (judges without entries not counted);
                    scores of different parts cannot be compared
    affinity_share  affinity of all pairs over what it could be if every entry had, beside its fixed
                    ones, its best allowed judges whatever their load; 1.0 where nothing is known
    added           (n - k, 2) the pairs that were not fixed, sorted alike
    """

    pairs: IntArray
    loads: IntArray
    components: int
    affinity_share: float
    added: IntArray


def check(problem: AssignmentProblem) -> None:
    """Raise AssignmentInputError where the arrays of a problem do not fit each other."""
    _check_shapes(problem)
    if problem.reviews < 1 or min(problem.institution_cap, problem.district_cap, problem.balance) < 0:
        raise AssignmentInputError("reviews must be at least 1, institution_cap, district_cap and balance at least 0")
    if np.asarray(problem.allowed).dtype != np.bool_:
        raise AssignmentInputError("allowed must be an array of booleans")
    if problem.affinity.size and not 0 <= problem.affinity.min() <= problem.affinity.max() <= AFFINITY_MAX:
        raise AssignmentInputError(f"affinity must lie between 0 and {AFFINITY_MAX}")
    if problem.load_max.size and problem.load_max.min() < 0:
        raise AssignmentInputError("load_max must not be negative")
    if problem.wanted is not None and problem.wanted.size and problem.wanted.min() < 0:
        raise AssignmentInputError("wanted must not be negative")
    _check_fixed(problem)


def _check_shapes(problem: AssignmentProblem) -> None:
    entries, judges = problem.entries, problem.judges
    wanted: dict[str, tuple[int, ...]] = {
        "allowed": (entries, judges),
        "affinity": (entries, judges),
        "load_max": (judges,),
        "institution": (judges,),
        "fixed": (len(problem.fixed), 2),
    }
    if (problem.subject_of_entry is None) != (problem.subject_of_judge is None):
        raise AssignmentInputError("give subject_of_entry and subject_of_judge, or neither")
    if problem.district is not None:
        wanted |= {"district": (judges,)}
    if problem.wanted is not None:
        wanted |= {"wanted": (entries,)}
    if problem.subject_of_entry is not None:
        wanted |= {"subject_of_entry": (entries,), "subject_of_judge": (judges,)}
    for name, shape in wanted.items():
        array = getattr(problem, name)
        if array.shape != shape:
            raise AssignmentInputError(f"{name} has shape {array.shape}, expected {shape}")
        if array.dtype.kind not in "biu":
            raise AssignmentInputError(f"{name} must hold integers, not {array.dtype}")


def _check_fixed(problem: AssignmentProblem) -> None:
    entry, judge = problem.fixed[:, 0], problem.fixed[:, 1]
    if not len(entry):
        return
    if entry.min() < 0 or entry.max() >= problem.entries or judge.min() < 0 or judge.max() >= problem.judges:
        raise AssignmentInputError("a fixed pair names an entry or a judge that does not exist")
    if len(np.unique(problem.fixed, axis=0)) < len(problem.fixed):
        raise AssignmentInputError("a fixed pair is given twice")
    forbidden = problem.fixed[~problem.allowed[entry, judge]]
    if len(forbidden):
        named = ", ".join(f"entry {e} judge {j}" for e, j in forbidden[:NAMED].tolist())
        raise AssignmentInputError(f"{len(forbidden)} fixed pairs are not allowed, withdraw them first: {named}")
