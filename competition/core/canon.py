"""One way to write a value as bytes, so that equal values have equal digests everywhere."""

import hashlib
import json
from collections.abc import Sequence
from typing import Any

LEAVES = {str, int, bool, type(None)}  # a list of nothing else is passed at once: digests are of millions of marks


def canonical(value: Any) -> bytes:
    """JSON with sorted keys, no spaces, UTF-8, and no floats (their text differs between machines).

    raises   TypeError on a float or on anything JSON does not know
    """
    refuse_floats(value)
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False).encode()


def canonical_rows(*columns: Sequence[str] | Sequence[int]) -> bytes:
    """The canonical form of a list of rows, given by columns of equal length: millions of rows become no lists.

    raises   TypeError as `canonical`; ValueError on columns of unequal length
    """
    rows = map(",".join, zip(*map(said_each, columns), strict=True))
    text = "],[".join(rows)
    return f"[[{text}]]".encode() if text else b"[]"


def said_each(column: Sequence[str] | Sequence[int]) -> list[str]:
    """The canonical text of every value; what comes again is written once."""
    said = {value: canonical(value).decode() for value in set(column)}
    return [said[value] for value in column]


def refuse_floats(value: Any) -> None:
    if isinstance(value, float):
        raise TypeError("A float has no place in a digest; give an integer or a string.")
    if isinstance(value, dict):
        refuse_floats([*value, *value.values()])
    elif isinstance(value, list | tuple) and not LEAVES.issuperset(map(type, value)):
        for item in value:
            refuse_floats(item)


def digest(value: Any) -> str:
    """SHA-256 of the canonical form, written "sha256:…"."""
    return "sha256:" + hashlib.sha256(canonical(value)).hexdigest()


def digest_of_bytes(data: bytes) -> str:
    return "sha256:" + hashlib.sha256(data).hexdigest()
