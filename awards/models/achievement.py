"""What people have won, here and at higher levels."""

from django.db import models
from django.db.models.functions import Coalesce

from awards.models.claim import Claim
from awards.states import AchievementKind, AchievementRole
from competition.models import Contest, Entry, Person, Series, User
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


class ResultColumns(models.Model):
    """How the lists of one series are read, as the office said once.

    columns  what a column is -> its headings
    prizes   folded word -> code of the prize
    """

    series = models.OneToOneField(Series, models.CASCADE, related_name="result_columns")
    columns = models.JSONField(default=dict)
    prizes = models.JSONField(default=dict, blank=True)

    class Meta:
        ordering = ["pk"]
        verbose_name_plural = "result columns"

    def __str__(self) -> str:
        return str(self.series)


class ResultList(Keyed):
    """The published results of a contest that is not kept here, as this contest's office brought them in last.

    version     counts how often it was brought in; rows, skipped: of the file, and those that were not ours
    delegation  whose entries the list speaks of
    """

    contest = models.ForeignKey(Contest, models.CASCADE, related_name="result_lists")
    series = models.ForeignKey(Series, models.PROTECT, related_name="result_lists")
    delegation = models.ForeignKey(Delegation, models.SET_NULL, null=True, related_name="result_lists")
    name = models.CharField(max_length=300)
    won_on = models.DateField()
    version = models.PositiveIntegerField(default=1)
    rows = models.PositiveIntegerField(default=0)
    skipped = models.PositiveIntegerField(default=0)
    digest = models.CharField(max_length=71)
    at = models.DateTimeField()
    by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering = ["contest", "-won_on", "pk"]
        constraints = [models.UniqueConstraint(fields=["contest", "series", "name"], name="result_list_once")]

    def __str__(self) -> str:
        return self.name


class Achievement(models.Model):
    """A prize of a person: from a contest kept here (`entry`), or from elsewhere with its name alone. Or a patent or a
    title, which no contest gives: it counts once the office has seen its document.

    result_list  the published list that it was read from
    claim        whose document the office has confirmed
    work         what was honoured, where it is no entry of ours
    """

    person = models.ForeignKey(Person, models.PROTECT, related_name="achievements")
    entry = models.ForeignKey(Entry, models.PROTECT, null=True, related_name="achievements")
    source = models.ForeignKey(Contest, models.CASCADE, related_name="achievements")
    kind = models.CharField(max_length=10, choices=AchievementKind.choices, default=AchievementKind.PRIZE)
    is_checked = models.BooleanField(default=False)
    result_list = models.ForeignKey(ResultList, models.CASCADE, null=True, related_name="achievements")
    claim = models.OneToOneField(Claim, models.CASCADE, null=True, related_name="achievement")
    work = models.CharField(max_length=300, blank=True)
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
                Coalesce("result_list", 0),
                Coalesce("claim", 0),
                "work",
                "contest_name",
                "prize_name",
                "won_on",
                "role",
                name="achievement_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.contest_name} {self.prize_name}"
