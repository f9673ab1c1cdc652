"""Prizes that were decided elsewhere: the minutes that say them."""

from django.db import models

from competition.models import StoredFile, Track, User
from competition.models.base import Keyed


class TrackMinutes(Keyed):
    """评审会议纪要 by which the prizes of a track stand. What was saved stays; the newest version is in force.

    name    as people find it again: number or date
    paper   the signed minutes as a scan
    """

    track = models.ForeignKey(Track, models.CASCADE, related_name="minutes")
    version = models.PositiveIntegerField()
    name = models.CharField(max_length=300)
    paper = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["track", "version"]
        constraints = [models.UniqueConstraint(fields=["track", "version"], name="minutes_version_once")]

    def __str__(self) -> str:
        return f"{self.track} v{self.version}"
