"""The rules of awards: why_not_<verb>(user, thing, *, at)."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from awards.models import (
    AwardList,
    Ballot,
    Claim,
    Meeting,
    Member,
    Nomination,
    Notice,
    Objection,
    PrizeCheck,
    PrizeMove,
    PrizePlan,
    RecognitionRule,
    Resolution,
    SpecialGrant,
    SpecialPrize,
    TrackMinutes,
)
from awards.states import ResultDetail, RoundState, RoundWay
from competition.access import (
    HIDDEN,
    Entrance,
    acts_for_school,
    acts_for_unit,
    is_organiser,
    moment,
    why_not_begin,
    why_not_in_state,
    why_not_organise,
)
from competition.errors import Denial
from competition.models import Contest, District, Entry, School, Track
from competition.states import ContestKind, ContestState, RoleKind, SchoolState

EARLY = (ContestState.SETUP, ContestState.ENTRY, ContestState.JUDGING)
BEFORE_LOCK = (*EARLY, ContestState.DECISION)


def why_not_before_lock(contest: Contest) -> Denial | None:
    return why_not_in_state(contest, *BEFORE_LOCK)


def why_not_see_list(user: Any, award_list: AwardList, *, at: datetime) -> Denial | None:
    """Any version of a list, with full names."""
    return why_not_organise(user, award_list.contest, at=at)


def why_not_see_results(user: Any, contest: Contest, *, at: datetime) -> Denial | None:
    """The public page: from the first publication on, also while a new version is made; before, its organisers."""
    if contest.award_lists.filter(published_at__isnull=False).exists() or is_organiser(user, contest):
        return None
    return HIDDEN


def is_analysis_open(contest: Contest) -> bool:
    return bool(contest.settings.get("analysis"))


def why_not_open_analysis(user: Any, contest: Contest, *, at: datetime) -> Denial | None:
    """Results of a higher level were marked elsewhere."""
    if denial := why_not_organise(user, contest, at=at):
        return denial
    return HIDDEN if hasattr(contest, "delegation") else None


def why_not_see_analysis(user: Any, contest: Contest, *, at: datetime) -> Denial | None:
    """The office alone, once the contest has opened it: it tells of judges and of chances, not of results."""
    if denial := why_not_open_analysis(user, contest, at=at):
        return denial
    return None if is_analysis_open(contest) else HIDDEN


def why_not_review_borderline(user: Any, contest: Contest, *, at: datetime) -> Denial | None:
    """Add reviews where prizes are uncertain: once sheets are in, until the decision."""
    return why_not_see_analysis(user, contest, at=at) or why_not_in_state(contest, ContestState.JUDGING)


def why_not_see_room(user: Any, contest: Contest, *, at: datetime) -> Denial | None:
    """The committee of this very award, and its office."""
    if not user.is_authenticated:
        return Denial("sign-in")
    if user.roles.filter(kind=RoleKind.COMMITTEE, contest=contest).exists() or is_organiser(user, contest):
        return None
    return HIDDEN


def why_not_run_ballots(user: Any, contest: Contest, *, at: datetime) -> Denial | None:
    """The award's office, until the list is locked. Members are named, and meetings held, before as well."""
    if contest.kind != ContestKind.AWARD:
        return HIDDEN
    return why_not_organise(user, contest, at=at)


def why_not_change_ballots(user: Any, contest: Contest, *, at: datetime) -> Denial | None:
    return why_not_run_ballots(user, contest, at=at) or why_not_before_lock(contest)


def why_not_open_round(user: Any, contest: Contest, *, at: datetime) -> Denial | None:
    """Where a list may still be proposed: the contest below is fixed, and the award's own list is not."""
    return why_not_run_ballots(user, contest, at=at) or why_not_decide(user, contest, at=at)


def why_not_run_meeting(user: Any, meeting: Meeting, *, at: datetime) -> Denial | None:
    return why_not_run_ballots(user, meeting.contest, at=at)


def why_not_keep_member(user: Any, member: Member, *, at: datetime) -> Denial | None:
    return why_not_run_ballots(user, member.contest, at=at)


def why_not_run_round(user: Any, ballot: Ballot, *, at: datetime) -> Denial | None:
    """A round that was opened here."""
    return HIDDEN if ballot.meeting_id is None else why_not_run_ballots(user, ballot.contest, at=at)


