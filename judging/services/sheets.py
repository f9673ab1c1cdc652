"""Sheets that came in whole: on paper, or in a workbook."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from competition import events
from competition.core.canon import canonical
from competition.errors import Denial, Refused
from competition.models import Contest, User
from judging.models import Assignment, Criterion, Mark, Sheet
from judging.states import SheetState

NAMED = 3


@dataclass(frozen=True)
class SheetDetails:
    """Marks by criterion, in the rubric's unit; a criterion that is not there has no mark.

    comment, feedback   for the committee, for the entrant
    reason              why the judge does not judge
    save_key            of the client, where it came in online
    """

    assignment: Assignment
    marks: Mapping[Criterion, int]
    is_recused: bool = False
    comment: str = ""
    feedback: str = ""
    reason: str = ""
    save_key: str = ""

    @property
    def state(self) -> SheetState:
        return SheetState.RECUSED if self.is_recused else SheetState.SUBMITTED


@transaction.atomic
def record_sheets(
    *, contest: Contest, sheets: Sequence[SheetDetails], by: User | None, at: datetime
) -> tuple[int, int, int]:
    """Make these the sheets that stand: (new, corrected, taken back).

    A sheet that differs from the one that stands becomes its next version; one that is not named any more is
    superseded. What stood before stays readable. What a judge handed in online stays: the office opens it again first.

    raises   Refused "sheet-is-online" where the list says something else of a sheet that came in online
    """
    standing = {
        sheet.assignment_id: sheet
        for sheet in Sheet.objects.current().filter(assignment__round__contest=contest).prefetch_related("marks")
    }
    versions = latest_versions(contest)
    named = {one.assignment.pk for one in sheets}
    fresh = [one for one in sheets if not is_same(one, standing.get(one.assignment.pk))]
    replaced = [standing[one.assignment.pk].pk for one in fresh if one.assignment.pk in standing]
    if online := [one for one in fresh if is_online(standing.get(one.assignment.pk))]:
        raise Refused(Denial("sheet-is-online", {"sheets": ", ".join(str(one.assignment) for one in online[:NAMED])}))
    taken_back = [sheet.pk for pk, sheet in standing.items() if pk not in named and not sheet.save_key]
    Sheet.objects.filter(pk__in=replaced + taken_back).update(state=SheetState.SUPERSEDED)
    add_sheets(contest, fresh, versions, at)
    if fresh or taken_back:
        content = sorted([one.assignment.pk, *sorted(one.marks.values())] for one in fresh)
        body = {
            "new": len(fresh) - len(replaced),
            "corrected": len(replaced),
            "taken_back": len(taken_back),
            "content": contest.mint.commitment("sheets", canonical(content)),
        }
        events.record(contest, "sheets.recorded", contest, by=by, at=at, body=body)
    return len(fresh) - len(replaced), len(replaced), len(taken_back)


def is_online(sheet: Sheet | None) -> bool:
    return sheet is not None and bool(sheet.save_key) and sheet.state != SheetState.REOPENED


def latest_versions(contest: Contest) -> dict[int, int]:
    versions: dict[int, int] = {}
    rows = Sheet.objects.filter(assignment__round__contest=contest).values_list("assignment", "version")
    for assignment, version in rows:
        versions[assignment] = max(version, versions.get(assignment, 0))
    return versions


def is_same(wanted: SheetDetails, standing: Sheet | None) -> bool:
    if standing is None or (standing.state, standing.comment) != (wanted.state, wanted.comment):
        return False
    return {mark.criterion_id: mark.points for mark in standing.marks.all()} == {
        criterion.pk: points for criterion, points in wanted.marks.items()
    }


def add_sheets(
    contest: Contest, fresh: Sequence[SheetDetails], versions: Mapping[int, int], at: datetime
) -> list[Sheet]:
    """versions   of assignments by primary key: the latest that is there, 0 or absent where none is"""
    rows = []
    for one in fresh:
        version = versions.get(one.assignment.pk, 0) + 1
        triple = (one.assignment.round_id, one.assignment.entry_id, one.assignment.judge_id)
        rows.append(
            Sheet(
                key=contest.mint.key("sheet", *triple, version),
                assignment=one.assignment,
                version=version,
                state=one.state,
                submitted_at=at,
                comment=one.comment,
                feedback=one.feedback,
                reason=one.reason,
                save_key=one.save_key,
            )
        )
    Sheet.objects.bulk_create(rows, batch_size=500)
    Mark.objects.bulk_create(
        (
            Mark(sheet=sheet, criterion=criterion, points=points)
            for sheet, one in zip(rows, fresh, strict=True)
            for criterion, points in one.marks.items()
        ),
        batch_size=2000,
    )
    return rows
