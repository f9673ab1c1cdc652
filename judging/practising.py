"""Works to practise on: which a judge has, and what is left of them. Reads only; nothing that counts is looked at."""

from collections.abc import Sequence

from django.db.models import Exists, OuterRef, QuerySet

from competition.core.canon import digest
from judging.models import Assignment, Criterion, Judge, PracticeSet, PracticeSheet, PracticeWork, Rubric


def scale_of(rubric: Rubric) -> str:
    """Changes with the criteria, their points and the unit: marks of another scale say nothing any more."""
    criteria: Sequence[Criterion] = list(rubric.criteria.all())
    return digest([rubric.places, sorted([one.pk, one.maximum] for one in criteria)])


def rubric_of_practice(one: PracticeSet) -> Rubric:
    rubrics = Rubric.objects.select_related("round", "track").prefetch_related("criteria")
    return rubrics.get(round=one.round_id, track=one.track_id)


def practises(judge: Judge, track_id: int) -> bool:
    """Who may mark a track practises there; the rule is `conflicts.allowed_judges`."""
    tracks = {track.pk for track in judge.tracks.all()}
    return not tracks or track_id in tracks


def practice_sets() -> QuerySet[PracticeSet]:
    """Where judges mark: a rubric may have gone since, or referees measure now."""
    marked = Rubric.objects.marked().filter(round=OuterRef("round"), track=OuterRef("track"))
    return PracticeSet.objects.filter(Exists(marked))


def practice_sets_of(judge: Judge) -> list[PracticeSet]:
    """In their tracks, with a work at least, where judges mark."""
    rows = practice_sets().filter(round__contest=judge.contest_id, works__isnull=False).distinct()
    rows = rows.select_related("round__contest", "track").order_by("round__order", "track__order")
    return [one for one in rows if practises(judge, one.track_id)]


def sheets_of(one: PracticeSet, scale: str) -> QuerySet[PracticeSheet]:
    """Handed in by judges, on the criteria as they are."""
    return PracticeSheet.objects.filter(
        work__practice=one, judge__isnull=False, scale=scale, handed_in_at__isnull=False
    )


def practice_left(one: PracticeSet, judge: Judge) -> list[PracticeWork]:
    """What the judge has not handed in; nothing where judges do not mark (any more)."""
    rubrics = Rubric.objects.marked().prefetch_related("criteria").order_by("pk")
    rubric = rubrics.filter(round=one.round_id, track=one.track_id).first()
    if rubric is None:
        return []
    done = sheets_of(one, scale_of(rubric)).filter(judge=judge).values("work")
    return list(one.works.exclude(pk__in=done))


def practice_before(assignment: Assignment) -> list[PracticeWork]:
    """What its judge practises before this work opens; nothing where a sheet of it is there already."""
    place = {"round": assignment.round_id, "track": assignment.entry.track_id}
    # asked with every save: one row by its key, without the tables that the default order joins
    one = PracticeSet.objects.filter(**place, is_first=True).order_by("pk").first()
    if one is None or not practises(assignment.judge, one.track_id) or assignment.sheets.current().exists():
        return []
    return practice_left(one, assignment.judge)
