"""What a judge does with one entry: type, hand in, step back, ask; and the office's answer to it.

Every write here can be sent twice and is done once: the client names it with a key of its own. A save names the
revision that its page was made from, so that two tabs or devices never overwrite each other silently.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType
from typing import Any

from django.db import transaction

from competition import events
from competition.access import HIDDEN
from competition.core.canon import canonical
from competition.core.tokens import random_key
from competition.errors import Denial, Refused
from competition.lifecycle import move
from competition.models import Contest, User
from competition.states import ContestState
from judging.access import (
    why_not_answer_question,
    why_not_change,
    why_not_go_on,
    why_not_mark,
    why_not_reopen,
    why_not_see_work,
)
from judging.models import Assignment, Conflict, Criterion, Draft, Question, Rubric, Sheet
from judging.services.sheets import SheetDetails, add_sheets
from judging.states import ConflictSource, QuestionKind, SheetState


@dataclass(frozen=True)
class Typed:
    """What stands on the judge's page. A criterion that is not in `marks` has no mark, which is not a zero."""

    marks: Mapping[Criterion, int] = field(default_factory=dict)
    comment: str = ""
    feedback: str = ""

    @property
    def stored(self) -> dict[str, int]:
        return {str(criterion.pk): points for criterion, points in self.marks.items()}


def locked(assignment: Assignment) -> Assignment:
    """Whoever saves, hands in or reopens this sheet waits here for the other.

    raises   Refused "hidden" where it was taken away meanwhile, or given to another judge
    """
    rows = Assignment.objects.select_for_update(of=("self",)).select_related("judge__contest", "judge__user", "entry")
    rows = rows.select_related("entry__contest", "entry__track", "round")
    found = rows.filter(pk=assignment.pk, judge=assignment.judge_id).first()
    if found is None:
        raise Refused(HIDDEN)
    return found


def locked_revision(assignment: Assignment) -> int:
    """The same lock where nothing but revision and judge can have changed: it is asked for with every save."""
    rows = Assignment.objects.select_for_update().filter(pk=assignment.pk, judge=assignment.judge_id)
    found = rows.values_list("revision", flat=True).first()
    if found is None:
        raise Refused(HIDDEN)
    return found


def locked_to_count(assignment: Assignment) -> Assignment:
    """What is handed in counts: it waits for whoever ends the judging, assigns or dismisses, and they for it."""
    Contest.objects.select_for_update(no_key=True).get(judges=assignment.judge_id)
    return locked(assignment)


def revised(assignment: Assignment) -> None:
    """The next revision; pages that were made from an earlier one are old now."""
    assignment.revision += 1
    assignment.save(update_fields=["revision"])


def refuse_stale(assignment: Assignment, base: int) -> None:
    if assignment.revision != base:
        raise Refused(Denial("draft-changed"))


def save_draft(*, assignment: Assignment, typed: Typed, base: int, save: str, by: User, at: datetime) -> Draft:
    """Keep what was typed. Not in the log: it counts nowhere until it is handed in.

    Whether the judge may see the work is asked before the lock, since that takes longest and on SQLite everybody who
    saves waits for it. Conflicts are asked about when the draft begins, and again by every page and by handing in.

    base     the revision that the page was made from
    raises   Refused "draft-changed" where another tab or device saved since, or why the judge may not mark
    """
    why_not = why_not_go_on if hasattr(assignment, "draft") else why_not_see_work
    if denial := why_not(by, assignment, at=at):
        raise Refused(denial)
    return put_in_draft(assignment, typed, base, save, at)


@transaction.atomic
def put_in_draft(assignment: Assignment, typed: Typed, base: int, save: str, at: datetime) -> Draft:
    assignment.revision = locked_revision(assignment)
    draft = Draft.objects.filter(assignment=assignment).first()
    if draft is not None and draft.last_save == save and is_as_typed(draft, typed):
        return draft
    if denial := why_not_change(assignment, at=at):
        raise Refused(denial)
    refuse_stale(assignment, base)
    draft = draft or Draft(assignment=assignment)
    draft.last_save, draft.saved_at = save, at
    draft.marks, draft.comment, draft.feedback = typed.stored, typed.comment, typed.feedback
    draft.save()
    revised(assignment)
    draft.assignment = assignment
    return draft


