"""Who would win under each method: the published rule beside others, for the office. Reads only; it counts nowhere."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from awards.core.deciding import changes
from awards.core.prizes import Score
from awards.outputs.analysis import Told, Words
from awards.services.beside import Beside, Place, beside, whole_score, whole_scores
from competition.models import Contest, Entry
from judging.core.by_judge import centred_means, standardised_means
from judging.core.scores import METHODS
from judging.core.severity import Answer, Reason
from judging.states import Method

BY_JUDGE = {"centred": centred_means, "standardised": standardised_means}
CORRECTED = "corrected"
NAMES = {
    "centred": _("Centred by judge"),
    "standardised": _("Z-score by judge"),
    CORRECTED: _("Strictness corrected"),
}


@dataclass(frozen=True)
class Way:
    """A method. `differs`: entries with another prize than by the published rule; None where it says nothing here."""

    name: str | Promise
    differs: int | None


@dataclass(frozen=True)
class Row:
    """An entry whose prize is another one somewhere: by the published rule, and by each way that says something."""

    entry: Entry
    prize: Told
    others: tuple[tuple[str | Promise, Told, bool], ...]


@dataclass(frozen=True)
class Compared:
    """rule       name of the published one
    reasons    why judges cannot be compared, or what to be careful about
    """

    place: Place
    rule: str | Promise
    ways: tuple[Way, ...]
    rows: tuple[Row, ...]
    entries: int
    is_refused: bool
    both: Beside

    @property
    def reasons(self) -> tuple[Reason, ...]:
        return self.both.found.reasons

    @property
    def told(self) -> tuple[Way, ...]:
        return tuple(one for one in self.ways if one.differs is not None)


def compared(contest: Contest, place: Place) -> Compared:
    """Prizes of one place by each method, all cut by the same plan; this round's method alone is another one."""
    both = beside(contest, place)
    words = Words(both, list(place.group.levels.all()) if place.group else [])
    by_rule = both.levels_by(both.scores)
    found = {name: scores and both.levels_by(scores) for name, scores in scores_by_way(both).items()}
    moved = {name: {one.row for one in changes(by_rule, levels)} for name, levels in found.items() if levels}
    names = {name: NAMES.get(name) or Method(name).label for name in found}
    rows = sorted(set().union(*moved.values()), key=lambda row: order_of(both, row))
    return Compared(
        place,
        Method(place.rubric.method).label,
        tuple(Way(names[name], len(moved[name]) if name in moved else None) for name in found),
        tuple(
            Row(
                both.entries[row],
                words.told(by_rule[row]),
                tuple((names[name], words.told((found[name] or [])[row]), row in moved[name]) for name in moved),
            )
            for row in rows
        ),
        len(both.entries),
        both.found.answer == Answer.REFUSED,
        both,
    )


def order_of(both: Beside, row: int) -> tuple[bool, tuple[int, ...], int]:
    score = both.scores[row]
    return score is None, tuple(-part for part in score or ()), both.entries[row].order


def scores_by_way(both: Beside) -> dict[str, list[Score | None] | None]:
    """Of every way but the published one; None where judges cannot be compared, and for the model also where there is
    nothing to correct."""
    sheets, rule = both.sheets, both.place.rubric.method
    counts = (len(both.entries), len(sheets.judge_keys))
    found: dict[str, list[Score | None] | None] = {}
    for name, method in METHODS.items():
        if name != rule:
            values = method(sheets.totals, sheets.entries, counts[0])
            found[name] = whole_scores(both.shares, values, sheets.unit, both.places)
    for name, way in BY_JUDGE.items():
        if both.found.answer == Answer.REFUSED:
            found[name] = None
        else:
            found[name] = whole(both, way(sheets.totals, sheets.entries, sheets.judges, counts))
    found[CORRECTED] = both.adjusted() if both.found.is_corrected else None
    return found


def whole(both: Beside, values: Sequence[Fraction | None]) -> list[Score | None]:
    """Scores over all rounds, as the published ones, from totals of this round."""
    return [
        whole_score(share, None if value is None else value / both.sheets.unit, both.places)
        for share, value in zip(both.shares, values, strict=True)
    ]
