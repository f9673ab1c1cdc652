"""Where entries come from."""

from django.db import models

from competition.models.base import Keyed, Labelled


class District(Keyed, Labelled):
    """A recommending unit (推荐单位): a county or district, a school directly under the city, an activity centre."""

    label_zh = models.CharField(max_length=200, unique=True)

    class Meta:
        ordering = ["pk"]


class School(Keyed):
    """A school under its official name."""

    district = models.ForeignKey(District, models.PROTECT, related_name="schools")
    name = models.CharField(max_length=200)
    name_en = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["district", "name"], name="school_once_a_district")]

    def __str__(self) -> str:
        return self.name
