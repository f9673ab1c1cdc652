"""Marks become standings, stored with all that made them."""

from collections import defaultdict
from dataclasses import dataclass, fields
from datetime import datetime
from fractions import Fraction
from operator import attrgetter
from typing import Any

import pandas as pd
from django.db import connection, transaction

from competition import events
from competition.core import VERSION
from competition.core.canon import canonical, canonical_rows, digest, digest_of_bytes
from competition.models import Contest, Entry, Track, User
from competition.services.rows import many_rows
from judging.core.measured import Attempted, measured_scores, placed_by_last_round
from judging.core.scores import ScoreInputError
from judging.core.standings import RULE_VERSION, Placed, RoundScore, RubricPlan, placed, round_scores
from judging.frames import attempts_by_round, marks_frame
from judging.models import Round, RoundEntry, Rubric, Standing, StandingRun
from judging.states import Attendance


@dataclass(frozen=True)
class Computed:
    """Standings with all that made them, not yet stored; `made` are fields of a run."""

    results: list[Placed]
    made: dict[str, Any]


@transaction.atomic
@many_rows()
def compute_standings(*, contest: Contest, by: User | None, at: datetime) -> StandingRun:
    """Standings of every track that is marked or measured. The same input gives the run that exists already."""
    computed = computed_standings(contest)
    known = contest.standing_runs.order_by("-pk").first()
    if known and all(getattr(known, name) == value for name, value in computed.made.items()):
        return known
    return store_run(contest, computed, by=by, at=at)


def computed_standings(contest: Contest) -> Computed:
    """Reads only: the list check asks for it again, and trusts no stored number."""
    frame, field = marks_frame(contest), field_of(contest)
    results: list[Placed] = []
    parameters: dict[str, Any] = {"places": contest.places, "tracks": {}}
    for track in contest.tracks.filter(is_by_minutes=False):
        track_results, used = standings_of(track, field, frame, contest.places)
        results += track_results
        parameters["tracks"][track.code] = used
    numbers = dict(contest.entries.values_list("pk", "number"))
    made = {
        "rule_version": RULE_VERSION,
        "code_version": VERSION,
        "parameters": parameters,
        "input_digest": input_digest(contest, frame, field, numbers),
        "result_digest": digest([result_line(one, numbers[one.entry]) for one in results]),
    }
    return Computed(results, made)


def result_line(one: Placed, number: str) -> list[Any]:
    """A time stands only where one is measured: other contests keep their digests."""
    time = [] if one.milliseconds is None else [one.milliseconds]
    return [number, one.stage, one.score, one.rank, one.missing, *time]


def stale_standings(run: StandingRun) -> list[str]:
    """Numbers of the entries whose stored standing is not what marks and rubric give now."""
    numbers = dict(run.contest.entries.values_list("pk", "number"))
    now = {one.entry: one for one in computed_standings(run.contest).results}
    stored = {one.entry_id: stored_place(one) for one in run.standings.all()}
    return [numbers[pk] for pk in dict.fromkeys([*stored, *now]) if stored.get(pk) != now.get(pk)]


def stored_place(one: Standing) -> Placed:
    return Placed(
        one.entry_id, one.stage, one.score, one.rank, one.sheets, one.missing, one.is_trimmed, one.milliseconds
    )


def store_run(contest: Contest, computed: Computed, *, by: User | None, at: datetime) -> StandingRun:
    number = contest.standing_runs.count() + 1
    run = StandingRun.objects.create(contest=contest, made_at=at, key=contest.mint.key("run", number), **computed.made)
    store_standings(run, computed.results)
    body = {"entries": len(computed.results), "input": run.input_digest, "result": run.result_digest}
    events.record(contest, "standings.computed", run, by=by, at=at, body=body)
    return run


def store_standings(run: StandingRun, results: list[Placed]) -> None:
    """Numbers alone, so straight into the table: made as objects first, each takes ten times as long."""
    names = [one.name for one in fields(Placed)]
    column_of = {one.name: str(one.column) for one in Standing._meta.concrete_fields}
    columns = [column_of[name] for name in ("run", *names)]
    said = ", ".join(map(connection.ops.quote_name, columns))
    places = ", ".join(["%s"] * len(columns))
    table = connection.ops.quote_name(Standing._meta.db_table)
    values = attrgetter(*names)
    rows = [(run.pk, *values(one)) for one in results]
    with connection.cursor() as cursor:
        cursor.executemany(f"INSERT INTO {table} ({said}) VALUES ({places})", rows)  # noqa: S608 (our own names)


@dataclass(frozen=True)
class Field:
    """Who competes, by primary keys: entries that count of each track in order, rubrics of each track by round, who
    takes part in each round, and who belonged to it and was absent; and what was measured in each."""

    entries: dict[int, list[int]]
    rubrics: dict[int, list[Rubric]]
    taking_part: dict[int, set[int]]
    absent: dict[int, set[int]]
    attempts: dict[int, list[Attempted]]

    def present(self, track: int, one: int) -> list[int]:
        return [entry for entry in self.entries[track] if entry in self.taking_part[one]]

    def gone(self, track: int, one: int) -> list[int]:
        return [entry for entry in self.entries[track] if entry in self.absent[one]]


