"""What a judge has typed and what something else takes the place of: kept as a version that never counted."""

from datetime import datetime

from django.db import transaction

from competition import events
from competition.errors import Refused
from competition.lifecycle import move
from competition.models import User
from judging.access import why_not_reopen
from judging.models import Assignment, Draft, Mark, Sheet
from judging.models.sheet import ASIDE
from judging.services.marking import (
    commitment_of,
    is_as_typed,
    last_version,
    locked_to_count,
    revised,
    typed_in,
)
from judging.states import SheetState


def set_aside(assignment: Assignment, reason: str, *, by: User, at: datetime) -> None:
    """What the judge typed becomes a version of the sheet that never counted: it stays readable."""
    draft = begun_draft(assignment)
    if draft is None:
        return
    last, contest, typed = last_version(assignment), assignment.judge.contest, typed_in(draft)
    kept = Sheet.objects.create(
        key=contest.mint.key("sheet", assignment.round_id, assignment.entry_id, assignment.judge_id, last + 1),
        assignment=assignment, version=last + 1, state=SheetState.SUPERSEDED, submitted_at=draft.saved_at,
        comment=draft.comment, feedback=draft.feedback, save_key=f"{ASIDE}{draft.last_save}"[:40],
        reopening=reason[:300],
    )  # fmt: skip
    Mark.objects.bulk_create(Mark(sheet=kept, criterion=one, points=points) for one, points in typed.marks.items())
    body = {"version": kept.version, "content": commitment_of(contest, kept, typed.marks)}
    events.record(contest, "draft.set-aside", kept, by=by, at=at, body=body)


def begun_draft(assignment: Assignment) -> Draft | None:
    """Which the judge has typed in, and not the office by opening a sheet again."""
    return Draft.objects.begun().filter(assignment=assignment).first()


@transaction.atomic
def close_again(*, sheet: Sheet, by: User, at: datetime) -> None:
    """Take the reopening back: the sheet stands as it was handed in; what the judge typed since is set aside."""
    assignment = locked_to_count(sheet.assignment)
    sheet.refresh_from_db()
    if denial := why_not_reopen(by, sheet, at=at):
        raise Refused(denial)
    reason = sheet.reopening
    move(sheet, SheetState.SUBMITTED, by=by, at=at, reopening="")
    if not is_kept(assignment, sheet):
        set_aside(assignment, reason, by=by, at=at)
    Draft.objects.filter(assignment=assignment).delete()
    revised(assignment)


def is_kept(assignment: Assignment, sheet: Sheet) -> bool:
    """What is typed stands in this sheet already, or in the last version that was set aside."""
    draft = begun_draft(assignment)
    last = assignment.sheets.filter(save_key__startswith=ASIDE).order_by("-version").first()
    return draft is None or any(is_as_typed(one, typed_in(draft)) for one in (sheet, last) if one is not None)