def is_as_typed(saved: Draft | Sheet, typed: Typed) -> bool:
    return (marks_in(saved), saved.comment, saved.feedback) == (typed.stored, typed.comment, typed.feedback)


def marks_in(saved: Draft | Sheet) -> dict[str, int]:
    if isinstance(saved, Draft):
        return dict(saved.marks)
    return {str(one.criterion_id): one.points for one in saved.marks.all()}


@transaction.atomic
def submit_sheet(*, assignment: Assignment, typed: Typed, base: int, save: str, by: User, at: datetime) -> Sheet:
    """Hand in what was typed, whole: after this only the office can open it again. Sent twice it is one sheet.

    raises   Refused "marks-missing" naming the criteria, "draft-changed", or why the judge may not mark
    """
    assignment = locked_to_count(assignment)
    done = done_before(assignment, save, SheetState.SUBMITTED)
    if done is not None and is_as_typed(done, typed):
        return done
    if denial := why_not_mark(by, assignment, at=at):
        raise Refused(denial)
    draft = Draft.objects.filter(assignment=assignment).first()
    if draft is None or draft.last_save != save:
        refuse_stale(assignment, base)
    if denial := why_not_complete(assignment, typed):
        raise Refused(denial)
    details = SheetDetails(assignment, typed.marks, comment=typed.comment, feedback=typed.feedback, save_key=save)
    return put_in_place(details, by=by, at=at)


def done_before(assignment: Assignment, save: str, state: SheetState) -> Sheet | None:
    """The sheet that this very request has made already."""
    found: Sheet | None = assignment.sheets.filter(save_key=save, state=state).exclude(save_key="").first()
    return found


@transaction.atomic
def submit_draft(*, assignment: Assignment, base: int, save: str, by: User, at: datetime) -> Sheet:
    """Hand in what is saved, as the page of that revision showed it. raises   Refused as `submit_sheet`"""
    assignment = locked_to_count(assignment)
    draft = Draft.objects.filter(assignment=assignment).first()
    typed = Typed() if draft is None else typed_in(draft)
    return submit_sheet(assignment=assignment, typed=typed, base=base, save=save, by=by, at=at)


def typed_in(draft: Draft) -> Typed:
    marks = {one: draft.marks[str(one.pk)] for one in Criterion.objects.filter(pk__in=draft.marks)}
    return Typed(marks, comment=draft.comment, feedback=draft.feedback)


def why_not_complete(assignment: Assignment, typed: Typed) -> Denial | None:
    """A blank is not a zero: every criterion wants its mark."""
    rubric = Rubric.objects.get(round=assignment.round_id, track=assignment.entry.track_id)
    criteria = list(rubric.criteria.all())
    if not criteria:
        return Denial("nothing-to-mark", {"track": assignment.entry.track.label})
    blank = [one for one in criteria if one not in typed.marks]
    if not blank:
        return None
    names = "、".join(one.label for one in blank)
    return Denial("marks-missing", {"missing": len(blank), "total": len(criteria), "names": names})


def put_in_place(
    details: SheetDetails, *, by: User, at: datetime, said: Mapping[str, Any] = MappingProxyType({})
) -> Sheet:
    """The next version of the sheet, and the draft is gone; all within the caller's transaction.

    said    what the log says of it besides
    """
    assignment = details.assignment
    contest = assignment.judge.contest
    for old in assignment.sheets.current():
        move(old, SheetState.SUPERSEDED, by=by, at=at)
    (sheet,) = add_sheets(contest, [details], {assignment.pk: last_version(assignment)}, at)
    Draft.objects.filter(assignment=assignment).delete()
    assignment.readings.all().delete()
    revised(assignment)
    body = {"version": sheet.version, "content": commitment_of(contest, sheet, details.marks), **said}
    events.record(contest, f"sheet.{sheet.state}", sheet, by=by, at=at, body=body)
    return sheet


