"""Who marks what: proposed, looked at, and then done; or one by one by hand."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

import numpy as np
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from competition import events
from competition.core.canon import digest
from competition.errors import Denial, Refused
from competition.models import Contest, Entry, User
from competition.services.upsert import upsert
from judging.access import why_not_assign_judges
from judging.conflicts import allowed_judges, conflict_reasons, conflicted_pairs, panels_of
from judging.core.assignment import AssignmentProblem, Infeasible, linked_components, solve
from judging.limits import limits_of
from judging.models import Assignment, Judge, Round, Rubric, Sheet
from judging.states import AssignedBy, Attendance, JudgeState

Triple = tuple[Round, Entry, Judge]
TRACED = Q(sheets__isnull=False) | Q(draft__isnull=False) | Q(questions__isnull=False)  # somebody has worked on it
TOUCHED = TRACED | Q(sorting__isnull=False) | Q(readings__isnull=False)  # or has looked at it at least
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
    """Every entry that counts gets its judges in every round that judges mark. Reads only.

    Kept: what is assigned and may stay. Never: a conflict. A recused sheet counts for nothing, nor one that was opened
    again and whose judge may not hand it in any more: another judge is found. The load of a judge counts over all
    tracks. Equal rows and seed give the equal proposal.
    """
    conflicts = conflicted_pairs(contest)
    rows = Assignment.objects.filter(round__contest=contest).select_related("judge", "entry", "round")
    sheets = Sheet.objects.filter(assignment__round__contest=contest)
    handed_in = set(sheets.standing().values_list("assignment", flat=True))
    traced = set(rows.filter(TRACED).values_list("pk", flat=True))
    rubrics = Rubric.objects.marked().filter(round__contest=contest).select_related("round__contest", "track")
    parts = [
        part_of(rubric, rows, handed_in, traced, conflicts)
        for rubric in rubrics.order_by("round__order", "track__order")
    ]
    loads: Counter[int] = Counter(row.judge_id for part in parts for row in part.kept)
    for part in parts:
        fill(part, conflicts, loads, seed)
        loads.update(judge.pk for _entry, judge in part.added)
    return Proposal(contest, seed, parts)


def part_of(
    rubric: Rubric,
    existing: Iterable[Assignment],
    handed_in: set[int],
    traced: set[int],
    conflicts: set[tuple[int, int]],
) -> Part:
    """What stays and what goes. What was handed in stays in any case: the list check speaks of it. Of what goes, the
    assignments with traces remain as rows that count for nothing. Those of an absent entry are left as they are: it
    may have been late only."""
    places = rubric.round.round_entries
    absent = set(places.filter(state=Attendance.ABSENT).values_list("entry", flat=True))
    entries = Entry.objects.countable().filter(round_entries__in=places.taking_part(), track=rubric.track)
    part = Part(rubric, list(entries.select_related("subject").order_by("order")))
    competing = {entry.pk for entry in part.entries}
    judges = {judge.pk for judge in allowed_judges(rubric.round.contest, rubric.track_id)}
    for row in existing:
        if row.round_id != rubric.round_id or row.entry.track_id != rubric.track_id or row.entry_id in absent:
            continue
        may_stay = (
            row.entry_id in competing and row.judge_id in judges and (row.judge_id, row.entry_id) not in conflicts
        )
        if may_stay or row.pk in handed_in:
            part.kept.append(row)
        elif row.pk not in traced:
            part.released.append(row)
    return part


@dataclass(frozen=True)
class Grid:
    """Entries of a part as rows, judges as columns.

    judges   those of the track, then who has something of it and judges no more
    allowed  (entries, judges) who may mark what; a pair that stands always
    meant    (entries, judges) who is of a panel of the entry; everybody where it has none
    standing (row, column) of what is kept and added
    """

    judges: list[Judge]
    allowed: np.ndarray
    meant: np.ndarray
    standing: list[tuple[int, int]]

    @property
    def within_panels(self) -> np.ndarray:
        """What the assigner may choose from. A pair that stands is not undone."""
        allowed: np.ndarray = self.allowed & self.meant
        for entry, judge in self.standing:
            allowed[entry, judge] = True
        return allowed


def grid_of(part: Part, conflicts: set[tuple[int, int]]) -> Grid:
    judges = allowed_judges(part.rubric.round.contest, part.rubric.track_id)
    row_of = {entry.pk: row for row, entry in enumerate(part.entries)}
    known = {judge.pk for judge in judges}
    # a sheet of somebody who left counts as one of the entry's: its judge takes part as one with no room for more
    absent = {row.judge_id: row.judge for row in part.kept if row.judge_id not in known}
    everybody = [*judges, *(absent[pk] for pk in sorted(absent))]
    column_of = {judge.pk: column for column, judge in enumerate(everybody)}
    pairs = [(row.entry_id, row.judge_id) for row in part.kept] + [(e.pk, j.pk) for e, j in part.added]
    standing = [(row_of[entry], column_of[judge]) for entry, judge in pairs if entry in row_of]
    allowed = np.array(
        [[(j.pk, e.pk) not in conflicts and j.pk in known for j in everybody] for e in part.entries], dtype=bool
    ).reshape(len(part.entries), len(everybody))
    for entry, judge in standing:
        allowed[entry, judge] = True
    panels = panels_of(part.rubric.round.contest, part.rubric.track_id)
    meant = np.ones_like(allowed)
    for row, one in enumerate(part.entries if panels.rows else []):
        meant[row] = [panels.is_meant(one, judge) for judge in everybody]
    return Grid(everybody, allowed, meant, standing)


def fill(part: Part, conflicts: set[tuple[int, int]], loads: Counter[int], seed: int) -> None:
    """The judges that are missing, or why there are none."""
    if not part.entries:
        return
    grid = grid_of(part, conflicts)
    try:
        result = solve(replace(problem_of(part, grid, loads, seed), allowed=grid.within_panels))
    except Infeasible as fault:
        part.shortages = cases_of(fault, part, grid)
        part.components = components_of(grid.standing, len(part.entries), len(grid.judges))
        return
    part.added = [(part.entries[e], grid.judges[j]) for e, j in result.added.tolist()]
    part.components = result.components


def problem_of(part: Part, grid: Grid, loads: Counter[int], seed: int) -> AssignmentProblem:
    """Panels left aside.

    loads   entries of each judge in all tracks, what stands here included
    """
    entries, judges = len(part.entries), grid.judges
    limits = limits_of(part.rubric.round.contest).most
    here = Counter(judge for _entry, judge in grid.standing)
    most = [
        (max(judge.max_load - loads[judge.pk], 0) + here[column]) if judge.max_load else entries
        for column, judge in enumerate(judges)
    ]
    return AssignmentProblem(
        entries=entries,
        judges=len(judges),
        reviews=part.rubric.reviews,
        allowed=grid.allowed,
        load_max=np.array(most, dtype=np.int64),
        affinity=affinity_of(part.entries, judges),
        institution=numbered([judge.institution for judge in judges]),
        institution_cap=limits.get("institution", 0),
        district=numbered([judge.district_id for judge in judges]),
        district_cap=limits.get("district", 0),
        fixed=np.array(grid.standing, dtype=np.int64).reshape(-1, 2),
        seed=seed,
    )


def numbered(names: Sequence[Any]) -> np.ndarray:
    """A number for each different name, -1 for a blank one."""
    numbers = {name: number for number, name in enumerate(sorted({one for one in names if one}))}
    return np.array([numbers[name] if name else -1 for name in names], dtype=np.int64)


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


def cases_of(fault: Infeasible, part: Part, grid: Grid) -> list[str]:
    """Each entry that lacks judges, and what keeps them away."""
    outside = (grid.allowed & ~grid.within_panels).sum(axis=1).tolist()
    return [
        _("%(number)s lacks %(lacks)s (%(reasons)s)")
        % {
            "number": part.entries[one.entry].number,
            "lacks": one.lacking,
            "reasons": reasons_text(
                one.not_allowed - outside[one.entry], one.full, one.institution + one.district, outside[one.entry]
            ),
        }
        for one in fault.shortages
    ]


def reasons_text(conflicts: int, full: int, capped: int, outside: int = 0) -> str:
    """What keeps how many judges away; limits and panels only where they do."""
    said = [
        _("%(number)s in conflict") % {"number": conflicts},
        _("%(number)s full") % {"number": full},
        *([_("%(number)s too many of one institution or district") % {"number": capped}] if capped else []),
        *([_("%(number)s of other panels") % {"number": outside}] if outside else []),
    ]
    return _(", ").join(said)


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
    if denial := why_not_judging(judge):
        return denial
    if not entry.round_entries.taking_part().filter(round=one).exists():
        return Denial("not-in-round", {"entry": entry.number, "round": one.label})
    if Rubric.objects.measured().filter(round=one, track=entry.track_id).exists():
        return Denial("track-is-measured", {"entry": entry.number, "round": one.label})
    return why_in_conflict(entry, judge)


def why_not_judging(judge: Judge) -> Denial | None:
    """Who was let go or has declined marks nothing."""
    if not judge.is_active:
        return Denial("judge-left")
    return Denial("judge-declined", {"judge": judge.code}) if judge.state == JudgeState.DECLINED else None


def why_in_conflict(entry: Entry, judge: Judge) -> Denial | None:
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


def why_not_let_go(assignment: Assignment) -> Denial | None:
    """Nothing that was written of it is thrown away: by its judge, or by who reads the judge's paper."""
    facts = {"judge": assignment.judge.code, "entry": assignment.entry.number}
    if assignment.sheets.exists():
        return Denial("assignment-has-sheet", facts)
    if Assignment.objects.filter(TOUCHED, pk=assignment.pk).exists():
        return Denial("assignment-begun", facts)
    return None


@transaction.atomic
def take_assignment(*, assignment: Assignment, by: User, at: datetime) -> None:
    """By hand, as long as its judge has not begun. After that nothing that they wrote is thrown away.

    raises   Refused "assignment-has-sheet", "assignment-begun"
    """
    contest = Contest.objects.select_for_update().get(pk=assignment.judge.contest_id)
    if denial := why_not_assign_judges(by, contest, at=at):
        raise Refused(denial)
    Assignment.objects.select_for_update().get(pk=assignment.pk)
    if denial := why_not_let_go(assignment):
        raise Refused(denial)
    body = {"entry": assignment.entry.key, "judge": assignment.judge.key}
    subject = f"{assignment.key}"
    assignment.delete()
    events.record(contest, "assignment.taken", contest, by=by, at=at, body=body | {"assignment": subject})
