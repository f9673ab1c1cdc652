"""One withdraws a seal of the office, or saves a template of it, at the moment when another prints or saves.

On the database that the run is on: SQLite, where one who writes keeps out the others from the start, and PostgreSQL under
tests/on_postgresql.py, where the head of the installation's log does.
"""

import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from django.db import OperationalError, connection

from awards.core.certificate_template import ATTENDANCE
from awards.models import CertificateTemplate
from awards.services import certificate_templates, printing, seals
from awards.services.seals import withdraw_seal
from awards.states import PrintedAs
from competition.models import Event
from tests.factories.certifying import authorised, saved
from tests.factories.crowds import at_once, shared_database
from tests.factories.training import AT, issued, office_account
from tests.judging.services.test_at_once import codes, guard_off

pytestmark = pytest.mark.django_db(transaction=True)
PATIENCE_S, GLANCE_S = 20, 2


@pytest.fixture
def shared(django_db_setup: None, django_db_blocker: Any, tmp_path: Path) -> Iterator[Callable[..., Any]]:
    with django_db_blocker.unblock():
        yield partial(shared_database, tmp_path)


def print_and_withdraw(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """The seal is withdrawn just after nobody found it withdrawn, if anybody lets it."""
    made, office = issued(), office_account()
    seal = authorised(None, office, name=made.issuers[0])
    checked, gone, check = threading.Event(), threading.Event(), printing.refuse_withdrawn

    def checked_slowly(*args: Any) -> None:
        check(*args)
        checked.set()
        gone.wait(GLANCE_S)

    def withdraw() -> None:
        checked.wait(PATIENCE_S)
        withdraw_seal(seal=seal, reason="审批单作废", by=office, at=AT)
        gone.set()

    monkeypatch.setattr(printing, "refuse_withdrawn", checked_slowly)
    do = partial(printing.print_attendance, training=made, printed_as=PrintedAs.SEALED, by=office, at=AT)
    return at_once([do, withdraw])


def logged() -> list[str]:
    """In order."""
    said = ("certificates.printed", "seal.withdrawn")
    return list(Event.objects.filter(action__in=said).order_by("seq").values_list("action", flat=True))


def test_nothing_is_printed_with_a_seal_after_it_was_withdrawn(shared: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    with shared():
        assert codes(print_and_withdraw(monkeypatch)) == {"done": 2}
        assert logged() == ["certificates.printed", "seal.withdrawn"]


def test_without_the_lock_a_withdrawn_seal_is_printed(shared: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """SQLite's guard is that a transaction begins as a writer; without it who printed finds what it read changed, and dies."""
    for module in (printing, seals):
        monkeypatch.setattr(module, "locked_owner", lambda contest: contest)
    with shared(**guard_off()):
        results = print_and_withdraw(monkeypatch)
        if connection.vendor == "sqlite":
            assert [type(one) for one in results if isinstance(one, Exception)] == [OperationalError]
            return
        assert codes(results) == {"done": 2}
        assert logged() == ["seal.withdrawn", "certificates.printed"]


def save_two(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """Both looked at no version; nobody writes before both have asked which is the newest, if anybody lets them."""
    office, find = office_account(), certificate_templates.newest
    gate = threading.Barrier(2, timeout=GLANCE_S)

    def found_slowly(*args: Any) -> Any:
        found = find(*args)
        with suppress(threading.BrokenBarrierError):
            gate.wait()
        return found

    monkeypatch.setattr(certificate_templates, "newest", found_slowly)
    return at_once([lambda line=line: saved(None, office, ATTENDANCE, "attendance", base=0) for line in "甲乙"])


def test_two_who_save_at_once_do_not_overwrite_each_other(shared: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    with shared():
        assert codes(save_two(monkeypatch)) == {"done": 1, "template-changed": 1}
        assert CertificateTemplate.objects.get().version == 1
