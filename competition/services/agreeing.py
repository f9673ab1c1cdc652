"""双人复核: where a contest has two persons, what is final is proposed by one and done by another.

Nothing goes around it: the services that act ask `refuse_alone` themselves. docs/adr/0008-two-persons.md
"""

from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime
from typing import Any

from django.db import transaction

from competition import events, parts
from competition.access import (
    has_two_persons,
    is_bound_to_two,
    is_organiser,
    why_not_answer_agreement,
    why_not_organise,
    why_not_withdraw_agreement,
)
from competition.core.canon import digest
from competition.errors import Denial, Refused
from competition.lifecycle import move
from competition.models import Agreement, Contest, StoredFile, User
from competition.services.locks import locked_contest
from competition.services.savepoints import dropped
from competition.states import AgreementState, ContestKind, ContestState, StepKind

FIXED = (ContestState.LOCKED, ContestState.PUBLISHED)
_acting: ContextVar[Agreement | None] = ContextVar("acting", default=None)


@contextmanager
def acting_on(agreement: Agreement) -> Iterator[None]:
    token = _acting.set(agreement)
    try:
        with events.agreed(agreement.key, agreement.proposed_by.key):
            yield
    finally:
        _acting.reset(token)


def refuse_alone(contest: Contest, *steps: StepKind) -> None:
    """Asked by every service that acts, as the contest has it at this moment.

    steps    those of which this is a part
    raises   Refused "second-person-missing"
    """
    acting = _acting.get()
    if acting is not None and acting.contest_id == contest.pk and acting.step in steps:
        return
    if has_two_persons(Contest.objects.only("settings", "kind", "belongs_to").get(pk=contest.pk)):
        raise Refused(Denial("second-person-missing", {"contest": contest, "step": steps[0].label}))


def refuse_fixed(contest: Contest, denial: Denial) -> None:
    """What a fixed list rests on stays as it is where that takes two persons: the list is taken back first, by two.

    raises   Refused with this denial
    """
    now = locked_contest(contest.pk)
    if now.state in FIXED and has_two_persons(now):
        raise Refused(denial)


def acts_on(contest: Contest, step: StepKind) -> bool:
    """Whether the second person is just doing this step."""
    acting = _acting.get()
    return acting is not None and acting.contest_id == contest.pk and acting.step == step


def asked_of(by: Any) -> Any:
    """Whose right to a step is asked for: who proposed it. That the other one may approve was asked before."""
    acting = _acting.get()
    return acting.proposed_by if acting is not None else by


def take(
    *,
    contest: Contest,
    step: StepKind,
    by: User,
    at: datetime,
    about: str = "",
    facts: Mapping[str, Any] | None = None,
    reason: str = "",
    paper: StoredFile | None = None,
) -> Any:
    """Do a step; where the contest has two persons, propose it. Returns what the step does, or the Agreement.

    raises   Refused "agreement-asked", and why it could not be done: also where it is only proposed
    """
    asked = Agreement(
        contest=contest, step=step, about=about, facts=dict(facts or {}), reason=reason.strip(), paper=paper,
        proposed_by=by, proposed_at=at,
    )  # fmt: skip
    contest.refresh_from_db(fields=["settings"])
    if has_two_persons(contest):
        return propose(asked, at=at)
    return parts.step_of(step).do(asked, by=by, at=at)


@transaction.atomic
def propose(asked: Agreement, *, at: datetime) -> Agreement:
    contest, by = locked_contest(asked.contest_id), asked.proposed_by
    asked.contest = contest  # as it stands now, not as the page had it
    if denial := why_not_organise(by, contest, at=at):
        raise Refused(denial)
    same = contest.agreements.filter(step=asked.step, about=asked.about, state=AgreementState.OPEN)
    for other in same.select_related("contest", "proposed_by"):
        if not is_stale(other, at=at):
            raise Refused(Denial("agreement-asked", {"name": other.proposed_by, "step": other}))
        move(other, AgreementState.LAPSED, by=by, at=at, closed_at=at)
    asked.seen = seen_of(asked, at=at)
    rehearse(asked, at=at)
    asked.save(force_insert=True)
    body = {"kind": str(asked.step), "content": contest.mint.commitment(asked.seen, asked.reason)}
    events.record(contest, "agreement.open", asked, by=by, at=at, body=body)
    return asked


def seen_of(asked: Agreement, *, at: datetime) -> str:
    return digest([asked.step, asked.about, asked.facts, parts.step_of(asked.step).seen(asked, at=at)])


def rehearse(asked: Agreement, *, at: datetime) -> None:
    """Whoever proposes learns at once why it could not be done."""
    with dropped(), acting_on(asked):
        parts.step_of(asked.step).do(asked, by=asked.proposed_by, at=at)
    asked.contest.refresh_from_db()


