"""Many people at once: a database that several connections share, and threads that start together."""

import os
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection, connections

PATIENCE_S = 60


@contextmanager
def shared_database(folder: Path, **options: Any) -> Iterator[None]:
    """A committed copy of the tests' empty database, of the same kind, that every thread connects to; gone afterwards.

    options   of the connections, in place of the product's
    """
    before, configured = connections["default"], connections.settings["default"]
    copy = copied_sqlite(folder) if connection.vendor == "sqlite" else copied_postgresql()
    usual = settings.SQLITE_OPTIONS if connection.vendor == "sqlite" else {}
    connections.settings["default"] = {**configured, "NAME": copy, "OPTIONS": {**usual, **options}}
    connections["default"] = own = connections.create_connection("default")
    try:
        yield
    finally:
        own.close()
        connections.settings["default"] = configured
        connections["default"] = before
        if connection.vendor == "postgresql":
            on_the_server(f"DROP DATABASE {copy} WITH (FORCE)")


def copied_sqlite(folder: Path) -> str:
    path = str(folder / "shared.sqlite3")
    with connection.cursor() as cursor:
        cursor.execute("VACUUM INTO %s", [path])
    return path


def copied_postgresql() -> str:
    """A copy is made only of what nobody is connected to."""
    name = f"{connection.settings_dict['NAME']}_shared_{os.getpid()}"
    connection.close()
    connection.close_pool()
    on_the_server(f"CREATE DATABASE {name} TEMPLATE {connection.settings_dict['NAME']}")
    return name


def on_the_server(statement: str) -> None:
    with connection._nodb_cursor() as cursor:
        cursor.execute(statement)


def at_once(tasks: Sequence[Callable[[], Any]]) -> list[Any]:
    """Each task in a thread with a connection of its own, all let go together: what each gave, or its exception."""
    gate = threading.Barrier(len(tasks), timeout=PATIENCE_S)

    def one(task: Callable[[], Any]) -> Any:
        try:
            gate.wait()
            return task()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(tasks)) as pool:
        futures = [pool.submit(one, task) for task in tasks]
    return [future.exception() or future.result() for future in futures]
