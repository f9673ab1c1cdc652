"""What lies behind the standings: how strict judges were, how sure each prize is. Reads only; nothing here counts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from awards.core.deciding import HELD, changes, hanging_on
from awards.core.prizes import Score
from awards.models import PrizeLevel
from awards.services.beside import Beside, Listed, Place, Shares, Sheets, beside, whole_scores
from awards.wording import chance_text
from competition.core.numbers import decimal_text
from competition.models import Contest, Entry
from judging.core.agreement import Habit, Home, habits, homes, intraclass, krippendorff, paces
from judging.core.scores import METHODS, BoolArray, competition_ranks
from judging.core.severity import FloatArray, Severity
from judging.models import Judge, Sheet
from judging.models.sheet import ASIDE


@dataclass(frozen=True)
class Chance:
    """How probable a prize is, in words short enough for a table."""

    prize: str
    code: str
    share: float

    @property
    def percent(self) -> str:
        return chance_text(self.share)


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
    listed     its prize on the list that stands, where people gave it another one than the plan; `is_by_move`: by a
               move of the committee
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
    listed: Told | None = None
    is_by_move: bool = False


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
    pace: float | None = None

    @property
    def minutes(self) -> str:
        """From one sheet to the next."""
        return "" if self.pace is None else f"{self.pace / 60:.1f}"

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
    def has_paces(self) -> bool:
        return any(one.pace is not None for one in self.judges)

    @property
    def has_homes(self) -> bool:
        return any(one.home for one in self.judges)

    @property
    def moved(self) -> tuple[Line, ...]:
        return tuple(one for one in self.lines if one.is_moved)


def analysed(contest: Contest, place: Place) -> Analysis:
    """The plain rule's ranking, the adjusted one beside it, and what is to be known of judges."""
    both = beside(contest, place)
    codes = dict(contest.judges.values_list("pk", "code"))
    judge_codes = [codes[key] for key in both.sheets.judge_keys]
    hanging = {}
    if both.prizes:
        without = scores_without(both.sheets, place.rubric.method, both.shares, judge_codes, contest.places)
        keys = dict(zip(judge_codes, both.sheets.judge_keys, strict=True))
        hanging = hanging_on(
            both.scores, without, both.prizes, len(both.entries), both.chain,
            lambda code: both.chain.without(keys[code]),
        )  # fmt: skip
    words = Words(both, list(place.group.levels.all()) if place.group else [])
    found = both.found
    return Analysis(
        place,
        found,
        words.lines({code: {one.row for one in rows} for code, rows in hanging.items()}),
        judge_lines(both, judge_codes, hanging),
        intraclass(found.constants) if found.constants else None,
        krippendorff(both.sheets.values, both.sheets.entries),
        has_other_rounds=both.rounds > 1,
    )


def scores_without(
    sheets: Sheets, method: str, shares: Sequence[Shares], codes: Sequence[str], places: int
) -> dict[str, dict[int, Score | None]]:
    """Judge -> entry they marked -> its score by the plain rule without their sheets."""
    found: dict[str, dict[int, Score | None]] = {}
    for judge, code in enumerate(codes):
        rows = np.unique(sheets.entries[sheets.judges == judge])
        kept = (sheets.judges != judge) & np.isin(sheets.entries, rows)
        local = np.searchsorted(rows, sheets.entries[kept])
        values = METHODS[method](sheets.totals[kept], local, len(rows))
        scores = whole_scores([shares[row] for row in rows.tolist()], values, sheets.unit, places)
        found[code] = dict(zip(rows.tolist(), scores, strict=True))
    return found


@dataclass(frozen=True)
class Words:
    """Both rankings as lines to be read."""

    both: Beside
    levels: Sequence[PrizeLevel]

    def told(self, level: int | None) -> Told:
        if level is None:
            return Told("", "")
        return Told("", "", is_held=True) if level == HELD else Told(self.levels[level].label, self.levels[level].code)

    def listed(self, entry: Entry, level: int | None, listed: Listed | None) -> Told | None:
        """None where the list says what the plan says."""
        if listed is None:
            return None
        award = listed.awards.get(entry.pk)
        found = Told(award.label, award.code) if award else Told("", "")
        by_plan = self.told(level)
        is_open_tie = by_plan.is_held and award is None and entry.pk not in listed.settled
        return None if is_open_tie or (found.code == by_plan.code and not by_plan.is_held) else found

    def text(self, score: Score | None) -> str:
        return "" if score is None else decimal_text(score[1], self.both.places)

    def lines(self, hanging: Mapping[str, set[int]]) -> tuple[Line, ...]:
        """In the order of the rule that counts."""
        both = self.both
        is_other = both.found.is_corrected
        others = both.adjusted() if is_other else [None] * len(both.entries)
        ranks, other_ranks = competition_ranks(both.scores), competition_ranks(others)
        before, after = both.levels_by(both.scores), both.levels_by(others)
        moved = {one.row for one in changes(before, after)} if is_other else set()
        chances, listed = both.chances(), both.listed
        made = [
            Line(
                entry,
                ranks[row],
                self.text(both.scores[row]),
                self.told(before[row]),
                other_ranks[row],
                self.text(others[row]),
                self.margin(row, both.found.score_margins[row]),
                self.told(after[row]),
                row in moved,
                self.chances_of(row, chances),
                tuple(code for code, rows in hanging.items() if row in rows),
                self.listed(entry, before[row], listed),
                listed is not None and entry.pk in listed.moved,
            )
            for row, entry in enumerate(both.entries)
        ]
        return tuple(sorted(made, key=lambda one: (one.place is None, one.place or 0, one.entry.order)))

    def margin(self, row: int, margin: float) -> str:
        share = self.both.shares[row]
        return "" if np.isnan(margin) or share.rest is None else f"{margin * float(share.share):.{self.both.places}f}"

    def chances_of(self, row: int, chances: FloatArray | None) -> tuple[Chance, ...]:
        if chances is None or self.both.scores[row] is None:
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


def paces_of(place: Place, sheets: Sheets) -> list[float | None]:
    """Of what judges handed in themselves, each first version; what the office typed from paper tells nothing."""
    typed = Sheet.objects.filter(
        assignment__round=place.rubric.round, assignment__judge__in=sheets.judge_keys, version=1
    )
    own = typed.exclude(save_key="").exclude(save_key__startswith="paper-").exclude(save_key__startswith=ASIDE)
    row_of = {key: row for row, key in enumerate(sheets.judge_keys)}
    rows = [(at.timestamp(), row_of[judge]) for at, judge in own.values_list("submitted_at", "assignment__judge")]
    seconds, judges = np.array([at for at, _ in rows]), np.array([judge for _, judge in rows], dtype=np.int64)
    return paces(seconds, judges, len(sheets.judge_keys))


def judge_lines(both: Beside, codes: Sequence[str], hanging: Mapping[str, Sequence[object]]) -> tuple[JudgeLine, ...]:
    sheets, found = both.sheets, both.found
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
    own = homes(sheets.values, sheets.entries, sheets.judges, at_home(sheets, both.entries), len(codes))
    pace = paces_of(both.place, sheets)
    return tuple(
        JudgeLine(
            code,
            counts[row],
            said[row],
            "" if said[row] is None or known is None else f"{found.severities[row]:+.1f}",
            "" if said[row] is None or known is None else f"{found.severity_margins[row]:.1f}",
            len(hanging.get(code, ())) if said[row] else 0,
            own[row],
            pace[row],
        )
        for row, code in sorted(enumerate(codes), key=lambda one: one[1])
    )
