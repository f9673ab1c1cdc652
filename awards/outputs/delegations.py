"""What a delegation brought home: sent, prizes by level, and the sentence of the report."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from awards.models import Achievement
from awards.outputs.figures import sent_sentence
from awards.selectors import list_that_stands
from competition.models import Contest, Entry


@dataclass(frozen=True)
class SentLine:
    """An entry that was sent, with the words of its prizes, the best first."""

    entry: Entry
    prizes: tuple[str, ...]


@dataclass(frozen=True)
class DelegationFigures:
    """`counted`: how many entries won each prize, in the order of the prizes."""

    lines: list[SentLine]
    counted: Mapping[str, int]
    sentence: str

    @property
    def sent(self) -> int:
        return len(self.lines)

    @property
    def won(self) -> int:
        return sum(bool(line.prizes) for line in self.lines)


def delegation_figures(contest: Contest) -> DelegationFigures:
    """By the list that came with the workbook, where there is one, else by the published list that was brought in."""
    prizes = prizes_of(contest)
    entries = contest.entries.entered().select_related("track", "school").prefetch_related("authors__person")
    lines = [
        SentLine(entry, tuple(word for _order, word in sorted(prizes.get(entry.pk, ()))))
        for entry in entries.order_by("order")
    ]
    levels = Counter((order, word) for entry in lines for order, word in sorted(prizes.get(entry.entry.pk, ()))[:1])
    counted = {word: levels[order, word] for order, word in sorted(levels)}
    return DelegationFigures(lines, counted, sent_sentence(contest.label_zh, len(lines), counted))


def prizes_of(contest: Contest) -> dict[int, set[tuple[int, str]]]:
    """entry -> (order, word) of its prizes."""
    found: dict[int, set[tuple[int, str]]] = {}
    award_list = list_that_stands(contest)
    rows = (
        award_list.awards.values_list("entry", "order", "label_zh")
        if award_list
        else Achievement.objects.filter(entry__contest=contest).values_list("entry", "prize_order", "prize_name")
    )
    for entry, order, word in rows:
        found.setdefault(entry, set()).add((order, word))
    return found
