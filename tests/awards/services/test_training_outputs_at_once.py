"""Two begin the same output of a training, or its names are erased at the moment when a run for the print shop ends.

On the database that the run is on: SQLite, where one who writes keeps out the others from the start, and PostgreSQL under
tests/on_postgresql.py, where the row of the training does.
"""

import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from django.db import IntegrityError, OperationalError, connection
from django.utils import timezone

from awards.models import Training
from awards.services.certified import TRAINING, TRAININGS
from awards.services.print_shop import OF_TRAINING, options
from awards.services.trainings import erase_training
from competition import parts
from competition.models import Event, Job, User
from competition.services import jobs
from competition.states import JobState
from tests.factories.crowds import at_once, shared_database
from tests.factories.training import issued, office_account
from tests.judging.services.test_at_once import codes, guard_off

pytestmark = pytest.mark.django_db(transaction=True)
PATIENCE_S, GLANCE_S = 20, 2


@pytest.fixture
def shared(
    django_db_setup: None, django_db_blocker: Any, tmp_path: Path, settings: Any
) -> Iterator[Callable[..., Any]]:
    settings.MEDIA_ROOT = tmp_path / "media"
    with django_db_blocker.unblock():
        yield partial(shared_database, tmp_path)


def without_lock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(parts._bearers, TRAINING, replace(TRAININGS, locked=lambda training: training))


def begun(made: Training, office: User) -> Job:
    """Each begins from the row as it read it."""
    own = Training.objects.get(pk=made.pk)
    return jobs.start_job(about=own, kind=OF_TRAINING, options=options({}), by=office, at=timezone.now())


def begin_two(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """Nobody begins before both have found nothing under way, if anybody lets them."""
    made, office = issued(), office_account()
    gate, work = threading.Barrier(2, timeout=GLANCE_S), parts.works()[OF_TRAINING]

    def items_slowly(thing: Any) -> list[int]:
        with suppress(threading.BrokenBarrierError):
            gate.wait()
        return work.items(thing)

    monkeypatch.setitem(parts._works, OF_TRAINING, replace(work, items=items_slowly))
    return at_once([partial(begun, made, office)] * 2)


def test_two_who_begin_at_once_get_one_job(shared: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    with shared():
        assert codes(begin_two(monkeypatch)) == {"done": 2}
        assert Job.objects.count() == 1


def test_without_the_lock_one_of_them_dies(shared: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    without_lock(monkeypatch)
    with shared(**guard_off()):
        failed = [type(one) for one in begin_two(monkeypatch) if isinstance(one, Exception)]
        assert failed == [OperationalError if connection.vendor == "sqlite" else IntegrityError]


def end_and_erase(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """The names are erased just after the worker has taken its job in hand for the last time, if anybody lets them."""
    made, office = issued(), office_account()
    Training.objects.filter(pk=made.pk).update(erase_on="2026-05-12")
    begun(made, office)
    job, work = jobs.take(at=timezone.now()), jobs.known(OF_TRAINING)
    assert job
    jobs.made(job, work, now=timezone.now, is_over=lambda: False)
    jobs.pack(job, work)
    held, erased, hold = threading.Event(), threading.Event(), jobs.hold

    def held_slowly(*args: Any, **more: Any) -> None:
        hold(*args, **more)
        held.set()
        erased.wait(GLANCE_S)

    def erase() -> None:
        held.wait(PATIENCE_S)
        erase_training(training=made, by=office, at=timezone.now())
        erased.set()

    monkeypatch.setattr(jobs, "hold", held_slowly)
    return at_once([partial(jobs.finish, job, work, at=timezone.now()), erase])


def test_names_erased_while_a_run_ends_go_after_it_with_its_file(shared: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    with shared():
        assert codes(end_and_erase(monkeypatch)) == {"done": 2}
        said = ("certificates.printed", "job.done", "training.erased")
        found = Event.objects.filter(action__in=said).order_by("seq").values_list("action", flat=True)
        assert tuple(found) == said
        job = Job.objects.get()
        assert job.state == JobState.DONE and not jobs.folder_of(job).exists()


def test_without_the_lock_they_wait_for_each_other_and_one_dies(shared: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    without_lock(monkeypatch)
    with shared(**guard_off()):
        failed = [type(one) for one in end_and_erase(monkeypatch) if isinstance(one, Exception)]
        assert failed == [OperationalError]
