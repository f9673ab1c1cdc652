"""往上推荐: which entry of a higher contest an entry of a lower one became."""

from django.db import models

from competition.models.base import Keyed
from competition.models.contest import Contest
from competition.models.entry import Entry
from competition.models.user import User


class Forwarding(Keyed):
    """`sent` went up to `contest` and is `entry` there; sent once more it stays the same one."""

    sent = models.ForeignKey(Entry, models.CASCADE, related_name="forwardings")
    contest = models.ForeignKey(Contest, models.CASCADE, related_name="received")
    entry = models.OneToOneField(Entry, models.CASCADE, related_name="origin")
    at = models.DateTimeField()
    by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering = ["contest", "entry__order"]
        constraints = [models.UniqueConstraint(fields=["sent", "contest"], name="forwarded_once")]

    def __str__(self) -> str:
        return f"{self.sent.number} → {self.entry.number}"
