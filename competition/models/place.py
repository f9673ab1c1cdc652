"""Where entries come from."""

from django.db import models

from competition.models.base import Keyed, Labelled
from competition.models.moving import Moving
from competition.states import SCHOOL_MOVES, SchoolState, UnitKind


class District(Keyed, Labelled):
    """A recommending unit (推荐单位): a county or district, a school directly under the city, an activity centre.

    aliases   what else it is called, or was
    """

    label_zh = models.CharField(max_length=200, unique=True)
    aliases = models.JSONField(default=list, blank=True)
    kind = models.CharField(max_length=10, choices=UnitKind.choices, default=UnitKind.COUNTY)
    contact = models.CharField(max_length=100, blank=True)
    phone = models.CharField(max_length=40, blank=True)

    class Meta:
        ordering = ["pk"]


class School(Keyed, Moving):
    """A school under its official name; `aliases` are what else people call it. One that registered itself waits."""

    MOVES = SCHOOL_MOVES

    district = models.ForeignKey(District, models.PROTECT, related_name="schools")
    name = models.CharField(max_length=200)
    name_en = models.CharField(max_length=300, blank=True)
    aliases = models.JSONField(default=list, blank=True)
    state = models.CharField(max_length=10, choices=SchoolState.choices, default=SchoolState.ACTIVE)
    contact = models.CharField(max_length=100, blank=True)
    phone = models.CharField(max_length=40, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["district", "name"], name="school_once_a_district"),
            models.CheckConstraint(condition=models.Q(state__in=SchoolState.values), name="school_state_is_known"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def log_contest(self) -> None:
        """Schools belong to the installation."""
        return None
