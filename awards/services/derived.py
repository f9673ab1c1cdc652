"""培育奖、摇篮奖: titles that go to the tutors or the schools of an award's winners, because those won. Reads only."""

from collections.abc import Mapping

from awards.models import Nomination, RecognitionRule
from awards.presets import kind_of
from awards.services.eligibility import ABOUT_NOMINEE, tried
from awards.states import AchievementRole, NomineeKind, RecognitionKind
from competition.models import Entry, Tutor


def followers(rule: RecognitionRule, awards: Mapping[int, str]) -> dict[int, tuple[Entry, ...]]:
    """Recipient -> entries that it follows from, in their order.

    awards   prize by entry
    source   docs/rulebook.md "Titles that follow from the award"
    """
    asked = {(kind, code) for kind, code in rule.follows}
    rows = Entry.objects.filter(pk__in=awards).select_related("track", "nomination__person")
    honoured = [one for one in rows.order_by("order") if (kind_of(one.track), awards[one.pk]) in asked]
    recipients = tutors_of(honoured) if rule.kind == RecognitionKind.TUTOR else schools_of(honoured)
    found: dict[int, list[Entry]] = {}
    for entry in honoured:
        for recipient in recipients.get(entry.pk, ()):
            found.setdefault(recipient, []).append(entry)
    return {recipient: tuple(entries) for recipient, entries in found.items()}


def schools_of(entries: list[Entry]) -> dict[int, list[int]]:
    """By entry. A school that is honoured itself has no other title from its own prize."""
    return {
        one.pk: [one.school_id] for one in entries if one.school_id and kind_of(one.track) != NomineeKind.SCHOOL
    }  # fmt: skip


def tutors_of(entries: list[Entry]) -> dict[int, list[int]]:
    """By entry: the tutors that a pupil's nomination names; where it names none, those of the work that made the pupil
    eligible, or of all works that we know where that one is none of ours."""
    pupils = [one.pk for one in entries if kind_of(one.track) == NomineeKind.STUDENT]
    found = by_entry(pupils)
    works = works_of([pk for pk in pupils if pk not in found])
    of_work = by_entry([work for mine in works.values() for work in mine])
    return found | {
        pk: list(dict.fromkeys(tutor for work in mine for tutor in of_work.get(work, []))) for pk, mine in works.items()
    }


def by_entry(entries: list[int]) -> dict[int, list[int]]:
    found: dict[int, list[int]] = {}
    rows = Tutor.objects.filter(entry__in=entries).order_by("order") if entries else Tutor.objects.none()
    for entry, person in rows.values_list("entry", "person"):
        found.setdefault(entry, []).append(person)
    return found


def works_of(entries: list[int]) -> dict[int, list[int]]:
    """By nomination's entry, the works of the pupil as its author."""
    nominations = Nomination.objects.filter(entry__in=entries)
    first = nominations.select_related("entry__contest").first()
    if first is None:
        return {}
    found = {}
    for one in tried(first.entry.contest, nominations=nominations):
        order, index = one.found.met or (ABOUT_NOMINEE, 0)
        met = one.won[index : index + 1] if order != ABOUT_NOMINEE else []
        ours = [won.entry_id for won in (met if any(won.entry_id for won in met) else one.won)
                if won.entry_id and won.role == AchievementRole.AUTHOR]  # fmt: skip
        found[one.nomination.entry_id] = list(dict.fromkeys(ours))
    return found
