"""批准决定: what the bodies above the committee say of a locked list is recorded with its document.

They approve, strike somebody or refuse. Whom they strike drops out of the next version, and nobody moves up.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import transaction

from awards.access import why_not_record_resolution, why_not_withdraw_resolution
from awards.models import AwardList, Resolution
from awards.services.approvals import Body, approval_of
from awards.services.lists import standing_list
from awards.services.proposals import prize_lines, prizes_digest
from awards.services.title_lines import given_titles
from awards.states import CertificateState, ResolutionOutcome
from competition import events
from competition.core.canon import digest
from competition.errors import Denial, Refused
from competition.models import Contest, StoredFile, User
from competition.services.agreeing import asked_of, refuse_alone
from competition.services.locks import locked_contest
from competition.states import ContestState, StepKind


@dataclass(frozen=True)
class Decided:
    """What the document of a body says. `version`: of the list that it is about; `struck`: number of a nominee ->
    why."""

    step: str
    outcome: str
    decided_on: date
    version: int
    number: str = ""
    reason: str = ""
    struck: Mapping[str, str] = field(default_factory=dict)

    def facts(self) -> dict[str, Any]:
        """As an agreement keeps them."""
        return {**vars(self), "decided_on": self.decided_on.isoformat(), "struck": dict(self.struck)}


def decided_in(facts: Mapping[str, Any]) -> Decided:
    return Decided(**{"version": 0, **facts, "decided_on": date.fromisoformat(facts["decided_on"])})


@transaction.atomic
def record_resolution(
    *, contest: Contest, decided: Decided, paper: StoredFile | None, by: User, at: datetime
) -> Resolution:
    """The next body's word on the list that stands. A struck nominee leaves the next version of the list.

    raises   Refused "approval-none", "approval-complete", "approval-not-next", "approval-pending",
             "resolution-of-other-version", "resolution-without-paper", "resolution-in-future",
             "resolution-without-reason", "strike-nobody",
             "strike-without-reason", "strike-of-others", "strike-all", "second-person-missing", and why the contest
             takes none
    """
    contest = locked_contest(contest.pk)
    if denial := why_not_record_resolution(asked_of(by), contest, at=at):
        raise Refused(denial)
    refuse_alone(contest, StepKind.RESOLUTION)
    award_list = standing_list(contest)
    body = next_body(award_list, decided.step)
    if decided.version != award_list.version:  # amended since the page was read, or since the paper was handed in
        raise Refused(Denial("resolution-of-other-version", {"version": award_list.version}))
    if paper is None:
        raise Refused(Denial("resolution-without-paper"))
    if decided.decided_on > at.astimezone(contest.tz).date():
        raise Refused(Denial("resolution-in-future"))
    if decided.outcome == ResolutionOutcome.REFUSED and not decided.reason.strip():
        raise Refused(Denial("resolution-without-reason", {"body": body.name}))
    struck = struck_by(award_list, decided)
    awards = list(award_list.awards.select_related("entry"))
    left = [one for one in awards if one.entry.number not in struck]
    serial = (contest.resolutions.order_by("-serial").values_list("serial", flat=True).first() or 0) + 1
    made = Resolution.objects.create(
        key=contest.mint.key("resolution", serial), contest=contest, list=award_list, serial=serial,
        step=decided.step, body=body.name, outcome=decided.outcome, number=decided.number.strip(),
        decided_on=decided.decided_on, reason=decided.reason.strip(), paper=paper, seen=prizes_digest(awards),
        approves="" if decided.outcome == ResolutionOutcome.REFUSED else prizes_digest(left), struck=struck,
        titles=given_titles(award_list),
        recorded_at=at, recorded_by=by,
    )  # fmt: skip
    events.record(contest, "resolution.recorded", made, by=by, at=at, body=said_in_log(made))
    return made


def next_body(award_list: AwardList, step: str) -> Body:
    approval = approval_of(award_list)
    if not approval.bodies:
        raise Refused(Denial("approval-none", {"contest": award_list.contest}))
    if approval.next is None:
        raise Refused(Denial("approval-complete", {"contest": award_list.contest}))
    if step != approval.next.step:
        raise Refused(Denial("approval-not-next", {"body": approval.next.name}))
    if approval.pending is not None:
        raise Refused(Denial("approval-pending", {"body": approval.next.name}))
    return approval.next


def struck_by(award_list: AwardList, decided: Decided) -> dict[str, str]:
    """Number -> reason, of nominees on this list; never all of them: that is a refusal."""
    struck = {number: why.strip() for number, why in decided.struck.items()}
    if (decided.outcome == ResolutionOutcome.STRUCK) != bool(struck):
        raise Refused(Denial("strike-nobody"))
    if any(not why for why in struck.values()):
        raise Refused(Denial("strike-without-reason"))
    listed = set(award_list.awards.values_list("entry__number", flat=True))
    if not set(struck) <= listed:
        raise Refused(Denial("strike-of-others"))
    if struck and set(struck) == listed:
        raise Refused(Denial("strike-all"))
    return struck


def said_in_log(one: Resolution) -> dict[str, Any]:
    """Of reasons, and of the number of the document, a commitment: they may name somebody."""
    why = one.contest.mint.commitment(one.number, one.reason, digest(one.struck))
    return {**resolution_line(one), "list": one.list.version, "on": one.decided_on.isoformat(),
            "sha256": one.paper.sha256, "why": why}  # fmt: skip


def resolution_line(one: Resolution) -> dict[str, Any]:
    """By numbers and codes alone: the log and a bundle keep the same. `struck`: as the list gave them; `titles`: who
    had those that follow, where anybody had one."""
    names = ("serial", "step", "outcome", "seen", "approves")
    awards = one.list.awards.filter(entry__number__in=one.struck).select_related("entry")
    more = {"titles": one.titles} if one.titles else {}
    return {name: getattr(one, name) for name in names} | {"struck": prize_lines(awards)} | more


def resolution_lines(contest: Contest) -> list[dict[str, Any]]:
    """Those that were not withdrawn."""
    return [resolution_line(one) for one in contest.resolutions.standing().select_related("list")]


@transaction.atomic
def withdraw_resolution(*, resolution: Resolution, reason: str, by: User, at: datetime) -> None:
    """As if it had not been recorded: somebody typed it in wrongly. It stays readable, with this reason.

    raises   Refused "resolution-withdrawn", "resolution-back-without-reason", "resolution-used",
             "second-person-missing", and why the contest takes none
    """
    contest = locked_contest(resolution.contest_id)
    resolution = Resolution.objects.select_related("contest").get(pk=resolution.pk)
    resolution.contest = contest
    if denial := why_not_withdraw_resolution(asked_of(by), resolution, at=at):
        raise Refused(denial)
    refuse_alone(contest, StepKind.RESOLUTION_BACK)
    if resolution.withdrawn_at is not None:
        raise Refused(Denial("resolution-withdrawn"))
    if not reason.strip():
        raise Refused(Denial("resolution-back-without-reason"))
    if contest.state == ContestState.LOCKED and contest.certificates.filter(state=CertificateState.VALID).exists():
        raise Refused(Denial("resolution-used", {"contest": contest}))
    resolution.withdrawn_at, resolution.withdrawn_because = at, reason.strip()
    resolution.save(update_fields=["withdrawn_at", "withdrawn_because"])
    body = {"serial": resolution.serial, "why": contest.mint.commitment(reason.strip())}
    events.record(contest, "resolution.withdrawn", resolution, by=by, at=at, body=body)
