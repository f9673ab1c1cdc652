"""Fixtures that several rooms share; a conftest imports those that it wants."""

from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module

import pytest
from django.db import connection


@pytest.fixture(autouse=True)
def own_databases(django_db_blocker) -> Iterator[None]:
    """For tests of the command: it brings its own database, so none is made for the test."""
    with django_db_blocker.unblock():
        yield


append_only = import_module("competition.migrations.0002_append_only")


@contextmanager
def without_triggers() -> Iterator[None]:
    """What production has no switch for: the log may be changed inside."""
    with connection.schema_editor() as editor:
        append_only.drop(None, editor)
    try:
        yield
    finally:
        with connection.schema_editor() as editor:
            append_only.create(None, editor)


@pytest.fixture
def emptied_after(transactional_db, request) -> Iterator[None]:
    """A transactional test is flushed at its end, which the triggers refuse: they go before it and come back after."""
    yield
    with connection.schema_editor() as editor:
        append_only.drop(None, editor)
    request.getfixturevalue("django_db_blocker")
    from django.core.management import call_command

    call_command("flush", verbosity=0, interactive=False, inhibit_post_migrate=True)
    with connection.schema_editor() as editor:
        append_only.create(None, editor)
