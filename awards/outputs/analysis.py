"""What lies behind the standings: how strict judges were, how sure each prize is. Reads only; nothing here counts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
import pandas as pd

from awards.core.deciding import HELD, changes, hanging_on, level_shares, levels_of
from awards.core.prizes import GroupPlan, Score
from awards.models import PrizeGroup, PrizeLevel
from awards.services.plans import group_plan
from awards.services.proposals import entries_of, plan_in_force
from competition.core.numbers import decimal_text
from competition.models import Contest, Division, Entry, Track
from judging.core.agreement import Habit, Home, habits, homes, intraclass, krippendorff
from judging.core.scores import (
    METHODS,
    BoolArray,
    IntArray,
    combined,
    competition_ranks,
    integer_weights,
    published,
    sheet_totals,
)
from judging.core.severity import FloatArray, Severity, severity
from judging.core.standings import RoundScore, RubricPlan, complete_sheets, placed
from judging.frames import marks_frame
from judging.models import Judge, Rubric
from judging.services.standings import field_of, plan_of, rows_of, scores_of

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
class Chance:
    """How probable a prize is, in words short enough for a table."""

    prize: str
    code: str
    share: float

    @property
    def percent(self) -> str:
        if 0 < self.share < 0.01:
            return "<1 %"
        return ">99 %" if 0.99 < self.share < 1 else f"{self.share:.0%}".replace("%", " %")


@dataclass(frozen=True)
class Told:
    """A prize as pages show it."""

    label: str
    code: str
    is_held: bool = False


@dataclass(frozen=True)
class Line:
    """One entry: by the rule that counts, and beside it. Texts are blank where there is nothing to say.

    hangs_on   codes of judges without any one of whom its prize would be another one
    """

    entry: Entry
    place: int | None
    score: str
    prize: Told
    other_place: int | None = None
    other_score: str = ""
    margin: str = ""
    other_prize: Told = Told("", "")
    is_moved: bool = False
    chances: tuple[Chance, ...] = ()
    hangs_on: tuple[str, ...] = ()


@dataclass(frozen=True)
class JudgeLine:
    """One judge by code; `habit` and what hangs on it is None where they have too few sheets to be spoken of."""

    code: str
    sheets: int
    habit: Habit | None
    severity: str
    margin: str
    decides: int
    home: Home | None = None

    @property
    def advantage(self) -> str:
        return f"{self.home.advantage:+.1f}" if self.home else ""

    @property
    def deviation(self) -> str:
        known = self.habit.deviation if self.habit else None
        return "" if known is None else f"{known:+.1f}"


@dataclass(frozen=True)
class Analysis:
    """One place looked at. `found` says whether a correction means anything, and why not."""

    place: Place
    found: Severity
    lines: tuple[Line, ...]
    judges: tuple[JudgeLine, ...]
    icc: float | None
    alpha: float | None
    has_other_rounds: bool

    @property
    def is_corrected(self) -> bool:
        return self.found.is_corrected

    @property
    def has_homes(self) -> bool:
        return any(one.home for one in self.judges)

    @property
    def moved(self) -> tuple[Line, ...]:
        return tuple(one for one in self.lines if one.is_moved)


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


def analysed(contest: Contest, place: Place) -> Analysis:
    """The plain rule's ranking, the adjusted one beside it, and what is to be known of judges."""
    frame, field = marks_frame(contest), field_of(contest)
    entries = members(place)
    rubrics = [one for one in field.rubrics[place.track.pk] if not one.is_measured]
    keys = [entry.pk for entry in entries]
    here = next(at for at, one in enumerate(rubrics) if one.pk == place.rubric.pk)
    rounds = [scores_of(rubric, field, frame) for rubric in rubrics]
    weights = [Fraction(rubric.round.weight) for rubric in rubrics]
    plain = placed(keys, rounds, weights, contest.places)
    plan = plan_of(place.rubric)
    taking_part = rows_of(frame, place.rubric)
    scored = [pk for pk, one in rounds[here].items() if one.sheets]  # who was absent has no score, whatever was marked
    sheets = sheets_of(taking_part[taking_part["entry"].isin(scored)], entries, plan)
    found = severity(sheets.values, sheets.entries, sheets.judges, (len(entries), len(sheets.judge_keys)))
    shares = [shares_of(entry, rounds, weights, here) for entry in keys]
    scores: list[Score | None] = [None if one.score is None else (one.stage, one.score, 0) for one in plain]
    codes = dict(contest.judges.values_list("pk", "code"))
    judge_codes = [codes[key] for key in sheets.judge_keys]
    prizes = group_plan(place.group) if place.group else None
    levels = list(place.group.levels.all()) if place.group else []
    hanging = {}
    if prizes:
        without = scores_without(sheets, plan.method, shares, judge_codes, contest.places)
        hanging = hanging_on(scores, without, prizes, len(entries))
    told = Beside(contest.places, scores, shares, found, prizes, levels)
    return Analysis(
        place,
        found,
        told.lines(entries, {code: {one.row for one in rows} for code, rows in hanging.items()}),
        judge_lines(sheets, found, judge_codes, hanging, at_home(sheets, entries)),
        intraclass(found.constants) if found.constants else None,
        krippendorff(sheets.values, sheets.entries),
        has_other_rounds=len(rubrics) > 1,
    )


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


