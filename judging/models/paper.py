"""What people at the office read off a sheet of paper, until two of them agree."""

from django.db import models

from competition.models import User
from judging.models.sheet import Assignment


class PaperReading(models.Model):
    """One person's reading of one sheet, where two are asked for. It counts nowhere; when another person has read the
    same, the sheet is recorded and both readings go.

    marks   points by criterion (primary key as text), in the rubric's unit
    """

    assignment = models.ForeignKey(Assignment, models.CASCADE, related_name="readings")
    by = models.ForeignKey(User, models.CASCADE, related_name="+")
    marks = models.JSONField()
    comment = models.TextField(blank=True)
    feedback = models.TextField(blank=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ["at"]
        constraints = [models.UniqueConstraint(fields=["assignment", "by"], name="paper_read_once_a_person")]

    def __str__(self) -> str:
        return f"{self.assignment} ({self.by})"
