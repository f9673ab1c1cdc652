"""Sheets and how far they have come, found without changing anything."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from decimal import Decimal

from django.db.models import Count, Max, Prefetch, Q, QuerySet

from competition.core.numbers import decimal_text
from competition.core.tokens import Mint
from competition.models import Contest, Entry
from competition.states import EntryState
from judging.conflicts import conflict_reasons
from judging.models import Assignment, Criterion, Draft, Judge, Mark, Question, Round, RoundEntry, Rubric, Sheet
from judging.states import SheetState

PACE = timedelta(days=3)
LEAST_SHEETS, LEAST_TIME = 10, timedelta(hours=1)  # less says nothing about how it goes on


@dataclass(frozen=True)
class SheetCounts:
    """Complete sheets against those that the rubrics ask for; `assigned` counts pairs of judge and entry."""

    expected: int
    arrived: int
    missing: int
    assigned: int
    recused: int


def sheet_counts(contest: Contest) -> SheetCounts:
    """Of the entries that count. A sheet with a blank has not arrived."""
    rubrics = Rubric.objects.filter(round__contest=contest).annotate(size=Count("criteria"))
    wanted = {(one.round_id, one.track_id): (one.reviews, one.size) for one in rubrics}
    taking_part = RoundEntry.objects.filter(round__contest=contest, entry__state=EntryState.PASSED)
    slots = {
        (one, entry): wanted[one, track]
        for one, entry, track in taking_part.values_list("round", "entry", "entry__track")
        if (one, track) in wanted
    }
    sheets = Sheet.objects.standing().filter(assignment__round__contest=contest).annotate(marked=Count("marks"))
    complete: Counter[tuple[int, int]] = Counter()
    for one, entry, marked in sheets.order_by().values_list("assignment__round", "assignment__entry", "marked"):
        if (one, entry) in slots and marked == slots[one, entry][1]:
            complete[one, entry] += 1
    arrived = complete.total()
    missing = sum(max(reviews - complete[slot], 0) for slot, (reviews, _) in slots.items())
    assigned = Assignment.objects.filter(round__contest=contest).count()
    recused = Sheet.objects.filter(assignment__round__contest=contest, state=SheetState.RECUSED).count()
    return SheetCounts(arrived + missing, arrived, missing, assigned, recused)


@dataclass(frozen=True)
class Short:
    """An entry that still lacks sheets. `assigned`: judges who have it and have not handed in."""

    entry: Entry
    round: Round
    wanted: int
    arrived: int
    assigned: int

    @property
    def has_nobody(self) -> bool:
        """More are wanted than anybody is asked for."""
        return self.arrived + self.assigned < self.wanted


def pairs_taking_part(contest: Contest) -> set[tuple[int, int]]:
    """(round, entry)"""
    return set(RoundEntry.objects.filter(round__contest=contest).values_list("round", "entry"))


def waited_for(contest: Contest) -> list[Assignment]:
    """Whose sheet is still expected: the judge is here and may, the entry counts and takes part, and nothing stands."""
    conflicts, taking_part = conflict_reasons(contest), pairs_taking_part(contest)
    done = Sheet.objects.filter(state__in=[SheetState.SUBMITTED, SheetState.RECUSED]).values("assignment")
    rows = Assignment.objects.filter(round__contest=contest, entry__state=EntryState.PASSED)
    rows = rows.filter(judge__in=contest.judges.assignable()).exclude(pk__in=done)
    return [
        row
        for row in rows
        if (row.judge_id, row.entry_id) not in conflicts and (row.round_id, row.entry_id) in taking_part
    ]


def entries_short(contest: Contest) -> list[Short]:
    """Coverage: those whom nobody marks first, then by what is missing."""
    rubrics = {(one.round_id, one.track_id): one.reviews for one in Rubric.objects.filter(round__contest=contest)}
    arrived: Counter[tuple[int, int]] = Counter()
    sheets = Sheet.objects.standing().filter(assignment__round__contest=contest)
    for one, entry in sheets.order_by().values_list("assignment__round", "assignment__entry"):
        arrived[one, entry] += 1
    waiting = Counter((row.round_id, row.entry_id) for row in waited_for(contest))
    taking_part = RoundEntry.objects.filter(round__contest=contest, entry__state=EntryState.PASSED)
    found = [
        Short(row.entry, row.round, wanted, arrived[key], waiting[key])
        for row in taking_part.select_related("entry__track", "round")
        if (wanted := rubrics.get((row.round_id, row.entry.track_id), 0)) > arrived[key := (row.round_id, row.entry_id)]
    ]
    return sorted(found, key=lambda one: (not one.has_nobody, one.arrived - one.wanted, one.entry.order))


def projected_finish(contest: Contest, *, at: datetime) -> datetime | None:
    """If it goes on as in the last three days; None where nothing came in by then."""
    since = at - PACE
    recent = Sheet.objects.standing().filter(assignment__round__contest=contest, submitted_at__gte=since)
    came, first = recent.count(), recent.order_by("submitted_at").values_list("submitted_at", flat=True).first()
    missing = sheet_counts(contest).missing
    if first is None or not missing or came < LEAST_SHEETS or at - first < LEAST_TIME:
        return None
    return at + (at - first) / came * missing


def open_questions(contest: Contest) -> int:
    return Question.objects.filter(assignment__round__contest=contest, answered_at=None).count()


def judges_with_progress(contest: Contest) -> QuerySet[Judge]:
    """`assigned`, `arrived`, `recused` and `begun` (typed, not handed in) of every judge."""
    mine = "assignments__sheets"
    return (
        contest.judges.select_related("person", "school", "district")
        .prefetch_related("tracks")
        .annotate(
            assigned=Count("assignments", distinct=True),
            arrived=Count(mine, filter=Q(assignments__sheets__state=SheetState.SUBMITTED), distinct=True),
            recused=Count(mine, filter=Q(assignments__sheets__state=SheetState.RECUSED), distinct=True),
            begun=Count("assignments__draft", distinct=True),
            last=Max("assignments__sheets__submitted_at"),
        )
    )


@dataclass(frozen=True)
class SheetRow:
    """An assignment with the sheet that stands, if one does: marks by criterion (blank where none), weighted total.

    drafted     the total of what is typed and not handed in; blank where a mark is missing
    is_barred   its judge may not judge it (any more)
    """

    assignment: Assignment
    sheet: Sheet | None
    marks: tuple[tuple[str, str, str], ...]
    total: str
    maximum: str
    drafted: str = ""
    is_barred: bool = False

    @property
    def is_blank(self) -> bool:
        return self.sheet is None

    @property
    def is_done(self) -> bool:
        if self.sheet is None or self.sheet.state == SheetState.REOPENED:
            return False
        return self.sheet.state != SheetState.SUBMITTED or bool(self.total)

    @property
    def is_recused(self) -> bool:
        return self.sheet is not None and self.sheet.state == SheetState.RECUSED

    @property
    def is_readable(self) -> bool:
        """By its judge, while it is judged."""
        return not self.is_recused and not self.is_barred and self.assignment.entry.state == EntryState.PASSED

    @property
    def is_begun(self) -> bool:
        return not self.is_done and hasattr(self.assignment, "draft")

    @property
    def is_ready(self) -> bool:
        """To be handed in: every mark is typed."""
        return self.is_begun and self.is_readable and bool(self.drafted)


def rows_of(assignments: Iterable[Assignment]) -> list[SheetRow]:
    """assignments   as `with_sheets` brings them"""
    rows = list(assignments)
    rubrics = rubrics_of(rows)
    return [row_of(one, first_sheet(one), rubrics.get((one.round_id, one.entry.track_id))) for one in rows]


def with_sheets(assignments: QuerySet[Assignment]) -> QuerySet[Assignment]:
    marks = Prefetch("marks", Mark.objects.order_by("criterion__order"))
    sheets = Prefetch("sheets", Sheet.objects.current().prefetch_related(marks), to_attr="current")
    return assignments.select_related("round", "judge", "entry__track", "draft").prefetch_related(sheets)


def first_sheet(assignment: Assignment) -> Sheet | None:
    return next(iter(assignment.current), None)  # type: ignore[attr-defined]


def rubrics_of(assignments: Sequence[Assignment]) -> dict[tuple[int, int], Rubric]:
    rubrics = Rubric.objects.filter(round__in={one.round_id for one in assignments}).prefetch_related("criteria")
    return {(one.round_id, one.track_id): one for one in rubrics}


def row_of(assignment: Assignment, sheet: Sheet | None, rubric: Rubric | None) -> SheetRow:
    criteria = list(rubric.criteria.all()) if rubric else []
    places = rubric.places if rubric else 0
    points = {mark.criterion_id: mark.points for mark in sheet.marks.all()} if sheet else {}
    draft = getattr(assignment, "draft", None)
    typed = {one.pk: draft.marks[str(one.pk)] for one in criteria if str(one.pk) in draft.marks} if draft else {}
    marks = tuple(
        (one.label, points_text(points.get(one.pk), places), points_text(one.maximum, places)) for one in criteria
    )
    most = total_text({one.pk: one.maximum for one in criteria}, criteria, places)
    total, drafted = (total_text(found, criteria, places) for found in (points, typed))
    return SheetRow(assignment, sheet, marks, total, most, drafted)


def total_text(points: Mapping[int, int], criteria: Sequence[Criterion], places: int) -> str:
    """The weighted total; blank where a mark is missing."""
    if not criteria or any(one.pk not in points for one in criteria):
        return ""
    return weighted_text(sum((points[one.pk] * one.weight for one in criteria), Decimal(0)), places)


def points_text(points: int | None, places: int) -> str:
    return "" if points is None else short(decimal_text(points, places))


def weighted_text(total: Decimal, places: int) -> str:
    return short(f"{total / 10**places:f}")


def short(text: str) -> str:
    return text.rstrip("0").rstrip(".") if "." in text else text


def rows_of_entry(entry: Entry) -> list[SheetRow]:
    return rows_of(with_sheets(entry.assignments.order_by("round__order", "judge__code")))


def rows_of_judge(judge: Judge) -> list[SheetRow]:
    """The pile of one judge, in an order of their own: it tells nothing of when an entry came in.

    Without what is not judged any more or is a conflict, unless a sheet of it stands.
    """
    mint = judge.contest.mint
    pile = rows_of(with_sheets(judge.assignments.all()))
    conflicts = conflict_reasons(judge.contest, judge=judge, entries={row.assignment.entry_id for row in pile})
    taking_part = pairs_taking_part(judge.contest)
    rows = []
    for row in pile:
        one = row.assignment
        is_barred = (judge.pk, one.entry_id) in conflicts or (one.round_id, one.entry_id) not in taking_part
        if row.sheet is not None or (one.entry.state == EntryState.PASSED and not is_barred):
            rows.append(replace(row, is_barred=is_barred))
    return sorted(rows, key=lambda row: pile_order(mint, row.assignment))


def pile_order(mint: Mint, assignment: Assignment) -> bytes:
    return mint.bytes("pile", assignment.judge.key, assignment.round_id, assignment.entry.key)


def field_of(criterion: Criterion) -> str:
    """The name of its field on the judge's page: by order, since a primary key would tell how many there are."""
    return f"mark-{criterion.order}"


