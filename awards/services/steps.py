"""The steps of this app that may take two persons: each one service, or the few that belong together."""

from datetime import date, datetime
from typing import Any

from django.db import transaction

from awards.models import AwardList, Notice, Resolution, TrackMinutes
from awards.selectors import list_that_stands
from awards.services.achievements import record_achievements
from awards.services.amending import amend_list
from awards.services.eligibility import check_eligibility, refuse_fallen_winners
from awards.services.lists import check_list, lock_list, publish_list
from awards.services.notices import open_notice, take_notice_down
from awards.services.proposals import plan_in_force
from awards.services.resolving import decided_in, record_resolution, withdraw_resolution
from awards.services.special_awards import special_lines
from awards.states import ObjectionState
from competition.models import Agreement, Contest, User
from competition.parts import Step, on_step
from competition.states import ContestKind, StepKind


@transaction.atomic
def lock(asked: Agreement, *, by: User, at: datetime) -> AwardList:
    """What people have won counts for awards from the lock on."""
    contest = asked.contest
    if contest.kind == ContestKind.AWARD:  # the contest below may have been amended since the list was proposed
        check_eligibility(contest=contest, by=by, at=at)
    award_list = lock_list(contest=contest, by=by, at=at)
    if contest.kind == ContestKind.CONTEST:
        record_achievements(award_list=award_list, by=by, at=at)
        refuse_fallen_winners(contest)
    return award_list


def publish(asked: Agreement, *, by: User, at: datetime) -> AwardList:
    return publish_list(contest=asked.contest, by=by, at=at, reason=asked.reason)


def notice_days(first: date, last: date) -> dict[str, str]:
    """A notice to open, as its agreement keeps it."""
    return {"first": first.isoformat(), "last": last.isoformat()}


def notice(asked: Agreement, *, by: User, at: datetime) -> Notice:
    first, last = (date.fromisoformat(asked.facts[name]) for name in ("first", "last"))
    return open_notice(contest=asked.contest, first=first, last=last, by=by, at=at)


def notice_down(asked: Agreement, *, by: User, at: datetime) -> None:
    take_notice_down(notice=asked.contest.notices.get(key=asked.about), by=by, at=at)


def amend(asked: Agreement, *, by: User, at: datetime) -> AwardList:
    return amend_list(contest=asked.contest, reason=asked.reason, by=by, at=at)


def resolution(asked: Agreement, *, by: User, at: datetime) -> Resolution:
    decided = decided_in(asked.facts)
    return record_resolution(contest=asked.contest, decided=decided, paper=asked.paper, by=by, at=at)


def resolution_back(asked: Agreement, *, by: User, at: datetime) -> None:
    found = asked.contest.resolutions.get(key=asked.about)
    withdraw_resolution(resolution=found, reason=asked.reason, by=by, at=at)


def list_seen(asked: Agreement, *, at: datetime) -> list[Any]:
    """The list, what it rests on, what the check finds of it now, its notices and how many objections wait."""
    contest, found = asked.contest, list_that_stands(asked.contest)
    resolutions = list(contest.resolutions.standing().values_list("serial", flat=True))
    if found is None:
        return [contest.state, *resolutions]
    plan, findings = plan_in_force(contest), [[one.code, one.entry] for one in check_list(found)]
    return [
        contest.state, found.key, found.version, found.state, found.digest, found.recognitions.count(),
        plan.version if plan else 0, findings, objections_waiting(contest), minutes_named(contest),
        [[one.version, one.taken_down_at is None] for one in contest.notices.order_by("version")],
        special_lines(contest), decisions_seen(contest), *resolutions,
    ]  # fmt: skip


def objections_waiting(contest: Contest) -> list[str]:
    """Which, not how many: a reason that was written for one says nothing of another."""
    return list(contest.objections.filter(state=ObjectionState.OPEN).order_by("pk").values_list("key", flat=True))


def decisions_seen(contest: Contest) -> list[list[str]]:
    """With the minutes that they name: the digest of the list has no word of those."""
    rows = contest.decisions.order_by("entry__number")
    return [list(row) for row in rows.values_list("entry__number", "code", "terms", "minutes")]


def minutes_named(contest: Contest) -> list[list[Any]]:
    """The minutes of tracks that are decided elsewhere, in all their versions."""
    rows = TrackMinutes.objects.filter(track__contest=contest).order_by("track", "version")
    return [list(row) for row in rows.values_list("track__code", "version", "paper__sha256")]


def register() -> None:
    for kind, do in (
        (StepKind.LOCK, lock),
        (StepKind.PUBLISH, publish),
        (StepKind.NOTICE, notice),
        (StepKind.NOTICE_DOWN, notice_down),
        (StepKind.AMEND, amend),
        (StepKind.RESOLUTION, resolution),
        (StepKind.RESOLUTION_BACK, resolution_back),
    ):
        on_step(kind, Step(do, list_seen))
