"""Rows taken along to another contest."""

from typing import Any


def copied(row: Any, **changes: Any) -> Any:
    """A new row with the same values but for these."""
    fields = {f.attname: getattr(row, f.attname) for f in row._meta.concrete_fields if f.attname not in ("id", "key")}
    for name, value in changes.items():
        fields.pop(f"{name}_id", None)
        fields[name] = value
    return type(row)._default_manager.create(**fields)
