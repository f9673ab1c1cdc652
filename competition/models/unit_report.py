"""基层赛事情况: what a recommending unit reports of the contest at its own level, on paper with its stamp."""

from django.db import models
from django.db.models import Q

from competition.models.base import Keyed
from competition.models.contest import Contest
from competition.models.entering import StoredFile
from competition.models.moving import Moving
from competition.models.place import District
from competition.models.user import User
from competition.states import REPORT_MOVES, ReportState

WITH_PAPER = (ReportState.STAMPED, ReportState.CONFIRMED, ReportState.RETURNED)


class UnitReport(Keyed, Moving):
    """One version; a correction is the next one. Only a confirmed one counts, and of a unit only one.

    lines    [[code of the division, schools, pupils, works]], where the unit says it by division
    paper    the stamped scan
    reason   why the office returned it
    """

    MOVES = REPORT_MOVES

    contest = models.ForeignKey(Contest, models.CASCADE, related_name="unit_reports")
    district = models.ForeignKey(District, models.CASCADE, related_name="reports")
    version = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=10, choices=ReportState.choices, default=ReportState.FILLED)
    schools = models.PositiveIntegerField()
    pupils = models.PositiveIntegerField()
    works = models.PositiveIntegerField()
    lines = models.JSONField(default=list, blank=True)
    digest = models.CharField(max_length=71)
    paper = models.ForeignKey(StoredFile, models.PROTECT, null=True, blank=True, related_name="+")
    at = models.DateTimeField()
    by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    reason = models.CharField(max_length=300, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["contest", "district", "version"]
        constraints = [
            models.UniqueConstraint(fields=["contest", "district", "version"], name="unit_report_version_once"),
            models.UniqueConstraint(
                fields=["contest", "district"], condition=Q(state=ReportState.CONFIRMED), name="unit_report_counts_once"
            ),
            models.CheckConstraint(condition=Q(state__in=ReportState.values), name="unit_report_state_is_known"),
            models.CheckConstraint(
                condition=Q(paper__isnull=False) | ~Q(state__in=WITH_PAPER), name="unit_report_decided_on_paper"
            ),
            models.CheckConstraint(
                condition=~Q(reason="") | ~Q(state=ReportState.RETURNED), name="unit_report_returned_with_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.district} {self.version}"

    @property
    def log_contest(self) -> Contest:
        return self.contest
