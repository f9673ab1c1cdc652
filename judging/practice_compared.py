"""How judges marked practice works: the grid of the office, and what one judge is shown; by the rules of common
entries. Reads only."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from judging.comparing import Comparison, away_from, beside_others, most_units, number_text, total_units
from judging.conflicts import allowed_judges
from judging.core.calibration import middle
from judging.models import Judge, PracticeSet, PracticeSheet, PracticeWork, Rubric
from judging.practising import scale_of, sheets_of
from judging.sheet_rows import points_text


@dataclass(frozen=True)
class PracticeLine:
    """cells   a total a work; blank where the judge has handed in nothing"""

    judge: Judge
    cells: list[tuple[str, str]]
    deviation: str
    leaning: int


@dataclass(frozen=True)
class PracticeGrid:
    """Judges × practice works with totals, for the office. `waiting`: sheets that are not handed in."""

    works: list[PracticeWork]
    lines: list[PracticeLine]
    medians: list[tuple[str, str]]
    references: list[tuple[str, str]]
    maximum: str
    waiting: int

    @property
    def has_references(self) -> bool:
        return any(total for _number, total in self.references)


def marks_in(sheet: PracticeSheet) -> dict[int, int]:
    return {mark.criterion_id: mark.points for mark in sheet.marks.all()}


def practice_grid(one: PracticeSet, rubric: Rubric) -> PracticeGrid:
    works, criteria, scale = list(one.works.all()), list(rubric.criteria.all()), scale_of(rubric)
    unit = 10**rubric.places
    totals: dict[int, dict[int, Fraction]] = defaultdict(dict)
    for sheet in sheets_of(one, scale).prefetch_related("marks"):
        totals[sheet.judge_id or 0][sheet.work_id] = total_units(marks_in(sheet), criteria) / unit
    by_work = {work.pk: [row[work.pk] for row in totals.values() if work.pk in row] for work in works}
    medians = {pk: middle(found) if found else None for pk, found in by_work.items()}
    most = most_units(criteria) / unit
    allowed = {judge.pk for judge in allowed_judges(one.round.contest, one.track_id)}
    named = one.round.contest.judges.filter(pk__in=allowed | set(totals)).select_related("person").order_by("code")
    lines = [
        PracticeLine(
            judge,
            [(work.number, number_text(totals[judge.pk].get(work.pk))) for work in works],
            *away_from(medians, totals[judge.pk], most),
        )
        for judge in list(named)
    ]
    waiting = sum(not total for line in lines if line.judge.pk in allowed for _number, total in line.cells)
    given = {pk: total_units(marks_in(sheet), criteria) / unit for pk, sheet in references_of(one, scale).items()}
    return PracticeGrid(
        works,
        lines,
        [(work.number, number_text(medians[work.pk])) for work in works],
        [(work.number, number_text(given.get(work.pk))) for work in works],
        number_text(most),
        waiting,
    )


def references_of(one: PracticeSet, scale: str) -> dict[int, PracticeSheet]:
    """What the office would give, by work."""
    rows = PracticeSheet.objects.filter(work__practice=one, judge=None, scale=scale).prefetch_related("marks")
    return {sheet.work_id: sheet for sheet in rows}


@dataclass(frozen=True)
class ReferenceRow:
    """A criterion as the office would mark it, beside what the judge gave."""

    label: str
    own: str
    given: str
    remark: str
    most: str


@dataclass(frozen=True)
class PracticeCompared:
    """references   of the works that the judge has handed in: what the office would give, where it said so"""

    comparison: Comparison
    references: list[tuple[PracticeWork, list[ReferenceRow]]]


def compared_for(one: PracticeSet, judge: Judge, rubric: Rubric) -> PracticeCompared:
    """From the sheets that were there when the office first showed them; the judge's own is in no median."""
    scale = scale_of(rubric)
    others: dict[int, list[Mapping[int, int]]] = defaultdict(list)
    for sheet in sheets_of(one, scale).filter(is_compared=True).exclude(judge=judge).prefetch_related("marks"):
        others[sheet.work_id].append(marks_in(sheet))
    mine = sheets_of(one, scale).filter(judge=judge).select_related("work").prefetch_related("marks")
    own = [(sheet.work, marks_in(sheet)) for sheet in mine.order_by("work__order")]
    given = references_of(one, scale)
    references = [(work, reference_rows(given[work.pk], marks, rubric)) for work, marks in own if work.pk in given]
    return PracticeCompared(beside_others(own, others, rubric), references)


def reference_rows(reference: PracticeSheet, own: Mapping[int, int], rubric: Rubric) -> list[ReferenceRow]:
    given = {mark.criterion_id: mark for mark in reference.marks.all()}
    return [
        ReferenceRow(
            one.label,
            points_text(own.get(one.pk), rubric.places),
            points_text(given[one.pk].points, rubric.places),
            given[one.pk].remark,
            points_text(one.maximum, rubric.places),
        )
        for one in rubric.criteria.all()
        if one.pk in given
    ]
