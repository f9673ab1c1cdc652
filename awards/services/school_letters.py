"""What schools are told of their certificates: how many, and how they get them. No names of people. Reads only."""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db.models import QuerySet
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from awards.access_to_certificates import may_schools_download
from awards.services.by_school import HOMES
from competition.errors import Denial
from competition.events import name_of
from competition.models import Contest, Mail, Role, School, User
from competition.services.mailing import Letter, digest_of_letters, last_written, waiting
from competition.states import RoleKind

DOWNLOAD, COLLECT = "school.certificates", "school.certificates.paper"
LONGEST_NOTE = 300  # characters


@dataclass(frozen=True)
class Post:
    """Letters to schools before they are written, and why others get none."""

    letters: list[Letter]
    without: list[tuple[School, int]]  # nobody of theirs has an address
    waiting: list[User]  # the same mail to them waits already
    last: int  # the newest mail of this kind

    @property
    def digest(self) -> str:
        return digest_of_letters(self.letters, self.last)


def kind_for(contest: Contest) -> str:
    return DOWNLOAD if may_schools_download(contest) else COLLECT


def numbers_of(contest: Contest) -> dict[int, int]:
    """school -> how many certificates of it are out."""
    found: dict[int, int] = {}
    homes = [one.removesuffix("__district") for one in HOMES if one.endswith("school__district")]
    for schools in contest.certificates.out().order_by().values_list(*homes):
        for school in schools:
            if school:
                found[school] = found.get(school, 0) + 1
    return found


def people_of(schools: set[int]) -> QuerySet[Role]:
    """Those who act for these schools and have an address."""
    roles = Role.objects.filter(kind=RoleKind.SCHOOL, school__in=schools, user__is_active=True)
    return roles.exclude(user__email="").select_related("user").order_by("user__username", "school")


def certificate_letters(contest: Contest, note: str = "") -> Post:
    """To everybody who acts for a school with certificates; whoever acts for several gets one letter.

    note   what else the office says: where and when paper is collected
    """
    kind, numbers = kind_for(contest), numbers_of(contest)
    busy = set(waiting(contest, kind).values_list("about", flat=True))
    people: dict[User, int] = {}
    reached: set[int] = set()
    for role in people_of(set(numbers)):
        if role.school_id is not None:
            people[role.user] = people.get(role.user, 0) + numbers[role.school_id]
            reached.add(role.school_id)
    others = School.objects.filter(pk__in=set(numbers) - reached).order_by("district", "name")
    post = Post([], [(one, numbers[one.pk]) for one in others], [], last_written(contest, kind))
    with translation.override(settings.LANGUAGE_CODE):
        for user, number in people.items():
            if name_of(user) in busy:
                post.waiting.append(user)
            else:
                post.letters.append(letter(contest, kind, user, number, note))
    return post


def letter(contest: Contest, kind: str, user: User, number: int, note: str) -> Letter:
    facts = {
        "contest": contest.label, "number": number, "url": f"{settings.PUBLIC_URL}/", "username": user.username,
        "is_download": kind == DOWNLOAD, "note": note, "contact": contest.contact,
    }  # fmt: skip
    return Letter(
        kind=kind,
        about=user,
        to=user.email,
        name=user.name or user.username,
        language=settings.LANGUAGE_CODE,
        subject=_("%(contest)s: certificates are ready") % {"contest": contest.label},
        body=render_to_string("mail/certificates.txt", facts),
    )


def why_not_be_told(mail: Mail, *, at: datetime) -> Denial | None:
    """Asked once more when it is sent: still of a school with certificates, at the same address, and as it says."""
    roles = people_of(set(numbers_of(mail.contest))).filter(user__email=mail.to)
    if kind_for(mail.contest) != mail.kind or not roles.filter(user__key=mail.about.rpartition(":")[2]).exists():
        return Denial("school-without-certificates")
    return None
