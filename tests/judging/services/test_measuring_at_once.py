"""Two referees, an impatient finger: what is entered and confirmed at once.

On the database that the run is on: SQLite, and PostgreSQL under tests/on_postgresql.py. Each guard has a twin that
switches it off and must see what it guards against.
"""

import threading
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from django.db import DatabaseError

from competition import events
from competition.models import Event
from judging.models import Attempt
from judging.services import measuring
from tests.factories.crowds import PATIENCE_S, at_once, shared_database
from tests.factories.measuring import Measured, reading, robot_contest
from tests.judging.services.test_at_once import FINGERS, codes, guard_off

pytestmark = pytest.mark.django_db(transaction=True)
FIFTY = reading(50, "1:23.45")


@pytest.fixture
def shared(django_db_setup: None, django_db_blocker: Any, tmp_path: Path) -> Iterator[Callable[..., Any]]:
    with django_db_blocker.unblock():
        yield partial(shared_database, tmp_path)


def without_locks(monkeypatch: pytest.MonkeyPatch) -> None:
    """PostgreSQL's guard is the contest's row; here nobody goes on before all have looked what stands."""
    gate, been = threading.Barrier(FINGERS, timeout=PATIENCE_S), threading.local()
    look = measuring.current_attempt

    def all_see_the_same(*what: Any) -> Attempt | None:
        found = look(*what)
        if not hasattr(been, "here"):
            been.here = gate.wait()
        return found

    monkeypatch.setattr(measuring, "locked_contest", lambda contest_pk: None)
    monkeypatch.setattr(measuring, "current_attempt", all_see_the_same)


def enters(robots: Measured, points: int, save: str, **more: Any) -> Callable[[], Attempt]:
    return lambda: robots.enter("R01", 1, reading(points, "1:00"), save=save, **more)


def test_of_referees_who_enter_one_attempt_at_once_one_is_kept_and_the_others_are_told(shared: Any) -> None:
    with shared():
        robots = robot_contest(1)
        results = at_once([enters(robots, n, f"form-{n}") for n in range(FINGERS)])
        assert codes(results) == {"done": 1, "attempt-changed": FINGERS - 1}
        assert Attempt.objects.count() == Event.objects.filter(action="attempt.entered").count() == 1
        assert events.first_broken(robots.contest) is None


def test_an_impatient_finger_enters_one_attempt(shared: Any) -> None:
    with shared():
        robots = robot_contest(1)
        results = at_once([enters(robots, 50, "the-same-form")] * FINGERS)
        assert codes(results) == {"done": FINGERS}
        assert len({one.pk for one in results}) == Attempt.objects.count() == 1


def test_without_the_lock_two_enter_the_same_attempt_or_break_off(
    shared: Any,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The twin: the database's own constraint as the last line, or a transaction breaks off."""
    with shared(**guard_off()):
        robots = robot_contest(1)
        without_locks(monkeypatch)
        results = at_once([enters(robots, n, f"form-{n}") for n in range(FINGERS)])
        broken = [one for one in results if isinstance(one, DatabaseError)]
        assert broken or Attempt.objects.current().count() > 1


def test_a_correction_and_a_confirmation_at_once_leave_a_whole_story(shared: Any) -> None:
    """Either it was confirmed and then corrected, or corrected, and the confirmation of the old version refused."""
    with shared():
        robots = robot_contest(1)
        first = robots.enter("R01", 1, FIFTY)
        correct = enters(robots, 60, "correction", base=1)
        results = at_once([correct, lambda: robots.confirm("R01", 1, FIFTY, attempt=first)] * (FINGERS // 2))
        assert set(codes(results)) <= {"done", "attempt-changed"}
        one = Attempt.objects.current().get()
        assert (one.version, one.state, one.points) == (2, "entered", 60)
        assert Attempt.objects.count() == 2
        assert events.first_broken(robots.contest) is None


def test_confirming_twice_at_once_is_one_confirmation(shared: Any) -> None:
    with shared():
        robots = robot_contest(1)
        robots.enter("R01", 1, FIFTY)
        results = at_once([lambda: robots.confirm("R01", 1, FIFTY)] * FINGERS)
        assert codes(results) == {"done": FINGERS}
        assert Event.objects.filter(action="attempt.confirmed").count() == 1


def test_of_two_people_who_confirm_at_once_one_does(shared: Any) -> None:
    with shared():
        robots = robot_contest(1)
        robots.enter("R01", 1, FIFTY)
        both = [lambda: robots.confirm("R01", 1, FIFTY, by="乙"), lambda: robots.confirm("R01", 1, FIFTY, by="丙")]
        results = at_once(both * (FINGERS // 2))
        assert set(codes(results)) <= {"done", "attempt-changed"}
        assert Event.objects.filter(action="attempt.confirmed").count() == 1
        assert Attempt.objects.current().get().state == "confirmed"
