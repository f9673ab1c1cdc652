"""How judges marked common entries: the grid of the office, and what one judge is shown. Reads only."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from competition.core.numbers import decimal_text, rounded_half_up
from competition.models import Entry
from judging.commons import common_waited_for, of_common
from judging.conflicts import allowed_judges, conflict_reasons
from judging.core.calibration import FEWEST_OTHERS, leaning, middle, spread
from judging.models import Assignment, CommonSet, Criterion, Judge, Rubric, Sheet
from judging.sheet_rows import SheetRow, points_text, rows_of, short, weighted_text, with_sheets
from judging.states import ConflictReason


@dataclass(frozen=True)
class Cell:
    """One judge, one entry: the sheet, or why there is none."""

    entry: Entry
    row: SheetRow | None
    reason: ConflictReason | None
    is_waited_for: bool


@dataclass(frozen=True)
class JudgeLine:
    """deviation   own totals less the medians, on average; blank where the judge has no sheet yet"""

    judge: Judge
    cells: list[Cell]
    deviation: str
    leaning: int

    @property
    def labelled(self) -> list[tuple[str, Cell]]:
        return [(cell.entry.number, cell) for cell in self.cells]


@dataclass(frozen=True)
class CommonGrid:
    """Judges × common entries with totals, for the office. `medians` stand under the entries; blank without sheets."""

    entries: list[Entry]
    lines: list[JudgeLine]
    medians: list[str]
    maximum: str
    waiting: list[Assignment]

    @property
    def labelled_medians(self) -> list[tuple[str, str]]:
        return [(entry.number, median) for entry, median in zip(self.entries, self.medians, strict=True)]


def grid_of_common(one: CommonSet, rubric: Rubric) -> CommonGrid:
    entries = list(one.entries.order_by("order"))
    rows = {(row.assignment.judge_id, row.assignment.entry_id): row for row in rows_of(with_sheets(of_common(one)))}
    barred = conflict_reasons(one.round.contest, entries={entry.pk for entry in entries})
    waiting = common_waited_for(one)
    open_pairs = {(row.judge_id, row.entry_id) for row in waiting}
    judges = {judge.pk: judge for judge in allowed_judges(one.round.contest, one.track_id)}
    judges |= {row.assignment.judge_id: row.assignment.judge for row in rows.values()}
    named = one.round.contest.judges.filter(pk__in=judges).select_related("person").order_by("code")
    medians = {entry.pk: median_of([row for (_, pk), row in rows.items() if pk == entry.pk]) for entry in entries}
    most = most_units(list(rubric.criteria.all())) / 10**rubric.places
    lines = []
    for judge in named:
        mine = {(judge.pk, entry.pk): entry for entry in entries}
        cells = [Cell(entry, rows.get(pair), barred.get(pair), pair in open_pairs) for pair, entry in mine.items()]
        totals = {cell.entry.pk: total_of(cell.row) for cell in cells}
        lines.append(JudgeLine(judge, cells, *away_from(medians, totals, most)))
    shown = [number_text(medians[entry.pk]) for entry in entries]
    return CommonGrid(entries, lines, shown, number_text(most), waiting)


def away_from(
    medians: Mapping[int, Fraction | None], totals: Mapping[int, Fraction | None], most: Fraction
) -> tuple[str, int]:
    """Totals less the medians, on average, in words; and whether that is harder or milder."""
    pairs = [(totals.get(one), centre) for one, centre in medians.items()]
    away = [total - centre for total, centre in pairs if total is not None and centre is not None]
    return signed(mean_of(away)), leaning([one / most for one in away]) if most else 0


def total_of(row: SheetRow | None) -> Fraction | None:
    """Of a sheet that stands and is whole."""
    return Fraction(row.total) if row is not None and row.is_done and not row.is_recused and row.total else None


def median_of(rows: Sequence[SheetRow]) -> Fraction | None:
    totals = [total for row in rows if (total := total_of(row)) is not None]
    return middle(totals) if totals else None


def number_text(value: Fraction | None, places: int = 2) -> str:
    if value is None:
        return ""
    return short(decimal_text(rounded_half_up(value * 10**places), places))


def signed(value: Fraction | None) -> str:
    text = number_text(value, 1)
    return f"+{text}" if value is not None and value > 0 and text != "0" else text


# ------------------------------------------------------------------ what one judge is shown


@dataclass(frozen=True)
class Beside:
    """Own points of one criterion beside the others: their median, and how near to it half of them lie."""

    label: str
    own: str
    median: str
    spread: str
    most: str


@dataclass(frozen=True)
class WorkBeside:
    """One work; whatever it is, it has a number and a title."""

    work: Any
    others: int
    own: str
    median: str
    criteria: list[Beside]


@dataclass(frozen=True)
class Comparison:
    """What a judge learns of the others: of each work that they handed in, medians and spreads of three others
    at least; of each criterion, whether they are harder or milder. `hidden`: works with too few others."""

    works: list[WorkBeside]
    hidden: int
    leanings: list[tuple[str, str, int]]
    deviation: str
    leaning: int


def comparison_of(one: CommonSet, judge: Judge, rubric: Rubric) -> Comparison:
    """From the sheets that the released comparison rests on, the judge's own left out of the medians.

    The judge's own are those that stand now. Who may not judge an entry, or stepped back, learns nothing of it.
    """
    criteria = list(rubric.criteria.all())
    others: dict[int, list[dict[int, int]]] = defaultdict(list)
    for sheet in one.compared.exclude(assignment__judge=judge).select_related("assignment").prefetch_related("marks"):
        marks = marks_of(sheet)
        if all(item.pk in marks for item in criteria):
            others[sheet.assignment.entry_id].append(marks)
    barred = conflict_reasons(judge.contest, judge=judge, entries={entry.pk for entry in one.entries.all()})
    mine = Sheet.objects.standing().filter(assignment__in=of_common(one, judge)).prefetch_related("marks")
    sheets = [
        sheet
        for sheet in mine.select_related("assignment__entry").order_by("assignment__entry__order")
        if (judge.pk, sheet.assignment.entry_id) not in barred
    ]
    own = [(sheet.assignment.entry, marks_of(sheet)) for sheet in sheets]
    return beside_others(own, others, rubric)


def beside_others(
    own: Sequence[tuple[Any, Mapping[int, int]]], others: Mapping[int, Sequence[Mapping[int, int]]], rubric: Rubric
) -> Comparison:
    """own      works with the judge's own marks, by criterion
    others   by work (primary key) the whole sheets of other judges: all criteria are in them
    """
    criteria = list(rubric.criteria.all())
    most, unit = most_units(criteria), 10**rubric.places
    found, away, hidden = [], defaultdict[int | None, list[Fraction]](list), 0
    for work, mine in own:
        theirs = others.get(work.pk, [])
        if len(theirs) < FEWEST_OTHERS or any(item.pk not in mine for item in criteria):
            hidden += 1
            continue
        found.append(work_beside(work, mine, theirs, rubric, criteria))
        for item in criteria:
            away[item.pk].append((mine[item.pk] - middle([marks[item.pk] for marks in theirs])) / item.maximum)
        centre = middle([total_units(marks, criteria) for marks in theirs])
        away[None].append((total_units(mine, criteria) - centre) / most)
    leanings = [
        (item.label, signed(mean_of(away[item.pk], Fraction(item.maximum, unit))), leaning(away[item.pk]))
        for item in criteria
    ]
    return Comparison(found, hidden, leanings, signed(mean_of(away[None], most / unit)), leaning(away[None]))


def mean_of(shares: Sequence[Fraction], scale: Fraction = Fraction(1)) -> Fraction | None:
    return sum(shares, Fraction(0)) / len(shares) * scale if shares else None


def marks_of(sheet: Sheet) -> dict[int, int]:
    return {mark.criterion_id: mark.points for mark in sheet.marks.all()}


def total_units(marks: Mapping[int, int], criteria: Sequence[Criterion]) -> Fraction:
    return Fraction(sum((marks[one.pk] * one.weight for one in criteria), Decimal(0)))


def most_units(criteria: Sequence[Criterion]) -> Fraction:
    return total_units({one.pk: one.maximum for one in criteria}, criteria)


def work_beside(
    work: Any,
    own: Mapping[int, int],
    theirs: Sequence[Mapping[int, int]],
    rubric: Rubric,
    criteria: Sequence[Criterion],
) -> WorkBeside:
    unit = 10**rubric.places
    rows = []
    for one in criteria:
        points = [marks[one.pk] for marks in theirs]
        rows.append(
            Beside(
                one.label,
                points_text(own[one.pk], rubric.places),
                number_text(middle(points) / unit, 3),
                points_text(spread(points, one.maximum), rubric.places),
                points_text(one.maximum, rubric.places),
            )
        )
    centre = middle([total_units(marks, criteria) for marks in theirs])
    total = sum((own[one.pk] * one.weight for one in criteria), Decimal(0))
    return WorkBeside(work, len(theirs), weighted_text(total, rubric.places), number_text(centre / unit, 3), rows)
