"""The rules of judging: why_not_<verb>(user, thing, *, at)."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from competition.access import (
    HIDDEN,
    UnitIn,
    is_organiser,
    moment,
    why_not_in_state,
    why_not_mail,
    why_not_organise,
    why_not_see_unit_in,
)
from competition.errors import Denial
from competition.models import Contest, District
from competition.states import ContestState, EntryState, RoleKind
from judging.commons import common_before, common_waited_for
from judging.conflicts import conflict_reasons, is_conflicted
from judging.models import (
    Assignment,
    Attempt,
    CommonSet,
    Draft,
    Judge,
    Question,
    Referee,
    Round,
    RoundEntry,
    Rubric,
    Sheet,
)
from judging.practising import practice_before
from judging.states import Attendance, JudgeState, SheetState

ALONE = "measured_alone"  # a setting of the contest: whoever entered an attempt may confirm it too


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
    entry = assignment.entry
    place = RoundEntry.objects.filter(round=assignment.round_id, entry=entry).first()
    if place is None or entry.state != EntryState.PASSED or is_conflicted(assignment.judge, entry):
        return HIDDEN
    if place.state == Attendance.ABSENT:
        return Denial("entry-absent", {"entry": entry.number})
    return why_not_yet(assignment)


def why_not_yet(assignment: Assignment) -> Denial | None:
    """Where practice comes first, works open once it is handed in; then common entries may come before the others."""
    if practice := practice_before(assignment):
        return Denial("practice-first", {"numbers": "、".join(one.number for one in practice)})
    before = common_before(assignment)
    return Denial("common-first", {"numbers": "、".join(row.entry.number for row in before)}) if before else None


def why_not_go_on(user: Any, assignment: Assignment, *, at: datetime) -> Denial | None:
    """Of who has begun a draft: what can be told without looking for conflicts."""
    if denial := why_not_read(user, assignment.judge, at=at):
        return denial
    return why_not_yet(assignment) if assignment.entry.state == EntryState.PASSED else HIDDEN


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


def why_not_sort(user: Any, assignment: Assignment, *, at: datetime) -> Denial | None:
    """Who may look at a work may sort it, as long as it is judged: also before the round and after handing in, since it
    counts nowhere."""
    denial = why_not_see_work(user, assignment, at=at)
    return denial or why_not_in_state(assignment.judge.contest, ContestState.JUDGING)


def why_not_see_sheet(user: Any, sheet: Sheet, *, at: datetime) -> Denial | None:
    return why_not_see_pile(user, sheet.assignment.judge, at=at)


def why_not_keep_judges(user: Any, contest: Contest, *, at: datetime) -> Denial | None:
    """Bring in, invite, change, take out: until the decision."""
    denial = why_not_organise(user, contest, at=at)
    return denial or why_not_in_state(contest, ContestState.SETUP, ContestState.ENTRY, ContestState.JUDGING)


def why_not_mail_judges(user: Any, contest: Contest, *, at: datetime) -> Denial | None:
    """As long as they are kept, and where mail is set up."""
    return why_not_keep_judges(user, contest, at=at) or why_not_mail(user, contest, at=at)


def why_not_decide_hint(user: Any, contest: Contest, *, at: datetime) -> Denial | None:
    """As long as nothing is locked: a conflict that is found late still stops the list."""
    denial = why_not_organise(user, contest, at=at)
    early = (ContestState.SETUP, ContestState.ENTRY, ContestState.JUDGING)
    return denial or why_not_in_state(contest, *early, ContestState.DECISION)


def why_not_assign_judges(user: Any, contest: Contest, *, at: datetime) -> Denial | None:
    """Until the decision: after it a new assignment would ask for sheets that nobody waits for."""
    denial = why_not_organise(user, contest, at=at)
    return denial or why_not_in_state(contest, ContestState.SETUP, ContestState.JUDGING)


def why_not_release_comparison(user: Any, contest: Contest, *, at: datetime) -> Denial | None:
    """Show judges how they marked beside the others, and take that back: the office, until the list is locked."""
    denial = why_not_organise(user, contest, at=at)
    return denial or why_not_in_state(contest, ContestState.JUDGING, ContestState.DECISION)


@dataclass(frozen=True)
class CommonOfJudge:
    """The common entries of a track in a round before one of its judges."""

    judge: Judge
    common: CommonSet


def why_not_compare_commons(user: Any, mine: CommonOfJudge, *, at: datetime) -> Denial | None:
    """Who reads the pile and has handed in all common entries, and not before the office has said so: a judge learns
    nothing of what others gave as long as they can still change their own sheet."""
    if denial := why_not_read(user, mine.judge, at=at):
        return denial
    own = Sheet.objects.standing().filter(assignment__judge=mine.judge, assignment__round=mine.common.round_id)
    if mine.common.released_at is None or not own.filter(assignment__entry__in=mine.common.entries.all()).exists():
        return HIDDEN
    waiting = common_waited_for(mine.common, mine.judge)
    return Denial("common-own-first", {"numbers": "、".join(row.entry.number for row in waiting)}) if waiting else None


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


def why_not_enter_paper(user: Any, assignment: Assignment, *, at: datetime, sets_aside: bool = False) -> Denial | None:
    """What a judge wrote on paper: the office, while it is judged, also after the round's end. What the judge has begun
    online stays theirs unless the office sets it aside; what they have handed in stays in any case."""
    contest = assignment.round.contest
    if denial := why_not_organise(user, contest, at=at) or why_not_in_state(contest, ContestState.JUDGING):
        return denial
    entry, judge = assignment.entry, assignment.judge
    facts = {"entry": entry.number, "judge": judge.code, "round": assignment.round.label}
    place = RoundEntry.objects.filter(round=assignment.round_id, entry=entry).first()
    if place is None or entry.state != EntryState.PASSED:
        return Denial("not-in-round", facts)
    if place.state == Attendance.ABSENT:
        return Denial("paper-of-absent", facts)
    if reason := conflict_reasons(contest, judge=judge, entries=[entry.pk]).get((judge.pk, entry.pk)):
        return Denial("judge-in-conflict", facts | {"reason": reason.label})
    denial = why_not_replace(assignment, facts)
    return None if sets_aside and denial is not None and denial.code == "begun-online" else denial


def why_not_replace(assignment: Assignment, facts: dict[str, str]) -> Denial | None:
    current = assignment.sheets.current().first()
    if current is not None and current.state != SheetState.REOPENED:
        return Denial("paper-is-in", facts | {"at": moment(current.submitted_at)})
    begun = Draft.objects.begun().filter(assignment=assignment).exists()
    return Denial("begun-online", facts) if begun else None


def why_not_keep_attendance(user: Any, one: Round, *, at: datetime) -> Denial | None:
    """Who comes, who is here, who is absent; rooms and times: the office, while it is judged."""
    denial = why_not_organise(user, one.contest, at=at)
    return denial or why_not_in_state(one.contest, ContestState.JUDGING)


@dataclass(frozen=True)
class UnitInRound:
    """A unit before a round that its entries come to."""

    round: Round
    unit: District


def why_not_see_reply(user: Any, place: UnitInRound, *, at: datetime) -> Denial | None:
    """What a unit answers: the unit once it is asked, and the office."""
    denial = why_not_see_unit_in(user, UnitIn(place.round.contest, place.unit), at=at)
    return denial or (HIDDEN if place.round.reply_until is None else None)


def why_not_reply(user: Any, place: UnitInRound, *, at: datetime) -> Denial | None:
    """Until the day that the office named; the office itself also later, for who calls."""
    if denial := why_not_see_reply(user, place, at=at):
        return denial
    contest, until = place.round.contest, place.round.reply_until
    if not is_organiser(user, contest) and until and at >= until:
        return Denial("reply-over", {"round": place.round.label, "until": moment(until)})
    return why_not_in_state(contest, ContestState.JUDGING)


def why_not_see_schedule(user: Any, one: Round, *, at: datetime) -> Denial | None:
    """Rooms and times: everybody once they are published; before that the office."""
    if one.schedule_at is not None:
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


def refereed(user: Any, contest: Contest) -> Referee | None:
    """Whom the office has made its referee here, while the role lasts."""
    if not user.is_authenticated or not user.roles.filter(kind=RoleKind.REFEREE, contest=contest).exists():
        return None
    found: Referee | None = contest.referees.filter(user=user).prefetch_related("tracks").first()
    return found


def measures(referee: Referee, track_id: int) -> bool:
    tracks = {one.pk for one in referee.tracks.all()}
    return not tracks or track_id in tracks


def why_not_referee(user: Any, contest: Contest, *, at: datetime) -> Denial | None:
    """The list of what is measured: the contest's referees, while it is judged."""
    if not user.is_authenticated:
        return Denial("sign-in")
    is_theirs = contest.state == ContestState.JUDGING and refereed(user, contest) is not None
    return None if is_theirs else HIDDEN