def is_stale(agreement: Agreement, *, at: datetime) -> bool:
    """What was seen is no longer so, or whoever proposed it may do so no more."""
    has_left = not is_organiser(agreement.proposed_by, agreement.contest)
    return has_left or seen_of(agreement, at=at) != agreement.seen


def approve(*, agreement: Agreement, by: User, at: datetime) -> Any:
    """Do what was proposed. Where it is not any more what was seen, the proposal lapses, and stays so.

    raises   Refused "agreement-own", "agreement-closed", "agreement-lapsed", and why it cannot be done now: then it
             waits as before
    """
    with transaction.atomic():
        agreement = to_answer(agreement, by=by, at=at)
        if not is_stale(agreement, at=at):
            facts = {"proposer": agreement.proposed_by.key}
            move(agreement, AgreementState.AGREED, by=by, at=at, facts=facts, closed_at=at, closed_by=by)
            with acting_on(agreement):
                return parts.step_of(agreement.step).do(agreement, by=by, at=at)
        move(agreement, AgreementState.LAPSED, by=by, at=at, closed_at=at)
    raise Refused(Denial("agreement-lapsed", {"name": agreement.proposed_by, "step": agreement}))


def to_answer(agreement: Agreement, *, by: User, at: datetime) -> Agreement:
    """As it stands now, locked, if this person may answer it."""
    agreement = locked(agreement)
    if denial := why_not_answer_agreement(by, agreement, at=at):
        raise Refused(denial)
    return agreement


def locked(agreement: Agreement) -> Agreement:
    contest = locked_contest(agreement.contest_id)
    found = Agreement.objects.select_related("proposed_by", "paper").get(pk=agreement.pk)
    found.contest = contest
    return found


@transaction.atomic
def send_back(*, agreement: Agreement, reason: str, by: User, at: datetime) -> None:
    """raises   Refused "agreement-own", "agreement-closed", "send-back-without-reason" """
    agreement = to_answer(agreement, by=by, at=at)
    if not reason.strip():
        raise Refused(Denial("send-back-without-reason"))
    facts = {"reason": agreement.contest.mint.commitment(reason.strip())}
    move(
        agreement, AgreementState.RETURNED, by=by, at=at, facts=facts, closed_at=at, closed_by=by,
        answer=reason.strip(),
    )  # fmt: skip


@transaction.atomic
def withdraw(*, agreement: Agreement, by: User, at: datetime) -> None:
    """raises   Refused "agreement-not-own", "agreement-closed" """
    agreement = locked(agreement)
    if denial := why_not_withdraw_agreement(by, agreement, at=at):
        raise Refused(denial)
    move(agreement, AgreementState.WITHDRAWN, by=by, at=at, closed_at=at, closed_by=by)


def lapse(contest: Contest, steps: Collection[StepKind], *, by: User | None, at: datetime) -> None:
    """What they were about is gone."""
    waiting = contest.agreements.filter(step__in=steps, state=AgreementState.OPEN)
    for agreement in waiting:
        move(agreement, AgreementState.LAPSED, by=by, at=at, closed_at=at)


@transaction.atomic
def switch_two_persons(*, contest: Contest, is_on: bool, by: User | None, at: datetime) -> None:
    """On by whoever drives the contest, and in its awards with it; off by two, and in an award only once its contest
    does without. That a new one is run by one person is said once too.

    raises   Refused "second-person-missing", "two-persons-of-contest"
    """
    locked_row = locked_contest(contest.pk)
    if by is not None and (denial := why_not_organise(asked_of(by), locked_row, at=at)):
        raise Refused(denial)
    contest.refresh_from_db(fields=["settings"])
    if contest.settings.get("two_persons") is is_on:
        return
    if not is_on and has_two_persons(contest):
        if is_bound_to_two(contest):
            raise Refused(Denial("two-persons-of-contest", {"contest": contest.belongs_to}))
        refuse_alone(contest, StepKind.ONE_PERSON)
    set_two_persons(contest, is_on, by=by, at=at)
    if is_on:
        for award in contest.companions.filter(kind=ContestKind.AWARD):
            inherit_two_persons(award, by=by, at=at)


def set_two_persons(contest: Contest, is_on: bool, *, by: User | None, at: datetime) -> None:
    contest.settings["two_persons"] = is_on
    contest.save(update_fields=["settings"])
    events.record(contest, "two-persons.on" if is_on else "two-persons.off", contest, by=by, at=at)


def inherit_two_persons(award: Contest, *, by: User | None, at: datetime) -> None:
    """The award's own log says it too: that of its contest is not in its bundle."""
    if is_bound_to_two(award) and not award.settings.get("two_persons"):
        set_two_persons(award, True, by=by, at=at)


def why_proposed(contest: Contest, subjects: Collection[str]) -> dict[str, str]:
    """What was proposed and why, and why it was sent back, of the agreements among these subjects of events."""
    return {
        name: " · ".join(filter(None, [str(one), one.reason, one.answer]))
        for one in contest.agreements.all()
        if (name := events.name_of(one)) in subjects
    }
