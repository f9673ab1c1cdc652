"""The rules of judging: why_not_<verb>(user, thing, *, at)."""

from datetime import datetime
from typing import Any

from competition.access import HIDDEN, why_not_in_state, why_not_organise
from competition.errors import Denial
from competition.models import Contest
from competition.states import ContestState, EntryState, RoleKind
from judging.conflicts import conflicted_pairs
from judging.models import Assignment, Judge, Sheet


def why_not_see_pile(user: Any, judge: Judge, *, at: datetime) -> Denial | None:
    """A pile is seen by its judge alone, while the role lasts. Organisers see sheets at their entries."""
    if not user.is_authenticated:
        return Denial("sign-in")
    is_theirs = judge.user_id == user.pk
    if is_theirs and user.roles.filter(kind=RoleKind.JUDGE, contest=judge.contest_id).exists():
        return None
    return HIDDEN


def why_not_see_work(user: Any, assignment: Assignment, *, at: datetime) -> Denial | None:
    """The entry as its judge reads it, while it is judged. Who left, or is in conflict with it, reads nothing."""
    judge = assignment.judge
    if denial := why_not_see_pile(user, judge, at=at):
        return denial
    is_judged = judge.contest.state in (ContestState.JUDGING, ContestState.DECISION)
    if not (judge.is_active and is_judged and assignment.entry.state == EntryState.PASSED):
        return HIDDEN
    is_in_conflict = (judge.pk, assignment.entry_id) in conflicted_pairs(judge.contest)
    return HIDDEN if is_in_conflict else None


def why_not_see_sheet(user: Any, sheet: Sheet, *, at: datetime) -> Denial | None:
    return why_not_see_pile(user, sheet.assignment.judge, at=at)


def why_not_assign_judges(user: Any, contest: Contest, *, at: datetime) -> Denial | None:
    """Until the decision: after it a new assignment would ask for sheets that nobody waits for."""
    denial = why_not_organise(user, contest, at=at)
    return denial or why_not_in_state(contest, ContestState.SETUP, ContestState.JUDGING)
