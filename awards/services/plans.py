"""Prize plans and decisions on entries. A changed plan is a new version."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.db import transaction

from awards.core.prizes import GroupPlan, LevelPlan
from awards.models import Decision, PrizeGroup, PrizeLevel, PrizePlan
from awards.prizes import Prize
from awards.states import Rounding, SeatKind, Ties
from competition import events
from competition.core.canon import digest
from competition.core.numbers import plain_text
from competition.errors import Denial
from competition.models import Contest, Division, Entry, StoredFile, Track, User
from competition.services.agreeing import refuse_fixed
from competition.services.upsert import upsert
from judging.core.tiebreaks import TieBreaker


@dataclass(frozen=True)
class LevelDetails:
    """`minimum` in 10^-places points of the contest."""

    prize: Prize
    kind: SeatKind
    value: Decimal | None = None
    minimum: int | None = None


@dataclass(frozen=True)
class GroupDetails:
    track: Track
    division: Division | None
    levels: tuple[LevelDetails, ...]
    rounding: Rounding = Rounding.HALF_UP
    ties: Ties = Ties.HOLD
    cap_count: int | None = None
    cap_percent: Decimal | None = None
    breakers: tuple[TieBreaker, ...] = ()

    @property
    def plan(self) -> GroupPlan:
        """As the core wants it."""
        return GroupPlan(
            levels=tuple(
                LevelPlan(one.prize.code, one.kind, None if one.value is None else Fraction(one.value), one.minimum)
                for one in self.levels
            ),
            rounding=self.rounding,
            ties=self.ties,
            cap_count=self.cap_count,
            cap_percent=None if self.cap_percent is None else Fraction(self.cap_percent),
            breakers=self.breakers,
        )

    @property
    def chain(self) -> list[list[str]]:
        """The tie-breakers as they are stored."""
        return [[one.by, one.of] for one in self.breakers]


@transaction.atomic
def save_plan(
    *,
    contest: Contest,
    groups: Sequence[GroupDetails],
    by: User | None,
    at: datetime,
    reason: str = "",
    minutes: str = "",
    paper: StoredFile | None = None,
) -> PrizePlan:
    """The plan in force; the version that is there already where nothing differs."""
    latest = contest.prize_plans.order_by("-version").first()
    if latest and content_of_plan(latest) == content_of(groups):
        return latest
    version = (latest.version if latest else 0) + 1
    plan = PrizePlan.objects.create(
        contest=contest, version=version, made_at=at, by=by, reason=reason, minutes=minutes, paper=paper,
        key=contest.mint.key("plan", version),
    )  # fmt: skip
    for order, group in enumerate(groups, 1):
        row = PrizeGroup.objects.create(
            plan=plan,
            track=group.track,
            division=group.division,
            order=order,
            rounding=group.rounding,
            ties=group.ties,
            cap_count=group.cap_count,
            cap_percent=group.cap_percent,
            breakers=group.chain,
        )
        PrizeLevel.objects.bulk_create(
            PrizeLevel(
                group=row,
                code=level.prize.code,
                label_zh=level.prize.label_zh,
                label_en=level.prize.label_en,
                order=place,
                kind=level.kind,
                value=level.value,
                minimum=level.minimum,
            )
            for place, level in enumerate(group.levels, 1)
        )
    body = {"version": version, "groups": len(groups), "content": digest(plan_lines(plan))}
    body |= why_committed(plan) if reason or minutes or paper else {}
    events.record(contest, "plan.saved", plan, by=by, at=at, body=body)
    return plan


def why_committed(plan: PrizePlan) -> dict[str, Any]:
    """Why it was changed, for the log: the words stand with the version, the log proves that they are these."""
    said: dict[str, Any] = {"why": plan.contest.mint.commitment(plan.reason, plan.minutes)}
    return said | ({"sha256": plan.paper.sha256} if plan.paper else {})


def why_changed(contest: Contest, subjects: Collection[str]) -> dict[str, str]:
    """Reason and minutes of the plans among these subjects of events, for who reads the log."""
    plans = contest.prize_plans.exclude(reason="", minutes="")
    return {name: " · ".join(filter(None, [one.reason, one.minutes])) for one in plans
            if (name := events.name_of(one)) in subjects}  # fmt: skip


def content_of(groups: Sequence[GroupDetails]) -> list[Any]:
    return [
        [group.track.pk, group.division.pk if group.division else None, group.rounding, group.ties, group.cap_count,
         group.cap_percent, group.chain,
         [[one.prize.code, one.prize.label_zh, one.prize.label_en, one.kind, one.value, one.minimum]
          for one in group.levels]]
        for group in groups
    ]  # fmt: skip


def content_of_plan(plan: PrizePlan) -> list[Any]:
    return [
        [group.track_id, group.division_id, group.rounding, group.ties, group.cap_count, group.cap_percent,
         group.breakers,
         [[one.code, one.label_zh, one.label_en, one.kind, one.value, one.minimum] for one in group.levels.all()]]
        for group in plan.groups.prefetch_related("levels")
    ]  # fmt: skip


def plan_lines(plan: PrizePlan) -> list[dict[str, Any]]:
    """What it says by codes alone, a line a group: the log keeps the digest, a bundle the lines."""
    rows = plan.groups.select_related("track", "division").prefetch_related("levels")
    return [
        {
            "track": group.track.code,
            "division": group.division.code if group.division else "",
            "rounding": group.rounding,
            "ties": group.ties,
            "cap_count": group.cap_count,
            "cap_percent": plain_text(group.cap_percent),
            "levels": [[one.code, one.kind, plain_text(one.value), one.minimum] for one in group.levels.all()],
        }
        | ({"breakers": group.breakers} if group.breakers else {})  # without any, as before there were any
        for group in rows.order_by("order")
    ]


def stored_group(group: PrizeGroup) -> GroupDetails:
    """A group in the words in which it is saved."""
    return GroupDetails(
        group.track,
        group.division,
        tuple(
            LevelDetails(
                Prize(one.code, one.label_zh, one.label_en, one.order), SeatKind(one.kind), one.value, one.minimum
            )
            for one in group.levels.all()
        ),
        Rounding(group.rounding),
        Ties(group.ties),
        group.cap_count,
        group.cap_percent,
        tuple(TieBreaker(by, of) for by, of in group.breakers),
    )


def group_plan(group: PrizeGroup) -> GroupPlan:
    """The stored group as the core wants it."""
    return stored_group(group).plan


@transaction.atomic
def save_decisions(
    *,
    contest: Contest,
    decisions: dict[Entry, tuple[Prize | None, str]],
    by: User | None,
    at: datetime,
    among: Collection[Entry] | None = None,
    terms: str = "",
) -> None:
    """What people decided: on ties held by the plan, and on tracks decided by minutes.

    among   the entries that were decided on, None for all of the contest: one without a decision loses its old one
    terms   of the tie that is settled, see `Decision`
    raises  Refused "decision-fixed" where something would change once a list is fixed by two
    """
    known = contest.decisions.select_related("entry")
    saved = upsert(
        known if among is None else known.filter(entry__in=among),
        ["entry_id"],
        [
            Decision(
                contest=contest,
                entry=entry,
                code=prize.code if prize else "",
                label=prize.label_zh if prize else "",
                minutes=minutes,
                terms=terms,
            )
            for entry, (prize, minutes) in decisions.items()
        ],
        ["code", "label", "minutes", "terms"],
    )
    unwanted = [one.entry.number for one in saved.unwanted]
    if saved.drop_unwanted() or saved.has_changes:
        changed = [one.entry.number for one in [*saved.created, *(saved.rows[key] for key in saved.changed)]]
        refuse_fixed(contest, Denial("decision-fixed", {"entry": ", ".join(sorted({*changed, *unwanted})[:5])}))
        body: dict[str, Any] = {"decisions": len(saved.rows), "dropped": len(saved.unwanted)}
        body["content"] = digest(decision_lines(contest))
        if among is not None:
            given = {one.number: prize.label_zh if prize else "—" for one, (prize, _minutes) in decisions.items()}
            body["entries"] = [f"{number} {prize}" for number, prize in given.items()]
            body["taken_back"] = sorted(one.entry.number for one in saved.unwanted)
        events.record(contest, "decisions.saved", contest, by=by, at=at, body=body)


def decision_lines(contest: Contest) -> list[dict[str, Any]]:
    """All that was decided on entries, without the minutes: those may name people."""
    rows = contest.decisions.values_list("entry__number", "code", "terms").order_by("entry__number")
    return [{"entry": number, "code": code, "terms": terms} for number, code, terms in rows]