def why_not_see_round(user: Any, ballot: Ballot, *, at: datetime) -> Denial | None:
    return HIDDEN if ballot.meeting_id is None else why_not_see_room(user, ballot.contest, at=at)


def why_not_vote(user: Any, ballot: Ballot, *, at: datetime) -> Denial | None:
    """Who is on the roll, on a phone, while the round is open."""
    if not user.is_authenticated:
        return Denial("sign-in")
    if ballot.way != RoundWay.PHONE or not ballot.roll.filter(member__user=user).exists():
        return HIDDEN
    return None if ballot.state == RoundState.OPEN else Denial("ballot-closed", {"round": ballot.round})


def why_not_decide(user: Any, contest: Contest, *, at: datetime) -> Denial | None:
    """Not after the lock; and an award waits for the contest whose prizes it counts."""
    if denial := why_not_organise(user, contest, at=at):
        return denial
    if denial := why_not_above(contest):
        return denial
    return why_not_in_state(contest, ContestState.SETUP, ContestState.JUDGING, ContestState.DECISION)


def why_not_see_ties(user: Any, contest: Contest, *, at: datetime) -> Denial | None:
    """Entries that the plan holds. An award is settled by ballot, a delegation elsewhere."""
    if denial := why_not_organise(user, contest, at=at):
        return denial
    return HIDDEN if contest.kind == ContestKind.AWARD or hasattr(contest, "delegation") else None


def why_not_settle_ties(user: Any, contest: Contest, *, at: datetime) -> Denial | None:
    """Once marks have become a list, until it is locked."""
    return why_not_see_ties(user, contest, at=at) or why_not_in_state(contest, ContestState.DECISION)


def move_majority(contest: Contest) -> str:
    """Of `MoveMajority`, "" where the committee may move nobody: what was published counts."""
    return str(contest.settings.get("move_majority", ""))


def why_not_rule_moves(user: Any, contest: Contest, *, at: datetime) -> Denial | None:
    """Until there was a vote, also one that was lost or taken back, or a lock, also of a list that was taken back."""
    denial = why_not_see_ties(user, contest, at=at) or why_not_before_lock(contest)
    if denial:
        return denial
    if contest.prize_moves.filter(voted_at__isnull=False).exists():
        return Denial("moves-rule-voted", {"contest": contest})
    if contest.award_lists.filter(locked_at__isnull=False).exists():
        return Denial("moves-rule-locked", {"contest": contest})
    return None


def why_not_move(user: Any, contest: Contest, *, at: datetime, is_undo: bool = False) -> Denial | None:
    """Once marks have become a list, until it is locked, where the contest lets the committee move entries."""
    if denial := why_not_settle_ties(user, contest, at=at):
        return denial
    return None if is_undo or move_majority(contest) else Denial("moves-not-allowed", {"contest": contest})


def why_not_see_move(user: Any, move: PrizeMove, *, at: datetime) -> Denial | None:
    return why_not_see_ties(user, move.contest, at=at)


def why_not_name_specials(user: Any, contest: Contest, *, at: datetime) -> Denial | None:
    """Sponsors come late: until the list is locked."""
    return why_not_see_ties(user, contest, at=at) or why_not_before_lock(contest)


def why_not_give_specials(user: Any, contest: Contest, *, at: datetime) -> Denial | None:
    """From the judging on: before it nobody has seen the works."""
    return why_not_see_ties(user, contest, at=at) or why_not_in_state(
        contest, ContestState.SETUP, ContestState.JUDGING, ContestState.DECISION
    )


def why_not_rule_recognitions(user: Any, contest: Contest, *, at: datetime) -> Denial | None:
    """What a title asks for: until a list was locked once, after that it would be cut to measure."""
    if denial := why_not_see_ties(user, contest, at=at):
        return denial
    if contest.award_lists.filter(locked_at__isnull=False).exists():
        return Denial("titles-fixed", {"contest": contest})
    return why_not_before_lock(contest)


def why_not_name_recognised(user: Any, contest: Contest, *, at: datetime) -> Denial | None:
    """From the judging on, until the list is locked; after an amendment again."""
    return why_not_give_specials(user, contest, at=at)


