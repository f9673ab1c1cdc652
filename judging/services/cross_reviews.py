"""Reviews beyond those that the rubric asks for, which link judges who have no work in common."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

import numpy as np
from django.db import transaction
from django.utils.translation import gettext as _

from competition import events
from competition.core.canon import digest
from competition.errors import Denial, Refused
from competition.models import Contest, Entry, User
from judging.access import why_not_assign_judges
from judging.conflicts import conflicted_pairs
from judging.core.assignment import fewest_common_entries, fewest_cross_reviews
from judging.core.assignment.cross_reviews import Apart
from judging.core.scores import FEWEST_TO_TRIM
from judging.models import Assignment, Judge, Rubric
from judging.services.assignments import Grid, Part, Proposal, grid_of, problem_of, propose_assignments, reasons_text
from judging.states import AssignedBy, Method

NAMED = 6  # entries and judges of a group that are named


@dataclass(frozen=True)
class Linking:
    """What would link the judges of one track in one round.

    groups   how many there are whose judges have no work in common with the others
    reviews  to be added
    left     how many groups there are then
    apart    each of those, where it is more than one, in words: who, and why
    most     judges that an entry has at most with its cross reviews
    common   what links as many groups by the fewest entries instead, each given to judges of several groups
    to_all   reviews that it takes to give these entries to every judge who may mark them, beyond loads and limits
    """

    rubric: Rubric
    groups: int
    reviews: list[tuple[Entry, Judge]]
    left: int
    apart: list[str]
    most: int
    common: list[tuple[Entry, Judge]] = field(default_factory=list)
    to_all: int = 0

    @property
    def common_entries(self) -> list[Entry]:
        return list(dict.fromkeys(entry for entry, _judge in self.common))

    @property
    def is_other(self) -> bool:
        """Common entries are worth a choice of their own: fewer than those of the cross reviews."""
        return len(self.common_entries) < len({entry.pk for entry, _judge in self.reviews})

    @property
    def common_digest(self) -> str:
        return digest(["common", self.rubric.pk, [[entry.pk, judge.pk] for entry, judge in self.common]])

    @property
    def digest(self) -> str:
        """What was shown: something else is not done."""
        return digest_of(self.rubric, self.reviews)

    @property
    def changes_trimming(self) -> bool:
        """Entries with one sheet more may lose their highest and lowest while the others keep them."""
        return changes_trimming(self.rubric, self.most)


def digest_of(rubric: Rubric, reviews: Sequence[tuple[Entry, Judge]]) -> str:
    return digest([rubric.pk, [[entry.pk, judge.pk] for entry, judge in reviews]])


def changes_trimming(rubric: Rubric, most: int) -> bool:
    """Where some entries have so many sheets and the others as many as the rubric asks for."""
    return rubric.method == Method.TRIMMED and rubric.reviews < FEWEST_TO_TRIM <= most


def propose_cross_reviews(proposal: Proposal) -> list[Linking]:
    """Of each part that would not hang together after the proposal. Reads only.

    Never a conflict, never beyond the load or the limits for institutions and districts. Equal rows and seed give the
    equal reviews.
    """
    open_parts = [part for part in proposal.parts if not part.is_linked and not part.shortages]
    if not open_parts:
        return []
    conflicts, loads = conflicted_pairs(proposal.contest), loads_after(proposal)
    found = []
    for part in open_parts:
        found.append(linking_of(part, grid_of(part, conflicts), loads, proposal.seed))
        loads.update(judge.pk for _entry, judge in found[-1].reviews)
    return found


def loads_after(proposal: Proposal) -> Counter[int]:
    """Entries of each judge in all tracks."""
    loads = Counter(row.judge_id for part in proposal.parts for row in part.kept)
    loads.update(judge.pk for part in proposal.parts for _entry, judge in part.added)
    return loads


def linking_of(part: Part, grid: Grid, loads: Counter[int], seed: int) -> Linking:
    problem = problem_of(part, grid, loads, seed)
    result = fewest_cross_reviews(problem)
    common = fewest_common_entries(problem, result)
    reviews = [(part.entries[entry], grid.judges[judge]) for entry, judge in result.pairs.tolist()]
    apart = [apart_text(one, part, grid) for one in result.apart]
    has = Counter(entry for entry, _judge in [*grid.standing, *result.pairs.tolist()])
    most = max((has[entry] for entry, _judge in result.pairs.tolist()), default=0)
    may = grid.allowed.copy()
    may[tuple(np.array(grid.standing, dtype=np.int64).reshape(-1, 2).T)] = False
    return Linking(
        part.rubric,
        result.groups,
        reviews,
        result.left,
        apart,
        most,
        [(part.entries[entry], grid.judges[judge]) for entry, judge in common.pairs.tolist()],
        int(may[common.entries].sum()),
    )


def apart_text(one: Apart, part: Part, grid: Grid) -> str:
    reasons = reasons_text(one.not_allowed, one.full, one.capped)
    entries = named([part.entries[row].number for row in one.entries.tolist()])
    judges = named([grid.judges[column].code for column in one.judges.tolist()])
    facts = {"entries": entries, "judges": judges, "reasons": reasons}
    return _("%(entries)s, marked by %(judges)s: of the pairs that would link them %(reasons)s") % facts


def named(words: list[str]) -> str:
    """The first of them, and how many there are."""
    first = "、".join(words[:NAMED])
    return first if len(words) <= NAMED else f"{first}… ({len(words)})"


@transaction.atomic
def add_cross_reviews(*, rubric: Rubric, seed: int, shown: str, by: User, at: datetime) -> int:
    """Add what `propose_cross_reviews` says of this track and round, or its common entries; how many reviews that is.

    shown    the digest of what the person looked at: which of the two it is
    raises   Refused "assign-first" where entries still wait for judges, "assignment-changed" where it would be
             something else now
    """
    proposal = settled_proposal(rubric, seed=seed, by=by, at=at)
    linking = next((one for one in propose_cross_reviews(proposal) if one.rubric.pk == rubric.pk), None)
    chosen = {linking.digest: linking.reviews, linking.common_digest: linking.common}.get(shown) if linking else None
    if linking is None or not chosen:
        raise Refused(Denial("assignment-changed"))
    give(rubric, chosen)
    body = {"created": len(chosen), "groups": linking.groups, "seed": seed}
    if shown == linking.common_digest:
        body["common"] = len(linking.common_entries)
    events.record(proposal.contest, "assignments.linked", proposal.contest, by=by, at=at, body=body)
    return len(chosen)


def settled_proposal(rubric: Rubric, *, seed: int, by: User, at: datetime) -> Proposal:
    """Under the lock of the contest: what stands, where no entry waits for a judge."""
    contest = Contest.objects.select_for_update().get(pk=rubric.round.contest_id)
    if denial := why_not_assign_judges(by, contest, at=at):
        raise Refused(denial)
    proposal = propose_assignments(contest, seed=seed)
    if proposal.changes:
        raise Refused(Denial("assign-first"))
    return proposal


def give(rubric: Rubric, reviews: Sequence[tuple[Entry, Judge]]) -> None:
    """Rows alone: who calls it writes the event."""
    Assignment.objects.bulk_create(
        Assignment(round=rubric.round, entry=entry, judge=judge, by=AssignedBy.SOLVER) for entry, judge in reviews
    )
