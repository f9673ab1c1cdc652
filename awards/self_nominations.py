"""What stands in a self-nomination, while it may be read: the one way to what was typed."""

import json
from collections.abc import Iterable
from datetime import datetime

from awards.access_to_self import self_terms_of, why_not_self_over
from awards.core.self_nominating import PLEDGED, SelfLack, SelfSaid, lacks_of_self, said_in
from awards.models import SelfNomination
from awards.presets import kind_of
from awards.states import NomineeKind
from competition import sealed
from competition.errors import Denial, Refused
from competition.models import Contest, Pledge
from competition.states import PledgeBy

GUARDIAN = "guardian"  # code of the pledge that says the school keeps the paper: here the paper itself is asked for


def is_student(nomination: SelfNomination) -> bool:
    return kind_of(nomination.track) == NomineeKind.STUDENT


def asked_pledges(contest: Contest) -> list[Pledge]:
    """Of the award's, those that a person can give; the page has two of its own besides."""
    return [one for one in contest.pledges.exclude(by=PledgeBy.SCHOOL) if one.code != GUARDIAN]


def sealed_said(said: SelfSaid, nomination: SelfNomination) -> str:
    return sealed.seal(json.dumps(said.values(), ensure_ascii=False).encode(), of=nomination.key)


def said_of(nomination: SelfNomination, *, at: datetime) -> SelfSaid:
    """raises   Refused "self-over", "self-unreadable" """
    [found] = opened(nomination.contest, [nomination], at=at)
    if found is None:
        raise Refused(Denial("self-unreadable"))
    return found


def opened(contest: Contest, nominations: Iterable[SelfNomination], *, at: datetime) -> list[SelfSaid | None]:
    """Of each what was typed; None where it was sealed under a secret that is lost. From the day of erasure on it leads
    nowhere.

    raises   Refused "self-over", "self-not-open"
    """
    if denial := why_not_self_over(contest, self_terms_of(contest), at=at):
        raise Refused(denial)
    return [unsealed_said(one) for one in nominations]


def unsealed_said(one: SelfNomination) -> SelfSaid | None:
    if not one.sealed:
        return SelfSaid()
    try:
        return said_in(json.loads(sealed.unseal(one.sealed, of=one.key)))
    except sealed.Unreadable:
        return None


def sealed_answer(text: str, nomination: SelfNomination) -> str:
    return sealed.seal(text.encode(), of=nomination.key) if text else ""


def answer_of(nomination: SelfNomination, *, at: datetime) -> str:
    """Why it was returned or not taken up; "" for nothing, or where it cannot be read any more."""
    contest = nomination.contest
    if not nomination.answer or why_not_self_over(contest, self_terms_of(contest), at=at):
        return ""
    try:
        return sealed.unseal(nomination.answer, of=nomination.key).decode()
    except sealed.Unreadable:
        return ""


def lacks_of(nomination: SelfNomination, said: SelfSaid, *, at: datetime) -> list[SelfLack]:
    """What keeps it from being sent as it stands."""
    wanted = [one.code for one in asked_pledges(nomination.contest) if one.is_required]
    return lacks_of_self(
        said,
        papers={one.place for one in nomination.papers.all()},
        pledged=nomination.pledges,
        wanted=[*wanted, *PLEDGED],
        is_student=is_student(nomination),
        today=at.astimezone(nomination.contest.tz).date(),
    )
