"""Make the rows of a table be the wanted ones, by natural key, in a handful of queries."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from django.db import models

Row = TypeVar("Row", bound=models.Model)
BATCH = 500
OUT_OF_THE_WAY = 1_000_000  # no row's order comes near it


@dataclass
class Upserted(Generic[Row]):
    """The wanted rows by key, now saved; what was new, what changed (old → new by field), what nobody wants."""

    rows: dict[Any, Row]
    created: list[Row] = field(default_factory=list)
    changed: dict[Any, dict[str, tuple[Any, Any]]] = field(default_factory=dict)
    unwanted: list[Row] = field(default_factory=list)

    @property
    def has_changes(self) -> bool:
        return bool(self.created or self.changed)

    def drop_unwanted(self) -> int:
        """Delete what nobody wants; how many rows that were. For rows that nothing rests on."""
        if self.unwanted:
            model = type(self.unwanted[0])
            model._default_manager.filter(pk__in=[row.pk for row in self.unwanted]).delete()
        return len(self.unwanted)


def upsert(
    existing: models.QuerySet[Row],
    key: Sequence[str],
    wanted: Iterable[Row],
    fields: Sequence[str],
    *,
    trading: str = "",
) -> Upserted[Row]:
    """Create what is missing, update what differs in `fields`, leave the rest alone, delete nothing.

    key, fields   attribute names (for a relation its `…_id`)
    trading       a field of unique numbers that rows may take over from each other, such as their order
    """
    model = existing.model
    by_key = {key_of(row, key): row for row in existing}
    result: Upserted[Row] = Upserted({})
    to_update: list[Row] = []
    for row in wanted:
        found = by_key.pop(key_of(row, key), None)
        if found is None:
            result.created.append(row)
        elif difference := differences(found, row, fields):
            for name, (_, new) in difference.items():
                setattr(found, name, new)
            result.changed[key_of(row, key)] = difference
            to_update.append(found)
        result.rows[key_of(row, key)] = found or row
    if trading:
        movers = [row.pk for row in to_update] + [row.pk for row in by_key.values()]
        model._default_manager.filter(pk__in=movers).update(**{trading: models.F(trading) + OUT_OF_THE_WAY})
    model._default_manager.bulk_create(result.created, batch_size=BATCH)
    if to_update:
        names = [model._meta.get_field(name).name for name in fields]
        model._default_manager.bulk_update(to_update, names, batch_size=BATCH)
    result.unwanted = list(by_key.values())
    return result


def key_of(row: models.Model, key: Sequence[str]) -> Any:
    return getattr(row, key[0]) if len(key) == 1 else tuple(getattr(row, name) for name in key)


def differences(found: models.Model, wanted: models.Model, fields: Sequence[str]) -> dict[str, tuple[Any, Any]]:
    return {
        name: (getattr(found, name), getattr(wanted, name))
        for name in fields
        if getattr(found, name) != getattr(wanted, name)
    }
