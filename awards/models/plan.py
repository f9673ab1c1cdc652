"""奖项设置: how many prizes there are, as data."""

from django.db import models
from django.db.models.functions import Coalesce

from awards.states import RecognitionKind, Rounding, SeatKind, Ties
from competition.models import Contest, Division, StoredFile, Track, User
from competition.models.base import Keyed, Labelled


class PrizePlan(Keyed):
    """A version of a contest's plan. A changed plan is a new version.

    reason, minutes   why it was changed, and under which minutes of the organising committee; asked for once results
                      have come in
    paper             the signed minutes as a scan
    """

    contest = models.ForeignKey(Contest, models.CASCADE, related_name="prize_plans")
    version = models.PositiveIntegerField()
    made_at = models.DateTimeField()
    by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    reason = models.TextField(blank=True)
    minutes = models.CharField(max_length=300, blank=True)
    paper = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["contest", "version"]
        constraints = [models.UniqueConstraint(fields=["contest", "version"], name="plan_version_once")]

    def __str__(self) -> str:
        return f"{self.contest} v{self.version}"


class PrizeGroup(models.Model):
    """Entries that compete for the same prizes: a track, or one of its divisions.

    cap_count, cap_percent   the most prizes in all, as a number or as % of entries (rounded down)
    breakers                 what parts a tie across a cut before `ties` says what becomes of it: [kind, of what]
                             each, in their order; see judging.core.tiebreaks
    """

    plan = models.ForeignKey(PrizePlan, models.CASCADE, related_name="groups")
    track = models.ForeignKey(Track, models.CASCADE, related_name="+")
    division = models.ForeignKey(Division, models.CASCADE, null=True, related_name="+")
    order = models.PositiveIntegerField()
    rounding = models.CharField(max_length=20, choices=Rounding.choices, default=Rounding.HALF_UP)
    ties = models.CharField(max_length=10, choices=Ties.choices, default=Ties.HOLD)
    cap_count = models.PositiveIntegerField(null=True)
    cap_percent = models.DecimalField(max_digits=9, decimal_places=4, null=True)
    breakers = models.JSONField(default=list, blank=True)

    class Meta:
        ordering = ["plan", "order"]
        constraints = [
            models.UniqueConstraint("plan", "track", Coalesce("division", 0), name="prize_group_once"),
            models.CheckConstraint(
                condition=models.Q(cap_count=None) | models.Q(cap_percent=None), name="prize_group_one_cap"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.track} {self.division or ''}".strip()


class PrizeLevel(Labelled):
    """One level of a group, from the best down; `minimum` in 10^-places points of the contest."""

    group = models.ForeignKey(PrizeGroup, models.CASCADE, related_name="levels")
    code = models.CharField(max_length=40)
    order = models.PositiveIntegerField()
    kind = models.CharField(max_length=20, choices=SeatKind.choices)
    value = models.DecimalField(max_digits=12, decimal_places=4, null=True)
    minimum = models.BigIntegerField(null=True)

    class Meta:
        ordering = ["group", "order"]
        constraints = [
            models.UniqueConstraint(fields=["group", "code"], name="prize_level_once"),
            models.CheckConstraint(
                condition=models.Q(kind="rest", value=None) | (~models.Q(kind="rest") & models.Q(value__gte=0)),
                name="prize_level_has_value",
            ),
        ]


class RecognitionRule(Labelled):
    """表彰: the `number` units, schools or tutors with the most points; points per prize level are data.

    A rule that is given up stays, since older lists rest on it, but is not in force any more.
    fewest            entries that one must have to be named
    per_district      the most of one district, None for any number
    is_by_committee   people name whom it goes to; points are shown beside and decide nothing
    follows           [kind of winner, prize] each: it goes to the school or the tutors of all who have such a prize,
                      whatever points and `number` say. [] for other titles
    """

    contest = models.ForeignKey(Contest, models.CASCADE, related_name="recognition_rules")
    kind = models.CharField(max_length=10, choices=RecognitionKind.choices)
    order = models.PositiveIntegerField()
    number = models.PositiveIntegerField()
    points = models.JSONField()
    ties = models.CharField(max_length=10, choices=Ties.choices, default=Ties.EXTEND)
    fewest = models.PositiveIntegerField(default=0)
    per_district = models.PositiveIntegerField(null=True)
    is_by_committee = models.BooleanField(default=False)
    follows = models.JSONField(default=list, blank=True)
    is_in_force = models.BooleanField(default=True)

    class Meta:
        ordering = ["order"]
