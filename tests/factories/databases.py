"""Databases for tests, migrated once a change of the models and then copied: migrating takes longer than most tests."""

import hashlib
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from functools import cache
from pathlib import Path

import django
from django.conf import settings
from django.db import connection

from competition.databases import own_database


@cache
def migrated() -> Path:
    """An empty database of a contest, kept beside the other marks of make; one made of other migrations is thrown away.

    Rows of permissions and content types come from the models, so these count as well.
    """
    folder = settings.BASE_DIR / ".make"
    path = folder / f"tests-{digest_of_models()}.sqlite3"
    if not path.exists():
        folder.mkdir(exist_ok=True)
        for old in folder.glob("tests-*.sqlite3*"):
            if not old.name.startswith(path.name):  # another process may be at work on this one
                old.unlink(missing_ok=True)
        scratch = folder / f"{path.name}.{os.getpid()}"
        with own_database(scratch), connection.cursor() as cursor:
            cursor.execute("PRAGMA journal_mode=DELETE")  # whole in one file
        scratch.replace(path)
    return path


def digest_of_models() -> str:
    found = hashlib.sha256(django.get_version().encode())
    for room in ("migrations", "models"):
        for file in sorted(settings.BASE_DIR.glob(f"*/{room}/*.py")):
            found.update(file.read_bytes())
    return found.hexdigest()[:16]


@contextmanager
def migrated_memory() -> Iterator[None]:
    """The database in memory that Django is about to make for the tests of this process, with everything in it."""
    name = connection.creation._get_test_db_name()
    with closing(sqlite3.connect(name, uri=True)) as target:
        with closing(sqlite3.connect(migrated())) as source:
            source.backup(target)
        yield
