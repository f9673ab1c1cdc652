"""A contest that takes two persons, and the people around it."""

from datetime import datetime
from typing import Any

from competition.models import Agreement, Contest, Role, User
from competition.services.agreeing import approve, switch_two_persons, take
from competition.states import RoleKind, StepKind
from tests.factories.noticing import NOW, account


def of_two(contest: Contest) -> Contest:
    switch_two_persons(contest=contest, is_on=True, by=None, at=NOW)
    contest.refresh_from_db()
    return contest


def organiser(contest: Contest, name: str = "first") -> User:
    return account(name, kind=RoleKind.ORGANISER, contest=contest)


def approver(contest: Contest, name: str = "second") -> User:
    return account(name, kind=RoleKind.APPROVER, contest=contest)


def propose(contest: Contest, step: StepKind, by: User, *, at: datetime = NOW, **asked: Any) -> Agreement:
    made = take(contest=contest, step=step, by=by, at=at, **asked)
    assert isinstance(made, Agreement)
    return made


def approved(agreement: Agreement, by: User, *, at: datetime = NOW) -> Any:
    done = approve(agreement=agreement, by=by, at=at)
    agreement.refresh_from_db()
    return done


def both(contest: Contest, step: StepKind, first: User, second: User, **asked: Any) -> Agreement:
    """Proposed by one and done by the other."""
    made = propose(contest, step, first, **asked)
    approved(made, second)
    contest.refresh_from_db()
    return made


def has_role(user: User, kind: RoleKind, contest: Contest) -> bool:
    return Role.objects.filter(user=user, kind=kind, contest=contest).exists()
