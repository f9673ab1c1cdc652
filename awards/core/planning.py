"""What is wrong with a prize plan that somebody wrote down, and what is odd about one that can be carried out."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from awards.core.prizes import GroupPlan, LevelPlan, seats, wanted_seats, whole_seats
from judging.core.tiebreaks import TieBreaker

OF_A_TOTAL = ("percent_prizes", "ratio", "rest")  # kinds that mean nothing without a cap
MOST_BREAKERS = 5
PERCENT = ("percent_entries", "percent_prizes")


@dataclass(frozen=True)
class PlanFault:
    """Why a plan is not taken. `row`: the level, None for the group; `where`: what of it; `code` finds the sentence."""

    code: str
    where: str
    row: int | None = None
    facts: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Oddity:
    """Something to look at before a plan is saved. `level`: the code of the prize it is about, "" for all."""

    code: str
    level: str = ""
    facts: Mapping[str, Any] = field(default_factory=dict)


def plan_faults(
    plan: GroupPlan,
    ranks: Mapping[str, int],
    *,
    is_timed: bool = False,
    known: Collection[TieBreaker] | None = None,
) -> list[PlanFault]:
    """Everything for which a plan cannot be carried out, or would mean something else than it says.

    ranks      prize code -> place among the prizes that everyone knows; one without a level is not in it
    is_timed   time alone is measured, so a least score would leave everybody without a prize
    known      the tie-breakers that the track can have; None where that is not asked
    source     docs/rulebook.md "How many prizes"
    """
    return [
        *(fault for row, level in enumerate(plan.levels) for fault in level_faults(row, level, is_timed=is_timed)),
        *order_faults(plan, ranks),
        *cap_faults(plan),
        *breaker_faults(plan, known),
    ]


def level_faults(row: int, level: LevelPlan, *, is_timed: bool) -> Iterator[PlanFault]:
    value = level.value
    if level.kind == "rest":
        if value is not None:
            yield PlanFault("rest-has-value", "value", row)
    elif value is None:
        yield PlanFault("value-missing", "value", row)
    elif value < 0:
        yield PlanFault("below-zero", "value", row)
    elif level.kind == "count" and value.denominator != 1:
        yield PlanFault("not-whole", "value", row)
    elif level.kind in PERCENT and value > 100:
        yield PlanFault("over-hundred", "value", row)
    if level.minimum is not None and is_timed:
        yield PlanFault("minimum-of-time", "minimum", row)
    elif level.minimum is not None and level.minimum < 0:
        yield PlanFault("below-zero", "minimum", row)


def order_faults(plan: GroupPlan, ranks: Mapping[str, int]) -> Iterator[PlanFault]:
    """Each prize once, the better ones first, and one level alone takes what is left."""
    codes = [level.code for level in plan.levels]
    kinds = [level.kind for level in plan.levels]
    for row, (code, kind) in enumerate(zip(codes, kinds, strict=True)):
        if code in codes[:row]:
            yield PlanFault("prize-twice", "prize", row)
        elif code in ranks and any(ranks.get(above, -1) > ranks[code] for above in codes[:row]):
            yield PlanFault("prize-order", "prize", row)
        if kind == "rest" and "rest" in kinds[:row]:
            yield PlanFault("rest-twice", "kind", row)


def cap_faults(plan: GroupPlan) -> Iterator[PlanFault]:
    if plan.cap_count is not None and plan.cap_percent is not None:
        yield PlanFault("two-caps", "cap")
    if plan.cap_count is not None and plan.cap_count < 0:
        yield PlanFault("below-zero", "cap")
    if plan.cap_percent is not None and not 0 <= plan.cap_percent <= 100:
        yield PlanFault("over-hundred", "cap")
    if plan.cap_count is None and plan.cap_percent is None and any(one.kind in OF_A_TOTAL for one in plan.levels):
        yield PlanFault("cap-missing", "cap")


def breaker_faults(plan: GroupPlan, known: Collection[TieBreaker] | None) -> Iterator[PlanFault]:
    """`row`: its place in the chain."""
    for row, breaker in enumerate(plan.breakers):
        if row >= MOST_BREAKERS:
            yield PlanFault("breakers-many", "breaker", row)
        if breaker in plan.breakers[:row]:
            yield PlanFault("breaker-twice", "breaker", row)
        elif known is not None and breaker not in known:
            yield PlanFault("breaker-unknown", "breaker", row)


def oddities(plan: GroupPlan, entries: int) -> list[Oddity]:
    """Of a plan without faults, for a number of entries."""
    if not entries:
        return [Oddity("no-entries"), *rising_minimums(plan)]
    given = seats(plan, entries)
    found = [Oddity("level-empty", level.code) for level, number in zip(plan.levels, given, strict=True) if not number]
    if sum(given) > entries:
        found.append(Oddity("more-than-entries", facts={"prizes": sum(given), "entries": entries}))
    total = plan.cap(entries)
    if total is not None:
        wanted = sum(whole_seats(plan, [wanted_seats(level, plan, entries, total) for level in plan.levels]))
        if wanted > total:
            found.append(Oddity("cap-takes", facts={"taken": wanted - total, "cap": total}))
        if sum(given) < total and any(level.kind in OF_A_TOTAL for level in plan.levels):
            found.append(Oddity("prizes-left", facts={"left": total - sum(given), "cap": total}))
    return [*found, *rising_minimums(plan)]


def rising_minimums(plan: GroupPlan) -> Iterator[Oddity]:
    """A worse prize asks for more than a better one."""
    for better, worse in zip(plan.levels, plan.levels[1:], strict=False):
        if worse.minimum is not None and (better.minimum is None or better.minimum < worse.minimum):
            yield Oddity("minimum-rises", worse.code)
