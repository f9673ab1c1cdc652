"""Who marks what: proposed, looked at, and then done; or one by one by hand."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

import numpy as np
from django.db import IntegrityError, transaction
from django.db.models import Q

from competition import events
from competition.core.canon import digest
from competition.errors import Denial, Refused
from competition.models import Contest, Entry, User
from competition.services.upsert import upsert
from judging.access import why_not_assign_judges
from judging.conflicts import allowed_judges, conflict_reasons, conflicted_pairs
from judging.core.assignment import AssignmentProblem, Infeasible, linked_components, solve
from judging.models import Assignment, Judge, Round, Rubric, Sheet
from judging.states import AssignedBy, JudgeState

Triple = tuple[Round, Entry, Judge]
TRACED = Q(sheets__isnull=False) | Q(draft__isnull=False) | Q(questions__isnull=False)  # somebody has worked on it
AFFINITY_KNOWN, AFFINITY_UNSAID = 100, 50  # a judge of this subject; one who named none
NAMED = 5


@transaction.atomic
def save_assignments(
    *, contest: Contest, triples: Iterable[Triple], source: AssignedBy, by: User | None, at: datetime
) -> dict[tuple[int, int, int], Assignment]:
    """The assignments by (round, entry, judge). What nobody wants any more goes, unless somebody has begun to mark."""
    saved = upsert(
        Assignment.objects.filter(round__contest=contest),
        ["round_id", "entry_id", "judge_id"],
        [Assignment(round=one, entry=entry, judge=judge, by=source) for one, entry, judge in triples],
        [],
    )
    unwanted = Assignment.objects.filter(pk__in=[row.pk for row in saved.unwanted])
    gone = list(unwanted.exclude(TRACED).values_list("pk", flat=True))
    Assignment.objects.filter(pk__in=gone).delete()
    if saved.has_changes or gone:
        body = {"assignments": len(saved.rows), "created": len(saved.created), "removed": len(gone)}
        events.record(contest, f"assignments.{source}", contest, by=by, at=at, body=body)
    return saved.rows


@dataclass
class Part:
    """What assigning does in one track of one round.

    kept        assignments that stay
    added       new ones
    released    those that go, because their judge left, may not judge it, or the entry is out; nothing was handed in
    components  parts of the graph of judges and entries afterwards: 1 where all can be compared, 0 without entries
    shortages   why some entries cannot have their judges, in words; then nothing is added
    """

    rubric: Rubric
    entries: list[Entry]
    kept: list[Assignment] = field(default_factory=list)
    added: list[tuple[Entry, Judge]] = field(default_factory=list)
    released: list[Assignment] = field(default_factory=list)
    components: int = 0
    shortages: list[str] = field(default_factory=list)

    @property
    def is_linked(self) -> bool:
        return self.components <= 1


@dataclass
class Proposal:
    """What assigning would do now."""

    contest: Contest
    seed: int
    parts: list[Part]

    @property
    def added(self) -> int:
        return sum(len(one.added) for one in self.parts)

    @property
    def released(self) -> int:
        return sum(len(one.released) for one in self.parts)

    @property
    def kept(self) -> int:
        return sum(len(one.kept) for one in self.parts)

    @property
    def shortages(self) -> list[str]:
        return [case for one in self.parts for case in one.shortages]

    @property
    def changes(self) -> bool:
        return bool(self.added or self.released)

    @property
    def digest(self) -> str:
        """What was shown: something else is not done."""
        return digest(
            [
                [
                    one.rubric.pk,
                    [[entry.pk, judge.pk] for entry, judge in one.added],
                    [row.pk for row in one.released],
                    sorted(row.pk for row in one.kept),
                ]
                for one in self.parts
            ]
        )


def propose_assignments(contest: Contest, *, seed: int) -> Proposal:
    """Every entry that counts gets its judges in every round. Reads only.

    Kept: what is assigned and may stay. Never: a conflict. A recused sheet counts for nothing, nor one that was opened
    again and whose judge may not hand it in any more: another judge is found. The load of a judge counts over all
    tracks. Equal rows and seed give the equal proposal.
    """
    conflicts = conflicted_pairs(contest)
    rows = Assignment.objects.filter(round__contest=contest).select_related("judge", "entry", "round")
    sheets = Sheet.objects.filter(assignment__round__contest=contest)
    handed_in = set(sheets.standing().values_list("assignment", flat=True))
    traced = set(rows.filter(TRACED).values_list("pk", flat=True))
    rubrics = Rubric.objects.filter(round__contest=contest).select_related("round__contest", "track")
    parts = [
        part_of(rubric, rows, handed_in, traced, conflicts)
        for rubric in rubrics.order_by("round__order", "track__order")
    ]
    loads: Counter[int] = Counter(row.judge_id for part in parts for row in part.kept)
    for part in parts:
        fill(part, conflicts, loads, seed)
        loads.update(judge.pk for _, judge in part.added)
    return Proposal(contest, seed, parts)


def part_of(
    rubric: Rubric,
    existing: Iterable[Assignment],
    handed_in: set[int],
    traced: set[int],
    conflicts: set[tuple[int, int]],
) -> Part:
    """What stays and what goes. What was handed in stays in any case: the list check speaks of it. Of what goes, the
    assignments with traces remain as rows that count for nothing."""
    entries = Entry.objects.countable().filter(round_entries__round=rubric.round, track=rubric.track)
    part = Part(rubric, list(entries.select_related("subject").order_by("order")))
    competing = {entry.pk for entry in part.entries}
    judges = {judge.pk for judge in allowed_judges(rubric.round.contest, rubric.track_id)}
    for row in existing:
        if row.round_id != rubric.round_id or row.entry.track_id != rubric.track_id:
            continue
        may_stay = (
            row.entry_id in competing and row.judge_id in judges and (row.judge_id, row.entry_id) not in conflicts
        )
        if may_stay or row.pk in handed_in:
            part.kept.append(row)
        elif row.pk not in traced:
            part.released.append(row)
    return part


def fill(part: Part, conflicts: set[tuple[int, int]], loads: Counter[int], seed: int) -> None:
    """The judges that are missing, or why there are none."""
    judges = allowed_judges(part.rubric.round.contest, part.rubric.track_id)
    row_of = {entry.pk: row for row, entry in enumerate(part.entries)}
    known = {judge.pk for judge in judges}
    # a sheet of somebody who left counts as one of the entry's: its judge takes part as one with no room for more
    absent = {row.judge_id: row.judge for row in part.kept if row.judge_id not in known}
    everybody = [*judges, *(absent[pk] for pk in sorted(absent))]
    column_of = {judge.pk: column for column, judge in enumerate(everybody)}
    fixed = [(row_of[row.entry_id], column_of[row.judge_id]) for row in part.kept if row.entry_id in row_of]
    allowed = np.array(
        [[(j.pk, e.pk) not in conflicts and j.pk in known for j in everybody] for e in part.entries], dtype=bool
    ).reshape(len(part.entries), len(everybody))
    for entry, judge in fixed:
        allowed[entry, judge] = True
    if not part.entries:
        return
    problem = problem_of(part, allowed, everybody, fixed, loads, seed)
    try:
        result = solve(problem)
    except Infeasible as fault:
        part.shortages = cases_of(fault, part.entries)
        part.components = components_of(fixed, len(part.entries), len(everybody))
        return
    part.added = [(part.entries[e], everybody[j]) for e, j in result.added.tolist()]
    part.components = result.components


def problem_of(
    part: Part, allowed: np.ndarray, judges: list[Judge], fixed: list[tuple[int, int]], loads: Counter[int], seed: int
) -> AssignmentProblem:
    entries = len(part.entries)
    here = Counter(judge for _, judge in fixed)
    institutions = {name: number for number, name in enumerate(sorted({j.institution for j in judges} - {""}))}
    most = [
        (max(judge.max_load - loads[judge.pk], 0) + here[column]) if judge.max_load else entries
        for column, judge in enumerate(judges)
    ]
    return AssignmentProblem(
        entries=entries,
        judges=len(judges),
        reviews=part.rubric.reviews,
        allowed=allowed,
        load_max=np.array(most, dtype=np.int64),
        affinity=affinity_of(part.entries, judges),
        institution=np.array([institutions.get(judge.institution, -1) for judge in judges], dtype=np.int64),
        institution_cap=int(part.rubric.round.contest.settings.get("institution_cap", 0)),
        fixed=np.array(fixed, dtype=np.int64).reshape(-1, 2),
        seed=seed,
    )


def affinity_of(entries: list[Entry], judges: list[Judge]) -> np.ndarray:
    """Who knows the subject; all alike where no judge has named one."""
    known = [{subject.pk for subject in judge.subjects.all()} if judge.is_active else set() for judge in judges]
    if not any(known):
        return np.zeros((len(entries), len(judges)), dtype=np.int64)
    return np.array(
        [
            [AFFINITY_KNOWN if entry.subject_id in mine else 0 if mine else AFFINITY_UNSAID for mine in known]
            for entry in entries
        ],
        dtype=np.int64,
    ).reshape(len(entries), len(judges))


def components_of(pairs: Iterable[tuple[int, int]], entries: int, judges: int) -> int:
    found = np.array(list(pairs), dtype=np.int64).reshape(-1, 2)
    return int(linked_components(found, entries, judges)[0].max(initial=-1)) + 1


def cases_of(fault: Infeasible, entries: list[Entry]) -> list[str]:
    from django.utils.translation import gettext as _

    return [
        _("%(number)s lacks %(lacks)s (%(conflicts)s in conflict, %(full)s full)")
        % {
            "number": entries[shortage.entry].number,
            "lacks": shortage.lacking,
            "conflicts": shortage.not_allowed,
            "full": shortage.full,
        }
        for shortage in fault.shortages
    ]


@transaction.atomic
def assign_judges(*, contest: Contest, seed: int, by: User | None, at: datetime, shown: str = "") -> int:
    """Do what `propose_assignments` says; how many assignments there are then.

    shown    the digest of the proposal that the person looked at
    raises   Refused "no-judge-left" naming the entries, "assignment-changed" where it would be another one now
    """
    contest = Contest.objects.select_for_update().get(pk=contest.pk)
    if by is not None and (denial := why_not_assign_judges(by, contest, at=at)):
        raise Refused(denial)
    proposal = propose_assignments(contest, seed=seed)
    if shown and proposal.digest != shown:
        raise Refused(Denial("assignment-changed"))
    if cases := proposal.shortages:
        raise Refused(Denial("no-judge-left", {"cases": "; ".join(cases[:NAMED])}))
    Assignment.objects.filter(pk__in=[row.pk for one in proposal.parts for row in one.released]).delete()
    Assignment.objects.bulk_create(
        (
            Assignment(round=one.rubric.round, entry=entry, judge=judge, by=AssignedBy.SOLVER)
            for one in proposal.parts
            for entry, judge in one.added
        ),
        batch_size=500,
    )
    number = Assignment.objects.filter(round__contest=contest).count()
    if proposal.changes:
        body = {"assignments": number, "created": proposal.added, "removed": proposal.released, "seed": seed}
        events.record(contest, "assignments.solver", contest, by=by, at=at, body=body)
    return number


def why_not_pair(one: Round, entry: Entry, judge: Judge) -> Denial | None:
    """Of two that a person wants to bring together."""
    if not judge.is_active:
        return Denial("judge-left")
    if judge.state == JudgeState.DECLINED:
        return Denial("judge-declined", {"judge": judge.code})
    if not entry.round_entries.filter(round=one).exists():
        return Denial("not-in-round", {"entry": entry.number, "round": one.label})
    reasons = conflict_reasons(judge.contest, judge=judge, entries=[entry.pk])
    if reason := reasons.get((judge.pk, entry.pk)):
        return Denial("judge-in-conflict", {"judge": judge.code, "entry": entry.number, "reason": reason.label})
    return None


@transaction.atomic
def add_assignment(*, one: Round, entry: Entry, judge: Judge, by: User, at: datetime) -> Assignment:
    """By hand. Loads and panels only warn; a conflict refuses."""
    contest = Contest.objects.select_for_update().get(pk=judge.contest_id)
    if denial := why_not_assign_judges(by, contest, at=at) or why_not_pair(one, entry, judge):
        raise Refused(denial)
    try:
        with transaction.atomic():
            made = Assignment.objects.create(round=one, entry=entry, judge=judge, by=AssignedBy.HAND)
    except IntegrityError as fault:
        raise Refused(Denial("assigned-already", {"judge": judge.code, "entry": entry.number})) from fault
    events.record(contest, "assignment.added", made, by=by, at=at, body={"entry": entry.key, "judge": judge.key})
    return made


@transaction.atomic
def take_assignment(*, assignment: Assignment, by: User, at: datetime) -> None:
    """By hand, as long as its judge has not begun. After that nothing that they wrote is thrown away.

    raises   Refused "assignment-has-sheet", "assignment-begun"
    """
    contest = Contest.objects.select_for_update().get(pk=assignment.judge.contest_id)
    if denial := why_not_assign_judges(by, contest, at=at):
        raise Refused(denial)
    Assignment.objects.select_for_update().get(pk=assignment.pk)
    facts = {"judge": assignment.judge.code, "entry": assignment.entry.number}
    if assignment.sheets.exists():
        raise Refused(Denial("assignment-has-sheet", facts))
    if Assignment.objects.filter(TRACED, pk=assignment.pk).exists():
        raise Refused(Denial("assignment-begun", facts))
    body = {"entry": assignment.entry.key, "judge": assignment.judge.key}
    subject = f"{assignment.key}"
    assignment.delete()
    events.record(contest, "assignment.taken", contest, by=by, at=at, body=body | {"assignment": subject})
