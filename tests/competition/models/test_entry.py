"""Entries and those who made them."""

import pytest

from awards.outputs.facts import entries_with_people
from competition.models import Author, Entry, Person, Tutor
from competition.selectors import in_full
from competition.services.proofs import proof_entries
from competition.states import EntryState
from tests.factories.entering import Open

pytestmark = pytest.mark.django_db
LISTS = {
    "the lists of the pages": lambda made: in_full(made.contest.entries.all()),
    "what papers and figures rest on": lambda made: entries_with_people(made.contest),
    "proof sheets": lambda made: proof_entries(made.contest, made.schools["晴川一中"]),
}


@pytest.mark.parametrize("name", LISTS)
def test_a_list_may_name_more_than_a_thousand_people(made: Open, name: str) -> None:
    """SQLite takes no condition with more than a thousand parts."""
    number, school = 1001, made.schools["晴川一中"]
    entries = Entry.objects.bulk_create(
        Entry(contest=made.contest, track=made.tracks["创新"], school=school, order=n, number=f"A{n}", title="作品",
              state=EntryState.PASSED)
        for n in range(number)
    )  # fmt: skip
    for model, kind in ((Author, "student"), (Tutor, "tutor")):
        people = Person.objects.bulk_create(Person(kind=kind, name=f"{n}号", school=school) for n in range(number))
        model.objects.bulk_create(
            model(entry=entry, person=person, order=1) for entry, person in zip(entries, people, strict=True)
        )
    names = {author.person.name for entry in LISTS[name](made) for author in entry.authors.all()}
    assert len(names) == number
