"""The screen of the hall: slides of a prize-giving, in the running order of the host's script."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from awards.ceremony_style import NOBODY, CeremonyStyle
from awards.core.slides import Shown, Told, slides_of
from awards.list_style import ListNames
from awards.models import AwardList
from awards.outputs.running_order import Call, CallKind, Winner, running_order
from awards.wording import joined, quoted
from competition.states import ContestKind
from competition.views.masks import masked_all


@dataclass(frozen=True)
class Slide:
    """count   how many the prize has, in words; "" where there is one"""

    contest: str
    prize: str
    sponsor: str
    count: str
    is_alone: bool
    shown: Shown


def screen_slides(lists: Sequence[AwardList], style: CeremonyStyle) -> list[Slide]:
    """From the lowest prize to the highest.

    lists   of the contest and of its award, those that stand and are fixed
    """
    calls = running_order(lists)
    alone = codes_alone(calls, style.alone)
    return [slide for call in calls for slide in slides_of_call(call, style.names, is_alone=call.code in alone)]


def level_choices(calls: Sequence[Call]) -> list[tuple[str, str]]:
    """(code, prize) from which on each winner may stand alone: the highest first."""
    found = {one.code: one.label for one in calls if one.kind == CallKind.LEVEL}
    return list(found.items())[::-1]


def codes_alone(calls: Sequence[Call], lowest: str) -> frozenset[str]:
    """Prizes of which each winner stands alone: this one and those called after it; of "" the last one."""
    codes = [code for code, _ in level_choices(calls)]
    if lowest == NOBODY:
        return frozenset()
    return frozenset(codes[: codes.index(lowest) + 1] if lowest in codes else codes[:1])


def slides_of_call(call: Call, names: str, *, is_alone: bool) -> list[Slide]:
    shown = masked_all if names == ListNames.MASKED else joined
    told = [told_of(one, shown) for one in call.winners]
    unit = "件" if call.kind != CallKind.TITLE and call.contest.kind == ContestKind.CONTEST else ""
    count = f"共{len(told)}{unit or ('名' if call.winners[0].names else '个')}" if len(told) > 1 else ""
    return [
        Slide(call.contest.label_zh, call.label, call.sponsor, count, is_alone, one)
        for one in slides_of(told, alone=is_alone)
    ]


def told_of(winner: Winner, shown: Callable[[list[str]], str]) -> Told:
    names = shown(list(winner.names)) if winner.names else winner.group
    return Told(names, winner.school, quoted(winner.title) if winner.title else "")