def why_not_see_recognition(user: Any, rule: RecognitionRule, *, at: datetime) -> Denial | None:
    return why_not_see_ties(user, rule.contest, at=at)


def why_not_see_titles(user: Any, contest: Contest, *, at: datetime) -> Denial | None:
    """Whom titles go to and why. Those of an award follow from its prizes; what they ask for stands in its rules."""
    if denial := why_not_organise(user, contest, at=at):
        return denial
    return HIDDEN if hasattr(contest, "delegation") else None


def why_not_settle_titles(user: Any, contest: Contest, *, at: datetime) -> Denial | None:
    """Who of equals has a title: once there is a list, until it is locked; after an amendment again."""
    return why_not_see_titles(user, contest, at=at) or why_not_in_state(contest, ContestState.DECISION)


def why_not_see_title_ties(user: Any, rule: RecognitionRule, *, at: datetime) -> Denial | None:
    return why_not_see_titles(user, rule.contest, at=at)


def why_not_see_special(user: Any, prize: SpecialPrize, *, at: datetime) -> Denial | None:
    return why_not_see_ties(user, prize.contest, at=at)


def why_not_see_grant(user: Any, grant: SpecialGrant, *, at: datetime) -> Denial | None:
    return why_not_see_ties(user, grant.prize.contest, at=at)


def why_not_see_plan(user: Any, contest: Contest, *, at: datetime) -> Denial | None:
    """An award and a delegation have no prize plan of their own."""
    if denial := why_not_organise(user, contest, at=at):
        return denial
    return HIDDEN if contest.kind == ContestKind.AWARD or hasattr(contest, "delegation") else None


def why_not_see_plan_paper(user: Any, plan: PrizePlan, *, at: datetime) -> Denial | None:
    """The minutes behind a version."""
    return why_not_see_plan(user, plan.contest, at=at)


def why_not_see_minutes(user: Any, track: Track, *, at: datetime) -> Denial | None:
    """The minutes of a track that is decided by them. A delegation's prizes come with the workbook."""
    if denial := why_not_see_plan(user, track.contest, at=at):
        return denial
    return None if track.is_by_minutes else HIDDEN


def why_not_see_minutes_paper(user: Any, minutes: TrackMinutes, *, at: datetime) -> Denial | None:
    return why_not_see_minutes(user, minutes.track, at=at)


def why_not_keep_minutes(user: Any, track: Track, *, at: datetime) -> Denial | None:
    """Until the list is locked; after an amendment again."""
    return why_not_see_minutes(user, track, at=at) or why_not_before_lock(track.contest)


def why_not_plan_prizes(user: Any, contest: Contest, *, at: datetime) -> Denial | None:
    """Until a list was locked once: after that a plan would be cut to measure."""
    if denial := why_not_see_plan(user, contest, at=at):
        return denial
    if contest.award_lists.filter(locked_at__isnull=False).exists():
        return Denial("plan-fixed", {"contest": contest})
    return why_not_before_lock(contest)


def why_not_lock_list(user: Any, contest: Contest, *, at: datetime) -> Denial | None:
    """An award waits while the contest whose prizes it counts is amended."""
    if denial := why_not_organise(user, contest, at=at):
        return denial
    return why_not_above(contest) or why_not_in_state(contest, ContestState.DECISION)


def why_not_see_rules(user: Any, contest: Contest, *, at: datetime) -> Denial | None:
    """The rules of an award and its nominees before them: the office of the award. A contest has none."""
    if denial := why_not_organise(user, contest, at=at):
        return denial
    return None if contest.kind == ContestKind.AWARD else HIDDEN


def why_not_rule_award(user: Any, contest: Contest, *, at: datetime) -> Denial | None:
    """Until a list was locked once: after that rules would be cut to measure."""
    if denial := why_not_see_rules(user, contest, at=at):
        return denial
    if contest.award_lists.filter(locked_at__isnull=False).exists():
        return Denial("rules-fixed", {"contest": contest})
    return why_not_before_lock(contest)


def why_not_admit(user: Any, nomination: Nomination, *, at: datetime) -> Denial | None:
    """The office's word on a nominee: until the list is locked; after an amendment again."""
    contest = nomination.entry.contest
    if denial := why_not_see_rules(user, contest, at=at):
        return denial
    return why_not_before_lock(contest)


