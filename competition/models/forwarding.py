"""往上推荐: which entry of a higher contest an entry of a lower one became, and what numbers it was given there."""

from django.db import models

from competition.models.base import Keyed
from competition.models.contest import Contest
from competition.models.entry import Entry
from competition.models.user import User


def once(name: str, fields: list[str], where: models.Q) -> list[models.BaseConstraint]:
    """Once for each higher contest, and once where none is named, which databases count as ever another one."""
    return [
        models.UniqueConstraint(fields=["higher", *fields], condition=where or None, name=f"{name}_once_for_each"),
        models.UniqueConstraint(fields=fields, condition=where & models.Q(higher=None), name=f"{name}_once"),
    ]


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
    """授权号 and 上级编号: what a higher contest gave an entry, one pair each. Entered anew they are replaced.

    contest        of the entry, so that the database refuses a number twice
    higher         the contest that gave it, where it is kept here: entries or a delegation went to it. None: not named
    authorisation  with it whoever entered the work files it there
    number         what the entry is called there
    """

    entry = models.ForeignKey(Entry, models.CASCADE, related_name="numbers_above")
    contest = models.ForeignKey(Contest, models.CASCADE, related_name="numbers_above")
    higher = models.ForeignKey(Contest, models.CASCADE, null=True, blank=True, related_name="numbers_given")
    authorisation = models.CharField(max_length=60, blank=True)
    number = models.CharField(max_length=60, blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering = ["contest", "entry__order", "pk"]
        verbose_name_plural = "numbers above"
        constraints = [
            *once("number_above_of_entry", ["entry"], models.Q()),
            *once("authorisation", ["contest", "authorisation"], ~models.Q(authorisation="")),
            *once("number_above", ["contest", "number"], ~models.Q(number="")),
            models.CheckConstraint(
                condition=~models.Q(authorisation="", number=""), name="number_above_says_something"
            ),
        ]

    def __str__(self) -> str:
        return " ".join(filter(None, (self.authorisation, self.number)))
