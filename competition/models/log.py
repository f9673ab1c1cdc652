"""The event log and the record of looks. Both only ever grow; the database refuses anything else."""

from django.db import models
from django.db.models.functions import Coalesce

from competition.models.contest import Contest
from competition.models.user import User
from competition.states import Via


class Chain(models.Model):
    """The head of one chain of events: a contest's, or the installation's (no contest)."""

    contest = models.OneToOneField(Contest, models.CASCADE, null=True, related_name="chain")
    seq = models.PositiveBigIntegerField(default=0)
    hash = models.CharField(max_length=64, default="0" * 64)

    class Meta:
        constraints = [
            models.UniqueConstraint(Coalesce("contest", 0), name="chain_once"),
        ]

    def __str__(self) -> str:
        return f"{self.contest_id or 'installation'}@{self.seq}"


class Event(models.Model):
    """One change, hashed together with the one before it. The body holds ids and numbers, never a name."""

    chain = models.ForeignKey(Chain, models.PROTECT, related_name="events")
    seq = models.PositiveBigIntegerField()
    at = models.DateTimeField()
    actor = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    via = models.CharField(max_length=10, choices=Via.choices)
    action = models.CharField(max_length=60)
    subject = models.CharField(max_length=80)
    body = models.JSONField(default=dict)
    prev_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        ordering = ["chain", "seq"]
        constraints = [models.UniqueConstraint(fields=["chain", "seq"], name="event_seq_once")]

    def __str__(self) -> str:
        return f"{self.seq} {self.action} {self.subject}"


class AccessRecord(models.Model):
    """Who looked at personal data, when, and at what (未成年人网络保护条例 art. 36)."""

    at = models.DateTimeField()
    user = models.ForeignKey(User, models.PROTECT, related_name="looks")
    what = models.CharField(max_length=60)
    subject = models.CharField(max_length=80)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.what} {self.subject}"
