"""The rules of awards: why_not_<verb>(user, thing, *, at)."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from awards.models import AwardList, PrizeCheck
from competition.access import HIDDEN, acts_for_unit, is_organiser, moment, why_not_in_state, why_not_organise
from competition.errors import Denial
from competition.models import Contest, District
from competition.states import ContestKind, ContestState, RoleKind


def why_not_see_list(user: Any, award_list: AwardList, *, at: datetime) -> Denial | None:
    """Any version of a list, with full names."""
    return why_not_organise(user, award_list.contest, at=at)


def why_not_see_results(user: Any, contest: Contest, *, at: datetime) -> Denial | None:
    """The public page: from the first publication on, also while a new version is made; before, its organisers."""
    if contest.award_lists.filter(published_at__isnull=False).exists() or is_organiser(user, contest):
        return None
    return HIDDEN


def why_not_see_room(user: Any, contest: Contest, *, at: datetime) -> Denial | None:
    """The committee of this very award, and its office."""
    if not user.is_authenticated:
        return Denial("sign-in")
    if user.roles.filter(kind=RoleKind.COMMITTEE, contest=contest).exists() or is_organiser(user, contest):
        return None
    return HIDDEN


def why_not_decide(user: Any, contest: Contest, *, at: datetime) -> Denial | None:
    """Not after the lock; and an award waits for the contest whose prizes it counts."""
    if denial := why_not_organise(user, contest, at=at):
        return denial
    below = contest.belongs_to if contest.kind == ContestKind.AWARD else None
    if below and (denial := why_not_in_state(below, ContestState.LOCKED, ContestState.PUBLISHED)):
        return denial
    return why_not_in_state(contest, ContestState.SETUP, ContestState.JUDGING, ContestState.DECISION)


def why_not_lock_list(user: Any, contest: Contest, *, at: datetime) -> Denial | None:
    return why_not_organise(user, contest, at=at) or why_not_in_state(contest, ContestState.DECISION)


def why_not_issue_certificates(user: Any, contest: Contest, *, at: datetime) -> Denial | None:
    """From the lock on. A delegation's certificates come from the higher level."""
    if denial := why_not_organise(user, contest, at=at):
        return denial
    if hasattr(contest, "delegation"):
        return Denial("hidden", hide=True)
    if check := running_check(contest, at=at):
        return Denial("prize-check-runs", {"contest": contest, "until": moment(check.until)})
    return why_not_in_state(contest, ContestState.LOCKED, ContestState.PUBLISHED)


def running_check(contest: Contest, *, at: datetime) -> PrizeCheck | None:
    """The check of prizes while units may answer."""
    check: PrizeCheck | None = contest.prize_checks.filter(closed_at=None, is_shown=True, until__gt=at).first()
    return check


def why_not_show_prizes(user: Any, contest: Contest, *, at: datetime) -> Denial | None:
    """From the lock on: before it nothing is fixed that could be checked. Nominees are no unit's entries."""
    if denial := why_not_organise(user, contest, at=at):
        return denial
    if contest.kind == ContestKind.AWARD or hasattr(contest, "delegation"):
        return HIDDEN
    return why_not_in_state(contest, ContestState.LOCKED, ContestState.PUBLISHED)


@dataclass(frozen=True)
class UnitPrizes:
    """The prizes of a unit in a contest."""

    contest: Contest
    unit: District


def why_not_see_prizes(user: Any, prizes: UnitPrizes, *, at: datetime) -> Denial | None:
    """The office; the unit, once the office has shown them and the list stands fixed."""
    if not user.is_authenticated:
        return Denial("sign-in")
    contest = prizes.contest
    if contest.state not in (ContestState.LOCKED, ContestState.PUBLISHED) or contest.kind == ContestKind.AWARD:
        return HIDDEN
    if is_organiser(user, contest):
        return None
    return None if acts_for_unit(user, prizes.unit) and contest.prize_checks.filter(is_shown=True).exists() else HIDDEN


def why_not_answer_prizes(user: Any, prizes: UnitPrizes, *, at: datetime) -> Denial | None:
    """Until the check ends."""
    if denial := why_not_see_prizes(user, prizes, at=at):
        return denial
    return None if running_check(prizes.contest, at=at) else Denial("prize-check-over", {"contest": prizes.contest})


def why_not_publish_list(user: Any, contest: Contest, *, at: datetime) -> Denial | None:
    return why_not_organise(user, contest, at=at) or why_not_in_state(contest, ContestState.LOCKED)
