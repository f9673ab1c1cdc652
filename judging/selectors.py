"""Sheets and how far they have come, found without changing anything."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, Prefetch, Q, QuerySet

from competition.core.numbers import decimal_text
from competition.models import Contest, Entry
from competition.states import EntryState
from judging.models import Assignment, Judge, Mark, RoundEntry, Rubric, Sheet
from judging.states import SheetState


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


def judges_with_progress(contest: Contest) -> QuerySet[Judge]:
    """`assigned`, `arrived` and `recused` sheets of every judge."""
    mine = "assignments__sheets"
    return (
        contest.judges.select_related("person", "school", "district")
        .prefetch_related("tracks")
        .annotate(
            assigned=Count("assignments", distinct=True),
            arrived=Count(mine, filter=Q(assignments__sheets__state=SheetState.SUBMITTED), distinct=True),
            recused=Count(mine, filter=Q(assignments__sheets__state=SheetState.RECUSED), distinct=True),
        )
    )


@dataclass(frozen=True)
class SheetRow:
    """An assignment with the sheet that stands, if one does: marks by criterion (blank where none), weighted total."""

    assignment: Assignment
    sheet: Sheet | None
    marks: tuple[tuple[str, str, str], ...]
    total: str
    maximum: str

    @property
    def is_blank(self) -> bool:
        return self.sheet is None

    @property
    def is_done(self) -> bool:
        return self.sheet is not None and (self.sheet.state != SheetState.SUBMITTED or bool(self.total))


def rows_of(assignments: Iterable[Assignment]) -> list[SheetRow]:
    """assignments   as `with_sheets` brings them"""
    rows = list(assignments)
    rubrics = rubrics_of(rows)
    return [row_of(one, first_sheet(one), rubrics.get((one.round_id, one.entry.track_id))) for one in rows]


def with_sheets(assignments: QuerySet[Assignment]) -> QuerySet[Assignment]:
    marks = Prefetch("marks", Mark.objects.order_by("criterion__order"))
    sheets = Prefetch("sheets", Sheet.objects.current().prefetch_related(marks), to_attr="current")
    return assignments.select_related("round", "judge", "entry__track").prefetch_related(sheets)


def first_sheet(assignment: Assignment) -> Sheet | None:
    return next(iter(assignment.current), None)  # type: ignore[attr-defined]


def rubrics_of(assignments: Sequence[Assignment]) -> dict[tuple[int, int], Rubric]:
    rubrics = Rubric.objects.filter(round__in={one.round_id for one in assignments}).prefetch_related("criteria")
    return {(one.round_id, one.track_id): one for one in rubrics}


def row_of(assignment: Assignment, sheet: Sheet | None, rubric: Rubric | None) -> SheetRow:
    criteria = list(rubric.criteria.all()) if rubric else []
    places = rubric.places if rubric else 0
    points = {mark.criterion_id: mark.points for mark in sheet.marks.all()} if sheet else {}
    marks = tuple(
        (one.label, points_text(points.get(one.pk), places), points_text(one.maximum, places)) for one in criteria
    )
    is_complete = bool(criteria) and all(one.pk in points for one in criteria)
    total = sum((points[one.pk] * one.weight for one in criteria), Decimal(0)) if is_complete else None
    most = sum((one.maximum * one.weight for one in criteria), Decimal(0))
    return SheetRow(assignment, sheet, marks, weighted_text(total, places), weighted_text(most, places))


def points_text(points: int | None, places: int) -> str:
    return "" if points is None else short(decimal_text(points, places))


def weighted_text(total: Decimal | None, places: int) -> str:
    return "" if total is None else short(f"{total / 10**places:f}")


def short(text: str) -> str:
    return text.rstrip("0").rstrip(".") if "." in text else text


def rows_of_entry(entry: Entry) -> list[SheetRow]:
    return rows_of(with_sheets(entry.assignments.order_by("round__order", "judge__code")))


def rows_of_judge(judge: Judge) -> list[SheetRow]:
    """The pile of one judge, in an order of their own: it tells nothing of when an entry came in."""
    mint = judge.contest.mint
    rows = rows_of(with_sheets(judge.assignments.all()))
    return sorted(
        rows, key=lambda row: mint.bytes("pile", judge.key, row.assignment.round_id, row.assignment.entry.key)
    )
