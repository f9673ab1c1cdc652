"""Two people of one office send the same entries up in the same moment. The guard has a twin that switches it off."""

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from django.db import IntegrityError, OperationalError

from competition import events
from competition.models import Contest, Entry, Forwarding
from competition.services import forwarding
from competition.services.forwarding import forward_entries
from tests.competition.services.entering.test_at_once import guard_off, unlocked_contest
from tests.competition.services.test_forwarding import fixed, higher_contest, lower, passed
from tests.factories.crowds import at_once, shared_database
from tests.factories.entering import NOW, Open

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def shared(django_db_setup: None, django_db_blocker: Any, tmp_path: Path) -> Iterator[Callable[..., Any]]:
    with django_db_blocker.unblock():
        yield partial(shared_database, tmp_path)


def crowd() -> tuple[Open, Contest]:
    made, higher = lower(), higher_contest()
    for title in ("浇花器", "喂鸟器"):
        passed(made, title)
    fixed(made)
    return made, higher


def sends(made: Open, higher: Contest) -> tuple[int, int]:
    entries = list(Entry.objects.filter(contest=made.contest).select_related("contest", "track", "division", "school"))
    sender, there = (Contest.objects.get(pk=one.pk) for one in (made.contest, higher))
    sent = forward_entries(sender=sender, higher=there, entries=entries, by=made["host"], at=NOW)
    return len(sent.went), sent.there


def test_what_is_sent_twice_at_once_goes_up_once(shared: Any) -> None:
    with shared():
        made, higher = crowd()
        results = at_once([partial(sends, made, higher)] * 2)
        assert sorted(results) == [(0, 2), (2, 0)]
        assert sorted(higher.entries.values_list("number", flat=True)) == ["A001", "A002"]
        assert Forwarding.objects.count() == 2
        assert [events.first_broken(one) for one in (made.contest, higher)] == [None, None]


def test_without_the_lock_one_of_two_breaks_off(shared: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """The twin: the constraint still keeps it single, but whoever was slower gets an error and no answer."""
    with shared(**guard_off()):
        made, higher = crowd()
        monkeypatch.setattr(forwarding, "locked_contest", unlocked_contest)
        results = at_once([partial(sends, made, higher)] * 2)
        assert [one for one in results if isinstance(one, IntegrityError | OperationalError)]
        assert Forwarding.objects.count() <= 2
