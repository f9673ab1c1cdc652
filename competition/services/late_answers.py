"""上报信息 of one chosen entry: consent first, then the answers; and what becomes of them when a consent is taken back
or a name is corrected."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import F

from competition import events
from competition.access_to_late import why_not_answer_late, why_not_withdraw_late
from competition.core.late_fields import ID_NUMBER, PHOTO, Unfitting, cleaned, disagreements
from competition.errors import Denial, Refused
from competition.late import LatePerson, late_people, texts_of
from competition.late_wording import fault_sentence, field_label
from competition.models import Contest, Entry, LateAnswer, LateConsent, Person, User
from competition.sealed import seal
from competition.services.locks import locked_contest


@dataclass(frozen=True)
class Given:
    """A value as it was typed; of a photo the picture, already looked into and written anew.

    is_other   of an ID number: of a passport or another document
    """

    text: str = ""
    photo: bytes = b""
    is_other: bool = False


GivenTo = Mapping[str, Mapping[str, Given]]  # key of a person -> field -> what was given


@transaction.atomic
def record_late_consent(*, entry: Entry, people: Sequence[str], given_on: date, by: User, at: datetime) -> int:
    """The school says: these people, or their guardians, have agreed on paper to what the contest's terms say.

    people   their keys; who has agreed before stays as it was
    returns  how many are new
    """
    entry = locked_entry(entry, by=by, at=at)
    if given_on > at.astimezone(entry.contest.tz).date():
        raise Refused(Denial("late-consent-day"))
    asked = {one.person.key: one for one in late_people(entry)}
    if not people or not set(people) <= asked.keys():
        raise Refused(Denial("late-nobody"))
    fresh = [asked[key].person for key in dict.fromkeys(people) if asked[key].consent is None]
    if fresh:
        LateConsent.objects.bulk_create(
            LateConsent(choice=entry.late_choice, person=one, given_on=given_on, at=at, by=by) for one in fresh
        )
        body = {"on": given_on.isoformat(), "people": len(fresh), "who": [one.key for one in fresh]}
        events.record(entry.contest, "late-consent.recorded", entry, by=by, at=at, body=body)
    return len(fresh)


@transaction.atomic
def save_late_answers(*, entry: Entry, given: GivenTo, by: User, at: datetime) -> int:
    """All that was typed, or nothing. What was not typed stays; how many values are new or other ones than before.

    raises   Refused "late-wrong" with a sentence for each field; "late-consent-missing"
    """
    entry = locked_entry(entry, by=by, at=at)
    everyone = late_people(entry)
    people = [one for one in everyone if given.get(one.person.key)]
    if without := [one for one in people if one.consent is None]:
        raise Refused(Denial("late-consent-missing", {"names": "、".join(str(one.person) for one in without)}))
    if given.keys() - {one.person.key for one in people}:
        raise Refused(Denial("late-nobody"))
    known = known_values(entry.contest, everyone, at=at)
    fresh, faults = checked(people, given, known, today=at.astimezone(entry.contest.tz).date())
    if faults:
        raise Refused(Denial("late-wrong", {"number": len(faults)}, fields=faults))
    changed = [write(one, name, value, by=by, at=at) for one, name, value in fresh
               if known.get(one.person.key, {}).get(name) != value or name == PHOTO]  # fmt: skip
    if changed:
        body = {"answers": len(changed), "people": len({one.consent_id for one in changed})}
        events.record(entry.contest, "late.answered", entry, by=by, at=at, body=body)
    return len(changed)


def locked_entry(entry: Entry, *, by: User, at: datetime) -> Entry:
    """As it stands now; who may answer is asked under the lock of the contest, which erasing takes too."""
    contest = locked_contest(entry.contest_id)
    entry = Entry.objects.select_related("late_choice", "school__district").get(pk=entry.pk)
    entry.contest = contest
    if denial := why_not_answer_late(by, entry, at=at):
        raise Refused(denial)
    return entry


def known_values(contest: Contest, people: Iterable[LatePerson], *, at: datetime) -> dict[str, dict[str, str]]:
    """key of a person -> field -> value, as far as it can be read: what is typed anew replaces what cannot."""
    people = list(people)
    texts = texts_of(contest, people, at=at)
    found: dict[str, dict[str, str]] = {}
    for person in people:
        read = {name: texts.get(one.pk) for name, one in person.answers.items()}
        found[person.person.key] = {name: text for name, text in read.items() if text is not None}
    return found


Fresh = list[tuple[LatePerson, str, str | bytes]]


def checked(
    people: Iterable[LatePerson], given: GivenTo, known: Mapping[str, Mapping[str, str]], *, today: date
) -> tuple[Fresh, dict[str, str]]:
    """(what to keep, sentences for fields that are wrong). A fault names the person and the field, never the value."""
    fresh: Fresh = []
    faults: dict[str, str] = {}
    numbers = {values[ID_NUMBER]: key for key, values in known.items()
               if ID_NUMBER in values and ID_NUMBER not in given.get(key, {})}  # fmt: skip
    for person in people:
        key, said = person.person.key, given[person.person.key]
        typed: dict[str, str] = {}
        wrong: dict[str, str] = {}
        for name, one in said.items():
            if name not in person.fields:
                raise Refused(Denial("late-nobody"))
            if name == PHOTO:
                fresh.append((person, name, one.photo))
                continue
            try:
                typed[name] = cleaned(name, one.text, today=today, is_other=one.is_other)
            except Unfitting as unfitting:
                wrong[name] = unfitting.code
        wrong |= clashes(person, typed, known.get(key, {}), numbers)
        fresh += [(person, name, value) for name, value in typed.items()]
        for name, code in wrong.items():
            faults[f"{key}-{name}"] = f"{person.label} · {field_label(name)}: {fault_sentence(code)}"
    return fresh, faults


def clashes(
    person: LatePerson, typed: Mapping[str, str], before: Mapping[str, str], numbers: dict[str, str]
) -> dict[str, str]:
    """What does not go together, told at a field that was typed just now."""
    asked = {name: value for name, value in {**before, **typed}.items() if name in person.fields}
    found = disagreements(asked) if typed else {}
    at_typed = {name if name in typed else ID_NUMBER: code for name, code in found.items()}
    wrong = {name: code for name, code in at_typed.items() if name in typed}
    number = typed.get(ID_NUMBER)
    if number is not None and numbers.setdefault(number, person.person.key) != person.person.key:
        wrong[ID_NUMBER] = "number-of-another"
    return wrong


def write(person: LatePerson, name: str, value: str | bytes, *, by: User, at: datetime) -> LateAnswer:
    consent = person.consent
    assert consent is not None  # noqa: S101 - refused above
    data = value.encode() if isinstance(value, str) else value
    token = seal(data, of=consent.choice.entry.contest.key)
    return LateAnswer.objects.update_or_create(
        consent=consent, field=name, defaults={"value": token, "at": at, "by": by}
    )[0]


@transaction.atomic
def erase_late_answers_of(*, person: Person, contest: Contest | None = None, by: User | None, at: datetime) -> int:
    """A consent is taken back: with it goes everything that was answered of this person. How many values that were.

    contest   in this one alone; None: wherever something is there
    by        for the entries that this account may answer for; None: whoever runs the server, for all
    """
    rows = LateConsent.objects.filter(person=person).select_related("choice__entry__contest")
    if contest is not None:
        rows = rows.filter(choice__entry__contest=contest)
    found: dict[Contest, list[LateConsent]] = {}
    for one in rows.order_by("choice__entry__contest", "pk"):
        if by is None or why_not_withdraw_late(by, one.choice.entry, at=at) is None:
            found.setdefault(one.choice.entry.contest, []).append(one)
    if not found:
        raise Refused(Denial("late-no-consent"))
    return sum(take_back(each, consents, person, by=by, at=at) for each, consents in found.items())


def take_back(
    contest: Contest, consents: Sequence[LateConsent], person: Person, *, by: User | None, at: datetime
) -> int:
    locked_contest(contest.pk)
    pks = [one.pk for one in consents]
    answers = LateAnswer.objects.filter(consent__in=pks).delete()[0]
    LateConsent.objects.filter(pk__in=pks).delete()
    body = {"answers": answers, "entries": len(pks), "who": [person.key]}
    events.record(contest, "late-consent.taken-back", consents[0].choice.entry, by=by, at=at, body=body)
    return answers


def follow_late_people(
    contest: Contest, entries: Iterable[Entry], renamed: Iterable[tuple[int, int]], *, by: User, at: datetime
) -> None:
    """After a correction: a right name keeps what was answered under the wrong one, and of whoever is no more in the
    entry nothing is kept."""
    pks = [one.pk for one in entries]
    rows = LateConsent.objects.filter(choice__entry__in=pks)
    moved = 0
    for was, now in renamed:
        there = rows.filter(person=was).exclude(choice__entry__authors__person=was)
        moved += LateConsent.objects.filter(
            pk__in=there.exclude(choice__entry__tutors__person=was).values("pk")
        ).update(person=now)
    stays = rows.filter(choice__entry__authors__person=F("person")) | rows.filter(
        choice__entry__tutors__person=F("person")
    )
    gone = rows.exclude(pk__in=stays.values("pk"))
    answers = LateAnswer.objects.filter(consent__in=gone.values("pk")).count()
    dropped = gone.count()
    LateConsent.objects.filter(pk__in=list(gone.values_list("pk", flat=True))).delete()
    if moved or dropped:
        body = {"people": moved, "out": dropped, "answers": answers}
        events.record(contest, "late.followed", contest, by=by, at=at, body=body)
