"""Who may be nominated for an award, who is, and the way back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max, Q, QuerySet

from awards.access import why_not_nominate
from awards.core.eligibility import Condition, Verdict
from awards.models import Achievement, Nomination
from awards.presets import kind_of
from awards.services.eligibility import applied_on, check_eligibility, condition_of, verdict_of, won_by
from awards.states import NomineeKind
from competition import events
from competition.errors import Denial, Refused
from competition.lifecycle import move
from competition.models import Author, Contest, Entry, Person, School, Track, Tutor, User
from competition.selectors import organised_by
from competition.services.entering import next_number
from competition.services.locks import locked_contest
from competition.services.places import save_people
from competition.states import EntryState, PersonKind
from judging.services.rounds import take_part_late

LINKS: dict[str, type[Author] | type[Tutor]] = {NomineeKind.STUDENT: Author, NomineeKind.TUTOR: Tutor}


@dataclass(frozen=True)
class Candidate:
    """Somebody of ours who is not nominated yet. `met`: the achievement that meets a way; None where none does."""

    subject: Person | School
    track: Track
    found: Verdict
    met: Achievement | None

    @property
    def key(self) -> str:
        return self.subject.key

    @property
    def home(self) -> str:
        """The school of a person, the district of a school."""
        if isinstance(self.subject, Person):
            return self.subject.school.name if self.subject.school else ""
        return self.subject.district.label


def candidates(contest: Contest, track: Track, words: str, *, known: QuerySet[Any]) -> list[Candidate]:
    """Those who meet a way first. Without words to search for, they alone.

    known   people or schools of whom the asker may learn
    """
    day = applied_on(contest)
    rules = [one for one in contest.alternatives.all() if one.track_id in (None, track.pk)]
    conditions = [condition_of(one, day) for one in rules]
    if not words and not conditions:
        return []
    subjects = those_open(contest, track, words, known)
    won = achievements_by_subject(subjects, contest)
    found = [candidate(one, track, conditions, won.get(one.pk, [])) for one in subjects]
    meeting = [one for one in found if one.met or words]
    return sorted(meeting, key=lambda one: (one.met is None, str(one.subject), one.subject.pk))


def candidate(
    subject: Person | School, track: Track, conditions: Sequence[Condition], won: Sequence[Achievement]
) -> Candidate:
    found = verdict_of(conditions, won, ())
    is_met = bool(conditions) and found.is_eligible and found.met is not None
    return Candidate(subject, track, found, won[found.met[1]] if is_met and found.met else None)


def achievements_by_subject(subjects: Sequence[Person | School], award: Contest) -> dict[int, list[Achievement]]:
    """Of subjects of one kind, by primary key."""
    people = [one.pk for one in subjects if isinstance(one, Person)]
    schools = [one.pk for one in subjects if isinstance(one, School)]
    of_people, of_schools = won_by(people, schools, award)
    return of_people if people else of_schools


def known_to(user: User, track: Track) -> QuerySet[Any]:
    """People or schools of the contests that this user organises, of the kind of this track."""
    seen = organised_by(user)
    if kind_of(track) == NomineeKind.SCHOOL:
        theirs = Q(entries__contest__in=seen) | Q(people__achievements__source__in=seen)
        return School.objects.filter(theirs).select_related("district").distinct()
    link = LINKS[kind_of(track)]
    entered = link._default_manager.filter(entry__contest__in=seen).values("person")
    told = Achievement.objects.filter(source__in=seen).values("person")
    people = Person.objects.filter(Q(pk__in=entered) | Q(pk__in=told), kind=person_kind(track))
    return people.select_related("school")


def people_of(school: School, track: Track) -> QuerySet[Any]:
    """Of the kind of this track: a school nominates its own."""
    if kind_of(track) == NomineeKind.SCHOOL:
        return School.objects.filter(pk=school.pk).select_related("district")
    return Person.objects.filter(school=school, kind=person_kind(track)).select_related("school")


def those_open(contest: Contest, track: Track, words: str, known: QuerySet[Any]) -> list[Person | School]:
    """Who of them is not nominated in this kind."""
    nominated = nominations_that_stand(contest, track)
    if kind_of(track) == NomineeKind.SCHOOL:
        rows = known.exclude(pk__in=nominated.filter(school__isnull=False).values("school"))
        return list(rows.filter(matching(words, "name")))
    rows = known.exclude(pk__in=nominated.filter(person__isnull=False).values("person"))
    return list(rows.filter(matching(words, "name", "school__name")))


def matching(words: str, *fields: str) -> Q:
    """Every word stands in one of the fields."""
    found = Q()
    for word in words.split():
        found &= Q(*((f"{name}__icontains", word) for name in fields), _connector=Q.OR)
    return found


def person_kind(track: Track) -> str:
    return PersonKind.TUTOR if kind_of(track) == NomineeKind.TUTOR else PersonKind.STUDENT


def nominations_that_stand(contest: Contest, track: Track) -> QuerySet[Nomination]:
    rows = Nomination.objects.filter(entry__contest=contest, entry__track=track)
    return rows.exclude(entry__state__in=(EntryState.WITHDRAWN, EntryState.DRAFT))


@transaction.atomic
def nominate(*, contest: Contest, track: Track, subject: Person | School, by: User, at: datetime) -> Nomination:
    """One nominee more, tried by the rules at once; whoever comes while it is judged is judged like the others.

    raises   Refused "nominated-already", "nominee-of-another-kind", and why nobody can be nominated now
    """
    contest = locked_contest(contest.pk)
    if denial := why_not_nominate(by, contest, at=at):
        raise Refused(denial)
    is_school = kind_of(track) == NomineeKind.SCHOOL
    if is_school != isinstance(subject, School) or (isinstance(subject, Person) and subject.kind != person_kind(track)):
        raise Refused(Denial("nominee-of-another-kind", {"track": track.label}))
    taken = nominations_that_stand(contest, track)
    if taken.filter(**{"school" if is_school else "person": subject}).exists():
        raise Refused(Denial("nominated-already", {"contest": contest, "track": track.label}))
    entry = entry_for(contest, track, subject, at=at)
    nomination = Nomination.objects.create(
        entry=entry,
        person=subject if isinstance(subject, Person) else None,
        school=subject if isinstance(subject, School) else None,
    )
    events.record(contest, "nominee.nominated", entry, by=by, at=at, body={"number": entry.number, "track": track.code})
    check_eligibility(contest=contest, by=by, at=at)
    entry.refresh_from_db()
    take_part_late(entry, by=by, at=at)
    return nomination


def entry_for(contest: Contest, track: Track, subject: Person | School, *, at: datetime) -> Entry:
    last = contest.entries.aggregate(last=Max("order"))["last"] or 0
    school = subject.school if isinstance(subject, Person) else subject
    entry = Entry(
        contest=contest, track=track, school=school, title=str(subject), order=last + 1, state=EntryState.PASSED
    )
    entry.number = next_number(entry)
    entry.key = contest.mint.key("entry", entry.number)
    entry.save()
    if isinstance(subject, Person):
        LINKS[kind_of(track)].objects.create(entry=entry, person=subject, order=1)
    return entry


@transaction.atomic
def nominate_new(
    *, contest: Contest, track: Track, name: str, school: School | None, by: User, at: datetime
) -> Nomination:
    """Somebody of whom nothing is known yet, of no school where there is none.

    raises   Refused "person-known": the name stands in this school already, and a person says whether it is the same
    """
    locked_contest(contest.pk)
    kind, name = person_kind(track), name.strip()
    if Person.objects.filter(kind=kind, name=name, school=school).exists():
        raise Refused(Denial("person-known", {"school": school.name if school else "—"}))
    people = save_people(people=[(kind, name, school, "")], mint=contest.mint, by=by, at=at)
    return nominate(contest=contest, track=track, subject=people[kind, name, school, ""], by=by, at=at)


@transaction.atomic
def take_back_nomination(*, nomination: Nomination, by: User, at: datetime) -> Entry:
    """The nominee counts no more; nothing is deleted, and the number is not given again."""
    contest = locked_contest(nomination.entry.contest_id)
    if denial := why_not_nominate(by, contest, at=at):
        raise Refused(denial)
    entry = Entry.objects.get(pk=nomination.entry_id)
    move(entry, EntryState.WITHDRAWN, by=by, at=at)
    return entry
