"""Accounts and roles. Both belong to the installation's log."""

from datetime import datetime

from django.db import transaction

from competition import events
from competition.models import Contest, Role, School, User
from competition.states import RoleKind


@transaction.atomic
def create_account(*, username: str, name: str, password: str | None, by: User | None, at: datetime) -> User:
    """An account; without a password nobody signs in with it yet."""
    user = User.objects.create_user(username, password, name=name)
    events.record(None, "account.created", user, by=by, at=at)
    return user


@transaction.atomic
def grant_role(
    *,
    user: User,
    kind: RoleKind,
    by: User | None,
    at: datetime,
    contest: Contest | None = None,
    school: School | None = None,
) -> Role:
    """Make the user this, here. A role that is there already is not given twice."""
    role, is_new = Role.objects.get_or_create(user=user, kind=kind, contest=contest, school=school)
    if is_new:
        where = contest.key if contest else school.key if school else ""
        events.record(None, "role.granted", user, by=by, at=at, body={"kind": str(kind), "where": where})
    return role
