"""Fixtures that several rooms share; a conftest imports those that it wants."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import connection

from awards import closed_rounds
from competition import append_only


@pytest.fixture(autouse=True)
def own_databases(django_db_blocker) -> Iterator[None]:
    """For tests of the command: it brings its own database, so none is made for the test."""
    with django_db_blocker.unblock():
        yield


class ByHand:
    """What the migration asks of a schema editor; the real one refuses to work inside a test's transaction."""

    connection = connection

    @staticmethod
    def execute(statement: str) -> None:
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # no check may wait for a table that changes
            cursor.execute(statement)


@contextmanager
def without_triggers() -> Iterator[None]:
    """What production has no switch for: the log, and rounds that are closed, may be changed inside."""
    append_only.drop(None, ByHand)
    closed_rounds.drop(None, ByHand)
    try:
        yield
    finally:
        append_only.create(None, ByHand)
        closed_rounds.create(None, ByHand)
