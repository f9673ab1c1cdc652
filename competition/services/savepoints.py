"""What is done to be looked at, and taken back."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction


class Dropped(Exception):
    """Leaves a savepoint without a trace."""


@contextmanager
def dropped() -> Iterator[None]:
    """Everything written inside is taken back, also what the log says of it."""
    try:
        with transaction.atomic():
            yield
            raise Dropped
    except Dropped:
        pass
