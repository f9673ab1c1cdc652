"""Schools whose chosen entries lack details are told so: how many, and until when. No child is named. Reads only."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db.models import Max
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import ngettext

from competition.access_to_late import late_terms_of, why_not_over
from competition.errors import Denial
from competition.events import name_of
from competition.late import chosen, progress_of
from competition.models import Contest, LateTerms, Mail, School, User
from competition.selectors import accounts_of_schools, still_acts
from competition.services.mailing import Letter, digest_of_letters, last_written, waiting
from competition.states import EntryState, MailState

REMINDER = "late.reminder"


@dataclass(frozen=True)
class Waited:
    """A school that somebody waits for: how many of its entries lack something, who acts for it, and who of them has an
    address; when one of them was last reminded, and whether a mail waits to go out."""

    school: School
    missing: int
    people: list[User]
    last: datetime | None = None
    is_waiting: bool = False

    @property
    def addresses(self) -> list[str]:
        return [one.email for one in self.people if one.email]


@dataclass(frozen=True)
class LatePost:
    """letters: to each account once, of all its schools. last: the newest mail of this kind."""

    schools: list[Waited]
    letters: list[Letter]
    last: int

    @property
    def digest(self) -> str:
        return digest_of_letters(self.letters, self.last)


def why_not_ask_again(contest: Contest, *, at: datetime) -> Denial | None:
    """While schools may still answer."""
    terms = late_terms_of(contest)
    if denial := why_not_over(contest, terms, at=at):
        return denial
    if terms and terms.due_on and terms.is_late(at):
        return Denial("late-closed", {"day": date_format(terms.due_on, "DATE_FORMAT")})
    return None


def missing_by_school(contest: Contest, terms: LateTerms) -> Counter[School]:
    """In how many of its entries something is missing; what does not go up any more is not waited for."""
    rows = [one for one in chosen(contest) if one.entry.school and one.entry.state == EntryState.PASSED]
    return Counter(one.entry.school for one in rows if one.entry.school and progress_of(one, terms).missing)


def late_reminders(contest: Contest) -> LatePost:
    terms = late_terms_of(contest)
    missing = missing_by_school(contest, terms) if terms else Counter()
    people = accounts_of_schools(one.pk for one in missing)
    last, busy = last_reminded(contest), set(waiting(contest, REMINDER).values_list("about", flat=True))
    schools = []
    for school in sorted(missing, key=lambda one: (one.district_id, one.name)):
        names = [name_of(one) for one in people[school.pk]]
        when = max((last[name] for name in names if name in last), default=None)
        schools.append(Waited(school, missing[school], people[school.pk], when, not busy.isdisjoint(names)))
    told: dict[User, list[Waited]] = {}
    for one in schools:
        for user in one.people:
            if user.email and name_of(user) not in busy:
                told.setdefault(user, []).append(one)
    letters = [letter(contest, terms, user, waited) for user, waited in told.items() if terms]
    return LatePost(schools, letters, last_written(contest, REMINDER))


def letter(contest: Contest, terms: LateTerms, user: User, waited: list[Waited]) -> Letter:
    with translation.override(settings.LANGUAGE_CODE):
        facts: dict[str, Any] = {
            "contest": contest.label,
            "contact": contest.contact,
            "day": date_format(terms.due_on, "DATE_FORMAT") if terms.due_on else "",
            "lines": [(one.school.name, one.missing, address_of(one.school)) for one in waited],
        }
        number = sum(one.missing for one in waited)
        subject = ngettext(
            "%(contest)s: details of %(number)s entry are missing",
            "%(contest)s: details of %(number)s entries are missing",
            number,
        )
        return Letter(
            kind=REMINDER,
            about=user,
            to=user.email,
            name="、".join(one.school.name for one in waited)[:100],
            language=settings.LANGUAGE_CODE,
            subject=subject % {"contest": contest.label, "number": number},
            body=render_to_string("mail/late_reminder.txt", facts),
        )


def address_of(school: School) -> str:
    return f"{settings.PUBLIC_URL}{reverse('school', args=[school.key])}"


def last_reminded(contest: Contest) -> dict[str, datetime]:
    """When the last one went out, by what the log calls the account."""
    sent = contest.mails.filter(kind=REMINDER, state=MailState.SENT).order_by()
    return dict(sent.values_list("about").annotate(last=Max("sent_at")))


def why_not_be_reminded_late(mail: Mail, *, at: datetime) -> Denial | None:
    """Asked once more when it is sent: still acting for a school, at this address, of which something is missing."""
    if denial := why_not_ask_again(mail.contest, at=at):
        return denial
    terms = late_terms_of(mail.contest)
    schools = [one.pk for one in missing_by_school(mail.contest, terms)] if terms else []
    return None if still_acts(mail, schools) else Denial("late-nothing-missing")
