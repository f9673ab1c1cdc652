"""Accounts, roles, and links that sign in. All belong to the installation's log."""

import hashlib
import secrets
from datetime import datetime, timedelta

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction

from competition import events
from competition.errors import Denial, Refused
from competition.models import Contest, District, Role, School, SignInLink, User
from competition.states import RoleKind, SchoolState

LINK_DAYS = 14
TOKEN_BYTES = 16


@transaction.atomic
def create_account(*, username: str, name: str, password: str | None, by: User | None, at: datetime) -> User:
    """An account; without a password nobody signs in with it but through a link.

    raises   Refused "name-taken"
    """
    if User.objects.filter(username=username).exists():
        raise Refused(Denial("name-taken"))
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
    district: District | None = None,
) -> Role:
    """Make the user this, here. A role that is there already is not given twice."""
    role, is_new = Role.objects.get_or_create(user=user, kind=kind, contest=contest, school=school, district=district)
    if is_new:
        place = contest or school or district
        body = {"kind": str(kind), "where": place.key if place else ""}
        events.record(None, "role.granted", user, by=by, at=at, body=body)
    return role


@transaction.atomic
def take_role(*, role: Role, by: User, at: datetime) -> None:
    """The account stays, its history too."""
    place = role.contest or role.school or role.district
    body = {"kind": str(role.kind), "where": place.key if place else ""}
    user = role.user
    role.delete()
    events.record(None, "role.taken", user, by=by, at=at, body=body)


def digest_of(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


@transaction.atomic
def make_link(*, user: User, by: User, at: datetime, days: int = LINK_DAYS) -> str:
    """A token that signs this account in once; links of the account that were not used yet end.

    returns  the token, 128 bits, shown only now
    """
    open_links = user.links.filter(used_at=None, revoked_at=None)
    open_links.update(revoked_at=at)
    token = secrets.token_urlsafe(TOKEN_BYTES)
    SignInLink.objects.create(
        user=user, digest=digest_of(token), made_at=at, made_by=by, expires_at=at + timedelta(days=days)
    )
    events.record(None, "link.made", user, by=by, at=at)
    return token


def open_link(token: str, *, at: datetime) -> SignInLink | None:
    """The link of this token while it may still be used."""
    found = SignInLink.objects.select_related("user").filter(digest=digest_of(token), used_at=None, revoked_at=None)
    return found.filter(expires_at__gt=at, user__is_active=True).first()


@transaction.atomic
def use_link(*, token: str, at: datetime) -> User:
    """Once: of two who use it at the same time one is refused.

    raises   Refused "no-such-link", whatever is wrong with it
    """
    link = open_link(token, at=at)
    if link is None or not SignInLink.objects.filter(pk=link.pk, used_at=None, revoked_at=None).update(used_at=at):
        raise Refused(Denial("no-such-link"))
    events.record(None, "link.used", link.user, by=link.user, at=at)
    return link.user


@transaction.atomic
def set_password(*, user: User, password: str, by: User, at: datetime) -> None:
    """raises   Refused "weak-password" with what is wrong"""
    try:
        validate_password(password, user)
    except ValidationError as fault:
        raise Refused(Denial("weak-password", {"why": " ".join(fault.messages)})) from fault
    user.set_password(password)
    user.save(update_fields=["password"])
    events.record(None, "account.password-set", user, by=by, at=at)


@transaction.atomic
def invite(
    *, name: str, kind: RoleKind, by: User, at: datetime, school: School | None = None, district: District | None = None
) -> tuple[User, str]:
    """Somebody who will act for a school or a unit: an account without a password, and the link that opens it."""
    place = school or district
    if place is None:
        raise ValueError("An invitation is for a school or a unit.")
    user = create_account(username=free_name(place), name=name, password=None, by=by, at=at)
    grant_role(user=user, kind=kind, school=school, district=district, by=by, at=at)
    return user, make_link(user=user, by=by, at=at)


def free_name(place: School | District) -> str:
    """A name for signing in that can be read out on the phone; it tells nothing of the person."""
    head = "s" if isinstance(place, School) else "u"
    while User.objects.filter(username=(name := f"{head}{secrets.randbelow(10**6):06}")).exists():
        pass
    return name


@transaction.atomic
def register_school(
    *, district: District, name: str, contact: str, phone: str, username: str, password: str, at: datetime
) -> School:
    """A school comes by itself: its account may sign in, and enters nothing until the office has approved it.

    raises   Refused "school-there-already", "name-taken", "weak-password"
    """
    if School.objects.filter(district=district, name=name).exists():
        raise Refused(Denial("school-there-already", {"school": name}))
    school = School.objects.create(
        district=district, name=name, contact=contact, phone=phone, state=SchoolState.PENDING
    )
    user = create_account(username=username, name=contact, password=None, by=None, at=at)
    set_password(user=user, password=password, by=user, at=at)
    grant_role(user=user, kind=RoleKind.SCHOOL, school=school, by=None, at=at)
    events.record(None, "school.registered", school, by=user, at=at)
    return school
