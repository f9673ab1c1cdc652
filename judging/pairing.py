"""What a person is told of a judge and an entry that are brought together by hand. Nothing here refuses."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from django.utils.translation import gettext as _

from judging.conflicts import Panels, panels_of
from judging.core.assignment import linked_components
from judging.limits import Limits, limits_of
from judging.models import Assignment, Judge, Rubric
from judging.states import SheetState


@dataclass(frozen=True)
class Step:
    """An assignment goes to this judge. A move is one step, a swap is two."""

    assignment: Assignment
    to: Judge


def swap_of(one: Assignment, other: Assignment) -> tuple[Step, Step]:
    return Step(one, other.judge), Step(other, one.judge)


def having(assignment: Assignment) -> list[Judge]:
    """Who has its entry in its round, without those who recused themselves."""
    rows = Assignment.objects.filter(round=assignment.round_id, entry=assignment.entry_id)
    rows = rows.exclude(sheets__state=SheetState.RECUSED)
    return list(Judge.objects.filter(assignments__in=rows).select_related("district"))


def words_of_pair(
    assignment: Assignment, judge: Judge, judges: Iterable[Judge], panels: Panels, limits: Limits
) -> list[str]:
    """That no panel means this judge for the entry, or that with them a limit is exceeded.

    judges   all who would have the entry then
    """
    is_meant = panels.is_meant(assignment.entry, judge)
    said = [] if is_meant else [_("%(judge)s is in no panel of this entry") % {"judge": judge.code}]
    counts = limits.counts(judges)
    return said + limits.beyond(Counter({group: counts[group] for group in limits.groups(judge)}))


def warnings_of_pair(rubric: Rubric, assignment: Assignment) -> list[str]:
    """Of one that is made."""
    contest = rubric.round.contest
    panels, limits = panels_of(contest, rubric.track_id), limits_of(contest)
    return words_of_pair(assignment, assignment.judge, having(assignment), panels, limits)


def warnings_of_steps(rubric: Rubric, steps: Sequence[Step]) -> list[str]:
    """Of what would be, each with the number of its entry."""
    contest = rubric.round.contest
    panels, limits = panels_of(contest, rubric.track_id), limits_of(contest)
    said = []
    for step in steps:
        judges = [one for one in having(step.assignment) if one.pk != step.assignment.judge_id]
        words = words_of_pair(step.assignment, step.to, [*judges, step.to], panels, limits)
        if not knows(step):
            words.append(_("%(judge)s did not name this subject") % {"judge": step.to.code})
        said += [f"{step.assignment.entry.number}: {word}" for word in words]
    return said + loads_beyond(steps) + links_lost(rubric, steps)


def knows(step: Step) -> bool:
    """Who named no subject may know all of them."""
    named = {one.pk for one in step.to.subjects.all()}
    return not named or step.assignment.entry.subject_id in named


def loads_beyond(steps: Sequence[Step]) -> list[str]:
    """A judge who would have more entries than they take."""
    more = Counter(step.to.pk for step in steps)
    more.subtract(step.assignment.judge_id for step in steps)
    said = []
    for judge in {step.to.pk: step.to for step in steps}.values():
        load = judge.assignments.count() + more[judge.pk]
        if judge.max_load and more[judge.pk] > 0 and load > judge.max_load:
            facts = {"judge": judge.code, "number": load, "most": judge.max_load}
            said.append(_("%(judge)s would have %(number)s entries, at most %(most)s") % facts)
    return said


def links_lost(rubric: Rubric, steps: Sequence[Step]) -> list[str]:
    """Judges are compared through the entries that they share: what falls apart cannot be."""
    rows = Assignment.objects.filter(round=rubric.round_id, entry__track=rubric.track_id)
    before = set(rows.values_list("entry", "judge"))
    gone = {(step.assignment.entry_id, step.assignment.judge_id) for step in steps}
    after = (before - gone) | {(step.assignment.entry_id, step.to.pk) for step in steps}
    if parts(after) <= parts(before):
        return []
    return [_("Some judges would share no entry with the others, so that they cannot be compared")]


def parts(pairs: set[tuple[int, int]]) -> int:
    """Of the graph of entries and judges."""
    if not pairs:
        return 0
    ends = [np.unique(side, return_inverse=True) for side in np.array(sorted(pairs), dtype=np.int64).T]
    (entries, left), (judges, right) = ends
    return int(linked_components(np.stack([left, right], axis=1), len(entries), len(judges))[0].max()) + 1
