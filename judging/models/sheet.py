"""Who marks what, and the marks. What was submitted is never edited: a correction is a new version."""

from django.db import models

from competition.models import Contest, Entry
from competition.models.base import Keyed
from competition.models.moving import Moving
from judging.models.judge import Judge
from judging.models.rubric import Criterion, Round
from judging.states import SHEET_MOVES, AssignedBy, SheetState


class Assignment(models.Model):
    """This judge marks this entry in this round."""

    round = models.ForeignKey(Round, models.CASCADE, related_name="assignments")
    entry = models.ForeignKey(Entry, models.CASCADE, related_name="assignments")
    judge = models.ForeignKey(Judge, models.CASCADE, related_name="assignments")
    by = models.CharField(max_length=10, choices=AssignedBy.choices)

    class Meta:
        ordering = ["round", "entry", "judge"]
        constraints = [models.UniqueConstraint(fields=["round", "entry", "judge"], name="assigned_once")]

    def __str__(self) -> str:
        return f"{self.judge} → {self.entry.number}"


class SheetQuerySet(models.QuerySet["Sheet"]):
    def standing(self) -> "SheetQuerySet":
        """The versions that stand: neither replaced nor recused."""
        return self.filter(state=SheetState.SUBMITTED)

    def current(self) -> "SheetQuerySet":
        return self.exclude(state=SheetState.SUPERSEDED)

    def visible_to(self, user) -> "SheetQuerySet":
        """Judges see their own."""
        return self.filter(assignment__judge__user=user) if user.is_authenticated else self.none()


class Sheet(Keyed, Moving):
    """评分表: one judge, one entry, one version."""

    MOVES = SHEET_MOVES

    assignment = models.ForeignKey(Assignment, models.PROTECT, related_name="sheets")
    version = models.PositiveIntegerField(default=1)
    state = models.CharField(max_length=12, choices=SheetState.choices)
    submitted_at = models.DateTimeField()
    comment = models.TextField(blank=True)

    objects = SheetQuerySet.as_manager()

    class Meta:
        ordering = ["assignment", "version"]
        constraints = [
            models.UniqueConstraint(fields=["assignment", "version"], name="sheet_version_once"),
            models.UniqueConstraint(
                fields=["assignment"], condition=~models.Q(state="superseded"), name="sheet_one_current"
            ),
            models.CheckConstraint(condition=models.Q(state__in=SheetState.values), name="sheet_state_is_known"),
        ]

    def __str__(self) -> str:
        return f"{self.assignment} v{self.version}"

    @property
    def log_contest(self) -> Contest:
        return self.assignment.round.contest


class Mark(models.Model):
    """打分: points for one criterion, in the rubric's smallest unit. A blank is no row, never a zero."""

    sheet = models.ForeignKey(Sheet, models.CASCADE, related_name="marks")
    criterion = models.ForeignKey(Criterion, models.PROTECT, related_name="marks")
    points = models.PositiveIntegerField()

    class Meta:
        ordering = ["sheet", "criterion"]
        constraints = [models.UniqueConstraint(fields=["sheet", "criterion"], name="mark_once")]

    def __str__(self) -> str:
        return f"{self.points}"
