"""From measured attempts to results, exactly: points and times as integers, nothing is rounded."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from competition.core.numbers import decimal_text
from judging.core.scores import ScoreInputError, competition_ranks
from judging.core.standings import Placed, RoundScore

POINTS, POINTS_TIME, TIME = "points", "points_time", "time"
MEASURES = (POINTS, POINTS_TIME, TIME)
BEST, SUM = "best", "sum"
SECOND, MINUTE, DAY = 1000, 60_000, 86_400_000  # in milliseconds

WIDE = str.maketrans("０１２３４５６７８９：．。′＇’″＂”", "0123456789:..'''\"\"\"")
CLOCK = re.compile(r"^(?:(?:(\d{1,2}):)?(\d{1,3}):)?(\d{1,5})(?:\.(\d{1,3}))?$", re.ASCII)
WORDS = re.compile(r"^(?:(\d{1,3})\s*[分'])\s*(\d{1,2})(?:\.(\d{1,3})\s*[秒\"]?|\s*[秒\"]\s*(\d{1,3})?|)$", re.ASCII)
SECONDS = re.compile(r"^(\d{1,5})(?:\.(\d{1,3}))?\s*[秒s]$", re.ASCII)


@dataclass(frozen=True)
class MeasurePlan:
    """measure: POINTS, POINTS_TIME (equal points: the shorter time) or TIME (the shortest wins); attempts: how many an
    entry has; combine: BEST or SUM; places: a point counts 10^-places."""

    measure: str
    attempts: int
    combine: str
    places: int = 0

    @property
    def has_points(self) -> bool:
        return self.measure != TIME

    @property
    def has_time(self) -> bool:
        return self.measure != POINTS


@dataclass(frozen=True)
class Attempted:
    """One attempt as it stands: points in the unit of the plan, time in milliseconds, each None where it is not
    measured. A void one has neither: no result is not a zero. Unconfirmed, it is as if it had never been."""

    entry: int
    number: int
    points: int | None
    milliseconds: int | None
    is_valid: bool = True
    is_confirmed: bool = True


def measured_scores(attempts: Iterable[Attempted], entries: Sequence[int], plan: MeasurePlan) -> dict[int, RoundScore]:
    """Results of the entries of one track in one measured round.

    entries  primary keys; attempts of others do not count
    returns  in points, 0 where only time is measured; None without a result. `sheets` are the attempts that are
             confirmed, void ones too; `missing` those that are not
    raises   ScoreInputError on an attempt that the plan does not know, stands twice, or lacks what is measured
    source   docs/rulebook.md "Measured rounds"; worked by hand in tests/data/measured_by_hand.csv
    """
    settled: dict[int, dict[int, Attempted]] = defaultdict(dict)
    for one in attempts:
        if one.is_confirmed:
            check(one, plan)
            if one.number in settled[one.entry]:
                raise ScoreInputError(f"Attempt {one.number} of {one.entry} stands twice.")
            settled[one.entry][one.number] = one
    return {entry: result_of(list(settled[entry].values()), plan) for entry in entries}


def check(one: Attempted, plan: MeasurePlan) -> None:
    if not 1 <= one.number <= plan.attempts:
        raise ScoreInputError(f"There is no attempt {one.number} of {plan.attempts}.")
    has = (one.points is not None, one.milliseconds is not None)
    if has != ((plan.has_points, plan.has_time) if one.is_valid else (False, False)):
        raise ScoreInputError(f"{one} does not say what is measured: {plan.measure}.")


def result_of(settled: Sequence[Attempted], plan: MeasurePlan) -> RoundScore:
    """settled   the confirmed attempts of one entry"""
    valid = [one for one in settled if one.is_valid]
    missing = plan.attempts - len(settled)
    is_enough = len(valid) == plan.attempts if plan.measure == TIME and plan.combine == SUM else bool(valid)
    if not is_enough:  # a sum of fewer times would be shorter: who did not finish would win
        return RoundScore(None, len(settled), missing, False)
    results = [(one.points or 0, one.milliseconds or 0) for one in valid]
    points, time = total(results) if plan.combine == SUM else best(results)
    score = Fraction(points, 10**plan.places)
    return RoundScore(score, len(settled), missing, False, time if plan.has_time else None)


def best(results: Sequence[tuple[int, int]]) -> tuple[int, int]:
    """Of (points, milliseconds) the most points, and of those the shortest time."""
    return max(results, key=lambda one: (one[0], -one[1]))


def total(results: Sequence[tuple[int, int]]) -> tuple[int, int]:
    return sum(points for points, _ in results), sum(time for _, time in results)


def placed_by_last_round(
    entries: Sequence[int], rounds: Sequence[Mapping[int, RoundScore]], places: int
) -> list[Placed]:
    """The entries of one measured track, each with its result in the last round that it took part in, and their ranks.

    rounds   entry -> its result, for each round in order; an entry that is not in it took no part
    places   that the contest publishes: never fewer than the points have, so that nothing is rounded
    raises   ScoreInputError on points that are finer
    """
    found = []
    for entry in entries:
        mine = [one[entry] for one in rounds if entry in one]
        found.append((mine, mine[-1] if mine else RoundScore(None, 0, 0, False)))
    ranks = competition_ranks(
        [None if (key := rank_key(last, places)) is None else (len(m), *key) for m, last in found]
    )
    return [
        Placed(
            entry,
            len(mine),
            exact_units(last.score, places),
            rank,
            sum(part.sheets for part in mine),
            sum(part.missing for part in mine),
            False,
            last.milliseconds,
        )
        for entry, (mine, last), rank in zip(entries, found, ranks, strict=True)
    ]


def rank_key(one: RoundScore, places: int) -> tuple[int, int] | None:
    """What is compared within a round, the greater the better: more points, then less time."""
    units = exact_units(one.score, places)
    return None if units is None else (units, -(one.milliseconds or 0))


def exact_units(score: Fraction | None, places: int) -> int | None:
    """A score in 10^-places points. raises   ScoreInputError where it would have to be rounded"""
    if score is None:
        return None
    units = score * 10**places
    if units.denominator != 1:
        raise ScoreInputError(f"{score} is finer than {places} places.")
    return int(units)


def milliseconds_of(text: str) -> int | None:
    """A time as a referee types it; None where nothing was typed.

    text     "83.45" seconds, "1:23.45", "1:02:03", "1分23秒45", "1分23.45秒", "1'23\\"45"; full-width too
    raises   ValueError where it is no time, is zero, a day or more, finer than a millisecond, or has 60 seconds or
             minutes beside a greater part
    """
    plain = text.strip().translate(WIDE).strip()
    if not plain:
        return None
    if found := WORDS.match(plain):
        minutes, seconds, after_point, after_word = found.groups()
        parts: tuple[str | None, ...] = (None, minutes, seconds, after_point or after_word)
    elif found := SECONDS.match(plain):
        parts = (None, None, *found.groups())
    elif found := CLOCK.match(plain):
        parts = found.groups()
    else:
        raise ValueError(f"no time: {text!r}")
    hours, minutes, seconds, fraction = parts
    is_over = (minutes is not None and int(seconds or 0) >= 60) or (hours is not None and int(minutes or 0) >= 60)
    whole = (int(hours or 0) * 60 + int(minutes or 0)) * MINUTE + int(seconds or 0) * SECOND
    time = whole + int((fraction or "").ljust(3, "0"))
    if is_over or not 0 < time < DAY:
        raise ValueError(f"no time: {text!r}")
    return time


def time_text(milliseconds: int) -> str:
    """83450 -> "1:23.45"; the third decimal only where there is one."""
    minutes, rest = divmod(milliseconds, MINUTE)
    hours, minutes = divmod(minutes, 60)
    seconds, fraction = divmod(rest, SECOND)
    decimals = f"{fraction:03}" if fraction % 10 else f"{fraction // 10:02}"
    lead = f"{hours}:{minutes:02}" if hours else f"{minutes}"
    return f"{lead}:{seconds:02}.{decimals}"


def result_text(points: int | None, milliseconds: int | None, places: int) -> str:
    """What was measured: "50 · 1:23.45"; points alone or time alone; "" for neither."""
    said = (
        "" if points is None else decimal_text(points, places),
        "" if milliseconds is None else time_text(milliseconds),
    )
    return " · ".join(part for part in said if part)
