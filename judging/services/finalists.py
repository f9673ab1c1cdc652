"""The entries of a round from the one before: proposed, looked at, chosen; then their list is published."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from django.db import transaction
from django.db.models import Q

from competition import events
from competition.core.canon import digest
from competition.errors import Denial, Refused
from competition.models import Contest, Division, Entry, Track, User
from competition.services.agreeing import asked_of, refuse_alone
from competition.services.locks import locked_contest
from competition.states import StepKind
from judging.access import why_not_choose_finalists
from judging.core.finalists import SCORE, Cut, GoingOn, Key, going_on
from judging.core.measured import TIME, rank_key
from judging.core.scores import published
from judging.core.standings import RoundScore
from judging.models import Assignment, Attempt, Round, RoundEntry, Rubric
from judging.services.assignments import TRACED
from judging.services.standings import scores_in
from judging.states import Attendance

NAMED = 5


@dataclass(frozen=True)
class Group:
    """Entries that are compared with each other: of one track, or of one division of it.

    scores    what is compared, by entry: published scores; where it is measured with the time; None without a score
    missing   sheets, or confirmed attempts, that are still expected
    rubric    of the round before
    """

    track: Track
    division: Division | None
    entries: list[Entry]
    scores: dict[int, Key | None]
    missing: int
    result: GoingOn
    rubric: Rubric


@dataclass(frozen=True)
class Choice:
    """Who would go on to `round`."""

    round: Round
    before: Round
    groups: list[Group]

    @cached_property
    def chosen(self) -> set[int]:
        return {entry for group in self.groups for entry in group.result.chosen}

    @property
    def missing(self) -> int:
        return sum(group.missing for group in self.groups)

    @property
    def missing_attempts(self) -> int:
        return sum(group.missing for group in self.groups if group.rubric.is_measured)

    @property
    def missing_sheets(self) -> int:
        return self.missing - self.missing_attempts

    @property
    def digest(self) -> str:
        """What was shown: something else is not done."""
        return digest([self.round.pk, sorted(self.chosen), self.missing])


def round_before(one: Round) -> Round | None:
    return one.contest.rounds.filter(order__lt=one.order).order_by("order").last()


def tracks_by_time(one: Round) -> set[int]:
    """Those of which the round before measures time alone, by primary key."""
    before = round_before(one)
    return set(before.rubrics.filter(measure=TIME).values_list("track", flat=True)) if before else set()


def propose_finalists(one: Round, cuts: Mapping[int, Cut], *, by_division: bool) -> Choice:
    """Reads only. The entries of a track that has no cut do not go on.

    cuts   by primary key of the track
    """
    contest = one.contest
    before = round_before(one)
    if before is None:
        raise ValueError("the first round takes nobody from another")
    scores = scores_in(before)
    rubrics = {rubric.track_id: rubric for rubric in before.rubrics.all()}
    rows = Entry.objects.filter(pk__in=scores).select_related("track", "division", "school")
    places = contest.places
    groups: dict[tuple[int, int | None], list[Entry]] = {}
    for entry in rows.order_by("track__order", "division__order", "order"):
        if entry.track_id in cuts:
            groups.setdefault((entry.track_id, entry.division_id if by_division else None), []).append(entry)
    found = []
    for (track, _), entries in groups.items():
        mine = {entry.pk: key_of(scores[entry.pk], rubrics[track], places) for entry in entries}
        missing = sum(scores[entry.pk].missing for entry in entries)
        division = entries[0].division if by_division else None
        result = going_on(mine, cuts[track])
        found.append(Group(entries[0].track, division, entries, mine, missing, result, rubrics[track]))
    return Choice(one, before, found)


def key_of(one: RoundScore, rubric: Rubric, places: int) -> Key | None:
    return rank_key(one, places) if rubric.is_measured else published(one.score, places)


@transaction.atomic
def choose_finalists(
    *, one: Round, cuts: Mapping[int, Cut], by_division: bool, shown: str, by: User, at: datetime
) -> int:
    """Let those take part in this round; how many. Chosen again, they are those of the last choice.

    shown    the digest of the choice that the person looked at
    raises   Refused "round-not-complete", "round-not-measured", "finalists-changed", "finalists-published",
             "finalists-begun", "finalists-measured", "cut-of-time"
    """
    Contest.objects.select_for_update().get(pk=one.contest_id)
    one = Round.objects.select_related("contest").get(pk=one.pk)
    if denial := why_not_choose_finalists(by, one, at=at):
        raise Refused(denial)
    if one.finalists_at is not None:
        raise Refused(Denial("finalists-published"))
    choice = propose_finalists(one, cuts, by_division=by_division)
    if timed := [group.track for group in choice.groups if is_score_of_time(group, cuts)]:
        raise Refused(Denial("cut-of-time", {"track": timed[0].label}))
    if choice.missing_sheets:
        raise Refused(Denial("round-not-complete", {"round": choice.before.label, "missing": choice.missing_sheets}))
    if choice.missing_attempts:
        raise Refused(Denial("round-not-measured", {"round": choice.before.label, "missing": choice.missing_attempts}))
    if choice.digest != shown:
        raise Refused(Denial("finalists-changed"))
    put_in(one, choice.chosen)
    one.cut = {"cuts": cuts_as_said(cuts), "by_division": by_division}
    one.save(update_fields=["cut"])
    body = {"round": one.order, "finalists": len(choice.chosen), "choice": choice.digest}
    events.record(one.contest, "finalists.chosen", one.contest, by=by, at=at, body=body)
    return len(choice.chosen)


def is_score_of_time(group: Group, cuts: Mapping[int, Cut]) -> bool:
    """Where time alone is measured there is no score that a cut could name."""
    return group.rubric.measure == TIME and cuts[group.track.pk].kind == SCORE


def cuts_as_said(cuts: Mapping[int, Cut]) -> dict[str, list[str | bool]]:
    return {str(track): [cut.kind, str(cut.value), cut.with_tied] for track, cut in cuts.items()}


def put_in(one: Round, chosen: set[int]) -> None:
    out = one.round_entries.exclude(entry__in=chosen)
    begun = Assignment.objects.filter(TRACED, round=one, entry__in=out.values("entry")).distinct()
    if numbers := sorted({row.entry.number for row in begun.select_related("entry")}):
        raise Refused(Denial("finalists-begun", {"entries": ", ".join(numbers[:NAMED])}))
    measured = Attempt.objects.current().filter(round=one, entry__in=out.values("entry")).order_by("entry__order")
    if numbers := list(dict.fromkeys(measured.values_list("entry__number", flat=True))):
        raise Refused(Denial("finalists-measured", {"entries": ", ".join(numbers[:NAMED])}))
    met = out.filter(Q(state__in=(Attendance.PRESENT, Attendance.ABSENT)) | Q(room__isnull=False) | ~Q(booth=""))
    if numbers := sorted(met.values_list("entry__number", flat=True)):
        raise Refused(Denial("finalists-met", {"entries": ", ".join(numbers[:NAMED])}))
    Assignment.objects.filter(round=one, entry__in=out.values("entry")).delete()
    out.delete()
    known = set(one.round_entries.values_list("entry", flat=True))
    RoundEntry.objects.bulk_create(RoundEntry(round=one, entry_id=entry) for entry in sorted(chosen - known))


@transaction.atomic
def publish_finalists(*, one: Round, by: User, at: datetime) -> None:
    """Everybody may read now who goes on.

    raises   Refused "no-finalists", "finalists-published", "second-person-missing"
    """
    locked_contest(one.contest_id)
    if denial := why_not_choose_finalists(asked_of(by), one, at=at):
        raise Refused(denial)
    refuse_alone(one.contest, StepKind.FINALISTS)
    if not one.round_entries.exists():
        raise Refused(Denial("no-finalists"))
    if not Round.objects.filter(pk=one.pk, finalists_at=None).update(finalists_at=at):
        raise Refused(Denial("finalists-published"))
    body = {"round": one.order, "finalists": one.round_entries.count()}
    events.record(one.contest, "finalists.published", one.contest, by=by, at=at, body=body)


@transaction.atomic
def take_finalists_back(*, one: Round, by: User, at: datetime) -> None:
    """The list is not public any more; who takes part stays as it is until it is chosen anew.

    raises   Refused "no-finalists", "second-person-missing"
    """
    locked_contest(one.contest_id)
    if denial := why_not_choose_finalists(asked_of(by), one, at=at):
        raise Refused(denial)
    refuse_alone(one.contest, StepKind.FINALISTS_BACK)
    if not Round.objects.filter(pk=one.pk).exclude(finalists_at=None).update(finalists_at=None):
        raise Refused(Denial("no-finalists"))
    events.record(one.contest, "finalists.taken-back", one.contest, by=by, at=at, body={"round": one.order})