def last_version(assignment: Assignment) -> int:
    return assignment.sheets.order_by("-version").values_list("version", flat=True).first() or 0


def commitment_of(contest: Contest, sheet: Sheet, marks: Mapping[Criterion, int]) -> str:
    """What the log keeps of marks: it tells none of them and lets none be changed."""
    content = canonical([sheet.key, sorted([one.pk, points] for one, points in marks.items())])
    return contest.mint.commitment("sheet", content)


@transaction.atomic
def recuse(*, assignment: Assignment, reason: str, save: str, by: User, at: datetime) -> Sheet:
    """The judge knows the work: no marks, and from now on a conflict like any other."""
    assignment = locked_to_count(assignment)
    if done := done_before(assignment, save, SheetState.RECUSED):
        return done
    if denial := why_not_mark(by, assignment, at=at):
        raise Refused(denial)
    details = SheetDetails(assignment, {}, is_recused=True, reason=reason, save_key=save)
    sheet = put_in_place(details, by=by, at=at)
    Conflict.objects.create(judge=assignment.judge, entry=assignment.entry, source=ConflictSource.RECUSAL)
    return sheet


@transaction.atomic
def ask_question(
    *, assignment: Assignment, kind: QuestionKind, text: str, save: str, by: User, at: datetime
) -> Question:
    """A doubt or a problem, for the office to answer. It changes no mark."""
    assignment = locked(assignment)
    asked: Question | None = assignment.questions.filter(save_key=save).first()
    if asked is not None and (asked.kind, asked.text) == (kind, text):
        return asked
    save = random_key() if asked else save  # the same form, filled in anew
    if denial := why_not_see_work(by, assignment, at=at):
        raise Refused(denial)
    made = Question.objects.create(assignment=assignment, kind=kind, text=text, save_key=save, asked_at=at)
    events.record(assignment.judge.contest, "question.asked", made, by=by, at=at, body={"kind": str(kind)})
    return made


@transaction.atomic
def answer_question(*, question: Question, text: str, by: User, at: datetime) -> None:
    """raises   Refused "question-answered" where somebody was faster"""
    if denial := why_not_answer_question(by, question, at=at):
        raise Refused(denial)
    still_open = Question.objects.filter(pk=question.pk, answered_at=None)
    if not still_open.update(answer=text, answered_at=at, answered_by=by):
        raise Refused(Denial("question-answered"))
    events.record(question.assignment.round.contest, "question.answered", question, by=by, at=at)


@transaction.atomic
def reopen_sheet(*, sheet: Sheet, reason: str, by: User, at: datetime) -> None:
    """The judge may correct it: until it is handed in again it counts nowhere, and its marks stand as typed.

    A recused sheet that is opened again is none any more, and its conflict goes with it. Where the decision had begun,
    judging goes on.
    """
    assignment = locked_to_count(sheet.assignment)
    sheet.refresh_from_db()
    if denial := why_not_reopen(by, sheet, at=at):
        raise Refused(denial)
    if not reason.strip():
        raise Refused(Denial("say-why"))
    if sheet.state == SheetState.RECUSED:
        move(sheet, SheetState.SUPERSEDED, by=by, at=at, reopening=reason)
        own = Conflict.objects.filter(judge=assignment.judge, entry=assignment.entry, source=ConflictSource.RECUSAL)
        own.delete()
    else:
        move(sheet, SheetState.REOPENED, by=by, at=at, reopening=reason)
        typed_again(sheet, at=at)
    revised(assignment)
    contest = assignment.judge.contest
    if contest.state == ContestState.DECISION:
        move(contest, ContestState.JUDGING, by=by, at=at)


def typed_again(sheet: Sheet, *, at: datetime) -> None:
    values = {"last_save": "", "marks": marks_in(sheet), "comment": sheet.comment, "feedback": sheet.feedback}
    Draft.objects.update_or_create(assignment=sheet.assignment, defaults=values | {"saved_at": at})
