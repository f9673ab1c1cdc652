"""Marks become standings, stored with all that made them."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from typing import Any

import pandas as pd
from django.db import transaction

from competition import events
from competition.core import VERSION
from competition.core.canon import digest
from competition.models import Contest, Entry, Track, User
from judging.core.standings import RULE_VERSION, Placed, RoundScore, RubricPlan, placed, round_scores
from judging.frames import marks_frame
from judging.models import Round, RoundEntry, Rubric, Standing, StandingRun


@dataclass(frozen=True)
class Computed:
    """Standings with all that made them, not yet stored; `made` are fields of a run."""

    results: list[Placed]
    made: dict[str, Any]


@transaction.atomic
def compute_standings(*, contest: Contest, by: User | None, at: datetime) -> StandingRun:
    """Standings of every track that is decided by marks. The same input gives the run that exists already."""
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
    result_digest = digest([[numbers[one.entry], one.stage, one.score, one.rank, one.missing] for one in results])
    made = {
        "rule_version": RULE_VERSION,
        "code_version": VERSION,
        "parameters": parameters,
        "input_digest": input_digest(contest, frame, numbers),
        "result_digest": result_digest,
    }
    return Computed(results, made)


def stale_standings(run: StandingRun) -> list[str]:
    """Numbers of the entries whose stored standing is not what marks and rubric give now."""
    numbers = dict(run.contest.entries.values_list("pk", "number"))
    now = {one.entry: one for one in computed_standings(run.contest).results}
    stored = {
        one.entry_id: Placed(one.entry_id, one.stage, one.score, one.rank, one.sheets, one.missing, one.is_trimmed)
        for one in run.standings.all()
    }
    return [numbers[pk] for pk in dict.fromkeys([*stored, *now]) if stored.get(pk) != now.get(pk)]


def store_run(contest: Contest, computed: Computed, *, by: User | None, at: datetime) -> StandingRun:
    number = contest.standing_runs.count() + 1
    run = StandingRun.objects.create(contest=contest, made_at=at, key=contest.mint.key("run", number), **computed.made)
    Standing.objects.bulk_create(
        (
            Standing(
                run=run,
                entry_id=one.entry,
                stage=one.stage,
                score=one.score,
                rank=one.rank,
                sheets=one.sheets,
                missing=one.missing,
                is_trimmed=one.is_trimmed,
            )
            for one in computed.results
        ),
        batch_size=1000,
    )
    body = {"entries": len(computed.results), "input": run.input_digest, "result": run.result_digest}
    events.record(contest, "standings.computed", run, by=by, at=at, body=body)
    return run


@dataclass(frozen=True)
class Field:
    """Who competes, by primary keys: entries that count of each track in order, rubrics of each track by round, who
    takes part in each round."""

    entries: dict[int, list[int]]
    rubrics: dict[int, list[Rubric]]
    taking_part: dict[int, set[int]]


def field_of(contest: Contest) -> Field:
    field = Field(defaultdict(list), defaultdict(list), defaultdict(set))
    entries = Entry.objects.countable().filter(contest=contest).order_by("order")
    for track, entry in entries.values_list("track", "pk"):
        field.entries[track].append(entry)
    rubrics = Rubric.objects.filter(round__contest=contest).select_related("round").prefetch_related("criteria")
    for rubric in rubrics.order_by("round__order"):
        field.rubrics[rubric.track_id].append(rubric)
    for one, entry in RoundEntry.objects.filter(round__contest=contest).values_list("round", "entry"):
        field.taking_part[one].add(entry)
    return field


def standings_of(track: Track, field: Field, frame: pd.DataFrame, places: int) -> tuple[list[Placed], dict[str, Any]]:
    """The standings of one track and the parameters that made them."""
    entries = field.entries[track.pk]
    scores: list[dict[int, RoundScore]] = []
    weights: list[Fraction] = []
    used: dict[str, Any] = {}
    for rubric in field.rubrics[track.pk]:
        plan = plan_of(rubric)
        present = [entry for entry in entries if entry in field.taking_part[rubric.round_id]]
        rows = rows_of(frame, rubric)
        scores.append(round_scores(rows[rows["entry"].isin(present)], present, plan))
        weights.append(Fraction(rubric.round.weight))
        used[rubric.round.code] = {
            "weight": str(rubric.round.weight.normalize()),
            "method": plan.method,
            "reviews": plan.reviews,
            "places": plan.places,
            "weights": [str(weight) for weight in plan.weights],
        }
    return placed(entries, scores, weights, places), used


def scores_in(one: Round) -> dict[int, RoundScore]:
    """Of the entries that take part in this round and count, by primary key; of the marks in this round alone."""
    contest = one.contest
    frame, field = marks_frame(contest), field_of(contest)
    found: dict[int, RoundScore] = {}
    for track, rubrics in field.rubrics.items():
        for rubric in rubrics:
            if rubric.round_id == one.pk:
                present = [entry for entry in field.entries[track] if entry in field.taking_part[one.pk]]
                rows = rows_of(frame, rubric)
                found |= round_scores(rows[rows["entry"].isin(present)], present, plan_of(rubric))
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


COLUMNS = ["round", "entry", "judge", "criterion", "points"]


def input_digest(contest: Contest, frame: pd.DataFrame, numbers: dict[int, str]) -> str:
    """Of every mark that counted: entry number, judge code, round and criterion, points."""
    judges = dict(contest.judges.values_list("pk", "code"))
    rounds = dict(contest.rounds.values_list("pk", "code"))
    criteria = {
        criterion.pk: criterion.label_zh
        for rubric in Rubric.objects.filter(round__contest=contest).prefetch_related("criteria")
        for criterion in rubric.criteria.all()
    }
    return digest(
        sorted(
            [rounds[one], numbers[entry], judges[judge], criteria[criterion], points]
            for one, entry, judge, criterion, points in frame[COLUMNS].to_numpy().tolist()
        )
    )
