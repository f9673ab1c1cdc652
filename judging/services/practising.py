"""A judge marks a work to practise on. It is in no pile, and what is typed here never becomes a mark that counts."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from competition import events
from competition.access import HIDDEN
from competition.errors import Refused
from competition.models import Contest, User
from judging.access_to_practice import WorkOfJudge, why_not_mark_practice
from judging.models import Criterion, Judge, PracticeMark, PracticeSheet, PracticeWork
from judging.practising import rubric_of_practice, scale_of
from judging.services.practice import why_not_all


@transaction.atomic
def save_practice_sheet(
    *, judge: Judge, work: PracticeWork, marks: Mapping[Criterion, int], hands_in: bool, by: User, at: datetime
) -> PracticeSheet:
    """Keep the marks; handed in they stay. Saved only they are in no log, like any draft.

    Of two windows the later one stands: here nothing is lost that counts.

    raises   Refused "marks-missing" where it is handed in with a blank, "practice-handed-in"
    """
    contest = Contest.objects.select_for_update(no_key=True).get(judges=judge)
    works = PracticeWork.objects.select_related("practice__round__contest", "practice__track")
    found = works.filter(pk=work.pk).first()
    if found is None:
        raise Refused(HIDDEN)
    if denial := why_not_mark_practice(by, WorkOfJudge(judge, found), at=at):
        raise Refused(denial)
    rubric = rubric_of_practice(found.practice)
    if hands_in and (denial := why_not_all(list(rubric.criteria.all()), marks)):
        raise Refused(denial)
    values = {
        "scale": scale_of(rubric), "saved_at": at, "handed_in_at": at if hands_in else None, "is_compared": False,
    }  # fmt: skip
    sheet, _made = PracticeSheet.objects.update_or_create(work=found, judge=judge, defaults=values)
    sheet.marks.all().delete()
    PracticeMark.objects.bulk_create(
        PracticeMark(sheet=sheet, criterion=one, points=points) for one, points in marks.items()
    )
    if hands_in:
        events.record(contest, "practice.handed-in", sheet, by=by, at=at)
    return sheet
