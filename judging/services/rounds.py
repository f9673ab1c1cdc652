"""Rounds, rubrics and who takes part."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.db.models import ProtectedError, Q

from competition import events
from competition.access import why_not_set_up
from competition.errors import Denial, Refused
from competition.models import Contest, Entry, Track, User
from competition.presets import Preset
from competition.services.upsert import upsert
from competition.states import ContestState
from judging.access import why_not_keep_judges
from judging.models import Assignment, Criterion, Mark, Round, RoundEntry, Rubric
from judging.services.measured_rubrics import refuse_remeasuring, refuse_unsound, release_judges
from judging.states import Combine, Measure, Method, RubricKind


@dataclass(frozen=True)
class RoundDetails:
    """code   of a round that is there, which may get another name; "" where the name is the code"""

    name: str
    name_en: str = ""
    weight: Decimal = Decimal(1)
    is_for_finalists: bool = False
    code: str = ""


@dataclass(frozen=True)
class CriterionDetails:
    """`maximum` in the rubric's unit, 10^-places points. `anchors`: what marks mean, one level a line; None
    leaves them as they are."""

    name: str
    maximum: int
    name_en: str = ""
    weight: Decimal = Decimal(1)
    anchors: str | None = None


@dataclass(frozen=True)
class MeasureDetails:
    """What a referee measures, how often, and what of it counts."""

    measure: str = Measure.POINTS_TIME
    attempts: int = 2
    combine: str = Combine.BEST


@dataclass(frozen=True)
class RubricDetails:
    """measured   None where judges mark; else it has no criteria"""

    round: str
    track: Track
    criteria: tuple[CriterionDetails, ...]
    method: str = Method.MEAN
    reviews: int = 3
    places: int = 2
    measured: MeasureDetails | None = None

    def row(self, one: Round) -> Rubric:
        row = Rubric(round=one, track=self.track, places=self.places, method=self.method, reviews=self.reviews)
        if self.measured:
            row.kind, row.measure = RubricKind.MEASURED, self.measured.measure
            row.attempts, row.combine = self.measured.attempts, self.measured.combine
        return row


@transaction.atomic
def save_rounds(*, contest: Contest, rounds: Sequence[RoundDetails], by: User | None, at: datetime) -> dict[str, Round]:
    wanted = [
        Round(
            contest=contest,
            code=one.code or one.name,
            order=order,
            label_zh=one.name,
            label_en=one.name_en,
            weight=one.weight,
            is_for_finalists=one.is_for_finalists,
        )
        for order, one in enumerate(rounds, 1)
    ]
    fields = ["order", "label_zh", "label_en", "weight", "is_for_finalists"]
    saved = upsert(contest.rounds.all(), ["code"], wanted, fields)
    if saved.has_changes:
        events.record(contest, "rounds.saved", contest, by=by, at=at, body={"rounds": len(wanted)})
    return saved.rows


@transaction.atomic
def save_rubrics(
    *,
    contest: Contest,
    rounds: dict[str, Round],
    rubrics: Sequence[RubricDetails],
    by: User | None,
    at: datetime,
) -> dict[tuple[str, int], Rubric]:
    """The rubrics by (round, track). A criterion that carries marks cannot go away.

    raises   Refused "criterion-has-marks", "rubric-in-use", "measured-in-use", and what `refuse_unsound` refuses
    """
    for one in rubrics:
        refuse_other_points(rounds[one.round], one)
    rows = [one.row(rounds[one.round]) for one in rubrics]
    refuse_remeasuring(contest, rows)
    fields = ["kind", "places", "method", "reviews", "measure", "attempts", "combine"]
    saved = upsert(Rubric.objects.filter(round__contest=contest), ["round_id", "track_id"], rows, fields)
    for one in rubrics:
        if one.measured:
            release_judges(rounds[one.round], one.track.pk)
    by_name = {(one.round, one.track.pk): saved.rows[rounds[one.round].pk, one.track.pk] for one in rubrics}
    existing = Criterion.objects.filter(rubric__round__contest=contest)
    anchors = {(rubric, name): text for rubric, name, text in existing.values_list("rubric", "label_zh", "anchors")}
    wanted = [
        criterion_of(by_name[one.round, one.track.pk], order, criterion, anchors)
        for one in rubrics
        for order, criterion in enumerate(one.criteria, 1)
    ]
    fields = ["order", "label_en", "maximum", "weight", "anchors"]
    criteria = upsert(existing, ["rubric_id", "label_zh"], wanted, fields, trading="order")
    drop_criteria(criteria.unwanted)
    refuse_unsound(contest)
    if saved.has_changes or criteria.has_changes or criteria.unwanted:
        events.record(contest, "rubrics.saved", contest, by=by, at=at, body={"criteria": len(criteria.rows)})
    return by_name


def criterion_of(
    rubric: Rubric, order: int, wanted: CriterionDetails, anchors: Mapping[tuple[int, str], str]
) -> Criterion:
    """anchors   those that are there, by rubric and name: they stay where `wanted` says nothing of them"""
    return Criterion(
        rubric=rubric,
        order=order,
        label_zh=wanted.name,
        label_en=wanted.name_en,
        maximum=wanted.maximum,
        weight=wanted.weight,
        anchors=anchors.get((rubric.pk, wanted.name), "") if wanted.anchors is None else wanted.anchors,
    )


def refuse_other_points(one: Round, wanted: RubricDetails) -> None:
    """What judges typed online means points of these criteria in this unit: it may not come to mean others."""
    rubric = Rubric.objects.filter(round=one.pk, track=wanted.track).prefetch_related("criteria").first()
    if rubric is None:
        return
    now = {criterion.label_zh: criterion.maximum for criterion in rubric.criteria.all()}
    then = {criterion.name: criterion.maximum for criterion in wanted.criteria}
    typed = Assignment.objects.filter(round=one.pk, entry__track=wanted.track)
    is_online = typed.filter(Q(draft__isnull=False) | ~Q(sheets__save_key="") & Q(sheets__isnull=False)).exists()
    if is_online and (now, rubric.places) != (then, wanted.places):
        raise Refused(Denial("rubric-in-use", {"track": wanted.track.label}))


def drop_criteria(criteria: Sequence[Criterion]) -> None:
    if mark := Mark.objects.filter(criterion__in=criteria).select_related("criterion").first():
        raise Refused(Denial("criterion-has-marks", {"criterion": mark.criterion}))
    Criterion.objects.filter(pk__in=[criterion.pk for criterion in criteria]).delete()


@transaction.atomic
def fill_rounds(*, contest: Contest, by: User | None, at: datetime) -> None:
    """All that passed take part in the rounds that are not for finalists only, as far as their track is judged there.

    raises   Refused "rubric-missing", "judges-missing"
    """
    if lacking := tracks_without_rubric(contest):
        raise Refused(Denial("rubric-missing", {"tracks": ", ".join(one.label for one in lacking)}))
    entries = list(Entry.objects.countable().filter(contest=contest, track__is_by_minutes=False).order_by("order"))
    marked = set(Rubric.objects.marked().filter(round__contest=contest).values_list("track", flat=True))
    to_mark = [entry for entry in entries if entry.track_id in marked]
    if to_mark and not contest.judges.filter(is_active=True).exists():
        raise Refused(Denial("judges-missing", {"entries": len(to_mark)}))
    judged = tracks_of_rounds(contest)
    rounds = contest.rounds.filter(is_for_finalists=False)
    wanted = {one: [entry for entry in entries if entry.track_id in judged[one.pk]] for one in rounds}
    save_round_entries(contest=contest, wanted=wanted, by=by, at=at)


def tracks_of_rounds(contest: Contest) -> dict[int, set[int]]:
    """Which tracks are judged in which round: those that have a rubric there."""
    found: dict[int, set[int]] = defaultdict(set)
    for one, track in Rubric.objects.filter(round__contest=contest).values_list("round", "track"):
        found[one].add(track)
    return found


@transaction.atomic
def take_part_late(entry: Entry, *, by: User | None, at: datetime) -> None:
    """Who passes while it is judged takes part like the others: nobody is left unjudged because the office was late."""
    if entry.contest.state not in (ContestState.JUDGING, ContestState.DECISION) or entry.track.is_by_minutes:
        return
    for one in entry.contest.rounds.filter(is_for_finalists=False, rubrics__track=entry.track_id):
        RoundEntry.objects.get_or_create(round=one, entry=entry)
    events.record(entry.contest, "entry.joined", entry, by=by, at=at)


@transaction.atomic
def save_round_entries(
    *, contest: Contest, wanted: Mapping[Round, Sequence[Entry]], by: User | None, at: datetime
) -> None:
    """Who takes part in which round."""
    saved = upsert(
        RoundEntry.objects.filter(round__contest=contest),
        ["round_id", "entry_id"],
        [RoundEntry(round=one, entry=entry) for one, entries in wanted.items() for entry in entries],
        [],
    )
    if saved.drop_unwanted() or saved.has_changes:
        body = {"in": len(saved.rows), "out": len(saved.unwanted)}
        events.record(contest, "rounds.filled", contest, by=by, at=at, body=body)


@transaction.atomic
def change_rounds(*, contest: Contest, rounds: Sequence[RoundDetails], by: User, at: datetime) -> None:
    """Make these the rounds, in this order. One that has sheets stays.

    raises   Refused "round-in-use", "round-twice", why the contest may not be set up, and what `refuse_unsound` refuses
    """
    if denial := why_not_set_up(by, contest, at=at):
        raise Refused(denial)
    kept = {one.code or one.name for one in rounds}
    if len(kept) < len(rounds):
        raise Refused(Denial("round-twice"))
    for gone in contest.rounds.exclude(code__in=kept):
        try:
            gone.delete()
        except ProtectedError as fault:
            raise Refused(Denial("round-in-use", {"found": gone})) from fault
    save_rounds(contest=contest, rounds=rounds, by=by, at=at)
    refuse_unsound(contest)


@transaction.atomic
def date_round(
    *,
    one: Round,
    opens_at: datetime | None,
    closes_at: datetime | None,
    grace_minutes: int,
    by: User,
    at: datetime,
) -> None:
    """When judges mark, and how long after the end a sheet still goes in; also while they do."""
    if denial := why_not_keep_judges(by, one.contest, at=at):
        raise Refused(denial)
    if opens_at and closes_at and opens_at >= closes_at:
        raise Refused(Denial("round-ends-first", {"round": one.label}))
    one.opens_at, one.closes_at, one.grace_minutes = opens_at, closes_at, grace_minutes
    one.save(update_fields=["opens_at", "closes_at", "grace_minutes"])
    body = {"round": one.order, "closes": closes_at.isoformat() if closes_at else "", "grace": grace_minutes}
    events.record(one.contest, "round.dated", one.contest, by=by, at=at, body=body)


@transaction.atomic
def change_rubric(*, contest: Contest, rubric: RubricDetails, by: User, at: datetime) -> None:
    """The rubric of one track in one round; neither measured nor with criteria it goes. The others stay as they are.

    raises   Refused "criterion-has-marks", "criterion-twice", and why the contest may not be set up
    """
    if denial := why_not_set_up(by, contest, at=at):
        raise Refused(denial)
    names = [one.name for one in rubric.criteria]
    if twice := next((name for at_, name in enumerate(names) if name in names[:at_]), None):
        raise Refused(Denial("criterion-twice", {"found": twice}))
    place = (rubric.round, rubric.track.pk)
    others = [one for one in rubrics_as_details(contest) if (one.round, one.track.pk) != place]
    is_wanted = bool(rubric.criteria or rubric.measured)
    wanted = [*others, rubric] if is_wanted else others
    rounds = {one.code: one for one in contest.rounds.all()}
    save_rubrics(contest=contest, rounds=rounds, rubrics=wanted, by=by, at=at)
    if not is_wanted:
        Rubric.objects.filter(round__contest=contest, round__code=rubric.round, track=rubric.track).delete()


def rubrics_as_details(contest: Contest) -> list[RubricDetails]:
    """As they stand, in the words in which they are saved."""
    rows = Rubric.objects.filter(round__contest=contest).select_related("round", "track").prefetch_related("criteria")
    return [
        RubricDetails(
            one.round.code,
            one.track,
            tuple(CriterionDetails(c.label_zh, c.maximum, c.label_en, c.weight, c.anchors) for c in one.criteria.all()),
            one.method,
            one.reviews,
            one.places,
            MeasureDetails(one.measure, one.attempts, one.combine) if one.is_measured else None,
        )
        for one in rows
    ]


def tracks_without_rubric(contest: Contest) -> list[Track]:
    """Tracks that are marked or measured, have entries that passed, and nobody said how."""
    judged = contest.tracks.filter(is_by_minutes=False, entries__in=Entry.objects.countable())
    return list(judged.exclude(rubrics__round__contest=contest).distinct())


@transaction.atomic
def preset_rubrics(preset: Preset, made: Contest, *, by: User, at: datetime) -> None:
    """One round with the rubrics that a preset brings."""
    tracks = {one.label_zh: one for one in made.tracks.all()}
    rubrics = [
        RubricDetails(
            preset.round[0],
            tracks[one.label_zh],
            tuple(CriterionDetails(zh, maximum, en) for zh, en, maximum in one.rubric.get("criteria", ())),
            one.rubric.get("method", Method.MEAN),
            one.rubric.get("reviews", 3),
            places=0,
            measured=MeasureDetails(**one.rubric["measured"]) if "measured" in one.rubric else None,
        )
        for one in preset.tracks
        if one.rubric
    ]
    if rubrics:
        rounds = save_rounds(contest=made, rounds=[RoundDetails(*preset.round)], by=by, at=at)
        save_rubrics(contest=made, rounds=rounds, rubrics=rubrics, by=by, at=at)