def why_not_see_attempts(user: Any, rubric: Rubric, *, at: datetime) -> Denial | None:
    """What is measured in one track and round: the office; referees of the track while it is judged."""
    contest = rubric.round.contest
    if is_organiser(user, contest):
        return None
    if denial := why_not_referee(user, contest, at=at):
        return denial
    referee = refereed(user, contest)
    return None if referee is not None and measures(referee, rubric.track_id) else HIDDEN


def why_not_measure(user: Any, rubric: Rubric, *, at: datetime) -> Denial | None:
    """Enter and confirm attempts: while it is judged. The dates of a round are for judges; papers come in later."""
    denial = why_not_see_attempts(user, rubric, at=at)
    return denial or why_not_in_state(rubric.round.contest, ContestState.JUDGING)


def may_do_both(user: Any, contest: Contest) -> bool:
    """An office of one has nobody else. A referee has the office."""
    return bool(contest.settings.get(ALONE)) and is_organiser(user, contest)


def why_not_confirm(user: Any, attempt: Attempt, rubric: Rubric, *, at: datetime) -> Denial | None:
    """A second person, unless the contest lets its office do both."""
    if denial := why_not_measure(user, rubric, at=at):
        return denial
    if attempt.entered_by_id == user.pk and not may_do_both(user, rubric.round.contest):
        return Denial("second-person", {"entry": attempt.entry.number, "number": attempt.number})
    return None
