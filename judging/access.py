"""The rules of judging: why_not_<verb>(user, thing, *, at)."""

from datetime import datetime, timedelta
from typing import Any

from competition.access import HIDDEN, moment, why_not_in_state, why_not_organise
from competition.errors import Denial
from competition.models import Contest
from competition.states import ContestState, EntryState, RoleKind
from judging.conflicts import is_conflicted
from judging.models import Assignment, Judge, Question, Round, RoundEntry, Sheet
from judging.states import JudgeState, SheetState


def why_not_see_pile(user: Any, judge: Judge, *, at: datetime) -> Denial | None:
    """A pile is seen by its judge alone, while the role lasts. Organisers see sheets at their entries."""
    if not user.is_authenticated:
        return Denial("sign-in")
    is_theirs = judge.user_id == user.pk
    if is_theirs and user.roles.filter(kind=RoleKind.JUDGE, contest=judge.contest_id).exists():
        return None
    return HIDDEN


def why_not_answer_invitation(user: Any, judge: Judge, *, at: datetime) -> Denial | None:
    """Accept, decline, say more: by the judge, until judging has ended."""
    if denial := why_not_see_pile(user, judge, at=at):
        return denial
    if not judge.is_active:
        return Denial("judge-left")
    return why_not_in_state(judge.contest, ContestState.SETUP, ContestState.ENTRY, ContestState.JUDGING)


def why_not_read(user: Any, judge: Judge, *, at: datetime) -> Denial | None:
    """The works of a pile, while they are judged. Who left reads nothing; who has not promised secrecy nothing yet."""
    if denial := why_not_see_pile(user, judge, at=at):
        return denial
    if not judge.is_active or judge.contest.state not in (ContestState.JUDGING, ContestState.DECISION):
        return HIDDEN
    return None if judge.state == JudgeState.ACCEPTED else Denial("judge-not-accepted")


def why_not_send(user: Any, assignment: Assignment, *, at: datetime) -> Denial | None:
    """The door of what a judge's page sends, for whoever reads the pile. Whether this work is open the service asks, in
    its transaction and after it has looked whether it did the same before: what is sent again may have closed it."""
    return why_not_read(user, assignment.judge, at=at)


def why_not_see_work(user: Any, assignment: Assignment, *, at: datetime) -> Denial | None:
    """The entry as its judge reads it. Who is in conflict with it reads nothing."""
    if denial := why_not_read(user, assignment.judge, at=at):
        return denial
    takes_part = RoundEntry.objects.filter(round=assignment.round_id, entry=assignment.entry_id).exists()
    if not takes_part or assignment.entry.state != EntryState.PASSED:
        return HIDDEN
    return HIDDEN if is_conflicted(assignment.judge, assignment.entry) else None


def why_not_go_on(user: Any, assignment: Assignment, *, at: datetime) -> Denial | None:
    """Of who has begun a draft: what can be told without looking for conflicts."""
    denial = why_not_read(user, assignment.judge, at=at)
    return denial or (None if assignment.entry.state == EntryState.PASSED else HIDDEN)


def why_not_in_round(one: Round, *, at: datetime) -> Denial | None:
    """Its dates, with the grace at their end."""
    if one.opens_at and at < one.opens_at:
        return Denial("round-not-yet", {"round": one.label, "opens": moment(one.opens_at)})
    if one.closes_at and at >= one.closes_at + timedelta(minutes=one.grace_minutes):
        return Denial("round-closed", {"round": one.label, "closed": moment(one.closes_at)})
    return None


def why_not_mark(user: Any, assignment: Assignment, *, at: datetime) -> Denial | None:
    """Until the sheet is handed in, within the round. Handed in it stays, unless the office opens it again: then the
    end of the round does not matter, since the office asks for it."""
    return why_not_see_work(user, assignment, at=at) or why_not_change(assignment, at=at)


def why_not_change(assignment: Assignment, *, at: datetime) -> Denial | None:
    """The same for who sees the work."""
    if denial := why_not_in_state(assignment.judge.contest, ContestState.JUDGING):
        return denial
    current = assignment.sheets.current().first()
    if current is None:
        return why_not_in_round(assignment.round, at=at)
    if current.state != SheetState.REOPENED:
        return Denial("sheet-handed-in", {"at": moment(current.submitted_at)})
    return None


def why_not_see_sheet(user: Any, sheet: Sheet, *, at: datetime) -> Denial | None:
    return why_not_see_pile(user, sheet.assignment.judge, at=at)


def why_not_keep_judges(user: Any, contest: Contest, *, at: datetime) -> Denial | None:
    """Bring in, invite, change, take out: until the decision."""
    denial = why_not_organise(user, contest, at=at)
    return denial or why_not_in_state(contest, ContestState.SETUP, ContestState.ENTRY, ContestState.JUDGING)


def why_not_decide_hint(user: Any, contest: Contest, *, at: datetime) -> Denial | None:
    """As long as nothing is locked: a conflict that is found late still stops the list."""
    denial = why_not_organise(user, contest, at=at)
    early = (ContestState.SETUP, ContestState.ENTRY, ContestState.JUDGING)
    return denial or why_not_in_state(contest, *early, ContestState.DECISION)


def why_not_assign_judges(user: Any, contest: Contest, *, at: datetime) -> Denial | None:
    """Until the decision: after it a new assignment would ask for sheets that nobody waits for."""
    denial = why_not_organise(user, contest, at=at)
    return denial or why_not_in_state(contest, ContestState.SETUP, ContestState.JUDGING)


def why_not_choose_finalists(user: Any, one: Round, *, at: datetime) -> Denial | None:
    """While it is judged, from the round before."""
    if denial := why_not_organise(user, one.contest, at=at):
        return denial
    if not one.is_for_finalists or not one.contest.rounds.filter(order__lt=one.order).exists():
        return HIDDEN
    return why_not_in_state(one.contest, ContestState.JUDGING)


def why_not_see_finalists(user: Any, one: Round, *, at: datetime) -> Denial | None:
    """Their list: everybody once it is published; before that the office."""
    if one.finalists_at is not None:
        return None
    return HIDDEN if why_not_organise(user, one.contest, at=at) else None


def why_not_reopen(user: Any, sheet: Sheet, *, at: datetime) -> Denial | None:
    """The office, as long as nothing is locked."""
    contest = sheet.log_contest
    if denial := why_not_organise(user, contest, at=at):
        return denial
    return why_not_in_state(contest, ContestState.JUDGING, ContestState.DECISION)


def why_not_answer_question(user: Any, question: Question, *, at: datetime) -> Denial | None:
    return why_not_organise(user, question.assignment.round.contest, at=at)
