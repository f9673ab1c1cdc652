"""The log of the demo year: it holds, names nobody, and refuses moves that are none."""

import json
from datetime import UTC, datetime

import pytest

from competition import events
from competition.errors import Refused
from competition.lifecycle import move
from competition.models import Contest, Event, Person

AT = datetime(2017, 12, 17, 9, tzinfo=UTC)


@pytest.mark.django_db
def test_no_event_names_a_person(demo_year):
    said = json.dumps(list(Event.objects.values_list("body", flat=True)), ensure_ascii=False)
    assert Event.objects.count() > 20
    assert not [name for name in Person.objects.values_list("name", flat=True) if name in said]


@pytest.mark.django_db
def test_every_chain_of_the_year_holds(demo_year):
    assert [events.first_broken(contest) for contest in [None, *Contest.objects.all()]] == [None] * 6


@pytest.mark.django_db
def test_of_two_who_move_the_same_thing_one_is_refused(demo_year):
    first, second = (Contest.objects.get(kind="award") for _ in range(2))
    move(first, "decision", by=None, at=AT)
    before = Event.objects.count()
    with pytest.raises(Refused) as refused:
        move(second, "decision", by=None, at=AT)
    assert refused.value.denial.code == "changed-meanwhile"
    assert Event.objects.count() == before


@pytest.mark.django_db
def test_a_move_that_the_table_lacks_is_refused(demo_year):
    with pytest.raises(Refused) as refused:
        move(Contest.objects.get(kind="award"), "setup", by=None, at=AT)
    assert refused.value.denial.code == "no-such-move"
