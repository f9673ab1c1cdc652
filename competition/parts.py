"""What the lower app needs from the apps above it, without naming them: they register here from their apps.py."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

Copier = Callable[..., None]
_copiers: list[Copier] = []


def on_copy(copier: Copier) -> Copier:
    """copier(was, made, *, by, at) takes along what its app keeps of a contest, such as rubrics and prize plans."""
    _copiers.append(copier)
    return copier


def copied_from(was: Any, made: Any, *, by: Any, at: datetime) -> None:
    for copier in _copiers:
        copier(was, made, by=by, at=at)
