"""Make the rows of a table be the wanted ones, by natural key, in a handful of queries."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from django.db import models

Row = TypeVar("Row", bound=models.Model)
BATCH = 500


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


def upsert(
    existing: models.QuerySet[Row], key: Sequence[str], wanted: Iterable[Row], fields: Sequence[str]
) -> Upserted[Row]:
    """Create what is missing, update what differs in `fields`, leave the rest alone, delete nothing.

    key, fields   attribute names (for a relation its `…_id`)
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
