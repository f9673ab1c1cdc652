"""Two of the office take the same person up at once, and a person takes back what the office is taking up.

On the database that the run is on: SQLite, where one who writes keeps out the others from the start, and PostgreSQL under
tests/on_postgresql.py, where locks do. A twin without them must see what they guard against.
"""

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from awards.models import Nomination, SelfNomination
from awards.services import nominating, self_checking, self_nominating
from awards.services.self_checking import take_up_self
from awards.services.self_nominating import take_back_self
from competition.models import Contest, Entry
from tests.factories.crowds import at_once, shared_database
from tests.factories.entering import NOW
from tests.factories.self_nominating import NAME, sent, taking
from tests.judging.services.test_at_once import codes

pytestmark = pytest.mark.django_db(transaction=True)
OFFICERS = 4


@pytest.fixture
def shared(django_db_setup: None, django_db_blocker: Any, tmp_path: Path) -> Iterator[Callable[..., Any]]:
    with django_db_blocker.unblock():
        yield partial(shared_database, tmp_path)


def take_up_with(award: Any, one: SelfNomination) -> Callable[[], Any]:
    return partial(
        take_up_self, nomination=one, person=None, school=award.school, shows_reason=False, by=award.office, at=NOW
    )


def test_of_several_officers_one_takes_it_up(shared: Any) -> None:
    with shared():
        award = taking()
        one = sent(award)
        assert codes(at_once([take_up_with(award, one)] * OFFICERS)) == {"done": 1, "self-decided": OFFICERS - 1}
        assert Nomination.objects.filter(person__name=NAME).count() == 1


def test_taken_back_while_it_is_taken_up_one_of_both_happens(shared: Any) -> None:
    with shared():
        award = taking()
        one = sent(award)
        found = codes(at_once([take_up_with(award, one), partial(take_back_self, nomination=one, at=NOW)]))
        is_taken = Nomination.objects.filter(person__name=NAME).exists()
        assert SelfNomination.objects.exists() == is_taken
        assert found == ({"done": 1, "self-taken": 1} if is_taken else {"done": 1, "self-gone": 1})


@pytest.mark.skipif(connection.vendor == "sqlite", reason="on SQLite whoever writes keeps out all others")
def test_without_the_locks_the_swap_of_the_state_still_lets_one(shared: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """More than one gets past the question, and the last door, `lifecycle.move`, refuses all but one."""

    def unlocked(nomination: SelfNomination) -> SelfNomination:
        return SelfNomination.objects.select_related("contest", "track").get(pk=nomination.pk)

    for module in (self_checking, nominating):
        monkeypatch.setattr(module, "locked_contest", lambda pk: Contest.objects.get(pk=pk))
    monkeypatch.setattr(self_checking, "locked_self", unlocked)
    assert self_nominating.locked_self is not unlocked
    with shared():
        award = taking()
        one = sent(award)
        at_once([take_up_with(award, one)] * OFFICERS)
        assert Nomination.objects.filter(person__name=NAME).count() <= 1
        assert Entry.objects.filter(self_nomination__isnull=False).count() <= 1
