"""What a judge wrote and what is not to count: a draft that something else takes the place of, sheets of a judge."""

from datetime import datetime

from django.db import transaction

from competition import events
from competition.errors import Denial, Refused
from competition.lifecycle import move
from competition.models import Contest, User
from judging.access import why_not_reopen
from judging.conflicts import conflict_reasons
from judging.models import Assignment, Draft, Judge, Mark, Sheet
from judging.models.sheet import ASIDE
from judging.services.marking import (
    commitment_of,
    is_as_typed,
    last_version,
    locked_to_count,
    reopen_sheet,
    revised,
    typed_in,
)
from judging.services.panel import dismiss_judge
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


@transaction.atomic
def set_sheets_aside(*, judge: Judge, reason: str, only_conflicts: bool, by: User, at: datetime) -> int:
    """What a judge has handed in counts nowhere from now on; it stays readable and can be brought back. How many.

    only_conflicts   those of entries that the judge may not judge, and nothing else; otherwise all of them, and the
                     judge leaves the contest, so that nobody hands them in again
    raises           Refused "say-why", "nothing-to-set-aside", and why a sheet may not be opened again
    """
    contest = Contest.objects.select_for_update().get(pk=judge.contest_id)
    if not reason.strip():
        raise Refused(Denial("say-why"))
    sheets = Sheet.objects.standing().filter(assignment__judge=judge).select_related("assignment__entry")
    if only_conflicts:
        barred = {entry for _judge, entry in conflict_reasons(contest, judge=judge)}
        sheets = sheets.filter(assignment__entry__in=barred)
    found = list(sheets.order_by("assignment__entry__order", "assignment__round__order"))
    if not found:
        raise Refused(Denial("nothing-to-set-aside", {"judge": judge.code}))
    for sheet in found:
        reopen_sheet(sheet=sheet, reason=reason, by=by, at=at)
    if not only_conflicts and Judge.objects.filter(pk=judge.pk, is_active=True).exists():
        dismiss_judge(judge=judge, by=by, at=at)
    return len(found)


@transaction.atomic
def bring_sheets_back(*, judge: Judge, by: User, at: datetime) -> int:
    """Every sheet of a judge that was opened again counts as it was handed in, but for those in which something else is
    typed since: these stay open, and nothing of it is lost. How many.

    raises   Refused "nothing-set-aside"
    """
    Contest.objects.select_for_update().get(pk=judge.contest_id)
    opened = Sheet.objects.filter(assignment__judge=judge, state=SheetState.REOPENED).select_related("assignment")
    found = [one for one in opened if is_kept(one.assignment, one)]
    if not found:
        raise Refused(Denial("nothing-set-aside", {"judge": judge.code}))
    for sheet in found:
        close_again(sheet=sheet, by=by, at=at)
    return len(found)
