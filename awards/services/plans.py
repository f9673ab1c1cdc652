"""Prize plans and rules of recognition. A changed plan is a new version."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.db import transaction

from awards.core.prizes import GroupPlan, LevelPlan
from awards.models import Decision, PrizeGroup, PrizeLevel, PrizePlan, RecognitionRule
from awards.prizes import Prize
from awards.states import Rounding, SeatKind, Ties
from competition import events
from competition.models import Contest, Division, Entry, Track, User
from competition.services.upsert import upsert


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


@transaction.atomic
def save_plan(*, contest: Contest, groups: Sequence[GroupDetails], by: User | None, at: datetime) -> PrizePlan:
    """The plan in force; the version that is there already where nothing differs."""
    latest = contest.prize_plans.order_by("-version").first()
    if latest and content_of_plan(latest) == content_of(groups):
        return latest
    version = (latest.version if latest else 0) + 1
    plan = PrizePlan.objects.create(contest=contest, version=version, made_at=at, key=contest.mint.key("plan", version))
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
    events.record(contest, "plan.saved", plan, by=by, at=at, body={"version": version, "groups": len(groups)})
    return plan


def content_of(groups: Sequence[GroupDetails]) -> list[Any]:
    return [
        [group.track.pk, group.division.pk if group.division else None, group.rounding, group.ties, group.cap_count,
         group.cap_percent,
         [[one.prize.code, one.prize.label_zh, one.prize.label_en, one.kind, one.value, one.minimum]
          for one in group.levels]]
        for group in groups
    ]  # fmt: skip


def content_of_plan(plan: PrizePlan) -> list[Any]:
    return [
        [group.track_id, group.division_id, group.rounding, group.ties, group.cap_count, group.cap_percent,
         [[one.code, one.label_zh, one.label_en, one.kind, one.value, one.minimum] for one in group.levels.all()]]
        for group in plan.groups.prefetch_related("levels")
    ]  # fmt: skip


def group_plan(group: PrizeGroup) -> GroupPlan:
    """The stored group as the core wants it."""
    return GroupPlan(
        levels=tuple(
            LevelPlan(one.code, one.kind, None if one.value is None else Fraction(one.value), one.minimum)
            for one in group.levels.all()
        ),
        rounding=group.rounding,
        ties=group.ties,
        cap_count=group.cap_count,
        cap_percent=None if group.cap_percent is None else Fraction(group.cap_percent),
    )


@transaction.atomic
def save_decisions(
    *, contest: Contest, decisions: dict[Entry, tuple[Prize | None, str]], by: User | None, at: datetime
) -> None:
    """What people decided: on ties held by the plan, and on tracks decided by minutes."""
    saved = upsert(
        contest.decisions.all(),
        ["entry_id"],
        [
            Decision(
                contest=contest,
                entry=entry,
                code=prize.code if prize else "",
                label=prize.label_zh if prize else "",
                minutes=minutes,
            )
            for entry, (prize, minutes) in decisions.items()
        ],
        ["code", "label", "minutes"],
    )
    if saved.drop_unwanted() or saved.has_changes:
        body = {"decisions": len(saved.rows), "dropped": len(saved.unwanted)}
        events.record(contest, "decisions.saved", contest, by=by, at=at, body=body)


@dataclass(frozen=True)
class RecognitionDetails:
    """`points`: prize code (or "entry") -> points, as text."""

    name: str
    name_en: str
    kind: str
    number: int
    points: dict[str, str]
    ties: Ties = Ties.EXTEND


@transaction.atomic
def save_recognition_rules(
    *, contest: Contest, rules: Sequence[RecognitionDetails], by: User | None, at: datetime
) -> None:
    """Make these the rules in force, each found by whom it is about and its title."""
    saved = upsert(
        contest.recognition_rules.all(),
        ["kind", "label_zh"],
        [
            RecognitionRule(
                contest=contest,
                kind=rule.kind,
                order=order,
                number=rule.number,
                points=rule.points,
                ties=rule.ties,
                label_zh=rule.name,
                label_en=rule.name_en,
            )
            for order, rule in enumerate(rules, 1)
        ],
        ["order", "number", "points", "ties", "label_en", "is_in_force"],
    )
    given_up = RecognitionRule.objects.filter(pk__in=[rule.pk for rule in saved.unwanted], is_in_force=True)
    if given_up.update(is_in_force=False) or saved.has_changes:
        events.record(contest, "recognitions.saved", contest, by=by, at=at, body={"rules": len(rules)})
