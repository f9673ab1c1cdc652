"""Which measured rounds a contest may have: what is not defined is refused at set-up, not guessed at afterwards."""

from collections.abc import Sequence

from competition.errors import Denial, Refused
from competition.models import Contest
from competition.states import ContestKind
from judging.models import Assignment, Attempt, Round, Rubric
from judging.services.assignments import TRACED
from judging.states import Combine, Measure


def refuse_unsound(contest: Contest) -> None:
    """Of the rounds and rubrics as they stand now, within the caller's transaction.

    raises   Refused "measured-award", "measured-and-marked", "measured-differs", "measured-twice", "measured-finer",
             "measured-sum-of-times"
    source   docs/rulebook.md "Measured rounds"
    """
    of_track: dict[int, list[Rubric]] = {}
    rows = Rubric.objects.filter(round__contest=contest).select_related("round", "track")
    for one in rows.order_by("track__order", "round__order"):
        of_track.setdefault(one.track_id, []).append(one)
    for rubrics in of_track.values():
        if any(one.is_measured for one in rubrics) and (denial := why_not_sound(contest, rubrics)):
            raise Refused(denial)


def why_not_sound(contest: Contest, rubrics: list[Rubric]) -> Denial | None:
    """rubrics   of one track in the order of its rounds, at least one of them measured"""
    facts = {"track": rubrics[0].track.label}
    if contest.kind == ContestKind.AWARD:
        return Denial("measured-award")
    if not all(one.is_measured for one in rubrics):
        return Denial("measured-and-marked", facts)
    if len({one.measure for one in rubrics}) > 1:
        return Denial("measured-differs", facts)
    if sum(not one.round.is_for_finalists for one in rubrics) > 1:
        return Denial("measured-twice", facts)
    if any(is_sum_of_times(one) for one in rubrics):
        return Denial("measured-sum-of-times", facts)
    if any(one.places > contest.places for one in rubrics):
        return Denial("measured-finer", facts | {"places": contest.places})
    return None


def is_sum_of_times(one: Rubric) -> bool:
    """Where an attempt without a result would save time: who broke down would stand before who finished."""
    return one.measure == Measure.POINTS_TIME and one.combine == Combine.SUM and one.attempts > 1


def refuse_remeasuring(contest: Contest, rubrics: Sequence[Rubric]) -> None:
    """What was measured means attempts of this kind in this unit: it may not come to mean others.

    rubrics   as they are about to be
    raises    Refused "measured-in-use"
    """
    names = ("kind", "measure", "attempts", "combine", "places")
    then = {(one.round_id, one.track_id): [getattr(one, name) for name in names] for one in rubrics}
    for now in Rubric.objects.measured().filter(round__contest=contest).select_related("track"):
        place = (now.round_id, now.track_id)
        is_other = place in then and then[place] != [getattr(now, name) for name in names]
        if is_other and Attempt.objects.filter(round=now.round_id, entry__track=now.track_id).exists():
            raise Refused(Denial("measured-in-use", {"track": now.track.label}))


def release_judges(one: Round, track: int) -> None:
    """Who was asked to mark what is measured now, and has not begun, is asked no more."""
    rows = Assignment.objects.filter(round=one, entry__track=track)
    Assignment.objects.filter(pk__in=list(rows.exclude(TRACED).values_list("pk", flat=True))).delete()
