"""Accounts, roles, and links that sign in. All belong to the installation's log.

`by=None` is the installation itself: the demo, a school that comes by itself. Everybody else is asked for the right.
"""

import hashlib
import itertools
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from competition import events
from competition.access import why_not_link, why_not_organise
from competition.errors import Denial, Refused
from competition.models import Contest, District, Role, School, SignInLink, User
from competition.services.agreeing import refuse_alone
from competition.states import DECIDING, RoleKind, SchoolState, StepKind

LINK_DAYS = 14
TOKEN_BYTES = 16
WEAK = {
    "password_too_short": _("It needs eight characters or more."),
    "password_too_common": _("Many people use this one."),
    "password_entirely_numeric": _("It has digits only."),
}
PIN_LENGTH = 6
PIN_DIGITS = 4  # different ones


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
    """Make the user this, here. A role that is there already is not given twice.

    raises   Refused where `by` organises neither the contest nor, for anything else, the installation
    """
    if by is not None and (denial := why_not_organise(by, contest, at=at)):
        raise Refused(denial)
    return give_role(user=user, kind=kind, by=by, at=at, contest=contest, school=school, district=district)


@transaction.atomic
def give_role(
    *,
    user: User,
    kind: RoleKind,
    by: User | None,
    at: datetime,
    contest: Contest | None = None,
    school: School | None = None,
    district: District | None = None,
) -> Role:
    """For services that have asked a rule of their own, such as who copies a contest runs the copy.

    raises   Refused "role-of-installation", "second-person-missing" where it is one that decides
    """
    if by is not None and kind in DECIDING:
        if contest is None:
            raise Refused(Denial("role-of-installation"))
        refuse_alone(contest, StepKind.ROLE)
    role, is_new = Role.objects.get_or_create(user=user, kind=kind, contest=contest, school=school, district=district)
    if is_new:
        place = contest or school or district
        body = {"kind": str(kind), "where": place.key if place else ""}
        events.record(None, "role.granted", user, by=by, at=at, body=body)
    if is_new and by is not None and kind in DECIDING:
        end_links(user, at=at)  # whoever made one before could sign in as the second person
    return role


@transaction.atomic
def take_role(*, role: Role, by: User | None, at: datetime) -> None:
    """The account stays, its history too."""
    if by is not None and (denial := why_not_organise(by, role.contest, at=at)):
        raise Refused(denial)
    place = role.contest or role.school or role.district
    body = {"kind": str(role.kind), "where": place.key if place else ""}
    user = role.user
    role.delete()
    events.record(None, "role.taken", user, by=by, at=at, body=body)


def digest_of(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def end_links(user: User, *, at: datetime) -> int:
    """Links that were not used yet open nothing any more: how many that were."""
    return user.links.filter(used_at=None, revoked_at=None).update(revoked_at=at)


@transaction.atomic
def make_link(*, user: User, by: User | None, at: datetime, days: int = LINK_DAYS, token: str | None = None) -> str:
    """A token that signs this account in once; links of the account that were not used yet end.

    token    one that is made elsewhere: of 128 bits, and to be had again by us alone
    returns  the token, shown only now
    raises   Refused where `by` may not act for everything that the account may
    """
    if by is not None and (denial := why_not_link(by, user, at=at)):
        raise Refused(denial)
    end_links(user, at=at)
    token = token or secrets.token_urlsafe(TOKEN_BYTES)
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
def set_password(*, user: User, password: str, by: User, at: datetime, may_be_pin: bool = False) -> None:
    """may_be_pin  six digits or more will do: for accounts that judge and do nothing else; guessing is slow anyway
    raises      Refused "weak-password" with what is wrong, "pin-too-simple"
    """
    if may_be_pin and password.isascii() and password.isdecimal() and only_judges(user):
        if is_simple_pin(password, user.username):
            raise Refused(Denial("pin-too-simple"))
    else:
        try:
            validate_password(password, user)
        except ValidationError as fault:
            raise Refused(Denial("weak-password", {"why": " ".join(why_weak(fault))})) from fault
    user.set_password(password)
    user.save(update_fields=["password"])
    events.record(None, "account.password-set", user, by=by, at=at)


def why_weak(fault: ValidationError) -> list[str]:
    """In our words, where we have some: Django's are not translated everywhere."""
    return [str(WEAK.get(one.code or "", one.messages[0])) for one in fault.error_list]


def only_judges(user: User) -> bool:
    """Or measures: who is neither more than a PIN."""
    kinds = set(user.roles.values_list("kind", flat=True))
    return bool(kinds) and kinds <= {RoleKind.JUDGE, RoleKind.REFEREE}


def is_simple_pin(pin: str, username: str = "") -> bool:
    """Too short, of fewer than four digits, a row up or down, or what stands in the name for signing in."""
    steps = {int(after) - int(before) for before, after in itertools.pairwise(pin)}
    return len(pin) < PIN_LENGTH or len(set(pin)) < PIN_DIGITS or steps in ({1}, {-1}) or pin in username


def is_only_a_pin(user: User, password: str) -> bool:
    """For an account that has got other roles since the PIN was set."""
    return password.isascii() and password.isdecimal() and not only_judges(user)


@transaction.atomic
def invite(
    *,
    name: str,
    kind: RoleKind,
    by: User | None,
    at: datetime,
    school: School | None = None,
    district: District | None = None,
) -> tuple[User, str]:
    """Somebody who will act for a school or a unit: an account without a password, and the link that opens it."""
    place = school or district
    if place is None:
        raise ValueError("An invitation is for a school or a unit.")
    if by is not None and (denial := why_not_organise(by, None, at=at)):
        raise Refused(denial)
    user = create_account(
        username=free_name("s" if isinstance(place, School) else "u"), name=name, password=None, by=by, at=at
    )
    grant_role(user=user, kind=kind, school=school, district=district, by=by, at=at)
    return user, make_link(user=user, by=by, at=at)


def free_name(letter: str) -> str:
    """A name for signing in that can be read out on the phone; it tells nothing of the person."""
    while User.objects.filter(username=(name := f"{letter}{secrets.randbelow(10**6):06}")).exists():
        pass
    return name


@dataclass(frozen=True)
class Invitation:
    """What is handed out for one school; the token is known only here and now."""

    school: School
    user: User
    token: str


@transaction.atomic
def invite_schools(*, schools: Sequence[School], by: User, at: datetime) -> list[Invitation]:
    """An account and a link for each of these schools that nobody acts for; asked twice, none is made twice.

    raises   Refused "nobody-to-invite" where somebody acts for each of them, or it is not approved
    """
    if denial := why_not_organise(by, None, at=at):
        raise Refused(denial)
    chosen = School.objects.filter(pk__in=[one.pk for one in schools], state=SchoolState.ACTIVE)
    locked = chosen.select_for_update(of=("self",)).select_related("district").order_by("district", "name")
    taken = set(Role.objects.filter(kind=RoleKind.SCHOOL, school__in=schools).values_list("school", flat=True))
    made = [
        Invitation(
            school, *invite(name=school.contact or school.name, kind=RoleKind.SCHOOL, school=school, by=by, at=at)
        )
        for school in locked
        if school.pk not in taken
    ]
    if not made:
        raise Refused(Denial("nobody-to-invite"))
    return made


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
