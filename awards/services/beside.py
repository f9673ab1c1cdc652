"""The published ranking and the adjusted one beside it: rows as arrays for the analysis. Reads only."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

import numpy as np
import pandas as pd

from awards.core.deciding import level_shares, levels_of
from awards.core.prizes import GroupPlan, Score
from awards.models import Award, AwardList, PrizeGroup
from awards.services.chain import Chain
from awards.services.moved import cuts_in, steps_of_list
from awards.services.plans import group_plan
from awards.services.proposals import decisions_that_hold, entries_of, outcomes, plan_in_force
from competition.models import Contest, Division, Entry, Track
from judging.core.scores import IntArray, Ratios, combined, integer_weights, published, sheet_totals
from judging.core.severity import FloatArray, Severity, severity
from judging.core.standings import RoundScore, RubricPlan, complete_sheets, placed
from judging.frames import marks_frame
from judging.models import Rubric
from judging.services.standings import field_of, plan_of, rows_of, scores_of
from judging.services.tiebreaks import Judged

DRAWS = 1_000
SEED = 20_170_325  # stands in the code, so that the page says the same tomorrow


@dataclass(frozen=True)
class Place:
    """Entries that compete for the same prizes, in one round. `group`: their prizes, None where no plan names them."""

    rubric: Rubric
    group: PrizeGroup | None

    @property
    def track(self) -> Track:
        return self.rubric.track

    @property
    def division(self) -> Division | None:
        return self.group.division if self.group else None

    @property
    def code(self) -> str:
        return f"{self.rubric.round.order}-{self.track.order}-{self.division.order if self.division else 0}"

    @property
    def label(self) -> str:
        parts = [self.rubric.round.label, self.track.label, self.division.label if self.division else ""]
        return " · ".join(part for part in parts if part)


def places_of(contest: Contest) -> list[Place]:
    """Wherever judges mark."""
    plan = plan_in_force(contest)
    rows = plan.groups.select_related("track", "division").prefetch_related("levels") if plan else ()
    groups: dict[int, list[PrizeGroup]] = {}
    for group in rows:
        groups.setdefault(group.track_id, []).append(group)
    rubrics = Rubric.objects.marked().filter(round__contest=contest, track__is_by_minutes=False)
    rubrics = rubrics.select_related("round", "track").prefetch_related("criteria")
    return [
        Place(rubric, group)
        for rubric in rubrics.order_by("round__order", "track__order")
        for group in groups.get(rubric.track_id, [None])
    ]


@dataclass(frozen=True)
class Shares:
    """What a round means for the score over all rounds: score = rest + share · score of the round; None where another
    round lacks its value."""

    stage: int
    rest: Fraction | None
    share: Fraction


@dataclass(frozen=True)
class Sheets:
    """Complete sheets of one place, as arrays over rows of entries and judges.

    unit   a sheet counts totals / unit points
    """

    points: IntArray
    totals: IntArray
    entries: IntArray
    judges: IntArray
    judge_keys: list[int]
    unit: int

    @property
    def values(self) -> FloatArray:
        return self.totals / float(self.unit)


def sheets_of(marks: pd.DataFrame, entries: Sequence[Entry], plan: RubricPlan) -> Sheets:
    row_of = {entry.pk: row for row, entry in enumerate(entries)}
    table = complete_sheets(marks[marks["entry"].isin(row_of)], plan)
    points = table.to_numpy(dtype=np.int64).reshape(len(table), len(plan.criteria))
    weights, common = integer_weights(plan.weights)
    keys, judges = np.unique(table.index.get_level_values("judge").to_numpy(dtype=np.int64), return_inverse=True)
    rows = np.array([row_of[entry] for entry in table.index.get_level_values("entry")], dtype=np.int64)
    totals = sheet_totals(points, weights)
    return Sheets(points, totals, rows, judges, keys.tolist(), common * 10**plan.places)


def members(place: Place) -> list[Entry]:
    if place.group:
        return entries_of(place.group)
    return list(Entry.objects.countable().filter(track=place.track))


def shares_of(entry: int, rounds: Sequence[Mapping[int, RoundScore]], weights: Sequence[Fraction], here: int) -> Shares:
    mine = [at for at, one in enumerate(rounds) if entry in one]
    whole = sum((weights[at] for at in mine), Fraction())
    if here not in mine:
        return Shares(len(mine), combined([rounds[at][entry].score for at in mine], [weights[at] for at in mine]),
                      Fraction())  # fmt: skip
    others = [(rounds[at][entry].score, weights[at]) for at in mine if at != here]
    if any(score is None for score, _ in others):
        return Shares(len(mine), None, weights[here] / whole)
    rest = sum((score * weight for score, weight in others if score is not None), Fraction()) / whole
    return Shares(len(mine), rest, weights[here] / whole)


def whole_score(share: Shares, score: Fraction | None, places: int) -> Score | None:
    if share.rest is None or (score is None and share.share):
        return None
    number = published(share.rest + share.share * (score or 0), places)
    return None if number is None else (share.stage, number, 0)


def whole_scores(shares: Sequence[Shares], values: Ratios, unit: int, places: int) -> list[Score | None]:
    """Row by row: what `values` of this round, in units of `unit` a point, come to over all rounds."""
    if all(share.share == 1 and share.rest == 0 for share in shares):  # no other round: all at once
        shown = values.published(unit, places)
        return [None if one is None else (share.stage, one, 0) for share, one in zip(shares, shown, strict=True)]
    return [
        whole_score(share, None if value is None else value / unit, places)
        for share, value in zip(shares, values.fractions(), strict=True)
    ]


@dataclass(frozen=True)
class Listed:
    """What a list gives the entries of a place, by their primary keys; whom the committee moved; whom people
    decided of, by a move or in a tie; from which score a prize is won, by code."""

    awards: Mapping[int, Award]
    moved: frozenset[int]
    settled: frozenset[int]
    cuts: Mapping[str, Score]


@dataclass(frozen=True)
class Beside:
    """One place by the published rule and by the model, row by row of its entries.

    scores   by the rule, over all rounds; shares: what this round means for each
    sheets   of this round, of entries that were there
    found    whether judges can be compared, and what follows
    chain    what the tie-breakers of the plan say of the sheets as they are
    """

    place: Place
    entries: Sequence[Entry]
    scores: Sequence[Score | None]
    shares: Sequence[Shares]
    sheets: Sheets
    found: Severity
    prizes: GroupPlan | None
    chain: Chain
    places: int
    rounds: int

    def adjusted(self) -> list[Score | None]:
        """As the plain ones, at the published precision."""
        return [
            whole_score(share, None if np.isnan(score) else Fraction(score), self.places)
            for share, score in zip(self.shares, self.found.scores.tolist(), strict=True)
        ]

    def chances(self) -> FloatArray | None:
        """(levels, entries); None where refused and without a plan."""
        if self.prizes is None or self.found.posterior is None:
            return None
        rest = np.array([np.nan if one.rest is None else float(one.rest) for one in self.shares])
        share = np.array([float(one.share) for one in self.shares])
        drawn = self.found.draws(DRAWS, np.random.default_rng(SEED))
        whole = rest + np.where(share > 0, share * drawn, 0)
        stages = [one.stage for one in self.shares]
        return level_shares(whole * 10**self.places, stages, self.prizes, len(self.scores))

    @cached_property
    def listed(self) -> Listed | None:
        """What the list that stands gives here; None where there is none, or without a plan."""
        award_list = self.place.rubric.round.contest.award_lists.standing().select_related("plan", "run").first()
        return listed_in(award_list, self.place) if award_list and self.place.group else None

    def levels_by(self, scores: Sequence[Score | None]) -> list[int | None]:
        return levels_of(scores, self.prizes, len(scores), self.chain) if self.prizes else [None] * len(scores)


def listed_in(award_list: AwardList, place: Place) -> Listed | None:
    for outcome in outcomes(award_list.plan, award_list.run, award_list.tie_values):
        if (outcome.group.track_id, outcome.group.division) == (place.track.pk, place.division):
            members = {one.pk for one in outcome.entries}
            awards = {one.entry_id: one for one in award_list.awards.all() if one.entry_id in members}
            moved = frozenset(members.intersection(steps_of_list(award_list)))
            decisions = {one.entry_id: one for one in award_list.contest.decisions.all()}
            settled = moved.union(decisions_that_hold(outcome, decisions))
            return Listed(awards, moved, settled, cuts_in(award_list, outcome))
    return None


def beside(contest: Contest, place: Place) -> Beside:
    frame, field = marks_frame(contest), field_of(contest)
    entries = members(place)
    rubrics = [one for one in field.rubrics[place.track.pk] if not one.is_measured]
    keys = [entry.pk for entry in entries]
    here = next(at for at, one in enumerate(rubrics) if one.pk == place.rubric.pk)
    rounds = [scores_of(rubric, field, frame) for rubric in rubrics]
    weights = [Fraction(rubric.round.weight) for rubric in rubrics]
    plain = placed(keys, rounds, weights, contest.places)
    taking_part = rows_of(frame, place.rubric)
    scored = [pk for pk, one in rounds[here].items() if one.sheets]  # who was absent has no score, whatever was marked
    sheets = sheets_of(taking_part[taking_part["entry"].isin(scored)], entries, plan_of(place.rubric))
    prizes = group_plan(place.group) if place.group else None
    return Beside(
        place,
        entries,
        [None if one.score is None else (one.stage, one.score, 0) for one in plain],
        [shares_of(entry, rounds, weights, here) for entry in keys],
        sheets,
        severity(sheets.values, sheets.entries, sheets.judges, (len(entries), len(sheets.judge_keys))),
        prizes,
        Chain(Judged(contest, frame, field), place.rubric, keys, prizes.breakers if prizes else ()),
        contest.places,
        len(rubrics),
    )
