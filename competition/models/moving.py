"""What can be moved from state to state by `lifecycle.move`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar

from django.db import models

if TYPE_CHECKING:
    from competition.models.contest import Contest


class Moving(models.Model):
    """Has `state` and a table of its moves; `log_contest` is the contest whose log it belongs to."""

    MOVES: ClassVar[Mapping[str, frozenset[str]]]
    state: models.CharField

    class Meta:
        abstract = True

    @property
    def log_contest(self) -> Contest | None:
        raise NotImplementedError

    @property
    def log_subject(self) -> models.Model:
        """What the log names: the thing itself, or what people know it by."""
        return self
