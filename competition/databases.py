"""A database of a run's own, beside the installation's."""

import contextlib
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connections


@contextlib.contextmanager
def own_database(path: Path | None) -> Iterator[None]:
    """Everything inside works in this SQLite file, made and migrated where needed; None: one in memory."""
    if path is not None:
        path.parent.mkdir(parents=True, exist_ok=True)
    before, configured = connections["default"], connections.settings["default"]
    connections.settings["default"] = {
        **configured,
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(path) if path else ":memory:",
        "OPTIONS": settings.SQLITE_OPTIONS,
    }
    connections["default"] = own = connections.create_connection("default")
    try:
        call_command("migrate", verbosity=0, interactive=False)
        yield
    finally:
        own.close()
        connections.settings["default"] = configured
        connections["default"] = before