def typed_marks(stored: dict[str, int], rubric: Rubric) -> dict[str, str]:
    """Marks of a draft as they stand in the fields; blank where there is none."""
    return {field_of(one): points_text(stored.get(str(one.pk)), rubric.places) for one in rubric.criteria.all()}


@dataclass(frozen=True)
class CriterionRow:
    """A criterion as a judge marks it."""

    name: str
    label: str
    most: str
    step: str
    value: str
    anchors: tuple[str, ...]
    weight: str


def criterion_rows(rubric: Rubric, values: dict[str, str]) -> list[CriterionRow]:
    return [
        CriterionRow(
            name=field_of(one),
            label=one.label,
            most=points_text(one.maximum, rubric.places),
            step=points_text(1, rubric.places),
            value=values.get(field_of(one), ""),
            anchors=tuple(line.strip() for line in one.anchors.splitlines() if line.strip()),
            weight="" if one.weight == 1 else f"{one.weight.normalize():f}",
        )
        for one in rubric.criteria.all()
    ]


@dataclass(frozen=True)
class Spread:
    """A judge's own totals so far in one track and round, so that they see whether they still use the whole scale."""

    totals: tuple[Decimal, ...]

    @property
    def count(self) -> int:
        return len(self.totals)

    @property
    def lowest(self) -> str:
        return short(f"{self.totals[0]:f}")

    @property
    def middle(self) -> str:
        half = len(self.totals) // 2
        pair = self.totals[half - 1 + len(self.totals) % 2 : half + 1]
        return short(f"{sum(pair, Decimal(0)) / len(pair):f}")

    @property
    def highest(self) -> str:
        return short(f"{self.totals[-1]:f}")


def own_spread(judge: Judge, rubric: Rubric) -> Spread:
    sheets = Sheet.objects.standing().filter(
        assignment__judge=judge, assignment__round=rubric.round_id, assignment__entry__track=rubric.track_id
    )
    weights = {one.pk: one.weight for one in rubric.criteria.all()}
    totals = [
        sum((mark.points * weights.get(mark.criterion_id, Decimal(0)) for mark in sheet.marks.all()), Decimal(0))
        / 10**rubric.places
        for sheet in sheets.prefetch_related("marks")
    ]
    return Spread(tuple(sorted(totals)))


def draft_of(assignment: Assignment) -> Draft | None:
    return Draft.objects.filter(assignment=assignment).first()
