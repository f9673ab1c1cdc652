"""Who marks what."""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime

import numpy as np
from django.db import transaction

from competition import events
from competition.errors import Denial, Refused
from competition.models import Contest, Entry, User
from competition.services.upsert import upsert
from judging.conflicts import allowed_judges, conflicted_pairs
from judging.core.assignment import AssignmentProblem, Infeasible, solve
from judging.models import Assignment, Judge, Round, Rubric
from judging.states import AssignedBy

Triple = tuple[Round, Entry, Judge]


@transaction.atomic
def save_assignments(
    *, contest: Contest, triples: Iterable[Triple], source: AssignedBy, by: User | None, at: datetime
) -> dict[tuple[int, int, int], Assignment]:
    """The assignments by (round, entry, judge). One without a sheet that is no longer wanted is taken away."""
    saved = upsert(
        Assignment.objects.filter(round__contest=contest),
        ["round_id", "entry_id", "judge_id"],
        [Assignment(round=one, entry=entry, judge=judge, by=source) for one, entry, judge in triples],
        [],
    )
    gone = [row.pk for row in saved.unwanted if not row.sheets.exists()]
    Assignment.objects.filter(pk__in=gone).delete()
    if saved.has_changes or gone:
        body = {"assignments": len(saved.rows), "created": len(saved.created), "removed": len(gone)}
        events.record(contest, f"assignments.{source}", contest, by=by, at=at, body=body)
    return saved.rows


@transaction.atomic
def assign_judges(*, contest: Contest, seed: int, by: User | None, at: datetime) -> int:
    """Give every countable entry of every round its judges; how many assignments there are now.

    Kept: what is assigned already. Never: a conflict. The load of a judge counts over all tracks.
    raises   Refused "no-judge-left" naming the entries
    """
    conflicts = conflicted_pairs(contest)
    loads: Counter[int] = Counter(Assignment.objects.filter(round__contest=contest).values_list("judge", flat=True))
    triples: list[Triple] = [
        (row.round, row.entry, row.judge)
        for row in Assignment.objects.filter(round__contest=contest).select_related("round", "entry", "judge")
    ]
    rubrics = Rubric.objects.filter(round__contest=contest).select_related("round", "track")
    for rubric in rubrics.order_by("round__order", "track__order"):
        added = assigned_in(rubric, conflicts, loads, seed)
        triples += added
        loads.update(judge.pk for _, _, judge in added)
    save_assignments(contest=contest, triples=triples, source=AssignedBy.SOLVER, by=by, at=at)
    return len(triples)


def assigned_in(rubric: Rubric, conflicts: set[tuple[int, int]], loads: Counter[int], seed: int) -> list[Triple]:
    """New assignments of one track in one round."""
    entries = list(
        Entry.objects.countable().filter(round_entries__round=rubric.round, track=rubric.track).order_by("order")
    )
    judges = allowed_judges(rubric.round.contest, rubric.track_id)
    if not entries:
        return []
    row_of = {entry.pk: row for row, entry in enumerate(entries)}
    column_of = {judge.pk: column for column, judge in enumerate(judges)}
    fixed = [
        (row_of[entry], column_of[judge])
        for entry, judge in rubric.round.assignments.filter(entry__in=entries).values_list("entry", "judge")
        if judge in column_of
    ]
    allowed = np.array([[(j.pk, e.pk) not in conflicts for j in judges] for e in entries], dtype=bool)
    try:
        result = solve(problem_of(allowed.reshape(len(entries), len(judges)), judges, fixed, rubric, loads, seed))
    except Infeasible as fault:
        raise Refused(Denial("no-judge-left", {"cases": cases_of(fault, entries)})) from fault
    kept = set(fixed)
    return [(rubric.round, entries[e], judges[j]) for e, j in result.pairs.tolist() if (e, j) not in kept]


def problem_of(
    allowed: np.ndarray, judges: list[Judge], fixed: list[tuple[int, int]], rubric: Rubric, loads: Counter[int],
    seed: int,
) -> AssignmentProblem:  # fmt: skip
    entries = len(allowed)
    here = Counter(judge for _, judge in fixed)
    institutions = {name: number for number, name in enumerate(sorted({j.institution for j in judges} - {""}))}
    most = [
        (max(judge.max_load - loads[judge.pk], 0) + here[column]) if judge.max_load else entries
        for column, judge in enumerate(judges)
    ]
    return AssignmentProblem(
        entries=entries,
        judges=len(judges),
        reviews=rubric.reviews,
        allowed=allowed,
        load_max=np.array(most, dtype=np.int64),
        affinity=np.zeros(allowed.shape, dtype=np.int64),
        institution=np.array([institutions.get(judge.institution, -1) for judge in judges], dtype=np.int64),
        fixed=np.array(fixed, dtype=np.int64).reshape(-1, 2),
        seed=seed,
    )


def cases_of(fault: Infeasible, entries: list[Entry]) -> str:
    from django.utils.translation import gettext as _

    return "; ".join(
        _("%(number)s lacks %(lacks)s (%(conflicts)s in conflict, %(full)s full)")
        % {
            "number": entries[shortage.entry].number,
            "lacks": shortage.lacking,
            "conflicts": shortage.not_allowed,
            "full": shortage.full,
        }
        for shortage in fault.shortages[:5]
    )
