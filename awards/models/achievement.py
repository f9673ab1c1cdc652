"""What people have won, here and at higher levels."""

from django.db import models
from django.db.models.functions import Coalesce

from awards.states import AchievementKind, AchievementRole
from competition.models import Contest, Entry, Person
from competition.models.base import Keyed
from competition.states import Level


class Delegation(Keyed):
    """The entries that this office sent to a higher contest, kept as that contest's entries."""

    sender = models.ForeignKey(Contest, models.CASCADE, related_name="delegations")
    contest = models.OneToOneField(Contest, models.CASCADE, related_name="delegation")

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return str(self.contest)


class Achievement(models.Model):
    """A prize of a person: from a contest kept here (`entry`), or from elsewhere with its name alone. Or a patent or a
    title, which no contest gives: it counts once the office has seen its document."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="achievements")
    entry = models.ForeignKey(Entry, models.PROTECT, null=True, related_name="achievements")
    source = models.ForeignKey(Contest, models.CASCADE, related_name="achievements")
    kind = models.CharField(max_length=10, choices=AchievementKind.choices, default=AchievementKind.PRIZE)
    is_checked = models.BooleanField(default=False)
    contest_name = models.CharField(max_length=300)
    series_name = models.CharField(max_length=200, blank=True)
    level = models.CharField(max_length=10, choices=Level.choices)
    track_name = models.CharField(max_length=200, blank=True)
    prize_code = models.CharField(max_length=40)
    prize_name = models.CharField(max_length=200)
    prize_order = models.PositiveIntegerField()
    role = models.CharField(max_length=10, choices=AchievementRole.choices)
    author_order = models.PositiveSmallIntegerField(default=1)
    won_on = models.DateField()

    class Meta:
        ordering = ["person", "won_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                "person",
                "source",
                Coalesce("entry", 0),
                "contest_name",
                "prize_name",
                "won_on",
                "role",
                name="achievement_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.contest_name} {self.prize_name}"
