"""No page of what is asked late asks the database more for many entries than for few."""

from functools import partial

import pytest
import time_machine
from django.urls import reverse

from competition.models import Author, Entry, LateAnswer, LateChoice, Person
from competition.sealed import seal
from competition.services.late import choose_late
from competition.states import EntryState
from tests.config.test_query_counts import Ask, asked, grown
from tests.factories.entering import NOW, Open, open_contest
from tests.factories.late import TODAY, filled, terms
from tests.factories.noticing import client_of

pytestmark = pytest.mark.django_db


def pages(made: Open, entry: Entry) -> dict[str, Ask]:
    office, school = client_of(made["office"]), client_of(made["晴川一中"])
    found: dict[str, Ask] = {
        name: partial(office.get, reverse(name, args=[made.contest.key]))
        for name in ("late", "late-terms", "late-choose", "late-list", "late-photos", "late-remind")
    }
    found["late-entry"] = partial(office.get, reverse("late-entry", args=[made.contest.key, entry.key]))
    found["late-form"] = partial(school.get, reverse("late-form", args=[entry.key]))
    found["school"] = partial(school.get, reverse("school", args=[entry.school.key]))
    return found


def more(made: Open, entry: Entry, numbers: range) -> None:
    """As many entries of the school, each with its author; every other one is chosen and answered."""
    rows = [
        Entry(contest=made.contest, track=entry.track, number=f"X{at}", order=1000 + at, title=f"作品{at}",
              school=entry.school, state=EntryState.PASSED)
        for at in numbers
    ]  # fmt: skip
    Entry.objects.bulk_create(rows)
    for one in rows:
        author = Person.objects.create(kind="student", name=f"学生{one.number}", school=one.school)
        Author.objects.create(entry=one, person=author, order=1)
    choose_late(contest=made.contest, entries=rows[::2], by=made["host"], at=NOW)
    for one in rows[::2]:
        choice = LateChoice.objects.get(entry=one)
        consent = choice.consents.create(person=one.authors.get().person, given_on=TODAY, at=NOW)
        for field in ("address", "photo"):
            LateAnswer.objects.create(consent=consent, field=field, value=seal(b"x", of=made.contest.key), at=NOW)


def test_no_page_asks_more_for_many_entries_than_for_few() -> None:
    with time_machine.travel(NOW, tick=False):
        made = open_contest()
        terms(made, author_fields=["id_number", "birth_date", "address", "photo"])
        entry = filled(made)
        more(made, entry, range(4))
        few = asked(pages(made, entry))
        more(made, entry, range(4, 100))
        assert grown(few, asked(pages(made, entry), is_warm=True)) == {}
