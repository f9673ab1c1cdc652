"""What is asked late of whom, what is there of it, and its values while they may be read."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Prefetch, QuerySet

from competition import sealed
from competition.access_to_late import late_terms_of, why_not_over
from competition.core.late_fields import PHOTO
from competition.errors import Denial, Refused
from competition.late_wording import AUTHOR, TUTOR, person_label
from competition.models import Contest, Entry, LateAnswer, LateChoice, LateConsent, LateTerms, Person


@dataclass
class LatePerson:
    """Somebody of a chosen entry. `place` counts from 1 among authors or tutors; `fields`: what is asked of them."""

    kind: str
    place: int
    person: Person
    fields: tuple[str, ...]
    consent: LateConsent | None = None
    answers: dict[str, LateAnswer] = field(default_factory=dict)

    @property
    def label(self) -> str:
        return person_label(self.kind, self.place, self.person.name)

    @property
    def missing(self) -> list[str]:
        return [one for one in self.fields if one not in self.answers]


@dataclass(frozen=True)
class Progress:
    """How many values an entry still lacks, of how many."""

    missing: int
    total: int


def chosen(contest: Contest) -> QuerySet[LateChoice]:
    """All of a contest, with their people and what is there of them, but no values."""
    return with_people(LateChoice.objects.filter(entry__contest=contest)).order_by("entry__order")


def with_people(choices: QuerySet[LateChoice]) -> QuerySet[LateChoice]:
    answers = Prefetch("consents__answers", LateAnswer.objects.defer("value"))
    found = choices.select_related("entry__contest", "entry__track", "entry__school__district")
    return found.prefetch_related("entry__authors", "entry__tutors", "consents", answers)


def people_of(choice: LateChoice, terms: LateTerms) -> list[LatePerson]:
    """Authors, then tutors, in their order; those of whom nothing is asked are left out."""
    consents = {one.person_id: one for one in choice.consents.all()}
    found: dict[int, LatePerson] = {}
    sides: tuple[tuple[str, Any, list[str]], ...] = (
        (AUTHOR, choice.entry.authors.all(), terms.author_fields),
        (TUTOR, choice.entry.tutors.all(), terms.tutor_fields),
    )
    for kind, links, fields in sides:
        for place, link in enumerate(links, 1):
            consent = consents.get(link.person_id)
            answers = {one.field: one for one in consent.answers.all()} if consent else {}
            if fields and link.person_id not in found:
                person = LatePerson(kind, place, link.person, tuple(fields), consent)
                person.answers = {name: one for name, one in answers.items() if name in fields}
                found[link.person_id] = person
    return list(found.values())


def late_people(entry: Entry) -> list[LatePerson]:
    """Of one chosen entry."""
    choice = with_people(LateChoice.objects.filter(entry=entry)).get()
    choice.entry.contest = entry.contest
    terms = late_terms_of(entry.contest)
    return people_of(choice, terms) if terms else []


def progress_of(choice: LateChoice, terms: LateTerms) -> Progress:
    people = people_of(choice, terms)
    return Progress(sum(len(one.missing) for one in people), sum(len(one.fields) for one in people))


def progress_among(entries: QuerySet[Entry], *, at: datetime) -> dict[int, tuple[LateTerms, Progress]]:
    """Of those among these entries of which something is asked now."""
    choices = with_people(LateChoice.objects.filter(entry__in=entries.order_by().values("pk")))
    asking = {one.contest_id: one for one in terms_of_contests(choices)}
    found = {}
    for one in choices:
        terms = asking.get(one.entry.contest_id)
        if terms is not None and terms.is_dated() and not terms.is_over(at):
            found[one.entry_id] = (terms, progress_of(one, terms))
    return found


def terms_of_contests(choices: Iterable[LateChoice]) -> QuerySet[LateTerms]:
    contests = {one.entry.contest_id for one in choices}
    return LateTerms.objects.filter(contest__in=contests).select_related("contest")


def opened(contest: Contest, answers: Iterable[LateAnswer], *, at: datetime) -> dict[int, bytes | None]:
    """pk of an answer -> its value; None where it was sealed under a secret that is lost. The one way to a value: from
    the day of erasure on it leads nowhere.

    raises   Refused "late-over", "late-not-asked"
    """
    if denial := why_not_over(contest, late_terms_of(contest), at=at):
        raise Refused(denial)
    return {one.pk: unsealed(one.value, contest) for one in answers}


def unsealed(token: str, contest: Contest) -> bytes | None:
    try:
        return sealed.unseal(token, of=contest.key)
    except sealed.Unreadable:
        return None


def texts_of(contest: Contest, people: Iterable[LatePerson], *, at: datetime) -> dict[int, str | None]:
    """The same of everything that these people answered but photos, fetched at once."""
    wanted = [one.pk for person in people for name, one in person.answers.items() if name != PHOTO]
    found = opened(contest, LateAnswer.objects.filter(pk__in=wanted), at=at)
    return {pk: None if value is None else value.decode() for pk, value in found.items()}


def photo_of(contest: Contest, person: LatePerson, *, at: datetime) -> bytes | None:
    """raises   Refused as `opened`, and "late-unreadable" """
    known = person.answers.get(PHOTO)
    if known is None:
        return None
    value = opened(contest, LateAnswer.objects.filter(pk=known.pk), at=at)[known.pk]
    if value is None:
        raise Refused(Denial("late-unreadable"))
    return value
