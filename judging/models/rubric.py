"""Rounds, and what is marked in them."""

from decimal import Decimal

from django.db import models

from competition.models import Contest, Entry, Track
from competition.models.base import Labelled
from competition.models.moving import Moving
from judging.core.measured import MeasurePlan
from judging.states import ATTENDANCE_MOVES, Attendance, Combine, Measure, Method, RubricKind

MOST_ATTEMPTS = 10


class Round(Labelled):
    """轮次: preliminary, final … `weight` is its share in the score (any positive numbers; they are compared).

    opens_at, closes_at   when judges mark; blank: as long as the contest is judged
    grace_minutes         how long after the end a sheet still goes in, for who was just about to send it
    cut                   of a round for finalists: how they were chosen; {} as long as they are not
    finalists_at          when their list was published
    reply_until           until when units say which of their entries come; blank: they are not asked
    schedule_at           when rooms and times were published
    """

    contest = models.ForeignKey(Contest, models.CASCADE, related_name="rounds")
    code = models.CharField(max_length=200)
    order = models.PositiveIntegerField()
    weight = models.DecimalField(max_digits=9, decimal_places=4, default=Decimal(1))
    is_for_finalists = models.BooleanField(default=False)
    opens_at = models.DateTimeField(null=True, blank=True)
    closes_at = models.DateTimeField(null=True, blank=True)
    grace_minutes = models.PositiveSmallIntegerField(default=0)
    cut = models.JSONField(default=dict, blank=True)
    finalists_at = models.DateTimeField(null=True, blank=True)
    reply_until = models.DateTimeField(null=True, blank=True)
    schedule_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["order"]
        constraints = [
            models.UniqueConstraint(fields=["contest", "code"], name="round_code_once"),
            models.CheckConstraint(condition=models.Q(weight__gt=0), name="round_weight_positive"),
        ]


class RubricQuerySet(models.QuerySet["Rubric"]):
    def marked(self) -> "RubricQuerySet":
        return self.filter(kind=RubricKind.MARKS)

    def measured(self) -> "RubricQuerySet":
        return self.filter(kind=RubricKind.MEASURED)


class Rubric(models.Model):
    """评分标准 of a track in a round. A mark is an integer count of 10^-places points.

    method, reviews              how sheets become a score, and how many of them; nothing where it is measured
    measure, attempts, combine   where it is measured: what, how often, and what of it counts; else blank
    """

    round = models.ForeignKey(Round, models.CASCADE, related_name="rubrics")
    track = models.ForeignKey(Track, models.CASCADE, related_name="rubrics")
    kind = models.CharField(max_length=10, choices=RubricKind.choices, default=RubricKind.MARKS)
    places = models.PositiveSmallIntegerField(default=0)
    method = models.CharField(max_length=10, choices=Method.choices, default=Method.MEAN)
    reviews = models.PositiveSmallIntegerField(default=3)
    measure = models.CharField(max_length=12, choices=Measure.choices, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    combine = models.CharField(max_length=10, choices=Combine.choices, blank=True)

    objects = RubricQuerySet.as_manager()

    class Meta:
        ordering = ["round", "track"]
        constraints = [
            models.UniqueConstraint(fields=["round", "track"], name="rubric_once_a_round"),
            models.CheckConstraint(condition=models.Q(method__in=Method.values), name="rubric_method_is_known"),
            models.CheckConstraint(condition=models.Q(reviews__gte=1), name="rubric_reviews_at_least_1"),
            models.CheckConstraint(
                condition=models.Q(kind=RubricKind.MARKS, measure="", attempts=0, combine="")
                | models.Q(
                    kind=RubricKind.MEASURED,
                    measure__in=Measure.values,
                    attempts__range=(1, MOST_ATTEMPTS),
                    combine__in=Combine.values,
                ),
                name="rubric_marked_or_measured",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.track} · {self.round}"

    @property
    def is_measured(self) -> bool:
        return self.kind == RubricKind.MEASURED

    @property
    def measure_plan(self) -> MeasurePlan:
        return MeasurePlan(self.measure, self.attempts, self.combine, self.places)


class Criterion(Labelled):
    """指标: 0 to `maximum` (in the rubric's unit); counts `weight` times in the total of a sheet. `anchors`: what marks
    mean, one level a line, such as "优 18–20：…"."""

    rubric = models.ForeignKey(Rubric, models.CASCADE, related_name="criteria")
    order = models.PositiveIntegerField()
    maximum = models.PositiveIntegerField()
    weight = models.DecimalField(max_digits=9, decimal_places=4, default=Decimal(1))
    anchors = models.TextField(blank=True)

    class Meta:
        ordering = ["rubric", "order"]
        verbose_name_plural = "criteria"
        constraints = [
            models.UniqueConstraint(fields=["rubric", "order"], name="criterion_order_once"),
            models.UniqueConstraint(fields=["rubric", "label_zh"], name="criterion_label_once"),
            models.CheckConstraint(condition=models.Q(maximum__gt=0), name="criterion_maximum_positive"),
            models.CheckConstraint(condition=models.Q(weight__gt=0), name="criterion_weight_positive"),
        ]


class RoundEntryQuerySet(models.QuerySet["RoundEntry"]):
    def taking_part(self) -> "RoundEntryQuerySet":
        """Without those that are absent."""
        return self.exclude(state=Attendance.ABSENT)


class RoundEntry(Moving):
    """An entry belongs to a round.

    state        whether it comes; who is absent is not marked
    room, place  where it is seen, as which one; a place without a room says nothing
    booth        展位号: its place in the exhibition
    """

    MOVES = ATTENDANCE_MOVES

    round = models.ForeignKey(Round, models.CASCADE, related_name="round_entries")
    entry = models.ForeignKey(Entry, models.CASCADE, related_name="round_entries")
    state = models.CharField(max_length=10, choices=Attendance.choices, default=Attendance.EXPECTED)
    room = models.ForeignKey("judging.Room", models.SET_NULL, null=True, blank=True, related_name="places")
    place = models.PositiveIntegerField(null=True, blank=True)
    booth = models.CharField(max_length=20, blank=True)

    objects = RoundEntryQuerySet.as_manager()

    class Meta:
        ordering = ["round", "entry"]
        verbose_name_plural = "round entries"
        constraints = [
            models.UniqueConstraint(fields=["round", "entry"], name="entry_once_a_round"),
            models.CheckConstraint(condition=models.Q(state__in=Attendance.values), name="attendance_is_known"),
            models.UniqueConstraint(fields=["room", "place"], name="place_once_a_room"),
            models.UniqueConstraint(
                fields=["round", "booth"], condition=~models.Q(booth=""), name="booth_once_a_round"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.round}: {self.entry}"

    @property
    def log_contest(self) -> Contest:
        return self.round.contest

    @property
    def log_subject(self) -> Entry:
        return self.entry