def field_of(contest: Contest) -> Field:
    field = Field(defaultdict(list), defaultdict(list), defaultdict(set), defaultdict(set), attempts_by_round(contest))
    entries = Entry.objects.countable().filter(contest=contest).order_by("order")
    for track, entry in entries.values_list("track", "pk"):
        field.entries[track].append(entry)
    rubrics = Rubric.objects.filter(round__contest=contest).select_related("round").prefetch_related("criteria")
    for rubric in rubrics.order_by("round__order"):
        field.rubrics[rubric.track_id].append(rubric)
    rows = RoundEntry.objects.filter(round__contest=contest).values_list("round", "entry", "state")
    for one, entry, state in rows:
        (field.absent if state == Attendance.ABSENT else field.taking_part)[one].add(entry)
    return field


def standings_of(track: Track, field: Field, frame: pd.DataFrame, places: int) -> tuple[list[Placed], dict[str, Any]]:
    """The standings of one track and the parameters that made them.

    raises   ScoreInputError on a track that is marked in one round and measured in another: set-up refuses it
    """
    rubrics = field.rubrics[track.pk]
    scores = [scores_of(rubric, field, frame) for rubric in rubrics]
    used = {rubric.round.code: said_of(rubric, field) for rubric in rubrics}
    if any(rubric.is_measured for rubric in rubrics):
        if not all(rubric.is_measured for rubric in rubrics):
            raise ScoreInputError(f"{track.code} is marked and measured.")
        return placed_by_last_round(field.entries[track.pk], scores, places), used
    weights = [Fraction(rubric.round.weight) for rubric in rubrics]
    return placed(field.entries[track.pk], scores, weights, places), used


def said_of(rubric: Rubric, field: Field) -> dict[str, Any]:
    """What made the scores of a track in a round, as a run keeps it."""
    said = parameters_of(rubric)
    if absent := field.gone(rubric.track_id, rubric.round_id):
        said["absent"] = sorted(Entry.objects.filter(pk__in=absent).values_list("number", flat=True))
    return said


def parameters_of(rubric: Rubric) -> dict[str, Any]:
    if rubric.is_measured:
        return {name: getattr(rubric, name) for name in ("kind", "measure", "attempts", "combine", "places")}
    plan = plan_of(rubric)
    return {
        "weight": str(rubric.round.weight.normalize()),
        "method": plan.method,
        "reviews": plan.reviews,
        "places": plan.places,
        "weights": [str(weight) for weight in plan.weights],
    }


def scores_of(rubric: Rubric, field: Field, frame: pd.DataFrame) -> dict[int, RoundScore]:
    """Of the entries of one track that belong to one round. Who was absent has no score, whatever was marked or
    measured, and nothing is missing of them."""
    place = (rubric.track_id, rubric.round_id)
    found = scores_of_present(rubric, field, frame, field.present(*place))
    return found | dict.fromkeys(field.gone(*place), RoundScore(None, 0, 0, is_trimmed=False))


def scores_of_present(rubric: Rubric, field: Field, frame: pd.DataFrame, present: list[int]) -> dict[int, RoundScore]:
    if rubric.is_measured:
        here = set(present)
        mine = [one for one in field.attempts.get(rubric.round_id, ()) if one.entry in here]
        return measured_scores(mine, present, rubric.measure_plan)
    rows = rows_of(frame, rubric)
    return round_scores(rows[rows["entry"].isin(present)], present, plan_of(rubric))


def scores_in(one: Round) -> dict[int, RoundScore]:
    """Of the entries that belong to this round and count, by primary key; of this round alone."""
    contest = one.contest
    frame, field = marks_frame(contest), field_of(contest)
    found: dict[int, RoundScore] = {}
    for rubrics in field.rubrics.values():
        for rubric in rubrics:
            if rubric.round_id == one.pk:
                found |= scores_of(rubric, field, frame)
    return found


def plan_of(rubric: Rubric) -> RubricPlan:
    criteria = list(rubric.criteria.all())
    return RubricPlan(
        tuple(criterion.pk for criterion in criteria),
        tuple(Fraction(criterion.weight) for criterion in criteria),
        rubric.method,
        rubric.reviews,
        rubric.places,
    )


def rows_of(frame: pd.DataFrame, rubric: Rubric) -> pd.DataFrame:
    return frame[(frame["round"] == rubric.round_id) & (frame["track"] == rubric.track_id)]


def input_digest(contest: Contest, frame: pd.DataFrame, field: Field, numbers: dict[int, str]) -> str:
    """Of every mark that counted: entry number, judge code, round and criterion, points; and of every attempt that is
    confirmed, where there are any."""
    judges = dict(contest.judges.values_list("pk", "code"))
    rounds = dict(contest.rounds.values_list("pk", "code"))
    criteria = {
        criterion.pk: criterion.label_zh
        for rubric in Rubric.objects.filter(round__contest=contest).prefetch_related("criteria")
        for criterion in rubric.criteria.all()
    }
    names = {"round": rounds, "entry": numbers, "judge": judges, "criterion": criteria}
    named = {column: frame[column].map(known).astype("category") for column, known in names.items()}
    marks = pd.DataFrame(named | {"points": frame["points"]}).sort_values([*names, "points"])
    attempts = sorted(
        [rounds[of], numbers[one.entry], one.number, int(one.is_valid), one.points, one.milliseconds]
        for of, rows in field.attempts.items()
        for one in rows
        if one.is_confirmed
    )
    said = canonical_rows(*(marks[column].tolist() for column in marks))
    return digest_of_bytes(b"[%b,%b]" % (said, canonical(attempts)) if attempts else said)
