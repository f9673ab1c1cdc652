"""What a factory made is made once a process: its rows are put back as they were, its objects are given out anew.

Most tests begin with the same small contest, and building it by the services takes longer than the tests. Only into an
empty database: where rows of the product are there already, the factory itself runs. What a factory does beside rows
(files, caches) would not happen again, so such a factory is not marked.
"""

import pickle
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache, wraps
from typing import Any, ParamSpec, TypeVar

from django.apps import apps
from django.db import connection

from tests.factories.databases import has_rows

APPS = ("competition", "judging", "awards")


@dataclass(frozen=True)
class Kept:
    """made: the pickled objects; rows: of each table that got any, its columns and rows."""

    made: bytes
    rows: tuple[tuple[str, tuple[str, ...], list[tuple[Any, ...]]], ...]


P = ParamSpec("P")
R = TypeVar("R")


def replayed(factory: Callable[P, R]) -> Callable[P, R]:
    kept: dict[bytes, Kept] = {}

    @wraps(factory)
    def again(*args: P.args, **names: P.kwargs) -> R:
        if has_rows(tables()):
            return factory(*args, **names)
        key = pickle.dumps((args, names))
        if key not in kept:
            made = factory(*args, **names)
            kept[key] = Kept(pickle.dumps(made), tuple(rows_now()))
            return made
        put_back(kept[key].rows)
        return pickle.loads(kept[key].made)

    return again


@cache
def tables() -> dict[str, str]:
    """Every table of the product, and its column of numbers that the database gives, blank for none."""
    models = [one for app in APPS for one in apps.get_app_config(app).get_models(include_auto_created=True)]
    return {
        one._meta.db_table: one._meta.auto_field.column if one._meta.auto_field else ""
        for one in models
        if one._meta.managed and not one._meta.proxy
    }


def rows_now() -> list[tuple[str, tuple[str, ...], list[tuple[Any, ...]]]]:
    found = []
    with connection.cursor() as cursor:
        for table in tables():
            cursor.execute(f"SELECT * FROM {quoted(table)}")
            if rows := cursor.fetchall():
                found.append((table, tuple(column[0] for column in cursor.description), rows))
    return found


def put_back(kept: Sequence[tuple[str, tuple[str, ...], list[tuple[Any, ...]]]]) -> None:
    """Constraints between tables are looked at when the transaction ends, so their order does not matter."""
    with connection.cursor() as cursor:
        for table, columns, rows in kept:
            names, places = ", ".join(map(quoted, columns)), ", ".join(["%s"] * len(columns))
            cursor.executemany(f"INSERT INTO {quoted(table)} ({names}) VALUES ({places})", rows)
        if connection.vendor == "postgresql":
            go_on_counting(cursor, [table for table, _columns, _rows in kept if tables()[table]])


def go_on_counting(cursor: Any, filled: Sequence[str]) -> None:
    """The next row that the test makes gets the number after these; SQLite sees to it by itself."""
    asked = (
        f"SELECT setval(pg_get_serial_sequence('{quoted(one)}', '{tables()[one]}'), MAX({quoted(tables()[one])})) "
        f"FROM {quoted(one)}"
        for one in filled
    )
    cursor.execute(" UNION ALL ".join(asked))


def quoted(name: str) -> str:
    return connection.ops.quote_name(name)
