"""What a contest tells everyone: announcements on its page, and the files that go with them."""

from django.db import models

from competition.models.base import Keyed
from competition.models.contest import Contest
from competition.models.entering import StoredFile


class Announcement(Keyed):
    """通知 on the page of a contest."""

    contest = models.ForeignKey(Contest, models.CASCADE, related_name="announcements")
    title = models.CharField(max_length=200)
    body = models.TextField(blank=True)
    at = models.DateTimeField()
    is_hidden = models.BooleanField(default=False)

    class Meta:
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return self.title


class AnnouncementFile(Keyed):
    """附件 of an announcement; whoever may read the announcement may have it."""

    announcement = models.ForeignKey(Announcement, models.CASCADE, related_name="files")
    name = models.CharField(max_length=200)
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="announced")

    class Meta:
        ordering = ["announcement", "pk"]

    def __str__(self) -> str:
        return self.name
