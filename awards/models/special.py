"""专项奖: prizes of sponsors, without level and beside it; given by people, never by marks."""

from typing import Any

from django.db import models

from awards.models.award import AwardList
from competition.models import Contest, Division, Entry, Track, User
from competition.models.base import Keyed, Labelled


class SpecialPrize(Keyed, Labelled):
    """What a sponsor gives. It counts in no level and in no cap.

    tracks, divisions   whose entries may get it; none for all
    is_in_force         one that is given up stays, since older lists rest on it
    """

    contest = models.ForeignKey(Contest, models.CASCADE, related_name="special_prizes")
    order = models.PositiveIntegerField()
    sponsor = models.CharField(max_length=200)
    number = models.PositiveIntegerField()
    tracks = models.ManyToManyField(Track, blank=True, related_name="+")
    divisions = models.ManyToManyField(Division, blank=True, related_name="+")
    is_in_force = models.BooleanField(default=True)

    class Meta:
        ordering = ["contest", "order"]
        constraints = [
            models.UniqueConstraint(fields=["contest", "order"], name="special_prize_order_once"),
            models.CheckConstraint(condition=models.Q(number__gt=0), name="special_prize_has_number"),
        ]


class SpecialGrant(models.Model):
    """To whom people gave it, and under which minutes: the next list says so."""

    prize = models.ForeignKey(SpecialPrize, models.CASCADE, related_name="grants")
    entry = models.ForeignKey(Entry, models.CASCADE, related_name="special_grants")
    minutes = models.CharField(max_length=300)
    given_at = models.DateTimeField()
    given_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering = ["prize", "entry__order"]
        constraints = [models.UniqueConstraint(fields=["prize", "entry"], name="special_grant_once")]

    def __str__(self) -> str:
        return f"{self.prize}: {self.entry.number}"


class SpecialAward(Labelled):
    """A special prize of one entry, kept as the list said it.

    said   as that of an `Award`
    """

    list = models.ForeignKey(AwardList, models.CASCADE, related_name="specials")
    prize = models.ForeignKey(SpecialPrize, models.PROTECT, related_name="+")
    entry = models.ForeignKey(Entry, models.PROTECT, related_name="+")
    order = models.PositiveIntegerField()
    sponsor = models.CharField(max_length=200)
    minutes = models.CharField(max_length=300)
    said = models.JSONField(default=dict)

    code, place = "special", None  # as a line of a list

    class Meta:
        ordering = ["list", "order", "entry__order"]
        constraints = [models.UniqueConstraint(fields=["list", "prize", "entry"], name="special_award_once")]

    @property
    def content(self) -> tuple[Any, ...]:
        """What it says, in a form that compares."""
        names = ("prize_id", "entry_id", "order", "label_zh", "label_en", "sponsor", "minutes", "said")
        return tuple(getattr(self, name) for name in names)
