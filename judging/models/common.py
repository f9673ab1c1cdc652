"""Entries that all judges mark, so that they can be compared."""

from django.db import models

from competition.models import Contest, Entry, Track
from competition.models.base import Keyed
from judging.models.rubric import Round
from judging.models.sheet import Sheet


class CommonSet(Keyed):
    """共同作品 of a track in a round: all its judges mark these. Their sheets are like others and count.

    is_first      each judge hands them in before the other works of the track in this round open
    released_at   when judges who handed them in were shown how they marked beside the others; blank: nobody is
    compared      the sheets that this rests on, as they stood then: what comes later cannot be worked out from it
    """

    round = models.ForeignKey(Round, models.CASCADE, related_name="common_sets")
    track = models.ForeignKey(Track, models.CASCADE, related_name="common_sets")
    entries = models.ManyToManyField(Entry, blank=True, related_name="common_sets")
    is_first = models.BooleanField(default=False)
    released_at = models.DateTimeField(null=True, blank=True)
    compared = models.ManyToManyField(Sheet, blank=True, related_name="+")

    class Meta:
        ordering = ["round", "track"]
        constraints = [models.UniqueConstraint(fields=["round", "track"], name="common_set_once")]

    def __str__(self) -> str:
        return f"{self.track} · {self.round}"

    @property
    def log_contest(self) -> Contest:
        return self.round.contest
