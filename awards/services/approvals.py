"""How far a list has come through the bodies above the committee (奖励委员会, 市政府). `resolving` writes."""

from dataclasses import dataclass

from awards.core.approving import Said, standing
from awards.models import AwardList, Resolution, TitlesAcknowledged
from awards.services.proposals import prizes_digest
from awards.services.title_lines import NO_CHANGES, Changes, titles_changed
from awards.states import ApprovalStep, ResolutionOutcome
from competition.errors import Denial, Refused
from competition.models import Contest


@dataclass(frozen=True)
class Body:
    """`name`: as the award's rules call it."""

    step: ApprovalStep
    name: str


@dataclass(frozen=True)
class Approval:
    """Of one list. `holds`: what stands of the first bodies; `pending`: by which the next one struck or refused;
    `changes`: titles that follow now to others than when these decided, `acknowledged` by the office or not."""

    bodies: tuple[Body, ...]
    holds: tuple[Resolution, ...] = ()
    pending: Resolution | None = None
    changes: Changes = NO_CHANGES
    acknowledged: TitlesAcknowledged | None = None

    @property
    def next(self) -> Body | None:
        return self.bodies[len(self.holds)] if len(self.holds) < len(self.bodies) else None

    @property
    def is_to_acknowledge(self) -> bool:
        return bool(self.changes.rows) and self.acknowledged is None


def bodies_of(contest: Contest) -> tuple[Body, ...]:
    """Above the committee, in their order; none: its word is the last."""
    return tuple(Body(ApprovalStep(step), name) for step, name in contest.settings.get("approval", []))


def approval_of(award_list: AwardList) -> Approval:
    bodies = bodies_of(award_list.contest)
    if not bodies:
        return Approval(())
    rows = list(award_list.contest.resolutions.standing().select_related("list", "paper").order_by("serial"))
    said = [Said(one.step, one.outcome, one.seen, one.approves) for one in rows]
    found = standing([one.step for one in bodies], said, prizes_of(award_list))
    pending = None if found.pending is None else rows[found.pending]
    holds = tuple(rows[row] for row in found.holds)
    changes = titles_changed(award_list, holds)
    word = award_list.contest.titles_acknowledged.filter(change=changes.digest).first() if changes.rows else None
    return Approval(bodies, holds, pending, changes, word)


def prizes_of(award_list: AwardList) -> str:
    """What a body approves: who has which prize. A name that is spelt right since needs no other approval."""
    return prizes_digest(list(award_list.awards.select_related("entry")))


def why_not_final(award_list: AwardList) -> Denial | None:
    """A notice may run before; publication and certificates wait for the last body, and no reason goes around it."""
    approval = approval_of(award_list)
    body, contest = approval.next, award_list.contest
    if body is None:
        if not approval.is_to_acknowledge:
            return None
        return Denial("titles-changed", {"contest": contest, "title": approval.changes.rows[0].title})
    facts = {"contest": contest, "body": body.name}
    if approval.pending is None:
        return Denial("approval-due", facts)
    if approval.pending.outcome == ResolutionOutcome.REFUSED:
        return Denial("approval-refused", facts)
    return Denial("approval-struck", facts | {"number": len(approval.pending.struck)})


def refuse_unapproved(award_list: AwardList) -> None:
    """raises   Refused "approval-due", "approval-struck", "approval-refused", "titles-changed" """
    if denial := why_not_final(award_list):
        raise Refused(denial)
