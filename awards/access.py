"""The rules of awards: why_not_<verb>(user, thing, *, at)."""

from datetime import datetime
from typing import Any

from awards.models import AwardList
from competition.access import HIDDEN, is_organiser, why_not_in_state, why_not_organise
from competition.errors import Denial
from competition.models import Contest
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
    return why_not_in_state(contest, ContestState.LOCKED, ContestState.PUBLISHED)


def why_not_publish_list(user: Any, contest: Contest, *, at: datetime) -> Denial | None:
    return why_not_organise(user, contest, at=at) or why_not_in_state(contest, ContestState.LOCKED)
