"""What parted entries of one score, in words: which tie-breaker, and the two numbers."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from django.utils.translation import gettext as _

from awards.core.prizes import Cut, Parted
from awards.models import AwardList
from awards.services.proposals import Outcome, outcomes
from competition.core.numbers import decimal_text, rounded_half_up
from competition.models import Contest, Entry
from judging.core.measured import time_text
from judging.core.scores import competition_ranks
from judging.core.tiebreaks import CRITERION, EXACT, HIGHEST, MEAN, MEDIAN, ROUND, TieBreaker, Value
from judging.models import Criterion

MOST_PLACES = 8
Labels = Mapping[TieBreaker, str]


def labels_of(contest: Contest) -> Labels:
    """Criteria and rounds of a contest in the reader's language, where they have a name there."""
    criteria = Criterion.objects.filter(rubric__round__contest=contest)
    found = {TieBreaker(CRITERION, one.label_zh): one.label for one in criteria}
    return found | {TieBreaker(ROUND, one.code): one.label for one in contest.rounds.all()}


def labels_for_list(award_list: AwardList) -> Labels:
    return labels_of(award_list.contest) if award_list.tie_values else {}


def breaker_words(breaker: TieBreaker, labels: Labels) -> str:
    return NAMES[breaker.by]() % {"of": labels.get(breaker, breaker.of)}


NAMES = {
    CRITERION: lambda: _("points for “%(of)s”"),
    ROUND: lambda: _("result of “%(of)s”"),
    EXACT: lambda: _("score before rounding"),
    MEAN: lambda: _("mean of all sheets"),
    MEDIAN: lambda: _("median of all sheets"),
    HIGHEST: lambda: _("highest sheet"),
}


@dataclass(frozen=True)
class Told:
    """What parted an entry from others of its score. `words`: what was compared; `sentence`: with both numbers, one of
    them somebody else's."""

    words: str
    sentence: str


def told_by_row(outcome: Outcome, labels: Labels, places: int) -> dict[int, Told]:
    """By row of the outcome: what parted it from those of its score who got something else."""
    found: dict[int, Told] = {}
    for one in outcome.cut.parted:
        for at, rows in enumerate(one.parts):
            if (other := nearest_other(outcome.cut, one, at)) is not None:
                step = one.step_between(at, other)
                mine, theirs = (outcome.values[step][one.parts[part][0]] for part in (at, other))
                words = breaker_words(TieBreaker(*outcome.group.breakers[step]), labels)
                found |= dict.fromkeys(rows, Told(words, sentence(words, mine, theirs, places)))
    return found


@dataclass(frozen=True)
class PartedLine:
    """An entry that a tie-breaker parted from others of its score. `place` is shared, `prize` "" where it got none."""

    entry: Entry
    place: int | None
    prize: str
    code: str
    words: str


def parted_lines(award_list: AwardList) -> list[tuple[str, list[PartedLine]]]:
    """By group of the plan, the best first: the ties across a cut that the plan's tie-breakers parted."""
    if not award_list.tie_values:
        return []
    labels, places = labels_for_list(award_list), award_list.contest.places
    awards = {one.entry_id: one for one in award_list.awards.all()}
    found = []
    for outcome in outcomes(award_list.plan, award_list.run, award_list.tie_values):
        told, ranks = told_by_row(outcome, labels, places), competition_ranks(outcome.scores)
        lines = []
        for row in (row for one in outcome.cut.parted for part in one.parts for row in part if row in told):
            award = awards.get(outcome.entries[row].pk)
            prize, code = (award.label, award.code) if award else ("", "")
            lines.append(PartedLine(outcome.entries[row], ranks[row], prize, code, told[row].sentence))
        if lines:
            found.append((str(outcome.group), lines))
    return found


def nearest_other(cut: Cut, tie: Parted, at: int) -> int | None:
    """The part of the tie next to this one that got something else; of two the one below."""
    mine = got(cut, tie.parts[at])
    others = [part for part, rows in enumerate(tie.parts) if got(cut, rows) != mine]
    return min(others, key=lambda part: (abs(part - at), -part), default=None)


def got(cut: Cut, rows: tuple[int, ...]) -> tuple[int | None, tuple[int, ...]]:
    """The level, or the tie that is held."""
    return cut.levels[rows[0]], next((one.rows for one in cut.held if rows[0] in one.rows), ())


def sentence(words: str, mine: Value | None, theirs: Value | None, places: int) -> str:
    if mine is None or theirs is None:
        raise ValueError("A tie-breaker that says nothing parts nobody.")
    one, other = told_apart(mine, theirs, places)
    return _("Equal scores; %(words)s: %(one)s against %(other)s.") % {"words": words, "one": one, "other": other}


def without_numbers(words: str) -> str:
    """For who entered the work: the number of another entry is not theirs, and may be what one judge gave it."""
    return _("Equal scores, decided by %(words)s.") % {"words": words} if words else ""


def told_apart(one: Value, other: Value, places: int) -> tuple[str, str]:
    """Two numbers with as many decimals as it takes to see that they differ; equal points, then the times."""
    if one[0] == other[0] and len(one) > 1:
        return time_text(-int(one[1])), time_text(-int(other[1]))
    for digits in range(places, MOST_PLACES + 1):
        texts = as_decimal(one[0], digits), as_decimal(other[0], digits)
        if texts[0] != texts[1]:
            return texts
    return str(one[0]), str(other[0])


def as_decimal(value: Fraction, digits: int) -> str:
    return decimal_text(rounded_half_up(value * 10**digits), digits)
