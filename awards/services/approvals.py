"""How far a list has come through the bodies above the committee (奖励委员会, 市政府). `resolving` writes."""

from dataclasses import dataclass

from awards.core.approving import Said, standing
from awards.models import AwardList, Resolution
from awards.services.proposals import prizes_digest
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
    """Of one list. `holds`: what stands of the first bodies; `pending`: by which the next one struck or refused."""

    bodies: tuple[Body, ...]
    holds: tuple[Resolution, ...] = ()
    pending: Resolution | None = None

    @property
    def next(self) -> Body | None:
        return self.bodies[len(self.holds)] if len(self.holds) < len(self.bodies) else None


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
    return Approval(bodies, tuple(rows[row] for row in found.holds), pending)


def prizes_of(award_list: AwardList) -> str:
    """What a body approves: who has which prize. A name that is spelt right since needs no other approval."""
    return prizes_digest(list(award_list.awards.select_related("entry")))


def why_not_final(award_list: AwardList) -> Denial | None:
    """A notice may run before; publication and certificates wait for the last body, and no reason goes around it."""
    approval = approval_of(award_list)
    body, contest = approval.next, award_list.contest
    if body is None:
        return None
    facts = {"contest": contest, "body": body.name}
    if approval.pending is None:
        return Denial("approval-due", facts)
    if approval.pending.outcome == ResolutionOutcome.REFUSED:
        return Denial("approval-refused", facts)
    return Denial("approval-struck", facts | {"number": len(approval.pending.struck)})


def refuse_unapproved(award_list: AwardList) -> None:
    """raises   Refused "approval-due", "approval-struck", "approval-refused" """
    if denial := why_not_final(award_list):
        raise Refused(denial)
