"""培育奖、摇篮奖: titles that go to the tutors or the schools of an award's winners, because those won. Reads only."""

from collections.abc import Mapping

from awards.models import Achievement, RecognitionRule
from awards.presets import kind_of
from awards.states import AchievementRole, NomineeKind, RecognitionKind
from competition.models import Entry, Tutor


def followers(rule: RecognitionRule, awards: Mapping[int, str]) -> dict[int, tuple[str, ...]]:
    """Recipient -> numbers of the entries that it follows from, in the order of the entries.

    awards   prize by entry
    source   docs/rulebook.md "Titles that follow from the award"
    """
    asked = {(kind, code) for kind, code in rule.follows}
    rows = Entry.objects.filter(pk__in=awards).select_related("track", "nomination__person")
    honoured = [one for one in rows.order_by("order") if (kind_of(one.track), awards[one.pk]) in asked]
    recipients = tutors_of(honoured) if rule.kind == RecognitionKind.TUTOR else schools_of(honoured)
    found: dict[int, list[str]] = {}
    for entry in honoured:
        for recipient in recipients.get(entry.pk, ()):
            found.setdefault(recipient, []).append(entry.number)
    return {recipient: tuple(numbers) for recipient, numbers in found.items()}


def schools_of(entries: list[Entry]) -> dict[int, list[int]]:
    """By entry. A school that is honoured itself has no other title from its own prize."""
    return {
        one.pk: [one.school_id] for one in entries if one.school_id and kind_of(one.track) != NomineeKind.SCHOOL
    }  # fmt: skip


def tutors_of(entries: list[Entry]) -> dict[int, list[int]]:
    """By entry: the tutors that a pupil's nomination names; where it names none, those of the works with which the
    pupil has won what we know of."""
    pupils = {
        one.pk: one.nomination.person_id for one in entries if kind_of(one.track) == NomineeKind.STUDENT
    }  # fmt: skip
    found: dict[int, list[int]] = {}
    for entry, person in Tutor.objects.filter(entry__in=pupils).order_by("order").values_list("entry", "person"):
        found.setdefault(entry, []).append(person)
    by_person = tutors_of_works([person for entry, person in pupils.items() if entry not in found])
    return found | {entry: by_person.get(person or 0, []) for entry, person in pupils.items() if entry not in found}


def tutors_of_works(people: list[int | None]) -> dict[int, list[int]]:
    """By pupil, each tutor once."""
    won = Achievement.objects.filter(person__in=people, role=AchievementRole.AUTHOR, entry__isnull=False)
    of_work: dict[int, list[int]] = {}
    works = list(won.order_by("won_on", "pk").values_list("person", "entry"))
    rows = Tutor.objects.filter(entry__in=[entry for _person, entry in works]).order_by("order")
    for entry, tutor in rows.values_list("entry", "person"):
        of_work.setdefault(entry, []).append(tutor)
    found: dict[int, dict[int, None]] = {}
    for person, entry in works:
        found.setdefault(person, {}).update(dict.fromkeys(of_work.get(entry, [])))
    return {person: list(tutors) for person, tutors in found.items()}
