"""A sheet as people read it: its marks in a row, a judge's pile of them, and the fields that it is typed in."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext as _

from competition.core.numbers import decimal_text
from competition.core.tokens import Mint
from competition.models import Entry
from competition.states import EntryState
from judging.conflicts import conflict_reasons
from judging.models import Assignment, CommonSet, Criterion, Judge, Mark, Rubric, Sheet
from judging.models.sheet import ASIDE
from judging.practising import practice_left, practice_sets_of
from judging.selectors import pairs_taking_part
from judging.states import SheetState


@dataclass(frozen=True)
class SheetRow:
    """An assignment with the sheet that stands, if one does: marks by criterion (blank where none), weighted total.

    drafted     the total of what is typed and not handed in; blank where a mark is missing
    is_barred   its judge may not judge it (any more)
    is_common   all judges of its track mark it in this round
    is_later    it opens when its judge has practised, or handed in the common ones
    """

    assignment: Assignment
    sheet: Sheet | None
    marks: tuple[tuple[str, str, str], ...]
    total: str
    maximum: str
    drafted: str = ""
    is_barred: bool = False
    is_common: bool = False
    is_later: bool = False

    @property
    def is_blank(self) -> bool:
        return self.sheet is None

    @property
    def is_done(self) -> bool:
        if self.sheet is None or self.sheet.state == SheetState.REOPENED:
            return False
        return self.sheet.state != SheetState.SUBMITTED or bool(self.total)

    @property
    def is_standing(self) -> bool:
        return self.sheet is not None and self.sheet.state == SheetState.SUBMITTED

    @property
    def is_reopened(self) -> bool:
        return self.sheet is not None and self.sheet.state == SheetState.REOPENED

    @property
    def is_aside(self) -> bool:
        """Open, and nobody will correct it: its judge left, or may not judge it."""
        return self.is_reopened and (self.is_barred or not self.assignment.judge.is_active)

    @property
    def state_word(self) -> str:
        """Of its sheet, as lists say it."""
        if self.sheet is None:
            return ""
        return _("counts no more") if self.is_aside else str(self.sheet.get_state_display())

    @property
    def is_recused(self) -> bool:
        return self.sheet is not None and self.sheet.state == SheetState.RECUSED

    @property
    def is_readable(self) -> bool:
        """By its judge, while it is judged."""
        if self.is_recused or self.is_barred or self.is_later:
            return False
        return bool(self.assignment.entry.state == EntryState.PASSED)

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


def asides_of(judge: Judge) -> list[SheetRow]:
    """What the judge had typed and what did not come to count: drafts that were set aside."""
    sheets = Sheet.objects.filter(assignment__judge=judge, save_key__startswith=ASIDE).prefetch_related("marks")
    named = sheets.select_related("assignment__round", "assignment__entry__track", "assignment__draft")
    kept = list(named.order_by("assignment__entry__order", "version"))
    rubrics = rubrics_of([one.assignment for one in kept])
    return [
        row_of(one.assignment, one, rubrics.get((one.assignment.round_id, one.assignment.entry.track_id)))
        for one in kept
    ]


def rows_of_entry(entry: Entry) -> list[SheetRow]:
    """With whoever may not judge it, where that says why a sheet is open."""
    rows = rows_of(with_sheets(entry.assignments.order_by("round__order", "judge__code")))
    if not any(row.is_reopened for row in rows):
        return rows
    barred = conflict_reasons(entry.contest, entries={entry.pk})
    return [replace(row, is_barred=(row.assignment.judge_id, entry.pk) in barred) for row in rows]


def rows_of_judge(judge: Judge) -> list[SheetRow]:
    """The pile of one judge, in an order of their own: it tells nothing of when an entry came in.

    Without what is not judged any more or is a conflict, unless a sheet of it stands. Common entries stand on top.
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
    return sorted(
        after_practice(judge, with_commons(rows)), key=lambda row: (not row.is_common, pile_order(mint, row.assignment))
    )


def with_commons(rows: Sequence[SheetRow]) -> list[SheetRow]:
    """Rows of a pile with what is common, and with what opens only after it; the rule is `commons.common_before`."""
    sets = CommonSet.objects.filter(round__in={row.assignment.round_id for row in rows}).prefetch_related("entries")
    named = {(one.round_id, one.track_id): one for one in sets}
    entries = {key: {entry.pk for entry in one.entries.all()} for key, one in named.items()}
    rows = [replace(row, is_common=row.assignment.entry_id in entries.get(place_of(row), ())) for row in rows]
    waiting = {
        place_of(row)
        for row in rows
        if row.is_common and row.is_readable and row.sheet is None and named[place_of(row)].is_first
    }
    return [replace(row, is_later=not row.is_common and row.sheet is None and place_of(row) in waiting) for row in rows]


def after_practice(judge: Judge, rows: Sequence[SheetRow]) -> list[SheetRow]:
    """Works wait where practice comes first and is not handed in; the rule is `practising.practice_before`."""
    sets = [one for one in practice_sets_of(judge) if one.is_first]
    waiting = {(one.round_id, one.track_id) for one in sets if practice_left(one, judge)}
    return [replace(row, is_later=row.is_later or (row.sheet is None and place_of(row) in waiting)) for row in rows]


def place_of(row: SheetRow) -> tuple[int, int]:
    """Round and track."""
    return row.assignment.round_id, row.assignment.entry.track_id


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
