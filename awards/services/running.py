"""The main job in order: from loaded rows to locked lists and numbered certificates."""

from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction

from awards.core.listcheck import Finding
from awards.models import AwardList
from awards.services.achievements import forget_achievements, record_achievements
from awards.services.approvals import why_not_final
from awards.services.certificates import issue_certificates
from awards.services.early import why_not_issue_yet, why_not_publish_yet
from awards.services.eligibility import check_eligibility
from awards.services.lists import check_list, lock_list, publish_list, standing_list, take_list_back
from awards.services.mayor import propose_winners
from awards.services.proposals import propose_awards
from awards.states import ListState
from competition.access import has_two_persons
from competition.models import Contest, User
from competition.services.contests import reach
from competition.states import ContestKind, ContestState
from judging.models import Sheet
from judging.services.assignments import assign_judges
from judging.services.standings import compute_standings


@dataclass
class Outcome:
    """How far a run came. `waiting`: contests whose sheets are still to be marked; `findings`: by contest;
    `proposed`: contests whose list waits to be looked at."""

    lists: list[AwardList] = field(default_factory=list)
    waiting: list[Contest] = field(default_factory=list)
    findings: dict[Contest, list[Finding]] = field(default_factory=dict)
    proposed: list[Contest] = field(default_factory=list)

    @property
    def is_complete(self) -> bool:
        return not self.waiting and not self.findings and not self.proposed


@transaction.atomic
def run_all(
    *,
    contest: Contest,
    delegations: tuple[Contest, ...],
    award: Contest | None,
    by: User | None,
    at: datetime,
    until_proposal: bool = False,
) -> Outcome:
    """Standings, awards, list check, lock, publication, certificates; first the delegations, last the award.

    until_proposal   a new list stays a proposal, for people to look at; results of higher contests are settled
    A contest that the list check does not let pass stays at its proposal, and the award that rests on it waits.
    """
    outcome = Outcome()
    for higher in delegations:
        settle(higher, outcome, by=by, at=at)
    settle(contest, outcome, by=by, at=at, until_proposal=until_proposal)
    if award is not None:
        if outcome.is_complete:
            check_eligibility(contest=award, by=by, at=at)
            settle(award, outcome, by=by, at=at, until_proposal=until_proposal)
        elif contest in outcome.waiting:
            prepare(award, outcome, by=by, at=at)
    return outcome


def needs_marks(contest: Contest) -> bool:
    return contest.tracks.filter(is_by_minutes=False).exists()


def is_marked(contest: Contest) -> bool:
    return Sheet.objects.standing().filter(assignment__round__contest=contest).exists()


def prepare(contest: Contest, outcome: Outcome, *, by: User | None, at: datetime) -> None:
    """Judges are assigned where they are not; then it is their turn, and no earlier list stands."""
    if contest.award_lists.standing().exists():
        take_list_back(contest=contest, by=by, at=at)
        if contest.kind == ContestKind.CONTEST:
            forget_achievements(contest=contest, by=by, at=at)
    assign_judges(contest=contest, seed=contest.settings.get("seed", 0), by=by, at=at)
    reach(contest=contest, state=ContestState.JUDGING, by=by, at=at)
    outcome.waiting.append(contest)


def settle(contest: Contest, outcome: Outcome, *, by: User | None, at: datetime, until_proposal: bool = False) -> None:
    """As far as one contest can go now. What waits for a notice, an answer, a body above the
    committee or a second person is left to people."""
    if needs_marks(contest) and not is_marked(contest):
        prepare(contest, outcome, by=by, at=at)
        return
    award_list = decide(contest=contest, by=by, at=at)
    outcome.lists.append(award_list)
    if findings := check_list(award_list):
        outcome.findings[contest] = findings
        return
    if award_list.state == ListState.DRAFT and (until_proposal or has_two_persons(contest)):
        outcome.proposed.append(contest)
        return
    if award_list.state == ListState.DRAFT:
        lock_list(contest=contest, by=by, at=at)
        award_list.refresh_from_db()
    if contest.kind == ContestKind.CONTEST:
        record_achievements(award_list=award_list, by=by, at=at)
    if why_not_final(award_list) is not None:
        return
    if not hasattr(contest, "delegation") and why_not_issue_yet(award_list, at=at) is None:
        issue_certificates(award_list=award_list, by=by, at=at)
    is_due = award_list.state == ListState.LOCKED and not has_two_persons(contest)
    if is_due and why_not_publish_yet(award_list, at=at) is None:
        publish_list(contest=contest, by=by, at=at)
        award_list.refresh_from_db()


@transaction.atomic
def decide(*, contest: Contest, by: User | None, at: datetime) -> AwardList:
    """Standings and the list that follows from them; nothing is fixed yet."""
    reach(contest=contest, state=ContestState.DECISION, by=by, at=at)
    run = compute_standings(contest=contest, by=by, at=at) if needs_marks(contest) else None
    if contest.kind == ContestKind.AWARD and run is not None:
        propose_winners(contest=contest, run=run, by=by, at=at)
    else:
        propose_awards(contest=contest, run=run, by=by, at=at)
    contest.refresh_from_db()
    return standing_list(contest)
