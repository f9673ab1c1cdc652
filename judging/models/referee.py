"""Who measures: the referees of a contest."""

from django.db import models

from competition.models import Contest, Track, User
from competition.models.base import Keyed


class Referee(Keyed):
    """裁判 of one contest: enters attempts and confirms those of others. No tracks means all that are measured.

    The account has the role besides; without it this row opens nothing.
    """

    contest = models.ForeignKey(Contest, models.CASCADE, related_name="referees")
    user = models.ForeignKey(User, models.CASCADE, related_name="refereeships")
    tracks = models.ManyToManyField(Track, blank=True, related_name="referees")

    class Meta:
        ordering = ["contest", "pk"]
        constraints = [models.UniqueConstraint(fields=["contest", "user"], name="referee_once")]

    def __str__(self) -> str:
        return self.user.name

    @property
    def log_contest(self) -> Contest:
        return self.contest
