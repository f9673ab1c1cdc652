"""Databases for tests, made once a change of what they are made from and then copied: making them takes longer than
most tests."""

import hashlib
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from fcntl import LOCK_EX, flock
from functools import cache
from pathlib import Path
from typing import Any
from unittest import mock

import django
from django.conf import settings
from django.db import connection

from competition.databases import own_database

OF_THE_MODELS = {"django_content_type", "auth_permission"}  # rows that are there after migrating
ROOMS = ("competition", "judging", "awards", "config", "demo")


@cache
def migrated() -> Path:
    """The file of an empty database of a contest. Rows of permissions and content types come from the models."""
    return kept("empty", digest_of("*/migrations/*.py", "*/models/*.py"), migrate) / "laurel.sqlite3"


def migrate(folder: Path) -> None:
    with own_database(folder / "laurel.sqlite3"), connection.cursor() as cursor:
        cursor.execute("PRAGMA journal_mode=DELETE")  # whole in one file


@cache
def demo() -> Path:
    """The folder of an installation with the demo year, as `load_demo` leaves it: database, files, secret."""
    sources = (f"{room}/**/*.{kind}" for room in ROOMS for kind in ("py", "xlsx", "csv", "json", "key"))
    return kept("demo", digest_of(*sources, f"{datetime.now(UTC).date()}"), load_demo)  # its dates count from today


def load_demo(folder: Path) -> None:
    """In a process of its own: files are looked into outside any transaction."""
    shutil.copyfile(migrated(), folder / "laurel.sqlite3")
    command = [sys.executable, str(settings.BASE_DIR / "manage.py"), "load_demo"]
    environment = {**os.environ, **surroundings(folder)}
    subprocess.run(command, env=environment, check=True, capture_output=True)
    with closing(sqlite3.connect(folder / "laurel.sqlite3")) as database:
        database.execute("PRAGMA journal_mode=DELETE")


def surroundings(folder: Path) -> dict[str, str]:
    """The environment in which this folder is the installation, whichever process of the tests asks for it."""
    database = f"sqlite:///{folder}/laurel.sqlite3"
    own = {"LAUREL_TESTS_VAR": str(folder), "PYTEST_XDIST_WORKER": "", "DATABASE_URL": database}
    return {"DJANGO_SETTINGS_MODULE": "tests.settings", **own}


def kept(name: str, digest: str, make: Callable[[Path], None]) -> Path:
    """The folder of this name and digest beside the other marks of make, made where it is not there; one process makes
    it, the others wait. One made from something else is thrown away."""
    marks = settings.BASE_DIR / ".make"
    marks.mkdir(exist_ok=True)
    folder = marks / f"tests-{name}-{digest}"
    with (marks / f"tests-{name}.lock").open("w") as lock:
        flock(lock, LOCK_EX)
        if not folder.exists():
            for old in marks.glob(f"tests-{name}-*"):
                shutil.rmtree(old)
            scratch = marks / f"tests-{name}-making"
            scratch.mkdir()
            make(scratch)
            scratch.rename(folder)
    return folder


def digest_of(*patterns: str) -> str:
    """Of every file in the repository that fits; a pattern that fits none counts by itself."""
    found = hashlib.sha256(django.get_version().encode())
    for pattern in patterns:
        found.update(pattern.encode())
        for file in sorted(settings.BASE_DIR.glob(pattern)):
            found.update(file.read_bytes())
    return found.hexdigest()[:16]


@contextmanager
def migrated_memory() -> Iterator[None]:
    """The database in memory that Django is about to make for the tests of this process, with everything in it."""
    name = connection.creation._get_test_db_name()
    with closing(sqlite3.connect(name, uri=True)) as target:
        copy(migrated(), target)
        yield


@contextmanager
def demo_memory() -> Iterator[None]:
    """The tests' own database, in memory, and their files are those of the demo year."""
    connection.ensure_connection()
    copy(demo() / "laurel.sqlite3", connection.connection)
    shutil.copytree(demo() / "media", settings.MEDIA_ROOT, dirs_exist_ok=True)
    yield
    copy(migrated(), connection.connection)


@contextmanager
def flushed_if_filled() -> Iterator[None]:
    """After a test with several connections PostgreSQL makes the files of all tables anew, which takes seconds. Most of
    those tests work in a copy (tests/factories/crowds.py) and leave no row here."""
    flush = type(connection.ops).sql_flush

    def sql_flush(ops: Any, style: Any, tables: Iterable[str], **how: Any) -> list[str]:
        return flush(ops, style, tables, **how) if has_rows(set(tables) - OF_THE_MODELS) else []

    with mock.patch.object(type(connection.ops), "sql_flush", sql_flush):
        yield


def has_rows(tables: Iterable[str]) -> bool:
    asked = (f"SELECT EXISTS(SELECT 1 FROM {connection.ops.quote_name(one)})" for one in sorted(tables))
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(asked))
        return any(found for (found,) in cursor.fetchall())


def copy(file: Path, target: sqlite3.Connection) -> None:
    with closing(sqlite3.connect(file)) as source:
        source.backup(target)
