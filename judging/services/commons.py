"""Common entries: chosen by the office, given to every judge, compared when all are in."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Count, Q, QuerySet

from competition import events
from competition.errors import Denial, Refused
from competition.models import Contest, Entry, User
from competition.services.entering import numbers_of
from judging.access import why_not_assign_judges, why_not_release_comparison
from judging.commons import common_waited_for, of_common
from judging.conflicts import allowed_judges, conflict_reasons
from judging.core.calibration import FEWEST_OTHERS
from judging.models import Assignment, CommonSet, Criterion, Judge, Rubric, Sheet
from judging.selectors import entries_taking_part
from judging.services.assignments import TOUCHED
from judging.states import AssignedBy

FEWEST = FEWEST_OTHERS + 1
NAMED = 5


@transaction.atomic
def choose_common_entries(
    *, rubric: Rubric, entries: Sequence[Entry], is_first: bool, by: User, at: datetime
) -> CommonSet:
    """These are marked by all judges of the track in this round; who may not judge one does not get it.

    Loads, limits of institutions and panels do not stop them: everybody marks the same. An entry that was taken out
    stays with those who have begun it. Sent again it gives them to judges who came meanwhile.

    raises   Refused "common-none", "common-unknown", "common-measured", "common-released"
    """
    contest = Contest.objects.select_for_update().get(pk=rubric.round.contest_id)
    if denial := why_not_assign_judges(by, contest, at=at) or why_not_common(rubric, entries):
        raise Refused(denial)
    one, _made = CommonSet.objects.get_or_create(round=rubric.round, track=rubric.track)
    if one.released_at is not None:
        raise Refused(Denial("common-released"))
    one.is_first = is_first
    one.save(update_fields=["is_first"])
    kept = {entry.pk for entry in entries}
    removed = take_away(of_common(one).exclude(entry__in=kept))
    one.entries.set(entries)
    body = {"entries": len(entries), "first": is_first, "created": give(rubric, entries), "removed": removed}
    events.record(contest, "common.chosen", one, by=by, at=at, body=body)
    return one


def why_not_common(rubric: Rubric, entries: Sequence[Entry]) -> Denial | None:
    if rubric.is_measured:
        return Denial("common-measured", {"track": rubric.track.label})
    if not entries:
        return Denial("common-none")
    there = set(entries_taking_part(rubric).filter(pk__in=[one.pk for one in entries]).values_list("pk", flat=True))
    unknown = [one for one in entries if one.pk not in there]
    return Denial("common-unknown", {"numbers": numbers_of(unknown)}) if unknown else None


def give(rubric: Rubric, entries: Sequence[Entry]) -> int:
    missing = not_given(rubric, entries)
    Assignment.objects.bulk_create(
        Assignment(round=rubric.round, entry=entry, judge=judge, by=AssignedBy.COMMON) for entry, judge in missing
    )
    return len(missing)


def not_given(rubric: Rubric, entries: Sequence[Entry]) -> list[tuple[Entry, Judge]]:
    """Judges of the track who may mark these and do not have them."""
    contest = rubric.round.contest
    barred = conflict_reasons(contest, entries={one.pk for one in entries})
    rows = Assignment.objects.filter(round=rubric.round_id, entry__in=entries)
    has = set(rows.values_list("judge", "entry"))
    return [
        (entry, judge)
        for judge in allowed_judges(contest, rubric.track_id)
        for entry in entries
        if (judge.pk, entry.pk) not in has and (judge.pk, entry.pk) not in barred
    ]


def over_their_load(judges: Sequence[Judge]) -> list[Judge]:
    """Those who have more than they said they take; told, not refused."""
    rows = Assignment.objects.filter(judge__in=judges, entry__in=Entry.objects.countable())
    loads = Counter(rows.values_list("judge", flat=True))
    return [one for one in judges if one.max_load and loads[one.pk] > one.max_load]


def take_away(rows: QuerySet[Assignment]) -> int:
    """Of what was given as common: where nobody has begun, it goes."""
    gone = list(rows.filter(by=AssignedBy.COMMON).exclude(TOUCHED).values_list("pk", flat=True))
    Assignment.objects.filter(pk__in=gone).delete()
    return len(gone)


@transaction.atomic
def drop_common_entries(*, common: CommonSet, by: User, at: datetime) -> None:
    """They are entries like others again. What a judge has begun stays with them.

    raises   Refused "common-released"
    """
    contest = Contest.objects.select_for_update().get(pk=common.round.contest_id)
    if denial := why_not_assign_judges(by, contest, at=at):
        raise Refused(denial)
    common = locked(common)
    if common.released_at is not None:
        raise Refused(Denial("common-released"))
    removed = take_away(of_common(common))
    events.record(contest, "common.dropped", common, by=by, at=at, body={"removed": removed})
    common.delete()


@transaction.atomic
def release_comparison(*, common: CommonSet, by: User, at: datetime) -> CommonSet:
    """Every judge who handed in sees from now on how they marked beside the others, on these sheets as they stand.

    Only when nothing is waited for: where one sheet more came in, its marks could be worked out from what changed.

    raises   Refused "common-waited-for", "common-few"
    """
    contest = Contest.objects.select_for_update().get(pk=common.round.contest_id)
    if denial := why_not_release_comparison(by, contest, at=at):
        raise Refused(denial)
    common = locked(common)
    if common.released_at is not None:
        return common
    if waiting := common_waited_for(common):
        cases = "、".join(f"{row.judge.code} → {row.entry.number}" for row in waiting[:NAMED])
        raise Refused(Denial("common-waited-for", {"cases": cases + ("…" if len(waiting) > NAMED else "")}))
    sheets = complete_sheets(common)
    if max(Counter(one.assignment.entry_id for one in sheets).values(), default=0) < FEWEST:
        raise Refused(Denial("common-few", {"fewest": FEWEST}))
    common.compared.set(sheets)
    common.released_at = at
    common.save(update_fields=["released_at"])
    events.record(contest, "common.released", common, by=by, at=at, body={"sheets": len(sheets)})
    return common


def complete_sheets(common: CommonSet) -> list[Sheet]:
    size = Criterion.objects.filter(rubric__round=common.round_id, rubric__track=common.track_id).count()
    sheets = Sheet.objects.standing().filter(assignment__in=of_common(common)).select_related("assignment")
    return list(sheets.annotate(marked=Count("marks")).filter(~Q(marked=0), marked=size).order_by("pk"))


@transaction.atomic
def take_back_comparison(*, common: CommonSet, by: User, at: datetime) -> CommonSet:
    """Nobody sees it any more."""
    contest = Contest.objects.select_for_update().get(pk=common.round.contest_id)
    if denial := why_not_release_comparison(by, contest, at=at):
        raise Refused(denial)
    common = locked(common)
    if common.released_at is None:
        return common
    common.compared.clear()
    common.released_at = None
    common.save(update_fields=["released_at"])
    events.record(contest, "common.taken-back", common, by=by, at=at)
    return common


def locked(common: CommonSet) -> CommonSet:
    """raises   Refused "changed-meanwhile" where it is gone"""
    rows = CommonSet.objects.select_for_update(of=("self",)).select_related("round__contest", "track")
    found = rows.filter(pk=common.pk).first()
    if found is None:
        raise Refused(Denial("changed-meanwhile", {"thing": common}))
    return found
