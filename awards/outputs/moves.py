"""合议调整: the ranking that the committee looks at, and its moves in words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from awards.core.prizes import Score
from awards.models import AwardList, PrizeLevel, PrizeMove
from awards.outputs.facts import results_of, sheet_totals
from awards.services.moves import Group
from competition.core.numbers import decimal_text, plain_text
from competition.models import Contest, Entry
from judging.core.scores import competition_ranks

BELOW = 10  # places shown after the last prize


@dataclass(frozen=True)
class Prize:
    code: str
    label: str


NO_PRIZE = Prize("", "")


@dataclass(frozen=True)
class Ranked:
    """An entry as the committee looks at it.

    spread     from its lowest sheet to its highest
    distance   to the line of the next better prize; of the best how far above it
    due, now   by plan and settled ties; on the list
    remarks    (judge, words, is a doubt)
    """

    entry: Entry
    place: int
    score: str
    spread: str
    distance: str
    due: Prize
    now: Prize
    remarks: tuple[tuple[str, str, bool], ...] = ()

    @property
    def is_moved(self) -> bool:
        return self.due.code != self.now.code


@dataclass(frozen=True)
class Ranking:
    group: Group
    rows: tuple[Ranked, ...]
    left_out: int


def ranking_of(award_list: AwardList, group: Group, named: set[int]) -> Ranking:
    """Who has a prize, who comes next, and who is `named` in a move, the best first; the others are counted."""
    places, lines = competition_ranks(group.outcome.scores), lines_of(group)
    awards = {one.entry_id: Prize(one.code, one.label) for one in award_list.awards.all()}
    shown = rows_to_show(group, {*awards, *named})
    results = results_of(award_list, [group.outcome.entries[row] for row in shown])
    totals = sheet_totals(award_list.contest)
    rows = []
    for row in shown:
        entry, level = group.outcome.entries[row], group.due[row]
        due = NO_PRIZE if level is None else Prize(group.levels[level].code, group.levels[level].label)
        rows.append(
            Ranked(
                entry=entry,
                place=places[row] or 0,
                score=results.get(entry.pk, ""),
                spread=spread_of(totals.get(entry.pk, ())),
                distance=distance_of(group, row, lines, award_list.contest.places),
                due=due,
                now=awards.get(entry.pk, NO_PRIZE),
            )
        )
    ranked = sum(score is not None for score in group.outcome.scores)
    return Ranking(group, tuple(rows), ranked - len(rows))


def rows_to_show(group: Group, always: set[int]) -> list[int]:
    places = competition_ranks(group.outcome.scores)
    ranked = [row for row, place in enumerate(places) if place is not None]
    ranked.sort(key=lambda row: (places[row] or 0, group.outcome.entries[row].order))
    last = max((at for at, row in enumerate(ranked) if group.due[row] is not None), default=-1)
    return [row for at, row in enumerate(ranked) if at <= last + BELOW or group.outcome.entries[row].pk in always]


def spread_of(sheets: Sequence[tuple[str, str]]) -> str:
    """Blank where there is no sheet, or one that is not complete."""
    try:
        totals = sorted(Decimal(total) for _judge, total in sheets)
    except ArithmeticError:
        return ""
    return f"{plain_text(totals[0])}–{plain_text(totals[-1])}" if totals else ""


def lines_of(group: Group) -> dict[int, Score]:
    """The least score of each level, as plan and settled ties give it."""
    found: dict[int, Score] = {}
    for score, level in zip(group.outcome.scores, group.due, strict=True):
        if score is not None and level is not None:
            found[level] = min(found.get(level, score), score)
    return found


def distance_of(group: Group, row: int, lines: Mapping[int, Score], places: int) -> str:
    """To the least score of the next better prize, of those that took part in as many rounds; of the best, above it."""
    score, level = group.outcome.scores[row], group.due[row]
    if score is None:
        return ""
    better = [0] if level == 0 else range((len(group.levels) if level is None else level) - 1, -1, -1)
    at = next((at for at in better if at in lines and lines[at][0] == score[0]), None)
    if at is None:
        return ""
    facts = {"points": decimal_text(abs(score[1] - lines[at][1]), places), "prize": group.levels[at].label}
    words = _("%(points)s above the line") if level == 0 else _("%(points)s to %(prize)s")
    return words % facts


def levels_by_code(contest: Contest) -> dict[str, PrizeLevel]:
    """Prizes as this contest calls them, those of its newest plan before others."""
    levels = PrizeLevel.objects.filter(group__plan__contest=contest).order_by("group__plan__version")
    return {one.code: one for one in levels}


def words_of_levels(contest: Contest) -> dict[str, str]:
    return {code: level.label for code, level in levels_by_code(contest).items()} | {"": _("no prize")}


def steps_in_words(move: PrizeMove, words: Mapping[str, str]) -> list[tuple[Entry, str, str]]:
    """(entry, from, to) of each step."""
    return [(one.entry, words.get(one.before, one.before), words.get(one.after, one.after)) for one in move.steps.all()]
