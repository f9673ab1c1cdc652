"""Sheets of paper, typed by the office: read back against the total on the paper, by two people where that is asked."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db import transaction

from competition import events
from competition.errors import Denial, Refused
from competition.models import Contest, User
from judging.access import why_not_enter_paper, why_not_keep_judges
from judging.models import Assignment, Criterion, Draft, PaperReading, Rubric, Sheet
from judging.models.sheet import ASIDE
from judging.selectors import reads_twice
from judging.services.marking import (
    Typed,
    done_before,
    is_as_typed,
    locked_to_count,
    marks_in,
    put_in_place,
    reopen_sheet,
    why_not_complete,
)
from judging.services.setting_aside import set_aside
from judging.services.sheets import SheetDetails
from judging.sheet_rows import weighted_text
from judging.states import SheetState


@dataclass(frozen=True)
class PaperTotal:
    """The total as it stands on the paper. `is_wrong`: the judge added up wrongly; the marks stand."""

    points: Decimal | None
    is_wrong: bool = False


@transaction.atomic
def enter_paper(
    *,
    assignment: Assignment,
    typed: Typed,
    total: PaperTotal,
    save: str,
    by: User,
    at: datetime,
    sets_aside: bool = False,
    reason: str = "",
) -> Sheet | None:
    """Record what stands on the paper; None where it waits for another person to read the same. Sent twice it is one
    sheet.

    sets_aside   the draft that the judge has begun online, with the reason: it is kept as a version that counts nowhere
    raises       Refused "marks-missing", "total-missing", "total-differs", "say-why", or why it may not be entered
    """
    assignment = locked_to_count(assignment)
    key = f"paper-{save}"[:40]
    done = done_before(assignment, key, SheetState.SUBMITTED)
    if done is not None and is_as_typed(done, typed):
        return done
    denial = why_not_enter_paper(by, assignment, at=at, sets_aside=sets_aside)
    if denial := denial or why_not_complete(assignment, typed):
        raise Refused(denial)
    if sets_aside and not reason.strip():
        raise Refused(Denial("say-why"))
    refuse_other_total(assignment, typed, total)
    if reads_twice(assignment.round.contest) and not is_read_by_two(assignment, typed, by=by, at=at):
        return None
    if sets_aside:
        set_aside(assignment, reason, by=by, at=at)
    details = SheetDetails(assignment, typed.marks, comment=typed.comment, feedback=typed.feedback, save_key=key)
    said = {"paper": True, **({"paper_total": str(total.points)} if total.is_wrong else {})}
    return put_in_place(details, by=by, at=at, said=said)


def draft_aside(assignment: Assignment) -> Sheet | None:
    """The last draft over which the paper stands that counts now."""
    stands = assignment.sheets.standing().filter(save_key__startswith="paper-").first()
    if stands is None:
        return None
    for one in assignment.sheets.exclude(pk=stands.pk).order_by("-version"):
        if one.save_key.startswith(ASIDE):
            return one
        if not one.save_key.startswith("paper-"):
            return None  # the judge has handed in since
    return None


@transaction.atomic
def bring_back_draft(*, assignment: Assignment, reason: str, by: User, at: datetime) -> None:
    """The paper counts no more, and the judge goes on where they were. While no result is locked.

    raises   Refused "no-draft-aside", "say-why", or why the sheet may not be opened again
    """
    assignment = locked_to_count(assignment)
    kept, stands = draft_aside(assignment), assignment.sheets.standing().first()
    if kept is None or stands is None:
        raise Refused(Denial("no-draft-aside"))
    reopen_sheet(sheet=stands, reason=reason, by=by, at=at)
    values = {"marks": marks_in(kept), "comment": kept.comment, "feedback": kept.feedback}
    save = kept.save_key.removeprefix(ASIDE)
    Draft.objects.update_or_create(assignment=assignment, defaults=values | {"last_save": save, "saved_at": at})
    events.record(assignment.judge.contest, "draft.brought-back", kept, by=by, at=at)


def refuse_other_total(assignment: Assignment, typed: Typed, total: PaperTotal) -> None:
    """A slip of the hand, here or on the paper, nearly always shows in the total."""
    if total.points is None:
        raise Refused(Denial("total-missing"))
    places = Rubric.objects.values_list("places", flat=True).get(
        round=assignment.round_id, track=assignment.entry.track_id
    )
    added = sum((points * one.weight for one, points in typed.marks.items()), Decimal(0))
    if added != total.points * 10**places and not total.is_wrong:
        facts = {"added": weighted_text(added, places), "said": f"{total.points.normalize():f}"}
        raise Refused(Denial("total-differs", facts))


def is_read_by_two(assignment: Assignment, typed: Typed, *, by: User, at: datetime) -> bool:
    """Keep this reading; whether another person has read the same. Like a draft it is in no log: it counts nowhere."""
    values = {"marks": typed.stored, "comment": typed.comment, "feedback": typed.feedback, "at": at}
    PaperReading.objects.update_or_create(assignment=assignment, by=by, defaults=values)
    others = assignment.readings.exclude(by=by)
    return any(one.marks == typed.stored for one in others)


def differences(assignment: Assignment) -> list[Criterion]:
    """Criteria that the readings of a sheet disagree about."""
    readings = [one.marks for one in assignment.readings.all()]
    rubric = Rubric.objects.get(round=assignment.round_id, track=assignment.entry.track_id)
    return [one for one in rubric.criteria.all() if len({marks.get(str(one.pk)) for marks in readings}) > 1]


@transaction.atomic
def save_paper_rule(*, contest: Contest, twice: bool, by: User, at: datetime) -> None:
    """Whether two people read every sheet of paper. Readings that wait stay and count once a second person has read."""
    contest = Contest.objects.select_for_update().get(pk=contest.pk)
    if denial := why_not_keep_judges(by, contest, at=at):
        raise Refused(denial)
    if reads_twice(contest) == twice:
        return
    contest.settings |= {"paper_twice": twice}
    contest.save(update_fields=["settings"])
    events.record(contest, "contest.changed", contest, by=by, at=at, body={"fields": ["settings"]})
