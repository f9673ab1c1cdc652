"""The committee's moves in what plan and settled ties give: which of them count, and what they make of a group. Reads
only; `moves` writes."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from awards.core.moving import over_places
from awards.core.prizes import Score, cuts_by_code
from awards.models import AwardList, Decision, MoveStep, PrizeMove
from competition.core.canon import digest
from competition.models import Contest
from judging.core.scores import competition_ranks

if TYPE_CHECKING:
    from awards.services.proposals import Outcome

Levels = list[int | None]


@dataclass(frozen=True)
class Moved:
    """A group after the committee's moves. `levels` (n,): of each entry; `rows` that a move is about; `numbers` of the
    moves that count."""

    levels: Levels
    rows: frozenset[int]
    numbers: tuple[int, ...]


def standing_moves(contest: Contest) -> list[PrizeMove]:
    """Those that were not taken back."""
    rows = contest.prize_moves.filter(taken_back_at=None)
    return list(rows.prefetch_related("steps__entry"))


def levels_due(outcome: Outcome, holding: Mapping[int, Decision]) -> Levels:
    """By the plan, and by the committee where the plan held a tie. No prize while such a tie is open."""
    codes = [level.code for level in outcome.group.levels.all()]
    due = list(outcome.cut.levels)
    for row, entry in enumerate(outcome.entries):
        if entry.pk in holding and holding[entry.pk].code:
            due[row] = codes.index(holding[entry.pk].code) if holding[entry.pk].code in codes else None
    return due


def terms_of_group(outcome: Outcome, due: Levels) -> str:
    """What the committee saw: who stands where with which prize, and the places that there are."""
    levels = list(outcome.group.levels.all())
    codes = ["" if level is None else levels[level].code for level in due]
    places = competition_ranks(outcome.scores)
    ranked = sorted([entry.key, place or 0, code] for entry, place, code in zip(outcome.entries, places, codes,
                                                                                strict=True))  # fmt: skip
    seats = [[level.code, number, level.minimum] for level, number in zip(levels, outcome.cut.seats, strict=True)]
    return digest([ranked, seats])


def moves_that_count(moves: Collection[PrizeMove], terms: str) -> list[PrizeMove]:
    """Carried, on this very state of the group. All of them were decided on the same, so their order says nothing."""
    return [one for one in moves if one.is_carried and one.terms == terms]


def is_under_minimum(outcome: Outcome, row: int, code: str) -> bool:
    """A least score holds for the committee too, also of marks that change no rank."""
    minimum = next((one.minimum for one in outcome.group.levels.all() if one.code == code), None)
    score = outcome.scores[row]
    return minimum is not None and score is not None and score[1] < minimum


def moved_in(outcome: Outcome, due: Levels, moves: Collection[PrizeMove]) -> Moved:
    """What the moves that count make of a group. None of them counts where together they give more than there is: some
    may have been taken back while marks were others."""
    counting = moves_that_count(moves, terms_of_group(outcome, due))
    rows = {entry.pk: row for row, entry in enumerate(outcome.entries)}
    counting = [
        one for one in counting
        if not any(is_under_minimum(outcome, rows[step.entry_id], step.after) for step in one.steps.all())
    ]  # fmt: skip
    steps = [(rows[step.entry_id], step.after) for one in counting for step in one.steps.all()]
    levels = levels_after(outcome, due, steps)
    if over_places(due, levels, outcome.cut.seats):
        return Moved(due, frozenset(), ())
    return Moved(levels, frozenset(row for row, _code in steps), tuple(one.number for one in counting))


def levels_after(outcome: Outcome, due: Levels, given: Sequence[tuple[int, str]]) -> Levels:
    """`given`: (row, code of the level or "" for no prize)"""
    codes = [level.code for level in outcome.group.levels.all()]
    levels = list(due)
    for row, code in given:
        levels[row] = codes.index(code) if code else None
    return levels


def steps_of_list(award_list: AwardList) -> dict[int, MoveStep]:
    """By entry: what the committee moved on this list, also where it is an earlier one."""
    return {step.entry_id: step for step in steps_of_moves(award_list.contest_id, award_list.moves)}


def cuts_in(award_list: AwardList, outcome: Outcome) -> dict[str, Score]:
    """By code: from which score a prize of this group is won on the list. Whoever names a cut of a list asks here."""
    moved, rows = steps_of_list(award_list), {one.pk: row for row, one in enumerate(outcome.entries)}
    mine = [(award, rows[award.entry_id]) for award in award_list.awards.all() if award.entry_id in rows]
    return cuts_by_code((award.code, outcome.scores[row], award.entry_id in moved) for award, row in mine)


def steps_of_moves(contest: int, numbers: Sequence[int]) -> list[MoveStep]:
    """Of the moves with these numbers, in their order."""
    if not numbers:
        return []
    rows = MoveStep.objects.filter(move__contest=contest, move__number__in=numbers)
    return list(rows.select_related("move", "entry").order_by("move__number", "order"))
