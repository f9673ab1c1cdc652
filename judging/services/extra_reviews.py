"""Reviews beyond those that the rubric asks for, for entries that somebody else has put into an order."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

import numpy as np
from django.db import transaction
from django.utils.translation import gettext as _

from competition import events
from competition.core.canon import digest
from competition.errors import Denial, Refused
from competition.models import Entry, User
from judging.conflicts import conflicted_pairs
from judging.core.assignment import AssignmentProblem, AssignmentResult, Infeasible, solve
from judging.models import Judge, Rubric
from judging.services.assignments import Grid, Part, Proposal, cases_of, grid_of, problem_of
from judging.services.cross_reviews import changes_trimming, digest_of, give, loads_after, settled_proposal

# judges that each entry has, by primary key -> entries in the order in which they get one more, as often as they may
Order = Callable[[Mapping[int, int]], Sequence[Entry]]


@dataclass(frozen=True)
class Extra:
    """What would be added to one track in one round.

    have     judges that each entry has, by primary key
    reviews  to be added
    without  entries that would have had one more and for whom nobody is free, in words
    waits    entries of the track still lack judges: they come first, nothing is added
    """

    rubric: Rubric
    have: Mapping[int, int]
    reviews: list[tuple[Entry, Judge]]
    without: list[str]
    waits: bool = False

    @property
    def digest(self) -> str:
        """What was shown: something else is not done."""
        return digest(["extra", digest_of(self.rubric, self.reviews), self.without])

    @property
    def changes_trimming(self) -> bool:
        """Entries with one sheet more may lose their highest and lowest while the others keep them."""
        more = Counter(entry.pk for entry, _judge in self.reviews)
        return changes_trimming(self.rubric, max((self.have[pk] + one for pk, one in more.items()), default=0))


def propose_extra_reviews(proposal: Proposal, rubric: Rubric, order: Order, budget: int) -> Extra:
    """At most `budget` further reviews, given in that order, by judges as the assigner would choose them. Reads only.

    Never a conflict or a judge who has the entry already, never beyond a load or the limits for institutions and
    districts, and within panels. Where nobody is free for an entry, the next one has its turn. What stands is kept.
    Equal rows and seed give the equal reviews.
    """
    part = next(one for one in proposal.parts if one.rubric.pk == rubric.pk)
    have = Counter(row.entry_id for row in part.kept)
    if proposal.changes or part.shortages:
        return Extra(rubric, have, [], [], waits=True)
    grid = grid_of(part, conflicted_pairs(proposal.contest))
    problem = problem_of(part, grid, loads_after(proposal), proposal.seed)
    problem = replace(problem, allowed=grid.within_panels, linked=False)
    row_of = {entry.pk: row for row, entry in enumerate(part.entries)}
    asked = [row_of[entry.pk] for entry in order(have) if entry.pk in row_of]
    result, without = given(problem, asked, budget)
    reviews = [(part.entries[row], grid.judges[column]) for row, column in result.added.tolist()]
    words = without_words(problem, result, without, part, grid)
    if len(reviews) < min(budget, len(asked)) and not (problem.load_max > result.loads).any():
        words.append(_("Every judge has as many entries as they take."))
    return Extra(rubric, have, reviews, words)


def given(problem: AssignmentProblem, asked: Sequence[int], budget: int) -> tuple[AssignmentResult, list[int]]:
    """The first of them that can be served together, and the rows that had their turn in vain, once each.

    asked   rows in their order, one for each further judge
    rule    who comes first is served first; a judge may change hands to serve another one too
    """
    load = np.bincount(problem.fixed[:, 1], minlength=problem.judges)
    most = min(budget, int(np.maximum(problem.load_max - load, 0).sum()))
    first = np.bincount(np.array(asked[:most], dtype=np.int64), minlength=problem.entries)
    if (result := solved(problem, first)) is not None:
        return result, []
    wanted, without = np.zeros(problem.entries, dtype=np.int64), []
    result = solve(replace(problem, wanted=wanted))
    for row in asked:
        if wanted.sum() == most:
            break
        if row in without:
            continue
        more = wanted + np.eye(1, problem.entries, row, dtype=np.int64)[0]
        if (found := solved(problem, more)) is None:
            without.append(row)
        else:
            result, wanted = found, more
    return result, without


def solved(problem: AssignmentProblem, wanted: np.ndarray) -> AssignmentResult | None:
    try:
        return solve(replace(problem, wanted=wanted))
    except Infeasible:
        return None


def without_words(
    problem: AssignmentProblem, result: AssignmentResult, rows: Sequence[int], part: Part, grid: Grid
) -> list[str]:
    """Who keeps whom away, once the others have theirs."""
    said = []
    for row in rows:
        alone = np.eye(1, problem.entries, row, dtype=np.int64)[0]
        try:
            solve(replace(problem, fixed=result.pairs, wanted=alone))
        except Infeasible as fault:
            said += cases_of(fault, part, grid)
    return said


@transaction.atomic
def add_extra_reviews(
    *, rubric: Rubric, order: Order, budget: int, seed: int, shown: str, by: User, at: datetime
) -> int:
    """Add what `propose_extra_reviews` says; how many reviews that is.

    order    asked again under the lock
    shown    the digest of what the person looked at
    raises   Refused "assign-first" where entries still wait for judges, "assignment-changed" where it would be
             something else now
    """
    proposal = settled_proposal(rubric, seed=seed, by=by, at=at)
    extra = propose_extra_reviews(proposal, rubric, order, budget)
    if extra.waits:
        raise Refused(Denial("assign-first"))
    if not extra.reviews or extra.digest != shown:
        raise Refused(Denial("assignment-changed"))
    give(rubric, extra.reviews)
    body = {
        "created": len(extra.reviews),
        "entries": len({entry.pk for entry, _judge in extra.reviews}),
        "budget": budget,
        "seed": seed,
    }
    events.record(proposal.contest, "assignments.extra", proposal.contest, by=by, at=at, body=body)
    return len(extra.reviews)
