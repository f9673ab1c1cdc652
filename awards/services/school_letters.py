"""What schools are told of their certificates: how many, and how they get them. No names of people. Reads only."""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from awards.access_to_certificates import may_schools_download
from awards.services.by_school import HOMES
from competition.errors import Denial
from competition.events import name_of
from competition.models import Contest, Mail, School, User
from competition.selectors import accounts_of_schools, still_acts
from competition.services.mailing import Letter, digest_of_letters, last_written, waiting

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


def certificate_letters(contest: Contest, note: str = "") -> Post:
    """To everybody who acts for a school with certificates; whoever acts for several gets one letter.

    note   what else the office says: where and when paper is collected
    """
    kind, numbers = kind_for(contest), numbers_of(contest)
    busy = set(waiting(contest, kind).values_list("about", flat=True))
    people: dict[User, int] = {}
    reached = {pk: [one for one in each if one.email] for pk, each in accounts_of_schools(numbers).items()}
    for pk, each in reached.items():
        for user in each:
            people[user] = people.get(user, 0) + numbers[pk]
    others = School.objects.filter(pk__in=[pk for pk, each in reached.items() if not each]).order_by("district", "name")
    post = Post([], [(one, numbers[one.pk]) for one in others], [], last_written(contest, kind))
    with translation.override(settings.LANGUAGE_CODE):
        for user, number in sorted(people.items(), key=lambda pair: pair[0].username):
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
    if kind_for(mail.contest) != mail.kind or not still_acts(mail, numbers_of(mail.contest)):
        return Denial("school-without-certificates")
    return None
