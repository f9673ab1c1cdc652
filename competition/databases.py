"""A database of a run's own, beside the installation's."""

import contextlib
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.executor import MigrationExecutor


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
        if has_migrations_to_come(own):
            call_command("migrate", verbosity=0, interactive=False)
        yield
    finally:
        own.close()
        connections.settings["default"] = configured
        connections["default"] = before


def has_migrations_to_come(one: BaseDatabaseWrapper) -> bool:
    """Asked before, since the command takes a while to find that there is nothing for it to do."""
    executor = MigrationExecutor(one)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))
