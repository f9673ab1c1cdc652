"""What came out of the marks, together with everything that made it."""

from django.db import models

from competition.models import Contest, Entry
from competition.models.base import Keyed


class StandingRun(Keyed):
    """One computation: with the same input, method and code it gives the same standings again."""

    contest = models.ForeignKey(Contest, models.CASCADE, related_name="standing_runs")
    made_at = models.DateTimeField()
    rule_version = models.CharField(max_length=20)
    code_version = models.CharField(max_length=20)
    parameters = models.JSONField()
    input_digest = models.CharField(max_length=71)
    result_digest = models.CharField(max_length=71)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.contest} {self.result_digest[:15]}"


class Standing(models.Model):
    """排名 of an entry within its track and division. `score` counts 10^-places points; blank where unscored.

    milliseconds      where time is measured: what decides between equal scores, the shorter the better
    sheets, missing   where it is measured: attempts that are confirmed, and those that are not
    """

    run = models.ForeignKey(StandingRun, models.CASCADE, related_name="standings")
    entry = models.ForeignKey(Entry, models.PROTECT, related_name="standings")
    score = models.BigIntegerField(null=True)
    milliseconds = models.PositiveIntegerField(null=True)
    stage = models.PositiveSmallIntegerField(default=0)
    rank = models.PositiveIntegerField(null=True)
    sheets = models.PositiveIntegerField()
    missing = models.PositiveIntegerField()
    is_trimmed = models.BooleanField(default=False)

    class Meta:
        ordering = ["run", "entry"]
        constraints = [
            models.UniqueConstraint(fields=["run", "entry"], name="standing_once"),
            models.CheckConstraint(
                condition=models.Q(score__isnull=True, rank__isnull=True)
                | models.Q(score__isnull=False, rank__isnull=False),
                name="standing_rank_means_score",
            ),
            models.CheckConstraint(
                condition=models.Q(milliseconds=None) | models.Q(score__isnull=False), name="standing_time_means_score"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.entry.number}: {self.rank}"
