"""往上推荐: which entry of a higher contest an entry of a lower one became, and what numbers it was given there."""

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


class NumberAbove(models.Model):
    """授权号 and 上级编号: what a higher contest gave an entry. Entered anew they are replaced.

    contest        of the entry, so that the database refuses a number twice
    authorisation  with it whoever entered the work files it there
    number         what the entry is called there
    """

    entry = models.OneToOneField(Entry, models.CASCADE, related_name="number_above")
    contest = models.ForeignKey(Contest, models.CASCADE, related_name="numbers_above")
    authorisation = models.CharField(max_length=60, blank=True)
    number = models.CharField(max_length=60, blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering = ["contest", "entry__order"]
        verbose_name_plural = "numbers above"
        constraints = [
            models.UniqueConstraint(
                fields=["contest", "authorisation"], condition=~models.Q(authorisation=""), name="authorisation_once"
            ),
            models.UniqueConstraint(
                fields=["contest", "number"], condition=~models.Q(number=""), name="number_above_once"
            ),
            models.CheckConstraint(
                condition=~models.Q(authorisation="", number=""), name="number_above_says_something"
            ),
        ]

    def __str__(self) -> str:
        return " ".join(filter(None, (self.authorisation, self.number)))
