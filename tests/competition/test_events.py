"""The log only grows, holds, and names nobody."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext

from competition import events
from competition.models import AccessRecord, Chain, Event
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


def test_a_page_that_refreshes_itself_is_one_look_in_a_while(account):
    other = create_account(username="bo", name="波", password=None, by=account, at=AT)

    def look(minutes: int, user=account, subject=account, **more) -> int:
        events.record_look(user, "round", subject, at=AT + timedelta(minutes=minutes), **more)
        return AccessRecord.objects.count()

    often = {"once_in": timedelta(minutes=10)}
    assert [look(0, **often), look(1, **often), look(9, **often), look(11, **often)] == [1, 1, 1, 2]
    assert look(11, user=other, **often) == 3 and look(11, subject=other, **often) == 4
    assert look(11) == 5, "each, where nothing else was said"
    with CaptureQueriesContext(connection) as asked:
        events.record_look(account, "round", account, at=AT + timedelta(minutes=12), **often)
    assert [one["sql"].split()[0] for one in asked] == ["SELECT"], "SQLite locks all of it where a transaction begins"