def why_not_nominate(user: Any, contest: Contest, *, at: datetime) -> Denial | None:
    """The office, until the committee begins to vote: after that whoever is added or taken off is known to somebody."""
    if denial := why_not_see_rules(user, contest, at=at):
        return denial
    if contest.ballots.exists():
        return Denial("nomination-after-votes", {"contest": contest})
    return why_not_in_state(contest, *EARLY)


def why_not_see_approval(user: Any, contest: Contest, *, at: datetime) -> Denial | None:
    """What bodies above the committee said of an award's list, with their papers: its office alone."""
    return why_not_see_rules(user, contest, at=at)


def why_not_record_resolution(user: Any, contest: Contest, *, at: datetime) -> Denial | None:
    """A body is asked for a list that is fixed, and before it is final."""
    return why_not_see_approval(user, contest, at=at) or why_not_in_state(contest, ContestState.LOCKED)


def why_not_see_resolution(user: Any, resolution: Resolution, *, at: datetime) -> Denial | None:
    return why_not_see_approval(user, resolution.contest, at=at)


def why_not_withdraw_resolution(user: Any, resolution: Resolution, *, at: datetime) -> Denial | None:
    """A published list rests on it: that is taken back first."""
    denial = why_not_see_resolution(user, resolution, at=at)
    return denial or why_not_in_state(resolution.contest, ContestState.DECISION, ContestState.LOCKED)


def why_not_acknowledge_titles(user: Any, contest: Contest, *, at: datetime) -> Denial | None:
    """That titles follow to others than when a body approved: of a list that is fixed, before it is final."""
    return why_not_see_approval(user, contest, at=at) or why_not_in_state(contest, ContestState.LOCKED)


def why_not_rule_approval(user: Any, contest: Contest, *, at: datetime) -> Denial | None:
    """Which bodies approve and which titles follow: as the other rules of the award, until a list was locked."""
    return why_not_rule_award(user, contest, at=at)


def why_not_nominate_from(user: Any, entrance: Entrance, *, at: datetime) -> Denial | None:
    """Begin a nomination: a school, where the award lets schools nominate, between its first and last day."""
    if user.is_authenticated and not entrance.contest.is_award:
        return HIDDEN
    return why_not_begin(user, entrance, at=at)


def why_not_make_award(user: Any, contest: Contest, *, at: datetime) -> Denial | None:
    """An edition of an award that belongs to this contest: an award or a delegation has none."""
    if denial := why_not_organise(user, contest, at=at):
        return denial
    return HIDDEN if contest.kind == ContestKind.AWARD or hasattr(contest, "delegation") else None


def why_not_above(contest: Contest) -> Denial | None:
    """An award rests on the prizes of a contest: they are fixed first."""
    below = contest.belongs_to if contest.kind == ContestKind.AWARD else None
    return why_not_in_state(below, ContestState.LOCKED, ContestState.PUBLISHED) if below else None


def why_not_amend_list(user: Any, contest: Contest, *, at: datetime) -> Denial | None:
    """A list that is fixed. A delegation's is decided elsewhere: it comes with the workbook."""
    if denial := why_not_organise(user, contest, at=at):
        return denial
    if hasattr(contest, "delegation"):
        return HIDDEN
    return why_not_in_state(contest, ContestState.LOCKED, ContestState.PUBLISHED)


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


def result_detail(contest: Contest) -> ResultDetail:
    return ResultDetail(contest.settings.get("result_detail", ResultDetail.PRIZE))


def why_not_see_explanation(user: Any, entry: Entry, *, at: datetime) -> Denial | None:
    """The office; who acts for its school, as long as the list is public and the office tells more than the prize."""
    contest = entry.contest
    if contest.kind == ContestKind.AWARD:
        return HIDDEN
    if not user.is_authenticated:
        return Denial("sign-in")
    if is_organiser(user, contest):
        return None
    if not acts_for_school(user, entry.school):
        return HIDDEN
    is_told = contest.state == ContestState.PUBLISHED and result_detail(contest) != ResultDetail.PRIZE
    return None if is_told else HIDDEN


