"""The states of what judges write, and the table of their moves."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class SheetState(TextChoices):
    SUBMITTED = "submitted", _("submitted")
    SUPERSEDED = "superseded", _("replaced by a newer version")
    RECUSED = "recused", _("recused")


SHEET_MOVES: dict[str, frozenset[str]] = {
    SheetState.SUBMITTED: frozenset({SheetState.SUPERSEDED}),
    SheetState.RECUSED: frozenset({SheetState.SUPERSEDED}),
    SheetState.SUPERSEDED: frozenset(),
}


class Method(TextChoices):
    MEAN = "mean", _("mean")
    MEDIAN = "median", _("median")
    TRIMMED = "trimmed", _("mean without one highest and one lowest")


class AssignedBy(TextChoices):
    WORKBOOK = "workbook", _("given in the workbook")
    SOLVER = "solver", _("assigned by the system")
    SHEET = "sheet", _("known from a sheet")
