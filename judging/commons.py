"""Common entries of a track in a round: whose sheets of them are still expected. Reads only."""

from collections.abc import Collection

from django.db.models import QuerySet

from competition.states import EntryState
from judging.conflicts import conflict_reasons
from judging.models import Assignment, CommonSet, Judge, RoundEntry, Sheet
from judging.states import SheetState


def of_common(one: CommonSet, judge: Judge | None = None) -> QuerySet[Assignment]:
    """Its entries with the judges who have them; or of one judge."""
    rows = Assignment.objects.filter(round=one.round_id, entry__in=one.entries.all())
    return rows.filter(judge=judge) if judge else rows


def common_waited_for(one: CommonSet, judge: Judge | None = None) -> list[Assignment]:
    """What is neither handed in nor stepped back from, and can be: the judge is here and may, the entry takes part.

    What the office opened again is waited for as well.
    """
    done = Sheet.objects.filter(state__in=[SheetState.SUBMITTED, SheetState.RECUSED]).values("assignment")
    there = RoundEntry.objects.taking_part().filter(round=one.round_id).values("entry")
    rows = of_common(one, judge).exclude(pk__in=done).filter(entry__state=EntryState.PASSED, entry__in=there)
    rows = rows.filter(judge__in=one.round.contest.judges.assignable())
    return without_conflicts(list(rows.select_related("judge", "entry").order_by("judge__code", "entry__order")), judge)


def without_conflicts(rows: list[Assignment], judge: Judge | None) -> list[Assignment]:
    entries: Collection[int] = {row.entry_id for row in rows}
    barred = conflict_reasons(rows[0].judge.contest, judge=judge, entries=entries) if rows else {}
    return [row for row in rows if (row.judge_id, row.entry_id) not in barred]


def common_before(assignment: Assignment) -> list[Assignment]:
    """What its judge has to hand in before this work opens; nothing where a sheet of it is there already.

    A common entry that the office opened again closes nothing: it was handed in once.
    """
    track = assignment.entry.track_id
    sets = CommonSet.objects.filter(round=assignment.round_id, track=track, is_first=True)
    one = sets.select_related("round__contest").order_by("pk").first()
    if one is None or one.entries.filter(pk=assignment.entry_id).exists() or assignment.sheets.current().exists():
        return []
    waiting = common_waited_for(one, assignment.judge)
    begun = set(Sheet.objects.current().filter(assignment__in=waiting).values_list("assignment", flat=True))
    return [row for row in waiting if row.pk not in begun]