def why_not_see_notices(user: Any, contest: Contest, *, at: datetime) -> Denial | None:
    """Notices in all their versions, and objections with names: the office alone. A delegation's list is not ours."""
    if denial := why_not_organise(user, contest, at=at):
        return denial
    return HIDDEN if hasattr(contest, "delegation") else None


def why_not_see_notice_version(user: Any, notice: Notice, *, at: datetime) -> Denial | None:
    return why_not_see_notices(user, notice.contest, at=at)


def why_not_open_notice(user: Any, contest: Contest, *, at: datetime) -> Denial | None:
    """From the lock on: before it nothing is fixed that could be shown."""
    denial = why_not_see_notices(user, contest, at=at)
    return denial or why_not_in_state(contest, ContestState.LOCKED, ContestState.PUBLISHED)


def running_notice(contest: Contest, *, at: datetime) -> Notice | None:
    """The notice that the public reads at this moment."""
    found = contest.notices.running(at).select_related("contest", "list")
    notice: Notice | None = found.order_by("-version").first()
    return notice


def notice_objected_to(contest: Contest, *, at: datetime) -> Notice | None:
    """What runs, else what began last."""
    begun = contest.notices.filter(opens_at__lte=at).select_related("contest", "list")
    return running_notice(contest, at=at) or begun.order_by("-version").first()


def why_not_see_objection(user: Any, objection: Objection, *, at: datetime) -> Denial | None:
    """Who objected to whom: the office alone. Neither the entry's school nor a judge learns that there is one."""
    return why_not_see_notices(user, objection.contest, at=at)


def why_not_see_notice(user: Any, contest: Contest, *, at: datetime) -> Denial | None:
    """Its public page is there from the first day of the first notice; what it shows is the clock's matter."""
    return None if contest.notices.filter(opens_at__lte=at).exists() else HIDDEN


def why_not_object(user: Any, contest: Contest, *, at: datetime) -> Denial | None:
    """Whoever wants to, while a notice runs; by letter or phone the office still takes it."""
    if denial := why_not_see_notice(user, contest, at=at):
        return denial
    return None if running_notice(contest, at=at) else Denial("notice-over", {"contest": contest})


def why_not_publish_list(user: Any, contest: Contest, *, at: datetime) -> Denial | None:
    return why_not_organise(user, contest, at=at) or why_not_in_state(contest, ContestState.LOCKED)


@dataclass(frozen=True)
class ClaimsOf:
    """Achievements with documents that a school sends to an award."""

    contest: Contest
    school: School


def why_not_check_claims(user: Any, contest: Contest, *, at: datetime) -> Denial | None:
    """The queue of an award's office."""
    return why_not_organise(user, contest, at=at) or (None if contest.kind == ContestKind.AWARD else HIDDEN)


def why_not_see_claims(user: Any, claims: ClaimsOf, *, at: datetime) -> Denial | None:
    """The office; who acts for the school, while the award takes nominees or once it has one of the school."""
    if not user.is_authenticated:
        return Denial("sign-in")
    contest, school = claims.contest, claims.school
    if contest.kind != ContestKind.AWARD:
        return HIDDEN
    if is_organiser(user, contest):
        return None
    if not acts_for_school(user, school) or school.state != SchoolState.ACTIVE:
        return HIDDEN
    is_told = contest.state == ContestState.ENTRY or contest.entries.filter(school=school).exists()
    return None if is_told else HIDDEN


def why_not_claim(user: Any, claims: ClaimsOf, *, at: datetime) -> Denial | None:
    """Schools until the committee decides; the office until the list is locked."""
    if denial := why_not_see_claims(user, claims, at=at):
        return denial
    if is_organiser(user, claims.contest):
        return why_not_before_lock(claims.contest)
    return None if claims.contest.state in EARLY else Denial("claims-closed", {"contest": claims.contest})


def why_not_see_claim(user: Any, claim: Claim, *, at: datetime) -> Denial | None:
    """Its document too. Someone without a school is the office's alone."""
    school = claim.person.school
    if school is None:
        return why_not_check_claims(user, claim.contest, at=at)
    return why_not_see_claims(user, ClaimsOf(claim.contest, school), at=at)


def why_not_check_claim(user: Any, claim: Claim, *, at: datetime) -> Denial | None:
    return why_not_check_claims(user, claim.contest, at=at)
