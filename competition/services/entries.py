"""Entries as a whole table: what an import brings."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction

from competition import events
from competition.core.canon import canonical
from competition.lifecycle import move
from competition.models import Author, Contest, Division, Entry, Person, School, Subject, Track, Tutor, User
from competition.services.upsert import upsert
from competition.states import EntryState

FIELDS = [
    "order", "title", "title_en", "track_id", "division_id", "subject_id", "school_id", "group_name", "state", "extra",
]  # fmt: skip


@dataclass(frozen=True)
class EntryDetails:
    """An entry with its authors and tutors in order."""

    number: str
    title: str
    track: Track
    school: School | None
    title_en: str = ""
    division: Division | None = None
    subject: Subject | None = None
    authors: tuple[Person, ...] = ()
    tutors: tuple[Person, ...] = ()
    group_name: str = ""
    state: str = EntryState.PASSED
    extra: dict[str, str] = field(default_factory=dict)


@transaction.atomic
def save_entries(
    *, contest: Contest, entries: Sequence[EntryDetails], by: User | None, at: datetime, kept: Collection[int] = ()
) -> dict[str, Entry]:
    """The entries by number. One that is no longer in the table counts as withdrawn; nothing is deleted.

    kept   of which the table says nothing: they stay as they are
    """
    mint = contest.mint
    wanted = [
        Entry(
            key=mint.key("entry", one.number),
            contest=contest,
            number=one.number,
            order=order,
            title=one.title,
            title_en=one.title_en,
            track=one.track,
            division=one.division,
            subject=one.subject,
            school=one.school,
            group_name=one.group_name,
            state=one.state,
            extra=one.extra,
        )
        for order, one in enumerate(entries, 1)
    ]
    saved = upsert(contest.entries.exclude(number="").exclude(pk__in=kept), ["number"], wanted, FIELDS)
    people_changed = save_links(Author, saved.rows, {one.number: one.authors for one in entries})
    people_changed |= save_links(Tutor, saved.rows, {one.number: one.tutors for one in entries})
    for entry in saved.unwanted:
        if entry.state != EntryState.WITHDRAWN:
            move(entry, EntryState.WITHDRAWN, by=by, at=at)
    if saved.has_changes or people_changed:
        content = [[one.number, one.title, one.track.code, one.state] + [p.key for p in one.authors] for one in entries]
        body = {
            "created": len(saved.created),
            "changed": len(saved.changed.keys() | people_changed),
            "entries": len(entries),
            "content": mint.commitment("entries", canonical(content)),
        }
        events.record(contest, "entries.imported", contest, by=by, at=at, body=body)
    return saved.rows


def save_links(
    model: type[Author] | type[Tutor], entries: dict[str, Entry], people: dict[str, tuple[Person, ...]]
) -> set[str]:
    """Make the authors (or tutors) of each entry these, in this order; the numbers of entries where that changed."""
    was: dict[int, list[int]] = {}
    for entry_id, person_id in (
        model._default_manager.filter(entry__in=[entry.pk for entry in entries.values()])
        .order_by("entry", "order")
        .values_list("entry_id", "person_id")
    ):
        was.setdefault(entry_id, []).append(person_id)
    differs = {
        number: wanted
        for number, wanted in people.items()
        if was.get(entries[number].pk, []) != [person.pk for person in wanted]
    }
    model._default_manager.filter(entry__in=[entries[number].pk for number in differs]).delete()
    model._default_manager.bulk_create(
        model(entry=entries[number], person=person, order=order)
        for number, wanted in differs.items()
        for order, person in enumerate(wanted, 1)
    )
    return set(differs)
