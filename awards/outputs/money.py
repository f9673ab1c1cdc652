"""Prize money of an award's winners, added up: shown on papers, paid elsewhere."""

from collections import Counter
from dataclasses import dataclass

from awards.core.money import yuan_in
from awards.models import AwardList, AwardTerms
from awards.services.mayor import WINNER
from competition.states import ContestKind


@dataclass(frozen=True)
class Money:
    """Of one kind of winner. `said`: as the rules have it; `yuan`: of one winner, None where the rules do not say one
    amount."""

    kind: str
    winners: int
    said: str
    yuan: int | None

    @property
    def total(self) -> int | None:
        return None if self.yuan is None else self.yuan * self.winners


def money_of(award_list: AwardList) -> list[Money]:
    """Of kinds that have winners and whose rules speak of money. Nomination prizes have none."""
    if award_list.contest.kind != ContestKind.AWARD:
        return []
    winners = Counter(award_list.awards.filter(code=WINNER).values_list("entry__track", flat=True))
    rows = AwardTerms.objects.filter(track__in=winners).exclude(money="").select_related("track")
    return [
        Money(one.track.label_zh, winners[one.track_id], one.money, yuan_in(one.money))
        for one in rows.order_by("track__order")
    ]


def total_of(found: list[Money]) -> int | None:
    """None where a kind says no amount: half a sum would mislead."""
    totals = [one.total for one in found]
    return None if not totals or None in totals else sum(one or 0 for one in totals)


def money_lines(award_list: AwardList) -> tuple[str, ...]:
    """For papers in Chinese."""
    found = money_of(award_list)
    lines = [
        f"奖金：{one.kind} {one.winners} 名，{one.said}" + (f"，计 {one.total:,} 元" if one.total is not None else "")
        for one in found
    ]
    total = total_of(found)
    return (*lines, f"奖金合计 {total:,} 元（仅列示，不由本系统发放）") if total is not None else tuple(lines)
