"""The small open contest: built once a module, given to each test as it was."""

import copy
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction

from tests.factories import entering
from tests.factories.entering import Open


@pytest.fixture(scope="module")
def open_contest(django_db_setup: None, django_db_blocker: Any) -> Iterator[Open]:
    """Each test runs in a savepoint of this transaction, which nobody commits."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield entering.open_contest()
        transaction.set_rollback(True)


@pytest.fixture
def made(open_contest: Open, db: None) -> Open:
    return copy.deepcopy(open_contest)
