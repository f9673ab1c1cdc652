"""Which single sheet decides a prize: without it somebody would have another one. Reads only; nothing here counts."""

from collections.abc import Sequence
from dataclasses import dataclass

from awards.core.by_sheet import Ladder
from awards.core.prizes import Score
from awards.outputs.analysis import Told, Words
from awards.services.beside import Beside, whole_scores
from awards.services.chain import Chain
from competition.models import Entry
from judging.core.by_sheet import left_out
from judging.core.tiebreaks import Value
from judging.models import Judge


@dataclass(frozen=True)
class Other:
    """Another entry that would move too."""

    entry: Entry
    prize: Told
    prize_without: Told


@dataclass(frozen=True)
class SheetLine:
    """A sheet by the code of its judge and its entry; score and prize by the published rule, and without it. The
    entry's own prize may stay where others move."""

    judge: str
    entry: Entry
    score: str
    score_without: str
    prize: Told
    prize_without: Told
    others: tuple[Other, ...]


class OneRow(Sequence[Sequence[Value | None]]):
    """What tie-breakers say, of one entry as they would say it without a judge's sheet. Asked only where a tie reaches
    it: of the others nothing changes, since a tie-breaker looks at one entry at a time."""

    def __init__(self, chain: Chain, without: Chain, row: int):
        self.chain, self.without, self.row = chain, without, row

    def __len__(self) -> int:
        return len(self.chain)

    def __getitem__(self, step):
        said = list(self.chain[step])
        said[self.row] = self.without[step][self.row]
        return said


def deciding_sheets(both: Beside) -> list[SheetLine]:
    """By the place of the entry, then by the code of the judge; () without a plan."""
    if both.prizes is None:
        return []
    ladder = Ladder(both.scores, both.prizes, len(both.entries), both.chain)
    sheets, words = both.sheets, Words(both, list(both.place.group.levels.all()) if both.place.group else [])
    codes = dict(Judge.objects.filter(pk__in=sheets.judge_keys).values_list("pk", "code"))
    chains: dict[int, Chain] = {}
    found: list[tuple[int, SheetLine]] = []
    for entry, judge, score in zip(sheets.entries.tolist(), sheets.judges.tolist(), scores_without(both), strict=True):
        key = sheets.judge_keys[judge]
        without = chains.setdefault(key, both.chain.without(key))
        moved = {one.row: one for one in ladder.changes_with(entry, score, OneRow(both.chain, without, entry))}
        if moved:
            own = moved.pop(entry, None)
            others = [
                Other(both.entries[at], words.told(one.before), words.told(one.after)) for at, one in moved.items()
            ]
            line = SheetLine(
                codes[key],
                both.entries[entry],
                words.text(both.scores[entry]),
                words.text(score),
                words.told(ladder.levels[entry]),
                words.told(own.after if own else ladder.levels[entry]),
                tuple(others),
            )
            found.append((entry, line))
    return [line for _row, line in sorted(found, key=lambda one: order_in(both, *one))]


def order_in(both: Beside, row: int, line: SheetLine) -> tuple[tuple[int, ...], int, str]:
    return tuple(-part for part in both.scores[row] or ()), line.entry.order, line.judge


def scores_without(both: Beside) -> list[Score | None]:
    """(sheets,) the whole score of its entry without the sheet, by the published rule."""
    sheets = both.sheets
    values = left_out(both.place.rubric.method, sheets.totals, sheets.entries, len(both.entries))
    return whole_scores([both.shares[row] for row in sheets.entries.tolist()], values, sheets.unit, both.places)
