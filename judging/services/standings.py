"""Marks become standings, stored with all that made them."""

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


@transaction.atomic
def compute_standings(*, contest: Contest, by: User | None, at: datetime) -> StandingRun:
    """Standings of every track that is decided by marks. The same input gives the run that exists already."""
    frame = marks_frame(contest)
    results: list[Placed] = []
    parameters: dict[str, Any] = {"places": contest.places, "tracks": {}}
    for track in contest.tracks.filter(is_by_minutes=False):
        track_results, used = standings_of(track, frame, contest.places)
        results += track_results
        parameters["tracks"][track.code] = used
    numbers = dict(contest.entries.values_list("pk", "number"))
    result_digest = digest([[numbers[one.entry], one.stage, one.score, one.rank, one.missing] for one in results])
    known = contest.standing_runs.order_by("-pk").first()
    made = {
        "rule_version": RULE_VERSION,
        "code_version": VERSION,
        "parameters": parameters,
        "input_digest": input_digest(contest, frame, numbers),
        "result_digest": result_digest,
    }
    if known and all(getattr(known, name) == value for name, value in made.items()):
        return known
    return store_run(contest, results, made, by=by, at=at)


def store_run(
    contest: Contest, results: list[Placed], made: dict[str, Any], *, by: User | None, at: datetime
) -> StandingRun:
    number = contest.standing_runs.count() + 1
    run = StandingRun.objects.create(contest=contest, made_at=at, key=contest.mint.key("run", number), **made)
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
            for one in results
        ),
        batch_size=1000,
    )
    body = {"entries": len(results), "input": run.input_digest, "result": run.result_digest}
    events.record(contest, "standings.computed", run, by=by, at=at, body=body)
    return run


def standings_of(track: Track, frame: pd.DataFrame, places: int) -> tuple[list[Placed], dict[str, Any]]:
    """The standings of one track and the parameters that made them."""
    entries = list(Entry.objects.countable().filter(track=track).order_by("order").values_list("pk", flat=True))
    scores: list[dict[int, RoundScore]] = []
    weights: list[Fraction] = []
    used: dict[str, Any] = {}
    rubrics = Rubric.objects.filter(track=track).select_related("round").prefetch_related("criteria")
    for rubric in rubrics.order_by("round__order"):
        plan = plan_of(rubric)
        scores.append(round_scores(rows_of(frame, rubric), present(rubric.round, entries), plan))
        weights.append(Fraction(rubric.round.weight))
        used[rubric.round.code] = {
            "weight": str(rubric.round.weight.normalize()),
            "method": plan.method,
            "reviews": plan.reviews,
            "places": plan.places,
            "weights": [str(weight) for weight in plan.weights],
        }
    return placed(entries, scores, weights, places), used


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


def present(one: Round, entries: list[int]) -> list[int]:
    """Those of the entries that take part in the round, in their order."""
    inside = set(RoundEntry.objects.filter(round=one, entry__in=entries).values_list("entry", flat=True))
    return [entry for entry in entries if entry in inside]


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
