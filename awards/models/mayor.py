"""The Mayor's Award (市长奖): a contest of kind award whose entries are nominees."""

from django.db import models

from awards.states import AchievementRole, Choice, Majority
from competition.models import Contest, Entry, Person, School, Track
from competition.models.base import Keyed
from competition.states import Level


class AwardTerms(models.Model):
    """What the award's rules (评奖办法) fix for one kind of winner: a track of the edition.

    majority_num / majority_den   the share of votes that a nominee needs
    """

    track = models.OneToOneField(Track, models.CASCADE, related_name="terms")
    places = models.PositiveIntegerField()
    nomination_places = models.PositiveIntegerField(default=0)
    majority_num = models.PositiveIntegerField(default=2)
    majority_den = models.PositiveIntegerField(default=3)
    majority_of = models.CharField(max_length=10, choices=Majority.choices, default=Majority.CAST)
    quorum_num = models.PositiveIntegerField(default=2)
    quorum_den = models.PositiveIntegerField(default=3)

    class Meta:
        verbose_name_plural = "award terms"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(majority_den__gt=0, quorum_den__gt=0), name="terms_fractions_are_fractions"
            )
        ]

    def __str__(self) -> str:
        return str(self.track)


class Alternative(models.Model):
    """One way to be eligible: all conditions of a row hold for one achievement. Rows are joined by "or"."""

    contest = models.ForeignKey(Contest, models.CASCADE, related_name="alternatives")
    track = models.ForeignKey(Track, models.CASCADE, null=True, related_name="+")
    order = models.PositiveIntegerField()
    level = models.CharField(max_length=10, choices=Level.choices, blank=True)
    contest_name = models.CharField(max_length=200, blank=True)
    prize_order = models.PositiveIntegerField(null=True)
    role = models.CharField(max_length=10, choices=AchievementRole.choices, blank=True)
    first_author_only = models.BooleanField(default=False)
    tracks_excluded = models.JSONField(default=list, blank=True)
    since = models.DateField(null=True)
    until = models.DateField(null=True)

    class Meta:
        ordering = ["contest", "order"]

    def __str__(self) -> str:
        return f"{self.contest} {self.order}"


class Nomination(models.Model):
    """What an award's entry is about: a person or a school. Exactly one is set.

    is_admitted   the office's own word on the nomination; `is_eligible` is what the award's rules say of it
    """

    entry = models.OneToOneField(Entry, models.CASCADE, related_name="nomination")
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="nominations")
    school = models.ForeignKey(School, models.PROTECT, null=True, related_name="nominations")
    is_admitted = models.BooleanField(default=True)
    is_eligible = models.BooleanField(null=True)
    reason = models.JSONField(default=list, blank=True)

    class Meta:
        ordering = ["entry"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(person__isnull=False, school=None) | models.Q(person=None, school__isnull=False),
                name="nomination_of_exactly_one",
            )
        ]

    def __str__(self) -> str:
        return str(self.person or self.school)


class Member(Keyed):
    """A member of an award's committee (评审委员会)."""

    contest = models.ForeignKey(Contest, models.CASCADE, related_name="members")
    name = models.CharField(max_length=100)
    user = models.ForeignKey("competition.User", models.SET_NULL, null=True, blank=True, related_name="memberships")

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["contest", "name"], name="member_once")]

    def __str__(self) -> str:
        return self.name


class Ballot(Keyed):
    """One round of the committee's votes."""

    contest = models.ForeignKey(Contest, models.CASCADE, related_name="ballots")
    round = models.PositiveIntegerField()

    class Meta:
        ordering = ["contest", "round"]
        constraints = [models.UniqueConstraint(fields=["contest", "round"], name="ballot_round_once")]

    def __str__(self) -> str:
        return f"{self.contest} {self.round}"


class Vote(models.Model):
    """What one member said of one nominee in one ballot."""

    ballot = models.ForeignKey(Ballot, models.CASCADE, related_name="votes")
    member = models.ForeignKey(Member, models.PROTECT, related_name="votes")
    entry = models.ForeignKey(Entry, models.PROTECT, related_name="votes")
    choice = models.CharField(max_length=10, choices=Choice.choices)

    class Meta:
        ordering = ["ballot", "member", "entry"]
        constraints = [
            models.UniqueConstraint(fields=["ballot", "member", "entry"], name="vote_once"),
            models.CheckConstraint(condition=models.Q(choice__in=Choice.values), name="vote_choice_is_known"),
        ]

    def __str__(self) -> str:
        return f"{self.ballot}: {self.choice}"
