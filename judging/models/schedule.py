"""Rounds that are held in one place: who comes, in which rooms, when."""

from django.db import models

from competition.models import District, Track, User
from competition.models.base import Keyed, Labelled
from judging.models.judge import Judge
from judging.models.rubric import Round


class Room(Keyed, Labelled):
    """答辩室: its entries are seen one after the other, in the order of their tracks here and of the draw.

    starts_at                when the first begins
    minutes                  for each entry, with the change
    pause_from, pause_until  nobody begins in it or goes on into it; both or none
    """

    round = models.ForeignKey(Round, models.CASCADE, related_name="rooms")
    order = models.PositiveIntegerField()
    starts_at = models.DateTimeField()
    minutes = models.PositiveSmallIntegerField(default=10)
    pause_from = models.DateTimeField(null=True, blank=True)
    pause_until = models.DateTimeField(null=True, blank=True)
    tracks = models.ManyToManyField(Track, related_name="rooms")
    judges = models.ManyToManyField(Judge, blank=True, related_name="rooms")

    class Meta:
        ordering = ["round", "order"]
        constraints = [
            models.UniqueConstraint(fields=["round", "label_zh"], name="room_label_once"),
            models.CheckConstraint(condition=models.Q(minutes__gte=1), name="room_minutes_at_least_1"),
            models.CheckConstraint(
                condition=models.Q(pause_from=None, pause_until=None)
                | models.Q(pause_until__gt=models.F("pause_from")),
                name="room_pause_has_two_ends",
            ),
        ]


class Reply(models.Model):
    """回执 of a unit for a round; `leader` (领队) is whom the office calls. Which entries come stands at them."""

    round = models.ForeignKey(Round, models.CASCADE, related_name="replies")
    district = models.ForeignKey(District, models.CASCADE, related_name="+")
    leader = models.CharField(max_length=100, blank=True)
    phone = models.CharField(max_length=40, blank=True)
    by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["round", "district"]
        verbose_name_plural = "replies"
        constraints = [models.UniqueConstraint(fields=["round", "district"], name="reply_once_a_unit")]

    def __str__(self) -> str:
        return f"{self.round} · {self.district}"
