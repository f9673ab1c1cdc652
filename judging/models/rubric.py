"""Rounds, and what is marked in them."""

from decimal import Decimal

from django.db import models

from competition.models import Contest, Track
from competition.models.base import Labelled
from judging.states import Method


class Round(Labelled):
    """轮次: preliminary, final … `weight` is its share in the score (any positive numbers; they are compared).

    opens_at, closes_at   when judges mark; blank: as long as the contest is judged
    grace_minutes         how long after the end a sheet still goes in, for who was just about to send it
    cut                   of a round for finalists: how they were chosen; {} as long as they are not
    finalists_at          when their list was published
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

    class Meta:
        ordering = ["order"]
        constraints = [
            models.UniqueConstraint(fields=["contest", "code"], name="round_code_once"),
            models.CheckConstraint(condition=models.Q(weight__gt=0), name="round_weight_positive"),
        ]


class Rubric(models.Model):
    """评分标准 of a track in a round. A mark is an integer count of 10^-places points."""

    round = models.ForeignKey(Round, models.CASCADE, related_name="rubrics")
    track = models.ForeignKey(Track, models.CASCADE, related_name="rubrics")
    places = models.PositiveSmallIntegerField(default=0)
    method = models.CharField(max_length=10, choices=Method.choices, default=Method.MEAN)
    reviews = models.PositiveSmallIntegerField(default=3)

    class Meta:
        ordering = ["round", "track"]
        constraints = [
            models.UniqueConstraint(fields=["round", "track"], name="rubric_once_a_round"),
            models.CheckConstraint(condition=models.Q(method__in=Method.values), name="rubric_method_is_known"),
            models.CheckConstraint(condition=models.Q(reviews__gte=1), name="rubric_reviews_at_least_1"),
        ]

    def __str__(self) -> str:
        return f"{self.track} · {self.round}"


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


class RoundEntry(models.Model):
    """An entry takes part in a round."""

    round = models.ForeignKey(Round, models.CASCADE, related_name="round_entries")
    entry = models.ForeignKey("competition.Entry", models.CASCADE, related_name="round_entries")

    class Meta:
        ordering = ["round", "entry"]
        verbose_name_plural = "round entries"
        constraints = [models.UniqueConstraint(fields=["round", "entry"], name="entry_once_a_round")]

    def __str__(self) -> str:
        return f"{self.round}: {self.entry}"