def scores_without(
    sheets: Sheets, method: str, shares: Sequence[Shares], codes: Sequence[str], places: int
) -> dict[str, dict[int, Score | None]]:
    """Judge -> entry they marked -> its score by the plain rule without their sheets."""
    found: dict[str, dict[int, Score | None]] = {}
    for judge, code in enumerate(codes):
        rows = np.unique(sheets.entries[sheets.judges == judge])
        kept = (sheets.judges != judge) & np.isin(sheets.entries, rows)
        local = np.searchsorted(rows, sheets.entries[kept])
        values = METHODS[method](sheets.totals[kept], local, len(rows)).fractions()
        found[code] = {
            row: whole_score(shares[row], None if value is None else value / sheets.unit, places)
            for row, value in zip(rows.tolist(), values, strict=True)
        }
    return found


def whole_score(share: Shares, score: Fraction | None, places: int) -> Score | None:
    if share.rest is None or (score is None and share.share):
        return None
    number = published(share.rest + share.share * (score or 0), places)
    return None if number is None else (share.stage, number, 0)


@dataclass(frozen=True)
class Beside:
    """The plain ranking and the adjusted one."""

    places: int
    scores: Sequence[Score | None]
    shares: Sequence[Shares]
    found: Severity
    prizes: GroupPlan | None
    levels: Sequence[PrizeLevel]

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

    def told(self, level: int | None) -> Told:
        if level is None:
            return Told("", "")
        return Told("", "", is_held=True) if level == HELD else Told(self.levels[level].label, self.levels[level].code)

    def text(self, score: Score | None) -> str:
        return "" if score is None else decimal_text(score[1], self.places)

    def lines(self, entries: Sequence[Entry], hanging: Mapping[str, set[int]]) -> tuple[Line, ...]:
        """In the order of the rule that counts."""
        is_other = self.found.is_corrected
        others = self.adjusted() if is_other else [None] * len(entries)
        ranks, other_ranks = competition_ranks(self.scores), competition_ranks(others)
        before, after = self.levels_by(self.scores), self.levels_by(others)
        moved = {one.row for one in changes(before, after)} if is_other else set()
        chances = self.chances()
        margins = self.found.score_margins
        made = [
            Line(
                entry,
                ranks[row],
                self.text(self.scores[row]),
                self.told(before[row]),
                other_ranks[row],
                self.text(others[row]),
                self.margin(row, margins[row]),
                self.told(after[row]),
                row in moved,
                self.chances_of(row, chances),
                tuple(code for code, rows in hanging.items() if row in rows),
            )
            for row, entry in enumerate(entries)
        ]
        return tuple(sorted(made, key=lambda one: (one.place is None, one.place or 0, one.entry.order)))

    def levels_by(self, scores: Sequence[Score | None]) -> list[int | None]:
        return levels_of(scores, self.prizes, len(scores)) if self.prizes else [None] * len(scores)

    def margin(self, row: int, margin: float) -> str:
        share = self.shares[row]
        return "" if np.isnan(margin) or share.rest is None else f"{margin * float(share.share):.{self.places}f}"

    def chances_of(self, row: int, chances: FloatArray | None) -> tuple[Chance, ...]:
        if chances is None or self.scores[row] is None:
            return ()
        return tuple(
            Chance(level.label, level.code, float(share))
            for level, share in zip(self.levels, chances[:, row].tolist(), strict=True)
            if share > 0
        )


def at_home(sheets: Sheets, entries: Sequence[Entry]) -> BoolArray:
    """(sheets,) whose work is of the district that its judge comes from."""
    keys = sheets.judge_keys
    judges = {one.pk: one for one in Judge.objects.filter(pk__in=keys).select_related("school")}
    districts = dict(Entry.objects.filter(pk__in=[one.pk for one in entries]).values_list("pk", "school__district"))
    of_judge = np.array([district_of(judges[key]) or -1 for key in keys], dtype=np.int64)
    of_entry = np.array([districts[one.pk] or -2 for one in entries], dtype=np.int64)
    return np.asarray(of_judge[sheets.judges] == of_entry[sheets.entries])


def district_of(judge: Judge) -> int | None:
    return judge.district_id or (judge.school.district_id if judge.school else None)


def judge_lines(
    sheets: Sheets,
    found: Severity,
    codes: Sequence[str],
    hanging: Mapping[str, Sequence[object]],
    is_home: BoolArray,
) -> tuple[JudgeLine, ...]:
    known = found.constants
    said = habits(
        sheets.points,
        sheets.values,
        sheets.entries,
        sheets.judges,
        len(codes),
        found.residuals if known else None,
        known.residual if known else 0.0,
    )
    counts = np.bincount(sheets.judges, minlength=len(codes)).tolist()
    own = homes(sheets.values, sheets.entries, sheets.judges, is_home, len(codes))
    return tuple(
        JudgeLine(
            code,
            counts[row],
            said[row],
            "" if said[row] is None or known is None else f"{found.severities[row]:+.1f}",
            "" if said[row] is None or known is None else f"{found.severity_margins[row]:.1f}",
            len(hanging.get(code, ())) if said[row] else 0,
            own[row],
        )
        for row, code in sorted(enumerate(codes), key=lambda one: one[1])
    )
