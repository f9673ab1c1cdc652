"""A meeting of the committee: who is there, who may vote in a round, and the counts. Of secret rounds no choices."""

from django.db import models

from awards.models.mayor import Ballot, Member
from competition.models import Contest, Entry
from competition.models.base import Keyed


class Meeting(Keyed):
    """One sitting, with those who count. It ends when the office says so, and no round is open."""

    contest = models.ForeignKey(Contest, models.CASCADE, related_name="meetings")
    number = models.PositiveIntegerField()
    held_on = models.DateField()
    place = models.CharField(max_length=100, blank=True)
    chair = models.CharField(max_length=100)
    chief_scrutineer = models.CharField(max_length=100)
    scrutineers = models.CharField(max_length=200, blank=True)
    tellers = models.CharField(max_length=200)
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey("competition.User", models.SET_NULL, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["contest", "number"]
        constraints = [
            models.UniqueConstraint(fields=["contest", "number"], name="meeting_number_once"),
            models.UniqueConstraint(fields=["contest"], condition=models.Q(ended_at=None), name="meeting_one_open"),
        ]

    def __str__(self) -> str:
        return f"{self.contest} {self.number}"


class Attendee(models.Model):
    """A member who is there.

    recused   numbers of the nominees on whom this member does not vote, said in the open before the round
    """

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="attendees")
    member = models.ForeignKey(Member, models.PROTECT, related_name="+")
    recused = models.JSONField(default=list, blank=True)

    class Meta:
        ordering = ["meeting", "member"]
        constraints = [models.UniqueConstraint(fields=["meeting", "member"], name="attendee_once")]

    def __str__(self) -> str:
        return f"{self.meeting}: {self.member}"


class Voter(models.Model):
    """One line of a round's roll: who may vote, and who has. It says nothing of what, and not when.

    The database turns `has_voted` back for nobody and forward once.
    """

    ballot = models.ForeignKey(Ballot, models.CASCADE, related_name="roll")
    member = models.ForeignKey(Member, models.PROTECT, related_name="+")
    recused = models.JSONField(default=list, blank=True)
    has_voted = models.BooleanField(default=False)

    class Meta:
        ordering = ["ballot", "member"]
        constraints = [models.UniqueConstraint(fields=["ballot", "member"], name="voter_once")]

    def __str__(self) -> str:
        return f"{self.ballot}: {self.member}"


class BallotCount(models.Model):
    """What a round gave one nominee: sums, never single ballots. A secret ballot is added here and kept nowhere.

    position   on the ballot paper
    recused    members on the roll who do not vote on this nominee
    """

    ballot = models.ForeignKey(Ballot, models.CASCADE, related_name="counts")
    entry = models.ForeignKey(Entry, models.PROTECT, related_name="+")
    position = models.PositiveIntegerField()
    recused = models.PositiveIntegerField(default=0)
    yes = models.PositiveIntegerField(default=0)
    no = models.PositiveIntegerField(default=0)
    abstain = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["ballot", "position"]
        constraints = [
            models.UniqueConstraint(fields=["ballot", "entry"], name="ballot_count_once"),
            models.UniqueConstraint(fields=["ballot", "position"], name="ballot_position_once"),
        ]

    def __str__(self) -> str:
        return f"{self.ballot}: {self.entry}"
