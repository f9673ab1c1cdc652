"""The log only grows, holds, and names nobody."""

import json
from datetime import UTC, datetime

import pytest
from django.db import DatabaseError, connection, transaction

from competition import events
from competition.errors import Refused
from competition.lifecycle import move
from competition.models import Chain, Contest, Event, Person
from competition.services.accounts import create_account

AT = datetime(2017, 12, 17, 9, tzinfo=UTC)


@pytest.fixture
def account(db):
    return create_account(username="anna", name="安娜", password=None, by=None, at=AT)


def test_a_chain_holds_and_counts(account):
    create_account(username="bo", name="波", password=None, by=account, at=AT)
    assert Chain.objects.get(contest=None).seq == 2
    assert events.first_broken(None) is None


@pytest.mark.parametrize("change", ["UPDATE competition_event SET seq = 9", "DELETE FROM competition_event"])
def test_the_database_refuses_to_change_the_log(account, change):
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(change)
    assert Event.objects.count() == 1


def test_tampering_is_found_where_it_happened(account):
    create_account(username="bo", name="波", password=None, by=account, at=AT)
    drop = "DROP TRIGGER competition_event_no_update"
    with connection.cursor() as cursor:
        cursor.execute(f"{drop} ON competition_event" if connection.vendor == "postgresql" else drop)
        cursor.execute("UPDATE competition_event SET action = 'account.removed' WHERE seq = 2")
    assert events.first_broken(None) == 2


@pytest.mark.django_db
def test_no_event_names_a_person(demo_year):
    said = json.dumps(list(Event.objects.values_list("body", flat=True)), ensure_ascii=False)
    assert Event.objects.count() > 20
    assert not [name for name in Person.objects.values_list("name", flat=True) if name in said]


@pytest.mark.django_db
def test_every_chain_of_the_year_holds(demo_year):
    assert [events.first_broken(contest) for contest in [None, *Contest.objects.all()]] == [None] * 5


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
