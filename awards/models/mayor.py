"""The Mayor's Award (市长奖): a contest of kind award whose entries are nominees."""

from django.db import models

from awards.states import AchievementKind, AchievementRole, Choice, Majority, RoundState, RoundWay
from competition.models import Contest, Entry, Person, School, Track, User
from competition.models.base import Keyed
from competition.states import Level


class AwardTerms(models.Model):
    """What the award's rules (评奖办法) fix for one kind of winner: a track of the edition.

    majority_num / majority_den   the share of votes that a nominee needs
    stages, born_since            what is asked of the nominees themselves; [] and None: nothing
    money                         the prize money as the rules say it: shown, never paid here
    """

    track = models.OneToOneField(Track, models.CASCADE, related_name="terms")
    places = models.PositiveIntegerField()
    nomination_places = models.PositiveIntegerField(default=0)
    majority_num = models.PositiveIntegerField(default=2)
    majority_den = models.PositiveIntegerField(default=3)
    majority_of = models.CharField(max_length=10, choices=Majority.choices, default=Majority.CAST)
    quorum_num = models.PositiveIntegerField(default=2)
    quorum_den = models.PositiveIntegerField(default=3)
    stages = models.JSONField(default=list, blank=True)
    born_since = models.DateField(null=True, blank=True)
    money = models.CharField(max_length=100, blank=True)

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
    """One way to be eligible: all conditions of a row hold for one achievement. Rows are joined by "or".

    contest_name, other_names   it has one of these in its own name
    years                       won within so many years before the day on which the edition's applications close
    """

    contest = models.ForeignKey(Contest, models.CASCADE, related_name="alternatives")
    track = models.ForeignKey(Track, models.CASCADE, null=True, related_name="+")
    order = models.PositiveIntegerField()
    level = models.CharField(max_length=10, choices=Level.choices, blank=True)
    kind = models.CharField(max_length=10, choices=AchievementKind.choices, default=AchievementKind.PRIZE)
    contest_name = models.CharField(max_length=200, blank=True)
    other_names = models.JSONField(default=list, blank=True)
    prize_order = models.PositiveIntegerField(null=True)
    role = models.CharField(max_length=10, choices=AchievementRole.choices, blank=True)
    first_author_only = models.BooleanField(default=False)
    tracks_excluded = models.JSONField(default=list, blank=True)
    tracks_included = models.JSONField(default=list, blank=True)
    since = models.DateField(null=True)
    until = models.DateField(null=True)
    years = models.PositiveSmallIntegerField(null=True)

    class Meta:
        ordering = ["contest", "order"]

    def __str__(self) -> str:
        return f"{self.contest} {self.order}"

    @property
    def names(self) -> list[str]:
        """Of the contests that count; none: all do."""
        return [name for name in (self.contest_name, *self.other_names) if name]


class RulesVersion(Keyed):
    """The award's rules (ways to be eligible, terms) as they were saved on the web: who, when, and why once members had
    voted. `content`: the rules themselves, so that an older version stays readable."""

    contest = models.ForeignKey(Contest, models.CASCADE, related_name="rules_versions")
    version = models.PositiveIntegerField()
    content = models.JSONField(default=dict)
    made_at = models.DateTimeField()
    by = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="+")
    reason = models.CharField(max_length=1000, blank=True)
    minutes = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["contest", "version"]
        constraints = [models.UniqueConstraint(fields=["contest", "version"], name="rules_version_once")]

    def __str__(self) -> str:
        return f"{self.contest} {self.version}"


class Nomination(models.Model):
    """What an award's entry is about: a person or a school. Exactly one is set.

    is_admitted   the office's own word on the nomination; `is_eligible` is what the award's rules say of it, None where
                  nobody has tried them or something is not known
    said_at       since when that word stands whatever the rules say, with `why` and, once members had voted, `minutes`
    """

    entry = models.OneToOneField(Entry, models.CASCADE, related_name="nomination")
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="nominations")
    school = models.ForeignKey(School, models.PROTECT, null=True, related_name="nominations")
    is_admitted = models.BooleanField(default=True)
    is_eligible = models.BooleanField(null=True)
    reason = models.JSONField(default=list, blank=True)
    why = models.CharField(max_length=1000, blank=True)
    minutes = models.CharField(max_length=300, blank=True)
    said_at = models.DateTimeField(null=True, blank=True)
    said_by = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["entry"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(person__isnull=False, school=None) | models.Q(person=None, school__isnull=False),
                name="nomination_of_exactly_one",
            ),
            models.CheckConstraint(
                condition=models.Q(said_at=None) | ~models.Q(why=""), name="nomination_word_says_why"
            ),
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
    """One round of the committee's votes. Without a meeting it came with the workbook: then its votes are all there is.

    track       whose nominees are voted on; a round of the workbook may hold several kinds
    cap         how many nominees one ballot may name
    present     members on the roll when the round was opened
    issued … invalid   ballots, once they are counted; on phones those who could vote and those who did
    """

    contest = models.ForeignKey(Contest, models.CASCADE, related_name="ballots")
    round = models.PositiveIntegerField()
    meeting = models.ForeignKey("awards.Meeting", models.PROTECT, null=True, related_name="ballots")
    track = models.ForeignKey(Track, models.PROTECT, null=True, related_name="+")
    state = models.CharField(max_length=10, choices=RoundState.choices, default=RoundState.CLOSED)
    way = models.CharField(max_length=10, choices=RoundWay.choices, default=RoundWay.PAPER)
    is_secret = models.BooleanField(default=False)
    cap = models.PositiveIntegerField(default=0)
    present = models.PositiveIntegerField(default=0)
    issued = models.PositiveIntegerField(null=True)
    returned = models.PositiveIntegerField(null=True)
    valid = models.PositiveIntegerField(null=True)
    invalid = models.PositiveIntegerField(null=True)
    invalid_why = models.JSONField(default=dict, blank=True)
    opened_at = models.DateTimeField(null=True)
    opened_by = models.ForeignKey("competition.User", models.SET_NULL, null=True, related_name="+")
    closed_at = models.DateTimeField(null=True)
    voided_at = models.DateTimeField(null=True)
    void_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["contest", "round"]
        constraints = [
            models.UniqueConstraint(fields=["contest", "round"], name="ballot_round_once"),
            models.UniqueConstraint(
                fields=["contest"], condition=models.Q(state=RoundState.OPEN), name="ballot_one_open_round"
            ),
            models.CheckConstraint(condition=models.Q(state__in=RoundState.values), name="ballot_state_is_known"),
            models.CheckConstraint(
                condition=models.Q(returned=None)
                | models.Q(
                    issued__lte=models.F("present"),
                    returned__lte=models.F("issued"),
                    returned=models.F("valid") + models.F("invalid"),
                ),
                name="ballot_sums_agree",
            ),
            models.CheckConstraint(
                condition=models.Q(meeting=None)
                | ~models.Q(state=RoundState.CLOSED)
                | models.Q(returned__isnull=False, closed_at__isnull=False),
                name="ballot_is_closed_counted",
            ),
        ]

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
